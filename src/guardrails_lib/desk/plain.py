"""What JSON can hold of a value that anybody may have made."""

from __future__ import annotations

import math
from collections.abc import Mapping

__all__ = ["DEEPEST", "MOST", "plain"]

DEEPEST = 100
"""So deep may lists and mappings lie in each other. What is deeper is left out."""
MOST = 200_000
"""So many values are kept; the rest is left out."""

_LONGEST = 10_000
"""Bits of a whole number: a longer one is not read again."""


def plain(value: object) -> tuple[object, bool]:
    """What of *value* is text, a number, true, false, a list or a mapping; and if that is all.

    A tuple becomes a list. What is left out is None in its place; a key that is no text is
    left out with what it stands for. Nothing is asked how it prints: that may tell what no
    rule has seen.

    >>> plain({"to": ["Ann", 7, object()]})
    ({'to': ['Ann', 7, None]}, False)
    """
    lost: list[None] = []
    places = iter(range(MOST))

    def copied(inner: object, deep: int) -> object:
        if inner is None or isinstance(inner, bool):
            return inner
        room = deep <= DEEPEST and next(places, None) is not None
        if room and isinstance(inner, str):
            return str.__str__(inner)
        if room and isinstance(inner, int) and inner.bit_length() <= _LONGEST:
            return int(inner)
        if room and isinstance(inner, float) and math.isfinite(inner):
            return float(inner)
        if room and isinstance(inner, list | tuple):
            return [copied(each, deep + 1) for each in inner]
        if room and isinstance(inner, Mapping):
            named = {key: each for key, each in inner.items() if isinstance(key, str)}
            lost.extend([None] * (len(named) < len(inner)))
            return {str.__str__(key): copied(each, deep + 1) for key, each in named.items()}
        lost.append(None)
        return None

    return copied(value, 0), not lost
