"""Letters that only look like the letters that they stand for."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from .look_alikes import look_alikes
from .view import Edit, View, edited

__all__ = ["alike", "is_mixed", "piled"]

_WORD = re.compile("(?:\\w|[\u2460-\u24ff\U0001f110-\U0001f1ff])+")

_KEPT = frozenset("²³¹ªº™℠ⁿⁱ⁰⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉")
"""What honest texts are written with: squares, footnotes, trade marks."""

_STYLED, _ALIKE, _ACCENTED = "styled", "alike", "accented"

_ROUND = (0x1F150, 0x1F170, 0x1F1E6)
"""The first of the letters on coloured ground, and of those that flags are made of."""

_FLAGS = re.compile("(?:[\U0001f1e6-\U0001f1ff]{2}){1,2}")
_FULL_WIDTH = re.compile("[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]")
_FULL_WIDTH_MARK = re.compile("[\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff5e]")
_PILE = re.compile(
    "[A-Za-z](?:[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f])+"
)
_MANY = 3
"""So many odd letters are no accident: of a word, or one by one."""


def alike(text: str) -> Iterator[View]:
    """*text* in letters of ASCII, where a word holds others that look like them."""
    return edited(text, _respelled(text), "look-alikes")


def piled(text: str) -> Iterator[View]:
    """*text* without the marks that no letter of any language bears."""
    piles = [
        match
        for match in _PILE.finditer(text)
        if len(unicodedata.normalize("NFC", match[0][:8])) > 1
    ]
    if len(piles) >= _MANY or any(len(match[0]) > _MANY for match in piles):
        yield from edited(text, (Edit(*match.span(), match[0][0]) for match in piles), "marks")


def is_mixed(word: str) -> bool:
    """Whether *word* is one of ASCII letters, of which a few are letters of another script.

    A Greek letter before a word is a symbol of mathematics.
    """
    foreign = [letter for letter in word if not letter.isascii()]
    table = look_alikes()
    if not foreign or any(ord(letter) not in table for letter in foreign):
        return False
    scripts = {unicodedata.name(letter, "?").split()[0] for letter in foreign} - {"LATIN"}
    greek_alone = scripts == {"GREEK"} and len(foreign) == 1 and foreign[0] == word[0]
    own = sum(letter.isascii() and letter.isalpha() for letter in word)
    return own > 1 and bool(scripts) and not greek_alone


def _respelled(text: str) -> Iterator[Edit]:
    words = list(_WORD.finditer(text))
    lone = sum(len(each[0]) == 1 and _plain(each[0]).kind == _STYLED for each in words) >= _MANY
    accented = any(_is_accented(each[0]) for each in words if not each[0].isascii())
    edits = []
    for number, match in enumerate(words):
        word = match[0]
        if not word.isascii():
            besides = (each[0] for each in words[max(0, number - 1) : number + 2 : 2])
            read = _read(word, lone, accented, besides)
            if read != word:
                edits.append(Edit(*match.span(), read, int(len(read) == len(word))))
    if any(_FULL_WIDTH.search(text, edit.start, edit.end) for edit in edits):
        marks = _FULL_WIDTH_MARK.finditer(text)
        edits += [Edit(*mark.span(), chr(ord(mark[0]) - 0xFEE0), 1) for mark in marks]
    return iter(sorted(edits))


def _read(word: str, lone: bool, accented: bool, besides: Iterable[str]) -> str:
    """*word* in the letters that it seems to be written with."""
    kinds = Counter(_plain(letter).kind for letter in word)
    wanted = set()
    if kinds[_STYLED] and (len(word) > 1 or lone) and not _FLAGS.fullmatch(word):
        wanted.add(_STYLED)
    if accented and kinds[_ACCENTED]:
        wanted.add(_ACCENTED)
    if kinds[_ALIKE] and (
        wanted
        or any(letter.isascii() and letter.isalpha() for letter in word)
        or (kinds[_ALIKE] == len(word) and _is_among_ascii(word, list(map(_seems_ascii, besides))))
    ):
        wanted.add(_ALIKE)
    if not wanted:
        return word
    plain = [(letter, _plain(letter)) for letter in word]
    return "".join(each.letters if each.kind in wanted else letter for letter, each in plain)


def _is_accented(word: str) -> bool:
    """Whether *word* has more accents than a word of any language."""
    return sum(_plain(letter).kind == _ACCENTED for letter in word) >= _MANY


def _is_among_ascii(word: str, besides: list[bool]) -> bool:
    """Whether *word*, all in look-alikes, stands where words of ASCII do, or of their like."""
    return any(besides) if len(word) > _MANY else bool(besides) and all(besides)


def _seems_ascii(word: str) -> bool:
    return len(word) > 1 and all(_plain(x).kind == _ALIKE or x.isascii() for x in word)


class _Plain(NamedTuple):
    letters: str
    kind: str


@functools.lru_cache(maxsize=8192)
def _plain(letter: str) -> _Plain:
    """What *letter* seems to be, in ASCII, and why; nothing where it is honest."""
    if letter.isascii() or letter in _KEPT:
        return _NOTHING
    code = ord(letter)
    for first in _ROUND:
        if first <= code < first + 26:
            return _Plain(chr(65 + code - first), _STYLED)
    folded = unicodedata.normalize("NFKC", letter)
    if folded.isascii() and (held := "".join(filter(str.isalnum, folded))):
        return _Plain(held, _STYLED)
    if like := look_alikes().get(code):
        return _Plain(like, _ALIKE)
    bare = unicodedata.normalize("NFD", letter)[0]
    return _Plain(bare, _ACCENTED) if bare.isascii() and bare.isalpha() else _NOTHING


_NOTHING = _Plain("", "")
