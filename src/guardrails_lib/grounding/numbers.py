"""Numbers with what they count, in the forms that people write."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from .._types import Span
from .spelled import SPELLED, spelled
from .units import CURRENCIES, SCALES, SUFFIXES, units_of
from .words import listed, plain, stem

__all__ = ["Quantity", "Reading", "quantities"]

_PIECE = re.compile(
    r"(?P<grouped>(?<![\d.,])\d{1,3}(?:[\u00a0\u202f\u2009 '\u2019]\d{3})+(?:[.,]\d+)?(?!\d))"
    r"|(?P<number>\d{1,40}(?:[.,]\d{1,40})*)"
    r"|(?P<per>km/h|m/s|k?m[2\u00b23\u00b3]|[Pp]er[ -][Cc]ent|[Pp]ercentage points?)\b"
    r"|(?P<word>[A-Z]{0,2}\$|[^\W\d_]+(?:['\u2019][^\W\d_]+)?)"
    r"|(?P<sign>[€£¥₹¢%‰]|°[CF]?\b|[½¼¾⅓⅔]|[-\u2010-\u2015\u2212/+~<>≤≥≈,;:.()])"
)

_PARTS = {
    "½": Decimal("0.5"),
    "¼": Decimal("0.25"),
    "¾": Decimal("0.75"),
    "⅓": Decimal(1) / 3,
    "⅔": Decimal(2) / 3,
}
_DASHES = frozenset("-\u2010\u2011\u2012\u2013\u2014\u2015\u2212")
_DECADE = (("1990s", Decimal(1)),)
_HALVES = {"half": Decimal("0.5"), "quarter": Decimal("0.25")}
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

    @property
    def is_year(self) -> bool:
        """Whether it looks like one."""
        value, unit = self.readings[0]
        return not unit and 1000 <= value <= 2100 and value == int(value)


class _Piece(NamedTuple):
    kind: str
    text: str
    start: int
    end: int


def quantities(text: str) -> list[Quantity]:
    """The numbers in *text*, in their order.

    >>> [number.readings[0] for number in quantities("3 million euros, 5 km")]
    [Reading(value=Decimal('3000000'), unit='€'), Reading(value=Decimal('5000'), unit='m')]
    """
    pieces = [_Piece(m.lastgroup or "", m[0], *m.span()) for m in _PIECE.finditer(text)]
    found: list[Quantity] = []
    at = 0
    while at < len(pieces):
        read = _number(pieces, at)
        if read is None:
            at += 1
            continue
        readings, end, ordinal = read
        quantity, at = _counted(pieces, at, end, readings, ordinal)
        found.append(quantity)
    return list(_ranges(found, text))


def _number(pieces: Sequence[_Piece], at: int) -> tuple[list[Decimal], int, bool] | None:
    """What number begins at a piece, in each way to read it, and where it ends."""
    kind, text, _, end = pieces[at]
    if kind == "grouped":
        return [_point(re.sub(r"[^\d.,]", "", text))], at + 1, False
    if kind == "number":
        values = _values(text)
        if values is None:
            return None
        after = pieces[at + 1] if at + 1 < len(pieces) else None
        if after and after.text == "/" and at + 2 < len(pieces):
            below = pieces[at + 2]
            small = below.kind == "number" and below.text.isdigit() and len(below.text) <= 3
            if small and len(text) <= 2 and int(text) < int(below.text) and below.start == end + 1:
                return [Decimal(int(text)) / int(below.text)], at + 3, False
        if after and after.text in _PARTS:
            return [values[0] + _PARTS[after.text]], at + 2, False
        if after and after.start == end and after.text.lower() in {"st", "nd", "rd", "th"}:
            return values, at + 2, True
        return values, at + 1, False
    if text in _PARTS:
        return [_PARTS[text]], at + 1, False
    word = text.lower()
    if word in SPELLED and kind == "word":
        value, length, ordinal = spelled([piece.text.lower() for piece in pieces[at : at + 24]])
        if length:
            return [value], at + length, ordinal
    if (
        word in _HALVES
        and at + 1 < len(pieces)
        and pieces[at + 1].text.lower() in {"of", "a", "the"}
    ):
        nxt = at + 2 if pieces[at + 1].text.lower() == "a" else at + 1
        return [_HALVES[word]], nxt, False
    return None


def _point(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))


def _values(text: str) -> list[Decimal] | None:
    """What a number may be, whichever sign groups its digits; None for what is no number."""
    groups = re.split(r"[.,]", text)
    if len(groups) == 1:
        return [Decimal(text)]
    signs = re.findall(r"[.,]", text)
    grouped = all(len(each) == 3 for each in groups[1:]) and 0 < len(groups[0]) <= 3
    grouped = grouped and not groups[0].startswith("0")
    if len(groups) == 2:
        decimal = _point(text)
        if not grouped:
            return [decimal]
        whole = Decimal("".join(groups))
        return [whole] if signs[0] == "," or groups[1] == "000" else [decimal, whole]
    if len(set(signs)) == 1:
        return [Decimal("".join(groups))] if grouped else None
    tidy = len(set(signs[:-1])) == 1 and all(len(each) == 3 for each in groups[1:-1])
    return [Decimal("".join(groups[:-1]) + "." + groups[-1])] if tidy else None


def _counted(
    pieces: Sequence[_Piece], start: int, end: int, values: list[Decimal], ordinal: bool
) -> tuple[Quantity, int]:
    """The number from piece *start* to *end* with its sign, scale and unit."""
    first = start
    before = pieces[start - 1] if start else None
    money = ""
    if before and before.end >= pieces[start].start - 1 and not ordinal:
        money = CURRENCIES.get(before.text.lower(), "")
        if before.text.lower() in {"euros", "dollars", "cents"}:
            money = ""
        if money:
            first -= 1
            before = pieces[first - 1] if first else None
    if before and _is_minus(pieces, first - 1):
        values, first = [-value for value in values], first - 1
    readings = [Reading(value, "th" if ordinal else money) for value in values]
    if not ordinal:
        readings, end = _scaled(pieces, end, readings)
        readings, end = _measured(pieces, end, readings)
    how, first_how = _how(pieces, first)
    noun = _noun(pieces, end)
    soft = _is_soft(pieces, start, end, readings, ordinal)
    span = Span(pieces[min(first, first_how)].start, pieces[end - 1].end)
    return Quantity(span, tuple(dict.fromkeys(readings)), how, noun, soft), end


def _is_minus(pieces: Sequence[_Piece], at: int) -> bool:
    sign = pieces[at]
    if sign.text.lower() == "minus":
        return True
    if sign.text not in {"-", "\u2212", "\u2013"} or pieces[at + 1].start != sign.end:
        return False
    return (
        at == 0
        or (pieces[at - 1].end < sign.start and pieces[at - 1].kind != "number")
        or (pieces[at - 1].text == "(")
    )


def _scaled(
    pieces: Sequence[_Piece], end: int, readings: list[Reading]
) -> tuple[list[Reading], int]:
    while end < len(pieces):
        piece = pieces[end]
        glued = piece.start == pieces[end - 1].end
        dashed = piece.text in _DASHES and glued and end + 1 < len(pieces)
        if dashed and pieces[end + 1].text.lower() in SCALES:
            piece, end = pieces[end + 1], end + 1
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
    pieces: Sequence[_Piece], end: int, readings: list[Reading]
) -> tuple[list[Reading], int]:
    at = end
    if at < len(pieces):
        dashed = pieces[at].text in _DASHES and pieces[at].start == pieces[at - 1].end
        at += dashed or pieces[at].text.lower() in {"us", "square", "cubic"}
    if at >= len(pieces):
        return readings, end
    piece = pieces[at]
    if piece.start > pieces[at - 1].end + 1 or piece.text in ",;:.()":
        return readings, end
    name = piece.text
    if piece.kind == "per":
        lowered = name.lower()
        name = {"percentag": "pp", "per cent": "%", "per-cent": "%"}.get(
            lowered[:9].strip(), lowered
        )
    units = units_of(name)
    if name == "s" and piece.start == pieces[at - 1].end and 1000 <= readings[0].value <= 2100:
        units = _DECADE
    if not units or (readings[0].unit and units[0][0] != readings[0].unit):
        return readings, end
    power = {"square": 2, "cubic": 3}.get(pieces[at - 1].text.lower(), 1)
    made = [
        Reading(value * times**power, unit + (str(power) if power > 1 else ""))
        for value, _ in readings
        for unit, times in units
    ]
    if name == "m" and piece.start == pieces[at - 1].end:  # 5m may be millions
        made += [Reading(value * 10**6) for value, _ in readings]
    return made, at + 1


def _how(pieces: Sequence[_Piece], first: int) -> tuple[str, int]:
    """Whether the number is a rounded one or a limit."""
    if not first:
        return "", first
    one = pieces[first - 1].text.lower()
    if first > 1:
        two = pieces[first - 2].text.lower(), one
        if two in _PAIRS:
            return _PAIRS[two], first - 2
    if one == "to":  # from 5 to 10 says nothing of how exact they are
        return "", first
    return (_ABOUT[one], first - 1) if one in _ABOUT else ("", first)


def _noun(pieces: Sequence[_Piece], end: int) -> str:
    for piece in pieces[end : end + 3]:
        if piece.kind == "word":
            if piece.text.lower() in SPELLED:
                return ""
            if found := stem(plain(piece.text)):
                return found
        elif piece.text not in _DASHES:
            return ""
    return ""


def _is_soft(
    pieces: Sequence[_Piece], start: int, end: int, readings: list[Reading], ordinal: bool
) -> bool:
    if pieces[start].kind != "word" or end - start > 1 or readings[0].value not in {1, 2}:
        return False
    if ordinal:
        return True
    return readings[0].value == 1 and not readings[0].unit


def _ranges(found: Sequence[Quantity], text: str) -> Iterator[Quantity]:
    """What the second number of a range says of the first: 5-10 km is from 5 km."""
    for this, after in itertools.pairwise(found):
        times, unit = _times(text, after), after.readings[0].unit
        between = text[this.span.end : after.span.start].strip().lower()
        joined = between in {"to", "and", "or", "bis", "à"} or between in _DASHES
        if joined and not this.readings[0].unit and (unit or times > 1) and unit != "th":
            yield this._replace(readings=tuple(Reading(v * times, unit) for v, _ in this.readings))
        else:
            yield this
    yield from found[-1:]


def _times(text: str, quantity: Quantity) -> Decimal:
    """What the scale and the unit of *quantity* are times one."""
    match = re.search(r"\d+(?:[.,]\d+)*", text[quantity.span.start : quantity.span.end])
    written = _values(match[0]) if match else None
    if not written or not written[0]:
        return Decimal(1)
    return quantity.readings[0].value / written[0]
