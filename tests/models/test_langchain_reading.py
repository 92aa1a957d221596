"""What the chat models of langchain-core give."""

from __future__ import annotations

import asyncio
import operator
from collections.abc import Iterable
from functools import reduce
from typing import Any

import pytest

pytest.importorskip("langchain_core", reason="the langchain extra is not installed")

from langchain_core.language_models import GenericFakeChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, HumanMessage

from guardrails_lib import Reply, ToolCall, Usage
from guardrails_lib._errors import ReplyError
from guardrails_lib.models.langchain import Chunks, is_stream, reply_of

CALL = ToolCall("pay", {"amount": 7}, "call-1")
GIVEN: Any = {"name": "pay", "args": {"amount": 7}, "id": "call-1"}
SPENT: Any = {
    "input_tokens": 10,
    "output_tokens": 5,
    "total_tokens": 15,
    "input_token_details": {"cache_read": 4, "cache_creation": 1},
}


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


def piece(content: Any = "", *, args: str | None = None, place: int = 0, **more: Any) -> Any:
    calls: Any = [] if args is None else [{"args": args, "index": place, **more.pop("call", {})}]
    for each in calls:
        each.setdefault("name", None)
        each.setdefault("id", None)
    return AIMessageChunk(content=content, tool_call_chunks=calls, **more)


def test_a_message_is_read_whole() -> None:
    message = AIMessage(
        "Hello.",
        tool_calls=[GIVEN],
        usage_metadata=SPENT,
        response_metadata={"finish_reason": "stop", "model_name": "small"},
    )
    assert reply_of(message) == Reply(
        "Hello.",
        tool_calls=(CALL,),
        usage=Usage(10, 5, cache_read_tokens=4, cache_write_tokens=1),
        finish="tools",
        model="small",
    )


def test_a_model_gives_a_message_or_a_stream_of_chunks() -> None:
    model = GenericFakeChatModel(messages=iter([AIMessage("Good bye."), AIMessage("Good bye.")]))
    assert reply_of(model.invoke("Hi")).text == "Good bye."
    stream = model.stream("Hi")
    assert is_stream(stream)
    assert read(stream).text == "Good bye."


def test_an_async_stream_gives_the_same() -> None:
    async def asked() -> Reply[Any]:
        stream = GenericFakeChatModel(messages=iter([AIMessage("Good bye.")])).astream("Hi")
        assert is_stream(stream)
        return read([each async for each in stream])

    assert asyncio.run(asked()).text == "Good bye."


def test_a_message_is_no_stream() -> None:
    assert not is_stream(AIMessage("Hi"))


CHUNKS = [
    piece("Hel", usage_metadata={**SPENT, "output_tokens": 0, "total_tokens": 10}),
    piece("lo.", args='{"amou', call={"name": "pay", "id": "call-1"}),
    piece(args='nt": 7}'),
    piece(
        response_metadata={"finish_reason": "tool_calls", "model_name": "small"},
        usage_metadata={"input_tokens": 0, "output_tokens": 5, "total_tokens": 5},
    ),
]
WHOLE: Reply[Any] = Reply(
    "Hello.",
    tool_calls=(CALL,),
    usage=Usage(10, 5, cache_read_tokens=4, cache_write_tokens=1),
    finish="tools",
    model="small",
)


def test_chunks_are_put_together() -> None:
    assert read(CHUNKS) == WHOLE


def test_the_sum_of_chunks_is_read_as_they_are() -> None:
    assert reply_of(reduce(operator.add, CHUNKS)) == WHOLE


def test_a_call_that_is_cut_off_is_not_mended() -> None:
    """langchain closes the brackets; what was given is looked at as the text that it is."""
    message = reduce(operator.add, CHUNKS[1:2])
    assert message.tool_calls[0]["args"] == {}
    assert reply_of(message).tool_calls[0].arguments == '{"amou'


def test_calls_that_langchain_cannot_read_are_calls_too() -> None:
    broken: Any = {"name": "pay", "args": '{"amount":', "id": "call-1", "error": None}
    message = AIMessage("", invalid_tool_calls=[broken])
    assert reply_of(message).tool_calls == (ToolCall("pay", '{"amount":', "call-1"),)


def test_what_the_model_thinks_is_no_part_of_the_answer() -> None:
    blocks: Any = [
        {"type": "thinking", "thinking": "They are leaving."},
        {"type": "reasoning", "reasoning": "They are leaving."},
        {"type": "text", "text": "Good"},
        "bye.",
    ]
    assert reply_of(AIMessage(blocks)).text == "Goodbye."


def test_a_block_that_repeats_a_call_is_not_read_twice() -> None:
    blocks: Any = [{"type": "tool_use", "name": "pay", "input": {"amount": 7}, "id": "call-1"}]
    assert reply_of(AIMessage(blocks, tool_calls=[GIVEN])).tool_calls == (CALL,)


def test_a_call_that_is_among_the_blocks_alone_is_not_lost() -> None:
    blocks: Any = [{"type": "tool_use", "name": "pay", "input": {}}, {"type": "text", "text": "a"}]
    with pytest.raises(ReplyError, match="not among its tool_calls"):
        reply_of(AIMessage(blocks))


@pytest.mark.parametrize("kind", ["image", "audio", "non_standard", "hologram"])
def test_a_block_that_is_no_text_cannot_be_read(kind: str) -> None:
    blocks: Any = [{"type": "text", "text": "See:"}, {"type": kind, "value": "S3CRET"}]
    with pytest.raises(ReplyError, match=kind):
        reply_of(AIMessage(blocks))


def test_a_refusal_is_text() -> None:
    assert reply_of(AIMessage("", additional_kwargs={"refusal": "No."})).text == "No."


@pytest.mark.parametrize(
    ("told", "finish"),
    [
        ({"finish_reason": "stop"}, "stop"),
        ({"finish_reason": "length"}, "length"),
        ({"finish_reason": "content_filter"}, "filter"),
        ({"finish_reason": "MAX_TOKENS"}, "length"),
        ({"finish_reason": "SAFETY"}, "filter"),
        ({"finish_reason": "model_length"}, "length"),
        ({"stop_reason": "end_turn"}, "stop"),
        ({"stop_reason": "max_tokens"}, "length"),
        ({"stop_reason": "refusal"}, "filter"),
        ({"stopReason": "guardrail_intervened"}, "filter"),
        ({"done_reason": "length"}, "length"),
        ({"status": "incomplete", "incomplete_details": {"reason": "content_filter"}}, "filter"),
        ({"status": "incomplete", "incomplete_details": None}, "length"),
        ({"prompt_feedback": {"block_reason": 1}}, "filter"),
        ({"finish_reason": "pondering"}, "pondering"),
        ({}, ""),
    ],
)
def test_why_it_ended_is_told_in_the_words_of_each_provider(told: Any, finish: str) -> None:
    assert reply_of(AIMessage("a", response_metadata=told)).finish == finish


def test_log_probabilities_are_read() -> None:
    content = [{"token": "Hel", "logprob": -0.5}, {"token": "lo.", "logprob": -0.25}]
    message = AIMessage("Hello.", response_metadata={"logprobs": {"content": content}})
    assert reply_of(message).logprobs == (-0.5, -0.25)
    assert reply_of(message).tokens == ("Hel", "lo.")


def test_a_message_that_holds_nothing_is_an_error() -> None:
    with pytest.raises(ReplyError, match="no text"):
        reply_of(AIMessage("", response_metadata={"finish_reason": "stop"}))
    with pytest.raises(ReplyError, match="no text"):
        read([])


def test_a_message_that_ended_with_an_error_is_one() -> None:
    with pytest.raises(ReplyError, match="error"):
        reply_of(AIMessage("a", response_metadata={"finish_reason": "error"}))


def test_what_a_person_says_is_no_reply() -> None:
    with pytest.raises(ReplyError, match="HumanMessage is no message of a model"):
        reply_of(HumanMessage("Hi"))


def test_a_dict_is_read_as_the_object_is() -> None:
    message = AIMessage("Hello.", tool_calls=[GIVEN], usage_metadata=SPENT)
    assert reply_of(message.model_dump()) == reply_of(message)
