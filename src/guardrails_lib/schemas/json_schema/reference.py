"""JSON Schema by `jsonschema`: what decides, and what the fast engine is held equal to.

No reference is ever fetched: the registry holds the documents of the caller and those of the
specification, and nothing asks for more.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from itertools import islice
from typing import Any

try:
    import jsonschema
    import referencing
    import referencing.exceptions
    import referencing.jsonschema as known
    from jsonschema.exceptions import ValidationError
    from jsonschema.validators import extend
except ImportError as missing:
    raise ImportError('a JSON Schema needs jsonschema: pip install "guardrails-lib"') from missing

from .evaluated import unevaluated_items, unevaluated_properties
from .keywords import KEYWORDS, OF_DRAFT_7

__all__ = ["DRAFTS", "LATEST", "Draft", "draft_of", "validator_of"]

_NOTHING: Any = referencing.Registry()

_MOST = 20
"""How many things that do not fit are told of one branch."""


def _ours(find: Callable[..., Iterator[Any]]) -> Callable[..., Iterator[Any]]:
    def keyword(validator: Any, said: Any, value: Any, schema: Any) -> Iterator[Any]:
        for each in find(validator, said, value, schema):
            yield ValidationError("") if each is None else each

    return keyword


def _follow(validator: Any, schema: Mapping[str, Any]) -> Iterator[tuple[Any, Any]]:
    resolver = validator._resolver  # noqa: SLF001  # jsonschema shows it to keywords in no other way
    found = [resolver.lookup(schema[word]) for word in ("$ref", "$dynamicRef") if word in schema]
    if "$recursiveRef" in schema:
        found.append(known.lookup_recursive_ref(resolver))
    for each in found:
        yield validator.evolve(schema=each.contents, _resolver=each.resolver), each.contents


def _branches(validator: Any, schemas: Any, value: Any) -> Iterator[list[Any]]:
    for place, schema in enumerate(schemas):
        branch = list(islice(validator.descend(value, schema, schema_path=place), _MOST))
        if schema is False:  # `descend` forgets the place of that one
            branch[0].schema_path.append(place)
        yield branch


def _any_of(validator: Any, schemas: Any, value: Any, _: Any) -> Iterator[Any]:
    wrong = []
    for branch in _branches(validator, schemas, value):
        if not branch:
            return
        wrong += branch
    yield ValidationError("", context=wrong)


def _one_of(validator: Any, schemas: Any, value: Any, _: Any) -> Iterator[Any]:
    branches = list(_branches(validator, schemas, value))
    if sum(not each for each in branches) != 1:
        wrong = [] if [] in branches else [each for branch in branches for each in branch]
        yield ValidationError("", context=wrong)


_MANY = 100


def _items(stock: Any) -> Callable[..., Iterator[Any]]:
    """The keyword `items`, which passes over those of many that surely fit."""

    def keyword(validator: Any, items: Any, value: Any, schema: Any) -> Iterator[Any]:
        many = isinstance(items, dict) and isinstance(value, list) and len(value) > _MANY
        surely = validator.format_checker.quick(items) if many else None
        if surely is None:
            yield from stock(validator, items, value, schema)
            return
        first = len(schema.get("prefixItems", ())) if "prefixItems" in validator.VALIDATORS else 0
        for index in range(first, len(value)):
            if not surely(value[index]):
                yield from validator.descend(value[index], items, path=index)

    return keyword


_KEYWORDS = {
    **{name: _ours(find) for name, find in KEYWORDS.items()},
    "unevaluatedItems": _ours(unevaluated_items(_follow)),
    "unevaluatedProperties": _ours(unevaluated_properties(_follow)),
    "anyOf": _any_of,
    "oneOf": _one_of,
}


_LEGACY = {"dependencies": jsonschema.Draft7Validator.VALIDATORS["dependencies"]}
"""What the latest drafts leave to each validator, and schemas still hold."""


class Draft:
    """One draft of JSON Schema: its number, how it refers, how it validates."""

    def __init__(self, number: str, uri: str, stock: Any, specification: Any) -> None:
        self.number = number
        self.uri = uri
        self.specification = specification
        self._stock = stock
        self.validator = self.limited_to(None)
        self.metaschema: Any = self.validator(stock.META_SCHEMA, registry=_NOTHING)
        self.ignores_siblings = number in {"4", "6", "7"}
        """Whether what stands beside ``$ref`` counts for nothing."""

    def limited_to(self, names: Collection[str] | None) -> Any:
        """What validates by the keywords with these names; by all if it is None."""
        has = {**_LEGACY, **self._stock.VALIDATORS}
        ours = {name: keyword for name, keyword in _KEYWORDS.items() if name in has}
        ours["items"] = _items(has["items"])
        if self.number == "7":
            ours |= {name: _ours(find) for name, find in OF_DRAFT_7.items()}
        validator: Any = extend(  # type: ignore[no-untyped-call]  # its stub has no types
            self._stock,
            {**has, **ours},
            type_checker=self._stock.TYPE_CHECKER.redefine("array", _is_list),
        )
        if names is not None:
            for name in validator.VALIDATORS.keys() - names:
                del validator.VALIDATORS[name]
        # its own would hand a schema that names its draft to the stock keywords again
        validator.evolve = _evolve
        return validator

    def vocabulary(self, uri: str) -> frozenset[str] | None:
        """The keywords of a vocabulary of this draft; None if it has none of this name."""
        try:
            found = self.metaschema._resolver.lookup(uri.replace("/vocab/", "/meta/"))  # noqa: SLF001  # as above
        except referencing.exceptions.Unresolvable:
            return None
        return frozenset(found.contents["properties"])

    def __repr__(self) -> str:
        return f"draft {self.number}"


def _is_list(_: object, value: object) -> bool:
    return isinstance(value, list)


def _evolve(self: Any, **changes: Any) -> Any:
    schema = changes.setdefault("schema", self.schema)
    changes.setdefault("format_checker", self.format_checker)
    changes.setdefault("_resolver", self._resolver)
    other = draft_of(schema) if isinstance(schema, Mapping) and "$schema" in schema else None
    made = self.__class__ if other is None else other.validator
    return made(registry=_NOTHING, **changes)


DRAFTS = {
    each.uri: each
    for each in (
        Draft(
            "2020-12",
            "https://json-schema.org/draft/2020-12/schema",
            jsonschema.Draft202012Validator,
            known.DRAFT202012,
        ),
        Draft(
            "2019-09",
            "https://json-schema.org/draft/2019-09/schema",
            jsonschema.Draft201909Validator,
            known.DRAFT201909,
        ),
        Draft(
            "7",
            "http://json-schema.org/draft-07/schema",
            jsonschema.Draft7Validator,
            known.DRAFT7,
        ),
        Draft(
            "6",
            "http://json-schema.org/draft-06/schema",
            jsonschema.Draft6Validator,
            known.DRAFT6,
        ),
        Draft(
            "4",
            "http://json-schema.org/draft-04/schema",
            jsonschema.Draft4Validator,
            known.DRAFT4,
        ),
    )
}
"""Each draft by its URI."""

LATEST = DRAFTS["https://json-schema.org/draft/2020-12/schema"]


def draft_of(schema: Mapping[str, Any]) -> Draft | None:
    """The draft that *schema* names: with ``#`` or without, by http or https."""
    named = schema.get("$schema")
    if not isinstance(named, str):
        return None
    rest = named.removesuffix("#").partition("://")[2]
    return DRAFTS.get(f"https://{rest}") or DRAFTS.get(f"http://{rest}")


def validator_of(
    schema: object,
    draft: Draft,
    registry: Mapping[str, tuple[object, Draft]],
    names: Collection[str] | None = None,
) -> Any:
    """What validates by *schema*, whose references resolve in *registry*.

    *names* are the keywords that count; all if it is None.
    """
    documents = [
        (uri, other.specification.create_resource(document))
        for uri, (document, other) in registry.items()
    ]
    made = draft.limited_to(names) if names else draft.validator
    return made(schema, registry=_NOTHING.with_resources(documents))
