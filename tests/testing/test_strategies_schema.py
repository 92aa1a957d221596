"""Values that fit a JSON Schema: they do, there are some, and what nothing fits is said."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st
from hypothesis.errors import FailedHealthCheck, InvalidArgument

from guardrails_lib import PolicyError
from guardrails_lib.schemas.json_schema import JsonSchema
from guardrails_lib.testing.strategies.from_schema import from_schema

DATA = Path(__file__).parents[2] / ".." / "shared" / "data"
SUITE = DATA / "schema_test_suite" / "suite.jsonl.gz"
WORLD = DATA / "schema_maskbench_dev"

OTHERWISE = {
    "multipleOf.json": "jsonschema divides floats, and by decimals -99999.9999 is a multiple",
    "steps": "the same: 0.14 is a multiple of 0.01",
    "two steps": "the same",
    "letters": r"jsonschema knows no \p{L}",
    "optional/ecmascript-regex.json": r"jsonschema reads \W as Python does, and it is ECMA's",
}
"""Where the values may not fit by jsonschema, and the JSON Schema Test Suite has them fit."""

NODE = {
    "type": "object",
    "properties": {
        "value": {"type": "integer"},
        "left": {"$ref": "#/$defs/node"},
        "right": {"$ref": "#/$defs/node"},
    },
    "required": ["value"],
    "additionalProperties": False,
}
TREE = {"$defs": {"node": NODE}, "$ref": "#/$defs/node"}


def made(schema: Any, count: int = 12) -> list[Any]:
    values: list[Any] = []

    @settings(max_examples=count, database=None, derandomize=True, deadline=None)
    @given(from_schema(schema))
    def collect(value: object) -> None:
        values.append(value)

    collect()
    return values


def smallest(schema: Any, of: Any = lambda _: True) -> Any:
    """The first, if it will do: it is tried before all others, and is what they shrink to."""
    how = settings(max_examples=2_000, phases=[Phase.generate], database=None)
    return find(from_schema(schema), of, settings=how)


def rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def unfit(schema: Any, values: list[Any]) -> list[Any]:
    """What does not fit by jsonschema alone."""
    drafts: Any = jsonschema.validators
    validator = drafts.validator_for(schema, default=jsonschema.Draft202012Validator)(schema)
    return [each for each in values if not validator.is_valid(each)]


@pytest.mark.skipif(not SUITE.is_file(), reason="../shared/data is not there")
def test_there_are_values_for_each_schema_of_the_suite_and_jsonschema_has_them_fit() -> None:
    """Of every seventh; all of them were tried by hand."""
    groups = [
        each
        for each in rows(SUITE)
        if each["draft"] == "draft2020-12"
        and any(test["valid"] for test in each["tests"])
        and "localhost" not in json.dumps(each["schema"])
    ]
    assert len(groups) > 350
    for each in islice(groups, 0, None, 7):
        values = made(each["schema"], 4)
        assert values
        if each["file"].removeprefix("draft2020-12/") not in OTHERWISE:
            assert unfit(each["schema"], values) == [], each["description"]


@pytest.mark.skipif(not WORLD.is_dir(), reason="../shared/data is not there")
def test_there_are_values_for_schemas_of_the_world() -> None:
    for path in sorted(WORLD.glob("*.gz")):
        for row in islice(rows(path), 0, 1200, 90):
            if any(test["valid"] for test in row["tests"]):
                values = made(row["schema"], 4)
                assert values
                assert unfit(row["schema"], values) == [], row["id"]


SCHEMAS: dict[str, Any] = {
    "const": {"const": {"a": [1]}},
    "enum": {"enum": ["a", 1, None]},
    "types": {"type": ["null", "integer"]},
    "bounds": {"type": "integer", "exclusiveMinimum": 3, "maximum": 5},
    "steps": {"type": "number", "multipleOf": 0.01, "minimum": 0.1, "maximum": 0.2},
    "two steps": {"multipleOf": 0.4, "allOf": [{"multipleOf": 0.6, "type": "number"}]},
    "narrow": {"type": "number", "exclusiveMinimum": 0.1, "exclusiveMaximum": 0.1001},
    "beyond floats": {"type": "number", "minimum": 10**400},
    "long": {"type": "string", "minLength": 300},
    "code points": {"type": "string", "minLength": 2, "maxLength": 2},
    "pattern": {"type": "string", "pattern": r"^[a-z]{2}-\d+$", "minLength": 20},
    "letters": {"type": "string", "pattern": r"^[\p{Lu}_]\p{L}*\u00df$"},
    "two patterns": {"type": "string", "pattern": "^a", "allOf": [{"pattern": "z$"}]},
    "format and length": {"type": "string", "format": "uri", "maxLength": 40},
    "tuple": {"type": "array", "prefixItems": [{"const": 1}, {"type": "null"}], "items": False},
    "contains": {
        "type": "array",
        "contains": {"const": "x"},
        "minContains": 2,
        "maxContains": 3,
        "prefixItems": [{"type": "integer"}],
        "maxItems": 5,
    },
    "unique": {"type": "array", "items": {"type": "boolean"}, "uniqueItems": True, "minItems": 2},
    "unevaluated items": {
        "type": "array",
        "prefixItems": [{"type": "string"}],
        "minItems": 2,
        "contains": {"type": "integer"},
        "unevaluatedItems": {"type": "boolean"},
    },
    "patterns of names": {
        "type": "object",
        "patternProperties": {"^s_": {"type": "string"}},
        "additionalProperties": {"type": "integer"},
        "minProperties": 3,
    },
    "names": {"type": "object", "propertyNames": {"maxLength": 3}, "minProperties": 2},
    "names of a list": {
        "type": "object",
        "propertyNames": {"enum": ["a", "b", "c"]},
        "minProperties": 3,
    },
    "dependent": {
        "type": "object",
        "properties": {"card": {"type": "string"}},
        "dependentRequired": {"card": ["address"]},
        "dependentSchemas": {"address": {"properties": {"address": {"minLength": 3}}}},
        "minProperties": 1,
    },
    "unevaluated properties": {
        "type": "object",
        "anyOf": [{"properties": {"a": {"const": 1}}}, {"properties": {"b": {"const": 2}}}],
        "unevaluatedProperties": False,
    },
    "all of": {"allOf": [{"type": "integer"}, {"minimum": 3}, {"maximum": 4}]},
    "one of": {"oneOf": [{"type": "integer"}, {"type": "number", "minimum": 2}]},
    "not": {"not": {"anyOf": [{"type": ["string", "object"]}, {"minimum": 0}]}},
    "not required": {"type": "object", "not": {"required": ["a"]}, "minProperties": 1},
    "if": {
        "type": "object",
        "required": ["kind"],
        "if": {"properties": {"kind": {"const": "a"}}},
        "then": {"required": ["x"]},
        "else": {"properties": {"kind": {"enum": ["b", "c"]}}},
    },
    "anchor": {"$ref": "#here", "$defs": {"a": {"$anchor": "here", "type": "null"}}},
    "id": {
        "$id": "https://example.com/a",
        "$ref": "b",
        "$defs": {"b": {"$id": "b", "$ref": "#/$defs/c", "$defs": {"c": {"const": 7}}}},
    },
    "dynamic": {
        "$id": "https://example.com/strings",
        "$ref": "list",
        "$defs": {
            "items": {"$dynamicAnchor": "T", "type": "string"},
            "list": {
                "$id": "list",
                "type": "array",
                "minItems": 1,
                "items": {"$dynamicRef": "#T"},
                "$defs": {"items": {"$dynamicAnchor": "T"}},
            },
        },
    },
    "recursive": TREE,
    "recursive and needed": {
        "$defs": {
            "a": {"anyOf": [{"type": "null"}, {"type": "array", "items": {"$ref": "#/$defs/a"}}]}
        },
        "type": "object",
        "required": ["a"],
        "properties": {"a": {"$ref": "#/$defs/a"}},
    },
    "anything": True,
    "draft 4": {
        "$schema": "http://json-schema.org/draft-04/schema#",
        "type": "array",
        "items": [{"type": "integer", "minimum": 0, "exclusiveMinimum": True}],
        "additionalItems": False,
    },
    "draft 7": {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "definitions": {"a": {"type": "object", "dependencies": {"b": ["c"], "c": {}}}},
        "$ref": "#/definitions/a",
        "type": "null",
    },
}


@pytest.mark.parametrize("name", SCHEMAS)
def test_each_value_fits(name: str) -> None:
    schema = SCHEMAS[name]
    values = made(schema)
    known = JsonSchema(schema)
    assert [each for each in values if not known.fits(each)] == []
    assert name in OTHERWISE or unfit(schema, values) == []


@pytest.mark.parametrize(
    ("name", "several"),
    [
        ("types", [None, 3]),
        ("enum", ["a", 1, None]),
        ("one of", [-1, 2.5]),
        ("tuple", [[], [1], [1, None]]),
        ("unevaluated properties", [{}, {"a": 1}, {"b": 2}]),
        ("recursive and needed", [{"a": None}, {"a": []}, {"a": [None]}]),
    ],
)
def test_each_way_to_fit_is_tried(name: str, several: list[Any]) -> None:
    strategy = from_schema(SCHEMAS[name])
    for each in several:
        how = settings(max_examples=2_000, phases=[Phase.generate], database=None)
        found = find(strategy, partial(is_like, each), settings=how)
        assert JsonSchema(SCHEMAS[name]).fits(found)


def is_like(other: Any, value: Any) -> bool:
    """Numbers are alike if they are of one kind and sign."""
    if isinstance(other, int | float):
        return type(value) is type(other) and (value < 0) == (other < 0)
    return bool(value == other) and type(value) is type(other)


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        ({"type": "integer", "minimum": 3}, 3),
        ({"type": "array", "items": {"type": "string"}, "minItems": 2}, ["", ""]),
        (
            {"type": ["string", "object"], "properties": {"a": True}, "minProperties": 1},
            {"a": None},
        ),
        (TREE, {"value": 0}),
        ({"anyOf": [{"type": "string"}, {"type": "null"}]}, None),
        ({"type": "string", "format": "email"}, "a@example.com"),
    ],
)
def test_it_shrinks_to_what_one_can_read(schema: Any, value: object) -> None:
    assert smallest(schema) == value


def test_a_value_that_holds_itself_ends() -> None:
    def depth(value: Any) -> int:
        inner = value.values() if isinstance(value, dict) else ()
        return 1 + max(map(depth, inner), default=0)

    depths = [depth(each) for each in made(TREE, 60)]
    assert 3 <= max(depths) <= 8


POOL: list[Any] = [
    *(None, True, 0, 1, -1, 0.5, 10, "", "a", "abc", [], [0], ["a"], [0, 1], [0, "a", None]),
    *({}, {"a": 0}, {"a": "a"}, {"b": 1}, {"a": 1, "b": 2}, {"x": 1}, {"a": {"a": 1}}),
]
KINDS = st.sampled_from(["integer", "string", "null", "boolean", "number", "object", "array"])
COUNTS = st.integers(0, 3)


def schemas(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Schemas with a few keywords of any kind, over others."""
    several = st.lists(inner, min_size=1, max_size=3)
    names = st.sampled_from(["a", "b", "c"])
    words: dict[str, st.SearchStrategy[Any]] = {
        "type": KINDS,
        "enum": st.lists(st.sampled_from(POOL), min_size=1, max_size=3),
        "minimum": st.sampled_from([0, 1, 2.5]),
        "multipleOf": st.sampled_from([1, 0.1, 3]),
        "minLength": COUNTS,
        "maxLength": COUNTS,
        "pattern": st.sampled_from(["^a", "b$"]),
        "items": inner,
        "prefixItems": several,
        "contains": inner,
        "maxContains": COUNTS,
        "minItems": COUNTS,
        "maxItems": COUNTS,
        "uniqueItems": st.just(True),
        "properties": st.dictionaries(names, inner),
        "additionalProperties": inner,
        "patternProperties": st.dictionaries(st.just("^[ab]"), inner),
        "propertyNames": inner,
        "required": st.lists(names, max_size=2, unique=True),
        "minProperties": COUNTS,
        "dependentSchemas": st.dictionaries(names, inner, max_size=1),
        "not": inner,
        "allOf": several,
        "anyOf": several,
        "oneOf": several,
        "if": inner,
        "then": inner,
        "unevaluatedItems": inner,
        "unevaluatedProperties": inner,
        "else": inner,
    }
    return st.lists(st.sampled_from(sorted(words)), min_size=1, max_size=4, unique=True).flatmap(
        lambda chosen: st.fixed_dictionaries({word: words[word] for word in chosen})
    )


@settings(max_examples=40, database=None)
@given(st.recursive(st.booleans() | KINDS.map(lambda kind: {"type": kind}), schemas), st.data())
def test_of_any_schema_there_are_values_that_fit_or_none_fits(
    schema: Any, data: st.DataObject
) -> None:
    known = JsonSchema(schema)
    try:
        strategy = from_schema(schema)
    except InvalidArgument:
        assert [each for each in POOL if known.fits(each)] == []
    else:
        assert known.fits(data.draw(strategy))


def test_it_may_be_drawn_within_a_test() -> None:
    @settings(max_examples=10, database=None)
    @given(st.data())
    def law(data: st.DataObject) -> None:
        assert data.draw(from_schema({"type": "null"})) is None

    law()


@pytest.mark.parametrize(
    ("schema", "said"),
    [
        (False, "#: false"),
        (
            {
                "type": "object",
                "required": ["a"],
                "properties": {"a": {"minimum": 5, "maximum": 3, "type": "number"}},
            },
            "#/properties/a: no number is both over 5 and under 3",
        ),
        (
            {"type": "object", "properties": {"a": False}, "required": ["a"]},
            "#/properties/a: false",
        ),
        ({"type": "array", "items": {"enum": []}, "minItems": 1}, "#/items: "),
        ({"enum": [1, 2], "type": "string"}, "#: none of the values that there might be fits"),
        ({"type": "string", "allOf": [{"type": "null"}]}, "#/allOf/0: no type is left"),
        (
            {"type": "integer", "minimum": 5, "maximum": 3},
            "#: no number is both over 5 and under 3",
        ),
        ({"type": "integer", "multipleOf": 7, "minimum": 1, "maximum": 6}, "no multiple of 7"),
        ({"type": "string", "minLength": 3, "maxLength": 2}, "at least 3 characters and at most 2"),
        ({"type": "object", "required": ["a", "b"], "maxProperties": 1}, "at least 2 properties"),
        ({"type": "array", "contains": False}, "#/contains: false"),
        ({"not": {}}, "#/not: everything fits"),
        ({"oneOf": [True, True]}, "#/oneOf/1/not: everything fits"),
        (
            {
                "$defs": {"a": {"type": "array", "items": {"$ref": "#/$defs/a"}, "minItems": 1}},
                "$ref": "#/$defs/a",
            },
            "a value would hold itself without end",
        ),
    ],
)
def test_where_nothing_fits_it_says_so_at_once(schema: Any, said: str) -> None:
    with pytest.raises(InvalidArgument, match="nothing fits the schema: #") as raised:
        from_schema(schema)
    assert said in str(raised.value)


def test_where_nothing_that_fits_is_found_the_search_ends() -> None:
    text = {"type": "string", "pattern": "^a", "allOf": [{"pattern": "^b"}]}
    schema = {"type": "object", "required": ["a"], "properties": {"a": text}}
    said = r"nothing that fits the schema was made; .* #/properties/a"
    with pytest.raises(FailedHealthCheck, match=said):
        made(schema)


def test_what_is_no_schema_is_refused_as_elsewhere() -> None:
    with pytest.raises(PolicyError, match="this is no schema"):
        from_schema({"type": "text"})


def test_what_it_refers_to_may_be_in_a_registry() -> None:
    others = {"https://example.com/id": {"type": "integer", "minimum": 7}}
    strategy = from_schema({"$ref": "https://example.com/id"}, registry=others)
    assert find(strategy, lambda _: True) == 7
