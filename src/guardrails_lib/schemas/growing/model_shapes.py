"""How values of the types of pydantic grow: models, dataclasses, typed dicts, lists of them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, TypeAlias, TypeVar

from pydantic_core import SchemaValidator, ValidationError

from ..._schema import MISSING, Unreadable, Wrong
from ..strict import strictly
from .core_schemas import (
    ANY,
    Core,
    Definitions,
    bare,
    definitions,
    extra,
    fields_of,
    keys_of,
    leans,
    standing,
)
from .shapes import NOTHING, Inside, Part, Shape

__all__ = ["shape_of"]

T = TypeVar("T")


Told: TypeAlias = Callable[[Exception, str], Iterable[Wrong]]
"""What an error of pydantic says is wrong in a JSON text."""


def shape_of(schema: Core, told: Told) -> Shape | None:
    """How a value of a type grows, by its core schema; None if nothing is known before its end.

    >>> from pydantic import TypeAdapter
    >>> shape_of(TypeAdapter(list[int]).core_schema, lambda problem, text: ()).opens
    '['
    """
    schema, known = definitions(schema)
    inside = _Types(known, told).inside(bare(schema, known), {})
    return None if inside is None else Shape(NOTHING.read, inside=inside)


class _Types:
    """The shapes of what is in one type."""

    def __init__(self, known: Definitions, told: Told) -> None:
        self._known = known
        self._told = told
        self._records: dict[int, Inside] = {}
        self._making: set[int] = set()
        self._inside = {
            "model": self._model,
            "dataclass": self._dataclass,
            "typed-dict": self._typed_dict,
            "dict": self._dict,
            "list": self._list,
            "tuple": self._tuple,
            "set": self._set,
            "frozenset": self._set,
        }

    def shape(self, schema: Core, config: Core) -> Shape:
        if leans(schema, self._known):
            return NOTHING
        read = self._reading(schema, config)
        inner = bare(schema, self._known)
        if inner["type"] == "str":
            return Shape(read, text=_grows(inner, config), plain=_is_plain(inner, config))
        integer = _INTEGERS.get(inner["type"]) if inner.keys() <= _SAYS_NOTHING else None
        return Shape(read, integer=integer, inside=self.inside(inner, config))

    def inside(self, schema: Core, config: Core) -> Inside | None:
        """How what is in a bare *schema* grows; None if it is not looked at."""
        make = self._inside.get(schema["type"])
        place = id(schema)
        if place in self._records:
            return self._records[place]
        if make is None or place in self._making:
            return None
        self._making.add(place)  # what is in itself, and is no record, is not looked at
        try:
            return make(schema, config)
        finally:
            self._making.remove(place)

    def _reading(self, schema: Core, config: Core) -> Callable[[str], object]:
        """What reads a part that stands for itself. Its validator is made when it is needed."""
        validate: Callable[[str], object] | None = None

        def read(text: str) -> object:
            nonlocal validate
            try:
                if validate is None:
                    whole: Any = standing(schema, self._known)
                    settings: Any = config or None
                    validate = SchemaValidator(whole, settings).validate_json
                return validate(text)
            except ValidationError as problem:
                strictly(text)
                raise Unreadable(*self._told(problem, text)) from None
            except Exception:  # a validator of the application broke: the whole will tell
                return MISSING

        return read

    def _model(self, schema: Core, _: Core) -> Inside | None:
        fields = schema["schema"]
        if fields["type"] != "model-fields" or schema.get("custom_init"):
            return None
        config = schema.get("config", {})
        more = extra(schema, fields, config)
        shown = _partial_model(schema["cls"], list(fields["fields"]), more)
        return self._record(schema, fields, config, shown, more)

    def _dataclass(self, schema: Core, _: Core) -> Inside | None:
        fields = schema["schema"]
        if fields["type"] != "dataclass-args":
            return None
        config = schema.get("config", {})
        more = "forbid" if extra(schema, fields, config) == "forbid" else "ignore"
        return self._record(schema, fields, config, _partial_dataclass(schema["cls"]), more)

    def _typed_dict(self, schema: Core, _: Core) -> Inside | None:
        config = schema.get("config", {})
        more = extra(schema, schema, config)
        return self._record(schema, schema, config, _as_held, more)

    def _record(
        self,
        schema: Core,
        fields: Core,
        config: Core,
        shown: Callable[[dict[str, object]], object],
        more: str,
    ) -> Inside:
        parts: dict[str | int, Part] = {}
        rest = _UNKNOWN
        if more == "forbid":
            rest = rest._replace(refused=_REFUSED[schema["type"]])
        elif more == "allow" and "extras_keys_schema" not in fields:
            rest = Part(Shape(self._reading(fields.get("extras_schema") or ANY, config)))
        inside = self._records[id(schema)] = Inside("{", parts, rest, shown)
        named = list(fields_of(fields))
        hidden = [name for name, _ in named] if more == "allow" else []
        for name, field in named:
            shape = self.shape(field["schema"], config) if _is_read(field) else NOTHING
            for key in keys_of(name, field, config):
                if key.alone:
                    parts.setdefault(key.key, Part(shape, name, key.first))
                else:
                    hidden.append(key.key)
        for name in hidden:  # where another value stands, in what is made of it
            parts.setdefault(name, Part(NOTHING, name))
        return inside

    def _dict(self, schema: Core, config: Core) -> Inside:
        key = schema.get("keys_schema", ANY)
        as_it_is = key["type"] == "any" or (key["type"] == "str" and _is_plain(key, config))
        rest = Part(self.shape(schema.get("values_schema", ANY), config))
        shown = _as_held if as_it_is else None
        return Inside("{", {}, rest, shown, None if _is_bounded(schema) else shown)

    def _list(self, schema: Core, config: Core) -> Inside:
        rest = Part(self.shape(schema.get("items_schema", ANY), config))
        return Inside("[", {}, rest, _as_held, None if _is_bounded(schema) else _as_held)

    def _set(self, schema: Core, config: Core) -> Inside:
        return Inside("[", {}, Part(self.shape(schema.get("items_schema", ANY), config)))

    def _tuple(self, schema: Core, config: Core) -> Inside | None:
        items = schema["items_schema"]
        place = schema.get("variadic_item_index", len(items))
        if place < len(items) - 1:
            return None
        parts: dict[str | int, Part] = {
            n: Part(self.shape(each, config)) for n, each in enumerate(items)
        }
        return Inside("[", parts, parts.get(place, _UNKNOWN), tuple)


_UNKNOWN = Part(NOTHING)
_REFUSED = {
    "model": "Extra inputs are not permitted",
    "typed-dict": "Extra inputs are not permitted",
    "dataclass": "Unexpected keyword argument",
}
"""What pydantic says of a key that no field has."""


def _is_read(field: Core) -> bool:
    """Whether what is read is kept in the field: some of a dataclass are not read, or not kept."""
    return bool(field.get("init", True)) and not field.get("init_only")


def _is_bounded(schema: Core) -> bool:
    return "min_length" in schema or "max_length" in schema


_INTEGERS: Mapping[str, Callable[[str], object]] = {"int": int, "float": float}
_ALTERED = {"strip_whitespace", "to_lower", "to_upper"}
_SAYS_NOTHING = {"type", "ref", "metadata", "serialization", "strict"}
_CHECKED = {"pattern", "max_length", "min_length", "regex_engine", "coerce_numbers_to_str"}


def _grows(schema: Core, config: Core) -> bool:
    """Whether a string becomes what it begins with, so that it can be shown while it is open."""
    altered = any(config.get(f"str_{each}") for each in _ALTERED)
    return not altered and schema.keys() <= _SAYS_NOTHING | _CHECKED


def _is_plain(schema: Core, config: Core) -> bool:
    """Whether any string fits, and is what it says."""
    return schema.keys() <= _SAYS_NOTHING and not any(each.startswith("str_") for each in config)


def _as_held(held: T) -> T:
    return held


def _partial_model(
    cls: type[Any], names: Collection[str], more: str
) -> Callable[[dict[str, object]], object]:
    """What makes a model of the fields that are there, with nothing in place of the others."""
    has_private = bool(getattr(cls, "__private_attributes__", None))

    def shown(held: dict[str, object]) -> object:
        extra = None
        if more == "allow":
            extra = {name: held.pop(name) for name in held.keys() - set(names)}
        new: Any = object.__new__(cls)
        put(new, "__dict__", held)
        put(new, "__pydantic_fields_set__", set(held))
        put(new, "__pydantic_extra__", extra)
        put(new, "__pydantic_private__", {} if has_private else None)
        return new

    put = object.__setattr__  # a model may be frozen
    return shown


def _partial_dataclass(cls: type[Any]) -> Callable[[dict[str, object]], object]:
    """What makes a dataclass of the fields that are there; a default of the class shows through."""

    def shown(held: dict[str, object]) -> object:
        new = object.__new__(cls)
        for name, value in held.items():
            object.__setattr__(new, name, value)
        return new

    return shown
