"""What must be written otherwise in a text of Markdown, so that it is safe to render."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from . import url
from .html import NEVER, TAGS, allows, plain
from .html import Rules as OfHtml
from .markdown import MAY_BE, Part, Unplaced, parts
from .url import Patterns

__all__ = ["Edit", "Rules", "edits"]

_BARE = re.compile(r"(?:https?://|www\.)[^\s<]+", re.IGNORECASE)
"""Many renderers make a link of that."""

_BESIDE = """?!.,:;*_~'")]}`|\\"""
"""What at its end is of the sentence."""

_DOUBTFUL = re.compile(
    r"""\](?:\(|:)(?=\s*<?([^\s)>]{1,400}))|<([a-zA-Z][a-zA-Z0-9]*)|!\[[^\]\n]*\]\s?\("""
)
"""What is no part for CommonMark, and may be one for others."""

_DOES = re.compile(
    r"[\s/][^<>]{0,400}?\b(?:on[a-z]+|style|src|srcset|href|action)\s*=(?!=)", re.IGNORECASE
)
"""What is left of a tag that was not closed."""

_OF_OTHERS = re.compile(r":[a-zA-Z]+[\s/>]")
"""What is left of a tag such as ``<esi:include``, which a server between may obey."""

MOST = 1_000
"""So many changes are worth telling apart."""

_ESCAPED = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;"} | {each: f"\\{each}" for each in "\\`*_[]!~|#"}
)
_LIVE = re.compile(r"(?i)(?<=:)//|(?<=www)\.")


class Rules(NamedTuple):
    """What is allowed."""

    links: Patterns | None = None
    images: Patterns = ()
    html: OfHtml | None = None
    """None allows tags that have no attributes and only set how text looks; these always may be."""


class Edit(NamedTuple):
    """What is to stand for the characters from *start* to *end*."""

    start: int
    end: int
    kind: str
    text: str


class _Change(NamedTuple):
    start: int
    end: int
    kind: str
    said: str | tuple[int, int]
    """What is to stand there, or where in the text that is."""


def edits(text: str, rules: Rules) -> list[Edit]:
    """What is to be changed, in order; with that done, nothing is to be changed.

    >>> edits("Look: ![a plan](https://x.test/?q=secret)", Rules())
    [Edit(start=6, end=41, kind='image', text='a plan')]
    """
    if not _has_marks(text) or not MAY_BE.search(text) or _is_code(text):
        return []
    try:
        found = _outermost(text, _changes(text, rules))
        if not found or (len(found) <= MOST and not _changes(_done(text, found), rules)):
            return found
        kinds = {each.kind for each in found}
    except Unplaced:
        kinds = {"unreadable"}
    whole = _as_code(text)
    return [Edit(0, len(text), kind, whole) for kind in sorted(kinds)]


def _has_marks(text: str) -> bool:
    """Whether it has a letter that `MAY_BE` cannot do without; most texts have none."""
    return "<" in text or "]" in text or "://" in text or "www." in text.lower()


def _changes(text: str, rules: Rules) -> list[_Change]:
    """What is unsafe in *text*, also within what is."""
    if not MAY_BE.search(text):
        return []
    found = []
    seen = bytearray(len(text))
    """Marks what was looked at, with 2 where that is HTML. A footnote looks like a definition."""
    for part in parts(text):
        kind = _wrong(part, text, rules)
        if kind:
            found.append(_Change(part.start, part.end, kind, _instead(part, text)))
        if kind and part.said:
            _mark(seen, part.start, part.said[0])
            _mark(seen, part.said[1], part.end)
        elif part.kind != "definition" or not text.startswith("[^", part.start):
            _mark(seen, part.start, part.end, html=part.kind in {"html", "block"})
    found += _bare(text, seen, rules.links)
    found += _doubtful(text, seen, rules)
    return found


def _wrong(part: Part, text: str, rules: Rules) -> str:
    """What is wrong with a part: the kind of a finding, or nothing."""
    if part.address and _runs(part.address):
        return "scheme"
    if part.kind in {"link", "auto"}:
        return url.link(part.address, rules.links)
    if part.kind == "image":
        return url.image(part.address, rules.images)
    if part.kind in {"html", "block"}:
        written = text[part.start : part.end]
        fine = plain(written) or (rules.html is not None and allows(written, rules.html))
        return "" if fine else "html"
    return ""


def _instead(part: Part, text: str) -> str | tuple[int, int]:
    """What is left of a part: the words of a link or an image, the letters of a tag."""
    if part.said:
        return part.said
    if part.kind == "image":
        return _as_text(" ".join(part.alt.split()))
    if part.kind == "auto":
        return _in_code(text[part.start + 1 : part.end - 1])
    if part.kind == "definition":
        return ""
    return _as_text(text[part.start : part.end])


def _bare(text: str, seen: bytearray, listed: Patterns | None) -> Iterator[_Change]:
    for match in _BARE.finditer(text):
        start = match.start()
        if seen[start]:
            continue
        address = match[0].rstrip(_BESIDE)
        kind = url.link(address if "://" in address else f"http://{address}", listed)
        if kind:
            yield _Change(start, start + len(address), kind, _in_code(address))


def _doubtful(text: str, seen: bytearray, rules: Rules) -> Iterator[_Change]:
    """What another reader of Markdown, or one of HTML, might take for a link, an image, a tag."""
    for match in _DOUBTFUL.finditer(text):
        start = match.start()
        if seen[start] == 1 or (start and text[start - 1] == "\\"):
            continue
        if match[1] is not None:
            if _runs(match[1]):
                yield _Change(start, start + 2, "scheme", f"]\\{text[start + 1]}")
        elif match[2] is None:
            yield _Change(start, start + 2, "image", "!\\[")
        elif seen[start] != 0:  # a tag that was looked at
            continue
        elif (
            match[2].lower() in NEVER
            or (match[2].lower() in TAGS and _DOES.match(text, match.end()))
            or _OF_OTHERS.match(text, match.end())
        ):
            yield _Change(start, start + 1, "html", "&lt;")


def _runs(address: str) -> bool:
    """Whether *address* runs, also for one who reads characters that are written as numbers."""
    return url.runs(url.bare(html.unescape(address).replace("\\", "")))


def _outermost(text: str, found: Iterable[_Change]) -> list[Edit]:
    """The changes, each with those within it."""
    inorder = sorted(found, key=lambda each: (each.start, -each.end))
    return [*_nested(text, inorder, 0, len(text))]


def _nested(text: str, found: Sequence[_Change], start: int, end: int) -> Iterator[Edit]:
    at = start
    for n, each in enumerate(found):
        if each.start < at or each.end > end:
            continue
        said = each.said
        if not isinstance(said, str):
            a, b = said
            within = [*_nested(text, found[n + 1 :], a, b)]
            said = _done(text[a:b], [e._replace(start=e.start - a, end=e.end - a) for e in within])
        yield Edit(each.start, each.end, each.kind, said)
        at = each.end


def _done(text: str, some: Iterable[Edit]) -> str:
    pieces: list[str] = []
    at = 0
    for each in some:
        pieces += text[at : each.start], each.text
        at = each.end
    return "".join([*pieces, text[at:]])


def _mark(seen: bytearray, start: int, end: int, *, html: bool = False) -> None:
    seen[start:end] = (b"\2" if html else b"\1") * (end - start)


def _as_text(text: str) -> str:
    """*text* so that none of it is Markdown, nor HTML, nor an address."""
    return _LIVE.sub(lambda match: "".join(f"\\{c}" for c in match[0]), text.translate(_ESCAPED))


def _in_code(text: str) -> str:
    """*text* as code within a line."""
    marks = "`" * (_longest_run(text) + 1)
    blank = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{marks}{blank}{text}{blank}{marks}"


def _as_code(text: str) -> str:
    """*text* as a block of code, in which nothing is anything."""
    marks = "`" * max(3, _longest_run(text) + 1)
    return f"{marks}\n{text}\n{marks}"


def _is_code(text: str) -> bool:
    """Whether all of *text* is one such block."""
    marks = "`" * (len(text) - len(text.lstrip("`")))
    if len(marks) < 3 or not text.startswith(f"{marks}\n") or not text.endswith(f"\n{marks}"):
        return False
    inside = text[len(marks) + 1 : -len(marks) - 1]
    return len(text) > 2 * len(marks) + 1 and _longest_run(inside) < len(marks)


def _longest_run(text: str) -> int:
    return max(map(len, re.findall("`+", text)), default=0)
