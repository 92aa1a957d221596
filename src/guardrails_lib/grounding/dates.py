"""Dates and times of day, in the forms that people write."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from .._types import Span

__all__ = ["CALENDAR", "Day", "days"]

_MONTHS = (
    "january jan januar janvier enero janeiro gennaio januari",
    "february feb februar février febrero fevereiro febbraio februari",
    "march mar märz mars marzo março maart",
    "april apr avril abril aprile",
    "may mai mayo maio maggio mei",
    "june jun juni juin junio junho giugno",
    "july jul juli juillet julio julho luglio",
    "august aug août agosto augustus",
    "september sep sept septembre septiembre setembro settembre",
    "october oct oktober octobre octubre outubro ottobre okt",
    "november nov novembre noviembre novembro",
    "december dec dezember décembre diciembre dezembro dicembre dez",
)
_MONTH = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKDAY = {name: number for number, name in enumerate(_WEEKDAYS, 1)}

CALENDAR = frozenset(_MONTH) | frozenset(_WEEKDAY) | {"noon", "midnight"}
"""A text with none of these words and no digit has no date."""

_M = "(?P<{0}>" + "|".join(sorted(_MONTH, key=len, reverse=True)) + r")\b\.?"
_D = r"(?P<{0}>[0-3]?\d)(?:st|nd|rd|th|er|º|\.)?"
_Y = r"(?P<{0}>[12]\d{{3}})"

_ISO = rf"{_Y.format('y1')}([-/.])(?P<m1>[01]?\d)\2(?P<d1>[0-3]?\d)(?:T[\d:.]+Z?)?(?![\d/-])"
_DOTTED = r"(?P<a>[0-3]?\d)([./-])(?P<b>[0-3]?\d)\6(?P<y2>[12]\d{3}|\d\d)(?![\d/-])"
_DAY_FIRST = (
    rf"{_D.format('d3')}\s*(?:of\s+|de\s+)?{_M.format('m3')}"
    rf"(?:,?\s*(?:of\s+|de\s+)?{_Y.format('y3')}(?!\d))?"
)
_MONTH_FIRST = (
    rf"{_M.format('m4')}\s*(?:the\s+)?{_D.format('d4')}(?![\d:%]|[.,]\d)"
    rf"(?:,?\s*{_Y.format('y4')}(?!\d))?"
)
_MONTH_YEAR = rf"{_M.format('m5')},?\s*(?:of\s+|de\s+)?{_Y.format('y5')}(?!\d)"
_WEEK = rf"(?P<w>{'|'.join(_WEEKDAYS)})s?\b"
_HALF = r"(?P<h>[01]?\d|2[0-4])(?::(?P<min>[0-5]\d)(?::[0-5]\d)?)?\s*(?P<half>[ap])\.?m\b\.?"
_CLOCK = r"(?P<h2>[01]?\d|2[0-4]):(?P<min2>[0-5]\d)(?::[0-5]\d)?(?:\s*uhr)?(?!\d)"
_HOUR = r"(?P<h3>[01]?\d|2[0-4])\s*(?:o['\u2019]clock|uhr)\b"
_FORMS = (
    *(_ISO, _DOTTED, _DAY_FIRST, _MONTH_FIRST, _MONTH_YEAR),
    *(_WEEK, _HALF, _CLOCK, _HOUR, r"(?P<noon>noon|midnight)\b"),
)
_DAY = re.compile(rf"(?<![\w.,/:-])(?:{'|'.join(_FORMS)})", re.IGNORECASE)
_ALONE = re.compile(
    r"\b(?P<m>January|February|March|April|May|June|July|August|September|October|November"
    r"|December|Januar|Februar|M\u00e4rz|Mai|Juni|Juli|Oktober|Dezember)\b"
)
_BEFORE_MAY = re.compile(
    r"\b(?:in|of|by|since|until|till|from|to|late|early|mid|last|next|every|each|through|im|and)"
    r"[\s-]+$",
    re.IGNORECASE,
)


class Day(NamedTuple):
    """What a text says of a date: what it does not say is None."""

    span: Span
    year: int | None = None
    months: tuple[tuple[int | None, int | None], ...] = ()
    """Each month and day that it may be: two where 03/04 may be read two ways."""
    weekday: int | None = None
    minutes: tuple[int, ...] = ()
    """Since midnight; two where it may be morning or afternoon."""

    def within(self, other: Day) -> bool:
        """Whether *other* says all that this one does."""
        if self.weekday is not None and self.weekday != other.weekday:
            return False
        if self.minutes and not set(self.minutes) & set(other.minutes):
            return False
        if self.year is not None and self.year != other.year:
            return False
        return not self.months or any(
            month == m and (day is None or day == d)
            for month, day in self.months
            for m, d in other.months
        )

    @property
    def numbers(self) -> Iterator[int]:
        """What of it may be said alone: a year, a day of the month."""
        if self.year is not None:
            yield self.year
        for _, day in self.months:
            if day is not None:
                yield day


def days(text: str) -> list[Day]:
    """The dates and times in *text*, in their order.

    >>> [day.months for day in days("01.03.2024, 1 March 2024")]
    [((3, 1), (1, 3)), ((3, 1),)]
    """
    found = [day for match in _DAY.finditer(text) if (day := _day(match))]
    taken = [day.span for day in found]
    for match in _ALONE.finditer(text):
        span = Span(*match.span())
        if any(span.start < end and start < span.end for start, end in taken):
            continue
        if match["m"] in {"March", "May", "Mai"} and not _BEFORE_MAY.search(text, 0, span.start):
            continue
        found.append(Day(span, months=((_MONTH[match["m"].lower()], None),)))
    return sorted(found, key=lambda day: day.span)


def _day(match: re.Match[str]) -> Day | None:  # one form after the other
    span, got = Span(*match.span()), match.groupdict()
    if got["w"]:
        return Day(span, weekday=_WEEKDAY[got["w"].lower()])
    if got["noon"]:
        return Day(span, minutes=(12 * 60 if got["noon"].lower() == "noon" else 0,))
    if hour := got["h"] or got["h2"] or got["h3"]:
        return _time(span, int(hour), int(got["min"] or got["min2"] or 0), got)
    if got["a"]:
        return _numeric(span, int(got["a"]), int(got["b"]), got["y2"])
    for n in "1345":
        if month := got[f"m{n}"]:
            named = _MONTH.get(month.lower()) or int(month)
            day = got.get(f"d{n}")
            if not 1 <= named <= 12 or (day and not 1 <= int(day) <= 31):
                return None
            year = got.get(f"y{n}")
            if (
                n in "34"
                and not year
                and month.lower() in {"mar", "may", "mars"}
                and month.islower()
            ):
                return None
            return Day(span, int(year) if year else None, ((named, int(day) if day else None),))
    return None


def _time(span: Span, hour: int, minute: int, got: dict[str, str | None]) -> Day | None:
    if half := got["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half in "pP" else 0)
        return Day(span, minutes=(hour * 60 + minute,))
    if got["h3"] and hour <= 12:
        return Day(span, minutes=(hour % 12 * 60, (hour % 12 + 12) * 60))
    return Day(span, minutes=(hour % 24 * 60 + minute,))


def _numeric(span: Span, first: int, second: int, year: str) -> Day | None:
    readings = [(m, d) for d, m in ((first, second), (second, first)) if m <= 12 and d <= 31]
    both = tuple(dict.fromkeys((m, d) for m, d in readings if m and d))
    if not both:
        return None
    number = int(year)
    if len(year) == 2:
        number += 2000 if number < 50 else 1900
    return Day(span, number, both)
