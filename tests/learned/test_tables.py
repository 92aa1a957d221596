"""What was measured, written for people and for programs."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from guardrails_lib.learned.measuring.calibration import Calibrated
from guardrails_lib.learned.measuring.lengths import ANY_LENGTH, OfLength
from guardrails_lib.learned.measuring.measured import Named, NamesIn, Prompted
from guardrails_lib.learned.measuring.measures import Interval
from guardrails_lib.learned.measuring.tables import (
    WIDTH,
    as_json,
    calibration_told,
    lengths_told,
    names_told,
    prompts_told,
)
from guardrails_lib.learned.measuring.tallies import ANY

SURE = Interval(0.75, 0.5, 1.0)
PEOPLE = NamesIn(
    "people",
    7,
    tuple(f"TYPE_{at}" for at in range(20)),
    tuple(
        Named(kind, by, 12345, SURE, SURE, SURE, SURE, None)
        for by in ("words", "places")
        for kind in ("ORGANIZATION", ANY)
    ),
    SURE,
    SURE,
)
MIXED = Prompted("llm_outputs_read", "prompt", 1234, 99, 1750, 0.875, *(SURE,) * 5)
HONEST = MIXED._replace(name="honest", attacks=0, auc=None, recall=None)


def test_no_line_is_too_wide() -> None:
    title = "a long title " * 12
    for told in (names_told({title: [PEOPLE]}), prompts_told({title: [MIXED, HONEST]})):
        assert max(map(len, told.splitlines())) <= WIDTH


def test_columns_stand_below_each_other() -> None:
    head, row, *_ = prompts_told({"": [MIXED]}).splitlines()
    assert row.index("1234") + 4 == head.index("texts") + 5
    assert row.index("0.750 0.500-1.000") + 17 == head.index("AUC") + 3


def test_what_is_no_number_is_a_dash() -> None:
    told = names_told({"": [PEOPLE]})
    (line, _) = (each for each in told.splitlines() if each.startswith("ORGANIZATION"))
    assert line.split() == ["ORGANIZATION", "12345", *("0.75", "0.50-1.00") * 4, "-"]


def test_a_set_without_attacks_is_in_the_table_of_honest_texts_alone() -> None:
    attacks, honest = prompts_told({"": [MIXED, HONEST]}).split("\n\n")
    assert len(attacks.splitlines()) == 2
    assert len(honest.splitlines()) == 3


def test_sets_of_honest_texts_alone_have_one_table() -> None:
    assert prompts_told({"": [HONEST]}).startswith("honest")


def test_each_part_stands_under_its_title() -> None:
    told = prompts_told({"without a": [MIXED], "without b": [HONEST]})
    attacks, honest = told.split("\n\n")
    assert attacks.splitlines()[1] == "without a"
    assert "without b" not in attacks
    assert [honest.splitlines()[at] for at in (1, 3)] == ["without a", "without b"]
    assert names_told({"without c": [PEOPLE]}).startswith("without c\n\npeople: 7 texts")


def test_without_names_there_is_nothing_to_recall() -> None:
    nothing = Named(ANY, "words", 0, SURE, SURE, None, None, None)
    told = names_told({"": [NamesIn("quiet", 3, (), (nothing,), None, SURE)]})
    assert told.splitlines() == [
        "quiet: 3 texts",
        "no names in it that are looked for: there is nothing to recall",
        "texts without a name in which one was found: 0.750 0.500-1.000",
    ]


def test_a_table_without_rows_is_nothing() -> None:
    assert calibration_told(()) == lengths_told(()) == ""


def test_a_score_that_no_text_has_is_told_as_such() -> None:
    told = calibration_told([Calibrated("document", 0.5, 0.7, 0, 0, None)])
    assert told.splitlines()[1].split() == ["document", "0.50", "0.70", "0", "0", "-"]


def test_lengths_without_an_end_are_told_as_such() -> None:
    rows = [OfLength("prompt", 0, 300, 2, SURE, 0, None)]
    rows += [OfLength("prompt", 10_000, ANY_LENGTH, 0, None, 7, SURE)]
    assert [line.split() for line in lengths_told(rows).splitlines()[1:]] == [
        ["prompt", "0", "300", "2", "0.75", "0.50-1.00", "0", "-"],
        ["prompt", "10000", "any", "0", "-", "7", "0.750", "0.500-1.000"],
    ]


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1))
def test_json_holds_every_number_as_it_is(value: float, low: float, high: float) -> None:
    measured = MIXED._replace(auc=Interval(value, low, high), recall=None)
    read = json.loads(as_json([measured]))
    assert read[0]["auc"] == {"value": value, "low": low, "high": high}
    assert read[0]["recall"] is None
    assert list(read[0]) == list(Prompted._fields)
