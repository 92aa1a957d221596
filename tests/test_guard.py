"""The decorator: four forms of function, and what they are given and give back."""

from __future__ import annotations

import asyncio
import functools
import inspect
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pytest

from guardrails_lib import (
    Accepted,
    AsyncStream,
    Blocked,
    Finding,
    Guard,
    Message,
    Outcome,
    Policy,
    PolicyError,
    Refused,
    Reply,
    Request,
    Source,
    Stream,
    block,
    check,
    escalate,
    flag,
    guard,
    redact,
)
from guardrails_lib.checks import containing, longer_than, matching

PIN = Policy(input=(redact(matching(r"\d{4}")),), sources=(redact(matching(r"\d{4}")),))


@guard(PIN)
def call(prompt: str, *, mark: str = "!") -> str:
    """Say it again."""
    return prompt + mark


@guard(PIN)
async def acall(prompt: str, *, mark: str = "!") -> str:
    return prompt + mark


@guard(PIN)
def stream(prompt: str, *, mark: str = "!") -> Iterator[str]:
    yield from prompt + mark


@guard(PIN)
async def astream(prompt: str, *, mark: str = "!") -> AsyncIterator[str]:
    for letter in prompt + mark:
        yield letter


async def drained(stream: AsyncStream[Any]) -> tuple[str, Outcome[Any]]:
    return "".join([text async for text in stream]), stream.outcome


def all_forms(prompt: str, **how: Any) -> list[Any]:
    """What each of the four forms answers."""
    shown = stream(prompt, **how)
    return [
        call(prompt, **how).unwrap(),
        asyncio.run(acall(prompt, **how)).unwrap(),
        "".join(shown),
        asyncio.run(drained(astream(prompt, **how)))[0],
    ]


def test_all_four_forms_answer_alike() -> None:
    assert all_forms("pin 1234") == ["pin ████!"] * 4


def test_other_arguments_pass_through() -> None:
    assert all_forms("hi", mark="?") == ["hi?"] * 4


def test_each_form_gives_its_own_kind() -> None:
    assert isinstance(call("x"), Accepted)
    assert isinstance(asyncio.run(acall("x")), Accepted)
    assert isinstance(stream("x"), Stream)
    assert isinstance(astream("x"), AsyncStream)


def test_a_generator_meets_the_same_input_rules_as_a_function() -> None:
    """Peers: NeMo#1485."""
    guarded = guard(Policy(input=(block(containing("bad")),)))

    def never(prompt: str) -> Iterator[str]:
        raise AssertionError("it was asked")
        yield

    stream = guarded(never)("bad")
    assert list(stream) == []
    assert isinstance(stream.outcome, Blocked)


def test_the_function_keeps_its_name_docstring_and_signature() -> None:
    assert (call.__name__, call.__doc__) == ("call", "Say it again.")
    assert "mark" in inspect.signature(call).parameters
    assert inspect.iscoroutinefunction(acall)


def test_a_guard_is_a_value() -> None:
    assert guard(PIN) == Guard(PIN)
    assert repr(guard(PIN, strict=True)) == f"Guard(policy={PIN!r}, strict=True)"
    assert hash(guard(PIN)) == hash(guard(PIN))


def test_a_guard_can_be_shared() -> None:
    shared = guard(PIN)

    @shared
    def one(prompt: str) -> str:
        return "one " + prompt

    @shared
    def two(prompt: str) -> str:
        return "two " + prompt

    assert (one("1234").unwrap(), two("1234").unwrap()) == ("one ████", "two ████")


class App:
    """Methods are guarded like functions."""

    def __init__(self, name: str) -> None:
        self.name = name

    @guard(PIN)
    def call(self, prompt: str) -> str:
        return f"{self.name}: {prompt}"

    @guard(PIN)
    async def acall(self, prompt: str) -> str:
        return f"{self.name}: {prompt}"

    @guard(PIN)
    def stream(self, prompt: str) -> Iterator[str]:
        yield f"{self.name}: {prompt}"

    @classmethod
    @guard(PIN)
    def made(cls, prompt: str) -> str:
        return f"{cls.__name__}: {prompt}"

    @staticmethod
    @guard(PIN)
    def alone(prompt: str) -> str:
        return prompt


def test_methods_are_guarded() -> None:
    app = App("app")
    assert app.call("1234").unwrap() == "app: ████"
    assert App.call(app, "1234").unwrap() == "app: ████"
    assert asyncio.run(app.acall("1234")).unwrap() == "app: ████"
    assert "".join(app.stream("1234")) == "app: ████"
    assert App.made("1234").unwrap() == "App: ████"
    assert App.alone("1234").unwrap() == "████"


def test_a_callable_object_and_a_partial_are_guarded() -> None:
    class Model:
        def __call__(self, prompt: str) -> str:
            return prompt

    class Streaming:
        def __call__(self, prompt: str) -> Iterator[str]:
            yield prompt

    def asked(kind: str, prompt: str) -> str:
        return kind + prompt

    assert guard(PIN)(Model())("1234").unwrap() == "████"
    assert "".join(guard(PIN)(Streaming())("1234")) == "████"
    assert guard(PIN)(functools.partial(asked, "a "))("1234").unwrap() == "a ████"


def test_a_function_that_hands_on_an_iterator_is_a_stream() -> None:
    @guard(PIN)
    def handed(prompt: str) -> Iterator[str]:
        return iter([prompt])

    @guard(PIN)
    def ahanded(prompt: str) -> AsyncIterator[str]:
        async def texts() -> AsyncIterator[str]:
            yield prompt

        return texts()

    assert "".join(handed("1234")) == "████"
    assert asyncio.run(drained(ahanded("1234")))[0] == "████"


def test_a_stream_that_gives_no_iterator_is_told_so() -> None:
    @guard(Policy())
    def wrong(prompt: str) -> Iterator[str]:
        return prompt  # type: ignore[return-value]  # the mistake

    with pytest.raises(TypeError, match="wrong is guarded as a stream and gave str"):
        list(wrong("x"))


# -- the request, in its three forms


def test_a_request_comes_back_as_a_request() -> None:
    @guard(PIN)
    def ask(request: Request) -> str:
        return repr(request)

    assert ask(Request("1234")).unwrap() == repr(Request("████"))


def test_a_function_that_declares_a_request_gets_one_from_text() -> None:
    @guard(PIN)
    def ask(request: Request) -> str:
        return repr(request)

    assert ask("1234").unwrap() == repr(Request("████"))  # type: ignore[arg-type]  # text will do


def test_a_chat_list_comes_back_as_a_chat_list() -> None:
    given: list[dict[str, Any]] = [
        {"role": "system", "content": "Be kind."},
        {"role": "user", "content": [{"type": "text", "text": "1234"}, {"type": "image_url"}]},
    ]
    sent: list[Any] = []

    @guard(PIN)
    def ask(messages: list[dict[str, Any]]) -> str:
        sent.extend(messages)
        return "ok"

    ask(given)
    assert sent[0] is given[0]
    assert sent[1]["content"] == [{"type": "text", "text": "████"}, {"type": "image_url"}]
    assert given[1]["content"][0]["text"] == "1234"


def test_the_feedback_of_a_retry_comes_in_the_form_of_the_request() -> None:
    from guardrails_lib import retry

    sent: list[Any] = []
    policy = Policy(validators=(retry(containing("bad")),))

    @guard(policy)
    def ask(messages: Any) -> str:
        sent.append(messages)
        return "bad" if len(sent) % 2 else "good"

    ask([{"role": "user", "content": "q"}])
    ask("q")
    assert [each["role"] for each in sent[1]] == ["user", "assistant", "user"]
    assert sent[3].startswith("q\n\nYou answered:\nbad\n\n")


def test_the_request_may_be_given_by_its_name() -> None:
    assert call(prompt="1234").unwrap() == "████!"


def test_sources_join_the_request_and_come_back_redacted() -> None:
    @guard(PIN)
    def ask(prompt: str, *, sources: Sequence[Source] = ()) -> str:
        return repr(sources)

    outcome = ask("q", sources=[Source("u", "1234")])
    assert outcome.unwrap() == repr((Source("u", "████"),))
    assert "sources[0]" in outcome.record.coverage


def test_sources_may_be_given_by_place() -> None:
    @guard(PIN)
    def ask(prompt: str, sources: Sequence[Source]) -> str:
        return repr(sources)

    assert ask("q", [Source("u", "1234")]).unwrap() == repr((Source("u", "████"),))


def test_sources_of_a_request_and_given_ones_are_joined() -> None:
    @guard(PIN)
    def ask(request: Request) -> str:
        return ",".join(source.uri for source in request.sources)

    outcome = ask(Request("q", [Source("a")]), sources=[Source("b")])  # type: ignore[call-arg]
    assert outcome.unwrap() == "a,b"


@pytest.mark.parametrize("given", [5, None, b"bytes", Message("user"), {5}, [{"role": "user"}, 5]])
def test_a_wrong_request_is_told_so_without_being_quoted(given: Any) -> None:
    for form in (call, stream, astream):
        with pytest.raises(TypeError, match=form.__name__):
            form(given)
    with pytest.raises(TypeError, match="acall"):
        asyncio.run(acall(given))


def test_a_missing_request_is_told_so() -> None:
    with pytest.raises(TypeError, match="missing its first argument, 'prompt'"):
        call()  # type: ignore[call-arg]  # the mistake


# -- the deadline


def test_a_request_says_by_when_it_is_wanted() -> None:
    import time

    from guardrails_lib import Budget

    seen: list[float | None] = []

    @guard(Policy(budget=Budget(seconds=5.0)))
    def ask(request: Request) -> str:
        seen.append(request.deadline)
        return "ok"

    ask(Request("q"))
    assert seen[0] is not None
    assert 4.0 < seen[0] - time.monotonic() <= 5.0


# -- policies that cannot work


@check
async def awaited(text: str) -> AsyncIterator[Finding]:
    """A check that waits."""
    await asyncio.sleep(0)
    if "bad" in text:
        yield Finding("bad")


@dataclass
class Refund:
    amount: float


@dataclass
class Trip:
    days: int


@check
def over(refund: Refund, *, limit: float) -> Iterator[Finding]:
    """More than may be granted."""
    if refund.amount > limit:
        yield Finding("over")


def test_an_async_check_on_a_sync_function_is_refused_where_it_is_applied() -> None:
    guarded = guard(Policy(input=(block(awaited()),)))
    with pytest.raises(PolicyError, match=r"plain is not async, but awaited\(\) is: make plain an"):

        @guarded
        def plain(prompt: str) -> str:
            return prompt


def test_an_async_check_in_a_shadow_is_refused_too() -> None:
    with pytest.raises(PolicyError, match="is not async"):
        guard(Policy(), shadow=Policy(input=(block(awaited()),)))(lambda prompt: "x")


def test_a_check_over_a_value_needs_its_type() -> None:
    policy = Policy(validators=(escalate(over(limit=1)),))
    with pytest.raises(PolicyError, match=r"write guard\(\.\.\., returns=Refund\)"):
        guard(policy)
    with pytest.raises(PolicyError, match="looks at Refund, and returns= is Trip"):
        guard(policy, returns=Trip)
    guard(policy, returns=Refund)
    guard(policy, returns=Refund | Trip)


def wrong_guards() -> list[Callable[[], object]]:
    return [
        lambda: guard(call),  # type: ignore[call-overload]
        lambda: guard(Policy(), shadow=5),  # type: ignore[call-overload]
        lambda: guard(Policy(), observers=(5,)),  # type: ignore[arg-type]
        lambda: guard(Policy(), repair=True),  # type: ignore[call-overload]
        lambda: guard(Policy(), returns=5),  # type: ignore[call-overload]
    ]


@pytest.mark.parametrize("make", wrong_guards())
def test_a_wrong_guard_is_refused(make: Callable[[], object]) -> None:
    with pytest.raises(PolicyError):
        make()


def test_a_function_without_a_parameter_has_no_request() -> None:
    with pytest.raises(TypeError, match="needs a first parameter"):
        guard(Policy())(lambda: "x")


# -- outcomes


def test_unwrap_raises_what_carries_the_outcome() -> None:
    outcome = guard(Policy(output=(block(containing("x")),)))(lambda q: "x")("q")
    with pytest.raises(Refused, match="Blocked: containing at reply") as refused:
        outcome.unwrap()
    assert refused.value.outcome is outcome


def test_errors_of_the_model_pass_untouched() -> None:
    problem = KeyError("mine")

    def model(prompt: str) -> str:
        raise problem

    with pytest.raises(KeyError) as raised:
        guard(PIN)(model)("x")
    assert raised.value is problem
    assert not getattr(problem, "__notes__", [])


def test_a_typed_call_gives_its_type() -> None:
    outcome = guard(Policy(), returns=Trip)(lambda q: '{"days": 3}')("q")
    assert outcome == Accepted(Trip(3))


def test_braces_in_a_prompt_arrive_as_they_are() -> None:
    """Peers: instructor renders user text as a template."""
    assert call("{{ 7 * 7 }} {secret}").unwrap() == "{{ 7 * 7 }} {secret}!"


def test_observers_of_a_guard_hear_its_calls() -> None:
    heard: list[str] = []
    guarded = guard(Policy(), observers=[lambda event: heard.append(event.kind)])
    guarded(lambda q: "x")("q")
    assert heard == ["started", "asked", "answered", "decided"]


def test_every_verb_works_in_all_four_forms() -> None:
    """Peers: guardrails-ai refuses five of eight actions on streams."""
    from guardrails_lib import Action, Rule

    for action in Action:
        if action is Action.DROP:
            continue  # a PolicyError, in each form alike
        policy = Policy(output=(Rule(action, containing("bad")),))
        guarded = guard(policy)

        def reply(q: str) -> str:
            return "so bad it is"

        def pieces(q: str) -> Iterator[str]:
            yield from "so bad it is"

        async def areply(q: str) -> str:
            return "so bad it is"

        async def apieces(q: str) -> AsyncIterator[str]:
            for piece in "so bad it is":
                yield piece

        stream = guarded(pieces)("q")
        shown = "".join(stream)
        ends = [
            guarded(reply)("q"),
            stream.outcome,
            asyncio.run(guarded(areply)("q")),
            asyncio.run(drained(guarded(apieces)("q")))[1],
        ]
        assert ends == [ends[0]] * 4, action
        assert isinstance(ends[0], Accepted) or "bad" not in shown


def test_the_environment_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Peers: guardrails-ai reads an environment variable."""
    import os

    before = call("1234")
    monkeypatch.setattr(os, "environ", {})
    assert call("1234") == before


def test_a_reply_with_more_than_text_is_taken() -> None:
    from guardrails_lib import Usage

    outcome = guard(Policy())(lambda q: Reply("x", usage=Usage(1, 2)))("q")
    assert outcome == Accepted("x")
    assert outcome.record.spent == Usage(1, 2)


def test_messages_given_as_values_come_back_as_values() -> None:
    seen: list[Any] = []

    @guard(PIN)
    def ask(messages: Any) -> str:
        seen.append(messages)
        return "ok"

    ask([Message("user", "1234")])
    assert seen == [[Message("user", "████")]]


def test_two_rules_on_a_long_text_both_count() -> None:
    policy = Policy(output=(flag(longer_than(limit=1)), flag(containing("x"))))
    outcome = guard(policy)(lambda q: "xy")("q")
    assert [finding.check for finding in outcome.findings] == ["longer_than", "containing"]
