"""The fast engine and the reference say the same of any schema and any value."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import Phase, assume, event, given, settings
from hypothesis import strategies as st

from guardrails_lib import PolicyError
from guardrails_lib.schemas.json_schema import JsonSchema
from guardrails_lib.schemas.json_schema.ecma import ecma, is_plain

DRAFT_4 = "http://json-schema.org/draft-04/schema#"
LATER = [
    "http://json-schema.org/draft-06/schema#",
    "http://json-schema.org/draft-07/schema#",
    "https://json-schema.org/draft/2019-09/schema",
    "https://json-schema.org/draft/2020-12/schema",
]
BEFORE_2020 = {DRAFT_4, *LATER[:3]}

NAMES = st.sampled_from(["a", "b", "c", "type", "é"])
NUMBERS = st.sampled_from([0, 1, -1, 1.0, 0.5, 2, 3, 2.5, 1e3, 0.1, 0.01, 0.07, 7, -0.0, 1e-7])
TEXTS = st.sampled_from(
    ["", "a", "ab", "aaa", "b1", "2020-01-01", "a@b.de", "é", "\u0661", "\n", "a\n", "\U0001f600"]
)
PATTERNS = st.sampled_from(
    ["^a", "b$", "^[a-z]+$", r"\d", r"^\w*$", "[^a]", "^(a|b)+$", "^$", r"\s", "a{2,}", r"^\S+$"]
)
ATOMS = st.one_of(st.none(), st.booleans(), NUMBERS, TEXTS)
VALUES = st.recursive(
    ATOMS | st.integers() | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES | TEXTS, inner, max_size=4),
    max_leaves=8,
)
SMALL = st.recursive(
    ATOMS,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(NAMES, inner, max_size=2),
    max_leaves=3,
)
KINDS = st.sampled_from(["object", "array", "string", "number", "integer", "boolean", "null"])
SIZES = st.integers(0, 3)


def keywords(inner: st.SearchStrategy[Any], draft: str) -> dict[str, st.SearchStrategy[Any]]:
    """What may stand in a schema of *draft*, and what it may be."""
    some = st.lists(inner, min_size=1, max_size=3)
    named = st.dictionaries(NAMES, inner, max_size=3)
    bounds: dict[str, st.SearchStrategy[Any]] = dict.fromkeys(("minimum", "maximum"), NUMBERS)
    sizes = [f"{end}{of}" for end in ("min", "max") for of in ("Length", "Items", "Properties")]
    found = {
        **bounds,
        **dict.fromkeys([*sizes, "minContains", "maxContains"], SIZES),
        **dict.fromkeys(["contains", "not", "if", "then", "else", "propertyNames"], inner),
        **dict.fromkeys(["additionalItems", "additionalProperties"], inner),
        **dict.fromkeys(["unevaluatedItems", "unevaluatedProperties"], inner),
        **dict.fromkeys(["allOf", "anyOf", "oneOf", "prefixItems"], some),
        **dict.fromkeys(["properties", "dependentSchemas"], named),
        "type": KINDS | st.lists(KINDS, min_size=1, max_size=3, unique=True),
        "enum": st.lists(SMALL, min_size=1, max_size=4, unique_by=repr),
        "const": SMALL,
        "multipleOf": st.sampled_from([1, 2, 0.5, 0.01, 0.1, 3, 1e-7, 2.5, 1.0]),
        "pattern": PATTERNS,
        "format": st.sampled_from(["date", "email", "uuid", "regex", "hostname", "unknown"]),
        "uniqueItems": st.booleans(),
        "required": st.lists(NAMES, min_size=1, max_size=2, unique=True),
        "items": inner | some if draft in BEFORE_2020 else inner,
        "patternProperties": st.dictionaries(PATTERNS, inner, max_size=2),
        "dependentRequired": st.dictionaries(NAMES, st.just(["a"]), max_size=2),
        "dependencies": st.dictionaries(NAMES, st.just(["a"]) | inner, max_size=2),
        "$ref": st.just("#/definitions/x"),
    }
    if draft == DRAFT_4:
        return found
    return found | dict.fromkeys(("exclusiveMinimum", "exclusiveMaximum"), NUMBERS)


@st.composite
def schemas(draw: st.DrawFn) -> dict[str, Any]:
    draft = draw(st.sampled_from([DRAFT_4, *LATER]))
    leaves: st.SearchStrategy[Any] = st.just({}) if draft == DRAFT_4 else st.booleans()

    def some_keywords(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
        every = keywords(inner, draft)
        return st.lists(
            st.sampled_from(sorted(every)), min_size=1, max_size=5, unique=True
        ).flatmap(lambda names: st.fixed_dictionaries({name: every[name] for name in names}))

    whole = st.recursive(some_keywords(leaves), some_keywords, max_leaves=8)
    return {**draw(whole), "$schema": draft, "definitions": {"x": draw(some_keywords(leaves))}}


def made(schema: dict[str, Any]) -> JsonSchema:
    try:
        return JsonSchema(schema)
    except PolicyError:  # draft 4 refuses an `enum` of equals, and some refer to themselves
        assume(False)
        raise


QUICK = settings(
    max_examples=80,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # to shrink such schemas takes minutes
)


def by_reference(schema: JsonSchema, value: object) -> bool:
    fast, schema._fast = schema._fast, None
    try:
        return schema.fits(value)
    finally:
        schema._fast = fast


@QUICK
@given(schemas(), st.lists(VALUES, min_size=4, max_size=12))
def test_both_engines_say_the_same(schema: dict[str, Any], values: list[Any]) -> None:
    pytest.importorskip("jsonschema_rs")
    whole = made(schema)
    assume(whole._fast is not None)
    assert whole._fast is not None
    for value in values:
        fits = by_reference(whole, value)
        event(f"fits: {fits}")
        assert whole._fast(value) is fits


@QUICK
@given(schemas(), st.lists(VALUES, min_size=4, max_size=12))
def test_what_does_not_fit_a_part_fits_nowhere(schema: dict[str, Any], values: list[Any]) -> None:
    whole = made(schema)
    for value in values:
        for step, inner in items(value):
            part = whole.within(step)
            assert part is None or part.fits(inner) or not whole.fits(value)


def items(value: object) -> list[tuple[Any, Any]]:
    if isinstance(value, dict):
        return list(value.items())
    return list(enumerate(value)) if isinstance(value, list) else []


@QUICK
@given(schemas(), st.lists(VALUES, min_size=4, max_size=12))
def test_what_fits_is_of_its_kinds_and_words(schema: dict[str, Any], values: list[Any]) -> None:
    whole = made(schema)
    kinds, words = whole.kinds(), whole.words
    for value in values:
        fits = whole.fits(value)
        assert not fits or kind(value) in kinds or (kind(value), value % 1) == ("number", 0)
        assert words is None or fits is (isinstance(value, str) and value in words)


def kind(value: object) -> str:
    names = {dict: "object", list: "array", str: "string", bool: "boolean", int: "integer"}
    return "null" if value is None else names.get(type(value), "number")


@QUICK
@given(
    st.text("ab1-_ .*+?()[]{}|^$\\,&~/:dwsDWSéQ", max_size=9).filter(is_plain),
    st.lists(st.text("ab1-_ .*+?()[]{}|^$\\,&~/:\n\r\té\u0661\u2028\ufeff\x85", max_size=6)),
)
def test_a_plain_pattern_is_read_alike(pattern: str, texts: list[str]) -> None:
    engine = pytest.importorskip("jsonschema_rs")
    try:
        ours = ecma(pattern)
        theirs = engine.validator_for({"pattern": pattern})
    except ValueError:
        return
    for text in texts:
        assert theirs.is_valid(text) is (ours.search(text) is not None)


@pytest.mark.parametrize("pattern", [r"^\s$", r"^\S$", r"^\d$", r"^\w$", r"^[^\w]$", "^[^a]$"])
def test_a_class_holds_the_same_characters(pattern: str) -> None:
    engine = pytest.importorskip("jsonschema_rs").validator_for({"pattern": pattern})
    ours = ecma(pattern)
    others = [*range(0x3000), *range(0xD7F0, 0xD800), *range(0xFE00, 0x10000), 0x1F600, 0x10FFFF]
    differing = [
        char for char in map(chr, others) if engine.is_valid(char) is (ours.search(char) is None)
    ]
    assert differing == []
