"""How many keys of its JSON a typed value has kept: fewer than there were, if one came twice."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from math import isfinite
from typing import Any, TypeAlias

from .core_schemas import ANY, Core, Definitions, alters, definitions, extra, fields_of, keys_of

__all__ = ["Count", "kept_keys"]

Count: TypeAlias = Callable[[Any], int]

_UNTOLD = -(10**9)


def kept_keys(schema: Core) -> Count | None:
    """What counts the JSON keys that a value of a core schema kept; None if that cannot be told.

    It never counts more than there are different ones. It gives less than nothing if the
    value holds a number that JSON cannot.

    >>> from pydantic import TypeAdapter
    >>> kept_keys(TypeAdapter(dict[str, dict[str, int]]).core_schema)({"a": {"b": 1}, "c": {}})
    3
    """
    schema, known = definitions(schema)
    try:
        return _Counts(known).of(schema) or _none
    except _CannotTell:
        return None


class _CannotTell(Exception):
    """A value may hold more keys than its JSON did, or hide a number of it."""


class _Counts:
    """What counts the keys in values of each type within one; None for a type that has none."""

    def __init__(self, known: Definitions) -> None:
        self._known = known
        self._named: dict[str, Count] = {}
        self._makes: dict[str, Callable[[Core], Count | None]] = {
            "any": lambda _: _in_tree,
            "float": lambda _: _in_number,
            "str": self._of_text,
            "nullable": self._of_nullable,
            "default": self._of_default,
            "function-after": self._of_altered,
            "json-or-python": lambda schema: self.of(schema["json_schema"]),
            "definition-ref": self._of_named,
            "union": lambda schema: self._of_any(map(_choice, schema["choices"])),
            "tagged-union": lambda schema: self._of_any(schema["choices"].values()),
            "list": self._of_items,
            "set": self._of_items,
            "frozenset": self._of_items,
            "tuple": self._of_tuple,
            "dict": self._of_dict,
            "model": self._of_model,
            "typed-dict": self._of_typed_dict,
            "dataclass": self._of_dataclass,
        }

    def of(self, schema: Core) -> Count | None:
        kind = schema["type"]
        if kind in _WITHOUT:
            return None
        if kind not in self._makes:
            raise _CannotTell
        return self._makes[kind](schema)

    def _of_text(self, schema: Core) -> None:
        if schema.get("coerce_numbers_to_str"):
            raise _CannotTell

    def _of_nullable(self, schema: Core) -> Count | None:
        inner = self.of(schema["schema"])
        if inner is _in_number:  # which None is not
            return inner
        return inner and (lambda value: 0 if value is None else inner(value))

    def _of_default(self, schema: Core) -> Count | None:
        inner = self.of(schema["schema"])
        may_replace = schema.get("on_error", "raise") != "raise" or alters(schema, self._known)
        if inner and may_replace:  # by a default with keys that the JSON did not have
            raise _CannotTell
        return inner

    def _of_altered(self, schema: Core) -> None:
        if self.of(schema["schema"]):
            raise _CannotTell

    def _of_named(self, schema: Core) -> Count | None:
        name = schema["schema_ref"]
        if name in self._named:
            return self._named[name]
        made: Count | None = None
        self._named[name] = lambda value: made(value) if made else 0
        made = self.of(self._known.get(name, _UNKNOWN))
        return made

    def _of_any(self, choices: Iterable[Core]) -> Count | None:
        """The choices with keys must be of different classes, so that a value tells its own."""
        made: dict[type, Count] = {}
        for choice in choices:
            count = self.of(choice)
            if count is None or count is _in_number:
                made.setdefault(float, _in_number)
                continue
            record = self._known.get(choice.get("schema_ref", ""), choice)
            cls = record.get("cls") if record["type"] == "model" else None
            if cls is None or cls in made:
                raise _CannotTell
            made[cls] = count
        return lambda value: made.get(type(value), _none)(value)

    def _of_items(self, schema: Core) -> Count | None:
        inner = self.of(schema.get("items_schema", ANY))
        return inner and (lambda values: sum(map(inner, values)))

    def _of_tuple(self, schema: Core) -> Count | None:
        items = schema["items_schema"]
        if "variadic_item_index" in schema:
            if len(items) > 1:
                raise _CannotTell
            return self._of_items({"items_schema": items[0]})
        inner = [self.of(each) for each in items]
        counts = [each or _none for each in inner]
        if not any(inner):
            return None
        return lambda values: sum(count(each) for count, each in zip(counts, values, strict=True))

    def _of_dict(self, schema: Core) -> Count:
        inner = self.of(schema.get("values_schema", ANY))
        if inner is None:
            return len
        return lambda value: len(value) + sum(map(inner, value.values()))

    def _of_model(self, schema: Core) -> Count:
        fields = schema["schema"]
        if fields["type"] != "model-fields" or schema.get("custom_init") or schema.get("post_init"):
            raise _CannotTell
        counts = self._in_fields(schema, fields)
        if not counts:
            return lambda value: len(value.__pydantic_fields_set__)
        numbers = [name for name, each in counts if each is _in_number]
        inner = [(name, each) for name, each in counts if each is not _in_number]

        def count(value: Any) -> int:
            there, held = value.__pydantic_fields_set__, value.__dict__
            found = len(there)
            for name in numbers:
                number = held[name]  # a default may be anything
                if type(number) is float and not isfinite(number):
                    return _UNTOLD
            for name, each in inner:
                if name in there:
                    found += each(held[name])
            return found

        return count

    def _of_typed_dict(self, schema: Core) -> Count:
        if any(field["schema"]["type"] == "default" for _, field in fields_of(schema)):
            raise _CannotTell
        inner = self._in_fields(schema, schema)
        return lambda value: (
            len(value) + sum(each(value[name]) for name, each in inner if name in value)
        )

    def _of_dataclass(self, schema: Core) -> Count:
        fields = schema["schema"]
        if fields["type"] != "dataclass-args" or schema.get("post_init"):
            raise _CannotTell
        if any(
            field["schema"]["type"] == "default" or not field.get("init", True)
            for _, field in fields_of(fields)
        ):
            raise _CannotTell
        inner = self._in_fields(schema, fields)
        count = len(fields["fields"])
        return lambda value: count + sum(each(getattr(value, name)) for name, each in inner)

    def _in_fields(self, schema: Core, fields: Core) -> list[tuple[str, Count]]:
        """What counts the keys in each field that may have any."""
        config = schema.get("config", {})
        named = list(fields_of(fields))
        keys = [key for name, field in named for key in keys_of(name, field, config)]
        if (
            extra(schema, fields, config) == "allow"
            or config.get("coerce_numbers_to_str")
            or not all(key.alone for key in keys)
            or len({key.key for key in keys}) < len(keys)  # one may be read into two fields
            or any(field.get("init_only") for _, field in named)
        ):
            raise _CannotTell
        counts = ((name, self.of(field["schema"])) for name, field in named)
        return [(name, count) for name, count in counts if count]


_UNKNOWN: Core = {"type": "unknown"}
_WITHOUT = {
    *("bool", "bytes", "date", "datetime", "enum", "int", "literal", "multi-host-url", "none"),
    *("time", "timedelta", "url", "uuid"),
}
"""Types of values that are read from a JSON value without keys, and from no number beyond range."""


def _choice(choice: Any) -> Core:
    """A choice of a union, which may have a label."""
    chosen: Core = choice[0] if isinstance(choice, tuple) else choice
    return chosen


def _none(_: object) -> int:
    return 0


def _in_number(value: object) -> int:
    return _UNTOLD if type(value) is float and not isfinite(value) else 0


def _in_tree(value: object) -> int:
    """The keys of what JSON itself can say."""
    count = 0
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, dict):
            count += len(each)
            waiting += each.values()
        elif isinstance(each, list):
            waiting += each
        else:
            count += _in_number(each)
    return count
