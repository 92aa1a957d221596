"""What one letter seems to be."""

from __future__ import annotations

import enum
import functools
import re
import string
import unicodedata
from typing import NamedTuple

from .look_alikes import look_alikes

__all__ = ["ACCENTED", "HONEST", "PILED", "Kind", "Plain", "is_mixed", "plain"]


class Kind(enum.Enum):
    """Why a letter is not what it seems."""

    HONEST = 0
    STYLED = 1
    ALIKE = 2
    ACCENTED = 3


HONEST = (
    "\t-\r -~\xa0-\xa9\xab\xac\xae-\xb1\xb4\xb6\xb7\xbb\xbf\xd7\xf7\u2010-\u2027\u2030-\u205e"
    "\u20a0-\u20bf\u2190-\u22ff\u2500-\u257f\u3001-\u3003\u3041-\u30ff\u4e00-\u9fff\uac00-\ud7a3"
)
"""The characters of a class that no disguise is made of."""

ACCENTED = "\xc0-\xd6\xd8-\xf6\xf8-\xff"
"""Those of letters with an accent, of which honest words have a few."""

PILED = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
"""Those of marks that stand above letters, below, or in them."""

_AZ = re.compile("[A-Za-z]")

_KEPT = frozenset("²³¹ªº™℠ⁿⁱ⁰⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉")
"""What honest texts are written with: squares, footnotes, trade marks."""


_ROUND = (0x1F150, 0x1F170, 0x1F1E6)
"""The first of the letters on coloured ground, and of those that flags are made of."""


_BRAILLE = dict(zip("⠁⠃⠉⠙⠑⠋⠛⠓⠊⠚⠅⠇⠍⠝⠕⠏⠟⠗⠎⠞⠥⠧⠺⠭⠽⠵", string.ascii_lowercase, strict=True))


class Plain(NamedTuple):
    """What a letter seems to be, and why; no letters where it is honest."""

    letters: str
    kind: Kind


@functools.lru_cache(maxsize=8192)
def plain(letter: str) -> Plain:
    """What *letter* seems to be, in ASCII, and why; nothing where it is honest."""
    if letter.isascii() or letter in _KEPT:
        return _HONEST
    code = ord(letter)
    for first in _ROUND:
        if first <= code < first + 26:
            return Plain(chr(65 + code - first), Kind.STYLED)
    if raised := _BRAILLE.get(letter):
        return Plain(raised, Kind.STYLED)
    folded = unicodedata.normalize("NFKC", letter)
    if folded.isascii() and (held := "".join(filter(str.isalnum, folded))):
        return Plain(held, Kind.STYLED)
    if like := look_alikes().get(code):
        return Plain(like, Kind.ALIKE)
    bare = unicodedata.normalize("NFD", letter)[0]
    return Plain(bare, Kind.ACCENTED) if bare.isascii() and bare.isalpha() else _HONEST


_HONEST = Plain("", Kind.HONEST)


def is_mixed(word: str) -> bool:
    """Whether *word* is one of ASCII letters, of which a few are letters of another script.

    A Greek letter before a word is a symbol of mathematics.
    """
    if len(_AZ.findall(word)) < 2:
        return False
    foreign, table = [letter for letter in word if not letter.isascii()], look_alikes()
    if not foreign or any(ord(letter) not in table for letter in foreign):
        return False
    scripts = {unicodedata.name(letter, "?").split()[0] for letter in foreign} - {"LATIN"}
    greek_alone = scripts == {"GREEK"} and len(foreign) == 1 and foreign[0] == word[0]
    return bool(scripts) and not greek_alone
