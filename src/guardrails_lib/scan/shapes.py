"""Which patterns could match around some digits, told from the shape of these alone.

A text is reduced to its shape: each digit is ``0``, each letter ``a``, each character that
is not ASCII ``u``. Texts are many and shapes are few, so what is known of one is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from .automaton import NO_DIGIT, Automaton
from .characters import DIGITS, Letters, letters
from .expression import expression
from .tree import REPEATS, inner, ops

__all__ = ["DIGIT_BEYOND", "Shapes", "before_digit", "kinds", "needs_digit", "shape_of"]

_SHAPE = {
    code: "0" if chr(code).isdigit() else "a" if chr(code).isalpha() else chr(code)
    for code in range(128)
} | {0: "u", ord("?"): "u"}

DIGIT_BEYOND = expression(r"(?V1)[\p{Nd}--[0-9]]")
"""A digit that is not ASCII."""

_KEPT = 20_000
"""So many shapes are remembered, each some hundred bytes."""

_RUN = re.compile(r"[^ \n\t]+[ \n\t]*|[ \n\t]+")
_APART = 64
_MOST = 20

_CLUSTER = re.compile(f"0(?:[^0]{{0,2}}0){{0,{_MOST - 1}}}")
"""Digits that stand together; many are taken in pieces, so that shapes stay few."""


def shape_of(text: str) -> str:
    """The shape of *text*, character by character."""
    if not text.isascii():
        if DIGIT_BEYOND.search(text):
            text = DIGIT_BEYOND.sub("0", text)
        text = text.encode("ascii", "replace").decode("ascii")
    return text.translate(_SHAPE)


def kinds(one: Letters) -> frozenset[str]:
    """The shapes of what one character can be."""
    return frozenset({_SHAPE[ord(each)] for each in one.ascii} | ({"u"} if one.beyond else set()))


def needs_digit(tree: Any) -> bool:
    """Whether every match has a digit in it."""
    for op, value in tree:
        one = letters(op, value)
        if one is not None:
            if one.ascii <= DIGITS and not one.beyond:
                return True
        elif op is ops.BRANCH:
            if all(map(needs_digit, value[1])):
                return True
        elif op in (ops.SUBPATTERN, ops.ATOMIC_GROUP) or (op in REPEATS and value[0] > 0):
            needed = needs_digit(inner(op, value)[0])
            if needed:
                return True
    return False


def before_digit(tree: Any) -> int | None:
    """How many characters a match has before its first digit, at most; None is no bound."""
    return _lead(list(tree))[1]


def _lead(nodes: list[Any]) -> tuple[int | None, int | None]:
    """The longest match without a digit, and the longest part before a first one; -1 is none.

    None is no bound.
    """
    plain: int | None = 0
    most: int | None = -1
    for op, value in nodes:
        none, lead = _lead_of(op, value)
        if plain is None and lead != -1:
            most = None
        elif plain is not None and plain >= 0 and most is not None and lead != -1:
            most = None if lead is None else max(most, plain + lead)
        if none == -1:
            return -1, most
        plain = None if plain is None or none is None else plain + none
    return plain, most


def _lead_of(op: Any, value: Any) -> tuple[int | None, int | None]:
    one = letters(op, value)
    if one is not None:
        other = one.beyond or not one.ascii <= DIGITS
        return (1 if other else -1), (-1 if one.ascii.isdisjoint(DIGITS) else 0)
    if op is ops.BRANCH:
        ways = [_lead(list(each)) for each in value[1]]
        return _most(way[0] for way in ways), _most(way[1] for way in ways)
    if op in REPEATS:
        least, times, body = value
        none, lead = _lead(list(body))
        if none == -1:
            return (-1 if least else 0), (lead if times else -1)
        endless = times is ops.MAXREPEAT
        plain = None if none is None or (endless and none) else none * (0 if endless else times)
        before = plain if lead != -1 else -1
        return plain, before if before in (None, -1) or lead is None else before + lead
    if op in (ops.SUBPATTERN, ops.ATOMIC_GROUP):
        return _lead(list(inner(op, value)[0]))
    if op in (ops.GROUPREF, ops.GROUPREF_EXISTS):
        return None, None
    return 0, -1  # a condition


def _most(values: Iterable[int | None]) -> int | None:
    known = list(values)
    return None if None in known else max(each for each in known if each is not None)


class Shapes:
    """Which of some patterns could match at a group of digits."""

    def __init__(self, patterns: Iterable[tuple[int, Any]]) -> None:
        self._automaton = Automaton(kinds)
        for index, tree in patterns:
            self._automaton.add(index, tree)
        self._every = tuple(self._automaton.owners)
        self._known: dict[str, tuple[int, ...]] = {}
        self._going_on: dict[str, bool] = {}

    def __call__(self, text: str) -> Iterator[tuple[int, int, tuple[int, ...]]]:
        """Each group of digits of *text*, with the patterns whose matches could begin with it.

        Where a match begins there may be no digit yet: its first digit is in the group.
        """
        shape = f"  {shape_of(text)}  "
        known = self._known
        new = 8 + len(text) // 1024  # to learn a shape takes time; what is not learnt is tried
        unknown: tuple[int, int] | None = None  # neighbours that are not learnt are one
        for cluster in _CLUSTER.finditer(shape):
            start, end = cluster.span()
            key = shape[start - 2 : end + 2]
            could = known.get(key)
            if could is None:
                new -= 1
                if new >= 0:
                    could = self._learn(key)
            if unknown and (could is not None or start - unknown[1] > _APART):
                yield unknown[0] - 2, unknown[1] - 2, self._every
                unknown = None
            if could is None:
                unknown = (unknown[0] if unknown else start), end
            elif could:
                yield start - 2, end - 2, could
        if unknown:
            yield unknown[0] - 2, unknown[1] - 2, self._every

    def tail(self, text: str) -> int:
        """Where the end of *text* begins that a match could begin in and go on after it."""
        shape = shape_of(text)
        for run in _RUN.finditer(shape):
            if self._goes_on(run[0]) and self._automaton.is_open(shape, *run.span()):
                return run.start()
        return len(text)

    def _goes_on(self, run: str) -> bool:
        """Whether a match that begins in *run* may go on after it."""
        known = self._going_on.get(run)
        if known is None:
            known = self._automaton.is_open(run, 0, len(run))
            if len(self._going_on) >= _KEPT:
                self._going_on.clear()
            self._going_on[run] = known
        return known

    def _learn(self, key: str) -> tuple[int, ...]:
        cut = "0" in key[-2:] or key.count("0") >= _MOST
        could = self._automaton.could_match(key, "" if cut else NO_DIGIT)
        if len(self._known) >= _KEPT:
            self._known.clear()
        self._known[key] = could
        return could
