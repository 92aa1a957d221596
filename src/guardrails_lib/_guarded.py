"""What a guarded function tells of itself."""

from __future__ import annotations

import enum
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ._errors import PolicyError

__all__ = ["Guarded", "Shape", "guarded_as", "shape_of"]


class Shape(enum.Enum):
    """In which of four ways a function is called."""

    CALL = "a function"
    ACALL = "a coroutine function"
    STREAM = "a generator"
    ASTREAM = "an async generator"

    def __repr__(self) -> str:
        return str(self)


@dataclass(frozen=True, slots=True)
class Guarded:
    """How a function is guarded."""

    shape: Shape
    guard: Any = None
    """The `Guard`; None, where a flow put several together."""
    fn: Callable[..., Any] | None = None
    """The function behind it."""


def guarded_as(fn: Callable[..., Any]) -> Guarded:
    """How *fn* is guarded; `PolicyError` if it is not."""
    found: object = getattr(fn, "__guarded__", None)
    if isinstance(found, Guarded):
        return found
    name = getattr(fn, "__qualname__", type(fn).__name__)
    raise PolicyError(f"{name} is not guarded: put @guard(policy) before it")


def shape_of(*fns: Callable[..., Any]) -> Shape:
    """The one shape that all of *fns* have; `PolicyError` if they have several."""
    shapes = [guarded_as(fn).shape for fn in fns]
    if len(set(shapes)) > 1:
        told = ", ".join(
            f"{getattr(fn, '__qualname__', type(fn).__name__)} is {shape.value}"
            for fn, shape in zip(fns, shapes, strict=True)
        )
        raise PolicyError(f"functions of one flow are all of one kind, and {told}")
    return shapes[0]
