"""What the core schemas of pydantic say: what is in one, and whether it stands for itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import Any, NamedTuple, TypeAlias

__all__ = [
    "ANY", "Core", "Definitions", "Key", "alters", "bare", "definitions", "extra", "fields_of",
    "keys_of", "leans", "standing",
]  # fmt: skip

Core: TypeAlias = Mapping[str, Any]
Definitions: TypeAlias = Mapping[str, Core]

ANY: Core = {"type": "any"}
_RECORDS = {"model", "dataclass", "typed-dict"}
_FIELDS = {"model-fields", "dataclass-args", "typed-dict"}
_NO_SCHEMAS = {
    *("cls", "config", "computed_fields", "default", "expected", "function", "members"),
    *("metadata", "serialization"),
}
_MAPPINGS = {"choices", "fields"}
"""Where the keys are the application's."""


def definitions(schema: Core) -> tuple[Core, dict[str, Core]]:
    """What *schema* is, and what the references in it stand for."""
    found: dict[str, Core] = {}
    while schema["type"] == "definitions":
        found.update((each["ref"], each) for each in schema["definitions"])
        schema = schema["schema"]
    return schema, found


def bare(schema: Core, known: Definitions) -> Core:
    """*schema* without what lets more through, and without what looks at a record when it is made.

    A value that does not fit in what is given back does not fit *schema*, unless it is null.
    """
    for _ in range(_MOST_WRAPS):
        kind = schema["type"]
        if kind == "definition-ref":
            schema = known.get(schema["schema_ref"], ANY)
        elif kind == "nullable" or (
            kind == "default" and schema.get("on_error") in {None, "raise"}
        ):
            schema = schema["schema"]
        elif kind == "json-or-python":
            schema = schema["json_schema"]
        elif kind == "function-after":
            inner = bare(schema["schema"], known)
            return inner if inner["type"] in _RECORDS else schema
        else:
            return schema
    return ANY


_MOST_WRAPS = 50


def standing(schema: Core, known: Definitions) -> Core:
    """*schema* with what its references stand for, so that a validator can be made of it."""
    reached = {each["schema_ref"] for each in _within(schema, known) if "schema_ref" in each}
    named = [known[ref] for ref in reached if ref in known]
    return {"type": "definitions", "schema": schema, "definitions": named} if named else schema


def leans(schema: Core, known: Definitions) -> bool:
    """Whether what fits *schema* may hang on other fields of the record that it stands in."""
    return any(
        each.get("function", {}).get("type") == "with-info"
        or each.get("default_factory_takes_data")
        or each.get("on_error") == "omit"
        for each in _within(schema, known, beyond=_FIELDS)
    )


def alters(schema: Core, known: Definitions) -> bool:
    """Whether a function of the application stands within *schema*."""
    return any("function" in each for each in _within(schema, known))


def _within(
    schema: Core, known: Definitions, beyond: AbstractSet[str] = frozenset()
) -> Iterator[Core]:
    """*schema* and all in it, and in what it refers to; but for what is in one of *beyond*."""
    met = set()
    waiting = [schema]
    while waiting:
        each = waiting.pop()
        yield each
        if each.get("type") in beyond:
            continue
        ref = each.get("schema_ref")
        if ref is not None and ref not in met:
            met.add(ref)
            waiting.append(known.get(ref, ANY))
        waiting += _directly_in(each)


def _directly_in(schema: Core) -> Iterator[Core]:
    for key, value in schema.items():
        if key in _NO_SCHEMAS:
            continue
        if key in _MAPPINGS and isinstance(value, dict):
            yield from value.values()
        elif isinstance(value, dict) and "type" in value:
            yield value
        elif isinstance(value, list | tuple):
            inner = (each[0] if isinstance(each, tuple) else each for each in value)
            yield from (each for each in inner if isinstance(each, dict))


def fields_of(schema: Core) -> Iterable[tuple[str, Core]]:
    """The fields of a record, each with its name."""
    fields = schema["fields"]
    if isinstance(fields, Mapping):
        return fields.items()
    return [(each["name"], each) for each in fields]


class Key(NamedTuple):
    """A key of an object that a field may be read from."""

    key: str
    alone: bool
    """The field is its value, not what is within that."""
    first: bool
    """No other key stands in place of this one."""


def keys_of(name: str, field: Core, config: Core) -> Iterator[Key]:
    """The keys that a field may be read from, the one that counts most first."""
    alias = field.get("validation_alias") if config.get("validate_by_alias", True) else None
    if alias is None:
        yield Key(name, alone=True, first=True)
        return
    paths: Any = [[alias]] if isinstance(alias, str) else alias
    for place, path in enumerate(paths if isinstance(paths[0], list) else [paths]):
        yield Key(path[0], alone=len(path) == 1, first=place == 0)
    if config.get("validate_by_name"):
        yield Key(name, alone=True, first=False)


def extra(schema: Core, fields: Core, config: Core) -> str:
    """What becomes of keys that are no field's: "allow", "forbid" or "ignore"."""
    said = fields.get("extra_behavior") or config.get("extra_fields_behavior") or "ignore"
    return "ignore" if schema.get("extra_behavior", said) != said else str(said)
