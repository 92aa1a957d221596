"""How much there is in some sources to answer a question from."""

from __future__ import annotations

import heapq
import math
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..grounding import Index, Place
from ..grounding.facts import Facts
from ..grounding.polarity import opposite
from ..grounding.words import listed, stem
from .wanted import has_one, wanted

__all__ = ["Answerable", "answerability", "answerable"]

LONGEST = 4_000
"""Of a longer question the end is looked at: what is before that is what it is about."""

CANDIDATES = 8
"""So many sentences are looked at with those beside them."""

FORM = 0.6
"""As much as a word counts that begins as the word of the question does."""

WIDER = 0.03
"""What each sentence beside the best one takes off."""

START = 2.2
MISSING, NEAR, FEW = -3.5, 1.0, -2.0
"""Of a logistic: times the share of the question's words that no source has; of those that the
best place has, the rarer the more; and divided by how many words say what it is about."""
NAMES, NUMBER, DENIED, NEGATIVE = -2.0, -2.0, -2.5, -0.5
OPPOSITE, TURNED, APART, KIND = -0.5, -2.0, -2.0, -0.8
"""The same for what speaks against it: the share of names that no source has; a number that none
has; a *not* that is not there; any word of denial; an opposite; a word that differs from one there
by *un-* or the like; a name whose words are never in one sentence; and no number, date or name
there where the question wants one. They were chosen by hand on two articles of SQuAD 2.0's
development set and half of CLAPnq's (`benchmarks/answerability.py` tells the halves apart); each
helps there, and none is there because of a word of these texts."""


class Answerable(NamedTuple):
    """How likely the sources hold an answer, from 0 to 1, and where they come nearest."""

    score: float
    place: Place | None = None


def answerability(question: str, sources: Sequence[str]) -> float:
    """How likely *sources* hold an answer to *question*, from 0 to 1.

    >>> source = "The museum was opened in 1901 by the mayor. It has 40 rooms."
    >>> answerability("When was the museum opened?", [source]) > 0.7
    True
    >>> answerability("Who designed the garden of the castle?", [source]) < 0.3
    True
    """
    return answerable(question, Index(sources)).score


def answerable(question: str, held: Index) -> Answerable:
    """The same with the nearest place, from the index of the sources."""
    asked = _Asked(question[-LONGEST:], held)
    if not held.places:
        return Answerable(0.0)
    if not asked.words:  # it is about nothing that could be missing
        return Answerable(1.0)
    near, window = max(asked.windows(), default=(0.0, (0, 0)))
    place = held.place(*window)
    text = Facts(held.text(place))
    against = asked.against(text)
    total = START + MISSING * asked.missing + NEAR * near + FEW / len(asked.words) + against
    return Answerable(1.0 / (1.0 + math.exp(-total)), place)


_DENIES = re.compile(
    r"\b(?:not?|never|without|least|unlike|except|fail\w*|neither|nor|cannot|nicht|kein\w*|pas"
    r"|jamais|nunca|sin|sem|senza|niet|geen)\b|n['\u2019]t\b"
)
_PREFIXES = ("un", "in", "im", "ir", "il", "dis", "non", "mis", "anti")
_ASKING = frozenset(
    stem(word)
    for word in listed("number amount percentage percent many kind type name called long old far")
)
"""Words that ask for something and need not be in the answer."""


class _Asked:
    """A question, and which of its words the sources have."""

    def __init__(self, question: str, held: Index) -> None:
        self.held = held
        self.facts = Facts(question)
        found = [word for word in dict.fromkeys(map(stem, self.facts.words)) if word]
        self.words = [word for word in found if word not in _ASKING] or found
        known = held.known(frozenset(self.words))
        self.forms = {
            word: frozenset((word,)) if word in known else held.forms(word) for word in self.words
        }
        self.weights = {word: held.rarity(word) for word in self.words}
        missing = sum(not forms for forms in self.forms.values())
        self.missing = missing / len(self.words) if self.words else 0.0

    def windows(self) -> Iterator[tuple[float, tuple[int, int]]]:
        """The sentences with most of its words, alone and with those beside them."""
        groups = (
            (forms, self.weights[word] if word in forms else FORM)
            for word, forms in self.forms.items()
            if forms
        )
        points = self.held.points(groups)
        total = sum(self.weights.values()) or 1.0
        best = heapq.nsmallest(CANDIDATES, points, key=lambda each: (-points[each], each))
        for first, last in {window for number in best for window in _beside(self.held, number)}:
            there = frozenset().union(*self.held.stems[first : last + 1])
            covered = sum(
                self.weights[word] * (1.0 if word in there else FORM)
                for word, forms in self.forms.items()
                if not there.isdisjoint(forms)
            )
            yield covered / total - WIDER * (last - first), (first, last)

    def against(self, near: Facts) -> float:
        """What speaks against an answer *near* there, as the weight of that."""
        facts, held = self.facts, self.held
        named = {word for name in facts.names for word in name.words}
        numbers = [word for word in facts.words if word[0].isdigit()]
        total = 0.0
        if named:
            total += NAMES * sum(not held.names(word) for word in named) / len(named)
        if any(word not in held.written for word in numbers):
            total += NUMBER
        if facts.polarity.heads and not near.polarity.heads:
            total += DENIED
        if _DENIES.search(facts.plain):
            total += NEGATIVE
        if opposite(facts.polarity, near.polarity):
            total += OPPOSITE
        if self._turned(near):
            total += TURNED
        if self._apart():
            total += APART
        kind = wanted(facts.plain)
        if kind and not has_one(kind, near, facts):
            total += KIND
        return total

    def _has(self, word: str) -> bool:
        """Whether a source has *word*, in just that form."""
        return bool(self.held.known(frozenset((word,))))

    def _turned(self, near: Facts) -> bool:
        """Whether a word is there with *un-* where the question has none, or without it."""
        for word in self.facts.words:
            found = stem(word)
            if not found or self._has(found):
                continue
            for prefix in _PREFIXES:
                bare = word.removeprefix(prefix)
                if bare != word and len(bare) > 3 and self._has(stem(bare)):
                    return True
                if stem(prefix + word) in near.stems:
                    return True
        return False

    def _apart(self) -> bool:
        """Whether the words of a name are all there, and never in one sentence."""
        for name in self.facts.names:
            words = {stem(word) or word for word in name.words}
            if len(words) < 2 or not all(map(self._has, words)):
                continue
            if not any(map(words.issubset, self.held.stems)):
                return True
        return False


def _beside(held: Index, middle: int) -> Iterator[tuple[int, int]]:
    yield middle, middle
    for first in (middle - 1, middle):
        beside = held.places[max(first, 0) : first + 2]
        if len(beside) > 1 and beside[0][0] == beside[1][0]:
            yield first, first + 1
