"""Values without parts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NoReturn

from ...hypotheses import st
from .drawing import Drawing, Refused

__all__ = ["Leaf"]

_TRIES = 4


class Leaf:
    """Values of a strategy that are what they should be."""

    def __init__(
        self,
        strategy: st.SearchStrategy[Any],
        values: tuple[Any, ...] | None = None,
        is_one: Callable[[Any], bool] = lambda _: True,
    ) -> None:
        strategy.validate()  # what it must make ready takes long, and is no part of a test
        self.values = values
        self._strategy = strategy
        self._is_one = is_one

    def height(self) -> float:
        """They have no depth."""
        return 0

    def missing(self) -> NoReturn:
        """There are some."""
        raise AssertionError

    def draw(self, drawing: Drawing, *, spare: bool) -> object:
        """One of them."""
        del spare
        for _ in range(_TRIES):
            value = drawing.one(self._strategy)
            if self._is_one(value):
                return value
        raise Refused
