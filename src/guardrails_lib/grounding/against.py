"""What in a claim its best evidence contradicts, or does not have."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from .dates import Day
from .facts import Facts
from .index import Index
from .numbers import Quantity, Reading
from .polarity import contradicts, opposite, overstates

__all__ = ["against"]

_OWN_KIND = frozenset({"th", "1990s", "%", "pp", "‰"})
"""Units without which a number is another one."""

NEAR = 0.05
"""A number that is said to be about right is no further off."""

OVER = 2
"""A thing that is more than a number is at most so many times it, or another number is meant."""


def against(
    index: Index, claim: Facts, middle: int, window: tuple[int, int], known: Collection[str]
) -> str:
    """What speaks against *claim*: a kind of finding, or nothing."""
    best = index.facts(middle)
    near = _near(index, middle, window)
    return (
        _number(claim, best, near)
        or _name(index, claim, known)
        or _turned(claim, best)
        or ("quantity" if overstates(claim.amounts, best.amounts) else "")
    )


def _near(index: Index, middle: int, window: tuple[int, int]) -> list[Facts]:
    """The sentences of the window, and those beside the best of them."""
    source = index.places[middle][0]
    first, last = min(window[0], middle - 1), max(window[1], middle + 1)
    numbers = range(max(0, first), min(len(index.places), last + 1))
    return [index.facts(n) for n in numbers if index.places[n][0] == source]


def _number(claim: Facts, best: Facts, near: list[Facts]) -> str:
    if not claim.days and not claim.quantities:
        return ""
    dates = [day for facts in near for day in facts.days]
    if not all(any(day.within(other) for other in dates) for day in claim.days):
        split = {n for facts in near for quantity in facts.quantities for n in _years(quantity)}
        if not all(_told(day, dates, split) for day in claim.days):
            return "date"
    counts = [quantity for facts in near for quantity in facts.quantities]
    of_dates = {number for day in dates for number in day.numbers}
    for quantity in claim.quantities:
        if reason := _missing(quantity, counts, of_dates, best):
            return reason
    return ""


def _years(quantity: Quantity) -> Iterable[int]:
    return (int(quantity.readings[0].value),) if quantity.is_year else ()


def _told(day: Day, dates: list[Day], years: set[int]) -> bool:
    """Whether a date is there, its year in one place and its day in another."""
    if any(day.within(other) for other in dates):
        return True
    if day.year is None or not day.months:
        return False
    rest = day._replace(year=None)
    said = years | {other.year for other in dates if other.year is not None}
    return day.year in said and any(rest.within(other) and other.year is None for other in dates)


def _missing(quantity: Quantity, counts: list[Quantity], of_dates: set[int], best: Facts) -> str:
    """What is wrong with a number of the claim, if anything is."""
    rivals = [other for other in counts if quantity.noun and other.noun == quantity.noun]
    alike = [other for other in counts if _is(quantity, other)]
    if alike:
        same = [other for other in rivals if _is(quantity, other)]
        return "number" if rivals and not same and not quantity.soft else ""
    if quantity.soft:
        return "number" if rivals else ""
    if any(reading.value in of_dates and not reading.unit for reading in quantity.readings):
        return ""
    if any(reading.value in of_dates for reading in quantity.readings[:1]) and not any(
        reading.unit for reading in quantity.readings
    ):
        return ""
    values = {reading.value for reading in quantity.readings}
    del best
    if any(reading.value in values for other in counts for reading in other.readings):
        return "unit"
    return "date" if quantity.is_year else "number"


def _is(claim: Quantity, evidence: Quantity) -> bool:
    """Whether the evidence bears out a number of the claim."""
    return any(
        _equal(one, other, claim.how) for one in claim.readings for other in evidence.readings
    )


def _equal(one: Reading, other: Reading, how: str) -> bool:
    if one.unit != other.unit and (one.unit or other.unit in _OWN_KIND):
        return False
    if one.value == other.value:
        return True
    said, told = abs(one.value), abs(other.value)
    if not how or one.value * other.value <= 0 or said > told * OVER or told > said * OVER:
        return False
    if how == "~":
        return abs(said - told) <= told * 5 / 100
    return told > said if how.startswith(">") else told < said


def _name(index: Index, claim: Facts, known: Collection[str]) -> str:
    for name in claim.names:
        for word in name.words:
            if word in known or index.names(word):
                continue
            if name.exact and any(word in text.casefold() for text in index.texts):
                continue
            return "name"
    return ""


def _turned(claim: Facts, best: Facts) -> str:
    if contradicts(claim.polarity, best.polarity) or opposite(claim.polarity, best.polarity):
        return "negation"
    return ""
