"""What is found, by length."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from guardrails_lib.learned.measuring.calibration import Verdict
from guardrails_lib.learned.measuring.lengths import ANY_LENGTH, by_length
from guardrails_lib.learned.measuring.measures import Interval


def verdict(length: int, *, hostile: bool = False, found: bool = False) -> Verdict:
    return Verdict("prompt", "x" * length, 0.5, hostile, found)


def test_texts_of_a_length_are_told_together() -> None:
    short, long = by_length([verdict(299, found=True), verdict(300), verdict(999, hostile=True)])
    assert (short.low, short.high, short.honest, short.attacks) == (0, 300, 1, 0)
    assert (long.low, long.high, long.honest, long.attacks) == (300, 1000, 1, 1)
    assert short.false_positives == Interval(1, 1, 1)
    assert long.false_positives == long.recall == Interval(0, 0, 0)


def test_what_is_not_there_has_no_measure() -> None:
    (row,) = by_length([verdict(5, hostile=True, found=True)])
    assert (row.recall, row.false_positives) == (Interval(1, 1, 1), None)


def test_the_longest_text_has_a_row() -> None:
    (row,) = by_length([verdict(1 << 20)])
    assert row.high == ANY_LENGTH


def test_documents_have_rows_of_their_own() -> None:
    rows = by_length([verdict(5), verdict(5)._replace(where="document")])
    assert [row.where for row in rows] == ["prompt", "document"]


@given(st.lists(st.tuples(st.integers(0, 20_000), st.booleans()), max_size=9))
def test_every_text_is_in_one_row(texts: list[tuple[int, bool]]) -> None:
    rows = by_length(verdict(length, hostile=hostile) for length, hostile in texts)
    assert sum(row.attacks + row.honest for row in rows) == len(texts)
