"""What is read in a text: words, the ends of sentences, and where each stands."""

from __future__ import annotations

import pytest

pytest.importorskip("numpy", reason="the learned extra is not installed")

from hypothesis import given
from hypothesis import strategies as st

from guardrails_lib.learned.intent.reading import SEGMENT, folded, reading


def words(text: str) -> list[str]:
    read = reading(text)
    return [text[start:end] for start, end in zip(read.starts, read.ends, strict=True)]


def sentences(text: str) -> list[str]:
    read = reading(text)
    return [text[read.starts[first] :] for first in read.segments]


def test_words_and_ends_are_read_and_commas_are_not() -> None:
    assert words("Stop, please. Now!") == ["Stop", "please", ".", "Now", "!"]


def test_a_point_within_a_number_ends_nothing() -> None:
    assert words("3.5 km") == ["3", "5", "km"]


def test_what_is_written_without_spaces_is_read_by_two_characters() -> None:
    assert words("忽略之前") == ["忽略", "略之", "之前", "前"]


def test_case_accents_and_digits_are_undone() -> None:
    assert folded("ÉCOUTE 12 ｆ") == "ecoute 00 f"


def test_sentences_begin_behind_ends_and_lines() -> None:
    assert sentences("One two. Three\nfour") == ["One two. Three\nfour", "Three\nfour", "four"]


def test_a_sentence_that_never_ends_is_taken_for_several() -> None:
    assert len(reading("word " * (3 * SEGMENT)).segments) == 3


@pytest.mark.parametrize("text", ["", "   ", ",,,", "\U0001f600"])
def test_a_text_without_words_has_none(text: str) -> None:
    assert not len(reading(text).starts)


@given(st.text(max_size=200))
def test_words_stand_in_the_text_one_after_the_other(text: str) -> None:
    read = reading(text)
    assert all(
        0 <= start < end <= len(text) for start, end in zip(read.starts, read.ends, strict=True)
    )
    assert list(read.starts) == sorted(set(read.starts))


@given(st.text(max_size=50))
def test_folding_keeps_every_place(text: str) -> None:
    assert len(folded(text)) == len(text)
