"""Arguments that a tool takes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

__all__ = ["fitting"]

_SIMPLE: Mapping[object, object] = {
    "string": "text",
    "integer": 1,
    "number": 1,
    "boolean": True,
    "array": [],
    "object": {},
}


def fitting(tool: Any) -> dict[str, object] | None:
    """Arguments that *tool* takes; None where none are found."""
    from ...schemas.tools.offered import takes  # noqa: PLC0415  # jsonschema takes 90 ms

    try:
        taken = takes(tool)
    except ValueError:  # the check says so where it looks
        return None
    if taken is None:
        return None
    for given in _candidates(tool.takes, taken.names):
        for value in _SIMPLE.values():
            wrong = list(taken.errors(given))
            if not wrong:
                return given
            unfit = {each.path[0] for each in wrong if each.path}
            given |= {name: value for name in given if name in unfit}
    return None


def _candidates(schema: Any, names: tuple[str, ...]) -> list[dict[str, object]]:
    if isinstance(schema, Mapping):
        properties = schema.get("properties") or {}
        needed = {name: _value(properties.get(name)) for name in schema.get("required") or ()}
        return [needed, {name: _value(each) for name, each in properties.items()}]
    return [{}, dict.fromkeys(names, "text")]


def _value(schema: Any) -> object:
    """The least that *schema* asks for, as far as it is plain."""
    if not isinstance(schema, Mapping):
        return "text"
    for name in ("const", "default"):
        if name in schema:
            return schema[name]
    for name in ("enum", "examples"):
        if schema.get(name):
            return schema[name][0]
    kinds = schema.get("type")
    kind = kinds[0] if isinstance(kinds, list) and kinds else kinds
    kind = kind.lower() if isinstance(kind, str) else kind
    if kind == "object":
        properties = schema.get("properties") or {}
        return {name: _value(properties.get(name)) for name in schema.get("required") or ()}
    if kind == "array":
        return [_value(schema.get("items"))] * int(schema.get("minItems", 0))
    if kind in {"integer", "number"}:
        return schema.get("minimum", 1)
    if kind == "string":
        return "text".ljust(int(schema.get("minLength", 0)), "t")[: schema.get("maxLength", 4096)]
    return _SIMPLE.get(kind, "text")
