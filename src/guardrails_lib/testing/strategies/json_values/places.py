"""The places of a schema: what stands there, what it refers to, and whether a value fits it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple, TypeAlias

from ....schemas.json_schema.dialects import built
from ....schemas.json_schema.formats import formats_of
from ....schemas.json_schema.keywords import Look, PatternTooSlow
from ....schemas.json_schema.reference import Draft, draft_of
from .modern import modern

__all__ = ["Key", "Place", "Places"]

Key: TypeAlias = "tuple[int, str, tuple[str, ...]]"


class Place(NamedTuple):
    """A schema, and what its references are resolved by."""

    schema: Any
    resolver: Any
    draft: Draft
    name: str
    """How it is told: a JSON pointer."""

    @property
    def key(self) -> Key:
        """Two places with the same key mean the same."""
        outermost = reversed([uri for uri, _ in self.resolver.dynamic_scope()])
        return id(self.schema), self.resolver._base_uri, tuple(dict.fromkeys(outermost))  # noqa: SLF001  # referencing shows it nowhere


class Places:
    """All places of one schema."""

    def __init__(self, schema: Mapping[str, object] | bool, others: Mapping[str, Any]) -> None:
        self._validator, draft, _ = built(schema, others)
        self.root = Place(schema, self._validator._resolver, draft, "#")  # noqa: SLF001  # jsonschema shows it in no other way
        self._made: dict[tuple[object, ...], Any] = {}
        self._said: dict[tuple[int, str], Mapping[str, Any]] = {}

    def within(self, place: Place, *steps: str | int) -> Place:
        """The schema at *steps* in what is `said` at *place*."""
        schema: Any = self.said(place)
        for each in steps:
            schema = schema[each]
        return self._entered(schema, place, "/".join((place.name, *map(str, steps))))

    def _entered(self, schema: Any, place: Place, name: str) -> Place:
        draft, resolver = place.draft, place.resolver
        if isinstance(schema, dict):
            draft = _draft(schema, draft)
            resolver = resolver.in_subresource(draft.specification.create_resource(schema))
        return Place(schema, resolver, draft, name)

    def made(self, place: Place, schema: Mapping[str, Any], *named: object) -> Place:
        """A *schema* made up of parts of that of *place*; the same for the same name."""
        kept = self._made.setdefault((place.key, *named), schema)
        return place._replace(schema=kept)

    def against(self, place: Place) -> Place:
        """What fits where *place* does not."""
        return self.made(place, {"not": place.schema}, "not")

    def referred(self, place: Place) -> list[Place]:
        """What the schema of *place* refers to."""
        refs = [self.said(place)[word] for word in _REFER if word in self.said(place)]
        found = [(ref, place.resolver.lookup(ref)) for ref in refs]
        return [
            Place(each.contents, each.resolver, _draft(each.contents, place.draft), ref)
            for ref, each in found
        ]

    def said(self, place: Place) -> Mapping[str, Any]:
        """What the schema of *place*, no boolean, says in the words of the latest draft."""
        key = (id(place.schema), place.draft.number)
        if key not in self._said:
            self._said[key] = modern(place.schema, place.draft)
        return self._said[key]

    def fits(self, places: Iterable[Place], value: object) -> bool:
        """Whether *value* fits all of *places*."""
        try:
            return all(self._fits(each, value) for each in places)
        except (PatternTooSlow, RecursionError):
            return False

    def _fits(self, place: Place, value: object) -> bool:
        look = Look(formats_of(place.draft.number))
        validator = self._validator.evolve(
            schema=place.schema, _resolver=place.resolver, format_checker=look
        )
        return next(validator.iter_errors(value), None) is None


_REFER = ("$ref", "$dynamicRef", "$recursiveRef")


def _draft(schema: object, otherwise: Draft) -> Draft:
    return (draft_of(schema) if isinstance(schema, Mapping) else None) or otherwise
