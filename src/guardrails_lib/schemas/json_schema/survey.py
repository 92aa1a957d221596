"""What a schema is made of, found before it is used: and why it cannot be, if it cannot."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from graphlib import CycleError, TopologicalSorter
from math import isfinite
from typing import Any, cast

from ..._errors import PolicyError
from .ecma import ecma, is_plain
from .formats import formats_of
from .keywords import Look
from .quick import quick
from .reference import Draft, draft_of
from .told import told

__all__ = ["Survey", "checked", "plain"]

_DEEPEST = 100
"""How deep a schema may be nested."""
_MOST = 100_000
"""How many values a schema may hold."""

_MANY_CHOICES = 100

_ONE = ("not", "if", "then", "else")
_MANY = ("allOf", "anyOf", "oneOf")
_NAMED = ("properties", "dependentRequired", "dependentSchemas", "dependencies")


def plain(schema: object) -> Any:
    """*schema* as dicts, lists and values of JSON: a copy that nobody else changes."""
    left = [_MOST]

    def copied(value: object, depth: int) -> object:
        left[0] -= 1
        if left[0] < 0:
            raise PolicyError(f"a schema holds at most {_MOST:,} values: define what it repeats")
        if depth > _DEEPEST:
            raise PolicyError(
                f"a schema is nested at most {_DEEPEST} deep, and does not hold itself: "
                'define what it repeats once, and write {"$ref": "#/$defs/..."}'
            )
        if isinstance(value, Mapping):
            if not all(isinstance(key, str) for key in value):
                raise PolicyError("the keys of a schema are strings")
            return {str(key): copied(each, depth + 1) for key, each in value.items()}
        if isinstance(value, list | tuple):
            return [copied(each, depth + 1) for each in value]
        if value is None or type(value) in {str, int, bool}:
            return value
        if isinstance(value, float) and isfinite(value):
            return value
        raise PolicyError(f"a schema holds what JSON can, not this {type(value).__name__}")

    return copied(schema, 0)


class Survey:
    """All that *validator*'s schema is made of: its sub-schemas, and those it refers to."""

    def __init__(self, validator: Any, draft: Draft) -> None:
        self.names: set[str] = set()
        """The keys that the schema itself speaks of."""
        self._keywords: set[str] = set()
        self._alike = True
        self._drafts: set[str] = set()
        self._seen: dict[int, Mapping[str, Any]] = {}
        self._within: dict[int, list[int]] = {}
        """For each schema, those that look at the same value as it does."""
        self._inner: dict[int, list[int]] = {}
        """For each schema, all others that it leads to."""
        self._targets: list[tuple[Any, Any, Draft]] = []
        self._look_at(validator.schema, validator._resolver, draft)  # noqa: SLF001  # see reference
        while self._targets:
            schema, resolver, draft = self._targets.pop()
            if id(schema) not in self._seen:
                checked(schema, draft)
                self._look_at(schema, resolver, draft)
        self._ends()

    def _look_at(self, schema: Any, resolver: Any, draft: Draft) -> None:
        waiting = [(schema, resolver, draft)]
        while waiting:
            each, resolver, draft = waiting.pop()
            if not isinstance(each, Mapping) or id(each) in self._seen:
                continue
            if len(self._seen) >= _MOST:
                raise PolicyError(f"a schema refers to at most {_MOST:,} others")
            self._seen[id(each)] = each
            self._note(each, draft)
            referred = list(self._referred(each, resolver, draft))
            alone = draft.ignores_siblings and "$ref" in each
            within = (
                [] if alone else [id(one) for one in _in_place(each) if isinstance(one, Mapping)]
            )
            self._within[id(each)] = [*referred, *within]
            self._inner[id(each)] = referred
            for inner in _inner(each, draft):
                its = _draft(inner, draft)
                inside = resolver.in_subresource(its.specification.create_resource(inner))
                waiting.append((inner, inside, its))
                self._inner[id(each)].append(id(inner))

    def _note(self, schema: Mapping[str, Any], draft: Draft) -> None:
        self._drafts.add(draft.number)
        self._keywords.update(schema)
        for word in _NAMED:
            self.names.update(schema.get(word, ()))
        if isinstance(required := schema.get("required"), list):
            self.names.update(required)
        choices = [each for each in schema.get("enum", ()) if isinstance(each, dict | list)]
        self._alike = self._alike and len(choices) < _MANY_CHOICES
        patterns = [*schema.get("patternProperties", ())]
        if isinstance(pattern := schema.get("pattern"), str):
            patterns.append(pattern)
        for each in patterns:
            try:
                ecma(each)
            except ValueError as problem:
                raise PolicyError(
                    f"{each[:80]!r} is no regular expression of ECMA-262: {problem}"
                ) from None
            self._alike = self._alike and is_plain(each)

    def _referred(self, schema: Mapping[str, Any], resolver: Any, draft: Draft) -> Iterator[int]:
        for word in ("$ref", "$dynamicRef", "$recursiveRef"):
            if word not in schema or word not in draft.validator.VALIDATORS:
                continue
            try:
                found = resolver.lookup(schema[word])
            except Exception as problem:  # whatever a document that is no schema makes it raise
                raise PolicyError(
                    f'{{"{word}": "{schema[word]}"}} leads nowhere: define it in the schema, or '
                    "give registry={uri: schema}; nothing is ever fetched"
                ) from problem
            self._targets.append((found.contents, found.resolver, _draft(found.contents, draft)))
            yield id(found.contents)

    @property
    def is_alike(self) -> bool:
        """Whether every engine reads it alike: it is of one draft, with patterns that all know.

        It has no long list of objects to choose from: the fast engine compares with each in turn.
        What `contains` finds is evaluated from 2020-12 on, and for the fast engine before, too.
        """
        odd = "unevaluatedItems" in self._keywords and "2019-09" in self._drafts
        return self._alike and len(self._drafts) <= 1 and not odd

    @property
    def is_static(self) -> bool:
        """Whether what a sub-schema means depends on nothing that leads to it."""
        return self._keywords.isdisjoint({"$dynamicRef", "$recursiveRef"})

    @property
    def is_bounded(self) -> bool:
        """Whether it looks only so deep into a value: no schema leads back to itself."""
        return self.is_static and _circle(self._inner) is None

    def _ends(self) -> None:
        circle = _circle(self._within)
        if circle is not None:
            here: Any = next((self._seen[one] for one in circle if "$ref" in self._seen[one]), {})
            named = here.get("$ref")
            raise PolicyError(
                f"the schema refers to itself without end{f' by {named!r}' if named else ''}: "
                "a reference back must stand for a part of the value, under properties or items"
            )


def _circle(leads: Mapping[int, Iterable[int]]) -> Sequence[int] | None:
    try:
        TopologicalSorter(leads).prepare()
    except CycleError as circle:
        return cast("Sequence[int]", circle.args[1])
    return None


def _draft(schema: object, otherwise: Draft) -> Draft:
    return (draft_of(schema) if isinstance(schema, Mapping) else None) or otherwise


def _inner(schema: Mapping[str, Any], draft: Draft) -> Iterator[Mapping[str, Any]]:
    """The sub-schemas: `referencing` takes lists for some of them, and leaves others out."""
    found = [each.contents for each in draft.specification.create_resource(schema).subresources()]
    found += schema.get("dependencies", {}).values()
    yield from (each for each in found if isinstance(each, Mapping))


def _in_place(schema: Mapping[str, Any]) -> Iterator[Any]:
    """The sub-schemas that look at the value itself."""
    yield from (schema[word] for word in _ONE if word in schema)
    for word in _MANY:
        yield from schema.get(word, ())
    for word in ("dependentSchemas", "dependencies"):
        yield from schema.get(word, {}).values()


def checked(schema: object, draft: Draft, metaschema: Any = None) -> None:
    """Raise `PolicyError` if *schema* is none, by its draft or by a *metaschema* of that."""
    if metaschema is None and (surely := _quickly(draft)) is not None and surely(schema):
        return
    validator = draft.metaschema if metaschema is None else metaschema
    look = Look(_formats(draft))
    try:
        wrong = told(validator.evolve(format_checker=look).iter_errors(schema), schema, None)
    except RecursionError:
        raise PolicyError("the schema is nested too deep to be checked") from None
    if wrong:
        where = f"{wrong[0].place}: " if wrong[0].path else ""
        raise PolicyError(f"this is no schema of {draft}: {where}{wrong[0].message}")


@cache
def _quickly(draft: Draft) -> Callable[[object], bool] | None:
    return quick(draft.metaschema.schema, draft.number, {}, _formats(draft), bounded=False)("")


def _formats(draft: Draft) -> Mapping[str, Callable[[str], bool]]:
    """What the texts of a schema must be; of its patterns a survey says more."""
    return {**formats_of(draft.number), "regex": lambda _: True}
