"""How a call can end: one way to be accepted, and three to be refused."""

from __future__ import annotations

import pickle
from typing import assert_never

import pytest

from guardrails_lib import (
    Abstained,
    Accepted,
    Blocked,
    Escalated,
    Finding,
    GuardrailError,
    Outcome,
    PolicyError,
    Record,
    Refusal,
    Refused,
    ToolCall,
)

FOUND = Finding("an address", check="pii", where="messages[0]")
REFUSALS: list[type[Abstained | Escalated | Blocked]] = [Abstained, Escalated, Blocked]
every_refusal = pytest.mark.parametrize("kind", REFUSALS)


def ended(outcome: Outcome[str]) -> str:
    """How a caller tells the ends apart."""
    match outcome:
        case Accepted(value):
            return f"accepted {value}"
        case Abstained(say):
            return f"abstained {say}"
        case Escalated() as case:
            return f"escalated {case.say}"
        case Blocked():
            return "blocked"
        case _:
            assert_never(outcome)


def test_each_end_can_be_matched() -> None:
    assert ended(Accepted("yes")) == "accepted yes"
    assert ended(Abstained("no idea")) == "abstained no idea"
    assert ended(Escalated("wait")) == "escalated wait"
    assert ended(Blocked()) == "blocked"


def test_what_is_accepted_unwraps_to_its_value() -> None:
    assert Accepted(42).unwrap() == 42


def test_nothing_may_be_a_value() -> None:
    assert Accepted(None).unwrap() is None


@every_refusal
def test_a_refusal_unwraps_to_an_error_that_carries_it(
    kind: type[Abstained | Escalated | Blocked],
) -> None:
    refusal = kind(findings=(FOUND,), record=Record("7f"))
    with pytest.raises(Refused) as caught:
        refusal.unwrap()
    assert caught.value.outcome is refusal
    assert str(caught.value) == refusal.why


def test_the_error_says_what_was_found_where_and_by_which_check() -> None:
    with pytest.raises(Refused, match=r"^Blocked: pii at messages\[0\]: an address$"):
        Blocked(findings=(FOUND,)).unwrap()


def test_why_names_every_finding() -> None:
    assert Escalated(findings=(FOUND, Finding("too long"))).why == (
        "Escalated: pii at messages[0]: an address; the engine at the call: too long"
    )


def test_a_refusal_without_findings_says_so() -> None:
    assert Abstained().why == "Abstained: no finding"


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (Abstained, "I don't know."),
        (Escalated, "A person will look at this."),
        (Blocked, "I can't help with that."),
    ],
)
def test_each_refusal_has_something_to_say(
    kind: type[Abstained | Escalated | Blocked], said: str
) -> None:
    assert kind().say == said


@every_refusal
def test_every_refusal_is_one(kind: type[Abstained | Escalated | Blocked]) -> None:
    assert isinstance(kind(), Refusal)
    assert not isinstance(kind(), Accepted)


def test_refusals_of_two_kinds_are_never_equal() -> None:
    refusals: list[Refusal] = [kind("no") for kind in REFUSALS]
    assert len(set(refusals)) == 3


@every_refusal
def test_the_record_is_no_part_of_what_was_decided(
    kind: type[Abstained | Escalated | Blocked],
) -> None:
    assert kind(record=Record("7f")) == kind(record=Record("80"))
    assert "7f" not in repr(kind(record=Record("7f")))


def test_the_record_of_an_answer_is_no_part_of_it() -> None:
    assert Accepted("a", record=Record("7f")) == Accepted("a", record=Record("80"))


def test_findings_and_tool_calls_are_part_of_an_answer() -> None:
    assert Accepted("a", (FOUND,)) != Accepted("a")
    assert Accepted("a", tool_calls=(ToolCall("pay"),)) != Accepted("a")


def test_a_refusal_prints_no_more_than_differs_from_its_default() -> None:
    assert repr(Blocked()) == "Blocked()"
    assert repr(Abstained("Sorry.")) == "Abstained(say='Sorry.')"


@every_refusal
def test_the_error_comes_back_from_a_pickle_with_its_outcome(
    kind: type[Abstained | Escalated | Blocked],
) -> None:
    refused = Refused(kind(findings=(FOUND,)))
    again = pickle.loads(pickle.dumps(refused))
    assert again.outcome == refused.outcome
    assert str(again) == str(refused)


def test_every_error_raised_on_purpose_is_a_guardrail_error() -> None:
    assert issubclass(Refused, GuardrailError)
    assert issubclass(PolicyError, GuardrailError)
    assert not issubclass(Refused, PolicyError)
