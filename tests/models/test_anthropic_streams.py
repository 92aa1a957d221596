"""Guarded streams of Anthropic, and typed answers, with the SDK itself and over real HTTP."""

from __future__ import annotations

import asyncio
import dataclasses
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

pytest.importorskip("uvicorn", reason="the testing extra is not installed")
pytest.importorskip("anthropic", reason="the anthropic extra is not installed")

import anthropic
from anthropic.lib.streaming import AsyncMessageStream, MessageStream
from pydantic import BaseModel

from guardrails_lib import (
    Abstained,
    Accepted,
    Blocked,
    Budget,
    Policy,
    Refused,
    Reply,
    ReplyError,
    ToolCall,
    Usage,
    abstain,
    block,
    redact,
)
from guardrails_lib.checks import matching
from guardrails_lib.models.anthropic import Chunks
from guardrails_lib.models.anthropic_client import guarded_anthropic
from guardrails_lib.testing.server import Cut, Fail, Say, ScriptedServer

KEY = "none"
PAY = {"name": "pay", "description": "Pays.", "input_schema": {"type": "object"}}
NAMES = Policy(
    name="names",
    input=(redact(matching("Ann|Bob"), restore=True),),
    output=(redact(matching("secret")), block(matching("forbidden"))),
    tools=(block(matching("forbidden")),),
)
SHOWN = dataclasses.replace(NAMES, tools=())
"""Rules over tools need the whole reply, so that nothing is shown before it has ended."""
ASKED: dict[str, Any] = {
    "model": "claude-x",
    "max_tokens": 100,
    "messages": [{"role": "user", "content": "I am Ann."}],
}


class Refund(BaseModel):
    order: str
    amount: int


def is_a(kind: type[Any], value: Any) -> bool:
    return type(value) is kind


def guarded(client: Any, policy: Policy = NAMES, **terms: Any) -> Any:
    return guarded_anthropic(client, policy, **terms)


@pytest.fixture(scope="module")
def running() -> Iterator[ScriptedServer]:
    with ScriptedServer() as made:
        yield made


@pytest.fixture
def server(running: ScriptedServer) -> ScriptedServer:
    running.asked.clear()
    return running


@pytest.fixture
def bare(running: ScriptedServer) -> Iterator[Any]:
    with anthropic.Anthropic(base_url=running.url, api_key=KEY, max_retries=0, timeout=5) as made:
        yield made


@pytest.fixture
def client(bare: Any) -> Any:
    return guarded(bare)


def awaited(running: ScriptedServer, use: Callable[[Any], Any], **terms: Any) -> Any:
    """What *use* gives of an async client."""

    async def run() -> Any:
        async with anthropic.AsyncAnthropic(
            base_url=running.url, api_key=KEY, max_retries=0, timeout=5
        ) as made:
            return await use(guarded(made, **terms))

    return asyncio.run(run())


def streamed(client: Any, **more: Any) -> Any:
    return client.messages.create(**ASKED, **more, stream=True)


def text_of(events: list[Any]) -> str:
    deltas = [each.delta for each in events if each.type == "content_block_delta"]
    return "".join(delta.text for delta in deltas if delta.type == "text_delta")


def read(events: list[Any]) -> tuple[str, Usage, Reply[Any]]:
    """What our own reading makes of the events."""
    chunks = Chunks()
    replies = [chunks(each) for each in events]
    usage = sum((each.usage for each in replies), Usage())
    return "".join(each.text for each in replies), usage, chunks.rest()


def idle(running: ScriptedServer) -> bool:
    """Whether no connection is open; a server notes a bit later that one was closed."""
    until = time.monotonic() + 5
    while running.connections and time.monotonic() < until:
        time.sleep(0.01)
    return not running.connections


# the events of create(stream=True)


def test_a_stream_is_one_of_the_sdk(server: ScriptedServer, client: Any) -> None:
    server.play(["Good", "bye."])
    with streamed(client) as stream:
        assert isinstance(stream, anthropic.Stream)
        events = list(stream)
    assert text_of(events) == "Goodbye."
    assert [each.type for each in events if each.type != "content_block_delta"] == [
        "message_start",
        "content_block_start",
        "content_block_stop",
        "message_delta",
        "message_stop",
    ]


def test_the_events_say_who_answers_and_what_it_cost(server: ScriptedServer, client: Any) -> None:
    server.play(Say(["Good", "bye."], usage=Usage(10, 5), model="claude-y", finish="length"))
    text, usage, rest = read(list(streamed(client)))
    assert (text, usage) == ("Goodbye.", Usage(10, 5))
    assert (rest.finish, rest.model) == ("length", "claude-y")


def test_what_was_redacted_is_put_back_as_it_streams(server: ScriptedServer, client: Any) -> None:
    def echo(asked: Any) -> list[str]:
        said = asked.body["messages"][0]["content"]
        return ["You said: ", said[:9], said[9:]]

    server.play(echo)
    assert text_of(list(streamed(client))) == "You said: I am Ann."
    assert "Ann" not in server.asked[0].text


def test_nothing_that_is_redacted_is_in_any_event(server: ScriptedServer, client: Any) -> None:
    server.play(Say(["my se", "cr", "et"], thinking="The secret."))
    events = list(streamed(client))
    assert text_of(events) == "my ██████"
    assert not any("secret" in each.model_dump_json() for each in events)
    assert not any(each.type == "content_block_start" and each.index for each in events)


def test_calls_of_tools_come_whole_and_restored(server: ScriptedServer, client: Any) -> None:
    server.play(
        lambda asked: Say(
            "One moment.",
            calls=(ToolCall("pay", {"whom": asked.body["messages"][0]["content"]}, "t1"),),
        )
    )
    text, _, rest = read(list(streamed(client, tools=[PAY])))
    assert text == "One moment."
    assert rest.tool_calls == (ToolCall("pay", {"whom": "I am Ann."}, "t1"),)
    assert rest.finish == "tools"


def test_a_stream_may_be_nothing_but_calls(server: ScriptedServer, client: Any) -> None:
    server.play(Say(calls=(ToolCall("pay", {"amount": 7}, "t1"), ToolCall("pay", {}, "t2"))))
    _, _, rest = read(list(streamed(client, tools=[PAY])))
    assert [each.id for each in rest.tool_calls] == ["t1", "t2"]


def test_a_call_that_is_forbidden_is_never_streamed(server: ScriptedServer, client: Any) -> None:
    server.play(Say("One moment.", calls=(ToolCall("pay", {"whom": "forbidden"}, "t1"),)))
    seen: list[Any] = []
    with pytest.raises(Refused) as raised:
        seen.extend(streamed(client, tools=[PAY]))
    assert isinstance(raised.value.outcome, Blocked)
    assert not any("forbidden" in each.model_dump_json() for each in seen)


def test_a_refusal_is_raised_after_what_was_safe(server: ScriptedServer, bare: Any) -> None:
    server.play(["Well, this is ", "forbidden", " talk."])
    seen = []
    with pytest.raises(Refused) as raised:
        for each in streamed(guarded(bare, SHOWN)):
            seen.append(each)
    assert isinstance(raised.value.outcome, Blocked)
    assert "forbidden" not in text_of(seen)
    assert text_of(seen).startswith("Well")


def test_a_thought_comes_before_the_text_if_nothing_is_found_in_it(
    server: ScriptedServer, client: Any
) -> None:
    server.play(*[Say(["Good", "bye."], thinking="Let me see.")] * 2)
    with client.messages.stream(**ASKED) as stream:
        message = stream.get_final_message()
    assert [each.type for each in message.content] == ["thinking", "text"]
    whole = client.messages.create(**ASKED)
    assert message.content[0].to_dict() == whole.content[0].to_dict()


def test_a_stream_is_shown_while_it_comes_and_closed_when_it_is_left(
    server: ScriptedServer, bare: Any
) -> None:
    before = server.closed_early
    server.play(Say(["Good"] * 200, between=0.05))
    with streamed(guarded(bare, SHOWN)) as stream:
        next(stream)
    until = time.monotonic() + 5
    while server.closed_early == before and time.monotonic() < until:
        time.sleep(0.01)
    assert server.closed_early == before + 1


def test_the_response_of_the_provider_is_out_of_reach(server: ScriptedServer, client: Any) -> None:
    server.play("Hello.")
    with streamed(client) as stream:
        assert not hasattr(stream.response, "read")
        list(stream)


def test_the_same_is_awaited(server: ScriptedServer) -> None:
    async def use(client: Any) -> list[Any]:
        async with await streamed(client, tools=[PAY]) as stream:
            assert isinstance(stream, anthropic.AsyncStream)
            return [each async for each in stream]

    server.play(Say(["my se", "cret"], calls=(ToolCall("pay", {"amount": 7}, "t1"),)))
    text, _, rest = read(awaited(server, use))
    assert text == "my ██████"
    assert rest.tool_calls == (ToolCall("pay", {"amount": 7}, "t1"),)
    assert "Ann" not in server.asked[0].text


def test_a_stream_with_outcomes_is_ours(server: ScriptedServer, bare: Any) -> None:
    server.play(["my se", "cret"], ["my se", "cret"])
    client = guarded(bare, outcomes=True)
    for stream in (streamed(client), client.messages.stream(**ASKED)):
        assert "".join(stream) == "my ██████"
        assert isinstance(stream.outcome, Accepted)

    async def use(client: Any) -> Any:
        stream = await client.messages.stream(**ASKED)
        return "".join([each async for each in stream]), stream.outcome

    server.play(["my se", "cret"])
    text, outcome = awaited(server, use, outcomes=True)
    assert (text, type(outcome)) == ("my ██████", Accepted)


# the helper


def test_the_helper_of_the_sdk_reads_what_is_safe(server: ScriptedServer, client: Any) -> None:
    server.play(Say(["my se", "cret"], usage=Usage(10, 5)))
    with client.messages.stream(**ASKED) as stream:
        assert is_a(MessageStream, stream)
        assert "".join(stream.text_stream) == "my ██████"
        message = stream.get_final_message()
    assert message.content[0].text == "my ██████"
    assert (message.usage.input_tokens, message.usage.output_tokens) == (10, 5)
    assert "secret" not in message.model_dump_json()


def test_the_helper_gives_calls_of_tools(server: ScriptedServer, client: Any) -> None:
    server.play(Say("Well.", calls=(ToolCall("pay", {"amount": 7}, "t1"),)))
    with client.messages.stream(**ASKED, tools=[PAY]) as stream:
        kinds = {each.type for each in stream}
        message = stream.get_final_message()
    assert kinds >= {"text", "input_json", "content_block_stop", "message_stop"}
    assert (message.content[1].name, message.content[1].input) == ("pay", {"amount": 7})
    assert message.stop_reason == "tool_use"


def test_the_helper_raises_what_is_refused(server: ScriptedServer, client: Any) -> None:
    server.play(["Well, ", "forbidden"])
    with client.messages.stream(**ASKED) as stream, pytest.raises(Refused):
        stream.until_done()


def test_the_helper_is_awaited(server: ScriptedServer) -> None:
    async def use(client: Any) -> Any:
        async with client.messages.stream(**ASKED) as stream:
            assert is_a(AsyncMessageStream, stream)
            texts = [each async for each in stream.text_stream]
            return "".join(texts), await stream.get_final_message()

    server.play(["my se", "cret"])
    text, message = awaited(server, use)
    assert text == message.content[0].text == "my ██████"


# errors


@pytest.mark.parametrize(
    ("turn", "kind"),
    [
        (Fail(429), anthropic.RateLimitError),
        (Fail(500), anthropic.InternalServerError),
        (Say("Hello.", seconds=30), anthropic.APITimeoutError),
        (Cut("Hello.", after=0.0), anthropic.APIConnectionError),
    ],
)
def test_what_fails_at_once_is_raised_at_once(
    turn: Any, kind: type[Exception], server: ScriptedServer, client: Any
) -> None:
    server.play(turn, turn)
    with pytest.raises(kind):
        streamed(client, timeout=0.2)

    async def use(client: Any) -> Any:
        return await streamed(client, timeout=0.2)

    with pytest.raises(kind):
        awaited(server, use)


@pytest.mark.parametrize(
    "turn",
    [
        Cut(["Good", "bye."], after=4),
        Cut(["Good", "bye."], after=4.5),
        Say(["Good", "bye."], error=Fail(529, "Not now.")),
    ],
)
def test_what_breaks_on_the_way_is_the_error_of_the_sdk(
    turn: Any, server: ScriptedServer, bare: Any
) -> None:
    server.play(turn, turn, turn)
    with pytest.raises(Exception, match=r".") as theirs:
        list(streamed(bare))
    with pytest.raises(type(theirs.value)):
        list(streamed(guarded(bare)))

    async def use(client: Any) -> list[Any]:
        return [each async for each in await streamed(client)]

    with pytest.raises(type(theirs.value)):
        awaited(server, use)


@pytest.mark.parametrize("after", [1, 4, 4.5, 6])
def test_a_stream_that_ends_without_its_end_broke_off(
    after: float, server: ScriptedServer, client: Any
) -> None:
    server.play(Cut(["Good", "bye."], after=after, clean=True))
    with pytest.raises(ReplyError):
        list(streamed(client))


@pytest.mark.parametrize("fault", ["null content", "unknown part", "no choices"])
def test_a_stream_that_cannot_be_read_is_an_error(
    fault: Any, server: ScriptedServer, client: Any
) -> None:
    server.play(Say("Hello.", fault=fault))
    with pytest.raises(ReplyError):
        list(streamed(client))


def test_a_stream_that_begins_twice_is_read_once(server: ScriptedServer, client: Any) -> None:
    server.play(Say(["Good", "bye."], fault="role repeated", usage=Usage(10, 5)))
    text, usage, _ = read(list(streamed(client)))
    assert (text, usage) == ("Goodbye.", Usage(10, 5))


def test_a_stream_ends_at_its_deadline_with_what_was_safe(
    server: ScriptedServer, bare: Any
) -> None:
    policy = Policy(budget=Budget(seconds=0.5))
    server.play(Say(["Good"] * 100, between=0.05))
    seen: list[Any] = []
    with pytest.raises(Refused) as raised:
        for each in streamed(guarded(bare, policy)):
            seen.append(each)
    assert text_of(seen).startswith("Good")
    assert isinstance(raised.value.outcome, Abstained)


def test_every_connection_was_given_back(
    running: ScriptedServer, bare: Any, server: ScriptedServer
) -> None:
    server.play(["Well, ", "forbidden", " talk."])
    with pytest.raises(Refused):
        list(streamed(guarded(bare)))
    bare.close()
    assert idle(running)


# typed answers


@pytest.fixture
def other(server: ScriptedServer) -> Iterator[Any]:
    with anthropic.Anthropic(base_url=server.url, api_key=KEY, max_retries=0, timeout=5) as made:
        yield made


def test_a_typed_answer_is_parsed_and_guarded(server: ScriptedServer, other: Any) -> None:
    server.play('{"order": "my secret", "amount": 7}')
    message = guarded(other).messages.parse(**ASKED, output_format=Refund)
    assert isinstance(message, anthropic.types.ParsedMessage)
    assert message.parsed_output == Refund(order="my ██████", amount=7)
    assert "secret" not in message.model_dump_json()
    asked = server.asked[0].body["output_config"]["format"]
    assert (asked["type"], set(asked["schema"]["properties"])) == (
        "json_schema",
        {"order", "amount"},
    )


def test_a_typed_answer_that_does_not_fit_is_refused(server: ScriptedServer, other: Any) -> None:
    server.play('{"order": 7}')
    once = dataclasses.replace(NAMES, budget=Budget(attempts=1))
    with pytest.raises(Refused):
        guarded(other, once).messages.parse(**ASKED, output_format=Refund)


def test_a_type_may_be_any_that_pydantic_knows(server: ScriptedServer, other: Any) -> None:
    policy = Policy(output=(abstain(matching("secret")),))
    server.play("[1, 2]")
    message = guarded(other, policy).messages.parse(**ASKED, output_format=list[int])
    assert (message.parsed_output, message.content[0].text) == ([1, 2], "[1,2]")


def test_a_typed_answer_has_no_tools(other: Any) -> None:
    with pytest.raises(TypeError, match="use create"):
        guarded(other).messages.parse(**ASKED, output_format=Refund, tools=[PAY])


def test_the_helper_takes_any_type_too(server: ScriptedServer, other: Any) -> None:
    server.play(["[1, ", "2]"])
    with guarded(other).messages.stream(**ASKED, output_format=list[int]) as stream:
        assert stream.get_final_message().parsed_output == [1, 2]
    assert server.asked[0].body["output_config"]["format"]["schema"]["type"] == "array"


def test_a_typed_answer_is_awaited(server: ScriptedServer) -> None:
    async def use(client: Any) -> Any:
        effort = {"effort": "low"}
        return await client.messages.parse(**ASKED, output_format=Refund, output_config=effort)

    server.play('{"order": "17", "amount": 7}')
    assert awaited(server, use).parsed_output == Refund(order="17", amount=7)
    assert server.asked[0].body["output_config"]["effort"] == "low"


def test_the_helper_parses_what_is_safe(server: ScriptedServer, other: Any) -> None:
    server.play(['{"order": "my se', 'cret", "amount": 7}'])
    with guarded(other).messages.stream(**ASKED, output_format=Refund) as stream:
        message = stream.get_final_message()
    assert message.parsed_output == Refund(order="my ██████", amount=7)
