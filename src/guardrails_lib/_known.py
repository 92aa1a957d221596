"""What a check is known to find, and what it is known to leave alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from ._values import code, pretty

__all__ = ["Known"]

S = TypeVar("S")


@dataclass(frozen=True, slots=True, repr=False, init=False)
class Known(Generic[S]):
    """Samples of a check: in each of *bad* it finds something, in none of *good*.

    >>> Known(bad=["my pin is 1234"], good=["my pin is safe"])
    Known(bad=('my pin is 1234',), good=('my pin is safe',))
    """

    bad: tuple[S, ...] = ()
    good: tuple[S, ...] = ()
    why: str = ""
    """Why there are none, where a check cannot have any."""

    __repr__ = code
    _repr_pretty_ = pretty

    def __init__(self, bad: Iterable[S] = (), good: Iterable[S] = (), why: str = "") -> None:
        for name, given in (("bad", bad), ("good", good)):
            if isinstance(given, str):
                raise TypeError(f"{name}= takes a list of samples: write {name}=[...]")
            object.__setattr__(self, name, tuple(given))
        object.__setattr__(self, "why", why)
