"""The tools that a model is offered, in any of the forms in which they are given."""

from __future__ import annotations

import functools
import json
from collections.abc import Hashable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple, Protocol

from ..._schema import Wrong
from ..json_schema import JsonSchema
from .signatures import Fields, Signature

__all__ = ["Illegible", "Takes", "Tool", "as_json_schema", "takes", "tools_in"]

LONGEST = 160
"""So much is told of why a tool cannot be read."""


class Illegible(ValueError):
    """What is given as a tool, or as what one takes, cannot be read."""


class Tool(NamedTuple):
    """A tool by its name."""

    name: str
    takes: Any = None
    """A JSON Schema, a function or a class; None for a built-in, which its maker reads."""


class Takes(Protocol):
    """What a tool takes."""

    names: tuple[str, ...]
    """The arguments that it has a name for."""

    def errors(self, arguments: Mapping[str, object], /) -> Iterable[Wrong]:
        """What does not fit in *arguments*."""
        ...

    def unknown(self, arguments: Mapping[str, object], /) -> int:
        """How many of *arguments* it does not take, though it does not say so."""
        ...


# -- which tools there are


def tools_in(given: object) -> Iterator[Tool]:
    """The tools in one item of a list of tools; `Illegible` if it is none.

    >>> [tool.name for tool in tools_in({"type": "function", "function": {"name": "pay"}})]
    ['pay']
    """
    if isinstance(given, Mapping):
        yield from _in_dict(given)
    elif isinstance(given, type):
        yield Tool(_title(given) or given.__name__, given)
    elif isinstance(name := getattr(given, "name", None), str) and (
        (schema := _told(given, _SCHEMAS)) is not None
    ):
        yield Tool(name, _plain(schema))
    elif hasattr(given, "model_dump"):  # a dict of an SDK, with attributes
        yield from _in_dict(_plain(given))
    elif callable(given):
        yield Tool(_name_of(given), given)
    else:
        raise Illegible(f"a {type(given).__name__} is no tool")


_SCHEMAS = (
    *("parameters", "input_schema", "inputSchema", "args_schema"),
    *("parameters_json_schema", "parametersJsonSchema", "params_json_schema"),
)
"""Where what a tool takes is found."""

_DECLARED = ("function_declarations", "functionDeclarations")
_NOTHING = {"type": "object", "properties": {}}
_BUILT_IN = {
    *("google_search", "googleSearch", "google_search_retrieval", "googleSearchRetrieval"),
    *("google_maps", "googleMaps", "code_execution", "codeExecution", "url_context", "urlContext"),
    *("computer_use", "computerUse", "file_search", "fileSearch"),
}
"""The tools of Gemini that are keys of a dict, with what they are set to."""


def _in_dict(given: Mapping[str, Any]) -> Iterator[Tool]:
    declared = _told(given, _DECLARED)
    built_in = [key for key in given if key in _BUILT_IN]
    listed = declared if isinstance(declared, list | tuple) else ()
    if listed or built_in:
        for each in listed:
            yield from tools_in(_plain(each))
        yield from map(Tool, built_in)
        return
    kind = given.get("type", "function")
    inner = given.get(kind) if isinstance(kind, str) else None
    tool = inner if isinstance(inner, Mapping) else given
    name, schema = tool.get("name"), _told(tool, _SCHEMAS)
    if schema is not None and isinstance(name, str):
        yield Tool(name, schema)
    elif kind == "function" and isinstance(name, str):
        yield Tool(name, _NOTHING)
    elif "type" in given and isinstance(kind, str) and "properties" not in given:
        yield Tool(name if isinstance(name, str) else kind)
    else:
        raise Illegible("a dict that names no tool")


def _told(given: object, keys: Iterable[str]) -> Any:
    """What is at the first of *keys*, which are keys or attributes, that has something."""
    for key in keys:
        found = given.get(key) if isinstance(given, Mapping) else getattr(given, key, None)
        if found is not None:
            return found
    return None


def _plain(given: Any) -> Any:
    """A value of an SDK as the dict that it stands for."""
    if isinstance(given, type) or not hasattr(given, "model_dump"):
        return given
    return given.model_dump(mode="json", by_alias=True, exclude_none=True)


def _title(given: Any) -> str | None:
    return given.model_config.get("title") if _is_model(given) else None


def _name_of(given: Any) -> str:
    while isinstance(given, functools.partial):
        given = given.func
    return getattr(given, "__name__", type(given).__name__)


# -- what each takes


def takes(tool: Tool) -> Takes | None:
    """What *tool* takes, made ready once; None if that cannot be known. `Illegible` if it fails."""
    given = tool.takes
    try:
        if given is None:
            return None
        if not isinstance(given, Mapping):
            known = _by_signature if isinstance(given, Hashable) else _by_signature.__wrapped__
            return known(given)
        return _by_schema(json.dumps(given))
    except Exception as problem:  # whatever a schema or an annotation that makes no sense raises
        why = str(problem).partition("\n")[0][:LONGEST]
        raise Illegible(f"what {tool.name} takes: {why}") from problem


@functools.lru_cache(maxsize=256)
def _by_schema(text: str) -> Takes:
    return _Schema(as_json_schema(json.loads(text)))


@functools.lru_cache(maxsize=256)
def _by_signature(given: Any) -> Takes:
    return Fields(given) if _is_model(given) else Signature(given)


def _is_model(given: Any) -> bool:
    return isinstance(given, type) and hasattr(given, "model_config")


_ELSEWHERE = {
    *("additionalProperties", "unevaluatedProperties", "propertyNames", "$ref", "$dynamicRef"),
    *("$recursiveRef", "allOf", "anyOf", "oneOf", "if", "dependentSchemas", "dependencies"),
}
"""Where a schema says, beside its properties, what names there may be."""


class _Schema:
    """What a JSON Schema allows."""

    def __init__(self, schema: Mapping[str, Any]) -> None:
        self._fits = JsonSchema(schema)
        self._says_it_all = "properties" not in schema or not _ELSEWHERE.isdisjoint(schema)
        self.names = tuple(schema.get("properties", ()))
        patterns: dict[str, object] = {
            pattern: {} for pattern in schema.get("patternProperties", ())
        }
        self._no_pattern = JsonSchema(
            {"patternProperties": patterns, "additionalProperties": False}
        )

    def errors(self, arguments: Mapping[str, object]) -> Iterable[Wrong]:
        return self._fits.errors(arguments)

    def unknown(self, arguments: Mapping[str, object]) -> int:
        if self._says_it_all:
            return 0
        others = [name for name in arguments if name not in self.names]
        return sum(not self._no_pattern.fits({name: None}) for name in others)


# -- the schemas of Gemini, which are nearly JSON Schema


_CAMEL = {
    "any_of": "anyOf",
    "min_items": "minItems",
    "max_items": "maxItems",
    "min_length": "minLength",
    "max_length": "maxLength",
    "min_properties": "minProperties",
    "max_properties": "maxProperties",
}


def as_json_schema(schema: Any) -> Any:
    """The *schema* of a tool as JSON Schema has it: those of Gemini are only like that."""
    return _lowered(schema) if _is_upper(schema) else schema


def _is_upper(schema: Mapping[str, Any]) -> bool:
    return isinstance(kind := schema.get("type"), str) and kind.isupper()


def _lowered(schema: Any) -> Any:
    """A schema of Gemini as JSON Schema has it: types in small letters, null among them."""
    if not isinstance(schema, Mapping):
        return schema
    new = {_CAMEL.get(key, key): value for key, value in schema.items()}
    if isinstance(kind := new.get("type"), str):
        new["type"] = kind.lower()
    if isinstance(properties := new.get("properties"), Mapping):
        new["properties"] = {name: _lowered(each) for name, each in properties.items()}
    if "items" in new:
        new["items"] = _lowered(new["items"])
    if isinstance(choices := new.get("anyOf"), list):
        new["anyOf"] = [_lowered(each) for each in choices]
    return {"anyOf": [new, {"type": "null"}]} if new.pop("nullable", False) else new
