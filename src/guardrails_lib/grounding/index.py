"""The sentences of some sources, looked up by their words."""

from __future__ import annotations

import functools
import math
import weakref
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from .._types import Request, Span
from .facts import Facts
from .names import initials
from .polarity import OPPOSITES, alike
from .sentences import sentences
from .words import plain, stem, tokens

__all__ = ["Index", "Place", "index", "index_of"]

COMMON = 2_000
"""Of what more sentences have, some are looked at."""


_NOTHING = frozenset({""})


class Place(NamedTuple):
    """A sentence of a source, or some that follow one another."""

    source: int
    span: Span
    first: int
    """Its number among the sentences of all sources."""
    last: int


class Index:
    """Some texts, a sentence at a time, and which of them have which words."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = tuple(texts)
        self.places: list[tuple[int, Span]] = []
        self.stems: list[frozenset[str]] = []
        """The words of each sentence that say something."""
        self.written: set[str] = set()
        """All words as they are written, in small letters."""
        self._facts: dict[int, Facts] = {}
        self._plain = ""
        self._initials: set[str] | None = None
        self._holders: dict[str, list[int]] = defaultdict(list)
        self._starts: dict[str, set[str]] = {}
        holders, written = self._holders, self.written
        for source, text in enumerate(self.texts):
            for span in sentences(text):
                words = tokens(plain(text[span.start : span.end]))
                written.update(words)
                found = frozenset(map(stem, words)) - _NOTHING
                number = len(self.places)
                for word in found:
                    holders[word].append(number)
                self.places.append((source, span))
                self.stems.append(found)
        self._most = math.log(2.0 + len(self.places))

    def known(self, words: frozenset[str]) -> frozenset[str]:
        """Those of *words* that a source has."""
        return words & self._holders.keys()

    def rarity(self, word: str) -> float:
        """From 0 to 1: how few of the sentences have *word*."""
        known = self._holders.get(word)
        if not known:
            return 1.0
        return math.log((2.0 + len(self.places)) / len(known)) / self._most

    def forms(self, word: str) -> frozenset[str]:
        """The words of the sources that begin as *word* does, or say the same."""
        if word in OPPOSITES:
            return alike(word) & self._holders.keys()
        if len(word) < 5 or not word.isalpha():
            return frozenset()
        if not self._starts:
            starts: dict[str, set[str]] = defaultdict(set)
            for known in self._holders:
                if len(known) >= 5 and known.isalpha():
                    starts[known[:5]].add(known)
            self._starts = starts
        return frozenset(self._starts.get(word[:5], ()))

    def points(self, groups: Iterable[tuple[frozenset[str], float]]) -> dict[int, float]:
        """The sentences that have words of *groups*, and what the groups of each weigh.

        The words that few have come first; when those have led to many sentences, others
        lead to no more.
        """
        if len(self.places) <= COMMON:
            return self._all_points(groups)
        held = sorted(
            ((self._holding(words), words, weight) for words, weight in groups),
            key=lambda each: (len(each[0]), -each[2], min(each[1])),
        )
        points: dict[int, float] = {}
        if held and len(held[0][0]) > COMMON:
            points = dict.fromkeys(self._having_all(numbers for numbers, _, _ in held), 0.0)
        for numbers, words, weight in held:
            if len(points) < COMMON and len(numbers) <= COMMON:
                for number in numbers:
                    points[number] = points.get(number, 0.0) + weight
            else:
                for number in points:
                    if not words.isdisjoint(self.stems[number]):
                        points[number] += weight
        return points

    def _all_points(self, groups: Iterable[tuple[frozenset[str], float]]) -> dict[int, float]:
        points: dict[int, float] = {}
        for words, weight in groups:
            for number in self._holding(words):
                points[number] = points.get(number, 0.0) + weight
        return points

    def _holding(self, words: frozenset[str]) -> Sequence[int]:
        if len(words) == 1:
            (word,) = words
            return self._holders.get(word, ())
        return sorted({n for word in words for n in self._holders.get(word, ())})

    def _having_all(self, held: Iterable[Sequence[int]]) -> list[int]:
        """The sentences that all of *held* have, or as many of them as leave some."""
        found: set[int] = set()
        for numbers in held:
            found = (found & set(numbers)) or found or set(numbers)
            if len(found) <= COMMON:
                break
        return sorted(found)[:COMMON]

    def place(self, first: int, last: int) -> Place:
        """The sentences from *first* to *last*, which are of one source."""
        source, span = self.places[first]
        return Place(source, Span(span.start, self.places[last][1].end), first, last)

    def text(self, place: Place) -> str:
        """What is written there."""
        return self.texts[place.source][place.span.start : place.span.end]

    def facts(self, number: int) -> Facts:
        """What sentence *number* says of numbers, names and the like."""
        known = self._facts.get(number)
        if known is None:
            source, (start, end) = self.places[number]
            known = self._facts[number] = Facts(self.texts[source][start:end])
        return known

    def names(self, word: str) -> bool:
        """Whether any source has *word*, in one form or another."""
        return word in self.written or stem(word) in self._holders

    def spells_out(self, acronym: str) -> bool:
        """Whether *acronym* is the first letters of words in any source."""
        if self._initials is None:
            self._initials = {each for text in self.texts for each in initials(text)}
        return acronym in self._initials

    def writes(self, code: str) -> bool:
        """Whether any source has *code* as it is, but for capitals."""
        self._plain = self._plain or "\n".join(map(plain, self.texts))
        at = self._plain.find(code)
        while at >= 0:
            end = at + len(code)
            if not (self._plain[at - 1 : at].isalnum() or self._plain[end : end + 1].isalnum()):
                return True
            at = self._plain.find(code, end)
        return False

    def beside(self, middle: int) -> Iterator[tuple[int, int]]:
        """The sentence *middle* together with those beside it: from which to which."""
        source = self.places[middle][0]
        before = middle > 0 and self.places[middle - 1][0] == source
        after = middle + 1 < len(self.places) and self.places[middle + 1][0] == source
        if before:
            yield middle - 1, middle
        if after:
            yield middle, middle + 1
        if before and after:
            yield middle - 1, middle + 1


def index(texts: Iterable[str]) -> Index:
    """The index of *texts*."""
    return Index(tuple(texts))


def index_of(request: Request) -> Index:
    """The index of the sources of *request*: built once, and forgotten with it.

    The checks of one call ask for it one after the other.
    """
    known = _held.get(id(request))
    if known is not None and known[0]() is request:
        return known[1]
    made = index(source.text for source in request.sources)
    forget = functools.partial(_forget, id(request))
    _held[id(request)] = weakref.ref(request, forget), made
    return made


_held: dict[int, tuple[weakref.ref[Request], Index]] = {}


def _forget(number: int, _: object) -> None:
    _held.pop(number, None)
