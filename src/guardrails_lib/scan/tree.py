"""A pattern, parsed: how wide its matches are, and how far it looks around them."""

from __future__ import annotations

import math
import re
import warnings
from importlib import import_module
from typing import Any

__all__ = [
    "REPEATS",
    "TOKENS",
    "ahead",
    "around",
    "inner",
    "minds_last_line",
    "ops",
    "parsed",
    "reach",
    "used",
    "ways",
]

ops: Any = import_module("re._constants")
"""The kinds of node; no type checker knows the module."""

_parser: Any = import_module("re._parser")

REPEATS = (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT)

_VERSION_0 = 0x2000
"""What `regex` calls its way to be like `re`."""

_KNOWN_FLAGS = re.IGNORECASE | re.MULTILINE | re.DOTALL | re.UNICODE | _VERSION_0
"""Those whose meaning is known here. They, and not all others, have the same number in `regex`."""


def parsed(source: str, flags: int = 0) -> Any:
    """The tree of *source*; None where it is written in what `regex` alone knows."""
    if flags & ~_KNOWN_FLAGS or _foreign(source):
        return None
    if flags & re.IGNORECASE:  # `regex` lets anything stand before it, and it says no more
        source = "".join(token for token in TOKENS.findall(source) if token != "(?i)")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _parser.parse(source, flags & ~_VERSION_0)
    except (re.error, RecursionError, OverflowError, ValueError):
        return None


def _foreign(source: str) -> bool:
    """Whether `re` reads *source* otherwise than `regex`: fuzzy matching, classes by name."""
    for token in TOKENS.finditer(source):
        if token[0] == "{" and not _TIMES.match(source, token.start()):
            return True
        if token[0].startswith("[") and "[:" in token[0][1:]:
            return True
    return False


TOKENS = re.compile(
    r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\(\?#[^)]*\)|\(\?<[=!]|\(\?[=!]|\(\?P<\w+>|\(\?P=\w+\)"
    r"|\(\?[a-zA-Z-]*[:)]|\(|\)|.",
    re.DOTALL,
)
"""What a source is made of, read from left to right."""

_TIMES = re.compile(r"\{(?:\d+(?:,\d*)?|,\d+)\}")


def inner(op: Any, value: Any) -> list[Any]:
    """The patterns inside one node of a tree."""
    if op is ops.BRANCH:
        return list(value[1])
    if op is ops.SUBPATTERN:
        return [value[-1]]
    if op in REPEATS:
        return [value[2]]
    if op in (ops.ASSERT, ops.ASSERT_NOT):
        return [value[1]]
    if op is ops.ATOMIC_GROUP:
        return [value]
    if op is ops.GROUPREF_EXISTS:
        return [each for each in value[1:] if each is not None]
    return []


def used(tree: Any) -> set[Any]:
    """The kinds of node that a tree has."""
    found = set()
    for op, value in tree:
        found.add(op)
        for each in inner(op, value):
            found |= used(each)
    return found


def reach(tree: Any) -> int | None:
    """The longest match of a tree; None is no bound."""
    most = tree.getwidth()[1]
    return None if most >= ops.MAXREPEAT else int(most)


def around(tree: Any, *, behind: bool = True) -> int:
    """How many characters beside its match a pattern may look at, at most; or after it alone."""
    total = 0
    for op, value in tree:
        if op is ops.AT:
            total += 2  # the characters on both sides; `$` minds a last line end too
        elif op in (ops.ASSERT, ops.ASSERT_NOT) and (behind or value[0] > 0):
            total += value[1].getwidth()[1]
        total += sum(around(each, behind=behind) for each in inner(op, value))
    return int(total)


def ahead(tree: Any) -> int:
    """How far a pattern looks ahead of itself, at most, beyond the one next character."""
    most = 0
    for op, value in tree:
        if op in (ops.ASSERT, ops.ASSERT_NOT) and value[0] > 0:
            most = max(most, int(value[1].getwidth()[1]) + around(value[1], behind=False))
        elif op is ops.AT:
            most = max(most, 2 * minds_last_line(value, tree))
        else:
            most = max(most, *map(ahead, inner(op, value)), 0)
    return most


def minds_last_line(where: Any, tree: Any) -> bool:
    """Whether a place is the end of the text, or of the line that ends it."""
    return where is ops.AT_END and not tree.state.flags & re.MULTILINE


def ways(tree: Any) -> float:
    """In how many ways a pattern can be tried at one place: a bound on backtracking."""
    total = 1.0
    for op, value in tree:
        inside = [ways(each) for each in inner(op, value)]
        if op in REPEATS:
            low, high = value[:2]
            if high >= ops.MAXREPEAT:
                return math.inf
            base = inside[0]
            total *= high - low + 1 if base == 1 else _power(base, high) * (high - low + 1)
        elif op is ops.BRANCH:
            total *= sum(inside)
        else:
            total *= math.prod(inside)
    return total


def _power(base: float, times: int) -> float:
    try:
        return float(base**times)
    except OverflowError:
        return math.inf
