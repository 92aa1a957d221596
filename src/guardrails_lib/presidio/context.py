"""The words around a finding that make it more certain, as Presidio weighs them.

Presidio cuts the whole text into words and looks back from each finding. A text is cut
at its white space first, so it is enough to cut the pieces that are looked at; and most
can be told without.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import NamedTuple, Protocol, TypeAlias

import regex

from .recognizers import NlpArtifacts
from .words import Cut, Words, sure

__all__ = ["Around", "Known", "Plain", "more_certain", "unweighed"]

Context: TypeAlias = tuple[str, ...]

BACK = 6
"""Five words before a finding, and the word that it is in."""

MORE = 0.35
LEAST = 0.4

_PIECE = re.compile(r"\S+|\s+")
_WORD = re.compile(r"\S+")
_BACKWARDS = regex.compile(r"(?r)[^\s\x1c-\x1f]+")  # what `re` takes for \S
_SIGMA = frozenset("\u03c3\u03c2")


def more_certain(score: float) -> float:
    """The score of a finding that has one of its words beside it."""
    return min(max(score + MORE, LEAST), 1.0)


def unweighed(text: str, at: int, words: Words) -> int:
    """Where before *at* a piece begins that the next word may weigh, or *at*.

    A word with a colon does not count, so what it holds is weighed by the next one that does.
    """
    for match in _BACKWARDS.finditer(text, 0, at):
        if words.at_least(match[0]):
            break
        if ":" in match[0]:
            at = match.start()
    return at


class Around(Protocol):
    """Where the words around a place are from."""

    def maybe(self, context: Context) -> Context:
        """Which words of *context* the text may hold."""
        ...

    def beside(self, context: Context, start: int) -> bool:
        """Whether one of *context* is in one of six keywords up to *start*, or in the next."""
        ...


class Known:
    """The words that an NLP engine has found."""

    def __init__(self, artifacts: NlpArtifacts) -> None:
        self._words = [lemma.lower() for lemma in artifacts.lemmas]
        self._keywords = frozenset(artifacts.keywords)
        self._ends = [
            begin + len(token)
            for begin, token in zip(artifacts.tokens_indices, artifacts.tokens, strict=False)
        ]

    def maybe(self, context: Context) -> Context:
        """All: a lemma is not always in the text."""
        return context

    def beside(self, context: Context, start: int) -> bool:
        """Whether one of *context* is in one of six keywords up to *start*, or in the next."""
        if not self._words:
            return "" in context
        at = bisect_right(self._ends, start)
        near = _near(self._words[: at + 1], self._words[at:], self._keywords.__contains__)
        return _any_in(context, near)


class _Piece(NamedTuple):
    """A piece of text between white space, before a finding."""

    lower: str
    cut: Cut | None
    """Its words, where they are known; where not, it may be as many as it has characters."""
    spaces: int
    """White space after it that is a word of its own, as line ends are."""


class _Zone(NamedTuple):
    """What surely holds all the words that count for a place."""

    low: int
    high: int
    begun: str
    """What stands before the place in its own piece."""
    pieces: Sequence[_Piece]
    """The pieces before that, the nearest first."""


class Plain:
    """The words of a text by spaCy's rules for English, cut only where they are looked at."""

    _split_up: frozenset[str] | None = None

    def __init__(self, text: str, words: Words) -> None:
        self._text = text
        self._words = words
        self._lower = text.lower()
        self._aligned = len(self._lower) == len(text)
        self._maybe: dict[Context, Context] = {}
        self._cuts: dict[str, Cut] = {}
        self._counted: dict[str, bool] = {}
        self._pieces: dict[int, tuple[_Piece, int]] = {}
        self._zones: dict[int, _Zone] = {}
        self._looked: dict[int, Sequence[str]] = {}

    def maybe(self, context: Context) -> Context:
        """Which words of *context* the text holds; the case of a sigma depends on its place."""
        known = self._maybe.get(context)
        if known is None:
            known = self._maybe[context] = tuple(
                word for word in context if word in self._lower or not _SIGMA.isdisjoint(word)
            )
        return known

    def beside(self, context: Context, start: int) -> bool:
        """Whether one of *context* is in one of six keywords up to *start*, or in the next."""
        zone = self._zones.get(start)
        if zone is None:
            zone = self._zones[start] = self._zone(start)
        if self._aligned and all(
            self._lower.find(word, zone.low, zone.high) < 0 for word in context
        ):
            return False
        known = self._looked.get(start)
        if known is None:
            told = self._told(context, start, zone)
            if told is not None:
                return told
            cut = self._cut(zone.low, zone.high, start)
            known = self._looked[start] = _near(*cut, self._counts)
        return _any_in(context, known)

    def _told(self, context: Context, start: int, zone: _Zone) -> bool | None:
        """What `beside` says, where it can be told without cutting what is not all letters."""
        own = self._lower[start - len(zone.begun) : zone.high] if self._aligned else ""
        if not self._aligned or any(word in own for word in context):
            return None
        least, most = 0, 1 + len(zone.begun)
        for piece in zone.pieces:
            most += piece.spaces
            if piece.cut is None:
                if any(word in piece.lower for word in context):
                    return None
                most += len(piece.lower)
                continue
            for word, _ in reversed(piece.cut):
                if self._counts(word):
                    if any(each in word for each in context):
                        return None if most >= BACK else True
                    least, most = least + 1, most + 1
                    if least >= BACK:
                        return False
        return False

    def _zone(self, start: int) -> _Zone:
        text = self._text
        begun, counted, after, low = "", 0, start, 0
        pieces: list[_Piece] = []
        for match in _BACKWARDS.finditer(text, 0, start):
            begin, end = match.span()
            if end == start:
                begun, after = match[0], begin
                continue
            spaces = after - end
            extra = 0 if spaces == 1 and text[end] == " " else spaces
            known = self._pieces.get(begin)
            if known is None:
                piece = match[0]
                known = self._pieces[begin] = (
                    _Piece(piece.lower(), self._words.known(piece), extra),
                    self._words.at_least(piece),
                )
            pieces.append(known[0] if known[0].spaces == extra else known[0]._replace(spaces=extra))
            after = begin
            counted += known[1]
            if counted >= BACK:
                low = begin
                break
        return _Zone(low, self._high(start, begun), begun, pieces)

    def _high(self, start: int, begun: str) -> int:
        """The end of the first piece from *start* on that surely has a word that counts."""
        for piece in _WORD.finditer(self._text, start):
            if not begun or piece.start() > start:
                counts = self._words.at_least(piece[0]) > 0
            else:
                counts = ":" not in begun and sure(piece[0])
            if counts:
                return piece.end()
        return len(self._text)

    def _cut(self, low: int, high: int, start: int) -> tuple[list[str], list[str]]:
        """The words up to the one at *start*, and from that one on."""
        before: list[str] = []
        after: list[str] = []
        for piece in _PIECE.finditer(self._text, low, high):
            at, text = piece.start(), piece[0]
            if at and text[0] == " ":  # it belongs to the word before
                at, text = at + 1, text[1:]
            words = self._cuts.get(text)
            if words is None:
                words = self._cuts[text] = self._words.cut(text) if text else ()
            for word, length in words:
                at += length
                if not after:
                    before.append(word)
                if at > start:
                    after.append(word)
        return before, after

    def _counts(self, word: str) -> bool:
        known = self._counted.get(word)
        if known is None:
            known = self._counted[word] = (
                ":" not in word and self._words.count(word)
            ) or self._is_part(word)
        return known

    def _is_part(self, word: str) -> bool:
        lower = self._lower  # a part of a word with colons stands next to one
        return (f"{word}:" in lower or f":{word}" in lower) and word in self._parts()

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


def _near(before: Sequence[str], after: Iterable[str], counts: Callable[[str], bool]) -> list[str]:
    return [
        *islice(filter(counts, reversed(before)), BACK),
        *islice(filter(counts, after), 1),
    ]


def _any_in(context: Context, words: Iterable[str]) -> bool:
    return any(each in word for word in words for each in context)
