"""How likely the model found its own words."""

from __future__ import annotations

import math

import pytest

from guardrails_lib.saying.certainty import certainty, of_all


def minimums(tokens: list[str], logprobs: list[float]) -> list[float]:
    return [round(each.minimum, 3) for each in certainty("".join(tokens), tokens, logprobs)]


def test_a_word_is_as_likely_as_its_tokens_together() -> None:
    assert minimums(["par", "cel"], [-1.0, -1.0]) == [round(math.exp(-2), 3)]


def test_numbers_and_names_carry_a_claim() -> None:
    tokens = ["The", " big", " parcel", " went", " to", " Graz", "."]
    assert minimums(tokens, [-5, -5, -5, -5, -5, -0.5, -5]) == [round(math.exp(-0.5), 3)]


def test_where_there_are_none_all_but_little_words_do() -> None:
    tokens = ["The", " parcel", " is", " big", "."]
    assert minimums(tokens, [-5, -0.5, -5, -0.2, -5]) == [round(math.exp(-0.5), 3)]


def test_a_sentence_of_little_words_is_carried_by_them() -> None:
    assert minimums(["It", " is", "."], [-0.5, -0.2, -5]) == [round(math.exp(-0.5), 3)]


def test_each_sentence_is_by_itself() -> None:
    tokens = ["Big", ".", " Small", "."]
    assert minimums(tokens, [-1, -9, -2, -9]) == [round(math.exp(-1), 3), round(math.exp(-2), 3)]


def test_in_scripts_without_blanks_a_token_is_a_word() -> None:
    assert minimums(["五", "年"], [-1, -2]) == [round(math.exp(-2), 3)]


def test_blanks_around_the_text_move_the_span() -> None:
    tokens = ["\n", "It", " is", " 5", "."]
    [each] = certainty("It is 5.", tokens, [-1.0] * 5)
    assert each.span == (0, 8)
    [each] = certainty("  It is 5.", tokens, [-1.0] * 5)
    assert each.span == (2, 10)


@pytest.mark.parametrize("tokens", [["", ""], [" ", "\n"], [".", "!"], ["\ud800", "\0"]])
def test_tokens_without_words_carry_nothing(tokens: list[str]) -> None:
    assert minimums(tokens, [-1.0] * 2) == []


def test_of_all_tokens_the_mean_is_geometric() -> None:
    assert of_all([-1.0, -3.0]).mean == pytest.approx(math.exp(-2))
