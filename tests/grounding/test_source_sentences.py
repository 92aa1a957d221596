"""The sentences of a source are where their writer ended them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guardrails_lib.grounding.sentences import LONGEST, sentences


def parts(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Dr. Lee paid approx. 5 km.",
        "The U.S. troops left.",
        "Am 1. März kam er.",
        "It costs 3.5 dollars, e.g. in Rome.",
        "A line\nthat goes on.",
    ],
)
def test_a_point_within_a_sentence_ends_none(text: str) -> None:
    assert parts(text) == [text]


def test_a_sentence_ends_at_its_end() -> None:
    assert parts("He scored 5. The team won! Why?\n\nNobody knows") == [
        *("He scored 5.", "The team won!", "Why?", "Nobody knows"),
    ]
    assert parts("東京です。島国です。") == ["東京です。", "島国です。"]


def test_an_item_is_a_sentence() -> None:
    assert parts("You need:\n- a pen\n- a cup\n1. Go home") == [
        *("You need:", "- a pen", "- a cup", "1. Go home"),
    ]


@given(st.text())
def test_every_letter_is_in_one_sentence(text: str) -> None:
    spans = list(sentences(text))
    covered = {at for start, end in spans for at in range(start, end)}
    assert sum(end - start for start, end in spans) == len(covered)
    assert all(end - start <= LONGEST for start, end in spans)
    assert {at for at, letter in enumerate(text) if letter.isalnum() and letter != "_"} <= covered
