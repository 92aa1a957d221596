"""What Mistral answers, as its SDK gives it over real HTTP and as its own types."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable, Iterator
from typing import Any, TypeAlias

import pytest

pytest.importorskip("mistralai.client", reason="the mistral extra is not installed")
pytest.importorskip("uvicorn", reason="the testing extra is not installed")

from mistralai.client import Mistral, models
from mistralai.client.errors import SDKError

from guardrails_lib import Reply, ToolCall, Usage
from guardrails_lib._errors import ReplyError
from guardrails_lib.models.mistral import Chunks, is_stream, reply_of
from guardrails_lib.testing.server import Cut, Fail, Raw, Say, ScriptedServer

MODEL = "mistral-small"
ASKED: list[Any] = [{"role": "user", "content": "Hi"}]
CALL = ToolCall("pay", {"amount": 7, "to": "Zoë"}, "call-1")

Played: TypeAlias = Say | Fail | Cut | Raw
SCRIPT: list[Played] = []
CLIENT: list[Mistral] = []


@pytest.fixture(scope="module", autouse=True)
def mistral() -> Iterator[None]:
    """One client of one server, which plays what is put into `SCRIPT`."""
    with (
        ScriptedServer(repeat=lambda _: SCRIPT.pop(0)) as server,
        Mistral(api_key=server.key, server_url=server.url) as client,
    ):
        CLIENT.append(client)
        yield
        CLIENT.clear()


def whole(turn: Played) -> Any:
    SCRIPT.append(turn)
    return CLIENT[0].chat.complete(model=MODEL, messages=ASKED)


def events(turn: Played) -> list[Any]:
    SCRIPT.append(turn)
    with CLIENT[0].chat.stream(model=MODEL, messages=ASKED) as stream:
        assert is_stream(stream)
        return list(stream)


def read(answers: Iterable[Any]) -> Reply[Any]:
    """The pieces of a stream, put together."""
    reads = Chunks()
    pieces = [reads(each) for each in answers]
    rest = reads.rest()
    return Reply(
        "".join(each.text for each in pieces),
        tool_calls=rest.tool_calls,
        usage=sum((each.usage for each in pieces), Usage()),
        finish=rest.finish,
        model=rest.model,
    )


def response(content: Any = None, *, finish: Any = "stop", calls: Any = None) -> Any:
    return models.ChatCompletionResponse(
        id="1",
        object="chat.completion",
        model=MODEL,
        created=0,
        usage=models.UsageInfo(prompt_tokens=10, completion_tokens=5, total_tokens=15),
        choices=[
            models.ChatCompletionChoice(
                index=0,
                finish_reason=finish,
                message=models.AssistantMessage(content=content, tool_calls=calls),
            )
        ],
    )


def call(arguments: Any, call_id: str | None = "call-1") -> models.ToolCall:
    function = models.FunctionCall(name="pay", arguments=arguments)
    if call_id is None:
        return models.ToolCall(function=function)
    return models.ToolCall(function=function, id=call_id)


def test_a_response_is_read_whole() -> None:
    said = Say("Hello.", calls=(CALL,), usage=Usage(10, 5))
    assert reply_of(whole(said)) == Reply(
        "Hello.", tool_calls=(CALL,), usage=Usage(10, 5), finish="tools", model=MODEL
    )


def chunk(finish: str | None = None, **delta: Any) -> dict[str, Any]:
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    return {"id": "1", "object": "c", "created": 0, "model": MODEL, "choices": [choice]}


def sent(*chunks: dict[str, Any]) -> Raw:
    """Chunks as Mistral sends them: a call comes whole."""
    lines = [*map(json.dumps, chunks), "[DONE]"]
    body = "".join(f"data: {each}\n\n" for each in lines).encode()
    return Raw(body, headers=(("content-type", "text/event-stream"),))


def test_a_stream_is_read_as_the_whole_response_is() -> None:
    function = {"name": "pay", "arguments": json.dumps(CALL.arguments)}
    counted = {"prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 15}
    turn = sent(
        chunk(role="assistant", content=""),
        chunk(content="Hel"),
        chunk(content="lo."),
        chunk("tool_calls", tool_calls=[{"id": "call-1", "index": 0, "function": function}])
        | {"usage": counted},
    )
    assert read(events(turn)) == Reply(
        "Hello.", tool_calls=(CALL,), usage=Usage(10, 5), finish="tools", model=MODEL
    )


def test_calls_that_all_have_the_first_place_are_told_apart_by_their_ids() -> None:
    calls = [{"id": each, "function": {"name": each, "arguments": "{}"}} for each in ("a", "b")]
    came = read(events(sent(chunk("tool_calls", content="", tool_calls=calls))))
    assert came.tool_calls == (ToolCall("a", {}, "a"), ToolCall("b", {}, "b"))


def test_an_async_client_gives_the_same() -> None:
    async def asked() -> tuple[Reply[Any], Reply[Any]]:
        with ScriptedServer("Hello.", ["Hel", "lo."]) as server:
            async with Mistral(api_key=server.key, server_url=server.url) as client:
                one = await client.chat.complete_async(model=MODEL, messages=ASKED)
                stream = await client.chat.stream_async(model=MODEL, messages=ASKED)
                assert is_stream(stream)
                async with stream:
                    return reply_of(one), read([each async for each in stream])

    one, other = asyncio.run(asked())
    assert one.text == other.text == "Hello."
    assert one.finish == other.finish == "stop"


def test_what_the_model_thinks_is_no_part_of_the_answer() -> None:
    thought = models.ThinkChunk(thinking=[models.TextChunk(text="They are leaving.")])
    answer = response([thought, models.TextChunk(text="Good"), models.TextChunk(text="bye.")])
    assert reply_of(answer).text == "Goodbye."


def test_references_are_no_text() -> None:
    marked = [models.TextChunk(text="So it is."), models.ReferenceChunk(reference_ids=[1])]
    assert reply_of(response(marked)).text == "So it is."


def test_a_picture_cannot_be_read() -> None:
    with pytest.raises(ReplyError, match="image_url"):
        reply_of(response([models.ImageURLChunk(image_url="about:blank")]))


@pytest.mark.parametrize("arguments", [{"amount": 7}, '{"amount": 7}'])
def test_arguments_come_as_text_or_as_a_dict(arguments: Any) -> None:
    answer = response("", finish="tool_calls", calls=[call(arguments)])
    assert reply_of(answer).tool_calls == (ToolCall("pay", {"amount": 7}, "call-1"),)


def test_arguments_that_are_not_json_stay_text() -> None:
    answer = response("", finish="tool_calls", calls=[call('{"amount":')])
    assert reply_of(answer).tool_calls[0].arguments == '{"amount":'


def test_the_id_that_stands_for_none_is_none() -> None:
    answer = response("", finish="tool_calls", calls=[call("{}", None)])
    assert reply_of(answer).tool_calls[0].id == ""


@pytest.mark.parametrize("reason", ["length", "model_length"])
def test_a_cut_off_answer_says_so(reason: str) -> None:
    assert reply_of(response("Hel", finish=reason)).finish == "length"
    assert read(events(Say(["Hel", "lo"], finish=reason))).finish == "length"


def test_an_answer_that_ended_with_an_error_cannot_be_read() -> None:
    with pytest.raises(ReplyError, match="ended with an error"):
        reply_of(response("Hel", finish="error"))
    with pytest.raises(ReplyError, match="ended with an error"):
        read(events(Say(["Hel", "lo"], finish="error")))


@pytest.mark.parametrize("fault", ["no choices", "null content"])
def test_a_response_that_holds_nothing_is_an_error(fault: Any) -> None:
    with pytest.raises(ReplyError):
        reply_of(whole(Say("Hello.", fault=fault)))
    with pytest.raises(ReplyError):
        read(events(Say("Hello.", fault=fault)))


@pytest.mark.parametrize("mode", ["python", "json"])
def test_a_dict_is_read_as_the_object_is(mode: Any) -> None:
    answer = response("Hello.", calls=[call({"amount": 7})])
    assert reply_of(answer.model_dump(mode=mode)) == reply_of(answer)


def test_a_stream_without_an_end_broke_off() -> None:
    with pytest.raises(ReplyError, match="broke off"):
        read(events(Cut(Say(["Hel", "lo", "."]), after=2, clean=True)))


def test_the_role_may_be_repeated() -> None:
    assert read(events(Say(["Hel", "lo."], fault="role repeated"))).text == "Hello."


@pytest.mark.parametrize("status", [429, 500])
def test_errors_are_the_sdks_own(status: int) -> None:
    with pytest.raises(SDKError):
        whole(Fail(status))
    with pytest.raises(SDKError):
        events(Fail(status))
