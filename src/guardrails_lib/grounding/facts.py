"""What a sentence says exactly: its numbers, dates, names; what is not so; how much."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

from .._types import Span
from .dates import CALENDAR, Day, days
from .names import Name, names
from .numbers import Quantity, quantities
from .polarity import CHARGED, OPPOSITES, Polarity, amounts, polarity
from .spelled import SPELLED
from .units import SCALES
from .words import listed, plain, stem, tokens

__all__ = ["Facts"]

_NUMERIC = (SPELLED - {"a", "an"}) | SCALES.keys() | {"quarter", "quarters", "third", "fifth"}
_PART = re.compile("[½¼¾⅓⅔]")
_DATED = re.compile(r"\d[-/.:]\d|\d\s*[ap]\.?m\b|\d\s*(?:o['\u2019]clock|uhr)")
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

    @cached_property
    def days(self) -> list[Day]:
        """Its dates and times."""
        if self._set.isdisjoint(CALENDAR) and not (self._digits and _DATED.search(self.plain)):
            return []
        return days(self.text)

    @cached_property
    def quantities(self) -> list[Quantity]:
        """Its numbers, but for those in dates."""
        if not (self._digits or _PART.search(self.text)) and self._set.isdisjoint(_NUMERIC):
            return []
        return quantities(self._without([day.span for day in self.days]))

    @cached_property
    def names(self) -> list[Name]:
        """Its names."""
        if not self._digits and self.text[1:].islower():
            return []
        return names(self.text)

    @cached_property
    def named(self) -> frozenset[str]:
        """The words of its names."""
        return frozenset(word for name in self.names for word in name.words)

    @cached_property
    def clauses(self) -> list[Facts]:
        """Its parts that say one thing each."""
        parts = [part for part in _CLAUSE.split(self.text) if part.strip()]
        return [Facts(part) for part in parts] if len(parts) > 1 else [self]

    @cached_property
    def polarity(self) -> Polarity:
        """What it says is so, and what not."""
        return polarity(self.plain)

    @property
    def charged(self) -> bool:
        """Whether it has any word of those that turn a sentence, or say of how much it is."""
        return not (self._set.isdisjoint(CHARGED) and self.stems.isdisjoint(OPPOSITES)) or (
            "n't" in self.plain
        )

    @cached_property
    def amounts(self) -> tuple[frozenset[int], bool]:
        """How much of a thing it speaks of."""
        return amounts(self.words)

    @cached_property
    def stems(self) -> frozenset[str]:
        """Its words that say something."""
        return frozenset(map(stem, self.words)) - _NOTHING

    @cached_property
    def matter(self) -> frozenset[str]:
        """The same, but for those of numbers and dates."""
        spans = [day.span for day in self.days] + [each.span for each in self.quantities]
        if not spans:
            return self.stems
        return frozenset(map(stem, tokens(plain(self._without(spans))))) - _NOTHING

    def wholly_lacks(self, name: Name) -> bool:
        """Whether none of the words of *name* is in it."""
        return all(word not in self.words and stem(word) not in self.stems for word in name.words)

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
