"""Letters that only look like the letters that they stand for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from .letters import PILED, Kind, plain
from .view import Edit, View, edited

__all__ = ["alike", "piled"]

_WORD = re.compile("(?:\\w|[\u2460-\u24ff\u2801-\u28ff\U0001f110-\U0001f1ff])+")
_AZ = re.compile("[A-Za-z]")
_FLAGS = re.compile("(?:[\U0001f1e6-\U0001f1ff]{2}){1,2}")
_FULL_WIDTH = re.compile("[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]")
_FULL_WIDTH_MARK = re.compile("[\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff5e]")
_PILE = re.compile(f"[A-Za-z][{PILED}]+")
_MANY = 3
"""So many odd letters are no accident: of a word, or one by one."""


class _Odd(NamedTuple):
    """The letters of one text that are not what they seem, by why."""

    styled: frozenset[str]
    alike: frozenset[str]
    accented: frozenset[str]


def alike(text: str) -> Iterator[View]:
    """*text* in letters of ASCII, where a word holds others that look like them."""
    kinds: dict[Kind, set[str]] = {kind: set() for kind in Kind}
    for letter in set(text):
        kinds[plain(letter).kind].add(letter)
    odd = _Odd(*(frozenset(kinds[each]) for each in (Kind.STYLED, Kind.ALIKE, Kind.ACCENTED)))
    return edited(text, _respelled(text, odd), "look-alikes") if any(odd) else iter(())


def _respelled(text: str, odd: _Odd) -> Iterable[Edit]:
    words = list(_WORD.finditer(text))
    lone = sum(len(each[0]) == 1 and each[0] in odd.styled for each in words) >= _MANY
    if not (odd.accented and any(_is_accented(each[0], odd) for each in words)):
        odd = odd._replace(accented=frozenset())
    edits = []
    for number, match in enumerate(words):
        word = match[0]
        if word.isascii():
            continue
        wanted = _certain(word, odd, lone)
        if odd.alike and (wanted or _AZ.search(word)):
            wanted |= odd.alike
        elif odd.alike.issuperset(word) and _is_among_ascii(word, odd, _besides(words, number)):
            wanted = odd.alike
        if wanted and not wanted.isdisjoint(word):
            read = "".join(plain(each).letters if each in wanted else each for each in word)
            edits.append(Edit(*match.span(), read, int(len(read) == len(word))))
    if any(_FULL_WIDTH.search(text, edit.start, edit.end) for edit in edits):
        marks = _FULL_WIDTH_MARK.finditer(text)
        edits += [Edit(*mark.span(), chr(ord(mark[0]) - 0xFEE0), 1) for mark in marks]
        edits.sort()
    return edits


def _certain(word: str, odd: _Odd, lone: bool) -> frozenset[str]:
    """The letters of *word* that are to be read as others, whatever is beside them."""
    wanted = odd.accented
    if odd.styled and (len(word) > 1 or lone) and not _FLAGS.fullmatch(word):
        wanted |= odd.styled
    return frozenset() if wanted.isdisjoint(word) else wanted


def _besides(words: list[re.Match[str]], number: int) -> list[re.Match[str]]:
    return words[max(0, number - 1) : number] + words[number + 1 : number + 2]


def _is_accented(word: str, odd: _Odd) -> bool:
    """Whether *word* has more accents than a word of any language."""
    return not odd.accented.isdisjoint(word) and sum(x in odd.accented for x in word) >= _MANY


def _is_among_ascii(word: str, odd: _Odd, besides: list[re.Match[str]]) -> bool:
    """Whether *word*, all in look-alikes, stands where words of ASCII do, or of their like."""
    seem = [
        len(each[0]) > 1 and all(x.isascii() or x in odd.alike for x in each[0]) for each in besides
    ]
    return any(seem) if len(word) > _MANY else bool(seem) and all(seem)


def piled(text: str) -> Iterator[View]:
    """*text* without the marks that no letter of any language bears."""
    piles = [
        match
        for match in _PILE.finditer(text)
        if len(unicodedata.normalize("NFC", match[0][:8])) > 1
    ]
    if len(piles) >= _MANY or any(len(match[0]) > _MANY for match in piles):
        yield from edited(text, (Edit(*match.span(), match[0][0]) for match in piles), "marks")
