"""What a sentence says exactly: its numbers, dates, names; what is not so; how much."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

from .._types import Span
from .dates import CALENDAR, Day, days
from .names import Name, names
from .numbers import Quantity, quantities
from .polarity import Polarity, amounts, polarity
from .spelled import SPELLED
from .units import SCALES
from .words import plain, stem, tokens

__all__ = ["Facts"]

_NUMERIC = (SPELLED - {"a", "an"}) | SCALES.keys()
_PART = re.compile("[½¼¾⅓⅔]")


class Facts:
    """A sentence, read as far as is asked for."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.plain = plain(text)
        self.words = tokens(self.plain)
        self._set = frozenset(self.words)
        self._digits = any(word[0].isdigit() or word[-1].isdigit() for word in self.words)

    @cached_property
    def days(self) -> list[Day]:
        """Its dates and times."""
        if not self._digits and self._set.isdisjoint(CALENDAR):
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
        return names(self.text)

    @cached_property
    def polarity(self) -> Polarity:
        """What it says is not so."""
        return polarity(self.plain)

    @cached_property
    def amounts(self) -> tuple[frozenset[int], bool]:
        """How much of a thing it speaks of."""
        return amounts(self.words)

    @cached_property
    def stems(self) -> frozenset[str]:
        """Its words that say something."""
        return frozenset(found for word in self.words if (found := stem(word)))

    @cached_property
    def matter(self) -> list[str]:
        """The same in their order, but for those of numbers and dates."""
        spans = [day.span for day in self.days] + [each.span for each in self.quantities]
        if not spans:
            return [found for word in self.words if (found := stem(word))]
        left = tokens(plain(self._without(spans)))
        return [found for word in left if (found := stem(word))]

    def _without(self, spans: Iterable[Span]) -> str:
        """The text with blanks in place of *spans*."""
        text = self.text
        for start, end in spans:
            text = text[:start] + " " * (end - start) + text[end:]
        return text
