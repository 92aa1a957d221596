"""What a check is given, read where the policy is written."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

from .._check import Check

__all__ = ["read_at_once"]

P = ParamSpec("P")
S = TypeVar("S")


def read_at_once(
    **readers: Callable[[Any], object],
) -> Callable[[Callable[P, Check[S]]], Callable[P, Check[S]]]:
    """A factory of checks whose parameters *readers* turn into what the check keeps.

    A reader raises `PolicyError` for what it cannot read, so that a mistake is seen where
    it is made.
    """

    def wrap(make: Callable[P, Check[S]]) -> Callable[P, Check[S]]:
        signature = inspect.signature(make)

        @functools.wraps(make)
        def read(*args: P.args, **kwargs: P.kwargs) -> Check[S]:
            bound = signature.bind(*args, **kwargs)
            bound.apply_defaults()
            for name, reader in readers.items():
                bound.arguments[name] = reader(bound.arguments[name])
            return make(*bound.args, **bound.kwargs)

        read.__wrapped__ = make.__wrapped__  # type: ignore[attr-defined]  # what a pickle looks for
        return read

    return wrap
