"""Dates and times, in the forms that people write, are the same date."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guardrails_lib.grounding.dates import days


def same(one: str, other: str) -> bool:
    (first,), (second,) = days(one), days(other)
    return first.within(second)


@pytest.mark.parametrize(
    "form",
    [
        *("2024-03-01", "1 March 2024", "March 1st, 2024", "01.03.2024", "1. März 2024"),
        *("03/01/2024", "the 1st of March 2024", "Mar 1, 2024", "1 mars 2024", "2024/3/1"),
        *("March 2024", "March 1", "1er mars 2024"),
    ],
)
def test_a_date_is_the_same_in_any_form(form: str) -> None:
    assert same(form, "on 1 March 2024")


@pytest.mark.parametrize("form", ["2 March 2024", "2024-03-02", "1 April 2024", "March 1, 2023"])
def test_another_date_is_another(form: str) -> None:
    assert not same(form, "on 1 March 2024")


def test_a_date_says_no_more_than_it_says() -> None:
    assert not same("1 March 2024", "in March 2024")


@pytest.mark.parametrize("form", ["3 pm", "15:00", "3 p.m.", "3:00 pm", "3 o'clock", "15 Uhr"])
def test_a_time_is_the_same_in_any_form(form: str) -> None:
    assert same(form, "at 15:00")


def test_morning_is_not_evening() -> None:
    assert not same("9 am", "9 pm")


def test_a_month_is_no_verb() -> None:
    assert days("You may march on.") == []
    assert [day.months for day in days("In May, or in March")] == [((5, None),), ((3, None),)]


@pytest.mark.parametrize("text", ["13/25/2024", "3:2", "1.2.3.4", "99:99", "Maybe Augustus"])
def test_what_is_no_date_is_none(text: str) -> None:
    assert days(text) == []


@given(st.dates())
def test_every_date_of_the_calendar_is_read(date: object) -> None:
    assert len(days(f"on {date}")) <= 1
    assert len(days(f"{date:%d %B} 2024" if hasattr(date, "year") else "")) == 1


@given(st.text(alphabet="0123456789-/.:, MarchMay1stofpmam", max_size=60))
def test_anything_like_a_date_is_read_or_left(text: str) -> None:
    for day in days(text):
        assert day.within(day)
