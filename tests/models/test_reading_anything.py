"""Whatever an SDK gives is a reply or a `ReplyError`: no other error, and no empty pass."""

from __future__ import annotations

import importlib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guardrails_lib import Reply
from guardrails_lib._errors import ReplyError

NAMES = ("openai", "anthropic", "google", "mistral", "litellm", "pydantic_ai", "langchain")
SDKS = pytest.mark.parametrize("name", NAMES)

WORDS = st.sampled_from(
    [
        *("text", "tool_use", "tool-call", "tool_call", "function", "thinking", "image", "refusal"),
        *("ai", "AIMessageChunk", "response", "message", "assistant", "stop", "STOP", "length"),
        *("end_turn", "message_start", "content_block_start", "content_block_delta", "text_delta"),
        *("content_block_stop", "message_delta", "message_stop", "part_start", "part_delta"),
        *("part_end", "complete", "response.completed", "response.output_text.delta", "", "{}"),
    ]
)
KEYS = st.sampled_from(
    [
        *("choices", "message", "delta", "content", "text", "type", "role", "tool_calls"),
        *("function", "name", "arguments", "id", "usage", "finish_reason", "logprobs", "output"),
        *("candidates", "parts", "function_call", "usage_metadata", "prompt_feedback", "kind"),
        *("block_reason", "prompt_token_count", "prompt_tokens", "input_tokens", "stop_reason"),
        *("content_block", "partial_json", "input", "event_kind", "part_kind", "part", "args"),
        *("tool_name", "content_delta", "part_delta_kind", "state", "data", "status", "response"),
        *("response_metadata", "tool_call_chunks", "additional_kwargs", "model", "object"),
    ]
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 9) | st.floats(allow_nan=False) | WORDS,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(KEYS, inner, max_size=2),
    max_leaves=4,
)
PLACES = st.none() | st.integers(0, 2)
PARTS = st.fixed_dictionaries(
    {},
    optional={
        "type": WORDS,
        "text": VALUES,
        "part_kind": WORDS,
        "content": VALUES,
        "function_call": VALUES,
        "tool_name": VALUES,
        "name": VALUES,
        "input": VALUES,
        "args": VALUES,
        "id": VALUES,
    },
)
CALLS = st.fixed_dictionaries(
    {"function": VALUES | PARTS}, optional={"id": VALUES, "index": PLACES}
)
MESSAGES = st.fixed_dictionaries(
    {},
    optional={"content": VALUES | st.lists(PARTS, max_size=2), "tool_calls": st.lists(CALLS)},
)
CHOICES = st.fixed_dictionaries(
    {}, optional={"message": MESSAGES, "delta": MESSAGES, "finish_reason": VALUES}
)
CONTENT = st.fixed_dictionaries({"parts": st.lists(PARTS, max_size=2)})
ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "choices": VALUES | st.lists(CHOICES, max_size=2),
        "candidates": st.lists(
            st.fixed_dictionaries({"content": VALUES | CONTENT, "finish_reason": VALUES}),
            max_size=2,
        ),
        "content": VALUES | st.lists(PARTS, max_size=2),
        "parts": st.lists(PARTS, max_size=2),
        "output": VALUES | st.lists(PARTS, max_size=2),
        "type": WORDS,
        "kind": st.just("response"),
        "object": WORDS,
        "usage": VALUES,
        "usage_metadata": VALUES,
        "stop_reason": VALUES,
        "finish_reason": VALUES,
        "event_kind": WORDS,
        "part": PARTS,
        "delta": PARTS,
        "index": PLACES,
        "tool_calls": VALUES,
        "tool_call_chunks": VALUES,
        "data": VALUES,
    },
)
SETTINGS = settings(max_examples=25)


def reader(name: str) -> Any:
    return importlib.import_module(f"guardrails_lib.models.{name}")


def kind(answer: object) -> str:
    return type(answer).__name__


def is_something(reply: Reply[Any]) -> bool:
    return bool(reply.text or reply.tool_calls or reply.finish in {"length", "filter"})


@SDKS
@given(answer=ANSWERS)
@SETTINGS
def test_a_whole_answer_is_something_or_an_error(name: str, answer: dict[str, Any]) -> None:
    try:
        reply = reader(name).reply_of(answer)
    except ReplyError:
        return
    assert is_something(reply)


@SDKS
@given(chunks=st.lists(ANSWERS, max_size=3))
@SETTINGS
def test_the_chunks_of_a_stream_are_something_or_an_error(
    name: str, chunks: list[dict[str, Any]]
) -> None:
    reads = reader(name).Chunks()
    try:
        pieces = [reads(each) for each in chunks] + [reads.rest()]
    except ReplyError:
        return
    assert any(map(is_something, pieces))


@SDKS
@pytest.mark.parametrize("answer", [None, 7, "text", [], object(), {}], ids=kind)
def test_what_is_no_answer_at_all_is_an_error(name: str, answer: object) -> None:
    with pytest.raises(ReplyError):
        reader(name).reply_of(answer)
