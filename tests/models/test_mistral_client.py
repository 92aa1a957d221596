"""A guarded client of Mistral's SDK, over real HTTP."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

pytest.importorskip("mistralai.client", reason="the mistral extra is not installed")
pytest.importorskip("uvicorn", reason="the testing extra is not installed")

from mistralai.client import Mistral, models
from mistralai.client.errors import SDKError
from mistralai.client.utils.eventstreaming import EventStream, EventStreamAsync

from guardrails_lib import (
    Accepted,
    Blocked,
    Budget,
    Finding,
    Policy,
    PolicyError,
    Refused,
    Stream,
    ToolCall,
    Usage,
    block,
    check,
    redact,
)
from guardrails_lib.checks import matching
from guardrails_lib.models.mistral_client import guarded_mistral
from guardrails_lib.testing.server import Fail, Raw, Say, ScriptedServer, Turn

HIDING = Policy(
    input=(redact(matching("PRIVATE-[0-9]+"), restore=True),),
    output=(redact(matching("S3CRET")),),
)
BLOCKING = Policy(output=(block(matching("S3CRET")),))
CALL = ToolCall("pay", {"amount": 7}, "call-1")
SAID = Say(["It is S3", "CRET."], usage=Usage(10, 5))
ASKED: dict[str, Any] = {
    "model": "mistral-small",
    "messages": [models.UserMessage(content="I am PRIVATE-17.")],
}


@contextmanager
def clients(turn: Turn, policy: Policy = HIDING, **terms: Any) -> Iterator[tuple[Any, Any]]:
    """A guarded client, and the server that it asks."""
    with (
        ScriptedServer(repeat=turn) as server,
        Mistral(api_key=server.key, server_url=server.url) as client,
    ):
        yield guarded_mistral(client, policy, **terms), server


def shown(events: list[Any]) -> str:
    return "".join(each.data.choices[0].delta.content or "" for each in events)


def test_a_response_is_the_sdks_own_with_guarded_text() -> None:
    with clients(SAID) as (client, server):
        answer = client.chat.complete(**ASKED)
    assert isinstance(answer, models.ChatCompletionResponse)
    message: Any = answer.choices[0].message
    assert message.content.startswith("It is ")
    assert "S3CRET" not in answer.model_dump_json()
    assert answer.usage.total_tokens == 15
    assert "PRIVATE-17" not in server.asked[0].text


def test_an_awaited_response_is_guarded_alike() -> None:
    async def asked() -> tuple[Any, Any]:
        with ScriptedServer(SAID) as server:
            async with Mistral(api_key=server.key, server_url=server.url) as client:
                guarded = guarded_mistral(client, HIDING)
                return await guarded.chat.complete_async(**ASKED), server.asked[0]

    answer, sent = asyncio.run(asked())
    assert isinstance(answer, models.ChatCompletionResponse)
    assert "S3CRET" not in answer.model_dump_json()
    assert "PRIVATE-17" not in sent.text


def test_a_stream_is_the_sdks_own_with_guarded_text() -> None:
    with clients(SAID) as (client, _), client.chat.stream(**ASKED) as stream:
        assert isinstance(stream, EventStream)
        events = list(stream)
    assert all(isinstance(each, models.CompletionEvent) for each in events)
    assert shown(events).startswith("It is ")
    assert not any("S3CRET" in each.model_dump_json() for each in events)
    assert events[-1].data.choices[0].finish_reason == "stop"


def test_an_async_stream_is_guarded_alike() -> None:
    async def asked() -> list[Any]:
        with ScriptedServer(SAID) as server:
            async with Mistral(api_key=server.key, server_url=server.url) as client:
                guarded = guarded_mistral(client, HIDING)
                async with await guarded.chat.stream_async(**ASKED) as stream:
                    assert isinstance(stream, EventStreamAsync)
                    return [each async for each in stream]

    events = asyncio.run(asked())
    assert shown(events).startswith("It is ")
    assert "S3CRET" not in shown(events)


def test_what_was_redacted_on_the_way_is_put_back() -> None:
    def echo(asked: Any) -> str:
        return f"Hello, {asked.body['messages'][0]['content']}"

    with clients(echo) as (client, _):
        answer = client.chat.complete(**ASKED)
        events = list(client.chat.stream(**ASKED))
    assert answer.choices[0].message.content == shown(events) == "Hello, I am PRIVATE-17."


def test_calls_come_back_in_the_sdks_own_type() -> None:
    with clients(Say("Paying.", calls=(CALL,))) as (client, _):
        answer = client.chat.complete(**ASKED)
    (call,) = answer.choices[0].message.tool_calls
    assert isinstance(call, models.ToolCall)
    assert (call.function.name, call.id) == ("pay", "call-1")
    arguments: Any = call.function.arguments
    assert json.loads(arguments) == {"amount": 7}
    assert answer.choices[0].finish_reason == "tool_calls"


def test_calls_of_a_stream_come_whole_at_its_end() -> None:
    function = {"name": "pay", "arguments": '{"amount": 7}'}
    delta = {"content": "", "tool_calls": [{"id": "call-1", "function": function}]}
    choice = {"index": 0, "delta": delta, "finish_reason": "tool_calls"}
    chunk = {"id": "1", "object": "c", "created": 0, "model": "m", "choices": [choice]}
    body = f"data: {json.dumps(chunk)}\n\ndata: [DONE]\n\n".encode()
    turn = Raw(body, headers=(("content-type", "text/event-stream"),))
    with clients(turn) as (client, _):
        *_, last = client.chat.stream(**ASKED)
    assert last.data.choices[0].delta.tool_calls[0].function.name == "pay"
    assert last.data.choices[0].finish_reason == "tool_calls"


@check
def payment(call: ToolCall) -> Iterator[Finding]:
    """A call that pays."""
    if call.name == "pay":
        yield Finding("it pays")


def test_a_call_that_may_not_be_is_refused() -> None:
    policy = Policy(tools=(block(payment()),))
    with clients(Say(calls=(CALL,)), policy) as (client, _), pytest.raises(Refused):
        client.chat.complete(**ASKED)


def test_a_refusal_is_raised_with_its_outcome() -> None:
    with clients(SAID, BLOCKING) as (client, _):
        with pytest.raises(Refused) as problem:
            client.chat.complete(**ASKED)
        assert isinstance(problem.value.outcome, Blocked)
        with pytest.raises(Refused), client.chat.stream(**ASKED) as stream:
            list(stream)


def test_outcomes_may_be_had_in_place_of_responses() -> None:
    with clients(SAID, BLOCKING, outcomes=True) as (client, _):
        assert isinstance(client.chat.complete(**ASKED), Blocked)
        stream = client.chat.stream(**ASKED)
        assert isinstance(stream, Stream)
        assert "S3CRET" not in "".join(stream)
    with clients(SAID, outcomes=True) as (client, _):
        assert isinstance(client.chat.complete(**ASKED), Accepted)


@pytest.mark.parametrize("place", ["metadata", "stop"])
def test_texts_beside_the_messages_are_looked_at(place: str) -> None:
    given: Any = {"note": "PRIVATE-17"} if place == "metadata" else ["PRIVATE-17"]
    with clients(SAID) as (client, server):
        client.chat.complete(**ASKED, **{place: given})
    assert "PRIVATE-17" not in server.asked[0].text


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"n": 2}, "only one answer"),
        ({"prompt_logprobs": True}, "what was asked"),
        ({"shimmer": "PRIVATE-17"}, "not known"),
        ({"tools": [{"type": "image_generation"}]}, "before a rule sees"),
        ({"messages": "Hi"}, "a list"),
    ],
)
def test_what_no_rule_could_look_at_is_refused(given: dict[str, Any], why: str) -> None:
    with clients(SAID) as (client, server), pytest.raises(TypeError, match=why):
        client.chat.complete(**{**ASKED, **given})
    assert server.asked == []


def test_a_tool_is_offered_as_it_was_given() -> None:
    tool = models.Tool(function=models.Function(name="pay", parameters={"type": "object"}))
    with clients(SAID) as (client, server):
        client.chat.complete(**ASKED, tools=[tool])
    assert server.asked[0].body["tools"][0]["function"]["name"] == "pay"


@pytest.mark.parametrize("path", ["embeddings", "chat.parse", "files", "agents"])
def test_what_is_not_guarded_is_not_there(path: str) -> None:
    with clients(SAID) as (client, _), pytest.raises(AttributeError, match="is not guarded"):
        found = client
        for name in path.split("."):
            found = getattr(found, name)


@pytest.mark.parametrize("status", [429, 500])
def test_errors_are_the_sdks_own(status: int) -> None:
    with clients(Fail(status)) as (client, _):
        with pytest.raises(SDKError):
            client.chat.complete(**ASKED)
        with pytest.raises(SDKError):
            client.chat.stream(**ASKED)


def test_a_budget_in_seconds_is_the_time_out_of_the_call() -> None:
    policy = Policy(budget=Budget(seconds=0.2))
    with clients(Say("late", seconds=5), policy, outcomes=True) as (client, _):
        outcome = client.chat.complete(**ASKED)
    assert [each.kind for each in outcome.findings] == ["budget"]


@check
async def slow_word(text: str) -> AsyncIterator[Finding]:
    """A word that takes a while to find."""
    await asyncio.sleep(0)
    if "S3CRET" in text:
        yield Finding("a word")


def test_async_checks_guard_the_async_methods_alone() -> None:
    policy = Policy(validators=(block(slow_word()),))

    async def asked() -> Any:
        with ScriptedServer(SAID) as server:
            async with Mistral(api_key=server.key, server_url=server.url) as client:
                guarded = guarded_mistral(client, policy, outcomes=True)
                with pytest.raises(PolicyError, match="is not async"):
                    guarded.chat.complete(**ASKED)
                return await guarded.chat.complete_async(**ASKED)

    assert isinstance(asyncio.run(asked()), Blocked)


def test_the_client_itself_stays_as_it_was() -> None:
    with (
        ScriptedServer(repeat=SAID) as server,
        Mistral(api_key=server.key, server_url=server.url) as client,
    ):
        guarded = guarded_mistral(client, HIDING)
        guarded.chat.complete(**ASKED)
        assert client.chat.complete(**ASKED).choices[0].message.content == "It is S3CRET."
        assert "none" not in repr(guarded)
