"""What is seen of guarded calls while tests run."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guardrails_lib import (
    Accepted,
    Approve,
    Budget,
    Finding,
    Guard,
    Policy,
    Reply,
    Request,
    Source,
    Span,
    ToolCall,
    block,
    check,
    drop,
    escalate,
    flag,
    guard,
    redact,
    retry,
)
from guardrails_lib._guarded import Shape
from guardrails_lib.checks import containing, matching
from guardrails_lib.desk import MemoryDesk
from guardrails_lib.testing import ScriptedModel, play
from guardrails_lib.testing.seeing import Place, SeenCall, watched
from guardrails_lib.testing.strategies import policies, texts
from guardrails_lib.testing.watching import Tried, current_trial, tried, trying, watchers


def said(places: tuple[Place, ...]) -> list[str]:
    return [f"{each.stage}[{each.number}]" for each in places]


def call(policy: Policy, prompt: str | Request = "Hi.", reply: str | Reply[str] = "Hello.") -> str:
    @guard(policy)
    def ask(request: Request) -> str | Reply[str]:
        return reply

    return type(ask(Request(prompt) if isinstance(prompt, str) else prompt)).__name__


def only(
    policy: Policy, prompt: str | Request = "Hi.", reply: str | Reply[str] = "Hello."
) -> SeenCall:
    with watched() as calls:
        call(policy, prompt, reply)
    [seen] = calls
    return seen


@check
def breaking(text: str) -> Iterator[Finding]:
    """It breaks."""
    raise RuntimeError("on purpose")
    yield


@check
def everything(text: str) -> Iterator[Finding]:
    """Each text, without a place in it."""
    yield Finding("there it is")


NO_SECRET = redact(containing("secret"))


def test_one_rule_in_two_stages_is_seen_in_that_where_it_looked() -> None:
    policy = Policy(input=(NO_SECRET,), output=(NO_SECRET,))
    seen = only(policy, "Hi.", "a secret")
    assert said(seen.looked) == ["input[0]", "output[0]"]
    assert said(seen.fired) == ["output[0]"]


def test_two_rules_of_one_check_in_one_stage_are_told_apart() -> None:
    policy = Policy(input=(redact(matching("a+")), redact(matching("b+"))))
    assert said(only(policy, "xbx").fired) == ["input[1]"]


def test_one_rule_twice_in_a_stage_is_two() -> None:
    policy = Policy(input=(NO_SECRET, NO_SECRET))
    assert said(only(policy, "a secret").fired) == ["input[0]", "input[1]"]


def test_a_rule_of_a_stage_that_the_call_did_not_reach_never_looked() -> None:
    policy = Policy(input=(block(containing("x")),), output=(NO_SECRET,))
    seen = only(policy, "x")
    assert seen.ended == "Blocked"
    assert said(seen.looked) == ["input[0]"]


def test_rules_of_every_stage_are_seen() -> None:
    policy = Policy(
        input=(flag(everything()),),
        sources=(flag(everything()),),
        output=(flag(everything()),),
        tools=(flag(everything()),),
        validators=(flag(everything()),),
    )
    reply: Reply[str] = Reply("Hello.", tool_calls=(ToolCall("look_up", {"query": "x"}),))
    seen = only(policy, Request("Hi.", [Source("kb://1", "text")]), reply)
    stages = ["input[0]", "sources[0]", "output[0]", "tools[0]", "validators[0]"]
    assert said(seen.looked) == said(seen.fired) == stages


def test_a_check_that_breaks_did_not_find_anything() -> None:
    seen = only(Policy(input=(flag(breaking()),)))
    assert (said(seen.looked), said(seen.fired), said(seen.broke)) == (
        ["input[0]"],
        [],
        ["input[0]"],
    )


def test_a_finding_outside_the_text_is_a_check_that_broke() -> None:
    @check
    def lost(text: str) -> Iterator[Finding]:
        """It points to where no text is."""
        yield Finding("here", Span(90, 99))

    seen = only(Policy(output=(flag(lost()),)))
    assert (said(seen.fired), said(seen.broke)) == ([], ["output[0]"])


def test_a_slow_rule_beside_a_quick_one_is_itself() -> None:
    @check(slow=True)
    def thorough(text: str) -> Iterator[Finding]:
        """The word x, after long thought."""
        if "x" in text:
            yield Finding("x")

    policy = Policy(input=(flag(thorough()), flag(containing("y")), flag(thorough())))
    assert said(only(policy, "x").fired) == ["input[0]", "input[2]"]


def test_a_rule_behind_a_block_that_is_slow_did_not_look() -> None:
    @check(slow=True)
    def thorough(text: str) -> Iterator[Finding]:
        """Nothing, after long thought."""
        yield from ()

    seen = only(Policy(input=(flag(thorough()), block(containing("x")))), "x")
    assert said(seen.looked) == ["input[1]"]


def test_the_rules_of_a_shadow_are_not_seen() -> None:
    shadow = Policy(input=(NO_SECRET, block(containing("x"))), output=(NO_SECRET,))

    @guard(Policy(input=(NO_SECRET,)), shadow=shadow)
    def ask(prompt: str) -> str:
        return "Hello."

    with watched() as calls:
        ask("a secret x")
    assert said(calls[0].looked) == said(calls[0].fired) == ["input[0]"]


def test_an_answer_that_is_asked_for_again_counts() -> None:
    replies = iter(["bad", "good"])

    @guard(Policy(output=(retry(containing("bad")),)))
    def ask(prompt: str) -> str:
        return next(replies)

    with watched() as calls:
        assert isinstance(ask("Hi."), Accepted)
    assert said(calls[0].fired) == ["output[0]"]


def test_what_is_looked_at_once_more_after_a_drop_counts() -> None:
    policy = Policy(sources=(drop(containing("bad")),))
    request = Request("Hi.", [Source("kb://1", "bad"), Source("kb://2", "good")])
    assert said(only(policy, request).fired) == ["sources[0]"]


def test_an_error_of_the_model_is_how_the_call_ended() -> None:
    @guard(Policy())
    def ask(prompt: str) -> str:
        raise ValueError("down")

    with watched() as calls, pytest.raises(ValueError, match="down"):
        ask("Hi.")
    assert calls[0].ended == "ValueError"


def test_a_stream_that_nobody_reads_runs_still() -> None:
    @guard(Policy(output=(NO_SECRET,)))
    def ask(prompt: str) -> Iterator[str]:
        yield "Hello."

    with watched() as calls:
        stream = ask("Hi.")
        assert calls[0].ended == ""
        stream.close()
    assert calls[0].ended == "Abstained"
    assert calls[0].looked == ()


def test_a_stream_that_is_left_has_looked_at_what_was_read() -> None:
    @guard(Policy(output=(redact(matching("a|x{9}")),)))
    def ask(prompt: str) -> Iterator[str]:
        yield "xaxxxxxxxxxxx"
        yield "Hello."

    with watched() as calls:
        with ask("Hi.") as stream:
            next(iter(stream))
        assert calls[0].ended == "Abstained"
    assert said(calls[0].fired) == ["output[0]"]


WORDS = matching(r"\bcat\b"), matching(r"\bcats\b"), matching("cat|dog"), everything()


@given(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=3),
    st.lists(st.sampled_from(["cat", "s", " ", "dog", "do", "g", "cats"]), max_size=6),
)
def test_how_a_reply_is_cut_changes_nothing_that_is_seen(
    checks: list[object], pieces: list[str]
) -> None:
    policy = Policy(output=tuple(map(flag, checks)))  # type: ignore[arg-type]  # a mixed list

    @guard(policy)
    def stream(prompt: str) -> Iterator[str]:
        yield from pieces

    with watched() as calls:
        call(policy, "Hi.", "".join(pieces))
        list(stream("Hi."))
    whole, cut = calls
    assert (whole.looked, whole.fired, whole.broke) == (cut.looked, cut.fired, cut.broke)
    expected = [n for n, rule in enumerate(policy.output) if list(rule.check("".join(pieces)))]
    assert [each.number for each in whole.fired] == expected


def test_coroutines_and_async_streams_are_seen_alike() -> None:
    policy = Policy(input=(NO_SECRET,), output=(redact(matching("[0-9]+")),))

    @guard(policy)
    async def ask(prompt: str) -> str:
        await asyncio.sleep(0)
        return "12"

    @guard(policy)
    async def stream(prompt: str) -> AsyncIterator[str]:
        yield "1"
        yield "2"

    async def both() -> None:
        await ask("a secret")
        async for _ in stream("a secret"):
            pass

    with watched() as calls:
        asyncio.run(both())
    assert [said(each.fired) for each in calls] == [["input[0]", "output[0]"]] * 2


def test_two_who_look_on_see_the_same_and_afterwards_nobody_does() -> None:
    with watched() as outer:
        call(Policy())
        with watched() as inner:
            call(Policy())
        call(Policy())
    call(Policy())
    assert (len(outer), len(inner)) == (3, 1)


def test_what_is_seen_is_what_happens_unseen() -> None:
    policy = Policy(input=(NO_SECRET,), output=(retry(containing("x")), NO_SECRET))

    @guard(policy)
    def ask(prompt: str) -> str:
        return "a secret"

    unseen = ask("my secret")
    with watched() as calls:
        seen = ask("my secret")
    assert seen == unseen
    assert seen.record.fingerprint == unseen.record.fingerprint == policy.fingerprint
    timeless = [[event._replace(at=0.0) for event in each.record.events] for each in (unseen, seen)]
    assert timeless[0] == timeless[1] == [each._replace(at=0.0) for each in calls[0].events]


@settings(max_examples=50)
@given(policies(), texts(), texts(), st.sampled_from([Shape.CALL, Shape.STREAM]))
def test_to_be_watched_changes_nothing(
    policy: Policy, prompt: str, reply: str, shape: Shape
) -> None:
    guarded = Guard[str](policy)
    request = Request(prompt, [Source("kb://1", prompt)])
    unseen = play(guarded, ScriptedModel(reply, reply), request, shape=shape)
    with watched() as calls:
        seen = play(guarded, ScriptedModel(reply, reply), request, shape=shape)
    assert (seen.outcome, seen.shown, seen.sent) == (unseen.outcome, unseen.shown, unseen.sent)
    kinds = [(each.kind, each.where, each.by, each.action) for each in unseen.events]
    assert kinds == [(each.kind, each.where, each.by, each.action) for each in calls[0].events]


@settings(max_examples=50)
@given(st.data(), st.sampled_from(["input", "sources", "tools", "validators"]), texts())
def test_a_rule_fired_if_its_check_finds_something(
    data: st.DataObject, stage: Any, text: str
) -> None:
    policy = replace(data.draw(policies(stages=[stage])), budget=Budget(attempts=1))
    reply: Reply[str] = Reply(text, tool_calls=(ToolCall("look_up", {"query": text}),))
    seen = only(policy, Request(text, [Source("kb://1", text)]), reply)
    rules = getattr(policy, stage)
    there = [text, "query"] if stage == "tools" else [text]  # the name of a tool is no argument
    assert [each.number for each in seen.looked] == list(range(len(rules)))
    assert [each.number for each in seen.fired] == [
        number for number, rule in enumerate(rules) if any(any(rule.check(each)) for each in there)
    ]


def test_the_policy_and_the_rules_that_are_seen_are_those_that_were_written() -> None:
    policy = Policy(name="support", input=(NO_SECRET,))
    seen = only(policy, "a secret")
    assert seen.policy is policy
    assert seen.fired[0].rule is NO_SECRET
    assert str(seen.fired[0]) == "input[0] redact(containing(words='secret'))"


def test_no_text_of_a_call_is_in_how_it_prints() -> None:
    seen = only(Policy(input=(redact(matching("[A-Z]{8}")),)), "my name is MARGARET")
    assert "MARGARET" not in repr(seen)
    assert "MARGARET" not in repr(seen.events)


def test_a_call_knows_the_law_that_makes_it() -> None:
    policy = Policy(name="support")
    with watched() as calls:
        call(policy)
        with trying("monotone", policy):
            call(replace(policy, name=""))
    trials = [each.trial for each in calls]
    assert trials[0] is None
    assert trials[1] is not None
    assert (trials[1].law, trials[1].policy) == ("monotone", policy)


def test_a_law_that_raises_did_not_hold() -> None:
    told: list[Tried] = []
    watchers.append(told.append)
    try:
        with pytest.raises(AssertionError), trying("monotone", None) as trial:
            trial.examples = 3
            raise AssertionError
        with trying("monoid", None):
            pass
    finally:
        watchers.remove(told.append)
    assert told == [Tried("monotone", None, 3, False), Tried("monoid", None, 0, True)]
    assert current_trial() is None


def test_who_watches_is_told_of_a_law() -> None:
    told: list[Tried] = []
    watchers.append(told.append)
    tried(Tried("monoid", None, 1, True))
    watchers.remove(told.append)
    tried(Tried("monoid", None, 2, True))
    assert [each.examples for each in told] == [1]


def test_a_case_that_a_person_decides_is_a_call_more() -> None:
    desk = MemoryDesk()
    policy = Policy(name="support", input=(escalate(containing("x")),), output=(NO_SECRET,))
    guarded = guard(policy, desk=desk)

    @guarded
    def ask(prompt: str) -> str:
        return "Hello."

    with watched() as calls:
        ask("x")
        [case] = desk.list()
        guarded.resolve(case.id, Approve(), by="me", ask=lambda _: "a secret")
    assert [each.ended for each in calls] == ["Escalated", "Accepted"]
    assert [said(each.fired) for each in calls] == [["input[0]"], ["input[0]", "output[0]"]]
