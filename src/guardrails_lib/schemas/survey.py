"""What a schema is made of, found before it is used: and why it cannot be, if it cannot."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from graphlib import CycleError, TopologicalSorter
from math import isfinite
from typing import Any, cast

from .._errors import PolicyError
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
        self.keywords: set[str] = set()
        self.is_plain = True
        """Whether every engine reads its patterns alike."""
        self.drafts: set[str] = set()
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
            within = [] if alone else [id(one) for one in _in_place(each) if one is not True]
            self._within[id(each)] = [*referred, *within]
            self._inner[id(each)] = referred
            for inner in draft.specification.create_resource(each).subresources():
                its = _draft(inner.contents, draft)
                inside = resolver.in_subresource(its.specification.create_resource(inner.contents))
                waiting.append((inner.contents, inside, its))
                self._inner[id(each)].append(id(inner.contents))

    def _note(self, schema: Mapping[str, Any], draft: Draft) -> None:
        self.drafts.add(draft.number)
        self.keywords.update(schema)
        for word in _NAMED:
            self.names.update(schema.get(word, ()))
        if isinstance(required := schema.get("required"), list):
            self.names.update(required)
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
            self.is_plain = self.is_plain and is_plain(each)

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
    def is_bounded(self) -> bool:
        """Whether it looks only so deep into a value: no schema leads back to itself."""
        return _circle(self._inner) is None

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
