"""Shapes of digits: no pattern that matches there is left out, whatever has been forgotten."""

from __future__ import annotations

import pytest
import regex
from benchmarks.patterns import FLAGS, PATTERNS, TEXTS, spans, valid
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from guardrails_lib.scan import automaton, shapes
from guardrails_lib.scan.shapes import Shapes, before_digit, needs_digit, shape_of
from guardrails_lib.scan.tree import parsed

FIRST_DIGIT = regex.compile(r"\d")


def digital(source: str, flags: int) -> bool:
    """Whether a pattern is one whose matches shapes tell of."""
    tree = parsed(source, flags)
    return valid(source) and tree is not None and needs_digit(tree)


DIGIT = st.sampled_from([r"\d", "7", "[0-9]{2}", r"\b\d", r"\d\b", r"(?:\d|1a)+"])
DIGITAL = st.tuples(st.builds("(?:{}){}(?:{})".format, PATTERNS, DIGIT, PATTERNS), FLAGS).map(
    lambda each: each if digital(*each) else (r"x?\d", each[1])  # few are none, and some runs many
)


def first_digits(source: str, flags: int, text: str) -> list[int]:
    """Where the first digit is of each match of a pattern, from wherever it begins."""
    compiled = regex.compile(source, flags, cache_pattern=False)
    places = []
    try:
        for start in range(len(text)):
            if match := compiled.match(text, start, timeout=0.2):
                digit = FIRST_DIGIT.search(text, start, match.end())
                assert digit is not None
                places.append(digit.start())
    except TimeoutError:
        reject()
    return places


def told(made: Shapes, text: str, place: int) -> tuple[int, ...]:
    """The patterns that could match at the group of digits around *place*."""
    return next((could for start, end, could in made(text) if start <= place < end), ())


# -- soundness


@settings(max_examples=150)
@given(DIGITAL, st.lists(TEXTS, min_size=1, max_size=6))
def test_a_pattern_that_matches_is_told_at_the_group_of_its_first_digit(
    pattern: tuple[str, int], texts: list[str]
) -> None:
    made = Shapes([(5, parsed(*pattern))])
    for text in texts:
        for place in first_digits(*pattern, text):
            assert told(made, text, place) == (5,), (text, place)


@settings(max_examples=60)
@given(DIGITAL, TEXTS)
def test_no_match_has_more_before_its_first_digit_than_was_said(
    pattern: tuple[str, int], text: str
) -> None:
    most = before_digit(parsed(*pattern))
    for start, end in quick(pattern, text):
        digit = FIRST_DIGIT.search(text, start, end)
        assert digit is not None
        assert most is None or digit.start() - start <= most


def quick(pattern: tuple[str, int], text: str) -> list[tuple[int, int]]:
    try:
        return spans(*pattern, text)
    except TimeoutError:
        reject()


@pytest.mark.parametrize("source", [r"\d", "a1", "[0-9]{2}", "(?:1|2a)", "(a3)+", "(?>7)", "1|2"])
def test_a_pattern_whose_matches_all_have_a_digit_needs_one(source: str) -> None:
    assert needs_digit(parsed(source))


@pytest.mark.parametrize("source", ["a", "[a0]", r"\d?a", "1|a", r"(?=\d)a", r"\w", "[^1]", "٣"])
def test_a_pattern_that_can_do_without_needs_none(source: str) -> None:
    assert not needs_digit(parsed(source))


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("ab 12-x", "aa 00-a"),
        ("٣\uff15\U0001d7d7", "000"),
        ("é\u0301\ud800²", "uuuu"),
        ("?\0", "uu"),
        ("A_\n", "a_\n"),
    ],
)
def test_a_shape_has_one_character_for_each(text: str, shape: str) -> None:
    assert shape_of(text) == shape


# -- what it tells is what it keeps from trying


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (r"\b\d{4}\b", "12345"),
        (r"\b\d{4}\b", "a1234"),
        (r"\d{3}-\d{2}", "123 45"),
        (r"[A-Z]\d{8}", "x 1234"),
        (r"\d{16}", "in 1984 "),
    ],
)
def test_a_pattern_that_cannot_match_there_is_not_told(source: str, text: str) -> None:
    assert [could for *_, could in Shapes([(0, parsed(source))])(text) if could] == []


def test_many_digits_are_taken_in_pieces() -> None:
    text = "1" * 100
    groups = [(start, end) for start, end, _ in Shapes([(0, parsed(r"\d"))])(text)]
    assert groups == [(at, at + 20) for at in range(0, 100, 20)]


# -- what is remembered changes nothing


@settings(max_examples=60)
@given(DIGITAL, st.lists(TEXTS, min_size=1, max_size=6))
def test_what_was_forgotten_is_told_again(pattern: tuple[str, int], texts: list[str]) -> None:
    tree = parsed(*pattern)
    usual = [list(Shapes([(0, tree)])(text)) for text in texts]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shapes, "_KEPT", 2)
        patch.setattr(automaton, "_KEPT", 3)
        made = Shapes([(0, tree)])
        for _ in range(2):
            assert [list(made(text)) for text in texts] == usual
        assert len(made._known) <= 2


def test_shapes_that_are_too_new_are_not_learnt_but_tried() -> None:
    made = Shapes([(3, parsed(r"@\d@"))])
    text = " ".join("x" * (n % 3) + "1" * (n % 20 + 1) + "-" * (n % 3) + "   " for n in range(60))
    assert {could for *_, could in made(text)} == {(3,)}
    for _ in range(10):
        left = list(made(text))
    assert left == []


# -- the tail


@pytest.mark.parametrize(
    ("source", "text", "held"),
    [
        (r"\d{4} \d{4}", "see 1234 56", 7),
        (r"\d{4} \d{4}", "see 1234  ", 0),
        (r"\s\d", "  ", 2),
        (r"\b\d \d", "a1 ", 0),
        (r"(?:\d )+x", "1 2 3 ", 6),
    ],
)
def test_the_end_is_held_from_the_first_run_that_a_match_may_go_on_from(
    source: str, text: str, held: int
) -> None:
    assert len(text) - Shapes([(0, parsed(source))]).tail(text) == held


def test_runs_that_were_forgotten_are_told_again(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "1 a 22 b 333 c 4444 1234 "
    usual = Shapes([(0, parsed(r"\d{4} \d{4}"))]).tail(text)
    monkeypatch.setattr(shapes, "_KEPT", 1)
    assert Shapes([(0, parsed(r"\d{4} \d{4}"))]).tail(text) == usual == len(text) - 5
