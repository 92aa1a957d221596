"""Whether a text has a quote, word for word: all but white space and typography counts."""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from .._types import Span

__all__ = ["Quotable", "Quoted", "quoted"]


class Quoted(NamedTuple):
    """Where a quote is in a text."""

    span: Span
    elided: bool = False
    """Whether it leaves out what changes the meaning, or more than a sentence."""


_SPACES = "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(
    map(chr, range(0x2000, 0x200B))
)
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
_SINGLE = "\u2018\u2019\u201a\u201b\u2032\u02bc\uff07`\xb4"
_DOUBLE = "\u201c\u201d\u201e\u201f\u2033\uff02\xab\xbb"
_ALIKE = str.maketrans(
    dict.fromkeys(_SPACES, " ")
    | dict.fromkeys(_DASHES, "-")
    | dict.fromkeys(_SINGLE, "'")
    | dict.fromkeys(_DOUBLE, '"')
)
"""What differs in its look alone, one character for one."""

_UNSEEN = "\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufe00-\ufe0f"
_JOINED = "\u0300-\u036f\u1160-\u11ff\u3099\u309a"
"""What makes one letter with what is before it."""

_GAPS = (
    rf"(?P<none>[ {_UNSEEN}]++(?=[,.;:!?)\]}}](?:\W|$))|(?<=[(\[{{])[ {_UNSEEN}]+)"
    rf"|(?P<gap>[ {_UNSEEN}]{{2,}}|[{_UNSEEN}])|(?P<marks>'')"
)
"""White space is nothing before what closes and after what opens, and else one blank."""
_SPACED = re.compile(_GAPS)
_COMPOSED = re.compile(rf"{_GAPS}|[^ {_UNSEEN}{_JOINED}][{_JOINED}]+|[^\x00-\u02ff]")
"""What may be written longer or shorter, where Unicode has one way to write it, or several."""
_TAIL = re.compile(rf"[{_JOINED}]*")


class _Plain(NamedTuple):
    """A text without its typography, and where each part of it was."""

    text: str
    places: array[int]
    """Where in it a stretch begins that lies elsewhere in the original."""
    shifts: array[int]
    """How much further on each stretch is there."""

    def original(self, place: int) -> int:
        """Where the character at *place* is in the original."""
        following = bisect_right(self.places, place)
        there = place + self.shifts[following - 1]
        if following == len(self.places):
            return there
        return min(there, self.places[following] + self.shifts[following] - 1)  # one may be three


def _plain(text: str) -> _Plain:
    alike = text.translate(_ALIKE)
    shape = _SPACED if unicodedata.is_normalized("NFKC", alike) else _COMPOSED
    pieces: list[str] = []
    places, shifts = array("q", [0]), array("q", [0])
    end = length = 0
    for match in shape.finditer(alike):
        written = _written(match)
        if written == match[0]:
            continue
        start = match.start()
        pieces += (alike[end:start], written)
        length, end = length + start - end + len(written), match.end()
        places.append(length)
        shifts.append(end - length)
    pieces.append(alike[end:])
    return _Plain("".join(pieces), places, shifts)


def _written(match: re.Match[str]) -> str:
    """What stands for what may be written longer or shorter."""
    piece, kind = match[0], match.lastgroup
    if kind == "none":
        return ""
    if kind == "gap":
        return " " if " " in piece else ""
    if kind == "marks":
        return '"'
    usual = unicodedata.normalize("NFKC", piece)
    makes_digits = any(each.isdecimal() for each in usual) and not piece.isdecimal()
    return piece if makes_digits else usual  # a power is no digit: 10 squared is not 102


def quoted(quote: str, text: str) -> Quoted | None:
    """Where *quote* is in *text*, if it is there word for word; None if it is not.

    White space, hyphens and quotation marks may be written otherwise, and an ellipsis may
    leave words out. No word, number, case or mark of punctuation may differ, and no word or
    number be cut.

    >>> quoted("it is not 20", "We know: it  is not 20.")
    Quoted(span=Span(start=9, end=22), elided=False)
    >>> quoted("it is 20", "We know: it is not 20.")
    >>> quoted("it is 2", "We know: it is 20.")
    """
    return Quotable([text]).quoted(quote, 0)


class Quotable:
    """Some texts that are quoted from, each read once."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._texts = tuple(texts)
        self._plain: dict[int, _Plain] = {}

    def quoted(self, quote: str, number: int) -> Quoted | None:
        """Where *quote* is in text *number*, as `quoted` has it."""
        wanted = _plain(quote).text.strip(" \"'")
        if not any(each.isalnum() for each in wanted):
            return None
        text = self._texts[number]
        if number not in self._plain:
            self._plain[number] = _plain(text)
        held = self._plain[number]
        for each in dict.fromkeys((wanted, wanted.rstrip(".,;:!?"))):
            for start in _places(each, held.text, 0, len(held.text)):
                return Quoted(_original(held, start, start + len(each), text))
        parts = [each.strip(" ,;:") for each in _ELLIPSIS.split(wanted)]
        parts = [each for each in parts if any(letter.isalnum() for letter in each)]
        return None if parts == [wanted] else _in_parts(parts, held, text)


_ELLIPSIS = re.compile(r" ?(?:[\[(] ?\.(?: ?\.){2,} ?[\])]|\.(?: ?\.){2,}) ?")
_MOST_STARTS = 50
_FARTHEST = 2_000
"""Parts that are further apart are no quote of one passage."""
_LARGEST_GAP = 300

_NEGATION = re.compile(
    r"\b(?:not?|never|none|nor|neither|nobody|nothing|without|cannot|hardly|barely|rarely"
    r"|except|unless|nicht|kein\w*|nie|niemals|ohne|pas|jamais|sans|aucune?|nunca|sin|ning[uú]n\w*"
    r"|non|mai|senza|não|sem|niet|geen|nooit|zonder)\b|\w'?n't\b",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?\u3002]\W")


def _in_parts(parts: list[str], held: _Plain, text: str) -> Quoted | None:
    """Where *parts* follow each other, with the least between them."""
    best: tuple[int, int, int, list[tuple[int, int]]] | None = None
    for n, start in enumerate(_places(parts[0], held.text, 0, len(held.text))):
        if n == _MOST_STARTS:
            break
        end, gaps = start + len(parts[0]), []
        for part in parts[1:]:
            limit = min(len(held.text), end + _FARTHEST + len(part))
            following = next(_places(part, held.text, end, limit), None)
            if following is None:
                break
            gaps.append((end, following))
            end = following + len(part)
        else:
            if best is None or end - start < best[0]:
                best = end - start, start, end, gaps
    if best is None:
        return None
    _, start, end, gaps = best
    elided = any(_changes(held.text[a:b]) for a, b in gaps)
    return Quoted(_original(held, start, end, text), elided)


def _changes(left_out: str) -> bool:
    return (
        len(left_out) > _LARGEST_GAP
        or _NEGATION.search(left_out) is not None
        or len(_SENTENCE_END.findall(left_out)) > 1
    )


def _places(wanted: str, text: str, start: int, end: int) -> Iterator[int]:
    """Where *wanted* is in *text* with no word or number cut."""
    while (place := text.find(wanted, start, end)) >= 0:
        start = place + len(wanted)
        if not (_cuts(text, place) or _cuts(text, start)):
            yield place


_NUMBER_GOES_ON = re.compile(r"[.,:/']?\d| ?[%\u2030\xb0]")
_NUMBER_BEFORE = re.compile(r"(?:\d[.,:/']|(?:^|[\s(])[-+~<>])$")


def _cuts(text: str, place: int) -> bool:
    """Whether a word or number goes on at *place*."""
    before, after = text[place - 1 : place], text[place : place + 1]
    if not before or not after:
        return False
    if before.isalnum() and after.isalnum():
        return not (_unspaced(before) or _unspaced(after))
    if before.isdigit() and _NUMBER_GOES_ON.match(text, place):
        return True
    return after.isdigit() and _NUMBER_BEFORE.search(text[max(place - 2, 0) : place]) is not None


def _unspaced(letter: str) -> bool:
    """Whether it is of a script that has no blanks between words."""
    return "\u0e00" <= letter <= "\u0eff" or "\u3040" <= letter <= "\u9fff"


def _original(held: _Plain, start: int, end: int, text: str) -> Span:
    last = held.original(end - 1) + 1
    tail = _TAIL.match(text, last)
    return Span(held.original(start), tail.end() if tail else last)
