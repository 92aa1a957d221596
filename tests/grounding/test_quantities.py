"""Numbers, in the forms that people write, are the same number."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guardrails_lib.grounding.numbers import Reading, quantities


def readings(text: str) -> list[Reading]:
    return [reading for number in quantities(text) for reading in number.readings]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        *((form, 1000, "") for form in ("1,000", "1.000", "1000", "1 000", "one thousand", "1k")),
        *((form, 3_000_000, "") for form in ("3 million", "3,000,000", "3M", "three million")),
        *((form, 5, "%") for form in ("5%", "5 percent", "5 per cent", "five percent")),
        *((form, 5, "$") for form in ("$5", "5 dollars", "USD 5", "US$5", "5 USD")),
        *((form, 5, "€") for form in ("€5", "5 euros", "5 EUR")),
        *((form, 5000, "m") for form in ("5 km", "5 kilometres", "5-kilometer", "5000 m")),
        ("5 miles", 5, "mile"),
        ("-5 degrees", -5, "°"),
        ("minus 5", -5, ""),
        ("two hundred and five", 205, ""),
        ("twenty-one", 21, ""),
        ("nine hundred ninety-nine", 999, ""),
        ("half a million", 500_000, ""),
        ("a dozen", 12, ""),
        ("$2.5bn", 2_500_000_000, "$"),
        ("1.234.567,89", "1234567.89", ""),
        ("1,234,567.89", "1234567.89", ""),
        ("12 square kilometres", 12_000_000, "m2"),
        ("12 km²", 12_000_000, "m2"),
        ("3rd", 3, "th"),
        ("third", 3, "th"),
        ("10-year-old", 10, "year"),
        ("1990s", 1990, "1990s"),
        ("5 percentage points", 5, "pp"),
        ("½", "0.5", ""),
        ("1/2", "0.5", ""),
        ("half of it", "0.5", ""),
        ("half of it", 50, "%"),
        ("two thirds of it", Decimal(2) / 3, ""),
    ],
)
def test_a_number_is_read(text: str, value: Decimal | str | int, unit: str) -> None:
    assert Reading(Decimal(value), unit) in readings(text)


def test_what_can_be_read_two_ways_is_read_both_ways() -> None:
    assert readings("1.234") == [Reading(Decimal("1.234")), Reading(Decimal(1234))]
    assert {unit for _, unit in readings("5 pounds")} == {"£", "lb"}


def test_a_range_has_the_unit_of_its_end() -> None:
    assert readings("5-10 km") == [Reading(Decimal(5000), "m"), Reading(Decimal(10000), "m")]
    assert readings("5 to 10 million") == [Reading(Decimal(5_000_000)), Reading(Decimal(10**7))]


@pytest.mark.parametrize("text", ["192.168.0.1", "X200", "no number", "", "a house", "the half"])
def test_what_is_no_number_is_none(text: str) -> None:
    assert quantities(text) == []


@pytest.mark.parametrize(
    ("text", "how"),
    [("about 300", "~"), ("more than 300", ">"), ("at least 300", ">="), ("under 300", "<")],
)
def test_a_rounded_number_says_so(text: str, how: str) -> None:
    assert [number.how for number in quantities(text)] == [how]


@given(st.integers(min_value=0, max_value=10**12))
def test_grouping_the_digits_changes_no_number(value: int) -> None:
    assert readings(f"{value:,} users")[0] == readings(f"{value} users")[0]


@given(st.text(alphabet="1,. 2km$€-half millionandthird/%½", max_size=60))
def test_anything_like_a_number_is_read_or_left(text: str) -> None:
    for number in quantities(text):
        assert number.readings
        assert text[slice(*number.span)].strip()
