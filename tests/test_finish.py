"""How a reply finished: one that was cut off, or filtered, is told of."""

from __future__ import annotations

from dataclasses import replace

import pytest

from guardrails_lib import (
    Abstained,
    Accepted,
    Action,
    Outcome,
    Policy,
    Reply,
    ToolCall,
    abstain,
    flag,
    guard,
    retry,
)
from guardrails_lib.checks import unfinished
from guardrails_lib.testing import ScriptedModel

CUT: Reply[str] = Reply("Your order will", finish="length")
FILTERED: Reply[str] = Reply("", finish="filter")
WHOLE: Reply[str] = Reply("It has arrived.", finish="stop")


def kinds(outcome: Outcome[object]) -> list[str]:
    return [each.kind for each in outcome.findings]


@pytest.mark.parametrize(
    ("reply", "kind"), [(CUT, "cut_off"), (replace(CUT, finish="filter"), "filtered")]
)
def test_it_is_a_finding(reply: Reply[str], kind: str) -> None:
    outcome = guard(Policy())(ScriptedModel(reply))("When?")
    assert isinstance(outcome, Accepted)
    assert kinds(outcome) == [kind]


@pytest.mark.parametrize("reply", [FILTERED, replace(FILTERED, finish="length")])
def test_nothing_is_no_answer(reply: Reply[str]) -> None:
    outcome = guard(Policy())(ScriptedModel(reply))("When?")
    assert isinstance(outcome, Abstained)
    assert len(kinds(outcome)) == 1


def test_nothing_but_a_call_is_one() -> None:
    reply = replace(FILTERED, finish="length", tool_calls=(ToolCall("look"),))
    assert isinstance(guard(Policy())(ScriptedModel(reply))("When?"), Accepted)


def test_nothing_may_be_asked_for_again() -> None:
    policy = Policy(validators=(retry(unfinished()),))
    assert guard(policy)(ScriptedModel(FILTERED, WHOLE))("When?").unwrap() == "It has arrived."


def test_a_reply_that_came_to_its_end_is_none() -> None:
    assert kinds(guard(Policy())(ScriptedModel(WHOLE))("When?")) == []


def test_a_policy_makes_more_of_it() -> None:
    policy = Policy(validators=(abstain(unfinished()),))
    outcome = guard(policy)(ScriptedModel(CUT))("When?")
    assert isinstance(outcome, Abstained)
    assert kinds(outcome) == ["cut_off"]


def test_a_rule_that_flags_it_flags_it_once() -> None:
    policy = Policy(validators=(flag(unfinished()),))
    outcome = guard(policy)(ScriptedModel(CUT))("When?")
    assert kinds(outcome) == ["cut_off"]


def test_it_may_be_asked_for_again() -> None:
    policy = Policy(validators=(retry(unfinished()),))
    assert guard(policy)(ScriptedModel(CUT, WHOLE))("When?").unwrap() == "It has arrived."


def test_half_a_typed_answer_is_none() -> None:
    """instructor#2705: a number that was cut off reads as another number."""
    model = ScriptedModel(Reply("12", finish="length"), Reply("1250", finish="stop"))
    assert guard(Policy(), returns=int)(model)("How many?").unwrap() == 1250


def test_half_a_typed_answer_counts_as_unreadable() -> None:
    policy = Policy(unreadable=Action.ESCALATE)
    model = ScriptedModel(*[Reply("12", finish="length")] * 2)
    outcome = guard(policy, returns=int)(model)("How many?")
    assert outcome.record.attempts == 2
    assert kinds(outcome) == ["unreadable"]


def test_a_stream_that_was_cut_off_is_told_of() -> None:
    model = ScriptedModel(CUT)
    stream = guard(Policy())(model.stream)("When?")
    assert "".join(stream) == "Your order will"
    assert kinds(stream.outcome) == ["cut_off"]


def test_a_whole_reply_says_what_it_is_from() -> None:
    assert replace(WHOLE, model="m").model == "m"
