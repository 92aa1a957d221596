"""Measures, and the intervals in which they truly lie."""

from __future__ import annotations

import math
import random
from functools import partial
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guardrails_lib.learned.measuring.measures import (
    Interval,
    Ranked,
    auc,
    fbeta,
    groups_of,
    interval,
    precision,
    rate_above,
    ratio,
    recall,
    recall_at,
    threshold_at,
)
from guardrails_lib.learned.numbers import Floats, np

scores = st.lists(st.sampled_from([0.0, 0.1, 0.2, 0.5, 0.9, 1.0]), min_size=1, max_size=30)
rates = st.sampled_from([0.0, 0.001, 0.01, 0.1, 0.5, 1.0])


def share(of: Floats, weights: Floats) -> float:
    return ratio(float(weights @ of), float(weights.sum()))


def test_precision_recall_and_f_are_what_the_books_say() -> None:
    assert precision(8, 2) == 0.8
    assert recall(8, 24) == 0.25
    assert fbeta(8, 24, 2, 1) == pytest.approx(2 * 0.8 * 0.25 / (0.8 + 0.25))
    assert fbeta(8, 24, 2, 2) == pytest.approx(5 * 0.8 * 0.25 / (4 * 0.8 + 0.25))


def test_what_cannot_be_measured_is_no_number() -> None:
    assert math.isnan(ratio(0, 0))
    assert math.isnan(precision(0, 0))
    assert math.isnan(recall(0, 0))


def test_nothing_to_find_has_no_f_even_where_something_is_found() -> None:
    assert math.isnan(fbeta(0, 0, 3, 2))


@given(scores, scores)
def test_the_area_is_the_share_of_pairs_in_the_right_order(
    hostile: list[float], honest: list[float]
) -> None:
    pairs = [(a > b) + (a == b) / 2 for a, b in product(hostile, honest)]
    assert auc(np.array(hostile), np.array(honest)) == pytest.approx(sum(pairs) / len(pairs))


@given(scores, scores, st.randoms(use_true_random=False))
def test_a_weight_is_so_many_copies(
    hostile: list[float], honest: list[float], chance: random.Random
) -> None:
    bad = [chance.randrange(3) for _ in hostile]
    good = [chance.randrange(3) for _ in honest]
    bad[0] = good[0] = 2
    ranked = Ranked(np.array(hostile), np.array(honest))
    whole = np.repeat(hostile, bad), np.repeat(honest, good)
    weights = np.array(bad, float), np.array(good, float)
    assert ranked.auc(*weights) == pytest.approx(auc(*whole))
    assert ranked.recall(*weights, 0.2) == pytest.approx(recall_at(*whole, 0.2))


@given(scores, rates)
def test_no_more_honest_texts_reach_the_threshold_than_may(
    honest: list[float], rate: float
) -> None:
    every = np.array(honest)
    assert rate_above(every, threshold_at(every, rate)) <= rate


@given(scores, rates)
def test_no_lower_threshold_would_do(honest: list[float], rate: float) -> None:
    every = np.array(honest)
    threshold = threshold_at(every, rate)
    lower = [each for each in honest if each < threshold]
    assert not lower or rate_above(every, max(lower)) > rate


def test_where_every_honest_text_may_be_found_all_attacks_are() -> None:
    assert recall_at(np.array([0.0, 0.5]), np.array([0.9]), 1.0) == 1


def test_an_attack_that_scores_as_the_last_honest_text_is_not_found() -> None:
    assert recall_at(np.array([0.9, 0.95]), np.array([0.9]), 0.0) == 0.5


def test_an_interval_holds_the_measure() -> None:
    counts = np.array([[1.0, 2.0], [3.0, 4.0], [0.0, 5.0], [2.0, 2.0]])
    found = interval(4, lambda weights: ratio(*(weights @ counts)))
    assert found is not None
    assert found.value == pytest.approx(6 / 13)
    assert found.low < found.value < found.high


def test_the_same_set_has_the_same_interval() -> None:
    sizes = np.arange(20.0)
    one, other = (interval(20, lambda weights: float(weights @ sizes)) for _ in range(2))
    assert one == other


def test_an_interval_of_many_like_groups_is_narrow() -> None:
    def width(groups: int) -> float:
        right = np.array([0.0, 1.0] * (groups // 2))
        found = interval(groups, partial(share, right))
        assert found is not None
        return found.high - found.low

    assert width(1000) < width(100) / 2 < width(10) / 4


def test_nineteen_intervals_of_twenty_hold_what_is_true() -> None:
    chance = np.random.Generator(np.random.PCG64(1))
    held = 0
    for _ in range(60):
        drawn = (chance.random(80) < 0.3).astype(float)
        found = interval(80, partial(share, drawn))
        assert found is not None
        held += found.low <= 0.3 <= found.high
    assert held >= 52


def test_one_group_has_an_interval_without_room() -> None:
    assert interval(1, lambda weights: ratio(weights[0], 2 * weights[0])) == Interval(0.5, 0.5, 0.5)


def test_no_measure_has_no_interval() -> None:
    assert interval(3, lambda _: float("nan")) is None


def test_texts_of_one_name_are_one_group_and_those_without_are_alone() -> None:
    assert groups_of(["a", "", "a", "b", ""]).tolist() == [0, 1, 0, 2, 3]
