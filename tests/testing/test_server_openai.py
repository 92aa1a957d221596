"""The scripted server, read by the SDK of OpenAI."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest

pytest.importorskip("uvicorn", reason="the testing extra is not installed")
pytest.importorskip("openai", reason="the openai extra is not installed")

import openai

from guardrails_lib import ToolCall, Usage
from guardrails_lib.testing.server import Cut, Fail, Fault, Say, ScriptedServer

MESSAGES = [{"role": "user", "content": "Hi"}]
KEY = "none"


@pytest.fixture(scope="module")
def server() -> Iterator[ScriptedServer]:
    with ScriptedServer() as made:
        yield made


@pytest.fixture(scope="module")
def client(server: ScriptedServer) -> Iterator[Any]:
    url = f"{server.url}/v1"
    with openai.OpenAI(base_url=url, api_key=KEY, max_retries=0, timeout=5) as made:
        yield made


def whole(client: Any, **more: Any) -> Any:
    return client.chat.completions.create(model="gpt-x", messages=MESSAGES, **more)


def streamed(client: Any, **more: Any) -> list[Any]:
    return list(whole(client, stream=True, **more))


def awaited(server: ScriptedServer, *, stream: bool = False) -> Any:
    async def ask() -> Any:
        url = f"{server.url}/v1"
        async with openai.AsyncOpenAI(base_url=url, api_key=KEY, max_retries=0) as client:
            made: Any = client.chat.completions
            answer = await made.create(model="gpt-x", messages=MESSAGES, stream=stream)
            return [chunk async for chunk in answer] if stream else answer

    return asyncio.run(ask())


def text_of(chunks: list[Any]) -> str:
    return "".join(chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices)


def calls_of(chunks: list[Any]) -> list[tuple[str, str, str]]:
    """Each call put together: its id, its name, its arguments."""
    found: dict[int, list[str]] = {}
    for chunk in chunks:
        for call in chunk.choices[0].delta.tool_calls or []:
            made = found.setdefault(call.index, ["", "", ""])
            pieces = call.id, call.function.name, call.function.arguments
            for place, piece in enumerate(pieces):
                made[place] += piece or ""
    return [(each[0], each[1], each[2]) for each in found.values()]


# -- chat completions


def test_a_text(server: ScriptedServer, client: Any) -> None:
    server.play("Hello.")
    answer = whole(client)
    assert answer.choices[0].message.content == "Hello."
    assert answer.choices[0].finish_reason == "stop"
    assert (answer.model, answer.usage.prompt_tokens, answer.usage.completion_tokens) == (
        *("gpt-x", 10),
        5,
    )


def test_a_text_awaited(server: ScriptedServer) -> None:
    server.play("Hello.")
    assert awaited(server).choices[0].message.content == "Hello."


def test_a_stream(server: ScriptedServer, client: Any) -> None:
    server.play(["Good", "bye", "."])
    chunks = streamed(client)
    assert [chunk.choices[0].delta.content for chunk in chunks] == ["", "Good", "bye", ".", None]
    assert [chunk.choices[0].delta.role for chunk in chunks] == ["assistant", *[None] * 4]
    assert [chunk.choices[0].finish_reason for chunk in chunks] == [*[None] * 4, "stop"]


def test_a_stream_awaited(server: ScriptedServer) -> None:
    server.play(["Good", "bye."])
    assert text_of(awaited(server, stream=True)) == "Goodbye."


@pytest.mark.parametrize(
    ("options", "usages"), [({}, []), ({"stream_options": {"include_usage": True}}, [15])]
)
def test_a_stream_tells_its_cost_where_it_is_asked_to(
    options: Any, usages: list[int], server: ScriptedServer, client: Any
) -> None:
    server.play("Hello.")
    chunks = streamed(client, **options)
    assert [chunk.usage.total_tokens for chunk in chunks if chunk.usage] == usages


def test_the_cost_says_what_was_cached(server: ScriptedServer, client: Any) -> None:
    server.play(Say("x", usage=Usage(10, 1, cache_read_tokens=7, cache_write_tokens=2)))
    details = whole(client).usage.prompt_tokens_details
    assert (details.cached_tokens, details.cache_write_tokens) == (7, 2)


def test_the_cost_may_be_missing(server: ScriptedServer, client: Any) -> None:
    server.play(*[Say("x", usage=None)] * 2)
    assert whole(client).usage is None
    chunks = streamed(client, stream_options={"include_usage": True})
    assert [chunk.usage for chunk in chunks] == [None] * 3


CALLS = (ToolCall("look_up", {"q": "ä kettle"}), ToolCall("stop", "{not json", id="7"))
WRITTEN = [("call_1", "look_up", '{"q": "ä kettle"}'), ("7", "stop", "{not json")]


def test_calls_of_tools(server: ScriptedServer, client: Any) -> None:
    server.play(Say(calls=CALLS))
    choice = whole(client).choices[0]
    made = choice.message.tool_calls
    written = [(call.id, call.function.name, call.function.arguments) for call in made]
    assert (written, choice.message.content, choice.finish_reason) == (WRITTEN, None, "tool_calls")


def test_calls_of_tools_in_pieces(server: ScriptedServer, client: Any) -> None:
    server.play(Say(calls=CALLS))
    assert calls_of(streamed(client)) == WRITTEN


@pytest.mark.parametrize(
    "turn",
    [Say(["a", "b"]), Say("a", calls=CALLS), Say(calls=CALLS), Say(refusal="No."), Say()],
    ids=["a text", "a text and calls", "calls", "a refusal", "nothing"],
)
def test_the_sdk_puts_the_chunks_together(turn: Say, server: ScriptedServer, client: Any) -> None:
    server.play(turn, turn)
    with client.chat.completions.stream(model="gpt-x", messages=MESSAGES) as stream:
        made = stream.get_final_completion().choices[0]
    choice = whole(client).choices[0]
    assert made.finish_reason == choice.finish_reason
    assert (made.message.content or None) == (choice.message.content or None)
    assert made.message.refusal == choice.message.refusal
    calls = [
        [each.function.arguments for each in it.message.tool_calls or []] for it in (made, choice)
    ]
    assert calls[0] == calls[1]


@pytest.mark.parametrize(
    ("finish", "word"),
    [("length", "length"), ("filter", "content_filter"), ("odd", "odd"), ("", None)],
)
def test_how_it_ends(finish: str, word: str | None, server: ScriptedServer, client: Any) -> None:
    server.play(*[Say("x", finish=finish)] * 2)
    assert whole(client).choices[0].finish_reason == word
    assert streamed(client)[-1].choices[0].finish_reason == word


def test_log_probabilities(server: ScriptedServer, client: Any) -> None:
    server.play(*[Say(["a", "ä"], logprobs=(-0.1, -0.2))] * 2)
    tokens = whole(client).choices[0].logprobs.content
    assert [(token.token, token.logprob) for token in tokens] == [("a", -0.1), ("ä", -0.2)]
    chunks = [chunk.choices[0].logprobs for chunk in streamed(client)]
    assert [each.content[0].token for each in chunks if each] == ["a", "ä"]


def test_a_refusal(server: ScriptedServer, client: Any) -> None:
    server.play(*[Say(refusal="I will not.")] * 2)
    message = whole(client).choices[0].message
    assert (message.content, message.refusal) == (None, "I will not.")
    deltas = [chunk.choices[0].delta.refusal or "" for chunk in streamed(client)]
    assert "".join(deltas) == "I will not."


def test_another_model(server: ScriptedServer, client: Any) -> None:
    server.play(Say("x", model="gpt-x-2026"))
    assert whole(client).model == "gpt-x-2026"


# -- errors


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, openai.BadRequestError),
        (401, openai.AuthenticationError),
        (404, openai.NotFoundError),
        (429, openai.RateLimitError),
        (500, openai.InternalServerError),
        (503, openai.InternalServerError),
    ],
)
def test_a_status_is_the_error_that_the_sdk_has_for_it(
    status: int, kind: type[openai.APIStatusError], server: ScriptedServer, client: Any
) -> None:
    server.play(*[Fail(status, "Not now.")] * 2)
    for ask in (whole, streamed):
        with pytest.raises(kind) as raised:
            ask(client)
        body: Any = raised.value.body
        assert (raised.value.status_code, body["message"]) == (status, "Not now.")


def test_when_to_try_again(server: ScriptedServer, client: Any) -> None:
    server.play(Fail(429, retry_after=2.5), Say("Now."))
    with pytest.raises(openai.RateLimitError) as raised:
        whole(client)
    assert raised.value.response.headers["retry-after"] == "2.5"


def test_the_sdk_tries_again(server: ScriptedServer, client: Any) -> None:
    server.play(Fail(429, retry_after=0.01), Say("Now."))
    assert whole(client.with_options(max_retries=1)).choices[0].message.content == "Now."
    assert len(server.asked) == 2


def test_the_sdk_does_not_try_a_script_again_that_has_ended(
    server: ScriptedServer, client: Any
) -> None:
    server.play()
    with pytest.raises(openai.InternalServerError, match="the script has 0 turns"):
        whole(client.with_options(max_retries=5))
    assert len(server.asked) == 1
    with pytest.raises(AssertionError):
        server.play()


def test_a_time_out(server: ScriptedServer, client: Any) -> None:
    server.play(Say("x", seconds=30))
    with pytest.raises(openai.APITimeoutError):
        whole(client, timeout=0.05)


@pytest.mark.parametrize("after", [0.0, 0.5])
def test_a_connection_that_ends(after: float, server: ScriptedServer, client: Any) -> None:
    server.play(Cut("x", after=after))
    with pytest.raises(openai.APIConnectionError):
        whole(client)


@pytest.mark.parametrize(("after", "text"), [(2, "Good"), (2.5, "Good"), (3, "Goodbye.")])
def test_a_stream_that_breaks_off(
    after: float, text: str, server: ScriptedServer, client: Any
) -> None:
    server.play(Cut(["Good", "bye."], after=after))
    got = ""
    with pytest.raises(Exception, match="peer closed connection"):
        for chunk in whole(client, stream=True):
            got += chunk.choices[0].delta.content or ""
    assert got == text


def test_a_stream_that_ends_without_its_last_word(server: ScriptedServer, client: Any) -> None:
    server.play(Cut(["Good", "bye."], after=2.5, clean=True))
    assert text_of(streamed(client)) == "Good"


def test_an_error_within_a_stream(server: ScriptedServer, client: Any) -> None:
    server.play(*[Say(["Good", "bye."], error=Fail(500, "Not now."))] * 2)
    with pytest.raises(openai.APIError, match="Not now"):
        streamed(client)
    with pytest.raises(openai.InternalServerError):
        whole(client)


# -- shapes that are wrong


def test_no_choices(server: ScriptedServer, client: Any) -> None:
    server.play(*[Say("x", fault="no choices")] * 2)
    assert whole(client).choices == []
    assert {len(chunk.choices) for chunk in streamed(client)} == {0}


def test_null_content(server: ScriptedServer, client: Any) -> None:
    server.play(*[Say("x", fault="null content")] * 2)
    assert whole(client).choices[0].message.content is None
    assert {chunk.choices[0].delta.content for chunk in streamed(client)} == {None}


def test_an_unknown_part(server: ScriptedServer, client: Any) -> None:
    server.play(*[Say("x", fault="unknown part")] * 2)
    part = {"type": "hologram", "hologram": "shown in the air"}
    assert whole(client).choices[0].message.content == [part]
    assert [part] in [chunk.choices[0].delta.content for chunk in streamed(client)]


def test_a_role_in_every_chunk(server: ScriptedServer, client: Any) -> None:
    server.play(Say(["a", "b"], fault="role repeated"))
    assert {chunk.choices[0].delta.role for chunk in streamed(client)} == {"assistant"}


# -- responses


def response(client: Any, **more: Any) -> Any:
    return client.responses.create(model="gpt-x", input="Hi", **more)


def events(client: Any) -> list[Any]:
    return list(response(client, stream=True))


def end_of(client: Any) -> Any:
    """The response in the last event, which holds all of it."""
    return events(client)[-1].response


def test_a_response(server: ScriptedServer, client: Any) -> None:
    server.play("Hello.")
    answer = response(client)
    assert (answer.output_text, answer.status, answer.usage.total_tokens, answer.model) == (
        *("Hello.", "completed"),
        *(15, "gpt-x"),
    )


def test_a_response_as_events(server: ScriptedServer, client: Any) -> None:
    server.play(["Good", "bye."])
    got = events(client)
    assert [each.type.removeprefix("response.") for each in got] == [
        "created",
        "in_progress",
        "output_item.added",
        "content_part.added",
        "output_text.delta",
        "output_text.delta",
        "output_text.done",
        "content_part.done",
        "output_item.done",
        "completed",
    ]
    assert [each.sequence_number for each in got] == list(range(10))
    assert [each.delta for each in got if hasattr(each, "delta")] == ["Good", "bye."]


TURNS = {
    "a text": Say("Hello."),
    "calls": Say(["a", "b"], calls=CALLS),
    "a refusal": Say(refusal="I will not."),
    "thinking": Say("Hello.", thinking="Hm."),
    "cut off": Say("Hel", finish="length"),
    "filtered": Say("Hel", finish="filter"),
    "log-probabilities": Say(["a", "b"], logprobs=(-0.1, -0.2)),
    "no cost": Say("x", usage=None),
    "no choices": Say("x", fault="no choices"),
    "nothing": Say(),
}


@pytest.mark.parametrize("turn", TURNS.values(), ids=TURNS)
def test_the_last_event_holds_the_whole_response(
    turn: Say, server: ScriptedServer, client: Any
) -> None:
    server.play(turn, turn)
    assert end_of(client) == response(client)


def test_the_sdk_puts_a_response_together(server: ScriptedServer, client: Any) -> None:
    server.play(Say(["Good", "bye."], calls=CALLS[:1]))
    with client.responses.stream(model="gpt-x", input="Hi") as stream:
        final = stream.get_final_response()
    assert (final.output_text, final.output[1].arguments) == ("Goodbye.", WRITTEN[0][2])


@pytest.mark.parametrize(
    ("finish", "reason"), [("length", "max_output_tokens"), ("filter", "content_filter")]
)
def test_an_incomplete_response(
    finish: str, reason: str, server: ScriptedServer, client: Any
) -> None:
    server.play(Say("Hel", finish=finish))
    answer = response(client)
    assert (answer.status, answer.incomplete_details.reason) == ("incomplete", reason)


def test_an_error_within_the_events(server: ScriptedServer, client: Any) -> None:
    server.play(Say(["Good", "bye."], error=Fail(429, "Not now.")))
    told, failed = events(client)[-2:]
    assert (told.type, told.code, told.message) == ("error", "rate_limit_exceeded", "Not now.")
    assert (failed.type, failed.response.status) == ("response.failed", "failed")


@pytest.mark.parametrize("fault", ["null content", "unknown part", "role repeated"])
def test_a_response_of_a_wrong_shape(fault: Fault, server: ScriptedServer, client: Any) -> None:
    server.play(*[Say("x", fault=fault)] * 2)
    content = response(client).output[0].content
    kinds = [each.type for each in events(client)]
    if fault == "null content":
        assert content is None
    elif fault == "unknown part":
        assert content[0].type == "hologram"
    else:
        assert kinds.count("response.created") == 2


def test_azure_has_paths_of_its_own(server: ScriptedServer) -> None:
    server.play("Hello.", "Again.")
    with openai.AzureOpenAI(
        azure_endpoint=server.url, api_version="2026-01-01", api_key=KEY, max_retries=0
    ) as client:
        assert whole(client).choices[0].message.content == "Hello."
        assert response(client).output_text == "Again."
    assert [asked.model for asked in server.asked] == ["gpt-x", "gpt-x"]
