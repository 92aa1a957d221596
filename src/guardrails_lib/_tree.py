"""The strings inside nested data, each with its path; and the same data with some replaced."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

__all__ = ["keys", "replaced", "strings"]

T = TypeVar("T")


def strings(value: object, path: str = "") -> Iterator[tuple[str, str]]:
    """Each string in *value*; keys are not values.

    >>> list(strings({"to": ["a", 1, "b"]}))
    [('.to[0]', 'a'), ('.to[2]', 'b')]
    """
    for place, each in _nodes(value, path):
        if isinstance(each, str):
            yield place, each


def keys(value: object) -> Iterator[str]:
    """Each key in *value* that is a string.

    >>> list(keys({"to": [{"name": "a"}]}))
    ['to', 'name']
    """
    for _, each in _nodes(value, ""):
        if isinstance(each, Mapping):
            yield from (key for key in each if isinstance(key, str))


def replaced(value: T, texts: Mapping[str, str], path: str = "") -> T:
    """*value* with the strings at the paths of *texts* replaced, all else kept.

    >>> replaced({"to": ["a", 1]}, {".to[0]": "z"})
    {'to': ['z', 1]}
    """
    built: list[object] = []  # from the last to the first, so that children come before parents
    for place, each in reversed([*_nodes(value, path)]):
        if isinstance(each, str):
            built.append(texts.get(place, each))
        else:
            inside = [built.pop() for _ in _steps(each)]
            built.append(_like(each, inside))
    return built[0]  # type: ignore[return-value]  # it is like the value


def _like(value: object, inside: list[object]) -> object:
    """*value* holding what is *inside* instead."""
    make: Any = type(value)
    if isinstance(value, Mapping):
        return make(dict(zip(value, inside, strict=True)))
    if isinstance(value, list | tuple):
        return make(*inside) if hasattr(value, "_fields") else make(inside)
    return value


def _nodes(value: object, path: str) -> Iterator[tuple[str, object]]:
    """*value* and all that is in it, however deep."""
    waiting = [(path, value)]
    while waiting:
        place, each = waiting.pop()
        yield place, each
        if not isinstance(each, str):
            waiting += [(place + step, inner) for step, inner in reversed([*_steps(each)])]


def _steps(value: object) -> Iterator[tuple[str, object]]:
    if isinstance(value, Mapping):
        for place, (key, inner) in enumerate(value.items()):
            named = isinstance(key, str) and key.isidentifier()
            yield (f".{key}" if named else f"[{place}]"), inner
    elif isinstance(value, list | tuple):
        for place, inner in enumerate(value):
            yield f"[{place}]", inner
