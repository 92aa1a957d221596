"""Which properties and items of a value a schema has spoken of, and which it has not."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from .keywords import is_extra

__all__ = ["unevaluated_items", "unevaluated_properties"]

Follow = Callable[[Any, Mapping[str, Any]], Iterator[tuple[Any, Any]]]
"""For a validator and its schema, each schema referred to, with the validator of it."""


def unevaluated_properties(follow: Follow) -> Callable[..., Iterator[Any]]:
    """The keyword `unevaluatedProperties`."""

    def keyword(validator: Any, rest: object, value: object, schema: Any) -> Iterator[Any]:
        if not isinstance(value, dict):
            return
        known = set(_known(validator, value, schema, follow, _properties, own=False))
        for key in value:
            if key not in known and next(validator.descend(value[key], rest), None) is not None:
                yield None
                return

    return keyword


def unevaluated_items(follow: Follow) -> Callable[..., Iterator[Any]]:
    """The keyword `unevaluatedItems`."""

    def keyword(validator: Any, rest: object, value: object, schema: Any) -> Iterator[Any]:
        if not isinstance(value, list):
            return
        known = set(_known(validator, value, schema, follow, _items, own=False))
        for index, each in enumerate(value):
            if index not in known and next(validator.descend(each, rest), None) is not None:
                yield None
                return

    return keyword


def _known(
    validator: Any,
    value: Any,
    schema: Any,
    follow: Follow,
    here: Callable[..., Iterator[Any]],
    *,
    own: bool = True,
) -> Iterator[Any]:
    """What of *value* is evaluated by *schema*, which it fits; *own* is its `unevaluated...`."""
    if not isinstance(schema, Mapping):
        return
    yield from here(validator, value, schema, own=own)
    for other, inner in follow(validator, schema):
        yield from _known(other, value, inner, follow, here)
    for inner in _in_place(validator, value, schema):
        yield from _known(validator, value, inner, follow, here)


def _in_place(validator: Any, value: Any, schema: Mapping[str, Any]) -> Iterator[Any]:
    """The schemas within *schema* that look at *value* itself, and that it fits."""
    for word in ("allOf", "anyOf", "oneOf"):
        for inner in schema.get(word, ()):
            if _fits(validator, value, inner):
                yield inner
    if "if" in schema:
        holds = _fits(validator, value, schema["if"])
        if holds:
            yield schema["if"]
        yield schema.get("then" if holds else "else", True)
    if isinstance(value, dict):
        for key, inner in schema.get("dependentSchemas", {}).items():
            if key in value:
                yield inner


def _fits(validator: Any, value: Any, schema: Any) -> bool:
    return next(validator.descend(value, schema), None) is None


def _properties(
    validator: Any, value: Mapping[str, Any], schema: Mapping[str, Any], *, own: bool
) -> Iterator[str]:
    if "additionalProperties" in schema or (own and "unevaluatedProperties" in schema):
        yield from value
        return
    for key in value:
        if not is_extra(validator.format_checker, schema, key):
            yield key


def _items(
    validator: Any, value: list[Any], schema: Mapping[str, Any], *, own: bool
) -> Iterator[int]:
    everything = range(len(value))
    items = schema.get("items")
    if own and "unevaluatedItems" in schema:
        yield from everything
    elif "prefixItems" in validator.VALIDATORS:  # from 2020-12 on
        yield from (
            everything if "items" in schema else everything[: len(schema.get("prefixItems", ()))]
        )
        if "contains" in schema:
            yield from (n for n in everything if _fits(validator, value[n], schema["contains"]))
    elif isinstance(items, list):
        yield from everything if "additionalItems" in schema else everything[: len(items)]
    elif items is not None:
        yield from everything
