"""One number as it is written: its digits or words, and what they may mean."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from .spelled import SPELLED, spelled
from .units import CURRENCIES

__all__ = ["DASHES", "PARTS", "Numeral", "Piece", "may_begin", "numeral", "pieces", "values"]

_PIECE = re.compile(
    r"(?P<grouped>(?<![\d.,])\d{1,3}(?:[\u00a0\u202f\u2009 '\u2019]\d{3})+(?:[.,]\d+)?(?!\d))"
    r"|(?P<number>\d{1,40}(?:[.,]\d{1,40})*)"
    r"|(?P<per>km/h|m/s|k?m[2\u00b23\u00b3]|[Pp]er[ -][Cc]ent|[Pp]ercentage points?)\b"
    r"|(?P<word>[A-Z]{0,2}\$|[^\W\d_]+(?:['\u2019][^\W\d_]+)?)"
    r"|(?P<sign>[€£¥₹¢%‰]|°[CF]?\b|[½¼¾⅓⅔]|[-\u2010-\u2015\u2212/+~<>≤≥≈,;:.()])"
)

PARTS = {
    "½": Decimal("0.5"),
    "¼": Decimal("0.25"),
    "¾": Decimal("0.75"),
    "⅓": Decimal(1) / 3,
    "⅔": Decimal(2) / 3,
}
DASHES = frozenset("-\u2010\u2011\u2012\u2013\u2014\u2015\u2212")
_TIMES = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4}
_OF_WHAT = {
    **dict.fromkeys(("half", "halves"), 2),
    **dict.fromkeys(("third", "thirds"), 3),
    **dict.fromkeys(("quarter", "quarters"), 4),
    **dict.fromkeys(("fifth", "fifths"), 5),
    **dict.fromkeys(("tenth", "tenths"), 10),
}
_FIRST = SPELLED | _OF_WHAT.keys()
_WHOLE = frozenset({"of", "the", "all", "a", "an", "its", "their"})


class Piece(NamedTuple):
    """A word, a number or a sign."""

    kind: str
    text: str
    start: int
    end: int


class Numeral(NamedTuple):
    """A number, in each way to read it."""

    values: list[Decimal]
    end: int
    """The piece after it."""
    ordinal: bool = False
    share: bool = False
    """For a part of a whole, which is as much in percent."""


def pieces(text: str) -> list[Piece]:
    """What *text* is made of, as far as numbers go."""
    return [
        Piece(match.lastgroup or "", match[0], *match.span()) for match in _PIECE.finditer(text)
    ]


def may_begin(piece: Piece) -> bool:
    """Whether a number can begin there; that it cannot is seen sooner."""
    return piece.text[0].isdigit() or piece.text in PARTS or piece.text.lower() in _FIRST


def numeral(found: Sequence[Piece], at: int) -> Numeral | None:
    """The number that begins at piece *at*, if one does."""
    kind, text, _, _ = found[at]
    if text in PARTS:
        return Numeral([PARTS[text]], at + 1, share=True)
    if kind == "word":
        return _in_words(found, at)
    if kind not in {"number", "grouped"} or _is_of_a_code(found, at):
        return None
    if kind == "grouped":
        return Numeral([_point(re.sub(r"[^\d.,]", "", text))], at + 1)
    return _in_digits(found, at)


def _is_of_a_code(found: Sequence[Piece], at: int) -> bool:
    """Whether letters stand right before it, as in X200."""
    before = found[at - 1] if at else None
    glued = before and before.kind == "word" and before.end == found[at].start
    return bool(glued and before and before.text.lower() not in CURRENCIES)


def _in_digits(found: Sequence[Piece], at: int) -> Numeral | None:
    text, end = found[at].text, found[at].end
    read = values(text)
    if read is None:
        return None
    after = found[at + 1] if at + 1 < len(found) else None
    if after and after.text == "/" and at + 2 < len(found):
        below = found[at + 2]
        small = below.kind == "number" and below.text.isdigit() and len(below.text) <= 3
        if small and len(text) <= 2 and int(text) < int(below.text) and below.start == end + 1:
            return Numeral([Decimal(int(text)) / int(below.text)], at + 3, share=True)
    if after and after.text in PARTS:
        return Numeral([read[0] + PARTS[after.text]], at + 2)
    if after and after.start == end and after.text.lower() in {"st", "nd", "rd", "th"}:
        return Numeral(read, at + 2, ordinal=True)
    return Numeral(read, at + 1)


def _in_words(found: Sequence[Piece], at: int) -> Numeral | None:
    word = found[at].text.lower()
    words = [piece.text.lower() for piece in found[at : at + 24]]
    if share := _share(words):
        return Numeral([share[0]], at + share[1], share=True)
    if word in SPELLED:
        value, length, ordinal = spelled(words)
        if length:
            return Numeral([value], at + length, ordinal)
    return None


def _share(words: Sequence[str]) -> tuple[Decimal, int] | None:
    """*Half of the*, *two thirds of*: how much, and how many words that takes."""
    times = _TIMES.get(words[0])
    part, *after = [*words[1:], ""] if times else words
    whole = part in _OF_WHAT and (times or part == "half") and after and after[0] in _WHOLE
    if not whole or after[:2] == ["a", "million"]:
        return None
    return Decimal(times or 1) / _OF_WHAT[part], 2 if times else 1


def _point(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))


def values(text: str) -> list[Decimal] | None:
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
