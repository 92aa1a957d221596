"""A guarded call, a desk, and a person in another process."""

from __future__ import annotations

import asyncio
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from guardrails_lib import (
    Abstained,
    Accepted,
    Action,
    Approve,
    Desk,
    DeskError,
    Escalated,
    Fallback,
    Policy,
    State,
    ToDesk,
    escalate,
    guard,
    redact,
)
from guardrails_lib.checks import containing, matching
from guardrails_lib.desk import MemoryDesk, SqlDesk, WebhookDesk, golden

POLICY = Policy(
    name="orders",
    input=(redact(matching(r"\b\d{4}\b")),),
    output=(escalate(containing("refund")),),
)


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/cases.db"


def asked(desk: Desk | ToDesk, question: str = "And order 4711?") -> Escalated:
    guarded = guard(POLICY, desk=desk)

    @guarded
    def ask(question: str) -> str:
        return "You get a refund."

    outcome = ask(question)
    assert isinstance(outcome, Escalated)
    return outcome


def kinds(outcome: Escalated) -> list[str]:
    return [event.kind for event in outcome.record.events]


def test_what_one_process_asks_another_decides(url: str) -> None:
    outcome = asked(SqlDesk(url))
    assert outcome.case is not None
    script = """
import sys
from guardrails_lib import Amend, Policy, escalate, guard, redact
from guardrails_lib.checks import containing, matching
from guardrails_lib.desk import SqlDesk
POLICY = Policy(
    name="orders",
    input=(redact(matching(r"\\b\\d{4}\\b")),),
    output=(escalate(containing("refund")),),
)
guard(POLICY, desk=SqlDesk(sys.argv[1])).resolve(sys.argv[2], Amend("Please wait."), by="ann")
"""
    subprocess.run([sys.executable, "-c", script, url, outcome.case.id], check=True)
    resumed = guard(POLICY, desk=SqlDesk(url)).resume(outcome.case.id)
    assert isinstance(resumed, Accepted)
    assert resumed.value == "Please wait."
    (line,) = golden(SqlDesk(url))
    assert "Please wait." in line
    assert "4711" not in line


def test_no_file_of_a_database_has_what_was_redacted(url: str, tmp_path: Path) -> None:
    asked(SqlDesk(url, spool=tmp_path / "spool"))
    asked(SqlDesk("sqlite:////nowhere/at/all.db", spool=tmp_path / "spool"))
    files = [each for each in tmp_path.rglob("*") if each.is_file()]
    assert len(files) >= 2
    alone = re.compile(rb"(?<![0-9a-f.])4711(?![0-9a-f])")  # an id or a time may hold it
    assert not any(alone.search(each.read_bytes()) for each in files)


def test_a_database_that_is_down_leaves_the_outcome_as_it_is(tmp_path: Path) -> None:
    down = f"sqlite:///{tmp_path}/none/cases.db"
    waits = asked(SqlDesk(down, spool=tmp_path / "spool"))
    assert waits.case is not None
    assert waits.case.spooled
    assert "spooled" in kinds(waits)
    lost = asked(SqlDesk(down))
    assert lost.case is not None
    assert "unfiled" in kinds(lost)


def test_a_webhook_that_nobody_answers_leaves_the_outcome_as_it_is(tmp_path: Path) -> None:
    keep = MemoryDesk()
    desk = WebhookDesk(
        "https://nowhere.invalid/", secret=bytes(32), keep=keep, spool=tmp_path, timeout=0.2
    )
    began = time.monotonic()
    outcome = asked(desk)
    assert time.monotonic() - began < 15
    assert "spooled" in kinds(outcome)
    assert len(keep.list(State.OPEN)) == 1


def test_an_async_call_hands_over_too(url: str) -> None:
    guarded = guard(POLICY, desk=SqlDesk(url))

    @guarded
    async def ask(question: str) -> str:
        return "You get a refund."

    async def many() -> list[object]:
        return list(await asyncio.gather(*(ask("When?") for _ in range(8))))

    outcomes = asyncio.run(many())
    assert all(isinstance(each, Escalated) for each in outcomes)
    assert len(SqlDesk(url).list(State.OPEN)) == 8


def test_a_deadline_ends_a_case_for_the_guard_as_for_the_desk(url: str) -> None:
    late = SqlDesk(url, clock=lambda: time.time() + 100)
    to = ToDesk(SqlDesk(url), within=50.0, fallback=Fallback(Action.ABSTAIN, "Please call."))
    case = asked(to).case
    assert case is not None
    ended = guard(POLICY, desk=late).resume(case.id)
    assert isinstance(ended, Abstained)
    assert ended.say == "Please call."
    with pytest.raises(DeskError, match="deadline"):
        guard(POLICY, desk=late).resolve(case.id, Approve(), by="ann")


def test_the_same_verdict_from_two_processes_is_one(url: str) -> None:
    case = asked(SqlDesk(url)).case
    assert case is not None
    first = guard(POLICY, desk=SqlDesk(url)).resolve(case.id, Approve(), by="ann")
    again = guard(POLICY, desk=SqlDesk(url)).resolve(case.id, Approve(), by="bob")
    assert first == again
    assert [each.kind for each in SqlDesk(url).get(case.id).steps] == ["opened", "resolved"]
