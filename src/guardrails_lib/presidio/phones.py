"""Phone numbers in text: the spans that libphonenumber finds, at a fraction of its cost.

Where a number could be is the same for every region, so it is looked for once. What is
written there in digits and punctuation is decided for each region from the digits; only what
is written otherwise is parsed by libphonenumber.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from re import Pattern

from . import libphonenumber as library
from .libphonenumber import Leniency, PhoneNumber
from .phone_candidates import ASCII_PLAIN, PLAIN, Candidates, gate
from .phone_regions import Region, Written, region_of

__all__ = ["PhoneNumber", "phone_numbers", "phone_spans"]

_WRITTEN = re.compile(rf"[{PLAIN}]*([+\uff0b]*)([{PLAIN}\d]*\d)(?: *(?:x|ext\.? ?)([0-9]{{1,9}}))?")
"""A number without anything that only libphonenumber can tell."""

_MANY = 8
"""With so many beginnings of short numbers, to look for each costs more than it saves."""

_NO_DIGITS = {code: None for code in range(128) if not chr(code).isdigit()}

_LEADING = frozenset("([\uff08\uff3b+\uff0b")
"""With one of these a number begins, whatever is before it."""


def phone_spans(text: str, regions: Sequence[str], leniency: int) -> list[tuple[int, int]]:
    """The spans that libphonenumber finds for any of *regions*, each once, in order.

    libphonenumber gives up on a text after 65,535 tries that were no number; this goes on.
    """
    found = _found(text, _readers(tuple(regions), leniency))
    return sorted({(start, start + len(part)) for start, part in found})


def phone_numbers(text: str, region: str, leniency: int) -> Iterator[tuple[int, int, PhoneNumber]]:
    """The numbers that libphonenumber finds for *region*: start, end, and what it parses."""
    for start, part in _found(text, _readers((region,), leniency)):
        number = library.parsed(text, start, part, region, leniency)
        if number is not None:
            yield start, start + len(part), number


class _Readers:
    """Who looks for numbers, each in a region, and how strictly."""

    def __init__(self, regions: tuple[str, ...], leniency: int) -> None:
        if not Leniency.POSSIBLE <= leniency <= Leniency.EXACT_GROUPING:
            raise ValueError(f"a leniency is 0, 1, 2 or 3, not {leniency!r}")
        self.regions = [region_of(each) for each in regions]
        self.leniency = leniency
        self.shortest = min((each.shortest(leniency) for each in self.regions), default=9)

    def gate(self, text: str) -> Pattern[str]:
        """What all numbers in *text* hold."""
        if "+" in text or "\uff0b" in text:
            return self._with_plus
        return self._ascii if text.isascii() else self._any

    @cached_property
    def _with_plus(self) -> Pattern[str]:
        return gate(min(self.shortest, library.FEWEST))

    @cached_property
    def _any(self) -> Pattern[str]:
        return gate(self.shortest)

    @cached_property
    def _ascii(self) -> Pattern[str]:
        """Years have four digits and few numbers do, so these are known one by one."""
        four = [each.four() for each in self.regions]
        if self.shortest != 4 or self.leniency == Leniency.POSSIBLE or None in four:
            return gate(self.shortest, ascii_text=True)
        heads: dict[str, set[str]] = {}
        for digits in (digits for each in four if each for digits in each):
            heads.setdefault(digits[:2], set()).add(digits[2])
        if len(heads) > _MANY:
            return gate(4, ascii_text=True)
        gap = f"[{ASCII_PLAIN}~]{{0,4}}"
        known = (
            f"(?<={head[0]}){gap}{head[1]}{gap}[{''.join(sorted(third))}]{gap}[0-9]"
            for head, third in sorted(heads.items())
        )
        return gate(5, ascii_text=True, besides="|".join(known))


@lru_cache(maxsize=64)
def _readers(regions: tuple[str, ...], leniency: int) -> _Readers:
    return _Readers(regions, leniency)


def _found(text: str, readers: _Readers) -> Iterator[tuple[int, str]]:
    """Each match: where and what.

    After a match a reader looks on behind it, after none behind the candidate. So the readers
    go on from different places at times; those that are at one place go together.
    """
    candidates = Candidates(text, readers.gate(text))
    at = {0: readers.regions}
    while at:
        place = min(at)
        looking = at.pop(place)
        if (candidate := candidates.after(place)) is None:
            continue
        start, whole = candidate
        for where, part in candidates.parts(start, whole):
            if takers := _takers(text, where, part, looking, readers):
                yield where, part
                at.setdefault(where + len(part), []).extend(takers)
                looking = [each for each in looking if each not in takers]
                if not looking:
                    break
        if looking:
            at.setdefault(start + len(whole), []).extend(looking)


def _takers(
    text: str, start: int, part: str, regions: list[Region], readers: _Readers
) -> list[Region]:
    """The regions in which *part* is a number."""
    leniency = readers.leniency
    written = _written(part)
    if written is not None and len(written.digits) >= library.FEWEST:
        if leniency and not written.plus:
            digits = written.digits
            if len(digits) < readers.shortest:
                return []
            regions = [each for each in regions if each.could(digits)]
        regions = [each for each in regions if each.accepts(written, leniency)]
        if leniency <= Leniency.VALID:
            return regions if regions and _stands(text, start, part, leniency) else []
    return [each for each in regions if library.parsed(text, start, part, each.name, leniency)]


def _written(part: str) -> Written | None:
    """The part as digits, if there is nothing else to it."""
    match = _WRITTEN.fullmatch(part)
    if match is None:
        return None
    plus, number, extension = match.groups()
    if number.isascii():
        digits = number.translate(_NO_DIGITS)
    else:
        digits = "".join(str(unicodedata.digit(char)) for char in number if char.isdecimal())
    return Written(bool(plus), digits, extension or "")


def _stands(text: str, start: int, part: str, leniency: int) -> bool:
    """Whether a number may stand there: its brackets close, no letter is next to it."""
    if not library.BRACKETS.fullmatch(part) or library.PAGES.search(part):
        return False
    if leniency == Leniency.POSSIBLE:
        return True
    if start and part[0] not in _LEADING and library.bars(text[start - 1]):
        return False
    end = start + len(part)
    return end == len(text) or not library.bars(text[end])
