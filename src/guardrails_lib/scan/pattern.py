"""One pattern: where it matches, how far it must see, and what could still become a match."""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Iterable
from typing import Any

from .expression import expression
from .tree import REPEATS, TOKENS, around, inner, ops, parsed, used, ways

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
        self._regex = expression(source)
        self.source = source
        self.width: int | None = None
        """The longest text it can match, with what it looks at around it; None is no bound."""
        self._steps = math.inf  # at each place, at most
        self._needs: frozenset[str] | None = None
        self._can_loosen = False
        if (tree := parsed(source)) is not None:
            reach = tree.getwidth()[1] + around(tree)
            self.width = None if reach >= ops.MAXREPEAT else max(1, reach)
            self._steps = max(ways(tree), reach)
            self._needs = _needs(tree)
            self._can_loosen = bool(self.width) and not (
                used(tree) & _OPAQUE or _VERBOSE.search(source) or _looks_ahead_behind(tree)
            )

    @functools.cached_property
    def _loose(self) -> Any:
        """What tells which tail could become a match: built for streams, which few texts are."""
        return expression(_loosened(self.source)) if self._can_loosen else None

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

    def starting(self, text: str, low: int, high: int) -> Iterable[tuple[int, int]]:
        """The matches that begin from *low* up to, and with, *high*; of a pattern with a bound."""
        assert self.width is not None
        end = min(len(text), high + self.width + 1)
        limit = None if self._steps * (end - low) <= _STEPS else self._limit(end - low)
        for match in self._regex.finditer(text, low, end, overlapped=True, timeout=limit):
            if match.start() > high:
                return
            if match.end() > match.start():
                yield match.span()

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


@functools.lru_cache(maxsize=4096)
def compiled(source: str) -> Pattern:
    """The pattern of *source*, built once."""
    return Pattern(source)


def _looks_ahead_behind(tree: Any) -> bool:
    """Whether a look-behind holds a look-ahead: what stands before is then not all known."""
    for op, value in tree:
        behind = op in (ops.ASSERT, ops.ASSERT_NOT) and value[0] < 0
        if behind and used(value[1]) & {ops.ASSERT, ops.ASSERT_NOT}:
            return True
        if any(map(_looks_ahead_behind, inner(op, value))):
            return True
    return False


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
            each = [_needs(way) for way in value[1]]
            found = None if None in each else frozenset().union(*filter(None, each))
        elif op in (ops.SUBPATTERN, ops.ATOMIC_GROUP):
            found = _needs(inner(op, value)[0])
        elif op in REPEATS and value[0] > 0:
            found = _needs(value[2])
        if found is not None and len(found) <= _FEW and all(map(str.isascii, found)):
            known.append(found)
    return min(known, key=lambda each: (not each.isdisjoint(_COMMON), len(each)), default=None)


_FEW = 12


def _members(value: Any) -> frozenset[str] | None:
    letters: set[str] = set()
    for op, each in value:
        if op is ops.LITERAL:
            letters.add(chr(each))
        elif op is ops.RANGE and each[1] - each[0] < _FEW:
            letters |= set(map(chr, range(each[0], each[1] + 1)))
        elif op is ops.CATEGORY and each is ops.CATEGORY_DIGIT:
            letters |= set("0123456789")
        else:
            return None
    return _cases(letters)


def _cases(letters: set[str]) -> frozenset[str]:
    """*letters* in both cases: whether a pattern minds the case is not looked into."""
    return frozenset(letters | {x.upper() for x in letters} | {x.lower() for x in letters})


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
    for token in TOKENS.findall(_OPENING.sub(r"\1", source)):
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

_VERBOSE = re.compile(r"\(\?[a-zA-Z]*x")
_SWITCH = re.compile(r"\(\?(?:#[^)]*|[a-zA-Z-]*)\)")
