"""Personal data of nobody: what is made, where it is planted, and what `pii()` finds of it."""

from __future__ import annotations

import csv
import ipaddress
import json
import re
from collections.abc import Iterable

import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument

from guardrails_lib._types import Span
from guardrails_lib.checks import pii
from guardrails_lib.testing.strategies.gold import Gold, Value, assembled
from guardrails_lib.testing.strategies.in_context import FOUND_BY_PII, texts_with_pii
from guardrails_lib.testing.strategies.personal import ENTITIES, LOCALES, pii_values
from guardrails_lib.testing.strategies.personal.form import Form
from guardrails_lib.testing.strategies.personal.forms import FORMS, forms_of
from guardrails_lib.testing.strategies.personal.people import FIRST, LAST, STREETS, TOWNS

try:
    from guardrails_lib.presidio import recognizers
except ImportError:
    COUNTRIES: tuple[str, ...] = ()
    NAMED: set[str] = set()
    KNOWN: set[str] = set()
    USUAL: set[str] = set()
else:
    COUNTRIES = tuple(recognizers.countries_known())
    NAMED = set(recognizers.NAMED)
    KNOWN = {k for r in recognizers.chosen(None, COUNTRIES, ()) for k in r.supported_entities}
    USUAL = {k for r in recognizers.chosen(None, (), ()) for k in r.supported_entities}

needs_presidio = pytest.mark.skipif(
    not KNOWN, reason='the pii extra is missing: pip install "guardrails-lib[pii]"'
)

MISSED = {
    ("DATE_TIME", ""): "no pattern knows a month by its name",
    ("ES_NIE", "es"): "the pattern has no dash after the first letter",
    ("PHONE_NUMBER", "se"): "Swedish numbers are dialled so in Sweden only",
    ("PHONE_NUMBER", "uk"): "the numbers for drama are valid to libphonenumber in part",
    ("TH_TNIN", "th"): "the pattern has no dashes",
    ("US_HEALTH_INSURANCE_MEMBER_ID", "us"): "the pattern wants five characters after a dash",
}
"""Forms in which people write such values, and `pii()` finds not all of them."""

UNCHECKED = {
    *("DE_VAT_ID", "IN_GSTIN", "IT_FISCAL_CODE", "KR_FRN", "KR_RRN", "SG_NRIC_FIN"),
    "ZA_INCOME_TAX_NUMBER",
}
"""Whose check digits Presidio does not mind, or does not hold against a value."""

SURER = {"DE_VAT_ID", "IT_FISCAL_CODE", "KR_FRN", "KR_RRN"}
"""What is found with a wrong check digit too, but is less sure then."""

ALIKE = {"IN_PAN", "IN_VEHICLE_REGISTRATION", "IP_ADDRESS", "PHONE_NUMBER", "URL"}
ALIKE |= {"US_DRIVER_LICENSE", "ZA_MOBILE_NUMBER"}
"""Whose patterns are so wide that they take more for one: a version for an address."""


ANY = settings(max_examples=200, database=None, phases=[Phase.generate])
"""For one that is found soon, and need not be the smallest."""


def finds(form: Form, value: str) -> bool:
    """Whether the whole of *value* is found, where it stands alone."""
    whole = Span(0, len(value))
    return any(
        each.kind == form.entity and each.span == whole for each in pii(countries=COUNTRIES)(value)
    )


def each_of(forms: Iterable[Form], *, valid: bool) -> st.SearchStrategy[list[tuple[Form, str]]]:
    """A value of each of *forms*."""
    return st.tuples(
        *(st.tuples(st.just(form), form.valid if valid else form.alike) for form in forms)
    ).map(list)


@needs_presidio
@settings(max_examples=8, deadline=None, database=None)
@given(each_of((f for f in FORMS if (f.entity, f.country) not in MISSED), valid=True))
def test_what_is_valid_is_found(values: list[tuple[Form, str]]) -> None:
    assert [
        value for form, value in values if form.entity in KNOWN and not finds(form, value)
    ] == []


@needs_presidio
@settings(max_examples=8, deadline=None, database=None)
@given(each_of((f for f in FORMS if f.entity not in UNCHECKED | ALIKE | NAMED), valid=False))
def test_what_looks_alike_is_not_found(values: list[tuple[Form, str]]) -> None:
    assert [value for form, value in values if finds(form, value)] == []


@needs_presidio
@pytest.mark.parametrize(("entity", "country"), MISSED)
def test_what_is_said_to_be_missed_is_missed(entity: str, country: str) -> None:
    (form,) = (f for f in FORMS if (f.entity, f.country) == (entity, country))
    find(form.valid, lambda value: not finds(form, value), settings=ANY)


@needs_presidio
@pytest.mark.parametrize("entity", sorted(UNCHECKED | ALIKE))
def test_what_is_said_to_be_taken_for_one_is(entity: str) -> None:
    alike = st.one_of(*(st.tuples(st.just(f), f.alike) for f in FORMS if f.entity == entity))
    find(alike, lambda drawn: finds(*drawn), settings=ANY)


@needs_presidio
@settings(max_examples=8, deadline=None, database=None)
@given(each_of((f for f in FORMS if f.entity in SURER), valid=True))
def test_a_right_check_digit_makes_pii_sure(values: list[tuple[Form, str]]) -> None:
    for form, value in values:
        assert (form.entity, 1.0) in {
            (each.kind, each.score) for each in pii(countries=COUNTRIES)(value)
        }


@needs_presidio
def test_whatever_pii_finds_has_a_form() -> None:
    assert set(ENTITIES) >= KNOWN


@needs_presidio
def test_the_usual_ones_are_what_pii_looks_for() -> None:
    assert {form.entity for form in forms_of()} == USUAL


@needs_presidio
@settings(max_examples=150, deadline=None, database=None)
@given(texts_with_pii(FOUND_BY_PII))
def test_in_context_each_is_found_whole(gold: Gold) -> None:
    found = [(each.kind, each.span) for each in pii()(gold.text) if each.span]
    for span, kind in gold.spans:
        assert any(
            kind == other and at.start <= span.start and span.end <= at.end for other, at in found
        )


@needs_presidio
@settings(max_examples=100, deadline=None, database=None)
@given(texts_with_pii())
def test_but_for_what_is_planted_no_number_is_found(gold: Gold) -> None:
    for each in pii(entities=USUAL)(gold.text):
        assert each.span
        assert any(
            each.span.start < span.end and span.start < each.span.end for span, _ in gold.spans
        )


@needs_presidio
@pytest.mark.parametrize(
    ("kind", "word", "values"),
    [
        ("PERSON", "name", [f"{first} {last}" for first in FIRST for last in LAST]),
        ("LOCATION", "address", [f"7 {street}, {town}" for street in STREETS for town in TOWNS]),
    ],
)
def test_of_the_people_and_places_in_a_chat_few_are_missed(
    kind: str, word: str, values: list[str]
) -> None:
    check = pii(entities=[kind])
    missed = [each for each in values if not list(check(f"Hi, my {word} is {each}, thank you!"))]
    assert len(missed) <= len(values) // 20


@settings(max_examples=60, deadline=None, database=None)
@given(st.sampled_from(FORMS), st.data())
def test_a_value_is_one_line_and_has_no_blank_at_its_ends(form: Form, data: st.DataObject) -> None:
    for value in (data.draw(form.valid), data.draw(form.alike)):
        assert value
        assert value.strip() == value
        assert value.isprintable()


@settings(max_examples=60, deadline=None, database=None)
@given(texts_with_pii(ENTITIES))
def test_the_gold_is_exact(gold: Gold) -> None:
    assert gold.spans
    last = 0
    for (span, kind), value in zip(gold.spans, gold.values, strict=True):
        assert kind in ENTITIES
        assert last <= span.start < span.end <= len(gold.text)
        assert gold.text[span.start : span.end] == value
        last = span.end


@settings(max_examples=60, deadline=None, database=None)
@given(texts_with_pii())
def test_only_values_have_digits(gold: Gold) -> None:
    rest = gold.text
    for span, _ in reversed(gold.spans):
        rest = rest[: span.start] + rest[span.end :]
    assert not re.search(r"\d", rest)


@settings(max_examples=40, deadline=None, database=None)
@given(texts_with_pii(["PERSON"], around=st.just("Hm.")))
def test_what_is_to_be_around_is_around(gold: Gold) -> None:
    assert gold.text.startswith("Hm.\n")
    assert gold.text.endswith("\nHm.")
    assert all(kind == "PERSON" for _, kind in gold.spans)


@settings(max_examples=80, deadline=None, database=None)
@given(texts_with_pii())
def test_what_looks_like_json_is_json(gold: Gold) -> None:
    if gold.text.startswith("["):
        values = [value for each in json.loads(gold.text) for value in each.values()]
        assert tuple(values) == gold.values


def test_a_comma_is_quoted_in_a_table() -> None:
    gold = find(
        texts_with_pii(["LOCATION"]),
        lambda gold: '"' in gold.text and not gold.text.startswith(("customer =", "INFO", "[")),
    )
    rows = list(csv.reader(gold.text.splitlines()))
    assert rows[1] == list(gold.values)


def test_texts_shrink_to_one_value_in_a_chat() -> None:
    gold = find(texts_with_pii(["EMAIL_ADDRESS"]), lambda gold: True)
    assert gold == assembled(
        ["Hi, my email is ", Value("ann@example.com", "EMAIL_ADDRESS"), " - can you check?"]
    )


def test_gold_prints_as_itself() -> None:
    gold = assembled(["a ", Value("b", "B")])
    assert repr(gold) == "Gold(text='a b', spans=((Span(start=2, end=3), 'B'),))"


@pytest.mark.parametrize("locale", LOCALES)
def test_each_country_has_forms_of_its_own(locale: str) -> None:
    assert any(form.country == locale for form in forms_of(None, locale))


def test_a_country_is_known_by_its_iso_code_too() -> None:
    assert forms_of(None, "GB") == forms_of(None, "uk")


def test_a_country_has_no_numbers_of_others() -> None:
    assert {form.country for form in forms_of(None, "de")} == {"", "de"}
    assert [form.country for form in forms_of(["PHONE_NUMBER"], "de")] == ["de"]


def test_people_come_when_they_are_named() -> None:
    assert "PERSON" not in {form.entity for form in forms_of()}
    assert find(pii_values("PERSON"), lambda value: True) == "Ann Ash"


def test_an_entity_that_there_is_not_is_refused_with_those_there_are() -> None:
    with pytest.raises(InvalidArgument, match=r"no form of SHOE_SIZE; entities: .*EMAIL_ADDRESS"):
        pii_values("SHOE_SIZE")


def test_a_country_that_there_is_not_is_refused_with_those_there_are() -> None:
    with pytest.raises(InvalidArgument, match=r"no form is of zz; locales: .*\bde\b"):
        pii_values(locale="zz")


def test_an_entity_of_another_country_is_refused() -> None:
    with pytest.raises(InvalidArgument, match=r"de has no US_SSN; it has .*DE_TAX_ID"):
        texts_with_pii(["US_SSN"], locale="de")


def test_no_entities_at_all_are_refused() -> None:
    with pytest.raises(InvalidArgument, match="empty"):
        texts_with_pii([])


@settings(max_examples=40, deadline=None, database=None)
@given(pii_values("PHONE_NUMBER", locale="us"))
def test_american_phones_are_those_of_films(number: str) -> None:
    assert "55501" in re.sub(r"\D", "", number)


@settings(max_examples=40, deadline=None, database=None)
@given(pii_values("IP_ADDRESS"))
def test_addresses_of_hosts_are_those_of_documents(address: str) -> None:
    assert not ipaddress.ip_address(address).is_global


@settings(max_examples=40, deadline=None, database=None)
@given(st.one_of(pii_values("EMAIL_ADDRESS"), pii_values("URL")))
def test_domains_are_those_of_examples(value: str) -> None:
    assert re.search(r"\bexample\.(com|org|net)\b", value)


@settings(max_examples=40, deadline=None, database=None)
@given(pii_values("US_SSN"))
def test_social_security_numbers_were_never_given_out(number: str) -> None:
    assert number.startswith("9")


@settings(max_examples=40, deadline=None, database=None)
@given(pii_values("UK_NHS"))
def test_numbers_of_patients_are_those_of_tests(number: str) -> None:
    assert number.startswith("999")
