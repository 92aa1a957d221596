"""The laws hold for policies that hypothesis makes up, and catch what breaks them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st

from guardrails_lib import (
    Action,
    Check,
    Finding,
    Guard,
    Policy,
    Rule,
    Span,
    abstain,
    block,
    check,
    flag,
    label,
    mask,
    redact,
)
from guardrails_lib.checks import containing, longer_than, matching
from guardrails_lib.testing import ScriptedModel, laws
from guardrails_lib.testing.playing import play
from guardrails_lib.testing.strategies import policies


@check(width=4)
def replaceable(text: str) -> Iterator[Finding]:
    """Letters for which there is a safe form."""
    for at in range(len(text)):
        if text.startswith("abc", at):
            yield Finding("abc", Span(at, at + 3), instead="X")
        if text.startswith("cc", at):
            yield Finding("cc", Span(at, at + 2), instead="YYYY")


@check(width=3)
def odd(text: str) -> Iterator[Finding]:
    """Findings of no width, and errors that have a place."""
    for at in range(len(text)):
        if text.startswith("ba", at):
            yield Finding("between", Span(at + 1, at + 1))
        if text.startswith("c", at):
            yield Finding("cannot tell", Span(at, at + 1), kind="error")


PATTERNS = st.sampled_from(
    [
        *("a", "ab", "aba", "aa", "a{2,3}", "ab(?!c)", r"\bab", r"ab\b", "a.c", "(?<=a)b", "ba$"),
        *("^ab", "(?:ab|b)c?", "a?b?c", "[ab]{1,4} ", "a{1,3}?b", "a+", "[ab]+c", r"\bab*"),
    ]
)
CHECKS: st.SearchStrategy[Check[str]] = st.one_of(
    st.builds(matching, PATTERNS),
    st.builds(containing, st.sampled_from(["ab", "aba", ("a", "ab"), "c "])),
    st.integers(0, 20).map(lambda limit: longer_than(limit=limit)),
    st.sampled_from([replaceable(), odd()]),
)
TEXTS = st.text(alphabet="ab c", max_size=40)
EXAMPLES = 3 * settings().max_examples


def rules(*verbs: Callable[..., Rule[Any]]) -> st.SearchStrategy[tuple[Rule[Any], ...]]:
    on_error = st.sampled_from([{}, {}, {"on_error": Action.FLAG}, {"on_error": Action.BLOCK}])
    one = st.builds(lambda verb, on, how: verb(on, **how), st.sampled_from(verbs), CHECKS, on_error)
    return st.lists(one, max_size=3).map(tuple)


POLICIES = policies(CHECKS)
OUTPUT = policies(CHECKS, stages=["output"])


def labelled(on: Check[str], **how: Any) -> Rule[str]:
    return redact(on, with_=label(), **how)


def starred(on: Check[str], **how: Any) -> Rule[str]:
    return redact(on, with_=mask("*"), **how)


def one_of_each(made: tuple[Rule[Any], ...]) -> tuple[Rule[Any], ...]:
    """Without those that contradict another."""
    return tuple({(rule.action, rule.check): rule for rule in made}.values())


STOOD_IN = st.builds(
    Policy, output=rules(flag, redact, labelled, starred, abstain, block).map(one_of_each)
)


def cleaning(looked: Check[str]) -> Policy:
    return Policy(output=(redact(looked),))


def restoring(looked: Check[str]) -> Policy:
    return Policy(input=(redact(looked, restore=True),))


def test_policies_are_a_monoid() -> None:
    """Law 1."""
    laws.monoid(POLICIES, examples=EXAMPLES)


def test_the_strictest_of_two_policies_wins() -> None:
    """Law 2."""
    laws.strictest_wins(POLICIES, texts=TEXTS, examples=EXAMPLES)


def test_cutting_a_reply_changes_nothing() -> None:
    """Law 3."""
    laws.split_invariant(POLICIES, texts=TEXTS, examples=EXAMPLES)


def test_cutting_a_reply_changes_nothing_that_is_shown_on_the_way() -> None:
    """Law 3, where the stream is shown before its end."""
    laws.split_invariant(OUTPUT, texts=TEXTS, examples=EXAMPLES)


def test_cutting_a_reply_changes_nothing_of_what_stands_in() -> None:
    """Law 3, where what is redacted has another length."""
    laws.split_invariant(STOOD_IN, texts=TEXTS, examples=EXAMPLES)


def test_sync_and_async_agree() -> None:
    """Law 4."""
    laws.sync_equals_async(POLICIES, texts=TEXTS, examples=EXAMPLES)


def test_redaction_leaves_nothing_behind() -> None:
    """Law 5."""
    laws.redaction_is_clean(CHECKS.map(cleaning), texts=TEXTS, examples=EXAMPLES)


def test_what_is_redacted_to_be_restored_comes_back_as_it_was() -> None:
    """Law 6."""
    laws.restores_exactly(
        CHECKS.map(restoring), texts=st.text("ab c[]_VALUEBC", max_size=40), examples=EXAMPLES
    )


def test_an_error_never_makes_a_call_milder() -> None:
    """Law 7."""
    laws.error_is_never_a_pass(POLICIES, texts=TEXTS, examples=EXAMPLES)


def test_a_rule_more_never_makes_a_call_milder() -> None:
    """Law 8."""
    laws.monotone(POLICIES, texts=TEXTS, examples=EXAMPLES)


def test_nothing_is_shown_that_a_rule_removes() -> None:
    """Law 9."""
    laws.shows_nothing_removed(OUTPUT, texts=TEXTS, examples=EXAMPLES)


def test_nothing_is_shown_that_something_stands_in_for() -> None:
    """Law 9, where what is redacted has another length."""
    laws.shows_nothing_removed(STOOD_IN, texts=TEXTS, examples=EXAMPLES)


@check(width=2)
def short_sighted(text: str) -> Iterator[Finding]:
    """A check that lies about its width."""
    at = text.find("abc")
    if at >= 0:
        yield Finding("abc", Span(at, at + 3))


def test_a_check_that_sees_further_than_it_says_is_caught() -> None:
    """The law of splitting finds a width that is too small."""
    with pytest.raises(AssertionError):
        laws.split_invariant(
            Policy(output=(block(short_sighted()),)),
            texts=st.sampled_from(["abc", "a abc", "abcabc"]),  # it is not to be found by luck
            examples=100,
        )


@check(width=4)
def forgetful(text: str) -> Iterator[Finding]:
    """A check that stays silent once it is redacted, and then speaks again."""
    if "█" in text:
        yield Finding("a blot", Span(text.index("█"), text.index("█") + 1))
    elif "abc" in text:
        yield Finding("abc", Span(text.index("abc"), text.index("abc") + 3))


def test_what_cannot_be_redacted_is_escalated_and_so_keeps_the_law() -> None:
    """A check that finds the blots themselves never ends in an accepted answer."""
    laws.redaction_is_clean(cleaning(forgetful()), texts=TEXTS)
    guarded: Guard[str] = Guard(cleaning(forgetful()))
    played = play(guarded, ScriptedModel("abc"), "x")
    assert laws.severity(played) == Action.ESCALATE
