"""The schema of one part of a value, where a schema says it plainly.

What is under `properties`, `items` and their kin holds whatever else the schema says: what does
not fit there fits nowhere. What is under `anyOf` holds at times alone, and is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from .keywords import Look, PatternTooSlow, is_extra
from .reference import Draft, draft_of

__all__ = ["KINDS", "Place", "kinds_at", "part_at", "pointers", "values_at"]

KINDS = frozenset({"object", "array", "string", "number", "integer", "boolean", "null"})

Steps = tuple[str | int, ...]


class Place(NamedTuple):
    """A schema within a document."""

    validator: Any
    draft: Draft
    pointer: str | None
    """Where it is in the document that was given; None if it is elsewhere."""


def pointers(schema: Any) -> dict[int, str]:
    """The JSON pointer to each object in a schema, by its `id`.

    What is in one with a name of its own is left out: references in it begin there.
    """
    found: dict[int, str] = {}
    waiting: list[tuple[Any, str]] = [(schema, "")] if isinstance(schema, dict) else []
    while waiting:
        each, pointer = waiting.pop()
        if isinstance(each, dict):
            if pointer and ("$id" in each or "id" in each):
                continue
            found[id(each)] = pointer
        inner = each.items() if isinstance(each, dict) else enumerate(each)
        waiting += [
            (one, f"{pointer}/{_escaped(str(step))}")
            for step, one in inner
            if isinstance(one, dict | list)
        ]
    return found


def part_at(place: Place, step: str | int) -> Place | None:
    """What stands at *step* of a value must fit this; None if *place* does not say it plainly."""
    for each in _chain(place):
        steps = (_of_item if isinstance(step, int) else _of_property)(each, step)
        if steps and steps[0] in each.validator.VALIDATORS:
            return _entered(each, steps)
    return None


def kinds_at(place: Place) -> frozenset[str]:
    """The JSON types that *place* allows by `type`."""
    kinds = KINDS
    for each in _chain(place):
        named = each.validator.schema.get("type") if "type" in each.validator.VALIDATORS else None
        if named is not None:
            allowed = {named} if isinstance(named, str) else set(named)
            kinds &= allowed | ({"integer"} if "number" in allowed else set())
    return kinds if place.validator.schema is not False else frozenset()


def values_at(place: Place) -> Sequence[object] | None:
    """All values that *place* may allow, by `enum` or `const`; None if it does not say."""
    for each in _chain(place):
        for word in ("const", "enum"):
            if word in each.validator.VALIDATORS and word in each.validator.schema:
                said = each.validator.schema[word]
                return [said] if word == "const" else list(said)
    return None


def _chain(place: Place) -> Iterator[Place]:
    """*place*, and what it refers to: the value must fit each."""
    while isinstance(place.validator.schema, Mapping):
        ref = place.validator.schema.get("$ref")
        if ref is None:
            yield place
            return
        if not place.draft.ignores_siblings:
            yield place
        found = place.validator._resolver.lookup(ref)  # noqa: SLF001  # see reference
        is_here = place.pointer is not None and ref.startswith("#") and ref[1:2] in {"", "/"}
        place = _at(place, found.contents, found.resolver, ref[1:] if is_here else None)


def _at(place: Place, schema: Any, resolver: Any, pointer: str | None) -> Place:
    draft = (draft_of(schema) if isinstance(schema, Mapping) else None) or place.draft
    validator = place.validator.evolve(schema=schema, _resolver=resolver)
    return Place(validator, draft, pointer)


def _entered(place: Place, steps: Steps) -> Place:
    schema = place.validator.schema
    for each in steps:
        schema = schema[each]
    resolver = inside = place.validator._resolver  # noqa: SLF001  # see reference
    if isinstance(schema, dict):  # True and False refer to nothing
        inside = resolver.in_subresource(place.draft.specification.create_resource(schema))
    # a schema with a name of its own is another document: references in it begin there
    pointer = None if inside is not resolver or place.pointer is None else place.pointer
    if pointer is not None:
        pointer += "".join(f"/{_escaped(str(each))}" for each in steps)
    return _at(place, schema, inside, pointer)


def _escaped(step: str) -> str:
    return step.replace("~", "~0").replace("/", "~1")


def _of_property(place: Place, key: Any) -> Steps | None:
    schema = place.validator.schema
    if key in schema.get("properties", {}):
        return ("properties", key)
    if "additionalProperties" not in schema:
        return None
    try:
        extra = is_extra(Look({}), schema, key)
    except PatternTooSlow:
        return None
    return ("additionalProperties",) if extra else None


def _of_item(place: Place, index: Any) -> Steps | None:
    schema = place.validator.schema
    word = "prefixItems" if "prefixItems" in place.validator.VALIDATORS else "items"
    first = schema.get(word)
    if isinstance(first, list):
        if index < len(first):
            return (word, index)
        rest = "items" if word == "prefixItems" else "additionalItems"
        return (rest,) if rest in schema else None
    return ("items",) if "items" in schema else None
