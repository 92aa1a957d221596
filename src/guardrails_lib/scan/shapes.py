"""Which patterns could match around some digits, told from the shape of these alone.

A text is reduced to its shape: each digit is ``0``, each letter ``a``, each character that
is not ASCII ``u``. Texts are many and shapes are few, so what is known of one is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import regex

from .automaton import NO_DIGIT, Automaton
from .tree import DIGITS, REPEATS, Letters, inner, letters, ops

__all__ = ["DIGIT_BEYOND", "Shapes", "kinds", "needs_digit", "shape_of"]

_SHAPE = {
    code: "0" if chr(code).isdigit() else "a" if chr(code).isalpha() else chr(code)
    for code in range(128)
} | {0: "u", ord("?"): "u"}

DIGIT_BEYOND = regex.compile(r"(?V1)[\p{Nd}--[0-9]]")
"""A digit that is not ASCII."""

_KEPT = 20_000
"""So many shapes are remembered, each some hundred bytes."""

_RUN = re.compile(r"[^ \n\t]+[ \n\t]*")
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


class Shapes:
    """Which of some patterns could match at a group of digits."""

    def __init__(self, patterns: Iterable[tuple[int, Any]]) -> None:
        self._automaton = Automaton(kinds)
        for index, tree in patterns:
            self._automaton.add(index, tree)
        self._every = tuple(self._automaton.owners)
        self._known: dict[str, tuple[int, ...]] = {}

    def __call__(self, text: str) -> Iterator[tuple[int, int, tuple[int, ...]]]:
        """Each group of digits of *text*, with the patterns whose matches could begin with it.

        Where a match begins there may be no digit yet: its first digit is in the group.
        """
        shape = f"  {shape_of(text)}  "
        known = self._known
        new = 8 + len(text) // 512  # to learn a shape takes time; what is not learnt is tried
        for cluster in _CLUSTER.finditer(shape):
            start, end = cluster.span()
            key = shape[start - 2 : end + 2]
            could = known.get(key)
            if could is None:
                new -= 1
                could = self._learn(key) if new >= 0 else self._every
            if could:
                yield start - 2, end - 2, could

    def tail(self, text: str) -> int:
        """Where the end of *text* begins that a match could begin in and go on after it."""
        shape = shape_of(text)
        for run in _RUN.finditer(shape):
            if self._automaton.is_open(shape, *run.span()):
                return run.start()
        return len(text)

    def _learn(self, key: str) -> tuple[int, ...]:
        cut = "0" in key[-2:] or key.count("0") >= _MOST
        could = tuple(self._automaton.could_match(key, "" if cut else NO_DIGIT))
        if len(self._known) >= _KEPT:
            self._known.clear()
        self._known[key] = could
        return could
