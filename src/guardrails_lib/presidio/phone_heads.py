"""The first digits of numbers, by which most of what is no number is told at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from itertools import product
from typing import Any, TypeAlias

from ..scan.characters import DIGITS, letters
from ..scan.tree import REPEATS, inner, ops, parsed

__all__ = ["SIZE", "Lengths", "begun", "heads", "led", "lengths", "surely", "widths"]

SIZE = 3
"""So many digits tell where most numbers are from, and are few enough to list."""

Lengths: TypeAlias = dict[str, int]
"""By the first digits: how many there may be in all, as bits. For seven, that is `1 << 7`."""


def lengths(each: Iterable[int]) -> int:
    """Lengths as bits."""
    return sum(1 << length for length in set(each))


@lru_cache(maxsize=1024)
def heads(pattern: str, size: int = SIZE) -> frozenset[str]:
    """The first digits of all that *pattern* matches, or all where there are fewer."""
    return frozenset(_grown(parsed(pattern), {""}, size))


def begun(pattern: str) -> set[str]:
    """The first digits of all that begins with a match of *pattern*."""
    return _filled(head[:SIZE] for head in heads(pattern, SIZE + 1))


def surely(pattern: str) -> set[str]:
    """The first digits that are enough for a match of *pattern*, which looks at digits alone."""
    return _filled(head for head in heads(pattern, SIZE + 1) if len(head) <= SIZE)


def widths(pattern: str) -> int:
    """The lengths that a match of *pattern* may have."""
    least, most = parsed(pattern).getwidth()
    return lengths(range(least, most + 1))


def led(prefix: str, numbers: Lengths) -> Lengths:
    """The *numbers*, each behind something that *prefix* matches."""
    least, most = parsed(prefix).getwidth()
    found: Lengths = defaultdict(int)
    for before in heads(prefix):
        whole = len(before) < SIZE
        sizes = [len(before)] if whole else range(max(least, SIZE), most + 1)
        for head, said in numbers.items():
            for size in sizes:
                found[(before + head)[:SIZE]] |= said << size
    return found


def _filled(heads: Iterable[str]) -> set[str]:
    return {head + more for head in heads for more in _any(SIZE - len(head))}


@lru_cache(maxsize=SIZE + 1)
def _any(size: int) -> list[str]:
    return ["".join(each) for each in product(sorted(DIGITS), repeat=size)]


def _grown(tree: Any, started: set[str], size: int) -> set[str]:
    """What was *started*, with the digits that *tree* adds, up to *size*."""
    for op, value in tree:
        full = {head for head in started if len(head) == size}
        short = started - full
        if not short:
            break
        one = letters(op, value)
        if one is not None:
            short = {head + digit for head in short for digit in one.ascii & DIGITS}
        elif op in REPEATS:
            short = _repeated(value, short, size)
        elif op in (ops.BRANCH, ops.SUBPATTERN):
            short = set().union(*(_grown(each, short, size) for each in inner(op, value)))
        elif op is not ops.AT:
            raise ValueError(f"no pattern of digits: {op}")
        started = full | short
    return started


def _repeated(value: Any, short: set[str], size: int) -> set[str]:
    least, most, tree = value
    found = set() if least else set(short)
    for times in range(1, min(most, max(least, size)) + 1):
        short = _grown(tree, short, size)
        if times >= least:
            found |= short
    return found
