"""Words, numbers, marks and line ends, and what they look like."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guardrails_lib.learned.names.tokens import LETTERS, Shape, lowered, tokens
from guardrails_lib.learned.numbers import np


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("ann", Shape.LOWER),
        ("Ann", Shape.TITLE),
        ("ANN", Shape.UPPER),
        ("A", Shape.CAPITAL),
        ("McCoy", Shape.MIXED),
        ("iPad", Shape.MIXED),
        ("2026", Shape.NUMBER),
        (",", Shape.MARK),
        ("_", Shape.MARK),
        (" \n ", Shape.LINE),
        (" " * 9, Shape.GAP),
        ("\u5c71\u7530", Shape.UNCASED),
        ("x" * (LETTERS + 1), Shape.LONG),
        ("\u0130stanbul", Shape.TITLE),
        ("Jose\u0301", Shape.TITLE),
        ("\uff21\uff4e\uff4e", Shape.TITLE),
        ("\u2588\u2588\u2588", Shape.STAND_IN),
        ("\u2588", Shape.STAND_IN),
        ("***", Shape.STAND_IN),
        ("[PERSON]", Shape.STAND_IN),
        ("[PERSON_BCDFGHJK]", Shape.STAND_IN),
        ("<PERSON>", Shape.STAND_IN),
        ("https://example.com/Ann/Smith", Shape.PAGE),
        ("WWW.example.com", Shape.PAGE),
    ],
)
def test_a_token_has_its_shape(text: str, shape: int) -> None:
    assert tokens(text).shapes.tolist() == [shape]


def test_whatever_stands_for_something_removed_is_one_word() -> None:
    words = {int(tokens(each).words[0]) for each in ("\u2588\u2588", "***", "[PERSON]", "<CITY>")}
    assert len(words) == 1


def test_words_are_told_in_lower_case() -> None:
    small, title, upper = tokens("ann Ann ANN").words.tolist()
    assert small == title == upper


def test_all_numbers_of_one_length_are_alike() -> None:
    one, other, longer = tokens("1917 2026 62701").words.tolist()
    assert one == other != longer


@given(st.text(st.characters(), max_size=200))
def test_tokens_stand_in_order_and_hold_all_but_small_gaps(text: str) -> None:
    found = tokens(text)
    assert (found.starts < found.ends).all()
    assert (found.starts[1:] >= found.ends[:-1]).all()
    kept = np.zeros(len(text), dtype=bool)
    for start, end in zip(found.starts, found.ends, strict=True):
        kept[start:end] = True
    left = "".join(letter for letter, is_kept in zip(text, kept, strict=True) if not is_kept)
    assert all(letter.isspace() or not letter.isprintable() or letter.isalnum() for letter in left)


@given(st.text(st.characters(), max_size=100))
def test_lower_case_keeps_each_character_at_its_place(text: str) -> None:
    assert len(lowered(text)) == len(text)
