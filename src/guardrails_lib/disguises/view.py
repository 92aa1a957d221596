"""One way that a text can be read, and where in the text each of its characters stands."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from .._types import Span

__all__ = ["Edit", "Piece", "View", "decoded", "edited"]

_NEAR = 240
"""So many characters are read with what is disguised, on each side."""

_SPACE = re.compile(r"\s")
_LAST_SPACE = re.compile(r"(?s:.*)\s")


class Piece(NamedTuple):
    """Characters of a view that stand for characters of the text, from *start* to *end*."""

    at: int
    """Where it begins in the view; it ends where the next begins."""
    start: int
    end: int
    step: int
    """1: character by character; -1: the same, backwards; 0: all of it for all of it."""


class View(NamedTuple):
    """A text as it can be read.

    *how* names the ways that it was read, the last one first: ``base64 in url``.
    """

    text: str
    how: str
    places: tuple[tuple[Piece, ...], ...]
    """The pieces of the view in the text that it was read from, of that in its own, and so on."""

    def span(self, start: int, end: int) -> Span:
        """Where in the original stands what stands from *start* to *end* here."""
        for pieces in self.places:
            start, end = _outward(pieces, start, end)
        return Span(start, end)

    def within(self, outer: View) -> View:
        """The same view as one of the original, where it was read from the text of *outer*."""
        return View(self.text, f"{self.how} in {outer.how}", self.places + outer.places)


class Edit(NamedTuple):
    """What is read instead of the characters from *start* to *end*."""

    start: int
    end: int
    text: str
    step: int = 0


def edited(text: str, edits: Iterable[Edit], how: str) -> Iterator[View]:
    """The passages of *text* that *edits* change, in their surroundings; *edits* are in order."""
    near: list[Edit] = []
    low = high = 0
    for edit in edits:
        if near and edit.start > near[-1].end + _NEAR:
            high = _high(text, near[-1].end)
            yield _made(text, near, low, high, how)
            near = []
        if not near:
            low = _low(text, max(high, edit.start - _NEAR), edit.start)
        near.append(edit)
    if near:
        yield _made(text, near, low, _high(text, near[-1].end), how)


def decoded(text: str, start: int, end: int, how: str) -> View:
    """*text*, which the characters from *start* to *end* say when they are decoded."""
    return View(text, how, ((Piece(0, start, end, 0),),))


def _low(text: str, low: int, end: int) -> int:
    space = _SPACE.search(text, low, end) if low else None
    return space.end() if space else low


def _high(text: str, start: int) -> int:
    high = min(len(text), start + _NEAR)
    space = _LAST_SPACE.match(text, start, high) if high < len(text) else None
    return space.end() - 1 if space else high


def _made(text: str, edits: list[Edit], low: int, high: int, how: str) -> View:
    parts: list[str] = []
    pieces: list[Piece] = []
    at = begun = 0  # in the view: where it ends, and where what is read one by one began
    done = first = low  # and the same in the text
    for start, end, new, step in (*edits, Edit(high, high, "")):
        if done < start:
            parts.append(text[done:start])
            at += start - done
        if step != 1:
            if begun < at:
                pieces.append(Piece(begun, first, start, 1))
            if new:
                pieces.append(Piece(at, start, end, step))
            begun, first = at + len(new), end
        parts.append(new)
        at += len(new)
        done = end
    return View("".join(parts), how, (tuple(pieces),))


def _outward(pieces: tuple[Piece, ...], start: int, end: int) -> tuple[int, int]:
    first = max(0, bisect_right(pieces, start, key=_at) - 1)
    last = max(first, bisect_right(pieces, end - 1, key=_at) - 1)
    outer = [_in_piece(pieces[each], start, end) for each in (first, last)]
    return min(low for low, _ in outer), max(high for _, high in outer)


def _at(piece: Piece) -> int:
    return piece.at


def _in_piece(piece: Piece, start: int, end: int) -> tuple[int, int]:
    _, low, high, step = piece
    size = high - low
    start, end = (min(max(0, each - piece.at), size) for each in (start, end))
    if step == 0:
        return low, high
    return (low + start, low + end) if step > 0 else (high - end, high - start)
