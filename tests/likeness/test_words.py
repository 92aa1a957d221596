"""The words of a text, and the sentences that they stand in."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guardrails_lib.likeness import says_something, sentences, windows, words
from guardrails_lib.likeness.sentences import LONGEST


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("?!", []),
        ("Don't PAY!", ["don", "t", "pay"]),
        ("ＰＡＹ now", ["pay", "now"]),
        ("Straße", ["strasse"]),
        ("e\u0301te\u0301", ["été"]),
        ("снимаю деньги", ["снимаю", "деньги"]),
        ("請求書を", ["請求", "求書", "書を"]),
        ("发", ["发"]),
        ("pay发票", ["pay", "发票"]),
        ("भुगतान करें", ["भुगतान", "करें"]),
        ("a_b", ["a", "b"]),
        ("x" * 10_000, ["x" * 40]),
    ],
)
def test_words_are_small_letters_or_pairs_of_them(text: str, found: list[str]) -> None:
    assert words(text) == found


@pytest.mark.parametrize("text", ["", "...", "Yes, thank you!", "Und wie?", "Où est-ce?", "¿Qué?"])
def test_function_words_are_about_nothing(text: str) -> None:
    assert not says_something(text)


@pytest.mark.parametrize("text", ["Yes, the invoice!", "12", "发票", "Rechnung"])
def test_other_words_are_about_something(text: str) -> None:
    assert says_something(text)


def said(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("One. Two!  Three?", ["One.", "Two!", "Three?"]),
        ("It costs 3.50, or not.", ["It costs 3.50, or not."]),
        ('He said "no." Then he left.', ['He said "no."', "Then he left."]),
        ("Wait... what?! Yes", ["Wait...", "what?!", "Yes"]),
        ("one\ntwo\n\nthree", ["one\n", "two\n\n", "three"]),
        ("你好。请开发票！好", ["你好。", "请开发票！", "好"]),
        ("... !!! \n --- ", []),
    ],
)
def test_a_sentence_ends_where_it_is_ended(text: str, found: list[str]) -> None:
    assert said(text) == found


def test_what_goes_on_is_cut_between_words() -> None:
    pieces = said("word " * 1000)
    assert max(map(len, pieces)) <= LONGEST
    assert {word for piece in pieces for word in words(piece)} == {"word"}


def test_what_has_no_blank_is_cut_all_the_same() -> None:
    assert sum(map(len, said("x" * 1000))) == 1000


@given(st.text() | st.text("ab .!\n发。\ud800", max_size=2000))
def test_every_letter_is_in_one_sentence(text: str) -> None:
    spans = list(sentences(text))
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(end - start <= LONGEST for start, end in spans)
    assert all(one.end <= two.start for one, two in itertools.pairwise(spans))
    rest = set(range(len(text))) - {n for start, end in spans for n in range(start, end)}
    assert not any(text[n].isalnum() for n in rest)


@given(st.text("a the 发\n.", max_size=200))
def test_windows_are_the_sentences_that_are_about_something(text: str) -> None:
    assert [*windows(text)] == [s for s in sentences(text) if says_something(text[s.start : s.end])]


@pytest.mark.parametrize("unit", ["a", " ", ".", ". ", "\n", "'", '."', "…", "发", "\u0301", "\0"])
def test_a_text_of_a_million_characters_is_split_in_one_go(unit: str) -> None:
    text = unit * (1_000_000 // len(unit))
    assert sum(end - start for start, end in windows(text)) <= len(text)
