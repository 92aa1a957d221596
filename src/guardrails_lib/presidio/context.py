"""The words around a finding that make it more certain, as Presidio weighs them.

Presidio cuts the whole text into words and looks back from each finding. A text is cut
at its white space first, so it is enough to cut the pieces that are looked at.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import Protocol

from .recognizers import NlpArtifacts
from .words import Cut, Words, sure

__all__ = ["Around", "Known", "Plain", "more_certain"]

BACK = 6
"""Five words before a finding, and the word that it is in."""

MORE = 0.35
LEAST = 0.4

_FIRST_LOOK = 100
_PIECE = re.compile(r"\S+|\s+")
_WORD = re.compile(r"\S+")
_SIGMA = frozenset("\u03c3\u03c2")


def more_certain(score: float) -> float:
    """The score of a finding that has one of its words beside it."""
    return min(max(score + MORE, LEAST), 1.0)


class Around(Protocol):
    """Where the words around a place are from."""

    def may_have(self, word: str, start: int) -> bool:
        """Whether *word* may be in one of the words that count for *start*."""

    def words(self, start: int) -> Sequence[str]:
        """The words that count for a finding that begins at *start*."""


class Known:
    """The words that an NLP engine has found."""

    def __init__(self, artifacts: NlpArtifacts) -> None:
        self._words = [lemma.lower() for lemma in artifacts.lemmas]
        self._keywords = frozenset(artifacts.keywords)
        self._ends = [
            begin + len(token)
            for begin, token in zip(artifacts.tokens_indices, artifacts.tokens, strict=False)
        ]

    def may_have(self, word: str, start: int) -> bool:  # a lemma is not in the text
        """Any may be."""
        return True

    def words(self, start: int) -> Sequence[str]:
        """Six keywords back from the one at *start*, and the first from there on."""
        if not self._words:
            return [""]
        at = bisect_right(self._ends, start)
        back, on = _beside(self._words[: at + 1], self._words[at:], self._keywords.__contains__)
        return [*back, *on]


class Plain:
    """The words of a text by spaCy's rules for English, cut only where they are looked at."""

    _split_up: frozenset[str] | None = None

    def __init__(self, text: str, words: Words) -> None:
        self._text = text
        self._words = words
        self._lower = text.lower()
        self._aligned = text.isascii() or len(self._lower) == len(text)
        self._holds: dict[str, bool] = {}
        self._pieces: dict[str, Cut] = {}
        self._zones: dict[int, tuple[int, int]] = {}
        self._looked: dict[int, Sequence[str]] = {}

    def may_have(self, word: str, start: int) -> bool:
        """Whether *word* is near enough to *start*; the case of a sigma depends on its place."""
        holds = self._holds.get(word)
        if holds is None:
            holds = self._holds[word] = word in self._lower
        if not holds:
            return not _SIGMA.isdisjoint(word)
        zone = self._zones.get(start)
        if zone is None:
            zone = self._zones[start] = self._zone(start)
        return not self._aligned or self._lower.find(word, *zone) >= 0

    def words(self, start: int) -> Sequence[str]:
        """Six keywords back from the one at *start*, and the first from there on."""
        known = self._looked.get(start)
        if known is None:
            zone = self._zones.get(start) or self._zone(start)
            before, after = self._cut(*zone, start)
            back, on = _beside(before, after, self._counts)
            known = self._looked[start] = [*back, *on]
        return known

    def _zone(self, start: int) -> tuple[int, int]:
        """Where all the words are that count for *start*, and as few more as can be told."""
        low, begun = self._back(start)
        for piece in _WORD.finditer(self._text, start):
            if not begun or piece.start() > start:
                counts = self._words.at_least(piece[0]) > 0
            else:
                counts = ":" not in begun and sure(piece[0])
            if counts:
                return low, piece.end()
        return low, len(self._text)

    def _back(self, start: int) -> tuple[int, str]:
        """Where six words that count are before *start*, and what its own piece begins with."""
        text, reach = self._text, _FIRST_LOOK
        while True:
            low = max(0, start - reach)
            pieces = [piece.span() for piece in _WORD.finditer(text, low, start)]
            if low and pieces and pieces[0][0] == low:
                del pieces[0]  # only the end of it was seen
            begun, counted = "", 0
            for begin, end in reversed(pieces):
                if end == start:
                    begun = text[begin:end]
                    continue
                counted += self._words.at_least(text[begin:end])
                if counted >= BACK:
                    return begin, begun
            if not low:
                return 0, begun
            reach *= 4

    def _cut(self, low: int, high: int, start: int) -> tuple[list[str], list[str]]:
        """The words up to the one at *start*, and from that one on."""
        before: list[str] = []
        after: list[str] = []
        for piece in _PIECE.finditer(self._text, low, high):
            at, text = piece.start(), piece[0]
            if at and text[0] == " ":  # it belongs to the word before
                at, text = at + 1, text[1:]
            words = self._pieces.get(text)
            if words is None:
                words = self._pieces[text] = self._words.cut(text) if text else ()
            for word, length in words:
                at += length
                if not after:
                    before.append(word)
                if at > start:
                    after.append(word)
        return before, after

    def _counts(self, word: str) -> bool:
        return (":" not in word and self._words.count(word)) or word in self._parts()

    def _parts(self) -> frozenset[str]:
        """What stands between the colons of words: that counts, wherever it stands."""
        if self._split_up is None:
            parts: set[str] = set()
            if ":" in self._text:
                for piece in _WITH_COLON.findall(self._text):
                    for word, _ in self._words.cut(piece):
                        if ":" in word and self._words.count(word):
                            parts.update(word.split(":"))
            self._split_up = frozenset(parts)
        return self._split_up


_WITH_COLON = re.compile(r"(?<!\S)[^\s:]*:\S*")


def _beside(
    before: Sequence[str], after: Iterable[str], counts: Callable[[str], bool]
) -> tuple[list[str], list[str]]:
    back = list(islice(filter(counts, reversed(before)), BACK))
    return back, list(islice(filter(counts, after), 1))
