"""Numbers with what they count, in the forms that people write."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from .._types import Span
from .numerals import DASHES, Numeral, Piece, may_begin, numeral, pieces, values
from .spelled import SPELLED
from .units import CURRENCIES, SCALES, SUFFIXES, units_of
from .words import listed, plain, stem

__all__ = ["Quantity", "Reading", "quantities"]

_DECADE = (("1990s", Decimal(1)),)
_ABOUT = {
    **dict.fromkeys(
        listed("about around approximately approx roughly nearly almost circa ca some"), "~"
    ),
    **dict.fromkeys(("~", "≈", "close", "fast", "etwa", "rund", "environ", "unos"), "~"),
    **dict.fromkeys(("over", "exceeding", "above", ">", "beyond", "mehr", "über"), ">"),
    **dict.fromkeys(("under", "below", "<", "unter"), "<"),
    **dict.fromkeys(("≥", "minimum"), ">="),
    **dict.fromkeys(("≤", "maximum", "to"), "<="),
}
_PAIRS = {
    ("more", "than"): ">",
    ("greater", "than"): ">",
    ("less", "than"): "<",
    ("fewer", "than"): "<",
    ("at", "least"): ">=",
    ("at", "most"): "<=",
    ("up", "to"): "<=",
    ("as", "many"): "",
}


class Reading(NamedTuple):
    """One way to read a number."""

    value: Decimal
    unit: str = ""


class Quantity(NamedTuple):
    """A number of something."""

    span: Span
    readings: tuple[Reading, ...]
    how: str = ""
    """``~`` about, ``>`` more than, ``<`` less than; with ``=`` that too."""
    noun: str = ""
    """The stem of the word after it, which may say what there are so many of."""
    soft: bool = False
    """*One* and *first*, which are said of things that nobody counted."""
    year: bool = False
    """Whether it looks like one."""
    bare: tuple[Decimal, ...] = ()
    """The number without its unit."""


def quantities(text: str) -> list[Quantity]:
    """The numbers in *text*, in their order.

    >>> [number.readings[0] for number in quantities("3 million euros, 5 km")]
    [Reading(value=Decimal('3000000'), unit='€'), Reading(value=Decimal('5000'), unit='m')]
    """
    written = pieces(text)
    found: list[Quantity] = []
    end = 0
    for at, piece in enumerate(written):
        if at >= end and may_begin(piece) and (read := numeral(written, at)):
            quantity, end = _counted(written, at, read)
            found.append(quantity)
    return list(_ranges(found, text))


def _counted(found: Sequence[Piece], start: int, read: Numeral) -> tuple[Quantity, int]:
    """The number that begins at piece *start* with its sign, scale and unit."""
    first, end, numbers = start, read.end, read.values
    money = "" if read.ordinal else _money(found, start)
    first -= bool(money)
    if first and _is_minus(found, first - 1):
        numbers, first = [-value for value in numbers], first - 1
    readings = [Reading(value, "th" if read.ordinal else money) for value in numbers]
    if not read.ordinal:
        readings, end = _scaled(found, end, readings)
    bare = tuple(value for value, _ in readings)
    if not read.ordinal:
        readings, end = _measured(found, end, readings)
    if read.share and not readings[0].unit:
        readings += [Reading(value * 100, "%") for value, _ in readings]
    how, how_first = _how(found, first)
    text = found[start].text
    return Quantity(
        Span(found[min(first, how_first)].start, found[end - 1].end),
        tuple(dict.fromkeys(readings)),
        how,
        _noun(found, end),
        _is_soft(found, start, end, readings),
        not readings[0].unit and end == start + 1 and _is_year(text),
        bare,
    ), end


def _money(found: Sequence[Piece], start: int) -> str:
    """The currency whose sign stands before it."""
    before = found[start - 1] if start else None
    if not before or before.end < found[start].start - 1:
        return ""
    word = before.text.lower()
    return "" if word in {"euros", "dollars", "cents"} else CURRENCIES.get(word, "")


def _is_year(text: str) -> bool:
    return len(text) == 4 and text.isdigit() and 1000 <= int(text) <= 2100


def _is_minus(found: Sequence[Piece], at: int) -> bool:
    sign = found[at]
    if sign.text.lower() == "minus":
        return True
    if sign.text not in {"-", "\u2212", "\u2013"} or found[at + 1].start != sign.end:
        return False
    return (
        at == 0
        or (found[at - 1].end < sign.start and found[at - 1].kind != "number")
        or (found[at - 1].text == "(")
    )


def _scaled(found: Sequence[Piece], end: int, readings: list[Reading]) -> tuple[list[Reading], int]:
    while end < len(found):
        piece = found[end]
        glued = piece.start == found[end - 1].end
        dashed = piece.text in DASHES and glued and end + 1 < len(found)
        if dashed and found[end + 1].text.lower() in SCALES:
            piece, end = found[end + 1], end + 1
        if glued and piece.text in SUFFIXES and not (piece.text == "B" and units_of("b")):
            scale = Decimal(10) ** SUFFIXES[piece.text]
        elif glued and piece.text.lower() == "m" and readings[0].unit:
            scale = Decimal(10) ** 6
        elif glued and piece.text.lower() == "b" and readings[0].unit:
            scale = Decimal(10) ** 9
        elif piece.kind == "word" and piece.text.lower() in SCALES:
            scale = SCALES[piece.text.lower()]
        else:
            break
        readings = [Reading(value * scale, unit) for value, unit in readings]
        end += 1
    return readings, end


def _measured(
    found: Sequence[Piece], end: int, readings: list[Reading]
) -> tuple[list[Reading], int]:
    at = end
    if at < len(found):
        dashed = found[at].text in DASHES and found[at].start <= found[at - 1].end + 1
        at += dashed or found[at].text.lower() in {"us", "square", "cubic"}
    if at >= len(found):
        return readings, end
    piece = found[at]
    if piece.start > found[at - 1].end + 1 or piece.text in ",;:.()":
        return readings, end
    name = piece.text
    if piece.kind == "per":
        lowered = name.lower()
        name = {"percentag": "pp", "per cent": "%", "per-cent": "%"}.get(
            lowered[:9].strip(), lowered
        )
    units = units_of(name)
    if name == "s" and piece.start == found[at - 1].end and 1000 <= readings[0].value <= 2100:
        units = _DECADE
    if not units or (readings[0].unit and units[0][0] != readings[0].unit):
        return readings, end
    power = {"square": 2, "cubic": 3}.get(found[at - 1].text.lower(), 1)
    made = [
        Reading(value * times**power, unit + (str(power) if power > 1 else ""))
        for value, _ in readings
        for unit, times in units
    ]
    if name == "m" and piece.start == found[at - 1].end:  # 5m may be millions
        made += [Reading(value * 10**6) for value, _ in readings]
    return made, at + 1


def _how(found: Sequence[Piece], first: int) -> tuple[str, int]:
    """Whether the number is a rounded one or a limit."""
    if not first:
        return "", first
    one = found[first - 1].text.lower()
    if first > 1:
        two = found[first - 2].text.lower(), one
        if two in _PAIRS:
            return _PAIRS[two], first - 2
    if one == "to":  # from 5 to 10 says nothing of how exact they are
        return "", first
    return (_ABOUT[one], first - 1) if one in _ABOUT else ("", first)


def _noun(found: Sequence[Piece], end: int) -> str:
    for piece in found[end : end + 3]:
        if piece.kind != "word" and piece.text not in DASHES:
            return ""
        word = stem(plain(piece.text))
        if word or piece.text.lower() in SPELLED:
            return word if word.isalpha() and piece.text.lower() not in SPELLED else ""
    return ""


def _is_soft(found: Sequence[Piece], start: int, end: int, readings: list[Reading]) -> bool:
    if found[start].kind != "word" or end - start > 1:
        return False
    value, unit = readings[0]
    return (unit == "th" and value in {1, 2}) or (not unit and value == 1)


def _ranges(found: Sequence[Quantity], text: str) -> Iterator[Quantity]:
    """What the second number of a range says of the first: 5-10 km is from 5 km."""
    for this, after in itertools.pairwise(found):
        times, unit = _times(text, after), after.readings[0].unit
        between = text[this.span.end : after.span.start].strip().lower()
        joined = between in {"to", "and", "or", "bis", "à"} or between in DASHES
        bare = not this.readings[0].unit and not this.year
        if joined and bare and (unit or times > 1) and unit != "th":
            yield this._replace(readings=tuple(Reading(v * times, unit) for v, _ in this.readings))
        else:
            yield this
    yield from found[-1:]


def _times(text: str, quantity: Quantity) -> Decimal:
    """What the scale and the unit of *quantity* are times one."""
    match = re.search(r"\d+(?:[.,]\d+)*", text[quantity.span.start : quantity.span.end])
    written = values(match[0]) if match else None
    if not written or not written[0]:
        return Decimal(1)
    return quantity.readings[0].value / written[0]
