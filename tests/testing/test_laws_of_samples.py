"""The laws of known samples hold for the shipped policies, and name the rule that guards not."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator

import pytest
from hypothesis import strategies as st

from guardrails_lib import (
    Action,
    Finding,
    Guard,
    Known,
    Message,
    Policy,
    Request,
    Source,
    abstain,
    block,
    check,
    drop,
    escalate,
    flag,
    guard,
    redact,
    retry,
)
from guardrails_lib.checks import containing, longer_than, matching
from guardrails_lib.testing import laws

LAWS = pytest.mark.parametrize("law", [laws.refuses_known_bad, laws.accepts_known_good])
SHIPPED = ("base", "rag", "support", "agent")
PIN = matching("pin [0-9]{4}")


@check(known=lambda: Known(bad=["order me a pizza"], good=["Hello."]))
def deaf(text: str) -> Iterator[Finding]:
    """A check that should find orders, and finds nothing."""
    yield from ()


@check(known=lambda: Known(bad=["order me a pizza"], good=["Hello."]))
def nervous(text: str) -> Iterator[Finding]:
    """A check that finds everything."""
    yield Finding("who knows")


@check
def unsaid(text: str) -> Iterator[Finding]:
    """A check that does not say what it is known to find."""
    if "pin" in text:
        yield Finding("a pin")


@LAWS
@pytest.mark.parametrize("name", SHIPPED)
def test_they_hold_for_the_shipped_policies(law: Callable[..., None], name: str) -> None:
    law(getattr(importlib.import_module(f"guardrails_policies.{name}"), name.upper()))


@LAWS
@pytest.mark.parametrize("verb", [flag, redact, drop, abstain, escalate, block])
def test_they_hold_whatever_a_finding_means(
    law: Callable[..., None], verb: Callable[..., object]
) -> None:
    law(Policy(input=(verb(PIN),)))  # type: ignore[arg-type]  # each gives a rule


@LAWS
def test_they_hold_for_a_guarded_function_that_is_not_called(law: Callable[..., None]) -> None:
    @guard(Policy(output=(retry(PIN),)))
    def ask(question: str) -> str:
        raise AssertionError("it was called")

    law(ask)
    law(Guard(Policy(validators=(abstain(longer_than(limit=9)),))))


def test_a_check_that_finds_nothing_is_named() -> None:
    with pytest.raises(laws.LawBroken) as caught:
        laws.refuses_known_bad(Policy(input=(block(PIN), block(deaf()))))
    assert str(caught.value).startswith("refuses_known_bad does not hold: block(deaf()) in input")
    assert "order me a pizza" not in str(caught.value)


def test_a_check_that_finds_everything_is_named() -> None:
    with pytest.raises(laws.LawBroken) as caught:
        laws.accepts_known_good(Policy(output=(block(nervous()),)))
    assert str(caught.value).startswith("accepts_known_good does not hold: block(nervous()) in out")


def test_a_check_of_yours_that_says_nothing_breaks_the_law() -> None:
    with pytest.raises(laws.LawBroken, match=r"block\(unsaid\(\)\) in input does not guard"):
        laws.refuses_known_bad(Policy(input=(block(unsaid()),)))


def test_where_nothing_is_known_to_be_good_there_is_nothing_to_accept() -> None:
    laws.accepts_known_good(Policy(input=(block(unsaid()),)))


def test_what_you_know_to_be_bad_is_asked_too() -> None:
    bad = st.sampled_from(["pin 1234", "my pin 0000"])
    laws.refuses_known_bad(Policy(input=(block(PIN),)), bad=bad, at_least=Action.BLOCK, examples=9)
    with pytest.raises(laws.LawBroken, match="what is bad means REDACT"):
        laws.refuses_known_bad(
            Policy(input=(redact(PIN),)), bad=bad, at_least=Action.BLOCK, examples=9
        )


def test_what_is_bad_may_be_a_whole_request() -> None:
    bad = st.just(Request([Message("user", "Hello.")], [Source("kb://1", "pin 1234")]))
    laws.refuses_known_bad(Policy(sources=(drop(PIN),)), bad=bad, examples=5)
    with pytest.raises(laws.LawBroken, match="what is bad means nothing") as caught:
        laws.refuses_known_bad(Policy(input=(drop(PIN),)), bad=bad, examples=5)
    assert "sources=(Source(uri='kb://1'" in str(caught.value)
    assert "record" in str(caught.value)


def test_what_you_know_to_be_good_is_asked_too() -> None:
    good = st.sampled_from(["Hello.", "What is a pin?"])
    laws.accepts_known_good(Policy(input=(block(PIN),)), good=good, examples=9)
    policy = Policy(input=(redact(containing("pin")),))
    with pytest.raises(laws.LawBroken, match="what is good means REDACT"):
        laws.accepts_known_good(policy, good=good, examples=20)
    laws.accepts_known_good(policy, good=good, at_most=Action.REDACT, examples=20)


def test_what_is_good_is_accepted_whatever_it_may_mean() -> None:
    policy = Policy(input=(block(containing("pin")),))
    with pytest.raises(laws.LawBroken, match="what is good means BLOCK"):
        laws.accepts_known_good(policy, good=st.just("a pin"), at_most=Action.BLOCK, examples=5)


def test_validators_have_no_say_in_what_is_asked() -> None:
    policy = Policy(input=(block(PIN),), validators=(block(longer_than(limit=1)),))
    laws.accepts_known_good(policy, good=st.just("Hello."), examples=5)


@LAWS
def test_a_function_that_is_not_guarded_has_no_law(law: Callable[..., None]) -> None:
    with pytest.raises(Exception, match="is not guarded"):
        law(len)
