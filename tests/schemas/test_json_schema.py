"""What of a value does not fit a JSON Schema, and what can be no schema."""

from __future__ import annotations

import copy
import socket
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from guardrails_lib import PolicyError
from guardrails_lib.schemas.json_schema import JsonSchema
from guardrails_lib.schemas.json_schema import schema as json_schema
from guardrails_lib.schemas.json_schema.quick import nothing
from guardrails_lib.schemas.json_schema.reference import DRAFTS

DRAFT_4 = "http://json-schema.org/draft-04/schema#"
DRAFT_7 = "http://json-schema.org/draft-07/schema#"
DRAFT_2019 = "https://json-schema.org/draft/2019-09/schema"
DRAFT_2020 = "https://json-schema.org/draft/2020-12/schema"
SECRET = "-".join(["sk", "live", "4711"])
"""What a value holds that must not be quoted."""

ORDER = {
    "type": "object",
    "required": ["id", "state"],
    "properties": {
        "id": {"type": "integer", "minimum": 1},
        "state": {"enum": ["new", "paid"]},
        "lines": {"type": "array", "items": {"$ref": "#/$defs/line"}},
        "to": {"type": ["string", "null"], "format": "email"},
    },
    "additionalProperties": False,
    "$defs": {
        "line": {
            "type": "object",
            "properties": {"price": {"type": "number"}},
            "required": ["price"],
        }
    },
}


@pytest.fixture(params=["fast", "reference"], autouse=True)
def engine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each fact holds with the fast engine, and without."""
    if request.param == "reference":
        monkeypatch.setattr(json_schema, "quick", lambda *_, **__: nothing)
    else:
        pytest.importorskip("jsonschema_rs")


def said(schema: Mapping[str, object] | bool, value: object) -> list[str]:
    return [f"{wrong.place}: {wrong.message}" for wrong in JsonSchema(schema).errors(value)]


# -- what is said


def test_what_fits_has_no_errors() -> None:
    order = {"id": 1, "state": "new", "lines": [{"price": 1.5}], "to": None}
    assert JsonSchema(ORDER).fits(order)
    assert JsonSchema(ORDER).errors(order) == []


def test_each_thing_that_does_not_fit_is_told_at_its_place() -> None:
    wrong = {"id": 0, "state": SECRET, "lines": [{"price": 1}, {}, {"price": SECRET}], "to": SECRET}
    assert said(ORDER, wrong) == [
        "id: found an integer out of range; allowed: at least 1",
        'state: found another string; allowed: "new", "paid"',
        "lines[1].price: it is missing, and required; allowed: number",
        "lines[2].price: found a string; allowed: number",
        'to: found a string of another format; allowed: "email", such as name@example.com',
    ]


@pytest.mark.parametrize(
    ("schema", "value", "message"),
    [
        ({"type": ["integer", "null"]}, "x", "found a string; allowed: integer or null"),
        ({"type": "integer"}, True, "found a boolean; allowed: integer"),
        ({"type": "integer"}, 1.5, "found a number; allowed: integer"),
        ({"type": "object"}, [], "found an array; allowed: object"),
        ({"type": "string"}, None, "found null; allowed: string"),
        ({"const": "a"}, "b", 'found another string; allowed: "a"'),
        ({"minLength": 5}, "abc", "found a string of 3 characters; allowed: at least 5"),
        ({"maxItems": 1}, [1, 2], "found an array of 2 items; allowed: at most 1"),
        ({"minProperties": 2}, {"a": 1}, "found an object of 1 property; allowed: at least 2"),
        ({"exclusiveMaximum": 3}, 3, "found an integer out of range; allowed: less than 3"),
        ({"multipleOf": 0.5}, 0.7, "found a number that is none; allowed: multiples of 0.5"),
        (
            {"pattern": "^a"},
            "b",
            'found a string that does not match; allowed: the pattern "^a"',
        ),
        (
            {"uniqueItems": True},
            [1, 1],
            "found an array with an item twice; allowed: each item once",
        ),
        ({"not": {}}, 1, "found what is not allowed: it fits the schema under `not`"),
        (False, 1, "found an integer; nothing is allowed here"),
        (
            {"prefixItems": [{}], "items": False},
            [1, 2],
            "found an array of 2 items; allowed: at most 1",
        ),
        (
            {"contains": {"type": "string"}, "maxContains": 2},
            [1],
            "found an array of 1 item; at least 1 and at most 2 must fit `contains`",
        ),
        (
            {"dependentRequired": {"a": ["b", "c"]}},
            {"a": 1, "c": 1},
            'found an object that lacks what a property of it needs: "a" needs "b"',
        ),
        (
            {"oneOf": [{"type": "integer"}, {"minimum": 1}]},
            2,
            "found what fits several of 2 alternatives; allowed: exactly one",
        ),
        (
            {"anyOf": [{"type": "integer"}, {"type": ["boolean", "null"]}]},
            "x",
            "found a string; allowed: integer or boolean or null",
        ),
    ],
)
def test_it_says_what_was_found_and_what_is_allowed(
    schema: Mapping[str, object] | bool, value: object, message: str
) -> None:
    assert said(schema, value) == [f"the reply: {message}"]


def test_the_branch_with_the_tag_of_the_value_is_the_one_that_is_told() -> None:
    def tagged(kind: str, of: str) -> dict[str, object]:
        properties = {"kind": {"const": kind}, "a": {"type": of}, "b": {"type": of}}
        return {"type": "object", "properties": properties}

    schema = {"anyOf": [tagged("cat", "integer"), tagged("dog", "string"), {"type": "null"}]}
    [told] = said(schema, {"kind": "cat", "a": "x", "b": "x"})
    nearest = "it fits none of 3 alternatives, and this is the nearest"
    assert told == f"a: found a string; allowed: integer; {nearest}"


def test_nothing_of_a_value_is_said() -> None:
    value = {SECRET: SECRET, "id": SECRET, "lines": [{SECRET: 1}], "n": [SECRET, SECRET]}
    schema: dict[str, Any] = {
        "additionalProperties": {"type": "object", "propertyNames": {"maxLength": 2}},
        "properties": {
            "id": {"anyOf": [{"const": "a"}, {"enum": ["b"]}]},
            "lines": {"items": {"patternProperties": {"^sk": {"type": "string"}}}},
            "n": {"uniqueItems": True, "contains": {"type": "null"}, "maxItems": 1},
        },
    }
    told = said(schema, value)
    assert len(told) == 6
    assert not any(SECRET in each for each in told)
    assert JsonSchema(schema).errors(value)[0].path == ("(...)",)


def test_a_property_that_is_not_allowed_is_not_named() -> None:
    told = said({"properties": {"id": {}}, "additionalProperties": False}, {SECRET: 1, "b": 2})
    assert told == ['the reply: found 2 properties that are not allowed; allowed: "id"']


def test_many_choices_are_cut() -> None:
    [told] = said({"enum": [f"word {n}" for n in range(500)]}, "x")
    assert told.endswith('"word 6", "word 7" and 492 more')


def test_a_long_word_is_cut() -> None:
    [told] = said({"const": "x" * 9999}, "y")
    assert len(told) < 300


def test_twenty_things_are_told_in_the_order_of_the_value() -> None:
    wrong = JsonSchema({"items": {"type": "string"}}).errors(list(range(1000)))
    assert [each.path for each in wrong] == [(n,) for n in range(20)]


@pytest.mark.parametrize(
    "schema",
    [
        {"items": {"type": "integer"}},
        {"items": {"$ref": "#/$defs/x"}, "$defs": {"x": {"type": "integer"}}},
        {"items": {"$ref": "#/$defs/a~1b%25"}, "$defs": {"a/b%": {"type": "integer"}}},
        {"items": {"$id": "urn:x", "$ref": "#/$defs/x", "$defs": {"x": {"type": "integer"}}}},
        {"items": {"allOf": [{"$ref": "urn:number"}]}},
        {"$ref": "urn:numbers"},
        {"prefixItems": [{"type": "boolean"}], "items": {"type": "integer"}},
        {"$schema": DRAFT_7, "items": {"type": "integer"}, "additionalItems": False},
        {"$schema": DRAFT_4, "items": {"type": "integer"}},
        {
            "$dynamicAnchor": "n",
            "items": {"$dynamicRef": "#x"},
            "$defs": {"x": {"$dynamicAnchor": "x", "type": "integer"}},
        },
        {"allOf": [{"items": {"items": {"type": "null"}, "type": "integer"}}]},
    ],
)
def test_the_few_of_many_items_that_do_not_fit_are_told(schema: dict[str, Any]) -> None:
    number = {"type": "integer"}
    registry = {"urn:number": number, "urn:numbers": {"items": {"$ref": "urn:number"}}}
    value: list[object] = [True if "prefixItems" in schema else 0, *range(500)]
    assert JsonSchema(schema, registry=registry).fits(value)
    value[150] = value[499] = SECRET
    wrong = JsonSchema(schema, registry=registry).errors(value)
    assert [(each.path, each.message) for each in wrong] == [
        ((place,), "found a string; allowed: integer") for place in (150, 499)
    ]


# -- numbers, equality, text


def test_a_whole_float_is_an_integer_but_for_draft_4() -> None:
    assert JsonSchema({"type": "integer"}).fits(1.0)
    assert not JsonSchema({"$schema": DRAFT_4, "type": "integer"}).fits(1.0)


def test_multiples_are_counted_in_decimals() -> None:
    assert JsonSchema({"multipleOf": 0.01}).fits(0.07)
    assert not JsonSchema({"multipleOf": 0.123456789}).fits(1e308)


def test_large_integers_are_exact() -> None:
    assert not JsonSchema({"const": 2**53 + 1}).fits(float(2**53))
    assert not JsonSchema({"maximum": 10**400}).fits(10**400 + 1)


def test_true_is_not_one_however_deep() -> None:
    assert JsonSchema({"uniqueItems": True}).fits([1, True, [1], [True], {"a": 0}, {"a": False}])
    assert not JsonSchema({"enum": [[1]]}).fits([True])


@pytest.mark.parametrize("make", [str, lambda n: {"a": [n]}, lambda n: [n, str(n)]])
def test_ten_thousand_items_are_compared_without_each_with_each(make: Any) -> None:
    """Each with each would be fifty million comparisons."""
    items = [make(n) for n in range(10_000)]
    assert JsonSchema({"uniqueItems": True}).fits(items)
    assert not JsonSchema({"uniqueItems": True}).fits([*items, items[0]])
    assert JsonSchema({"items": {"enum": items}}).fits(items[-2000:])


def test_a_lone_surrogate_is_a_character() -> None:
    assert JsonSchema({"maxLength": 1}).fits("\ud800")


def test_an_unknown_format_says_nothing() -> None:
    assert JsonSchema({"format": "shoe-size"}).fits("x")


def test_formats_may_only_annotate() -> None:
    assert not JsonSchema({"format": "date"}).fits("x")
    assert JsonSchema({"format": "date"}, formats=False).fits("x")


# -- what takes long, goes deep, or has no end


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pattern has a tenth of a second."""
    monkeypatch.setattr("guardrails_lib.schemas.json_schema.keywords._SECONDS", 0.1)


CATASTROPHE = "^(a|aa|.{9}q)+$"


@pytest.mark.usefixtures("hurried")
@pytest.mark.parametrize(
    "schema",
    [
        {"pattern": CATASTROPHE},
        {"not": {"pattern": CATASTROPHE}},
        {"if": {"pattern": CATASTROPHE}, "else": True},
        {"anyOf": [{"pattern": CATASTROPHE}, {"minLength": 1}]},
        {"oneOf": [{"pattern": CATASTROPHE}, {"minLength": 1}]},
    ],
)
def test_a_pattern_that_takes_too_long_is_never_a_pass(schema: dict[str, object]) -> None:
    assert said(schema, "a" * 60 + "!") == [
        "the reply: found a string that a pattern of the schema takes too long to decide on"
    ]


@pytest.mark.usefixtures("hurried")
@pytest.mark.parametrize("word", ["properties", "additionalProperties", "unevaluatedProperties"])
def test_a_name_that_takes_too_long_is_no_pass_either(word: str) -> None:
    key = "a" * 60 + "!"
    schema = JsonSchema({"patternProperties": {CATASTROPHE: {}}, word: {}})
    assert schema.errors({key: 1})
    assert schema.within(key) is None


@pytest.mark.usefixtures("hurried")
def test_all_patterns_of_a_value_share_their_time() -> None:
    schema = JsonSchema({"anyOf": [{"items": {"pattern": CATASTROPHE}}]})
    assert not schema.fits(["a" * 60 + "!"] * 10_000)


def test_a_pattern_in_a_schema_that_names_its_draft_is_bounded_too() -> None:
    r"""The stock keywords would run it by `re`, for which ``\d`` is a digit of any script."""
    inner = {"$schema": DRAFT_2020, "pattern": r"^\d$"}
    assert not JsonSchema({"$schema": DRAFT_2020, "items": inner}).fits(["\u0661"])
    assert not JsonSchema({"$schema": DRAFT_2020, "anyOf": [inner]}).fits("\u0661")


TREE = {"type": "object", "properties": {"in": {"$ref": "#"}}}


def nested(depth: int) -> Any:
    value: Any = {}
    for _ in range(depth):
        value = {"in": value}
    return value


def test_a_value_nested_too_deep_is_told_by_name() -> None:
    schema = {"anyOf": [{"allOf": [TREE]}]}
    assert said(schema, nested(5000)) == [
        "the reply: found a value nested too deep to be compared with the schema"
    ]


def test_a_value_that_holds_itself_is_told_by_name() -> None:
    endless: dict[str, object] = {}
    endless["in"] = endless
    assert said(TREE, endless) == [
        "the reply: found a value nested too deep to be compared with the schema"
    ]


def test_a_tree_fits_a_schema_that_refers_to_itself() -> None:
    assert JsonSchema(TREE).fits(nested(50))
    assert not JsonSchema(TREE).fits({"in": {"in": 1}})


def test_an_unsatisfiable_schema_fits_nothing() -> None:
    assert said({"allOf": [{"type": "string"}, {"type": "integer"}]}, 1) == [
        "the reply: found an integer; allowed: string"
    ]


# -- what can be no schema


def endless_schema() -> dict[str, object]:
    schema: dict[str, object] = {}
    schema["items"] = schema
    return schema


@pytest.mark.parametrize(
    ("schema", "problem"),
    [
        ({"$schema": "https://example.com/mine"}, "give registry={uri: metaschema}"),
        ({"type": "strin"}, "this is no schema of draft 2020-12: type: found another string"),
        (
            {"$schema": DRAFT_7, "required": "a"},
            "draft 7: required: found a string; allowed: array",
        ),
        ({"$ref": "#/$defs/none"}, r'{"\$ref": "#/\$defs/none"} leads nowhere'),
        ({"$ref": "https://example.com/x"}, "give registry={uri: schema}; nothing is ever fetched"),
        ({"$dynamicRef": "#none"}, "leads nowhere"),
        ({"$ref": "#/enum", "enum": [5]}, "this is no schema of draft 2020-12"),
        ({"pattern": "(a"}, r"'\(a' is no regular expression of ECMA-262: missing \)"),
        ({"patternProperties": {"(?i)a": {}}}, "is no regular expression of ECMA-262"),
        ({"const": {1, 2}}, "a schema holds what JSON can, not this set"),
        ({"const": float("nan")}, "a schema holds what JSON can, not this float"),
        ({"properties": {1: {}}}, "the keys of a schema are strings"),
        (endless_schema(), "a schema is nested at most 100 deep, and does not hold itself"),
        ({"enum": list(range(100_001))}, "a schema holds at most 100,000 values"),
        ("{}", "a schema is a dict, True or False, not a str"),
    ],
)
def test_what_cannot_work_is_an_error_that_says_what_to_do(schema: Any, problem: str) -> None:
    with pytest.raises(PolicyError, match=problem):
        JsonSchema(schema)


@pytest.mark.parametrize(
    "schema",
    [
        {"$ref": "#"},
        {"allOf": [{"$ref": "#"}]},
        {"anyOf": [True, {"not": {"$ref": "#"}}]},
        {"if": True, "then": {"oneOf": [{"$ref": "#"}]}},
        {"dependentSchemas": {"a": {"$ref": "#"}}},
        {
            "items": {"$ref": "#/$defs/a"},
            "$defs": {"a": {"$ref": "#/$defs/b"}, "b": {"$ref": "#/$defs/a"}},
        },
        {"$dynamicAnchor": "n", "allOf": [{"$dynamicRef": "#n"}]},
        {"$schema": DRAFT_2019, "$recursiveAnchor": True, "else": {"$recursiveRef": "#"}},
        {"$schema": DRAFT_7, "dependencies": {"a": {"$ref": "#"}}},
    ],
)
def test_a_schema_that_refers_to_itself_without_end_is_refused(schema: dict[str, Any]) -> None:
    with pytest.raises(PolicyError, match="refers to itself without end"):
        JsonSchema(schema)


def test_two_documents_that_refer_to_each_other_without_end_are_refused() -> None:
    registry = {"urn:a": {"$ref": "urn:b"}, "urn:b": {"$ref": "urn:a"}}
    with pytest.raises(PolicyError, match="refers to itself without end"):
        JsonSchema({"$ref": "urn:a"}, registry=registry)


APPLICATORS = {
    **{key: [{"$ref": "#/none"}] for key in ["allOf", "anyOf", "oneOf", "prefixItems"]},
    **{key: {"a": {"$ref": "#/none"}} for key in ["properties", "dependentSchemas"]},
    **{key: {"a": {"$ref": "#/none"}} for key in ["patternProperties", "$defs"]},
    **{key: {"$ref": "#/none"} for key in ["not", "if", "then", "else", "contains"]},
    **{key: {"$ref": "#/none"} for key in ["additionalProperties", "propertyNames", "items"]},
    **{key: {"$ref": "#/none"} for key in ["unevaluatedItems", "unevaluatedProperties"]},
    "dependencies": {"b": ["c"], "a": {"$ref": "#/none"}},
    "additionalItems": {"$ref": "#/none"},
}


@pytest.mark.parametrize("uri", [DRAFT_4, DRAFT_7, DRAFT_2019, DRAFT_2020])
def test_a_reference_is_found_wherever_a_schema_may_stand(uri: str) -> None:
    """Else it would be met when a reply is read."""
    for word, schema in APPLICATORS.items():
        if word in DRAFTS[uri.removesuffix("#")].validator.VALIDATORS:
            with pytest.raises(PolicyError, match="leads nowhere"):
                JsonSchema({"$schema": uri, word: schema})


def test_dependencies_may_be_lists_and_schemas() -> None:
    for first, then in (({"maxProperties": 1}, ["b"]), (["b"], {"maxProperties": 1})):
        schema = JsonSchema({"$schema": DRAFT_7, "dependencies": {"a": first, "c": then}})
        assert schema.fits({"b": 1, "d": 1})
        assert not schema.fits({"c": 1, "a": 1})


# -- documents


@pytest.fixture
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who opens a socket or a URL fails."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("it asked the network")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(urllib.request, "urlopen", refuse)


@pytest.mark.usefixtures("offline")
@pytest.mark.parametrize("word", ["$ref", "$dynamicRef", "$schema"])
def test_no_file_is_read(word: str, tmp_path: Path) -> None:
    file = tmp_path / "schema.json"
    file.write_text('{"type": "string"}')
    with pytest.raises(PolicyError):
        JsonSchema({word: file.as_uri()})
    with pytest.raises(PolicyError):
        JsonSchema({"$id": (tmp_path / "other.json").as_uri(), "items": {"$ref": "schema.json"}})


@pytest.mark.usefixtures("offline")
@pytest.mark.parametrize("word", ["$ref", "$dynamicRef", "$schema"])
def test_nothing_is_fetched(word: str) -> None:
    with pytest.raises(PolicyError):
        JsonSchema({word: "http://localhost:9/schema"})


@pytest.mark.usefixtures("offline")
def test_a_document_of_the_registry_is_found() -> None:
    registry = {"https://example.com/id": {"type": "integer"}}
    schema = JsonSchema({"items": {"$ref": "https://example.com/id"}}, registry=registry)
    assert schema.fits([1])
    assert not schema.fits(["a"])


def test_a_document_that_is_referred_to_must_be_a_schema() -> None:
    registry = {"urn:used": {"type": "strin"}, "urn:unused": {"type": 5}}
    assert JsonSchema({}, registry=registry).fits(1)
    with pytest.raises(PolicyError, match="this is no schema"):
        JsonSchema({"$ref": "urn:used"}, registry=registry)


@pytest.mark.usefixtures("offline")
def test_the_metaschemas_are_known() -> None:
    assert JsonSchema({"$ref": DRAFT_7}).fits({"type": "string"})
    assert not JsonSchema({"$ref": DRAFT_2020}).fits({"type": "strin"})


def test_a_metaschema_of_the_registry_says_which_keywords_count() -> None:
    core = {"https://json-schema.org/draft/2020-12/vocab/core": True}
    registry = {"urn:mine": {"$schema": DRAFT_2020, "$vocabulary": core}}
    assert JsonSchema({"$schema": "urn:mine", "type": "string"}, registry=registry).fits(5)


def test_a_metaschema_of_the_registry_can_refuse_more_and_not_less() -> None:
    strict = {"urn:mine": {"$schema": DRAFT_2020, "required": ["title"]}}
    lax = {"urn:mine": {"$schema": DRAFT_2020}}
    with pytest.raises(PolicyError, match="title: it is missing"):
        JsonSchema({"$schema": "urn:mine"}, registry=strict)
    with pytest.raises(PolicyError, match="allOf: found an integer; allowed: array"):
        JsonSchema({"$schema": "urn:mine", "allOf": 5}, registry=lax)


def test_a_vocabulary_that_is_needed_and_not_known_is_refused() -> None:
    registry = {"urn:mine": {"$schema": DRAFT_2020, "$vocabulary": {"urn:other": True}}}
    with pytest.raises(PolicyError, match='vocabulary "urn:other" is not known'):
        JsonSchema({"$schema": "urn:mine"}, registry=registry)


@pytest.mark.parametrize(
    "uri", [DRAFT_7, DRAFT_7.removesuffix("#"), DRAFT_7.replace("http", "https")]
)
def test_a_draft_is_known_with_a_hash_or_without_and_by_http_or_https(uri: str) -> None:
    assert not JsonSchema({"$schema": uri, "items": [{"type": "string"}]}).fits([1])


# -- parts


def test_a_part_says_what_its_value_must_fit() -> None:
    lines = JsonSchema(ORDER).within("lines")
    assert lines is not None
    line = lines.within(7)
    assert line is not None
    price = line.within("price")
    assert price is not None
    assert [each.message for each in price.errors("x")] == ["found a string; allowed: number"]


@pytest.mark.parametrize(
    ("schema", "step"),
    [
        ({}, "a"),
        ({"properties": {"b": {}}}, "a"),
        ({"allOf": [{"properties": {"a": False}}]}, "a"),
        ({"patternProperties": {"a": False}, "additionalProperties": False}, "a"),
        ({"prefixItems": [False]}, 1),
        ({"$schema": DRAFT_7, "additionalItems": False}, 0),
        (
            {
                "$schema": DRAFT_7,
                "$ref": "#/definitions/x",
                "definitions": {"x": {}},
                "items": False,
            },
            0,
        ),
    ],
)
def test_where_a_schema_says_nothing_plainly_there_is_no_part(
    schema: dict[str, object], step: str | int
) -> None:
    assert JsonSchema(schema).within(step) is None


@pytest.mark.parametrize(
    ("schema", "step"),
    [
        ({"additionalProperties": {"type": "string"}}, "a"),
        ({"$ref": "#/$defs/x", "$defs": {"x": {"properties": {"a": {"type": "string"}}}}}, "a"),
        ({"properties": {"a/b~c%": {"type": "string"}}}, "a/b~c%"),
        ({"prefixItems": [{}, {"type": "string"}], "items": False}, 1),
        ({"prefixItems": [{}], "items": {"type": "string"}}, 1),
        ({"$schema": DRAFT_7, "items": [{}], "additionalItems": {"type": "string"}}, 1),
        ({"$schema": DRAFT_7, "items": {"type": "string"}, "additionalItems": False}, 1),
        ({"items": {"$id": "urn:x", "$ref": "#/$defs/x", "$defs": {"x": {"type": "string"}}}}, 0),
    ],
)
def test_what_a_schema_says_plainly_is_a_part(schema: dict[str, object], step: str | int) -> None:
    part = JsonSchema(schema).within(step)
    assert part is not None
    assert part.fits("x")
    assert not part.fits(1)


def test_a_part_of_a_schema_is_built_once() -> None:
    schema = JsonSchema(ORDER)
    assert schema.within("lines") is schema.within("lines")


@pytest.mark.parametrize(
    ("schema", "kinds"),
    [
        ({"type": "string"}, {"string"}),
        ({"type": ["number", "null"]}, {"number", "integer", "null"}),
        ({"$ref": "#/$defs/x", "$defs": {"x": {"type": "array"}}}, {"array"}),
        (
            {"$ref": "#/$defs/x", "type": "array", "$defs": {"x": {"type": ["array", "object"]}}},
            {"array"},
        ),
        (False, set()),
    ],
)
def test_the_kinds_are_those_of_type(schema: Any, kinds: set[str]) -> None:
    assert JsonSchema(schema).kinds() == kinds


def test_a_schema_without_type_allows_all_kinds() -> None:
    assert len(JsonSchema({"minimum": 5}).kinds()) == 7


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        ({"enum": ["a", "b"]}, {"a", "b"}),
        ({"const": "a", "title": "A"}, {"a"}),
        ({"$ref": "#/$defs/x", "$defs": {"x": {"enum": ["a"]}}}, {"a"}),
        ({"enum": ["a", "bb", 5], "type": "string", "maxLength": 1}, {"a"}),
        ({"enum": ["a", 5]}, None),
        ({"enum": [5]}, None),
        ({"type": "string"}, None),
        ({"anyOf": [{"const": "a"}]}, None),
        (True, None),
    ],
)
def test_the_words_are_all_that_fits(schema: Any, words: set[str] | None) -> None:
    assert JsonSchema(schema).words == words


# -- a value


def test_a_schema_prints_as_what_makes_it() -> None:
    assert repr(JsonSchema({"type": "string"})) == "JsonSchema({'type': 'string'})"
    whole = JsonSchema({"items": {"$ref": "urn:a"}}, registry={"urn:a": True}, formats=False)
    shown = "JsonSchema({'items': {'$ref': 'urn:a'}}, registry={'urn:a': True}, formats=False)"
    assert repr(whole) == shown
    assert repr(whole.within(3)) == f"{shown}.within(3)"


def test_schemas_of_the_same_are_equal() -> None:
    assert JsonSchema({"type": "string", "minLength": 1}) == JsonSchema(
        {"minLength": 1, "type": "string"}
    )
    assert (
        len({JsonSchema({}), JsonSchema({}), JsonSchema(True), JsonSchema({}, formats=False)}) == 3
    )
    assert JsonSchema(ORDER).within("id") == JsonSchema(ORDER).within("id") != JsonSchema(ORDER)


def test_a_copy_is_equal_and_works() -> None:
    part = JsonSchema(ORDER).within("lines")
    again = copy.deepcopy(part)
    assert again == part
    assert again is not None
    assert not again.fits([{}])


def test_what_becomes_of_the_dict_it_was_made_of_does_not_matter() -> None:
    given: dict[str, Any] = {"items": {"type": "string"}}
    schema = JsonSchema(given)
    given["items"]["type"] = "integer"
    assert schema.fits(["a"])
