"""What values may look like that fit several schemas at once, as far as one can tell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from .numbers import Numbers
from .places import Place
from .texts import Texts
from .told_apart import is_among

__all__ = ["KINDS", "Counts", "Nothing", "Shape", "kinds_in"]

KINDS = ("null", "boolean", "number", "string", "array", "object")
"""The kinds of values, the smallest first."""


def kinds_in(value: object) -> Iterator[str]:
    """The kinds of a value and its parts."""
    yield next(kind for kind, types in _TYPES.items() if isinstance(value, types))
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for each in parts:
        yield from kinds_in(each)


_TYPES: Mapping[str, type | tuple[type, ...]] = {
    "null": type(None),
    "boolean": bool,
    "number": (int, float),
    "string": str,
    "array": list,
    "object": dict,
}


class Nothing(Exception):
    """Nothing fits: the message says where, and why."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many there may be."""

    least: int = 0
    most: int | None = None

    def narrowed(self, least: float | None, most: float | None) -> Counts:
        """The same, within other bounds too."""
        bounds = [int(each) for each in (self.most, most) if each is not None]
        return Counts(max(self.least, int(least or 0)), min(bounds, default=None))

    def problem(self, of: str) -> str | None:
        """Why there is no such number, if there is none."""
        if self.most is not None and self.least > self.most:
            return f"none has at least {self.least} {of} and at most {self.most}"
        return None

    def room(self, count: int) -> bool:
        """Whether there may be more than *count*."""
        return self.most is None or count < self.most


_OF_NUMBERS = {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"}
_OF_TEXTS = {"minLength", "maxLength", "pattern", "format", "contentEncoding", "contentMediaType"}
_OF_ITEMS = {"items", "prefixItems", "contains", "unevaluatedItems"}
_OF_ARRAYS = {*_OF_ITEMS, "minItems", "maxItems", "uniqueItems"}
_OF_MEMBERS = {
    *("properties", "patternProperties", "additionalProperties", "unevaluatedProperties"),
    *("propertyNames", "dependentRequired"),
}
_OF_OBJECTS = {*_OF_MEMBERS, "required", "minProperties", "maxProperties", "dependentSchemas"}
_SPOKEN_OF = {
    "number": _OF_NUMBERS,
    "string": _OF_TEXTS,
    "array": _OF_ARRAYS,
    "object": _OF_OBJECTS,
}
_UNSURE = {"not", "oneOf", "if", "unevaluatedItems", "unevaluatedProperties"}


@dataclass(frozen=True, slots=True)
class Shape:
    """What such values may look like."""

    kinds: tuple[str, ...] = KINDS
    meant: frozenset[str] = frozenset()
    """Those kinds of which something is said."""
    values: tuple[Any, ...] | None = None
    """All that there may be, if they are listed."""
    numbers: Numbers = field(default_factory=Numbers)
    texts: Texts = field(default_factory=Texts)
    length: Counts = field(default_factory=Counts)
    unique: bool = False
    rows: tuple[Place, ...] = ()
    """What says something of items."""
    size: Counts = field(default_factory=Counts)
    required: tuple[str, ...] = ()
    members: tuple[Place, ...] = ()
    """What says something of properties."""
    unsure: bool = False
    """Whether a value that looks like this may still not fit."""

    def narrowed(self, place: Place, said: Mapping[str, Any]) -> Shape:
        """What fits what is *said* at a place, too; `Nothing` if nothing does."""
        kinds, whole = _kinds(said, self.kinds)
        numbers = replace(self.numbers, whole=True) if whole else self.numbers
        words = said.keys()
        meant = {kind for kind, its in _SPOKEN_OF.items() if its & words}
        return _possible(
            place,
            self,
            kinds=kinds,
            meant=self.meant | meant,
            values=_values(said, self.values),
            numbers=numbers.narrowed(said) if meant & {"number"} else numbers,
            texts=self.texts.narrowed(said) if meant & {"string"} else self.texts,
            length=self.length.narrowed(said.get("minItems"), said.get("maxItems")),
            unique=self.unique or bool(said.get("uniqueItems")),
            rows=(*self.rows, place) if _OF_ITEMS & words else self.rows,
            size=self.size.narrowed(said.get("minProperties"), said.get("maxProperties")),
            required=tuple(dict.fromkeys((*self.required, *said.get("required", ())))),
            members=(*self.members, place) if _OF_MEMBERS & words else self.members,
            unsure=self.unsure or not _UNSURE.isdisjoint(words),
        )

    def problem(self, kind: str) -> str | None:
        """Why there is nothing of a kind, if that is plain."""
        if kind == "number":
            return self.numbers.problem()
        if kind == "string":
            return self.texts.problem()
        if kind == "array":
            return self.length.problem("items")
        if kind == "object":
            fewest = Counts(max(self.size.least, len(self.required)), self.size.most)
            return fewest.problem("properties")
        return None


def _possible(place: Place, shape: Shape, **said: Any) -> Shape:
    """*shape* with what is *said* now, and without the kinds of which there is nothing."""
    narrowed = replace(shape, **said)
    why = {kind: narrowed.problem(kind) for kind in narrowed.kinds}
    kinds = tuple(kind for kind in narrowed.kinds if why[kind] is None)
    if not kinds:
        reasons = [each for each in why.values() if each is not None]
        raise Nothing(f"{place.name}: {reasons[0] if reasons else 'no type is left'}")
    if narrowed.values == ():
        raise Nothing(f"{place.name}: no value is left of those that are listed")
    return replace(narrowed, kinds=kinds)


def _kinds(said: Mapping[str, Any], kinds: tuple[str, ...]) -> tuple[tuple[str, ...], bool]:
    """The *kinds* that are left, and whether numbers must be whole."""
    named = said.get("type")
    if named is None:
        return kinds, False
    names = {named} if isinstance(named, str) else set(named)
    whole = "integer" in names and "number" not in names
    allowed = names | ({"number"} if whole else set())
    return tuple(each for each in kinds if each in allowed), whole


def _values(said: Mapping[str, Any], before: tuple[Any, ...] | None) -> tuple[Any, ...] | None:
    values = before
    for word in ("const", "enum"):
        if word in said:
            given = [said[word]] if word == "const" else said[word]
            values = tuple(each for each in given if values is None or is_among(each, values))
    return values
