"""One value that is drawn: what is left to be spent on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeVar

from ...hypotheses import st

if TYPE_CHECKING:
    from .node import Node

__all__ = ["Drawing", "Refused", "Spent"]

T = TypeVar("T")

_PARTS = 60
"""A value has about so many parts; what must be there is there all the same."""
_AGAIN = 2
"""So often a part may be within itself before one spares."""
_DEEPEST = 60
"""So deep a value is at most."""
_TRIES = 8
_FAILED = 16
"""So many parts of one value may fail to be what they should."""


class Refused(Exception):
    """What was drawn does not fit; the message says where."""


class Spent(Exception):
    """Too much of one value failed; the message says where."""


class Drawing:
    """The parts of one value, drawn one by one."""

    def __init__(self, draw: st.DrawFn) -> None:
        self._draw = draw
        self._left = _PARTS
        self._failed = 0
        self._within: Counter[Node] = Counter()

    def one(self, strategy: st.SearchStrategy[T]) -> T:
        """A value of *strategy*."""
        return self._draw(strategy)

    def of(self, values: Sequence[T]) -> T:
        """One of *values*."""
        return self._draw(st.sampled_from(values))

    def more(self) -> bool:
        """Whether there shall be one more of what need not be."""
        return self._left > 0 and self._draw(st.booleans())

    def part(self, node: Node, *, spare: bool) -> object:
        """A value of *node*, the least deep if one should *spare*."""
        self._left -= 1
        spare = spare or self._left <= 0 or self._within[node] >= _AGAIN
        if self._within.total() >= _DEEPEST:
            raise Refused(node.name)
        self._within[node] += 1
        try:
            return self._tried(node, spare=spare)
        finally:
            self._within[node] -= 1

    def _tried(self, node: Node, *, spare: bool) -> object:
        options = node.possible(spare=spare)
        first = self.of(range(len(options))) if len(options) > 1 else 0
        where = node.name
        for count in range(max(_TRIES, len(options))):
            option, unsure = options[(first + count) % len(options)]
            try:
                value = option.draw(self, spare=spare)
            except Refused as problem:
                where = str(problem) or node.name
                self._fail(where)
                continue
            if not unsure or node.fits(value):
                return value
            where = node.name
            self._fail(where)
        raise Refused(where)

    def _fail(self, where: str) -> None:
        self._failed += 1
        if self._failed > _FAILED:
            raise Spent(where)
