"""The scripted server, read by the SDK of Anthropic."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest

pytest.importorskip("uvicorn", reason="the testing extra is not installed")
pytest.importorskip("anthropic", reason="the anthropic extra is not installed")

import anthropic

from guardrails_lib import ToolCall, Usage
from guardrails_lib.testing.server import Cut, Fail, Say, ScriptedServer

ASKED: dict[str, Any] = {
    "model": "claude-x",
    "max_tokens": 100,
    "messages": [{"role": "user", "content": "Hi"}],
}
KEY = "none"


@pytest.fixture(scope="module")
def server() -> Iterator[ScriptedServer]:
    with ScriptedServer() as made:
        yield made


@pytest.fixture(scope="module")
def client(server: ScriptedServer) -> Iterator[Any]:
    with anthropic.Anthropic(base_url=server.url, api_key=KEY, max_retries=0, timeout=5) as made:
        yield made


def whole(client: Any, **more: Any) -> Any:
    return client.messages.create(**ASKED, **more)


def events(client: Any) -> list[Any]:
    return list(whole(client, stream=True))


def finished(client: Any) -> Any:
    """The message that the SDK puts together from its events."""
    with client.messages.stream(**ASKED) as stream:
        return stream.get_final_message()


def awaited(server: ScriptedServer, *, stream: bool = False) -> Any:
    async def ask() -> Any:
        async with anthropic.AsyncAnthropic(
            base_url=server.url, api_key=KEY, max_retries=0
        ) as client:
            answer: Any = await client.messages.create(**ASKED, stream=stream)
            return [each async for each in answer] if stream else answer

    return asyncio.run(ask())


def text_of(got: list[Any]) -> str:
    deltas = [each.delta for each in got if each.type == "content_block_delta"]
    return "".join(delta.text for delta in deltas if delta.type == "text_delta")


def test_a_text(server: ScriptedServer, client: Any) -> None:
    server.play("Hello.")
    answer = whole(client)
    assert [block.text for block in answer.content] == ["Hello."]
    assert (answer.stop_reason, answer.model) == ("end_turn", "claude-x")
    assert (answer.usage.input_tokens, answer.usage.output_tokens) == (10, 5)


def test_a_text_awaited(server: ScriptedServer) -> None:
    server.play("Hello.")
    assert awaited(server).content[0].text == "Hello."


def test_a_stream(server: ScriptedServer, client: Any) -> None:
    server.play(["Good", "bye."])
    got = events(client)
    assert [each.type for each in got] == [
        "message_start",
        "content_block_start",
        "content_block_delta",
        "content_block_delta",
        "content_block_stop",
        "message_delta",
        "message_stop",
    ]
    assert text_of(got) == "Goodbye."


def test_a_stream_awaited(server: ScriptedServer) -> None:
    server.play(["Good", "bye."])
    assert text_of(awaited(server, stream=True)) == "Goodbye."


def test_a_stream_counts_each_token_once(server: ScriptedServer, client: Any) -> None:
    server.play("Hello.")
    got = events(client)
    assert got[0].message.usage.input_tokens == 10
    assert got[-2].usage.output_tokens == 5


CALLS = (ToolCall("look_up", {"q": "ä kettle"}), ToolCall("stop", id="7"))
TURNS = {
    "a text": Say(["Hel", "lo."]),
    "calls": Say(["a", "b"], calls=CALLS),
    "calls alone": Say(calls=CALLS),
    "a refusal": Say(refusal="I will not."),
    "thinking": Say("Hello.", thinking="Hm."),
    "cut off": Say("Hel", finish="length"),
    "another word": Say("Hel", finish="pause_turn"),
    "another model": Say("Hello.", model="claude-y"),
    "no choices": Say("x", fault="no choices"),
    "nothing": Say(),
}


@pytest.mark.parametrize("turn", TURNS.values(), ids=TURNS)
def test_the_events_come_to_the_whole_message(
    turn: Say, server: ScriptedServer, client: Any
) -> None:
    server.play(turn, turn)
    assert finished(client).to_dict() == whole(client).to_dict()


@pytest.mark.parametrize("stream", [False, True])
def test_calls_of_tools(stream: bool, server: ScriptedServer, client: Any) -> None:
    server.play(Say(calls=CALLS))
    answer = finished(client) if stream else whole(client)
    assert [(call.id, call.name, call.input) for call in answer.content] == [
        ("toolu_1", "look_up", {"q": "ä kettle"}),
        ("7", "stop", {}),
    ]
    assert answer.stop_reason == "tool_use"


def test_arguments_that_are_no_json(server: ScriptedServer, client: Any) -> None:
    server.play(*[Say(calls=(ToolCall("stop", "{not json"),))] * 2)
    assert whole(client).content[0].input == "{not json"
    deltas = [each.delta for each in events(client) if each.type == "content_block_delta"]
    assert "".join(delta.partial_json for delta in deltas) == "{not json"


@pytest.mark.parametrize(
    ("finish", "word"),
    [("length", "max_tokens"), ("filter", "refusal"), ("odd", "odd"), ("", None)],
)
def test_how_it_ends(finish: str, word: str | None, server: ScriptedServer, client: Any) -> None:
    server.play(*[Say("x", finish=finish)] * 2)
    assert whole(client).stop_reason == word
    assert events(client)[-2].delta.stop_reason == word


def test_the_tokens_of_the_cache_are_counted_beside_the_others(
    server: ScriptedServer, client: Any
) -> None:
    server.play(Say("x", usage=Usage(10, 1, cache_read_tokens=7, cache_write_tokens=2)))
    usage = whole(client).usage
    assert usage.input_tokens == 1
    assert usage.cache_read_input_tokens == 7
    assert usage.cache_creation_input_tokens == 2


def test_the_cost_may_be_missing(server: ScriptedServer, client: Any) -> None:
    server.play(*[Say("x", usage=None)] * 2)
    assert whole(client).usage is None
    got = events(client)
    assert (got[0].message.usage, got[-2].usage) == (None, None)


# -- errors


@pytest.mark.parametrize(
    ("status", "kind", "word"),
    [
        (400, anthropic.BadRequestError, "invalid_request_error"),
        (401, anthropic.AuthenticationError, "authentication_error"),
        (429, anthropic.RateLimitError, "rate_limit_error"),
        (500, anthropic.InternalServerError, "api_error"),
        (529, anthropic.InternalServerError, "overloaded_error"),
    ],
)
def test_a_status_is_the_error_that_the_sdk_has_for_it(
    status: int,
    kind: type[anthropic.APIStatusError],
    word: str,
    server: ScriptedServer,
    client: Any,
) -> None:
    server.play(*[Fail(status, "Not now.")] * 2)
    for ask in (whole, events):
        with pytest.raises(kind) as raised:
            ask(client)
        body: Any = raised.value.body
        assert body["error"] == {"type": word, "message": "Not now."}


def test_a_time_out(server: ScriptedServer, client: Any) -> None:
    server.play(Say("x", seconds=30))
    with pytest.raises(anthropic.APITimeoutError):
        whole(client, timeout=0.05)


@pytest.mark.parametrize("after", [0.0, 0.5])
def test_a_connection_that_ends(after: float, server: ScriptedServer, client: Any) -> None:
    server.play(Cut("x", after=after))
    with pytest.raises(anthropic.APIConnectionError):
        whole(client)


@pytest.mark.parametrize("after", [4, 4.5])
def test_a_stream_that_breaks_off(after: float, server: ScriptedServer, client: Any) -> None:
    server.play(Cut(["Good", "bye."], after=after))
    got = []
    with pytest.raises(Exception, match="peer closed connection"):
        for each in whole(client, stream=True):
            got.append(each)
    assert text_of(got) == "Good"


def test_a_stream_that_ends_without_its_last_word(server: ScriptedServer, client: Any) -> None:
    server.play(Cut(["Good", "bye."], after=4.5, clean=True))
    got = events(client)
    assert (text_of(got), got[-1].type) == ("Good", "content_block_delta")


def test_an_error_within_a_stream(server: ScriptedServer, client: Any) -> None:
    server.play(*[Say(["Good", "bye."], error=Fail(529, "Not now."))] * 2)
    with pytest.raises(anthropic.APIStatusError, match="Not now"):
        events(client)
    with pytest.raises(anthropic.InternalServerError):
        whole(client)


# -- shapes that are wrong


def test_null_content(server: ScriptedServer, client: Any) -> None:
    server.play(*[Say("x", fault="null content")] * 2)
    assert whole(client).content is None
    assert [each.type for each in events(client)] == [
        "message_start",
        "message_delta",
        "message_stop",
    ]


def test_an_unknown_part(server: ScriptedServer, client: Any) -> None:
    server.play(*[Say("x", fault="unknown part")] * 2)
    assert whole(client).content[0].type == "hologram"
    assert events(client)[1].content_block.type == "hologram"


def test_a_message_that_starts_twice(server: ScriptedServer, client: Any) -> None:
    server.play(Say("x", fault="role repeated"))
    kinds = [each.type for each in events(client)]
    assert kinds.count("message_start") == 2
