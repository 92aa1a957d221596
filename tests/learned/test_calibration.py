"""How far a score is a likelihood."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from guardrails_lib.learned.corpora import Prompt
from guardrails_lib.learned.measuring.calibration import Verdict, calibrated, verdicts
from guardrails_lib.learned.measuring.measures import Interval
from guardrails_lib.learned.sets import PromptSet, Where


def given_scores(hostile: list[float], honest: list[float]) -> list[Verdict]:
    return [
        Verdict("prompt", f"{at} {is_hostile}", score, is_hostile, score >= 0.5)
        for is_hostile, scores in ((True, hostile), (False, honest))
        for at, score in enumerate(scores)
    ]


def share(measure: Interval | None) -> float:
    assert measure
    return measure.value


def test_attacks_and_honest_texts_weigh_as_much_in_all() -> None:
    rows = calibrated(given_scores([0.9, 0.9, 0.1], [0.9] + [0.2] * 5))
    (high,) = (row for row in rows if row.low == 0.85)
    assert (high.attacks, high.honest) == (2, 1)
    assert share(high.share) == (2 / 3) / (2 / 3 + 1 / 6)


def test_the_highest_score_is_in_the_last_row() -> None:
    *_, last = calibrated(given_scores([1.0], [0.0]))
    assert (last.high, last.attacks) == (1.0, 1)


def test_where_all_texts_are_of_one_kind_nothing_can_be_told() -> None:
    assert calibrated(given_scores([0.9], [])) == calibrated(given_scores([], [0.9])) == ()


def test_documents_have_rows_of_their_own() -> None:
    some = given_scores([0.9], [0.2])
    other = [each._replace(where="document") for each in some]
    rows = calibrated(some + other)
    assert [row.where for row in rows] == ["prompt"] * 7 + ["document"] * 7


scores = st.lists(st.floats(0, 1), min_size=1, max_size=9)


@settings(max_examples=20)
@given(scores, scores)
def test_every_text_is_in_one_row(hostile: list[float], honest: list[float]) -> None:
    rows = calibrated(given_scores(hostile, honest))
    assert sum(row.attacks for row in rows) == len(hostile)
    assert sum(row.honest for row in rows) == len(honest)
    assert all((row.share is None) == (row.attacks + row.honest == 0) for row in rows)


def length(text: str, where: Where) -> float:
    return len(text) / 10


def at_half(where: Where) -> float:
    return 0.5


def test_every_text_of_every_set_has_its_score() -> None:
    sets = [
        PromptSet("a", "prompt", [Prompt("boo", True, "a")]),
        PromptSet("b", "document", [Prompt("hello", False, "b")]),
    ]
    assert verdicts(sets, length, at_half) == [
        ("prompt", "boo", 0.3, True, False),
        ("document", "hello", 0.5, False, True),
    ]


def test_a_text_that_is_in_two_sets_counts_once() -> None:
    one = PromptSet("a", "prompt", [Prompt("boo", True, "a")])
    other = one._replace(name="b", where="document")
    assert len(verdicts([one, one._replace(name="c"), other], length, at_half)) == 2
