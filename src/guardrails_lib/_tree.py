"""The strings inside nested data, each with its path; and the same data with some replaced.

Nested data is mappings, lists, tuples, sets, dataclasses and pydantic models, in each other.
"""

from __future__ import annotations

import copy
import enum
from collections import ChainMap, deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any, TypeVar

__all__ = ["fixed", "is_record", "keys", "nodes", "opaque", "put", "replaced", "steps", "strings"]

T = TypeVar("T")

DEEPEST = 1000
"""How deep data may be nested: as deep as JSON can be read."""
MOST = 5_000_000
"""How many values there may be: ten lists, each ten times in the next, are ten billion."""

_LISTS = (list, tuple, set, frozenset, deque)
_ATOMS = frozenset({str, int, float, bool, bytes, type(None)})
_WRITTEN = frozenset(
    {"datetime", "decimal", "fractions", "uuid", "pathlib", "ipaddress", "pydantic.networks"}
)
"""Modules whose values are what `str` writes of them."""


def strings(value: object, path: str = "") -> Iterator[tuple[str, str]]:
    """Each string in *value*; keys are not values.

    >>> list(strings({"to": ["a", 1, "b"]}))
    [('.to[0]', 'a'), ('.to[2]', 'b')]
    """
    for place, each in nodes(value, path):
        if isinstance(each, str) and not isinstance(each, enum.Enum):
            yield place, each


def keys(value: object) -> Iterator[str]:
    """Each key in *value* that is a string; the fields of a record are no keys.

    >>> list(keys({"to": [{"name": "a"}]}))
    ['to', 'name']
    """
    for _, each in nodes(value):
        if isinstance(each, Mapping):
            yield from (key for key in each if isinstance(key, str))
        elif is_record(each):
            yield from _extra(each)


def fixed(value: object, path: str = "") -> Iterator[tuple[str, str]]:
    """Each number, date or member of an Enum in *value*, as it is written, keys too.

    A text cannot stand in its place.

    >>> list(fixed({"to": ["a", 1, True]}))
    [('.to[1]', '1')]
    """
    for place, each in nodes(value, path):
        text = _written(each)
        if text is not None:
            yield place, text
        elif isinstance(each, Mapping):
            for key in each:
                if not isinstance(key, str):
                    yield from ((place, text) for _, text in (*strings(key), *fixed(key)))


def opaque(value: object, path: str = "") -> Iterator[str]:
    """The path of all in *value* that cannot be read: bytes, files, objects, such keys.

    A data URL is looked at as it is written; what it stands for is not.

    >>> list(opaque({"to": ["a", b"1"]}))
    ['.to[1]']
    """
    for place, each in nodes(value, path):
        if isinstance(each, str):
            if each[:5].lower() == "data:" and ";base64," in each[:200].lower():
                yield f"{place}.base64"
        elif _is_nested(each):
            if isinstance(each, Mapping) and any(True for key in each for _ in _opaque_in(key)):
                yield f"{place}.keys()"
            if _has_attributes(each):
                yield f"{place}.vars()"
        elif not (each is None or isinstance(each, bool) or _written(each) is not None):
            yield place


def _opaque_in(key: object) -> Iterator[str]:
    return iter(()) if isinstance(key, str) else opaque(key)


def _has_attributes(value: object) -> bool:
    """Whether a container holds more than its items: one of a kind of dict or list."""
    held = getattr(value, "__dict__", None)
    return isinstance(value, (dict, *_LISTS)) and bool(held) and held is not value


def replaced(value: T, texts: Mapping[str, str], path: str = "") -> T:
    """*value* with the strings at the paths of *texts* replaced, all else kept.

    >>> replaced({"to": ["a", 1]}, {".to[0]": "z"})
    {'to': ['z', 1]}
    """
    new = {place: texts[place] for place, _ in strings(value, path) if place in texts}
    return put(value, new, path) if new else value


def put(
    value: T, new: Mapping[str, object], path: str = "", *, names: Mapping[str, str] | None = None
) -> T:
    """*value* with *new* at its paths, whatever is there, and other *names* for keys.

    >>> put({"to": ["a", 1]}, {".to": "z"}, names={"to": "from"})
    {'from': 'z'}
    """
    names = names or {}
    built: list[object] = []  # from the last to the first, so that children come before parents
    for place, each in reversed([*nodes(value, path)]):
        before = [inner for _, inner in steps(each)]
        inside = [built.pop() for _ in before]
        if place in new:
            built.append(new[place])
        elif names and isinstance(each, Mapping) and any(key in names for key in each):
            built.append(_mapping_like(each, [names.get(key, key) for key in each], inside))
        elif all(one is other for one, other in zip(before, inside, strict=True)):
            built.append(each)
        else:
            built.append(_like(each, inside))
    return built[0]  # type: ignore[return-value]  # it is like the value


def nodes(value: object, path: str = "") -> Iterator[tuple[str, object]]:
    """*value* and all that is in it; ValueError if there is no end to it."""
    waiting = [(path, value, 0)]
    count = 0
    while waiting:
        place, each, depth = waiting.pop()
        yield place, each
        if type(each) in _ATOMS:
            continue
        inside = [(place + step, inner, depth + 1) for step, inner in steps(each)]
        count += len(inside)
        if inside and depth == DEEPEST:  # what holds itself has no depth at all
            raise ValueError(f"it is nested more than {DEEPEST:,} deep, or holds itself")
        if count > MOST:
            raise ValueError(f"it holds more than {MOST:,} values")
        waiting += reversed(inside)


def is_record(value: object) -> bool:
    """Whether *value* is a dataclass or a pydantic model, and no class."""
    return not isinstance(value, type) and (is_dataclass(value) or _is_model(value))


def _is_model(value: object) -> bool:
    return hasattr(value, "__pydantic_fields_set__")


def _is_nested(value: object) -> bool:
    return isinstance(value, (*_LISTS, Mapping)) or is_record(value)


def _written(value: object) -> str | None:
    """What *value* is written as, if it is something like a number."""
    if isinstance(value, enum.Enum):
        return value.value if isinstance(value.value, str) else _written(value.value)
    if isinstance(value, str | bool):
        return None
    if not isinstance(value, int | float | complex) and not any(
        each.__module__ in _WRITTEN for each in type(value).__mro__
    ):
        return None
    try:
        return str(value)
    except ValueError:  # Python writes no number of so many digits
        return None


def steps(value: Any) -> Iterable[tuple[str, object]]:
    """What is in *value*, each with the step that leads there."""
    if type(value) in _ATOMS:
        return ()
    if isinstance(value, Mapping):
        return [(_step(key, n), inner) for n, (key, inner) in enumerate(value.items())]
    if isinstance(value, _LISTS):
        return [(f"[{n}]", inner) for n, inner in enumerate(value)]
    if is_record(value):
        held = _held(value)
        more = _extra(value)
        named = [(f".{name}", inner) for name, inner in held.items()]
        return named + [
            (f"[{n}]" if key in held else _step(key, n), inner)
            for n, (key, inner) in enumerate(more.items())
        ]
    return ()


def _step(key: object, place: int) -> str:
    if isinstance(key, str) and key.isidentifier():
        return f".{str.__str__(key)}"  # a member of an Enum is written as its value
    return f"[{place}]"


def _held(value: Any) -> dict[str, object]:
    """The attributes of a record: its fields, and what else was put there or cached."""
    named = [each.name for each in fields(value)] if is_dataclass(value) else []
    held = {name: getattr(value, name) for name in named if hasattr(value, name)}
    return {**held, **getattr(value, "__dict__", {})}


def _extra(value: Any) -> dict[str, object]:
    """What a pydantic model holds that is none of its fields."""
    return getattr(value, "__pydantic_extra__", None) or {}


def _like(value: Any, inside: list[object]) -> object:
    """*value* holding what is *inside* instead."""
    make: Any = type(value)
    if isinstance(value, Mapping):
        return _mapping_like(value, value, inside)
    if is_record(value):
        return _record_like(value, inside)
    if make in {list, tuple, set, frozenset}:
        return make(inside)
    if hasattr(value, "_fields"):
        return make(*inside)
    if isinstance(value, list | deque):
        new = copy.copy(value)
        new.clear()
        new.extend(inside)
        return new
    return make(inside)


def _mapping_like(
    value: Mapping[Any, object], names: Iterable[Any], inside: Iterable[object]
) -> object:
    """A mapping such as *value*, of *names* and what is *inside*."""
    make: Any = type(value)
    items = dict(zip(names, inside, strict=True))
    if make is dict:
        return items
    if isinstance(value, ChainMap) or getattr(value, "__dict__", None) is value:
        return make(items)  # a copy would hold the old ones, too: in other maps, as attributes
    try:  # one that holds more than its items, such as a default; its items are not copied
        new: Any = copy.deepcopy(value, {id(each): each for each in (*value, *value.values())})
        if list(items) != list(value):
            new.clear()
        for key, each in items.items():
            new[key] = each
    except (TypeError, AttributeError):  # one that cannot be copied, or does not change
        return _made_anew(make, items)
    return new


def _made_anew(make: Any, items: dict[Any, object]) -> object:
    try:
        return make(items)
    except TypeError:
        raise TypeError(
            f"nothing in a {make.__name__} can be replaced: it can be neither copied and changed "
            "nor made of a dict; give its items as a dict"
        ) from None


def _record_like(value: Any, inside: list[object]) -> object:
    """A copy that is not made anew, so that nothing checks, changes or forgets its values."""
    new = copy.copy(value)
    held = _held(value)
    for name, each in zip(held, inside, strict=False):
        if each is not held[name]:
            object.__setattr__(new, name, each)
    extra = zip(_extra(value), inside[len(held) :], strict=True)
    if extra_now := dict(extra):
        object.__setattr__(new, "__pydantic_extra__", extra_now)
    return new
