"""What in a claim its best evidence contradicts, or does not have."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from decimal import Decimal

from .dates import Day
from .facts import Facts
from .index import Index
from .mixed import mixed
from .numbers import Quantity, Reading
from .polarity import contradicts, opposite, overstates
from .units import kind_of
from .words import stem

__all__ = ["against"]

_OWN_KIND = frozenset({"th", "1990s", "%", "pp", "‰"})
"""Units without which a number is another one."""

SAME = 0.9
"""With so many of the words of a claim, a sentence says it of something."""

NEAR = Decimal("0.05")
"""A number that is said to be about right is no further off."""

OVER = 2
"""A thing that is more than a number is at most so many times it, or another number is meant."""


def against(
    index: Index, claim: Facts, middle: int, window: tuple[int, int], known: Collection[str]
) -> str:
    """What speaks against *claim*: a kind of finding, or nothing."""
    best = index.facts(middle)
    if claim.names and (reason := _name(index, claim, known)):
        return reason
    if claim.named or claim.days or claim.quantities:
        reason = _exactly(claim, [best])
        if reason and (reason := _exactly(claim, _near(index, middle, window))):
            return reason
    return _of_clauses(claim, best)


def _exactly(claim: Facts, near: list[Facts]) -> str:
    return "name" if mixed(claim, near) else _number(claim, near)


def _near(index: Index, middle: int, window: tuple[int, int]) -> list[Facts]:
    """The sentences of the window, and those beside the best of them."""
    source = index.places[middle][0]
    first, last = min(window[0], middle - 1), max(window[1], middle + 1)
    numbers = range(max(0, first), min(len(index.places), last + 1))
    return [index.facts(n) for n in numbers if index.places[n][0] == source]


def _number(claim: Facts, near: list[Facts]) -> str:
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
        if reason := _missing(quantity, counts, of_dates):
            return reason
    return ""


def _years(quantity: Quantity) -> Iterable[int]:
    return (int(quantity.bare[0]),) if quantity.year else ()


def _told(day: Day, dates: list[Day], years: set[int]) -> bool:
    """Whether a date is there, its year in one place and its day in another."""
    if any(day.within(other) for other in dates):
        return True
    if day.year is None or not day.months:
        return False
    rest = day._replace(year=None)
    said = years | {other.year for other in dates if other.year is not None}
    return day.year in said and any(rest.within(other) and other.year is None for other in dates)


def _missing(quantity: Quantity, counts: list[Quantity], of_dates: set[int]) -> str:
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
    if any(value in quantity.bare for other in counts for value in other.bare):
        return "unit"
    return "date" if quantity.year else "number"


def _is(claim: Quantity, evidence: Quantity) -> bool:
    """Whether the evidence bears out a number of the claim."""
    return any(
        _equal(one, other, claim.how, evidence.how)
        for one in claim.readings
        for other in evidence.readings
    )


def _equal(one: Reading, other: Reading, how: str, told_how: str) -> bool:
    if one.unit != other.unit and (one.unit or other.unit in _OWN_KIND):
        return False
    if one.value == other.value:
        return {how[:1], told_how[:1]} != {"<", ">"}
    said, told = abs(one.value), abs(other.value)
    if not how or one.value * other.value <= 0 or said > told * OVER or told > said * OVER:
        return False
    if how == "~":
        return abs(said - told) <= told * NEAR
    return told > said if how.startswith(">") else told < said


def _name(index: Index, claim: Facts, known: Collection[str]) -> str:
    for name in claim.names:
        absent = [word for word in name.words if not (word in known or index.names(word))]
        if not absent or (name.exact and index.writes(name.words[0])):
            continue
        short = "".join(word[0] for word in name.words) in index.written
        long = all(word.upper() in claim.text and index.spells_out(word) for word in absent)
        if not (short or long):
            return "name"
    return ""


def _replaced(claim: Facts, best: Facts) -> str:
    """Whether the best sentence says the same of another name, or has another number for it."""
    words = claim.named
    if not words and not claim.quantities:
        return ""
    stems = {found for word in words if (found := stem(word))}
    rest = claim.matter - stems
    if not rest or len(rest & best.stems) < SAME * len(rest):
        return ""
    mine = any(best.wholly_lacks(name) for name in claim.names)
    named = best.names if mine and not best.refers_back else []
    if any(words.isdisjoint(name.words) for name in named):
        return "name"
    others = _others(claim, best) if claim.quantities else []
    for quantity in claim.quantities if others else ():
        if quantity.soft or any(_is(quantity, other) for other in best.quantities):
            continue
        kinds = {kind_of(reading.unit) for reading in quantity.readings}
        for other in others:
            alike = kinds & {kind_of(reading.unit) for reading in other.readings}
            if alike and other.year == quantity.year:
                return "number"
    return ""


def _others(claim: Facts, best: Facts) -> list[Quantity]:
    """The numbers of *best* that are none of the claim's."""
    return [
        other
        for other in best.quantities
        if not other.soft and not any(_is(own, other) for own in claim.quantities)
    ]


def _of_clauses(claim: Facts, best: Facts) -> str:
    """What the clause that is most like a clause of the claim says otherwise."""
    charged = claim.denies or best.denies or claim.sized or _faces(claim, best)
    if not (charged or (claim.quantities and _others(claim, best))):
        return _replaced(claim, best)
    for clause in claim.clauses:
        told = max(best.clauses, key=lambda each: len(each.stems & clause.stems))
        if clause.stems.isdisjoint(told.stems):
            continue
        if reason := _replaced(clause, told) or (_turned(clause, told) if charged else ""):
            return reason
    parts = len(claim.clauses) > 1 or len(best.clauses) > 1
    return _replaced(claim, best) if parts else ""


def _faces(claim: Facts, best: Facts) -> bool:
    """Whether a word of the one is the opposite of a word of the other."""
    return any((pair, 1 - side) in best.sides for pair, side in claim.sides)


def _turned(claim: Facts, told: Facts) -> str:
    """Whether the one says the opposite of the other, or says it of more."""
    if contradicts(claim.polarity, told.polarity) or opposite(claim.polarity, told.polarity):
        return "negation"
    return "quantity" if overstates(claim.amounts, told.amounts) else ""
