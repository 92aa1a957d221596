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

_LONG = 200
"""In a text of so many characters, to look for one costs less than to try the pattern."""

_COMMON = frozenset(" \nabcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.,")
"""Characters that nearly every text has: to ask for them tells little."""

_OPAQUE = {ops.GROUPREF, ops.GROUPREF_EXISTS, ops.ATOMIC_GROUP, ops.POSSESSIVE_REPEAT}
"""What a loosened pattern cannot hold: it would not match all that the pattern could."""


class Pattern:
    """A compiled pattern.

    Matches are looked for from every start, so where a text is cut changes nothing; only
    a pattern without a bound is scanned as `regex` does.
    """

    def __init__(self, source: str) -> None:
        try:
            self._regex = _compile(source)
        except regex.error as problem:
            raise ValueError(f"{source!r} is not a pattern: {problem}") from None
        self.source = source
        self.width: int | None = None
        """The longest text it can match, with what it looks at around it; None is no bound."""
        self._steps = math.inf  # at each place, at most
        self._needs: frozenset[str] | None = None
        self._loose: Any = None
        if (tree := _parsed(source)) is not None:
            reach = tree.getwidth()[1] + _around(tree)
            self.width = None if reach >= ops.MAXREPEAT else max(1, reach)
            self._steps = max(_ways(tree), reach)
            self._needs = _needs(tree)
            if self.width and not (
                _ops(tree) & _OPAQUE or _VERBOSE.search(source) or _looks_ahead_behind(tree)
            ):
                self._loose = _compile(_loosened(source))

    def find(self, text: str) -> Iterable[tuple[int, int]]:
        """The start and end of each match that is not empty."""
        size = len(text)
        if size > _LONG and self._needs and text.isascii():
            for letter in self._needs:
                if letter in text:
                    break
            else:
                return ()
        limit = None if self._steps * size <= _STEPS else self._limit(size)
        if self._regex.search(text, timeout=limit) is None:
            return ()
        found = self._regex.finditer(text, overlapped=self.width is not None, timeout=limit)
        return (match.span() for match in found if match.end() > match.start())

    def tail(self, text: str) -> int:
        """Where the end of *text* begins that more text could still make part of a match."""
        if self.width is None:
            return 0
        size = len(text)
        start = size - self.width + 1 if size >= self.width else 0
        if self._loose is None:
            return start
        limit = None if self._steps * size <= _STEPS else self._limit(size)
        match = self._loose.search(text, start, partial=True, timeout=limit)
        return size if match is None else int(match.start())

    def _limit(self, size: int) -> float:
        """How many seconds it may take for so many characters."""
        return _SECONDS + _SECONDS * size / 1_000_000


def _compile(source: str) -> Any:
    """*source* past `regex`'s own cache, which draws on the application's `random` when full."""
    return regex.compile(source, cache_pattern=False)


@functools.lru_cache(maxsize=4096)
def compiled(source: str) -> Pattern:
    """The pattern of *source*, built once."""
    return Pattern(source)


def _parsed(source: str) -> Any:
    """The tree of *source*; None where it is written in what `regex` alone knows."""
    if _foreign(source):
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _parser.parse(source)
    except (re.error, RecursionError, OverflowError):
        return None


def _foreign(source: str) -> bool:
    """Whether `re` reads *source* otherwise than `regex`: fuzzy matching, classes by name."""
    for token in _TOKENS.finditer(source):
        if token[0] == "{" and not _TIMES.match(source, token.start()):
            return True
        if token[0].startswith("[") and "[:" in token[0]:
            return True
    return False


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


def _looks_ahead_behind(tree: Any) -> bool:
    """Whether a look-behind holds a look-ahead: what stands before is then not all known."""
    for op, value in tree:
        inner = _inner(op, value)
        behind = op in (ops.ASSERT, ops.ASSERT_NOT) and value[0] < 0
        if behind and _ops(value[1]) & {ops.ASSERT, ops.ASSERT_NOT}:
            return True
        if any(map(_looks_ahead_behind, inner)):
            return True
    return False


def _ops(tree: Any) -> set[Any]:
    found = set()
    for op, value in tree:
        found.add(op)
        for inner in _inner(op, value):
            found |= _ops(inner)
    return found


def _needs(tree: Any) -> frozenset[str] | None:
    """Characters without one of which no ASCII text can match; None is not known."""
    known: list[frozenset[str]] = []
    for op, value in tree:
        found: frozenset[str] | None = None
        if op is ops.LITERAL:
            found = _cases({chr(value)})
        elif op is ops.IN:
            found = _members(value)
        elif op is ops.BRANCH:
            each = [_needs(inner) for inner in value[1]]
            found = None if None in each else frozenset().union(*filter(None, each))
        elif op in (ops.SUBPATTERN, ops.ATOMIC_GROUP):
            found = _needs(_inner(op, value)[0])
        elif op in (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT) and value[0] > 0:
            found = _needs(value[2])
        if found is not None and len(found) <= _FEW and all(map(str.isascii, found)):
            known.append(found)
    return min(known, key=lambda each: (not each.isdisjoint(_COMMON), len(each)), default=None)


_FEW = 12


def _members(value: Any) -> frozenset[str] | None:
    letters: set[str] = set()
    for op, inner in value:
        if op is ops.LITERAL:
            letters.add(chr(inner))
        elif op is ops.RANGE and inner[1] - inner[0] < _FEW:
            letters |= set(map(chr, range(inner[0], inner[1] + 1)))
        elif op is ops.CATEGORY and inner is ops.CATEGORY_DIGIT:
            letters |= set("0123456789")
        else:
            return None
    return _cases(letters)


def _cases(letters: set[str]) -> frozenset[str]:
    """*letters* in both cases: whether a pattern minds the case is not looked into."""
    return frozenset(letters | {x.upper() for x in letters} | {x.lower() for x in letters})


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
    r"""*source* without its conditions, and unable to match to its end.

    Partially matched, it tells from where on a match of *source* could depend on text that
    is not there yet: every way of matching is tried, and one that reaches the end of the
    text is reported. What is looked ahead at is read and given up again, and so is the
    character that a `\b` minds, or one in a look-behind, of which no more is left.
    """
    out: list[str] = []
    closers: list[str] = []  # what each open group ends with; an empty one drops the group
    dropped: list[int] = []  # where a group that is left out begins in `out`
    for token in _TOKENS.findall(_OPENING.sub(r"\1", source)):
        if token in ("(?=", "(?!"):
            out.append("(?:")
            closers.append(f"{_NO_END}|)")
        elif token in ("(?<=", "(?<!"):
            dropped.append(len(out))
            closers.append("")
        elif token.startswith("(") and not _SWITCH.fullmatch(token):
            out.append(token)
            closers.append(")")
        elif token == ")":
            closer = closers.pop()
            if not closer:
                minds_more = any(_NO_END in each for each in out[dropped[-1] :])
                del out[dropped.pop() :]
                closer = f"(?:(?s:.){_NO_END}|)" if minds_more else "(?:)"
            out.append(closer)
        elif token in _CONDITIONS:
            out.append(f"(?:{'(?s:.)' if token == '$' else ''}{_NO_END}|)")
        else:
            out.append(token)
    return f"(?:{''.join(out)}){_NO_END}"


_OPENING = re.compile(r"^(\(\?[a-zA-Z]+\))?\\b(?![?*+{])(?![^|]*\|)")
"""A `\\b` that begins the whole pattern minds one character that is there, or there is no match."""

_CONDITIONS = {"^", "$", r"\b", r"\B", r"\A", r"\Z"}

_NO_END = "(?s:.)(?!)"
"""One character more, and then no match. Without the character, `regex` leaves out some ways."""

_TIMES = re.compile(r"\{(?:\d+(?:,\d*)?|,\d+)\}")
_VERBOSE = re.compile(r"\(\?[a-zA-Z]*x")

_TOKENS = re.compile(
    r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\(\?#[^)]*\)|\(\?<[=!]|\(\?[=!]|\(\?P<\w+>|\(\?P=\w+\)"
    r"|\(\?[a-zA-Z-]*[:)]|\(|\)|.",
    re.DOTALL,
)
_SWITCH = re.compile(r"\(\?(?:#[^)]*|[a-zA-Z-]*)\)")
