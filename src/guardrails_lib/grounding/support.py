"""How much the sources bear out a claim, and what speaks against it."""

from __future__ import annotations

import heapq
import math
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from .against import against
from .facts import Facts
from .index import Index, Place
from .ordinary import ORDINARY
from .words import LITTLE, listed, stem

__all__ = ["Support", "around", "measured", "names_of", "nearest", "support", "supports"]

FORM = 0.75
"""As much as a word of the sources counts that begins as the word of the claim does."""

LIGHT = 0.5
"""As much as other words an ordinary one counts, which people put for one another."""

WIDER = 0.03
"""What each sentence beside the best one takes off: near evidence is better evidence."""

CANDIDATES = 4
"""So many sentences are looked at with those beside them."""

AS_GOOD = 0.15
"""Evidence that has so much less of the words is not as good as the best."""

HOPE = 0.5
"""A sentence with so much less of the words is not made the best by those beside it."""

HELD_AGAINST = 0.1
"""What is left of the support of a claim that something speaks against."""

START, COVERED, TALK, LITTLE_NEW, ASKED = -4.6, 8.0, -2.3, -0.6, -3.5
"""Of a logistic: alone; times the share of words that the evidence has; times the logarithm of
how many words of a speaker ("I", "great", "lol") and of how many other little words no source
has; for a question. What a fit to one half of BEGIN's development set gives, printed by
`benchmarks/grounding.py`, but for three things that hardly move who scores above whom. A claim
in other words has new little words too, so those count half. The share counts more, and where
it starts from is such that a claim with seven of ten words from the evidence gets 0.7."""

_NEUTRAL = listed(
    "a an the of in on at to for from by with as is are was were be been being it its he she they "
    "him her them his their this that these those and or which who there has have had can will "
    "also into than then so such you your yours could may might must should would shall do does "
    "did no nor not if when where while after before until till under over between about against "
    "through during both each any all some most more less least only other another same own very "
    "how what why because but up down out off per too here now once again further every few many "
    "much whether either neither one need use used using get gets give given go goes without "
    "within often whose since upon although however therefore thus below above yet still"
)
"""Little words that any text may have; the others are those of a speaker."""


class Support(NamedTuple):
    """How much the sources bear out a claim: 1.0 is wholly."""

    score: float
    place: Place | None = None
    """Where the best evidence is."""
    reason: str = ""
    """What speaks against it: a ``number``, ``date``, ``unit``, ``name``, ``negation`` or
    ``quantity``; or that ``words`` are missing."""


def support(index: Index, claim: str, known: Collection[str] = ()) -> Support:
    """How much the sources bear out *claim*; *known* are names that need no source.

    >>> from .index import Index
    >>> index = Index(["The warranty covers fire. It lasts 5 years."])
    >>> support(index, "The warranty covers fire.").score > 0.9
    True
    >>> support(index, "The warranty lasts 7 years.").reason
    'number'
    """
    read = _Claim(index, claim, known)
    return _best(read, _windows(read, read.candidates(CANDIDATES)), known)


def supports(index: Index, claim: str, known: Collection[str] = ()) -> list[Support]:
    """The same from each source alone, in their order."""
    read = _Claim(index, claim, known)
    return [
        _best(read, _windows(read, numbers), known)
        for numbers in read.candidates_of_each(CANDIDATES)
    ]


def measured(index: Index, claim: str) -> tuple[float, float, float, float]:
    """What the score of *claim* is made of, in the order of the constants."""
    read = _Claim(index, claim)
    found = _windows(read, read.candidates(CANDIDATES))
    covered = max((window.covered for window in found), default=0.0)
    return (covered, *read.new)


def nearest(index: Index, claim: str, most: int = 5) -> list[Support]:
    """The sentences that have most of the words of *claim*, the best first."""
    read = _Claim(index, claim)
    return [
        Support(read.score(read.coverage(number, number)), index.place(number, number))
        for number in read.candidates(most)
    ]


def around(index: Index, claim: str, most: int = 3) -> str:
    """The sentences that come nearest to *claim*, with those beside them, in their order."""
    read = _Claim(index, claim)
    found = read.candidates(most) or list(range(len(index.places)))[:most]
    wanted = {n for middle in found for window in index.beside(middle) for n in (middle, *window)}
    return "\n".join(index.text(index.place(number, number)) for number in sorted(wanted))


class _Claim:
    """A claim, and the words of the sources that are its words."""

    def __init__(self, index: Index, text: str, known: Collection[str] = ()) -> None:
        self.index = index
        self.facts = facts = Facts(text)
        self._matter = facts.matter.difference(map(stem, known))
        light = len(self._matter & ORDINARY)
        exact = len(facts.days) + len(facts.quantities)
        self._weight = len(self._matter) - light * (1.0 - LIGHT) + exact
        self._there = index.known(facts.stems)
        self._forms = {
            word: forms for word in facts.stems - self._there if (forms := index.forms(word))
        }
        new = [word for word in facts.words if word in LITTLE and word not in index.written]
        neutral = sum(word in _NEUTRAL for word in new)
        self.new = (math.log1p(len(new) - neutral), math.log1p(neutral), float("?" in text))
        """The words of a speaker, other little words, a question: what COVERED is beside."""
        talk, little, asked = self.new
        self._beside = START + TALK * talk + LITTLE_NEW * little + ASKED * asked

    def candidates(self, most: int) -> list[int]:
        """The sentences with the most and the rarest of its words."""
        return _first(most, self._points())

    def candidates_of_each(self, most: int) -> list[list[int]]:
        """The same of each source."""
        points: list[dict[int, float]] = [{} for _ in self.index.texts]
        for number, weight in self._points().items():
            points[self.index.places[number][0]][number] = weight
        return [_first(most, each) for each in points]

    def _points(self) -> dict[int, float]:
        index = self.index
        groups = [(frozenset((word,)), index.rarity(word)) for word in sorted(self._there)]
        groups += [(forms, FORM) for _, forms in sorted(self._forms.items())]
        return index.points(groups)

    def coverage(self, first: int, last: int) -> float:
        """The share of its words that the sentences from *first* to *last* have."""
        if not self._matter:
            return 1.0
        words = self.index.stems[first]
        if last > first:
            words = words.union(*self.index.stems[first + 1 : last + 1])
        missing = self._matter - words
        if not missing:
            return 1.0
        lack = 0.0
        for word in missing:
            weight = LIGHT if word in ORDINARY else 1.0
            alike = self._forms.get(word)
            lack += weight * (1.0 - FORM) if alike and not words.isdisjoint(alike) else weight
        return 1.0 - lack / self._weight

    def score(self, coverage: float) -> float:
        """The support, if nothing speaks against it."""
        return 1.0 / (1.0 + math.exp(-(self._beside + COVERED * coverage)))


def _first(most: int, points: Mapping[int, float]) -> list[int]:
    return heapq.nsmallest(most, points, key=lambda number: (-points[number], number))


class _Window(NamedTuple):
    """Sentences that stand together, and how much they would support a claim."""

    score: float
    covered: float
    middle: int
    """The one of them that has the most of its words."""
    ends: tuple[int, int]


def _windows(claim: _Claim, numbers: Iterable[int]) -> list[_Window]:
    """Where the best evidence may be around the sentences of *numbers*, the best first."""
    found: dict[tuple[int, int], _Window] = {}
    most_covered = 0.0
    for number in numbers:
        covered, ends, middle = claim.coverage(number, number), (number, number), number
        hopeful = most_covered - HOPE < covered < 1.0
        for first, last in claim.index.beside(number) if hopeful else ():
            wider = claim.coverage(first, last) - WIDER * (last - first)
            if wider > covered:
                covered, ends = wider, (first, last)
        if ends not in found:
            if ends[0] != ends[1]:
                inside = range(ends[0], ends[1] + 1)
                middle = max(inside, key=lambda n: claim.coverage(n, n))
            found[ends] = _Window(claim.score(covered), covered, middle, ends)
        most_covered = max(most_covered, covered)
        if covered == 1.0:
            break
    return sorted(found.values(), reverse=True)


def _best(claim: _Claim, windows: Iterable[_Window], known: Collection[str]) -> Support:
    """The best support that there is; of windows that cannot be better, nothing is read.

    What the best evidence contradicts, much weaker evidence does not bear out.
    """
    best, most = Support(0.0, None, "words"), 0.0
    for window in windows:
        if window.score <= best.score or window.covered < most - AS_GOOD:
            break
        most = max(most, window.covered)
        reason = against(claim.index, claim.facts, window.middle, window.ends, known)
        score = window.score * (HELD_AGAINST if reason else 1.0)
        if score > best.score:
            reason = reason or ("words" if window.covered < 1.0 else "")
            best = Support(score, claim.index.place(*window.ends), reason)
    return best


def names_of(texts: Iterable[str]) -> frozenset[str]:
    """The words of the names in *texts*."""
    return frozenset(word for text in texts for name in Facts(text).names for word in name.words)
