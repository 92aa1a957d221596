"""The shape of one kind of secret, and how a match of it is read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, TypeAlias

from .filler import is_filler
from .randomness import entropy, in_words

__all__ = ["Read", "Secret", "Shape", "any_value", "drawn", "place", "varied"]


class Secret(NamedTuple):
    """Where a secret stands, what it is, and how sure that is."""

    start: int
    end: int
    kind: str
    score: float


class Shape(NamedTuple):
    """What secrets of one kind look like."""

    kind: str
    provider: str
    pattern: str
    """It has a bound. What is named ``v`` in it is the secret; without that, all of it is."""
    source: str
    """Who says that they look like this."""
    read: Callable[[Shape, Any], Secret | None]
    """What a match is: the secret, or nothing where it cannot be one."""


Read: TypeAlias = Callable[[Shape, Any], Secret | None]


def place(match: Any) -> tuple[int, int]:
    """Where the secret in *match* stands."""
    span: tuple[int, int] = match.span("v" if "v" in match.re.groupindex else 0)
    return span


def varied(shape: Shape, match: Any) -> Secret | None:
    """A value that is neither filler nor of a few letters only."""
    start, end = place(match)
    value = match.string[start:end]
    if is_filler(value) or entropy(value) < _LEAST:
        return None
    return Secret(start, end, shape.kind, 0.9)


def drawn(shape: Shape, match: Any) -> Secret | None:
    """A value that is not made of words either, as the names in a program are."""
    start, end = place(match)
    if in_words(match.string[start:end]) > _IN_WORDS * (end - start):
        return None
    return varied(shape, match)


def any_value(shape: Shape, match: Any) -> Secret | None:
    """Whatever matches: so narrow a shape nothing else has."""
    return Secret(*place(match), shape.kind, 0.9)


_LEAST = 2.5
"""Bits a character. Random letters and digits have above 3 from some twelve of them on."""

_IN_WORDS = 0.6
