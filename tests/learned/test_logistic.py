"""The learner: what it tells apart, and that it learns the same each time."""

from __future__ import annotations

import pytest

pytest.importorskip("numpy", reason="the learned extra is not installed")

from guardrails_lib.learned.intent.logistic import Rows, learned, straight, told
from guardrails_lib.learned.numbers import np


def rows() -> Rows:
    """Forty rows of two signs: 1 is the mark of an attack, 2 of none, 3 of nothing."""
    signs = [[1, 3], [2, 3]] * 20
    return Rows(
        np.arange(0, 82, 2),
        np.array(signs, dtype=np.int32).ravel(),
        np.ones(80, dtype=np.float32),
        np.array([1.0, 0.0] * 20),
        np.ones(40),
    )


def test_a_sign_of_attacks_weighs_more_than_one_of_honest_texts() -> None:
    table, _ = learned(rows(), np.arange(40), size=8, seed=1)
    assert table[1] > table[3] > table[2]


def test_what_no_row_has_weighs_nothing() -> None:
    table, _ = learned(rows(), np.arange(40), size=8, seed=1)
    assert table[0] == table[4] == 0


def test_what_fewer_rows_have_than_wanted_is_not_learned() -> None:
    table, _ = learned(rows(), np.arange(40), size=8, seed=1, fewest=21)
    assert table[1] == table[2] == 0


def test_the_same_rows_teach_the_same() -> None:
    one, two = (learned(rows(), np.arange(40), size=8, seed=1) for _ in range(2))
    assert one[0].tobytes() == two[0].tobytes()
    assert one[1] == two[1]


def test_rows_that_are_not_picked_teach_nothing() -> None:
    table, _ = learned(rows(), np.arange(0, 40, 2), size=8, seed=1)
    assert table[2] == 0


def test_the_straight_weights_of_a_measure_follow_how_often_it_is_right() -> None:
    measures = np.array([[1.0]] * 10 + [[-1.0]] * 10)
    hostile = np.array([1.0] * 9 + [0.0] + [0.0] * 9 + [1.0])
    mixed = straight(measures, hostile, np.ones(20), shrink=0)
    likely = 1 / (1 + np.exp(-told(measures, mixed)))
    assert likely[0] == pytest.approx(0.9, abs=0.001)
    assert likely[-1] == pytest.approx(0.1, abs=0.001)
