"""What the SDK of Anthropic gives, given back by guarded functions as it is."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest

pytest.importorskip("uvicorn", reason="the testing extra is not installed")
pytest.importorskip("anthropic", reason="the anthropic extra is not installed")

import anthropic

from guardrails_lib import Accepted, Policy, ReplyError, ToolCall, Usage, guard, redact
from guardrails_lib.checks import matching
from guardrails_lib.models import guarded
from guardrails_lib.testing.server import Cut, Say, ScriptedServer

KEY = "none"
POLICY = Policy(name="no-secrets", output=(redact(matching("secret")),))
TURN = Say(["my se", "cret"], calls=(ToolCall("pay", {"amount": 7}, "t1"),), usage=Usage(10, 5))


def asked(question: str) -> dict[str, Any]:
    said = {"role": "user", "content": question}
    return {"model": "claude-x", "max_tokens": 100, "messages": [said]}


@pytest.fixture(scope="module")
def server() -> Iterator[ScriptedServer]:
    with ScriptedServer() as made:
        yield made


@pytest.fixture(scope="module")
def client(server: ScriptedServer) -> Iterator[Any]:
    with anthropic.Anthropic(base_url=server.url, api_key=KEY, max_retries=0, timeout=5) as made:
        yield made


def asking(client: Any, policy: Policy, **more: Any) -> Any:
    """A guarded function that gives what the SDK gives."""

    def ask(question: str) -> Any:
        return client.messages.create(**asked(question), **more)

    made: Any = guard(policy)
    return made(ask)


def stands(outcome: Any) -> None:
    """It is what is in TURN, read and redacted."""
    assert isinstance(outcome, Accepted)
    assert outcome.value == "my ██████"
    assert outcome.tool_calls == (ToolCall("pay", {"amount": 7}, "t1"),)
    assert outcome.record.spent.tokens == 15


@pytest.mark.parametrize("stream", [False, True])
def test_a_message_or_a_stream_may_be_returned(
    stream: bool, server: ScriptedServer, client: Any
) -> None:
    server.play(TURN)
    stands(asking(client, POLICY, stream=stream)("Hi."))


def test_events_may_be_yielded(server: ScriptedServer, client: Any) -> None:
    @guard(POLICY)
    def ask(question: str) -> Iterator[Any]:
        with client.messages.create(**asked(question), stream=True) as events:
            yield from events

    server.play(TURN)
    stream = ask("Hi.")
    assert "".join(stream) == "my ██████"
    stands(stream.outcome)


def test_the_events_of_the_helper_may_be_yielded(server: ScriptedServer, client: Any) -> None:
    @guard(POLICY)
    def ask(question: str) -> Iterator[Any]:
        with client.messages.stream(**asked(question)) as events:
            yield from events

    server.play(TURN)
    stream = ask("Hi.")
    assert "".join(stream) == "my ██████"
    stands(stream.outcome)


def test_the_same_is_awaited(server: ScriptedServer) -> None:
    async def run() -> None:
        async with anthropic.AsyncAnthropic(
            base_url=server.url, api_key=KEY, max_retries=0
        ) as client:

            @guard(POLICY)
            async def whole(question: str, stream: Any = False) -> Any:
                return await client.messages.create(**asked(question), stream=stream)

            @guard(POLICY)
            async def events(question: str) -> AsyncIterator[Any]:
                async for each in await client.messages.create(**asked(question), stream=True):
                    yield each

            stands(await whole("Hi."))
            stands(await whole("Hi.", stream=True))
            stream = events("Hi.")
            assert "".join([each async for each in stream]) == "my ██████"
            stands(stream.outcome)

    server.play(TURN, TURN, TURN)
    asyncio.run(run())


def test_a_stream_that_broke_off_is_an_error(server: ScriptedServer, client: Any) -> None:
    server.play(Cut(["Good", "bye."], after=4, clean=True))
    with pytest.raises(ReplyError, match="broke off"):
        asking(client, POLICY, stream=True)("Hi.")


@pytest.mark.parametrize(("finish", "kind"), [("length", "cut_off"), ("filter", "filtered")])
def test_an_answer_that_was_cut_off_or_filtered_is_a_finding(
    finish: str, kind: str, server: ScriptedServer, client: Any
) -> None:
    server.play(*[Say("Well", finish=finish)] * 2)
    assert kind in {each.kind for each in asking(client, Policy())("Hi.").findings}
    ours: Any = guarded
    client = ours(client, Policy(), outcomes=True)
    assert kind in {each.kind for each in client.messages.create(**asked("Hi.")).findings}


def test_guarded_knows_a_client_of_anthropic(server: ScriptedServer, client: Any) -> None:
    server.play("my secret")
    message = guarded(client, POLICY).messages.create(**asked("Hi."))
    assert message.content[0].text == "my ██████"


def test_arguments_that_are_no_object_stay_text(server: ScriptedServer, client: Any) -> None:
    server.play(Say(calls=(ToolCall("pay", '{"amount":', "t1"),)))
    message = guarded(client, POLICY).messages.create(**asked("Hi."))
    assert message.content[0].input == '{"amount":'
