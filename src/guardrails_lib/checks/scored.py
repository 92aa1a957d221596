"""What a function of the user's gives that knows better than a check: a score, and its cost."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, ParamSpec, TypeVar, cast

from .._callables import is_coroutine
from .._check import Check
from .._errors import PolicyError
from .._types import Reply, Usage
from .parameters import in_place_of

__all__ = ["cost", "function", "run_as_by_is", "score_in"]

P = ParamSpec("P")
S = TypeVar("S")


def function(given: object) -> object:
    """What ``by=`` was given, if that can be called, or is nothing."""
    if given is None or callable(given):
        return given
    raise PolicyError("by= is a function that gives a score from 0 to 1")


def run_as_by_is(
    later: Callable[..., Check[S]],
) -> Callable[[Callable[P, Check[S]]], Callable[P, Check[S]]]:
    """A factory of checks that call ``by=``: one is slow then, and *later* where that is async."""

    def wrap(make: Callable[P, Check[S]]) -> Callable[P, Check[S]]:
        @in_place_of(make)
        def read(*args: P.args, **kwargs: P.kwargs) -> Check[S]:
            made = make(*args, **kwargs)
            params = dict(made.params)
            by = params["by"]
            if by is None:
                return made
            if is_coroutine(cast("Callable[..., Any]", by)):
                return later(**params)
            return replace(made, slow=True)

        return read

    return wrap


def cost(given: object) -> Iterator[Usage]:
    """What it cost, where the function tells by giving a `Reply`."""
    if isinstance(given, Reply) and given.usage != Usage():
        yield given.usage


def score_in(given: object) -> float | str:
    """The score; or what is wrong, in words."""
    value = given.value if isinstance(given, Reply) else given
    if isinstance(value, BaseException) and not isinstance(value, Exception):
        raise value  # a cancellation is nobody's answer
    if isinstance(value, Exception):
        return "the function of by= failed"
    if isinstance(value, bool) or not isinstance(value, int | float):
        return "the function of by= gave no score from 0 to 1"
    if not (math.isfinite(value) and 0.0 <= value <= 1.0):
        return "the function of by= gave no score from 0 to 1"
    return float(value)
