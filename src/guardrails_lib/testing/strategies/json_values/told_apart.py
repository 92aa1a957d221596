"""When two values of JSON are the same."""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["is_among", "told_apart"]


def told_apart(value: object) -> object:
    """What equals that of another value if JSON Schema says that the two are equal: 1 is 1.0."""
    if isinstance(value, dict):
        return frozenset((key, told_apart(each)) for key, each in value.items())
    if isinstance(value, list):
        return tuple(map(told_apart, value))
    return (value,) if isinstance(value, bool) else value


def is_among(value: object, others: Iterable[object]) -> bool:
    """Whether one of *others* is the same as *value*."""
    return told_apart(value) in map(told_apart, others)
