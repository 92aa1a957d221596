"""A flow, called as the functions are that it is made of."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import Any, ParamSpec, TypeVar

from .._errors import PolicyError
from .._guarded import Guarded, Shape, shape_of
from .adriven import acalled, astreamed
from .driven import called, streamed
from .effects import Begin
from .time_left import some_seconds

__all__ = ["as_called", "flowing", "shape_of_all"]

P = ParamSpec("P")
T = TypeVar("T")

_FORMS = {
    Shape.CALL: called,
    Shape.ACALL: acalled,
    Shape.STREAM: streamed,
    Shape.ASTREAM: astreamed,
}


def flowing(
    calls: Sequence[Callable[P, T]], begin: Begin, seconds: float | None = None
) -> Callable[P, T]:
    """A function that is called as *calls* are, and does what the flow says."""
    shape = shape_of_all(calls)
    some_seconds(seconds, "seconds")
    return as_called(calls[0], _FORMS[shape](begin, seconds), shape)


def shape_of_all(calls: Sequence[Callable[..., Any]]) -> Shape:
    """The shape of *calls*; `PolicyError` where there are none."""
    if not calls:
        raise PolicyError("a flow is made of guarded functions: give it at least one")
    return shape_of(*calls)


def as_called(call: Callable[P, T], made: Callable[..., Any], shape: Shape) -> Callable[P, T]:
    """*made*, with the name and the signature of *call*."""
    flow: Any = functools.wraps(call)(made)
    flow.__guarded__ = Guarded(shape)
    return flow  # type: ignore[no-any-return]  # wraps() lost what the signature is
