"""How far other answers say what an answer says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guardrails_lib.saying.agreement import agreement


def scores(text: str, *others: str) -> list[float]:
    return [each.score for each in agreement(text, others)]


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("Paris", "The capital is Paris."),
        ("$1,200", "1200 dollars"),
        ("The warranty lasts 5 years.", "Five years"),
        ("Yes, it is.", "Yes, that is right."),
        ("It is not covered.", "No, this is not covered."),
        ("Marie Curie found radium.", "Radium was found by Marie Curie."),
        ("B", "b"),
        ("はい。", "はい"),
    ],
)
def test_answers_that_say_the_same_agree(text: str, other: str) -> None:
    assert min(scores(text, other)) > 0.8


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("42", "41"),
        ("Paris", "Lyon"),
        ("The warranty lasts 5 years.", "The warranty lasts 7 years."),
        ("The warranty lasts 5 years.", "7 years"),
        ("The warranty lasts 5 years.", "I don't know."),
        ("The warranty lasts 5 years.", ""),
        ("It is covered.", "It is not covered."),
        ("Yes, it is.", "No, it is not."),
        ("Yes, the warranty covers fire.", "No, the warranty covers fire no longer."),
        ("是的。", "不是。"),
        ("", "42"),
    ],
)
def test_answers_that_do_not_say_the_same_do_not_agree(text: str, other: str) -> None:
    assert max(scores(text, other)) < 0.2


def test_a_score_is_the_share_of_the_others() -> None:
    assert scores("42", "42", "41", "42", "41") == [pytest.approx(0.5, abs=0.05)]


def test_the_same_answer_counts_as_often_as_it_is_given() -> None:
    assert min(scores("It is 42.", "It is 42.", "It is 42.", "It is 42.")) > 0.8


@given(st.text(max_size=80), st.lists(st.text(max_size=80), min_size=1, max_size=3))
def test_a_score_lies_between_none_and_all(text: str, others: list[str]) -> None:
    for span, score in agreement(text, others):
        assert 0 <= score <= 1
        assert 0 <= span.start <= span.end <= len(text)
