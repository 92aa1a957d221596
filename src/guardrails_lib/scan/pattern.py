"""One pattern: where it matches, how far it must see, and what could still become a match."""

from __future__ import annotations

import functools
import math
import re
import warnings
from collections.abc import Iterable
from re import _constants as ops  # type: ignore[attr-defined]  # typeshed does not know it
from re import _parser  # type: ignore[attr-defined]  # the only parser of patterns there is
from typing import Any

import regex

__all__ = ["Pattern", "compiled"]

_STEPS = 10**8
"""Up to about so many steps a pattern is run without a clock, which costs 2 µs."""

_SECONDS = 1.0
"""How long one pattern may take for a million characters."""

_OPAQUE = {ops.GROUPREF, ops.GROUPREF_EXISTS, ops.ATOMIC_GROUP, ops.POSSESSIVE_REPEAT}
"""What a loosened pattern cannot hold: it would not match all that the pattern could."""


class Pattern:
    """A compiled pattern. Matches are looked for from every start, so where a text is cut
    changes nothing; only one without a bound is scanned as `regex` does."""

    def __init__(self, source: str) -> None:
        try:
            self._regex = regex.compile(source)
        except regex.error as problem:
            raise ValueError(f"{source!r} is not a pattern: {problem}") from None
        self.source = source
        self.width: int | None = None
        """The longest text it can match, with what it looks at around it; None is no bound."""
        self._ways = math.inf
        self._loose: Any = None
        if (tree := _parsed(source)) is not None:
            reach = tree.getwidth()[1] + _around(tree)
            self.width = None if reach >= ops.MAXREPEAT else max(1, reach)
            self._ways = _ways(tree)
            if not _ops(tree) & _OPAQUE and not tree.state.flags & re.VERBOSE:
                self._loose = regex.compile(_loosened(source))

    def find(self, text: str) -> Iterable[tuple[int, int]]:
        """The start and end of each match that is not empty."""
        limit = self._limit(len(text))
        if self._regex.search(text, timeout=limit) is None:
            return ()
        found = self._regex.finditer(text, overlapped=self.width is not None, timeout=limit)
        return (match.span() for match in found if match.end() > match.start())

    def tail(self, text: str) -> int:
        """Where the end of *text* begins that more text could still make part of a match."""
        if self.width is None:
            return 0
        start = max(0, len(text) - self.width + 1)
        if self._loose is None:
            return start
        match = self._loose.search(text, start, partial=True, timeout=self._limit(len(text) - start))
        return len(text) if match is None else int(match.start())

    def _limit(self, size: int) -> float | None:
        if self._ways * size <= _STEPS:
            return None
        return _SECONDS + _SECONDS * size / 1_000_000


@functools.lru_cache(maxsize=4096)
def compiled(source: str) -> Pattern:
    """The pattern of *source*, built once."""
    return Pattern(source)


def _parsed(source: str) -> Any:
    """The tree of *source*; None where it is written in what `regex` alone knows."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _parser.parse(source)
    except (re.error, RecursionError, OverflowError):
        return None


def _inner(op: Any, value: Any) -> list[Any]:
    """The patterns inside one node of a tree."""
    if op is ops.BRANCH:
        return list(value[1])
    if op is ops.SUBPATTERN:
        return [value[-1]]
    if op in (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT):
        return [value[2]]
    if op in (ops.ASSERT, ops.ASSERT_NOT):
        return [value[1]]
    if op is ops.ATOMIC_GROUP:
        return [value]
    if op is ops.GROUPREF_EXISTS:
        return [each for each in value[1:] if each is not None]
    return []


def _ops(tree: Any) -> set[Any]:
    found = set()
    for op, value in tree:
        found.add(op)
        for inner in _inner(op, value):
            found |= _ops(inner)
    return found


def _around(tree: Any) -> int:
    """How many characters beside its match a pattern may look at, at most."""
    total = 0
    for op, value in tree:
        if op is ops.AT:
            total += 2  # the characters on both sides; `$` minds a last line end too
        elif op in (ops.ASSERT, ops.ASSERT_NOT):
            total += value[1].getwidth()[1]
        total += sum(map(_around, _inner(op, value)))
    return int(total)


def _ways(tree: Any) -> float:
    """In how many ways a pattern can be tried at one place: a bound on backtracking."""
    ways = 1.0
    for op, value in tree:
        inner = [_ways(each) for each in _inner(op, value)]
        if op in (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT):
            low, high = value[:2]
            if high >= ops.MAXREPEAT:
                return math.inf
            base = inner[0]
            ways *= high - low + 1 if base == 1 else _power(base, high) * (high - low + 1)
        elif op is ops.BRANCH:
            ways *= sum(inner)
        else:
            ways *= math.prod(inner)
    return ways


def _power(base: float, times: int) -> float:
    try:
        return float(base**times)
    except OverflowError:
        return math.inf


def _loosened(source: str) -> str:
    """*source* without its conditions, and unable to match to its end.

    Partially matched, it tells from where on a match of *source* could depend on text that
    is not there yet: every way of matching is tried, and one that reaches the end of the
    text is reported. What stands before a place is known, so look-behind is left out; what
    is looked ahead at is read and given up again.
    """
    out: list[str] = []
    closers: list[str] = []  # what each open group ends with; None drops the group
    dropped: list[int] = []  # where a group that is left out begins in `out`
    ends_open = False
    for token in _TOKENS.findall(source):
        if token in ("(?=", "(?!"):
            out.append("(?:")
            closers.append("(?s:.)(?!)|)")
        elif token in ("(?<=", "(?<!"):
            dropped.append(len(out))
            closers.append("")
        elif token.startswith("(") and not _SWITCH.fullmatch(token):
            out.append(token)
            closers.append(")")
        elif token == ")":
            closer = closers.pop()
            if closer:
                out.append(closer)
            else:
                del out[dropped.pop() :]
                out.append("(?:)")
        elif token in ("^", "$", r"\b", r"\B", r"\A", r"\Z"):
            out.append("(?:)")
            ends_open = True
        else:
            out.append(token)
    end = "(?s:.)" if ends_open else ""
    return f"(?:{''.join(out)}){end}(?!)"


_TOKENS = re.compile(
    r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\(\?#[^)]*\)|\(\?<[=!]|\(\?[=!]|\(\?P<\w+>|\(\?P=\w+\)"
    r"|\(\?[a-zA-Z-]*[:)]|\(|\)|.",
    re.DOTALL,
)
_SWITCH = re.compile(r"\(\?(?:#[^)]*|[a-zA-Z-]*)\)")
