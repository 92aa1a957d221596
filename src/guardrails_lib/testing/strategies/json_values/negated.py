"""What fits where a schema does not: the ways in which a value fails it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from .shape import KINDS

__all__ = ["failings"]


def failings(said: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Schemas of values that do not fit what is *said*, but for what leads to other schemas.

    Where no schema can say it, it is one of values that may fail: see `Shape.unsure`.

    >>> list(failings({"minLength": 1}))
    [{'type': 'string', 'maxLength': 0}]
    """
    for word, value in said.items():
        if word in _TURNED:
            kind, other, more = _TURNED[word]
            yield {"type": kind, other: value + more}
        elif word in _OF_ONE:
            yield {"type": _OF_ONE[word], **_ENOUGH.get(word, {})}
        elif word == "type":
            names = [value] if isinstance(value, str) else value
            yield {"type": [each for each in KINDS if each not in names]}
        elif word in {"const", "enum"}:
            yield {}
        elif word in _OF_PARTS:
            yield from _OF_PARTS[word](value)
        elif word == "uniqueItems" and value:
            yield {"type": "array", "minItems": 2, "items": {"enum": [0, 1]}}
            yield {"type": "array", "minItems": 2}


_TURNED = {
    "minimum": ("number", "exclusiveMaximum", 0),
    "maximum": ("number", "exclusiveMinimum", 0),
    "exclusiveMinimum": ("number", "maximum", 0),
    "exclusiveMaximum": ("number", "minimum", 0),
    "minLength": ("string", "maxLength", -1),
    "maxLength": ("string", "minLength", 1),
    "minItems": ("array", "maxItems", -1),
    "maxItems": ("array", "minItems", 1),
    "minProperties": ("object", "maxProperties", -1),
    "maxProperties": ("object", "minProperties", 1),
}
_OF_ONE = {
    "multipleOf": "number",
    "pattern": "string",
    "format": "string",
    "unevaluatedItems": "array",
    "unevaluatedProperties": "object",
}
_ENOUGH: Mapping[str, Mapping[str, Any]] = {
    "unevaluatedItems": {"minItems": 1},
    "unevaluatedProperties": {"minProperties": 1},
}
"""What makes it likely that a value of the kind fails."""


_ANYTHING: tuple[Any, ...] = (True, {})
"""Schemas that everything fits."""


def _items(schema: Any) -> Iterator[Mapping[str, Any]]:
    if schema in _ANYTHING:
        return
    yield {"type": "array", "contains": {"not": schema}}


def _prefix(schemas: Any) -> Iterator[Mapping[str, Any]]:
    for place, each in enumerate(schemas):
        yield {
            "type": "array",
            "minItems": place + 1,
            "prefixItems": [*([True] * place), {"not": each}],
        }


def _contains(schema: Any) -> Iterator[Mapping[str, Any]]:
    yield {"type": "array", "items": {"not": schema}}
    yield {"type": "array"}


def _properties(schemas: Any) -> Iterator[Mapping[str, Any]]:
    for name, each in schemas.items():
        if each not in _ANYTHING:
            yield {"type": "object", "required": [name], "properties": {name: {"not": each}}}


def _required(names: Any) -> Iterator[Mapping[str, Any]]:
    for name in names:
        yield {"type": "object", "properties": {name: False}}


def _like(schemas: Any) -> Iterator[Mapping[str, Any]]:
    told = {pattern: each for pattern, each in schemas.items() if each not in _ANYTHING}
    for pattern, each in told.items():
        yield {
            "type": "object",
            "minProperties": 1,
            "propertyNames": {"pattern": pattern},
            "patternProperties": {pattern: {"not": each}},
        }
    if told:
        yield {"type": "object", "minProperties": 1}


def _others(schema: Any) -> Iterator[Mapping[str, Any]]:
    if schema in _ANYTHING:
        return
    yield {"type": "object", "minProperties": 1, "additionalProperties": {"not": schema}}
    yield {"type": "object", "minProperties": 1}


def _names(schema: Any) -> Iterator[Mapping[str, Any]]:
    if schema in _ANYTHING:
        return
    refused = schema.get("not") if isinstance(schema, dict) else None
    if isinstance(refused, dict) and "enum" in refused:
        for name in refused["enum"]:
            yield {"type": "object", "required": [name]}
    yield {"type": "object", "minProperties": 1, "propertyNames": {"not": schema}}
    yield {"type": "object", "minProperties": 1}


def _needs(names: Any) -> Iterator[Mapping[str, Any]]:
    for name, others in names.items():
        for other in others:
            yield {"type": "object", "required": [name], "properties": {other: False}}


def _needs_schemas(schemas: Any) -> Iterator[Mapping[str, Any]]:
    for name, each in schemas.items():
        yield {"type": "object", "required": [name], "not": each}


_OF_PARTS = {
    "items": _items,
    "prefixItems": _prefix,
    "contains": _contains,
    "properties": _properties,
    "patternProperties": _like,
    "additionalProperties": _others,
    "required": _required,
    "propertyNames": _names,
    "dependentRequired": _needs,
    "dependentSchemas": _needs_schemas,
}
