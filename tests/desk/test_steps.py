"""What can be done with a case, and what cannot."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from guardrails_lib import (
    Action,
    Amend,
    Approve,
    Case,
    Desk,
    DeskError,
    Fallback,
    Reject,
    Request,
    Resolution,
    State,
    Step,
)
from guardrails_lib.desk import MemoryDesk, SqlDesk, WebhookDesk
from guardrails_lib.desk.steps import (
    claimed,
    expired,
    known,
    opened,
    reopened,
    resolved,
    seen,
    spooled,
)

CASE = Case("17", Request("Where is my order?"), opened=1.0, deadline=100.0)
YES = Resolution(Approve(), "Ann", 5.0, answer="On its way.")
ANNS = claimed(CASE, "Ann", 2.0, seconds=10.0)


def kinds(case: Case) -> list[str]:
    return [step.kind for step in case.steps]


def test_every_desk_is_a_desk() -> None:
    desks: list[type[Desk]] = [MemoryDesk, SqlDesk, WebhookDesk]
    assert len(desks) == 3


def test_opening_says_when() -> None:
    assert opened(CASE, 3.0).steps == (Step("opened", 3.0),)
    assert opened(CASE, 3.0).opened == 1.0


def test_a_case_that_does_not_say_when_it_began_begins_when_it_is_opened() -> None:
    assert opened(replace(CASE, opened=0.0), 3.0).opened == 3.0


def test_opening_names_what_cannot_be_kept() -> None:
    (step,) = opened(Case("1", Request("", tools=[print])), 3.0).steps
    assert step.note == "left out: request.tools[0]"


def test_a_case_that_waits_is_spooled_until_it_is_opened() -> None:
    waits = spooled(CASE, 2.0, "the database is away")
    assert waits.spooled
    assert not opened(waits, 3.0).spooled
    assert kinds(opened(waits, 3.0)) == ["spooled", "opened"]


@pytest.mark.parametrize("id_", ["", " ", "a b", "a\n", "ä", "a" * 201, "\0", 7, None])
def test_an_id_is_some_ascii(id_: Any) -> None:
    with pytest.raises(DeskError, match="the id of a case"):
        known(id_)


# -- claiming


def test_a_case_is_claimed_for_a_time() -> None:
    assert ANNS.state is State.CLAIMED
    assert (ANNS.claimed_by, ANNS.claimed_until) == ("Ann", 12.0)
    assert ANNS.steps == (Step("claimed", 2.0, "Ann"),)


def test_another_who_claims_it_is_told_who_has_it() -> None:
    with pytest.raises(DeskError, match="claimed by Ann"):
        claimed(ANNS, "Bob", 11.9, seconds=10.0)


def test_who_has_it_may_claim_it_for_longer() -> None:
    assert claimed(ANNS, "Ann", 11.0, seconds=10.0).claimed_until == 21.0


def test_a_claim_ends() -> None:
    assert seen(ANNS, 12.0).state is State.OPEN
    assert seen(ANNS, 12.0).claimed_by == ""
    assert claimed(ANNS, "Bob", 12.0, seconds=10.0).claimed_by == "Bob"


@pytest.mark.parametrize("seconds", [0.0, -1.0, float("inf"), float("nan")])
def test_a_claim_is_for_a_time_that_ends(seconds: float) -> None:
    with pytest.raises(DeskError, match="seconds="):
        claimed(CASE, "Ann", 2.0, seconds=seconds)


@pytest.mark.parametrize("by", ["", "  ", None])
def test_somebody_does_it(by: Any) -> None:
    with pytest.raises(DeskError, match="by="):
        claimed(CASE, by, 2.0, seconds=10.0)
    with pytest.raises(DeskError, match="by="):
        resolved(CASE, replace(YES, by=by), 2.0)
    with pytest.raises(DeskError, match="by="):
        reopened(resolved(CASE, YES, 2.0), by, 3.0, note="")


def test_a_closed_case_is_not_claimed() -> None:
    with pytest.raises(DeskError, match="closed: resolved already by Ann"):
        claimed(resolved(CASE, YES, 3.0), "Bob", 4.0, seconds=10.0)


# -- resolving


def test_a_verdict_closes_a_case() -> None:
    closed = resolved(CASE, YES, 6.0)
    assert closed.state is State.RESOLVED
    assert closed.resolution == YES
    assert closed.steps == (Step("resolved", 6.0, "Ann", "approve"),)


@pytest.mark.parametrize(
    ("verdict", "note"),
    [
        (Approve("seen"), "approve: seen"),
        (Amend("Tomorrow."), "amend"),
        (Reject("Sorry.", "rude"), "reject: rude"),
    ],
)
def test_the_trail_says_which_verdict_it_was_and_not_the_answer(
    verdict: Approve | Amend | Reject, note: str
) -> None:
    assert resolved(CASE, Resolution(verdict, "Ann", 5.0), 6.0).steps[-1].note == note


def test_the_same_verdict_again_changes_nothing() -> None:
    closed = resolved(CASE, YES, 6.0)
    assert resolved(closed, replace(YES, at=7.0), 7.0) is closed
    assert resolved(closed, replace(YES, by="Bob"), 7.0) is closed


def test_another_verdict_is_refused_and_says_who_was_first() -> None:
    closed = resolved(CASE, YES, 6.0)
    with pytest.raises(DeskError, match="resolved already by Ann: reopen it first"):
        resolved(closed, Resolution(Reject(), "Bob", 7.0), 7.0)


def test_a_claimed_case_is_resolved_by_who_has_it() -> None:
    with pytest.raises(DeskError, match="claimed by Ann"):
        resolved(ANNS, replace(YES, by="Bob"), 3.0)
    closed = resolved(ANNS, YES, 3.0)
    assert (closed.claimed_by, closed.claimed_until) == ("", None)


def test_a_claim_that_ended_keeps_nobody_from_resolving() -> None:
    assert resolved(ANNS, replace(YES, by="Bob"), 12.0).resolution == replace(YES, by="Bob")


# -- its deadline


def test_a_case_that_nobody_decides_ends_by_its_fallback() -> None:
    late = seen(replace(CASE, fallback=Fallback(Action.BLOCK, "Too late.")), 100.0)
    assert late.state is State.RESOLVED
    assert late.resolution == Resolution(None, "", 100.0, Action.BLOCK, "Too late.")
    assert late.steps == (Step("expired", 100.0),)


def test_it_ends_at_its_deadline_whoever_looks_and_when() -> None:
    assert seen(ANNS, 100.0) == seen(ANNS, 5000.0) == seen(seen(ANNS, 200.0), 300.0)
    assert seen(ANNS, 99.0).state is State.OPEN


def test_a_case_can_end_before_its_time() -> None:
    assert expired(replace(CASE, deadline=None), 7.0).steps == (Step("expired", 7.0),)


def test_a_verdict_after_the_deadline_is_refused() -> None:
    with pytest.raises(DeskError, match="its deadline passed: reopen it first"):
        resolved(CASE, YES, 100.0)
    with pytest.raises(DeskError, match="closed: its deadline passed"):
        claimed(CASE, "Ann", 100.0, seconds=1.0)


def test_to_say_that_the_deadline_passed_is_true_or_an_error() -> None:
    late = Resolution(None, "", 100.0)
    assert resolved(CASE, late, 100.0) == seen(CASE, 100.0)
    with pytest.raises(DeskError, match="its deadline has not passed"):
        resolved(CASE, late, 99.0)


def test_a_case_that_was_decided_in_time_does_not_expire() -> None:
    closed = resolved(CASE, YES, 6.0)
    assert seen(closed, 1000.0) is closed


# -- reopening


def test_a_reopened_case_is_open_and_keeps_its_trail() -> None:
    again = reopened(resolved(ANNS, YES, 6.0), "Bob", 7.0, note="a complaint")
    assert again.state is State.OPEN
    assert again.resolution is None
    assert kinds(again) == ["claimed", "resolved", "reopened"]
    assert again.steps[-1] == Step("reopened", 7.0, "Bob", "a complaint")
    assert again.deadline == 100.0


def test_a_case_that_expired_has_no_deadline_when_it_is_reopened() -> None:
    again = reopened(CASE, "Bob", 200.0, note="")
    assert again.deadline is None
    assert seen(again, 300.0) is again
    assert kinds(resolved(again, YES, 300.0)) == ["expired", "reopened", "resolved"]


def test_an_open_case_is_not_reopened() -> None:
    for case in (CASE, ANNS):
        with pytest.raises(DeskError, match="nothing to reopen"):
            reopened(case, "Bob", 3.0, note="")
