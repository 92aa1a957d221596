"""What is no rule, policy or budget is told, in whole sentences, what to write instead."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from guardrails_lib import (
    Action,
    Budget,
    Finding,
    Message,
    Policy,
    PolicyError,
    Reply,
    Request,
    Rule,
    Source,
    ToolCall,
    block,
    check,
    drop,
    flag,
    hashed,
    label,
    mask,
    redact,
    retry,
    synthetic,
)
from guardrails_lib._policy import kinds
from guardrails_lib.checks import matching

PIN = matching("1234")

ASKED = "asking again does not change what was asked; use abstain, escalate or block"
FOUND = "asking again does not change the sources; use drop, abstain or block"
SAID = "a reply has no parts to remove; use redact, retry, abstain or block"
FINISHED = "they look at the finished answer; put redact(...) in output=, or use retry"


@dataclass(frozen=True)
class Refund:
    amount: float


@check
def in_source(source: Source) -> Iterator[Finding]:
    """A look at a source."""
    yield Finding(source.uri)


@check
def in_message(message: Message) -> Iterator[Finding]:
    """A look at a message."""
    yield Finding(message.role)


@check
def in_call(call: ToolCall) -> Iterator[Finding]:
    """A look at a tool call."""
    yield Finding(call.name)


@check
def in_refund(refund: Refund) -> Iterator[Finding]:
    """A look at a typed answer."""
    yield Finding(str(refund.amount))


@check
def in_either(part: Message | Source) -> Iterator[Finding]:
    """A look at one or the other."""
    yield Finding(part.text)


@check
def in_any(part: str | Reply[Any] | Message | Request | Source | ToolCall) -> Iterator[Finding]:
    """A look at all that is no typed answer."""
    yield Finding(str(part))


def _said(wrong: Callable[[], object]) -> str:
    with pytest.raises(PolicyError) as caught:
        wrong()
    return str(caught.value)


def _any(value: object) -> Any:
    """What the type checker would refuse, and people write."""
    return value


# -- one rule


def test_a_check_that_was_not_made_is_to_be_called() -> None:
    assert _said(lambda: block(_any(matching))) == (
        "block() takes a check: write block(matching(...))"
    )


def test_a_value_that_is_no_check_is_named_by_its_type() -> None:
    assert _said(lambda: flag(_any(5))) == "flag() takes a check: write flag(int(...))"


def test_what_is_no_text_is_not_redacted() -> None:
    assert _said(lambda: redact(_any(in_source()))) == (
        "redact() needs a check over text, and in_source() looks at Source: "
        "use drop, escalate or block"
    )


def test_a_subject_without_a_name_is_written_out() -> None:
    assert (
        _said(lambda: redact(_any(in_either())))
        .split(": ")[0]
        .endswith("looks at guardrails_lib._types.Message | guardrails_lib._types.Source")
    )


def test_what_holds_in_the_end_is_one_of_four() -> None:
    assert _said(lambda: retry(PIN, then=Action.DROP)) == (
        "then=Action.DROP: use FLAG, ABSTAIN, ESCALATE or BLOCK"
    )


def test_no_time_is_no_timeout() -> None:
    assert _said(lambda: block(PIN, timeout=0.0)) == "timeout=0.0: seconds, more than 0"


def test_a_timeout_may_be_part_of_a_second() -> None:
    assert block(PIN, timeout=0.5).timeout == 0.5


@pytest.mark.parametrize("how", [{"restore": True}, {"with_": mask("*")}])
def test_what_is_not_redacted_has_no_stand_in(how: dict[str, Any]) -> None:
    assert _said(lambda: Rule(Action.BLOCK, PIN, **how)) == (
        "restore= and with_= are for redact(), not block()"
    )


def test_what_is_restored_has_no_other_stand_in() -> None:
    assert _said(lambda: redact(PIN, restore=True, with_=mask("*"))) == (
        "restore= or with_=: what stands for a text is one thing or the other"
    )


@pytest.mark.parametrize("factory", [mask, label, hashed, synthetic])
def test_what_makes_stand_ins_is_to_be_called(factory: Any) -> None:
    assert _said(lambda: redact(PIN, with_=factory)) == (
        f"with_= takes what {factory.__name__}(...) gives: call it"
    )


def test_a_text_is_no_stand_in() -> None:
    assert _said(lambda: redact(PIN, with_=_any("***"))) == (
        "with_= takes a stand-in: mask(...), label(), hashed(...), synthetic(...)"
    )


def test_a_stand_in_is_taken() -> None:
    stars = mask("*")
    assert redact(PIN, with_=stars).with_ is stars


def test_what_is_said_is_kept_as_it_was_given() -> None:
    say = {"en": "No.", "de": "Nein."}
    rule = block(PIN, say=say)
    say["en"] = "Yes."
    assert rule.say == {"en": "No.", "de": "Nein."}


def test_parts_are_asked_for_again_by_retry_alone() -> None:
    assert _said(lambda: Rule(Action.BLOCK, PIN, fieldwise=True)) == (
        "fieldwise= is for retry(), not block()"
    )


def test_a_text_has_no_parts_to_ask_for_again() -> None:
    assert _said(lambda: retry(PIN, fieldwise=True)) == (
        f"fieldwise= asks for parts of a typed answer, and {PIN!r} looks at str: "
        "use unreadable(), or a check over the answer"
    )


def test_whatever_of_ours_a_check_looks_at_it_is_no_typed_answer() -> None:
    assert _said(lambda: retry(in_any(), fieldwise=True)).startswith("fieldwise= asks for parts")


def test_a_typed_answer_has_parts_to_ask_for_again() -> None:
    assert retry(in_refund(), fieldwise=True).fieldwise


# -- the rules of a stage


def test_a_rule_alone_is_to_be_put_in_a_tuple() -> None:
    assert _said(lambda: Policy(input=_any(block(PIN)))) == (
        "input= takes a tuple of rules: write input=(rule,)"
    )


def test_a_check_without_a_verb_is_to_have_one() -> None:
    assert _said(lambda: Policy(output=(_any(PIN),))) == (
        "output= takes rules, not Check: put a verb around it, as in block(...)"
    )


@pytest.mark.parametrize(
    ("stage", "rule", "said"),
    [
        ("output", flag(in_source()), "it looks at Source; put it in sources="),
        ("output", flag(in_message()), "it looks at Message; put it in input="),
        ("input", flag(in_call()), "it looks at ToolCall; put it in tools="),
        ("tools", flag(in_refund()), "it looks at Refund; put it in validators="),
    ],
)
def test_a_rule_that_sees_nothing_is_told_where_it_would(
    stage: str, rule: Rule[Any], said: str
) -> None:
    assert _said(lambda: Policy(**{stage: (rule,)})) == (  # type: ignore[arg-type]  # by name
        f"{rule!r} can never see its subject in {stage}=: {said}"
    )


def test_a_rule_over_one_or_the_other_fits_where_either_is() -> None:
    rule = drop(in_either())
    assert Policy(input=(rule,), sources=(rule,)).rules == (rule, rule)


@pytest.mark.parametrize(
    ("stage", "rule", "instead"),
    [
        ("input", retry(PIN), ASKED),
        ("sources", retry(PIN), FOUND),
        ("output", drop(PIN), SAID),
        ("validators", redact(PIN), FINISHED),
    ],
    ids=["input", "sources", "output", "validators"],
)
def test_an_action_without_sense_is_told_why(stage: str, rule: Rule[Any], instead: str) -> None:
    said = _said(lambda: Policy(**{stage: (rule,)}))  # type: ignore[arg-type]  # by name
    assert said == f"{stage}= cannot {rule.action.name.lower()}: {instead}"


def test_an_action_without_sense_is_none_when_a_check_breaks() -> None:
    rule = block(PIN, on_error=Action.DROP)
    assert _said(lambda: Policy(output=(rule,))).startswith("output= cannot drop: ")


def test_what_the_model_has_said_is_not_restored() -> None:
    assert _said(lambda: Policy(output=(redact(PIN, restore=True),))) == (
        "output= cannot restore: what is redacted there is not for whoever gets the answer; "
        "put redact(..., restore=True) in input= or sources="
    )


@pytest.mark.parametrize("stage", ["input", "sources"])
def test_what_the_model_is_not_to_see_may_be_restored(stage: str) -> None:
    rule = redact(PIN, restore=True)
    assert Policy(**{stage: (rule,)}).rules == (rule,)  # type: ignore[arg-type]  # by name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (block(PIN, say="No."), block(PIN, say="Never.")),
        (retry(PIN), retry(PIN, then=Action.BLOCK)),
        (redact(PIN), redact(PIN, restore=True)),
        (redact(PIN), redact(PIN, with_=mask("*"))),
        (retry(in_refund()), retry(in_refund(), fieldwise=True)),
    ],
    ids=["say", "then", "restore", "with_", "fieldwise"],
)
def test_two_rules_that_contradict_each_other_are_both_shown(
    one: Rule[Any], other: Rule[Any]
) -> None:
    stage = "input" if one.action is Action.REDACT else "validators"
    assert _said(lambda: Policy(**{stage: (one, other)})) == (  # type: ignore[arg-type]  # by name
        f"two rules of {stage}= contradict each other: {one!r}, {other!r}"
    )


def test_two_rules_may_have_two_timeouts() -> None:
    rules = (block(PIN, timeout=1.0), block(PIN, timeout=2.0))
    assert Policy(input=rules).rules == rules


# -- the policy, and its budget


def test_what_cannot_be_read_is_not_retried_for_ever() -> None:
    assert _said(lambda: Policy(unreadable=Action.RETRY)) == (
        "unreadable=Action.RETRY: use ABSTAIN, ESCALATE or BLOCK"
    )


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        ({"seconds": -0.5}, "Budget(seconds=-0.5): a limit cannot be that low"),
        ({"tokens": -1}, "Budget(tokens=-1): a limit cannot be that low"),
        ({"attempts": 0}, "Budget(attempts=0): a limit cannot be that low"),
    ],
)
def test_a_limit_below_nothing_is_shown(limits: dict[str, Any], said: str) -> None:
    assert _said(lambda: Budget(**limits)) == said


def test_a_policy_and_something_else_do_not_add_up() -> None:
    with pytest.raises(TypeError):
        _any(Policy()) + 5


def test_a_budget_and_something_else_have_no_tighter_one() -> None:
    with pytest.raises(TypeError):
        _any(Budget()) & 5


def test_the_stricter_meaning_of_what_cannot_be_read_holds_for_both() -> None:
    both = Policy(unreadable=Action.BLOCK) + Policy(unreadable=Action.ESCALATE)
    assert both.unreadable is Action.BLOCK


# -- which types a check looks at


@pytest.mark.parametrize(
    ("subject", "seen"),
    [
        (str, {str}),
        (Message | Source, {Message, Source}),
        (Reply[Refund], {Reply}),
        (Reply[Refund] | ToolCall, {Reply, ToolCall}),
        (list[Refund], {list}),
        (Request, {Request}),
    ],
    ids=["one", "a union", "a reply", "a union with a reply", "a list", "a request"],
)
def test_a_subject_is_the_types_that_it_stands_for(subject: object, seen: set[object]) -> None:
    assert kinds(subject) == seen


def test_a_union_with_a_type_of_the_users_own_is_one_kind() -> None:
    assert len(kinds(Refund | str)) == 1
