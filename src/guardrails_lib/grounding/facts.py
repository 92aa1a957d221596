"""What a sentence says exactly: its numbers, dates, names; what is not so; how much."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .._types import Span
from .dates import CALENDAR, Day, days
from .frames import Frame, framed
from .names import Name, names
from .numbers import Quantity, quantities
from .once import once
from .polarity import DENIALS, SIZES, Polarity, amounts, polarity, sides
from .spelled import SPELLED
from .units import SCALES
from .words import LITTLE, listed, plain, stem, tokens

__all__ = ["Facts"]

_NUMERIC = (SPELLED - {"a", "an"}) | SCALES.keys() | {"quarter", "quarters", "third", "fifth"}
_PART = re.compile("[½¼¾⅓⅔]")
_DATED = re.compile(r"\d[-/.:]\d|\d\s*[ap]\.?m\b|\d\s*(?:o['\u2019]clock|uhr)")
_MAYBE = re.compile(r"Ma[a-z]{1,3}\b|Mar\b")
_SURE = CALENDAR - listed("may march mar mai mars mayo maart mei dec sep set jun")
"""Of months, those that are nothing else."""

_DIGIT = re.compile(r"\d")
_NOTHING = frozenset({""})
_BACK = listed("he she they it him them this these those former latter")
_WHOSE = listed("his her its their")
_CLAUSE = re.compile(
    r"[,;:]\s+(?:(?:and|or|but)\s+)?(?=\S+\s+\S+\s+\S)"
    r"|\s+(?:but|while|whereas|although|though|however|unless|except)\s+",
    re.IGNORECASE,
)


class Facts:
    """A sentence, read as far as is asked for."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.plain = plain(text)
        self.words = tokens(self.plain)
        self._set = frozenset(self.words)
        self._digits = bool(_DIGIT.search(text))

    @once
    def days(self) -> list[Day]:
        """Its dates and times."""
        named = not self._set.isdisjoint(CALENDAR) and (
            self._digits or not self._set.isdisjoint(_SURE) or _MAYBE.search(self.text)
        )
        if not named and not (self._digits and _DATED.search(self.plain)):
            return []
        return days(self.text)

    @once
    def quantities(self) -> list[Quantity]:
        """Its numbers, but for those in dates."""
        if not (self._digits or _PART.search(self.text)) and self._set.isdisjoint(_NUMERIC):
            return []
        return quantities(self._without([day.span for day in self.days]))

    @once
    def names(self) -> list[Name]:
        """Its names."""
        if not self._digits and self.text[1:].islower():
            return []
        return names(self.text)

    @once
    def named(self) -> frozenset[str]:
        """The words of its names."""
        return frozenset(word for name in self.names for word in name.words)

    @once
    def clauses(self) -> list[Facts]:
        """Its parts that say one thing each."""
        cuts = [match.span() for match in _CLAUSE.finditer(self.text)]
        if not cuts:
            return [self]
        starts = [0, *(end for _, end in cuts)]
        ends = [*(start for start, _ in cuts), len(self.text)]
        parts = zip(starts, ends, strict=True)
        return [self._part(start, end) for start, end in parts if self.text[start:end].strip()]

    def _part(self, start: int, end: int) -> Facts:
        """A clause, of which is known what was read of the sentence."""
        part = Facts(self.text[start:end])
        known, whole = part.__dict__, self.__dict__
        if "names" in whole:
            known["names"] = [each for each in self.names if start <= each.span.start < end]
        for name in ("days", "quantities"):
            if name in whole:
                known[name] = [
                    each._replace(span=Span(each.span.start - start, each.span.end - start))
                    for each in whole[name]
                    if start <= each.span.start < end
                ]
        return part

    @once
    def frames(self) -> list[Frame]:
        """Its runs of names, each with the two words before it and the two after."""
        return list(framed(self.words, self.named)) if self.names else []

    @once
    def polarity(self) -> Polarity:
        """What it says is so, and what not."""
        return polarity(self.plain)

    @once
    def denies(self) -> bool:
        """Whether it has any word that says that something is not so."""
        return not self._set.isdisjoint(DENIALS) or "n't" in self.plain

    @once
    def sized(self) -> bool:
        """Whether it has any word that says of how much of a thing it is."""
        return not self._set.isdisjoint(SIZES)

    @once
    def sides(self) -> frozenset[tuple[int, int]]:
        """Its words that have an opposite: of which pair each is, and on which side."""
        return sides(self.stems | (self._set & LITTLE))

    @once
    def amounts(self) -> tuple[frozenset[int], bool]:
        """How much of a thing it speaks of."""
        return amounts(self.words)

    @once
    def stems(self) -> frozenset[str]:
        """Its words that say something."""
        return frozenset(map(stem, self.words)) - _NOTHING

    @once
    def matter(self) -> frozenset[str]:
        """The same, but for those of numbers and dates."""
        spans = [day.span for day in self.days] + [each.span for each in self.quantities]
        if not spans:
            return self.stems
        return frozenset(map(stem, tokens(plain(self._without(spans))))) - _NOTHING

    def wholly_lacks(self, name: Name) -> bool:
        """Whether none of the words of *name* is in it."""
        return self._set.isdisjoint(name.words) and self.stems.isdisjoint(map(stem, name.words))

    @property
    def refers_back(self) -> bool:
        """Whether it speaks of somebody that a sentence before it names."""
        return not self._set.isdisjoint(_BACK) or self.words[0] in _WHOSE

    def _without(self, spans: Iterable[Span]) -> str:
        """The text with blanks in place of *spans*."""
        text = self.text
        for start, end in spans:
            text = text[:start] + " " * (end - start) + text[end:]
        return text
