"""A text, a sentence at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .._types import Span
from .words import says_something

__all__ = ["LONGEST", "sentences", "windows"]

LONGEST = 300
"""What goes on longer is cut, between words where it has any."""

_ENDS = "\uff01\uff1f\uff61\u3002\u061f\u06d4\u0964\n\r\u2028\u2029"
"""What ends a sentence whatever follows."""

_END = re.compile(rf"[.!?\u2026][\"')\]\u00bb\u201d\u2019]{{0,3}}(?=\s)|[{_ENDS}]+")
_LETTER = re.compile(r"[^\W_]")


def sentences(text: str) -> Iterator[Span]:
    """Where the sentences of *text* are: all that has letters is in one of them.

    >>> [tuple(each) for each in sentences("Hello there! How do I pay?")]
    [(0, 12), (13, 26)]
    """
    start = 0
    for match in _END.finditer(text):
        yield from _pieces(text, start, match.end())
        start = match.end()
    yield from _pieces(text, start, len(text))


def windows(text: str) -> Iterator[Span]:
    """The sentences of *text* that are about something."""
    return (span for span in sentences(text) if says_something(text[span.start : span.end]))


def _pieces(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end:
        while start < end and text[start].isspace():
            start += 1
        stop = end
        if end - start > LONGEST:
            stop = start + LONGEST
            blank = text.rfind(" ", start, stop)
            stop = blank if blank > start else stop
        if _LETTER.search(text, start, stop):
            yield Span(start, stop)
        start = stop
