"""What is reckoned once, when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

__all__ = ["once"]

T = TypeVar("T")


class once(Generic[T]):  # noqa: N801  # it is a decorator, as `property` is
    """`functools.cached_property` without its lock, which takes longer than what it guards.

    Two threads may both reckon what is the same for both.
    """

    def __init__(self, reckon: Callable[[Any], T]) -> None:
        self._reckon = reckon
        self._name = reckon.__name__
        self.__doc__ = reckon.__doc__

    def __get__(self, holder: object, kind: type) -> T:
        value: T = self._reckon(holder)
        holder.__dict__[self._name] = value
        return value
