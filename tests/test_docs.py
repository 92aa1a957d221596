"""Every Python block of README and docs runs, and prints what the page says.

The blocks of one page run in order, as one program. A ``python`` block followed by a
``text`` block prints that text; a ``python`` block without one prints nothing.
"""

import contextlib
import io
import re
import types
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
BLOCK = re.compile(
    r"^```python\n(?P<code>.*?)^```$(?:\n+^```text\n(?P<printed>.*?)^```$)?",
    re.MULTILINE | re.DOTALL,
)
LINK = re.compile(r"\]\((?!\w+:)(?P<path>[^)#]+)")


def _name(page: Path) -> str:
    return str(page.relative_to(ROOT))


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_a_page_does_what_it_says(page: Path) -> None:
    """Each block runs and prints what is below it."""
    text = page.read_text(encoding="utf-8")
    names = types.ModuleType(page.stem).__dict__
    blocks = list(BLOCK.finditer(text))
    assert len(blocks) == text.count("```python")
    for block in blocks:
        line = text.count("\n", 0, block.start("code"))
        code = compile("\n" * line + block["code"], _name(page), "exec")
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(code, names)
        assert printed.getvalue() == (block["printed"] or ""), f"{_name(page)}:{line}"


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_a_link_leads_somewhere(page: Path) -> None:
    """What a page links to is a file of this project."""
    paths = [link["path"] for link in LINK.finditer(page.read_text(encoding="utf-8"))]
    assert [path for path in paths if not (page.parent / path).exists()] == []


def test_the_index_links_every_page() -> None:
    """No page of the docs can be found by searching only."""
    index = ROOT / "docs" / "index.md"
    links = {(index.parent / link["path"]).resolve() for link in LINK.finditer(index.read_text())}
    assert {page for page in PAGES[1:] if page != index} <= links
