"""What does not fit a schema, told to people and models: what was found, and what is allowed.

The words are those of the schema, cut where they are many; nothing is said of a value but its
kind, its length and its count.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import groupby, islice
from typing import Any

from ..._schema import MOST_TOLD, Wrong

__all__ = ["found", "told"]

_LONGEST = 200
_MOST_WORDS = 8
_UNSAID = "(...)"


def told(errors: Iterable[Any], value: object, names: Collection[str] | None) -> list[Wrong]:
    """What is wrong with *value*, in its order; of its keys only *names* are said.

    All keys are said if *names* is None.
    """
    wrong = dict.fromkeys(one for each in islice(errors, MOST_TOLD) for one in _wrongs(each))
    ordered = sorted(islice(wrong, MOST_TOLD), key=lambda each: _position(value, each.path))
    return [Wrong(_said_path(each.path, names), each.message) for each in ordered]


def _said_path(path: tuple[str | int, ...], names: Collection[str] | None) -> tuple[str | int, ...]:
    if names is None:
        return path
    return tuple(step if isinstance(step, int) or step in names else _UNSAID for step in path)


def _position(value: Any, path: Sequence[str | int]) -> list[int]:
    at = []
    for step in path:
        place = next((n for n, key in enumerate(value) if key == step), len(value))
        at.append(step if isinstance(step, int) else place)
        if at[-1] == len(value):  # it is missing
            break
        value = value[step]
    return at


def _wrongs(error: Any) -> Iterator[Wrong]:
    """What one error of `jsonschema` says, without its message: that quotes the value."""
    path = tuple(error.absolute_path)
    say = _MESSAGES.get(error.validator)
    if error.context:
        yield _nearest(error, path)
    elif error.schema is not False and error.validator == "required":
        for name in error.validator_value:
            if name not in error.instance:
                yield Wrong((*path, name), _missing(name, error.schema))
    elif say is None or error.schema is False:
        yield Wrong(path, f"found {found(error.instance)}; nothing is allowed here")
    else:
        yield Wrong(path, say(error.validator_value, error.instance, error.schema))


def _nearest(error: Any, path: tuple[str | int, ...]) -> Wrong:
    """What is wrong in the branch that the value most likely was meant for."""
    branches = [
        list(each) for _, each in groupby(error.context, key=lambda one: one.schema_path[0])
    ]
    heads = [each[0] for each in branches if _is_about_kind(each[0])]
    if len(heads) == len(branches):
        kinds = dict.fromkeys(kind for each in heads for kind in _list(each.validator_value))
        return Wrong(path, f"found {found(error.instance)}; allowed: {_or(kinds)}")
    first = min(branches, key=_distance)[0]
    inner = next(_wrongs(first))
    many = len(error.validator_value)
    return Wrong(
        inner.path,
        f"{inner.message}; it fits none of {many} alternatives, and this is the nearest",
    )


def _is_about_kind(error: Any) -> bool:
    return error.validator == "type" and not error.path


def _distance(branch: Sequence[Any]) -> tuple[bool, bool, int]:
    """How far the value is from a branch: another kind, another tag, so many errors."""
    return (
        any(map(_is_about_kind, branch)),
        any(each.validator in {"const", "enum"} and len(each.path) <= 1 for each in branch),
        len(branch),
    )


def found(value: object) -> str:
    """The kind of *value*, and nothing else of it."""
    if value is None:
        return "null"
    for kind, name in _KINDS:
        if isinstance(value, kind):
            return name
    return f"a value of type {type(value).__name__}"


_KINDS: tuple[tuple[type, str], ...] = (
    (bool, "a boolean"),
    (str, "a string"),
    (int, "an integer"),
    (float, "a number"),
    (dict, "an object"),
    (list, "an array"),
)


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _written(value: object) -> str:
    try:
        text = json.dumps(value, ensure_ascii=False)
    except ValueError:  # Python writes no number of so many digits
        return "a number too long to be written"
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}..."


def _or(words: Iterable[object]) -> str:
    return " or ".join(map(str, words))


def _some(values: Collection[Any]) -> str:
    """The first few of *values*, and how many there are."""
    shown: list[str] = []
    for each in islice(values, _MOST_WORDS):
        if sum(map(len, shown)) > _LONGEST:
            break
        shown.append(_written(each))
    more = len(values) - len(shown)
    return ", ".join(shown) + (f" and {more:,} more" if more else "")


def _count(many: int, what: str) -> str:
    one, several = _COUNTED[what]
    return f"{many:,} {one if many == 1 else several}"


_COUNTED = {
    "string": ("character", "characters"),
    "array": ("item", "items"),
    "object": ("property", "properties"),
}
_OF = {"string": "a string", "array": "an array", "object": "an object"}

Say = Callable[[Any, Any, Any], str]


def _size(what: str, bound: str) -> Say:
    def say(limit: Any, value: Any, _: object) -> str:
        return (
            f"found {_OF[what]} of {_count(len(value), what)}; allowed: {bound} {_written(limit)}"
        )

    return say


def _number(bound: str, exclusive: str = "") -> Say:
    def say(limit: Any, value: Any, schema: Mapping[str, Any]) -> str:
        least = {"at least": "exclusiveMinimum", "at most": "exclusiveMaximum"}.get(bound, "")
        words = exclusive if schema.get(least) is True else bound  # so draft 4 has it
        return f"found {found(value)} out of range; allowed: {words} {_written(limit)}"

    return say


def _missing(name: str, schema: Mapping[str, Any]) -> str:
    """What is said of a property that is not there."""
    properties = schema.get("properties", {})
    part = properties.get(name) if isinstance(properties, dict) else None
    said = "it is missing, and required"
    if isinstance(part, dict) and isinstance(part.get("enum"), list):
        return f"{said}; allowed: {_some(part['enum'])}"
    if isinstance(part, dict) and "type" in part:
        return f"{said}; allowed: {_or(_list(part['type']))}"
    return said


def _dependent(dependencies: Any, value: Any, _: object) -> str:
    said = [
        f"{_written(name)} needs {_some(missing)}"
        for name, needed in dependencies.items()
        if name in value
        and isinstance(needed, list)
        and (missing := [each for each in needed if each not in value])
    ]
    return f"found an object that lacks what a property of it needs: {'; '.join(said)}"


def _extra(_: object, value: Any, schema: Mapping[str, Any]) -> str:
    known = schema.get("properties", {})
    patterns = list(schema.get("patternProperties", ()))
    others = sum(name not in known for name in value)
    allowed = f"; allowed: {_some(list(known))}" if known else ""
    if patterns:
        return f"found properties that are not allowed{allowed}; or what matches {_some(patterns)}"
    verb = "is" if others == 1 else "are"
    return f"found {_count(others, 'object')} that {verb} not allowed{allowed}"


def _items(_: object, value: Any, schema: Mapping[str, Any]) -> str:
    first = schema.get("prefixItems", schema.get("items", ()))
    most = len(first) if isinstance(first, list) else 0
    return f"found an array of {_count(len(value), 'array')}; allowed: at most {most}"


def _contains(_: object, value: Any, schema: Mapping[str, Any]) -> str:
    least, most = schema.get("minContains", 1), schema.get("maxContains")
    bound = f"at least {least}" + (f" and at most {most}" if most is not None else "")
    return f"found an array of {_count(len(value), 'array')}; {bound} must fit `contains`"


def _kind(said: Any, value: Any, _: object) -> str:
    return f"found {found(value)}; allowed: {_or(_list(said))}"


def _choice(said: Any, value: Any, _: object) -> str:
    return f"found another {found(value).removeprefix('an ').removeprefix('a ')}; allowed: " + (
        _some(said)
    )


def _format(said: str, *_: object) -> str:
    example = _EXAMPLES.get(said)
    such = f", such as {example}" if example else ""
    return f"found a string of another format; allowed: {_written(said)}{such}"


_EXAMPLES = {
    "date": "2026-03-14",
    "date-time": "2026-03-14T09:26:53Z",
    "duration": "P3DT4H",
    "email": "name@example.com",
    "time": "09:26:53Z",
    "uri": "https://www.example.com/page",
    "uuid": "123e4567-e89b-12d3-a456-426614174000",
}

_MESSAGES: dict[str | None, Say] = {
    "type": _kind,
    "enum": _choice,
    "const": lambda said, value, schema: _choice([said], value, schema),
    "minimum": _number("at least", "more than"),
    "maximum": _number("at most", "less than"),
    "exclusiveMinimum": _number("more than"),
    "exclusiveMaximum": _number("less than"),
    "multipleOf": lambda said, value, _: (
        f"found {found(value)} that is none; allowed: multiples of {_written(said)}"
    ),
    "minLength": _size("string", "at least"),
    "maxLength": _size("string", "at most"),
    "minItems": _size("array", "at least"),
    "maxItems": _size("array", "at most"),
    "minProperties": _size("object", "at least"),
    "maxProperties": _size("object", "at most"),
    "pattern": lambda said, *_: (
        f"found a string that does not match; allowed: the pattern {_written(said)}"
    ),
    "format": _format,
    "dependentRequired": _dependent,
    "dependencies": _dependent,
    "additionalProperties": _extra,
    "unevaluatedProperties": lambda *_: (
        "found properties that no part of the schema speaks of; allowed: those it names"
    ),
    "items": _items,
    "additionalItems": _items,
    "unevaluatedItems": lambda *_: (
        "found items that no part of the schema speaks of; allowed: those it names"
    ),
    "contains": _contains,
    "minContains": _contains,
    "maxContains": _contains,
    "uniqueItems": lambda *_: "found an array with an item twice; allowed: each item once",
    "not": lambda *_: "found what is not allowed: it fits the schema under `not`",
    "oneOf": lambda said, *_: (
        f"found what fits several of {len(said)} alternatives; allowed: exactly one"
    ),
    "anyOf": lambda said, *_: f"found what fits none of {len(said)} alternatives",
}
"""What is said of each keyword that a value does not fit."""
