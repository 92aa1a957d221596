"""The strings inside nested data, each with its path; and the same data with some replaced."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeVar

__all__ = ["keys", "replaced", "strings"]

T = TypeVar("T")


def strings(value: object, path: str = "") -> Iterator[tuple[str, str]]:
    """Each string in *value*; keys are not values.

    >>> list(strings({"to": ["a", 1, "b"]}))
    [('.to[0]', 'a'), ('.to[2]', 'b')]
    """
    if isinstance(value, str):
        yield path, value
    else:
        for step, inner in _steps(value):
            yield from strings(inner, path + step)


def keys(value: object) -> Iterator[str]:
    """Each key in *value* that is a string.

    >>> list(keys({"to": [{"name": "a"}]}))
    ['to', 'name']
    """
    if isinstance(value, Mapping):
        yield from (key for key in value if isinstance(key, str))
    for _, inner in _steps(value):
        yield from keys(inner)


def replaced(value: T, texts: Mapping[str, str], path: str = "") -> T:
    """*value* with the strings at the paths of *texts* replaced, all else kept.

    >>> replaced({"to": ["a", 1]}, {".to[0]": "z"})
    {'to': ['z', 1]}
    """
    if isinstance(value, str):
        return texts.get(path, value)  # type: ignore[return-value]  # a str for a str
    new = [replaced(inner, texts, path + step) for step, inner in _steps(value)]
    if isinstance(value, Mapping):
        made = dict(zip(value, new, strict=True))
        return type(value)(made)  # type: ignore[call-arg]  # a mapping is made from a dict
    if isinstance(value, list | tuple):
        return type(value)(new)
    return value


def _steps(value: object) -> Iterator[tuple[str, object]]:
    if isinstance(value, Mapping):
        for place, (key, inner) in enumerate(value.items()):
            named = isinstance(key, str) and key.isidentifier()
            yield (f".{key}" if named else f"[{place}]"), inner
    elif isinstance(value, list | tuple):
        for place, inner in enumerate(value):
            yield f"[{place}]", inner
