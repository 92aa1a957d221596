"""Whether an outcome or an error is one of those that ``on=`` names."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias, TypeVar

from .._errors import PolicyError

__all__ = ["On", "naming"]

X = TypeVar("X")

On: TypeAlias = type[Any] | tuple[type[Any], ...] | Callable[[X], bool]


def naming(
    on: On[Any], of: type | tuple[type, ...], never: tuple[type, ...]
) -> Callable[[Any], bool]:
    """Whether something is what *on* says: types that are kinds *of* something, or a function.

    What is one of *never* is not, unless *on* names that type or a kind of it.
    """
    if isinstance(on, type):
        on = (on,)
    if not isinstance(on, tuple):
        if not callable(on):
            raise PolicyError(f"on={on!r}: it takes types, or a function that gives a bool")
        asked = on
        return lambda found: not isinstance(found, never) and bool(asked(found))
    for kind in on:
        if not (isinstance(kind, type) and issubclass(kind, of)):
            wanted = of if isinstance(of, tuple) else (of,)
            names = ", ".join(each.__name__ for each in wanted)
            raise PolicyError(f"on=: {kind!r} is no type of these: {names}")
    outright = tuple(kind for kind in on if issubclass(kind, never))
    kinds = on
    return lambda found: isinstance(found, outright if isinstance(found, never) else kinds)
