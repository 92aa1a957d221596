"""What a check is given, read where the policy is written."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterable
from typing import Any, ParamSpec, TypeVar

from .._check import Check
from .._errors import PolicyError

__all__ = [
    "allowed",
    "called",
    "in_place_of",
    "is_fine",
    "listed",
    "read_at_once",
    "score",
    "texts",
]

P = ParamSpec("P")
S = TypeVar("S")
T = TypeVar("T")


def in_place_of(
    make: Callable[..., Check[S]],
) -> Callable[[Callable[P, Check[S]]], Callable[P, Check[S]]]:
    """A factory that does more than *make*, and is documented and pickled as that is."""

    def wrap(read: Callable[P, Check[S]]) -> Callable[P, Check[S]]:
        functools.update_wrapper(read, make)
        vars(read)["__wrapped__"] = vars(make)["__wrapped__"]  # what a pickle looks for
        return read

    return wrap


def read_at_once(
    **readers: Callable[[Any], object],
) -> Callable[[Callable[P, Check[S]]], Callable[P, Check[S]]]:
    """A factory of checks whose parameters *readers* turn into what the check keeps.

    A reader raises `PolicyError` for what it cannot read, so that a mistake is seen where
    it is made.
    """

    def wrap(make: Callable[P, Check[S]]) -> Callable[P, Check[S]]:
        signature = inspect.signature(make)

        @in_place_of(make)
        def read(*args: P.args, **kwargs: P.kwargs) -> Check[S]:
            bound = signature.bind(*args, **kwargs)
            bound.apply_defaults()
            for name, reader in readers.items():
                bound.arguments[name] = reader(bound.arguments[name])
            return make(*bound.args, **bound.kwargs)

        return read

    return wrap


def called(name: str) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """What it is called in findings and records."""

    def rename(function: Callable[P, T]) -> Callable[P, T]:
        function.__name__ = name
        return function

    return rename


def listed(name: str, values: Iterable[T]) -> tuple[T, ...]:
    """What the parameter *name* was given, if that is several things."""
    if not isinstance(values, Iterable):
        raise PolicyError(f"{name}= takes several: write {name}=(...,)")
    return tuple(values)


def texts(name: str, values: object) -> tuple[str, ...]:
    """The same, where each is a text."""
    if isinstance(values, str):
        raise PolicyError(f'{name}= takes several: write {name}=("{values}",)')
    if not isinstance(values, Iterable):
        raise PolicyError(f"{name}= takes several: write {name}=(...,)")
    found = tuple(values)
    if not all(isinstance(each, str) and each for each in found):
        raise PolicyError(f"{name}= takes texts that are not empty")
    return found


def score(name: str, value: float) -> float:
    """What the parameter *name* was given, if that can be a score."""
    if isinstance(value, bool) or not (isinstance(value, int | float) and 0 <= value <= 1):
        raise PolicyError(f"{name}={value!r}: a score is a number from 0 to 1")
    return value


def allowed(
    name: str, fine: Iterable[str] | Callable[[str], bool]
) -> tuple[str, ...] | Callable[[str], bool]:
    """What the parameter *name* was given, if that is texts, or a function of a text."""
    return fine if callable(fine) else texts(name, fine)


def is_fine(fine: Iterable[str] | Callable[[str], bool], text: str) -> bool:
    """Whether *text* is among what is `allowed`."""
    return bool(fine(text)) if callable(fine) else text in fine
