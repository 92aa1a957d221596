"""Which mutant is alive, and which of the functions that have mutants are called."""

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeAlias

__all__ = ["Mutants", "switched"]

Mutants: TypeAlias = dict[str, Callable[..., Any]]
"""The mutants of one function by name, and what it was."""

alive = ""
"""The module and name of a mutant; none is the code as it is."""

called: set[str] = set()
"""The functions that were called, or whose mutant was."""


def switched(
    mutants: Mutants, is_classmethod: bool = False
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """A decorator: each call goes to the mutant that is alive, or to what the function was."""

    def around(function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **options: Any) -> Any:
            was = mutants["_mutmut_orig"]
            called.add(f"{function.__module__}.{was.__name__.removesuffix('__mutmut_orig')}")
            module, _, name = alive.rpartition(".")
            chosen = mutants.get(name, was) if module == function.__module__ else was
            if is_classmethod:  # it is bound already
                return chosen(*args[1:], **options)
            return chosen(*args, **options)

        if not inspect.isgeneratorfunction(function):
            return wraps(function)(call)

        @wraps(function)
        def generate(*args: Any, **options: Any) -> Any:
            return (yield from call(*args, **options))

        return generate

    return around
