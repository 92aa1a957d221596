"""Phone numbers in text: the spans that libphonenumber finds, at a fraction of its cost.

Where a number could be is the same for every region, so it is looked for once. What is
written there in digits and punctuation is decided for each region from the digits; only what
is written otherwise is parsed by libphonenumber.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from re import Pattern

from . import libphonenumber as library
from .libphonenumber import Leniency, PhoneNumber
from .phone_candidates import ASCII_PLAIN, PLAIN, Candidates, gate
from .phone_heads import SIZE
from .phone_plans import from_abroad
from .phone_regions import MOST, Region, Written, region_of

__all__ = ["PhoneNumber", "phone_numbers", "phone_spans"]

_WRITTEN = re.compile(rf"[{PLAIN}]*([+\uff0b]*)([{PLAIN}\d]*\d)(?: *(?:x|ext\.? ?)([0-9]{{1,9}}))?")
"""A number without anything that only libphonenumber can tell."""

_MANY = 8
"""With so many beginnings of short numbers, to look for each costs more than it saves."""

_NO_DIGITS = {code: None for code in range(128) if not chr(code).isdigit()}
_NO_MEANING = {ord(char): None for char in "-() .[]/"}
"""The ASCII punctuation that only stands between digits."""

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
        self._gates: dict[tuple[bool, bool], Pattern[str]] = {}
        self._asked: dict[str, list[list[Region]]] = {}

    def asked(self, digits: str, regions: list[Region]) -> list[Region]:
        """Those of the *regions* in which digits without a plus could be valid."""
        head = digits[:SIZE]
        if head not in self._asked:
            self._asked[head] = self._known(head)
        asked = self._asked[head][min(len(digits), MOST)]
        if not asked or len(regions) == len(self.regions):
            return asked
        return [each for each in regions if each in asked]

    def _known(self, head: str) -> list[list[Region]]:
        """The regions to be asked of numbers that begin so, by how many digits they have."""
        said = [(each, each.lengths(head)) for each in self.regions]
        return [
            [each for each, lengths in said if lengths >> length & 1] for length in range(MOST + 1)
        ]

    def gate(self, text: str) -> Pattern[str]:
        """What all numbers in *text* hold."""
        kind = text.isascii(), "+" in text or "\uff0b" in text
        if kind not in self._gates:
            self._gates[kind] = self._compiled(*kind)
        return self._gates[kind]

    def _compiled(self, ascii_text: bool, plus: bool) -> Pattern[str]:
        """The gate; years have four digits and few numbers do, so these are told one by one."""
        four = [each.four() for each in self.regions]
        years = ascii_text and self.shortest == 4 and self.leniency != Leniency.POSSIBLE
        if not years or None in four:
            return gate(self.shortest, ascii_text=ascii_text, plus=plus)
        heads: dict[str, set[str]] = {}
        for digits in (digits for each in four if each for digits in each):
            heads.setdefault(digits[:2], set()).add(digits[2])
        if len(heads) > _MANY:
            return gate(4, ascii_text=True, plus=plus)
        gap = f"[{ASCII_PLAIN}~]{{0,4}}"
        known = (
            f"(?<={head[0]}){gap}{head[1]}{gap}[{''.join(sorted(third))}]{gap}[0-9]"
            for head, third in sorted(heads.items())
        )
        return gate(5, ascii_text=True, plus=plus, besides="|".join(known))


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
                end = where + len(part)
                at[end] = [*at.get(end, ()), *takers]
                looking = [each for each in looking if each not in takers]
                if not looking:
                    break
        if looking:
            end = start + len(whole)
            at[end] = [*at[end], *looking] if end in at else looking


def _takers(
    text: str, start: int, part: str, regions: list[Region], readers: _Readers
) -> list[Region]:
    """The regions in which *part* is a number."""
    leniency = readers.leniency
    digits = part.translate(_NO_MEANING)
    if digits.isdecimal() and digits.isascii():
        if leniency and not (regions := readers.asked(digits, regions)):
            return []
        written: Written | None = Written(False, digits, "")
    else:
        written = _written(part)
        if written and leniency and not written.plus:
            regions = readers.asked(written.digits, regions)
    if written is not None and len(written.digits) >= library.FEWEST:
        if written.plus and from_abroad(written.digits):  # it is the same number to all
            regions = regions if regions and regions[0].accepts(written, leniency) else []
        else:
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
