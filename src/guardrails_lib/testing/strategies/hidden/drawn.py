"""Texts drawn by lot that match a pattern, as keys are drawn that have a form."""

from __future__ import annotations

import string
from collections.abc import Iterator, Sequence
from functools import cache
from hashlib import sha256
from itertools import count
from typing import Any, TypeVar

from ....scan.tree import REPEATS, ops, parsed

__all__ = ["crossed_out", "matching"]

T = TypeVar("T")

_SEEN = tuple(map(chr, range(32, 127)))
_CATEGORIES = {
    ops.CATEGORY_DIGIT: set(string.digits),
    ops.CATEGORY_SPACE: {" "},
    ops.CATEGORY_WORD: {*string.ascii_letters, *string.digits, "_"},
}
_MORE = 4
"""So much longer than it must be may be what is repeated."""

_TREES = cache(parsed)


def matching(pattern: str, seed: bytes) -> str:
    """A text like *pattern*, always the same for one *seed*; what it looks ahead for may lack."""
    return "".join(_letters(_TREES(pattern), _lots(seed)))


def crossed_out(pattern: str) -> str:
    """The shortest text like *pattern* with an ``x`` or a zero wherever a letter is free."""
    return "".join(_letters(_TREES(pattern), None))


def _lots(seed: bytes) -> Iterator[int]:
    """Numbers without end, each below 256."""
    for n in count():
        yield from sha256(seed + n.to_bytes(4)).digest()


def _letters(tree: Any, lots: Iterator[int] | None) -> Iterator[str]:
    for op, value in tree:
        if op is ops.LITERAL:
            yield chr(value)
        elif op is ops.NOT_LITERAL:
            yield _one(_allowed(((ops.NEGATE, None), (ops.LITERAL, value))), lots)
        elif op is ops.IN:
            yield _one(_allowed(tuple(value)), lots)
        elif op is ops.BRANCH:
            yield from _letters(_one(value[1], lots), lots)
        elif op is ops.SUBPATTERN:
            yield from _letters(value[-1], lots)
        elif op in REPEATS:
            least, most, inside = value
            for _ in range(_one(range(least, min(most, least + _MORE) + 1), lots)):
                yield from _letters(inside, lots)


def _one(some: Sequence[T], lots: Iterator[int] | None) -> T:
    """One of *some* by lot; without lots an ``x``, or the first."""
    if lots is None:
        return next((each for each in some if each in ("x", "X")), some[0])
    return some[next(lots) % len(some)]


@cache
def _allowed(items: tuple[Any, ...]) -> tuple[str, ...]:
    """What a class of characters takes, of those that can be seen."""
    taken: set[str] = set()
    for op, value in items:
        if op is ops.LITERAL:
            taken.add(chr(value))
        elif op is ops.RANGE:
            taken |= {each for each in _SEEN if value[0] <= ord(each) <= value[1]}
        elif op is ops.CATEGORY:
            taken |= _CATEGORIES[value]
    negated = items[0][0] is ops.NEGATE
    return tuple(each for each in _SEEN if (each in taken) != negated)
