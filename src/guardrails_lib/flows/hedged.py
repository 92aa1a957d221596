"""The same call twice, where the first takes long."""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from .._errors import PolicyError
from .._guarded import Shape
from .araced import acall_raced, astream_raced
from .raced import call_raced, stream_raced
from .shapes import as_called, shape_of_all
from .time_left import some_seconds

__all__ = ["hedged"]

P = ParamSpec("P")
T = TypeVar("T")

_FORMS = {
    Shape.CALL: call_raced,
    Shape.ACALL: acall_raced,
    Shape.STREAM: stream_raced,
    Shape.ASTREAM: astream_raced,
}


def hedged(call: Callable[P, T], *, after: float = 0.5, most: int = 2) -> Callable[P, T]:
    """*call*, made again whenever *after* seconds have passed, until one ends; *most* in all.

    The first outcome is given, whichever it is; an error only if every call raised one, and
    then the first. A stream wins that is the first to show something. The others are cancelled
    or closed. In threads they cannot be: they end in their own time, and what they give is
    dropped. Each call is paid for: the record has a step for each, and those that were
    overtaken have an event ``failed``.
    """
    some_seconds(after, "after")
    if not (isinstance(most, int) and most >= 2):
        raise PolicyError(f"most={most!r}: it takes a number, at least 2")
    shape = shape_of_all([call])
    return as_called(call, _FORMS[shape](call, after, most), shape)
