"""The tags, comments and texts of HTML, however broken, in one pass.

The standard library's parser takes a time that grows with the square of what an attacker
writes, and raises. This one reads less and is linear: each character is passed a bounded
number of times.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

__all__ = ["Piece", "attributes", "pieces"]

Kind = Literal["text", "open", "close", "comment", "raw"]


class Piece(NamedTuple):
    """One piece of a page: what it is, the name of its tag, and where its own text is."""

    kind: Kind
    name: str
    start: int
    end: int


_NAME = re.compile(r"[a-zA-Z][a-zA-Z0-9:-]{0,63}")
_REST = re.compile(r"""[^=<>]*+(?:=\s*+(?:"[^"]*+"|'[^']*+')?+[^=<>]*+)*+>""")
"""The rest of a tag. Between quotes after an equals sign there may be what else would end it."""

_ATTRIBUTE = re.compile(
    r"""([^\s"'<>/=]{1,64}+)[^\s"'<>/=]*+\s*+(?:=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'>]++)))?+"""
)
_RAW = frozenset({"script", "style", "textarea", "title", "noembed", "xmp"})
"""Between the tags of these is text, whatever it looks like."""


def attributes(tag: str) -> dict[str, str]:
    """What stands in *tag*, after its name. Of an attribute that is there twice, the first."""
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(tag):
        name, *values = match.groups()
        value = next((each for each in values if each is not None), "")
        found.setdefault(name.lower(), html.unescape(value))
    return found


def pieces(text: str) -> Iterator[Piece]:
    """The pieces of *text* from left to right."""
    at, begin = 0, text.find("<")
    unclosed: set[str] = set()
    while begin >= 0:
        found = _comment(text, begin) or _tag(text, begin)
        if found is None:
            begin = text.find("<", begin + 1)
            continue
        piece, end = found
        if at < begin:
            yield Piece("text", "", at, begin)
        yield piece
        at = end
        if piece.kind == "open" and piece.name in _RAW and piece.name not in unclosed:
            close = _close(piece.name).search(text, end)
            if close is None:
                unclosed.add(piece.name)
            else:
                yield Piece("raw", piece.name, end, close.start())
                at = close.start()
        begin = text.find("<", at)
    if at < len(text):
        yield Piece("text", "", at, len(text))


def _comment(text: str, begin: int) -> tuple[Piece, int] | None:
    """The comment at *begin*; one that is not closed goes on to the end, as in a browser."""
    if not text.startswith("<!--", begin):
        return None
    end = text.find("-->", begin + 2)
    if end < 0:
        return Piece("comment", "", begin + 4, len(text)), len(text)
    return Piece("comment", "", begin + 4, max(begin + 4, end)), end + 3


def _tag(text: str, begin: int) -> tuple[Piece, int] | None:
    closing = text.startswith("/", begin + 1)
    name = _NAME.match(text, begin + 1 + closing)
    rest = _REST.match(text, name.end()) if name else None
    if name is None or rest is None:
        return None
    kind: Kind = "close" if closing else "open"
    return Piece(kind, name[0].lower(), name.end(), rest.end() - 1), rest.end()


def _close(name: str) -> re.Pattern[str]:
    return re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE)
