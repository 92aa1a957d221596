"""Where in a text of Markdown its parts are written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("markdown_it", reason="needs the extra output")

from guardrails_lib.rendering.markdown import Unplaced, parts  # after the skip

PIECES = st.sampled_from(
    [
        "[a](http://x.test)", "![b](y.png)", "<b>", "</b>", "<http://x.test>", "`c`", "``", "`",
        "[d][e]", "![f]", "\n[e]: /x 'y'\n", "\n", "\n\n", "> ", "- ", "1. ", "# ", "    ", "\t",
        "|", "\n|---|---|\n", "| a | b |", "~~", "**", "_", "\\", "![", "[", "](", ")", "<", "é",
        "\r\n", "\0", "```\n", "\n===\n", "<div>\n", "![[g](h)](i)", "[![j](k)](l)", "&amp;", "\\|",
    ]
)  # fmt: skip

BEGINS = {
    "link": "[",
    "image": "![",
    "auto": "<",
    "html": "<",
    "definition": "[",
}
ENDS = {"link": ")]", "image": ")]", "auto": ">", "html": ">"}


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("See [this](http://x.test 'a title').", "[this](http://x.test 'a title')"),
        ("> - deep\n>   ![it](a.png) is", "![it](a.png)"),
        ("# Head ![it](a.png) ##", "![it](a.png)"),
        ("Set ![it](a.png)\n===", "![it](a.png)"),
        ("| a | b |\n|---|---|\n| x | x <b> |", "<b>"),
        ("one\r\n  two <b> three", "<b>"),
        ("a\n> b\nlazy ![it](a.png)", "![it](a.png)"),
        ("1. a\n\n   b\n   [c](d)", "[c](d)"),
        ("a\0b <http://x.test>", "<http://x.test>"),
    ],
)
def test_a_part_is_where_it_was_written(text: str, written: str) -> None:
    (part,) = parts(text)
    assert text[part.start : part.end] == written


def test_a_tag_may_go_over_a_line_of_a_quote() -> None:
    text = "> a <b\n> title=x> c"
    (part,) = parts(text)
    assert text[part.start : part.end] == "<b\n> title=x>"


def test_the_words_of_a_link_are_told() -> None:
    text = "a [b *c*](d) e"
    (part,) = parts(text)
    assert part.said is not None
    assert text[slice(*part.said)] == "b *c*"


def test_an_image_says_its_words_without_marks() -> None:
    assert parts("![a *b* ![c](d) [e](f)](g)")[0].alt == "a b c e"


def test_a_definition_is_told_also_where_it_is_there_twice() -> None:
    text = "[a]: javascript:x\n[a]: javascript:y\n"
    assert [each.address for each in parts(text)] == ["javascript:x", "javascript:y"]


def test_code_is_code() -> None:
    text = "`[a](b)`\n\n```\n![c](d)\n```\n\n    <b>\n"
    assert [each.kind for each in parts(text)] == ["code", "code", "code"]


@pytest.mark.parametrize("text", [">" * 200 + " a", "- " * 200 + "a", "[" * 3_000, "a" * 300_000])
def test_what_is_too_deep_or_too_long_is_not_guessed(text: str) -> None:
    with pytest.raises(Unplaced):
        parts(text)


@given(st.lists(PIECES, max_size=14).map("".join))
def test_each_part_begins_and_ends_as_its_kind_does(text: str) -> None:
    try:
        found = parts(text)
    except Unplaced:
        return
    for part in found:
        written = text[part.start : part.end]
        assert written.startswith(BEGINS.get(part.kind, "")), (text, part)
        assert not (part.kind in ENDS and written[-1] not in ENDS[part.kind]), (text, part)
