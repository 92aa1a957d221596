"""A JSON Schema, and what of a value does not fit it.

>>> order = JsonSchema({"type": "object", "properties": {"id": {"type": "integer"}}})
>>> order.fits({"id": 17})
True
>>> for wrong in order.errors({"id": "seventeen"}):
...     print(wrong.place, "|", wrong.message)
id | found a string; allowed: integer
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, NamedTuple

from ..._errors import PolicyError
from ..._schema import Wrong
from .dialects import built
from .formats import formats_of
from .keywords import Look, PatternTooSlow
from .parts import Place, kinds_at, part_at, pointers, values_at
from .quick import nothing, quick
from .survey import Survey, plain
from .told import told

__all__ = ["JsonSchema"]

_NONE: Mapping[str, Mapping[str, object] | bool] = MappingProxyType({})


_Makes = Callable[[str], Callable[[object], bool] | None]


class _Whole(NamedTuple):
    """What a schema shares with its parts."""

    said: str
    """All that it was made of: two that are made of the same are equal."""
    shown: str
    formats: Mapping[str, Callable[[str], bool]]
    names: Collection[str]
    fast: _Makes
    places: Callable[[], Mapping[int, str]]
    """The JSON pointers to its sub-schemas, by their `id`."""

    def quick(self, schema: object) -> Callable[[object], bool] | None:
        """What says yes at once to what fits a sub-schema, if anything does."""
        pointer = self.places().get(id(schema))
        return None if pointer is None else self.fast(pointer)


class JsonSchema:
    """A JSON Schema of draft 4, 6, 7, 2019-09 or 2020-12, as ``$schema`` says; the last if not.

    What it refers to is in it, in *registry*, or in the specification: nothing is ever fetched.
    *formats* says whether a text must be what `format` says. What cannot work is a
    `PolicyError`. The schema is copied, checked and built once; to use it changes nothing.
    """

    __slots__ = ("_fast", "_parts", "_place", "_steps", "_whole")

    def __init__(
        self,
        schema: Mapping[str, object] | bool,
        *,
        registry: Mapping[str, object] = _NONE,
        formats: bool = True,
    ) -> None:
        own = _document(schema, "a schema")
        others = {uri: _document(each, f"registry[{uri!r}]") for uri, each in registry.items()}
        validator, draft, is_whole = built(own, others)
        survey = Survey(validator, draft)
        known = formats_of(draft.number) if formats else {}
        fast: _Makes = nothing
        if is_whole and survey.is_alike:
            fast = quick(own, draft.number, others, known, bounded=survey.is_bounded)
        said = json.dumps([own, others, formats], sort_keys=True)
        more = f", registry={others!r}" if others else ""
        shown = f"JsonSchema({own!r}{more}{'' if formats else ', formats=False'})"
        told_apart = own if survey.is_static else {}
        places = cache(lambda: pointers(told_apart))
        whole = _Whole(said, shown, known, frozenset(survey.names), fast, places)
        self._become(Place(validator, draft, ""), whole, ())

    def _become(self, place: Place, whole: _Whole, steps: tuple[str | int, ...]) -> None:
        self._place = place
        self._whole = whole
        self._steps = steps
        self._parts: dict[str | int, JsonSchema | None] = {}
        self._fast = None if place.pointer is None else whole.fast(place.pointer)

    def fits(self, value: object) -> bool:
        """Whether *value* fits, which is what JSON gives: dicts, lists, strings, numbers.

        A number of more digits than Python reads (4,300) is none of these.
        """
        return not self.errors(value)

    def errors(self, value: object) -> list[Wrong]:
        """What of *value* does not fit, in its order; at most twenty things, none if it fits."""
        if self._fast is not None and self._fast(value):
            return []
        look = Look(self._whole.formats, self._whole.quick)
        try:
            found = self._place.validator.evolve(format_checker=look).iter_errors(value)
            return told(found, value, self._whole.names)
        except PatternTooSlow:
            return [_TOO_SLOW]
        except RecursionError:
            return [_TOO_DEEP]
        except ValueError:  # Python writes no number of so many digits, and `jsonschema` would
            return [_TOO_LONG]

    def within(self, step: str | int) -> JsonSchema | None:
        """What stands at the key or place *step* of a value must fit this.

        What does not fit it fits nowhere, whatever else the value holds. It is None where the
        schema says nothing of *step*, or not plainly: under `anyOf`, say.

        >>> schema = JsonSchema({"items": {"properties": {"id": {"type": "integer"}}}})
        >>> schema.within(3).within("id").fits("seventeen")
        False
        """
        if step in self._parts:
            return self._parts[step]
        place = part_at(self._place, step)
        part = None if place is None else self._part(place, step)
        if len(self._parts) < _MOST_KNOWN:
            self._parts[step] = part
        return part

    def _part(self, place: Place, step: str | int) -> JsonSchema:
        part = object.__new__(JsonSchema)
        part._become(place, self._whole, (*self._steps, step))
        return part

    @property
    def names(self) -> Collection[str]:
        """The keys that it knows, which may be said of any reply."""
        return self._whole.names

    def kinds(self) -> frozenset[str]:
        """The JSON types that its `type` allows; all if it has none."""
        return kinds_at(self._place)

    @property
    def words(self) -> frozenset[str] | None:
        """The strings that fit, if these are all that fits and the schema lists them."""
        values = values_at(self._place)
        if values is None:
            return None
        fitting = [each for each in values if self.fits(each)]
        words = frozenset(each for each in fitting if isinstance(each, str))
        return words if words and len(words) == len(fitting) else None

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, JsonSchema):
            return NotImplemented
        return self._whole.said == other._whole.said and self._steps == other._steps

    def __hash__(self) -> int:
        return hash((self._whole.said, self._steps))

    def __reduce__(self) -> tuple[Callable[..., JsonSchema], tuple[object, ...]]:
        return _again, (self._whole.said, self._steps)

    def __repr__(self) -> str:
        return self._whole.shown + "".join(f".within({each!r})" for each in self._steps)


def _again(said: str, steps: tuple[str | int, ...]) -> JsonSchema:
    """What a copy is made of: neither a pattern nor an engine can be copied."""
    schema, registry, formats = json.loads(said)
    again: JsonSchema | None = JsonSchema(schema, registry=registry, formats=formats)
    for step in steps:
        again = again and again.within(step)
    assert again is not None
    return again


_MOST_KNOWN = 1_000
"""Keys of a reply are without bound; those of a schema that matters are not."""
_TOO_SLOW = Wrong((), "found a string that a pattern of the schema takes too long to decide on")
_TOO_DEEP = Wrong((), "found a value nested too deep to be compared with the schema")
_TOO_LONG = Wrong((), "found a number of too many digits")


def _document(schema: object, what: str) -> Any:
    contents = getattr(schema, "contents", schema)
    if not isinstance(contents, Mapping | bool):
        raise PolicyError(f"{what} is a dict, True or False, not a {type(contents).__name__}")
    return plain(contents)
