"""The parts of values that fit a schema: texts of a format, like a pattern, numbers in bounds."""

from __future__ import annotations

import ipaddress
import re
from typing import Any

import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st

from guardrails_lib.schemas.json_schema import JsonSchema
from guardrails_lib.schemas.json_schema.ecma import ecma
from guardrails_lib.schemas.json_schema.formats import FORMATS
from guardrails_lib.testing.strategies.json_values.formats import FORMATTED
from guardrails_lib.testing.strategies.json_values.negated import failings
from guardrails_lib.testing.strategies.json_values.numbers import Numbers
from guardrails_lib.testing.strategies.json_values.patterns import like
from guardrails_lib.testing.strategies.json_values.texts import Texts
from guardrails_lib.testing.strategies.json_values.told_apart import is_among

few = settings(max_examples=15, database=None)
unshrunk = settings(max_examples=2_000, phases=[Phase.generate], database=None)


def test_of_each_format_that_is_known_there_are_texts() -> None:
    assert FORMATS.keys() <= FORMATTED.keys()


@pytest.mark.parametrize("name", FORMATS)
def test_a_text_of_a_format_is_one(name: str) -> None:
    @few
    @given(FORMATTED[name])
    def law(text: str) -> None:
        assert FORMATS[name](text)

    law()


OURS = re.compile(r"(?:[\w.-]+\.)?(?:example(?:\.(?:com|org|net))?)")


@few
@given(FORMATTED["email"], FORMATTED["uri"], FORMATTED["hostname"], FORMATTED["ipv4"])
def test_no_address_is_anybodys(mail: str, uri: str, host: str, ip: str) -> None:
    assert OURS.fullmatch(mail.rpartition("@")[2])
    assert OURS.fullmatch(host)
    at_host = re.match(r"https?://([^/?#]*)", uri)
    assert at_host is None or OURS.fullmatch(at_host[1])
    documented = ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24")
    assert any(ipaddress.ip_address(ip) in ipaddress.ip_network(each) for each in documented)


@pytest.mark.parametrize(
    "pattern",
    [
        *("", "abc", "^a|b$", "^[a-z]{2,3}$", r"^\d+\.\d{2}$", r"^(?:x|y)?z+$", r"^\S+@\S+$"),
        *(r"^\p{Lu}\p{Ll}+$", r"^\P{L}{3}$", r"[^\p{L}]", r"^\u00e9\x41\cJ$", r"^\u{1F600}$"),
        *(r"^\ud83d\ude00$", "^[^]$", r"^[\]\\^-]+$", "^[[&~|-]$", r"(?<year>\d{4})-\k<year>"),
        *(r"^(a|b)\1$", "^(?=ab)[a-z]+$", "(?<!x)y", r"^\0$", "^.+$", "^a{3,}$", r"\bword\b"),
        *("^[(?<n>]+$", "^[\u4e00-\u9fff]+$", r"^\/api\/v\d+$", "^[^a-z]{0,3}$", "^(?i:yes)$"),
    ],
)
def test_a_text_like_a_pattern_is_found_by_it(pattern: str) -> None:
    texts = like(pattern, 0)
    assert texts is not None

    @few
    @given(texts)
    def law(text: str) -> None:
        assert ecma(pattern).search(text)

    law()


@pytest.mark.parametrize("pattern", ["^[a-z]+$", "^x_[0-9]*$", "^a{2,}$", "^[^/]{1,64}$"])
def test_what_repeats_is_as_long_as_it_must_be(pattern: str) -> None:
    texts = Texts(least=40, patterns=(pattern,))
    found = find(texts.strategy(), texts.fits, settings=unshrunk)
    assert len(found) >= 40


def test_what_no_pattern_of_python_is_gives_none() -> None:
    assert like("(?<=a+)b", 0) is None


bounds = st.none() | st.integers(-20, 20) | st.sampled_from([0.5, -0.25, 3.7, 1e-9])
steps = st.lists(st.sampled_from([1, 2, 3, 0.5, 0.1, 0.01, 7]), max_size=2).map(tuple)


@settings(max_examples=40, database=None)
@given(st.builds(Numbers, st.booleans(), bounds, bounds, bounds, bounds, steps), st.data())
def test_a_number_keeps_all_bounds_or_there_is_none(numbers: Numbers, data: st.DataObject) -> None:
    words = ("minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum")
    said = (numbers.least, numbers.above, numbers.most, numbers.below)
    schema: dict[str, Any] = {"type": "integer" if numbers.whole else "number"}
    schema |= {word: each for word, each in zip(words, said, strict=True) if each is not None}
    known = JsonSchema({**schema, "allOf": [True, *({"multipleOf": n} for n in numbers.steps)]})
    if numbers.problem() is None:
        assert known.fits(data.draw(numbers.strategy()))
    else:
        assert not any(known.fits(each) for each in [*range(-21, 22), 0.1, 0.3, 0.5, 3.6, 1e-9])


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        ({"type": ["string", "null"]}, 0),
        ({"minimum": 3}, 2),
        ({"exclusiveMaximum": 3}, 3),
        ({"maxLength": 0}, "a"),
        ({"minItems": 1}, []),
        ({"required": ["a"]}, {"b": 1}),
        ({"properties": {"a": {"type": "null"}, "b": True}}, {"a": 1}),
        ({"contains": {"const": 1}}, [2]),
        ({"items": {"const": 1}}, [2]),
        ({"prefixItems": [True, {"const": 1}]}, [0, 0]),
        ({"propertyNames": {"not": {"enum": ["a"]}}}, {"a": 1, "b": 2}),
        ({"dependentRequired": {"a": ["b"]}}, {"a": 1}),
        ({"dependentSchemas": {"a": {"required": ["b"]}}}, {"a": 1}),
        ({"uniqueItems": True}, [0, 0]),
        ({"patternProperties": {"^a": {"type": "null"}}}, {"ab": 1}),
        ({"additionalProperties": {"type": "null"}}, {"x": 1}),
    ],
)
def test_what_fails_a_schema_fits_one_of_its_failings(schema: dict[str, Any], value: Any) -> None:
    assert not JsonSchema(schema).fits(value)
    assert any(JsonSchema(each).fits(value) for each in failings(schema))


@pytest.mark.parametrize(
    "schema",
    [
        *({"title": "a"}, {"items": True}, {"properties": {"a": {}}}, {"uniqueItems": False}),
        *({"patternProperties": {"a": True}}, {"propertyNames": {}}, {"additionalProperties": {}}),
    ],
)
def test_what_everything_fits_has_no_failings(schema: dict[str, Any]) -> None:
    assert list(failings(schema)) == []


def test_values_are_told_apart_as_a_schema_does() -> None:
    assert is_among([1.0, {"a": 0}], [[1, {"a": 0.0}]])
    assert not is_among(True, [1, 1.0])
    assert not is_among([0], [[False], 0, []])


def test_the_first_texts_are_short_words() -> None:
    assert find(Texts().strategy(), lambda _: True, settings=unshrunk) == ""
