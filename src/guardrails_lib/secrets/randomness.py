"""How random a text looks: what was drawn by lot differs from what was named by somebody."""

from __future__ import annotations

import math
import re
from collections import Counter

__all__ = ["entropy", "in_words", "is_random"]

_PIECES = re.compile("[A-Z]?[a-z]+|[A-Z]+")
_HARD = re.compile("[^aeiouyAEIOUY]{4}")
_VOWELS = frozenset("aeiouyAEIOUY")
_SHORT = 4
_HEX = re.compile("[0-9a-fA-F]+")


def entropy(text: str) -> float:
    """How many bits each character of *text* holds, by how often it has each."""
    size = len(text)
    return -sum(n / size * math.log2(n / size) for n in Counter(text).values())


def is_random(text: str) -> bool:
    """Whether *text* looks as if drawn by lot: many characters, few of them in words.

    >>> is_random("getUserByName2"), is_random("x7Kq29dLwP0sZ8vT")
    (False, True)
    """
    if not any(map(str.isalpha, text)):
        return False
    if entropy(text) < _share(text) * math.log2(min(len(text), _LONG)):
        return False
    if len(text) < _ALL_LETTERS and not any(map(str.isdigit, text)):
        return len(text) >= _LETTERS and in_words(text) < _IN_FEW * len(text)
    return in_words(text) < _IN_WORDS * len(text)


_LETTERS, _ALL_LETTERS = 16, 24
"""Shorter than this, what has no digit is a name; or in between, if it has words in it."""

_IN_FEW = 0.2

_IN_WORDS = 0.55

_LONG = 32
"""From so many characters on, what is drawn from few repeats them."""


def _share(text: str) -> float:
    """Of the bits that so long a text could hold, so many it must."""
    return 0.6 if _HEX.fullmatch(text) else 0.72


def in_words(text: str) -> int:
    """How many characters of *text* are in runs of letters that could be spoken."""
    return sum(
        len(piece)
        for piece in _PIECES.findall(text)
        if len(piece) >= _SHORT
        and 0.2 <= sum(letter in _VOWELS for letter in piece) / len(piece) <= 0.7
        and not _HARD.search(piece)
    )
