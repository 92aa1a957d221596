"""What a person decided, as lines of a golden set."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from guardrails_lib import (
    Action,
    Amend,
    Approve,
    Case,
    DeskError,
    Finding,
    Message,
    Record,
    Reject,
    Request,
    Resolution,
    Source,
    State,
    ToolCall,
)
from guardrails_lib.desk import MemoryDesk, SqlDesk, add_golden, golden

CASE = Case(
    "17",
    Request([Message("user", "Where is my order?")], [Source("kb://1", "Here.")]),
    reply="No idea.",
    findings=(Finding("x", kind="number"), Finding("y", kind="error"), Finding("z", kind="number")),
    record=Record("17", "support", "abc"),
    sealed="sealed",
    state=State.RESOLVED,
    resolution=Resolution(
        Amend("On its way.", "a note"),
        "Ann",
        1.0,
        answer="On its way.",
        tool_calls=(ToolCall("track", {"id": 17}),),
    ),
    tags=("orders", "late"),
)


def ended(**how: Any) -> Case:
    return replace(CASE, resolution=Resolution(by="Ann", at=1.0, **how))


def line(case: Case) -> dict[str, Any]:
    (written,) = golden([case])
    found: dict[str, Any] = json.loads(written)
    return found


def test_a_line_has_the_question_and_the_answer_a_person_stood_behind() -> None:
    assert line(CASE) == {
        "id": "17",
        "messages": [{"role": "user", "text": "Where is my order?"}],
        "sources": [{"uri": "kb://1", "text": "Here."}],
        "expect": "accepted",
        "answer": "On its way.",
        "tool_calls": [{"name": "track", "arguments": {"id": 17}}],
        "say": "",
        "tags": ["late", "orders"],
        "policy": "abc",
        "kinds": ["error", "number"],
    }


def test_an_approved_answer_is_one() -> None:
    case = ended(verdict=Approve(), answer="No idea.")
    assert (line(case)["expect"], line(case)["answer"]) == ("accepted", "No idea.")


@pytest.mark.parametrize(
    ("action", "expect"),
    [
        (Action.BLOCK, "blocked"),
        (Action.ABSTAIN, "abstained"),
        (Action.ESCALATE, "escalated"),
    ],
)
def test_a_rejected_case_is_expected_to_be_refused(action: Action, expect: str) -> None:
    case = ended(verdict=Reject("Sorry."), action=action, say="Sorry.", answer="left over")
    assert (line(case)["expect"], line(case)["say"]) == (expect, "Sorry.")
    assert line(case)["answer"] is None


@pytest.mark.parametrize(
    "case",
    [
        replace(CASE, state=State.OPEN, resolution=None),
        ended(verdict=None, action=Action.ABSTAIN),
        ended(verdict=Amend("Call 17."), action=Action.BLOCK),
    ],
    ids=["open", "expired", "amended to what the policy refuses"],
)
def test_what_nobody_stood_behind_is_no_line(case: Case) -> None:
    assert list(golden([case])) == []


def test_a_line_has_nothing_sealed_and_no_name() -> None:
    (written,) = golden([CASE])
    assert "sealed" not in written
    assert "Ann" not in written


def test_lines_are_the_same_in_whatever_order_cases_come() -> None:
    cases = [replace(CASE, id=str(each)) for each in range(20)]
    assert list(golden(cases)) == list(golden(cases[::-1])) == sorted(golden(cases))


@pytest.mark.parametrize("kind", ["memory", "sqlite"])
def test_a_desk_gives_all_its_cases(tmp_path: Path, kind: str) -> None:
    desk = MemoryDesk() if kind == "memory" else SqlDesk(f"sqlite:///{tmp_path}/cases.db")
    verdict = Resolution(Approve(), "Ann", 1.0, answer="No idea.")
    open_ = replace(CASE, state=State.OPEN, resolution=None)
    for each in range(120 if kind == "memory" else 3):
        desk.open(replace(open_, id=f"case-{each:03}"))
        if each:
            desk.resolve(f"case-{each:03}", verdict)
    found = [json.loads(each)["id"] for each in golden(desk)]
    assert found == [f"case-{each:03}" for each in range(1, 120 if kind == "memory" else 3)]


def test_lines_are_put_into_a_file_once(tmp_path: Path) -> None:
    path = tmp_path / "golden.jsonl"
    cases = [replace(CASE, id=each) for each in ("b", "a")]
    assert add_golden(path, golden(cases)) == 2
    first = path.read_bytes()
    assert add_golden(path, golden(cases)) == 0
    assert path.read_bytes() == first
    assert add_golden(path, golden([replace(CASE, id="aa")])) == 1
    assert [json.loads(each)["id"] for each in path.read_text().splitlines()] == ["a", "aa", "b"]
    assert [each.name for each in tmp_path.iterdir()] == ["golden.jsonl"]


def test_a_case_that_was_decided_anew_takes_the_place_of_its_line(tmp_path: Path) -> None:
    path = tmp_path / "golden.jsonl"
    add_golden(path, golden([CASE]))
    rejected = ended(verdict=Reject("No."), action=Action.ABSTAIN, say="No.")
    assert add_golden(path, golden([rejected])) == 1
    assert path.read_text().splitlines() == list(golden([rejected]))


@pytest.mark.parametrize("text", ["{", "7\n", "{}\n", "[]\n"])
def test_a_file_that_is_no_golden_set_stays_as_it_is(tmp_path: Path, text: str) -> None:
    path = tmp_path / "golden.jsonl"
    path.write_text(text)
    with pytest.raises(DeskError, match="that is no golden set"):
        add_golden(path, golden([CASE]))
    assert path.read_text() == text
