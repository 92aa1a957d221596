"""What a person is told: texts of rules, templates, languages, defaults."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guardrails_lib import (
    Finding,
    Policy,
    PolicyError,
    Refusal,
    Request,
    Rule,
    abstain,
    block,
    check,
    escalate,
    guard,
    redact,
)
from guardrails_lib._say import LANGUAGES, default, language_of
from guardrails_lib.checks import matching


@check
def doubtful(text: str) -> Iterator[Finding]:
    """A number and a date, each time."""
    yield Finding("a number", kind="number")
    yield Finding("a date", kind="date")
    yield Finding("another number", kind="number")


def said(rule: Rule[Any], **how: Any) -> str:
    outcome = guard(Policy(validators=(rule,)), **how)(lambda question: "It is 4.")("How many?")
    assert isinstance(outcome, Refusal)
    return outcome.say


def test_a_text_may_tell_the_kinds_of_what_was_found() -> None:
    rule = abstain(doubtful(), say="I could not verify the {kinds}.")
    assert said(rule) == "I could not verify the number, date."


def test_braces_are_written_twice() -> None:
    assert said(abstain(doubtful(), say="{{no}}")) == "{no}"


@pytest.mark.parametrize("say", ["{0}", "{}", "{kinds!r}", "{kinds:>9}", "{message}", "{", "}"])
def test_a_text_may_tell_nothing_else(say: str) -> None:
    with pytest.raises(PolicyError, match="knows one name"):
        abstain(doubtful(), say=say)


@pytest.mark.parametrize("say", [7, {}, {"en": 7}, {7: "seven"}])
def test_what_cannot_be_said_is_refused_where_it_is_written(say: Any) -> None:
    with pytest.raises(PolicyError, match="say= takes"):
        abstain(doubtful(), say=say)


def test_a_kind_that_holds_redacted_text_is_told_without_it() -> None:
    @check
    def echo(text: str) -> Iterator[Finding]:
        """The text as its kind."""
        yield Finding("it", kind=text)

    policy = Policy(input=(redact(matching("hunter2")), abstain(echo(), say="{kinds}")))
    outcome = guard(policy)(lambda question: "ok")("hunter2")
    assert isinstance(outcome, Refusal)
    assert "hunter2" not in outcome.say


def test_a_rule_may_say_it_in_several_languages() -> None:
    rule = abstain(doubtful(), say={"en": "No.", "de": "Nein: {kinds}."})
    assert said(rule, language="de") == "Nein: number, date."
    assert said(rule) == "No."


def test_a_language_that_a_rule_does_not_have_is_answered_in_its_first() -> None:
    assert said(abstain(doubtful(), say={"nl": "Nee.", "de": "Nein."}), language="fr") == "Nee."


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_each_language_says_each_ending_in_its_own_words(language: str) -> None:
    told = [said(verb(doubtful()), language=language) for verb in (abstain, escalate, block)]
    assert told == [default(each, language) for each in ("Abstained", "Escalated", "Blocked")]
    assert len(set(told)) == 3


def test_there_are_ten_languages_and_no_two_say_the_same() -> None:
    assert len(LANGUAGES) == 10
    assert len({default("Blocked", each) for each in LANGUAGES}) == 10


def test_the_language_may_follow_the_request() -> None:
    def spoken(request: Request) -> str:
        return str(request.meta["language"])

    ask = guard(Policy(input=(block(doubtful()),)), language=spoken)(lambda question: "ok")
    assert ask(Request("Warum?", meta={"language": "de-AT"})).say == default("Blocked", "de")


def test_where_the_language_cannot_be_told_it_is_english() -> None:
    def spoken(request: Request) -> str:
        raise KeyError("language")

    assert said(block(doubtful()), language=spoken) == "I can't help with that."


def test_an_unknown_language_is_refused_where_it_is_written() -> None:
    with pytest.raises(PolicyError, match="language= takes"):
        guard(Policy(), language="tlh")


@given(tag=st.text() | st.none() | st.integers())
def test_every_tag_names_a_language_of_ours(tag: object) -> None:
    assert language_of(tag) in LANGUAGES
