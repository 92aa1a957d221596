"""What is read of Anthropic's messages and events, as dicts and as objects of the SDK."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guardrails_lib import Reply, ReplyError, ToolCall, Usage
from guardrails_lib.models.anthropic import Chunks, is_stream, reply_of

TEXT = {"type": "text", "text": "Hello."}
PAY = {"type": "tool_use", "id": "toolu_1", "name": "pay", "input": {"amount": 7}}


def message(*content: object, stop: str | None = "end_turn", **more: object) -> dict[str, object]:
    usage = {"input_tokens": 10, "output_tokens": 5}
    return {
        "id": "msg_1",
        "type": "message",
        "role": "assistant",
        "model": "claude-x",
        "content": list(content),
        "stop_reason": stop,
        "usage": usage,
        **more,
    }


def begun(**usage: int) -> dict[str, object]:
    counts = {"input_tokens": 10, "output_tokens": 1, **usage}
    return {"type": "message_start", "message": {**message(stop=None), "usage": counts}}


def block(index: int, given: object, *deltas: object) -> list[dict[str, object]]:
    return [
        {"type": "content_block_start", "index": index, "content_block": given},
        *({"type": "content_block_delta", "index": index, "delta": each} for each in deltas),
        {"type": "content_block_stop", "index": index},
    ]


def said(*texts: str, index: int = 0) -> list[dict[str, object]]:
    deltas = ({"type": "text_delta", "text": text} for text in texts)
    return block(index, {"type": "text", "text": ""}, *deltas)


def called(*pieces: str, index: int = 0) -> list[dict[str, object]]:
    deltas = ({"type": "input_json_delta", "partial_json": piece} for piece in pieces)
    return block(index, {**PAY, "input": {}}, *deltas)


def ended(
    stop: str = "end_turn", usage: Mapping[str, int] | None = None
) -> list[dict[str, object]]:
    counts = {"output_tokens": 5, **(usage or {})}
    return [
        {"type": "message_delta", "delta": {"stop_reason": stop}, "usage": counts},
        {"type": "message_stop"},
    ]


def read(events: Iterable[object]) -> tuple[list[str], Usage, Reply[Any]]:
    chunks = Chunks()
    replies = [chunks(each) for each in events]
    rest = chunks.rest()
    usage = sum((each.usage for each in replies), rest.usage)
    return [each.text for each in replies if each.text], usage, rest


def test_a_message_is_its_texts_joined() -> None:
    reply = reply_of(message(TEXT, {"type": "text", "text": " Bye.", "citations": []}))
    assert reply == Reply("Hello. Bye.", usage=Usage(10, 5), finish="stop", model="claude-x")


def test_calls_of_tools_are_read_with_their_ids() -> None:
    reply = reply_of(message(TEXT, PAY, stop="tool_use"))
    assert reply.tool_calls == (ToolCall("pay", {"amount": 7}, "toolu_1"),)
    assert (reply.text, reply.finish) == ("Hello.", "tools")


@pytest.mark.parametrize(
    ("stop", "finish"),
    [
        ("end_turn", "stop"),
        ("stop_sequence", "stop"),
        ("tool_use", "tools"),
        ("max_tokens", "length"),
        ("model_context_window_exceeded", "length"),
        ("refusal", "filter"),
        ("pause_turn", "pause_turn"),
        (None, ""),
    ],
)
def test_why_it_ended_is_said_in_our_words(stop: str | None, finish: str) -> None:
    assert reply_of(message(TEXT, stop=stop)).finish == finish


def test_every_reason_that_the_sdk_knows_is_known_or_kept() -> None:
    types = pytest.importorskip("anthropic.types")
    theirs = types.StopReason.__args__
    finishes = {each: reply_of(message(TEXT, stop=each)).finish for each in theirs}
    assert {each for each, finish in finishes.items() if each == finish} == {"pause_turn"}


def test_every_block_that_the_sdk_knows_is_known() -> None:
    types = pytest.importorskip("anthropic.types")
    beta = pytest.importorskip("anthropic.types.beta")
    both = (types.ContentBlock, beta.BetaContentBlock)
    kinds = {
        each.model_fields["type"].annotation.__args__[0]
        for union in both
        for each in union.__origin__.__args__
    }
    for kind in kinds - {"text", "tool_use"}:
        assert reply_of(message(TEXT, {"type": kind})).text == "Hello."


def test_thoughts_and_what_ran_at_the_provider_are_no_part_of_the_answer() -> None:
    thought = {"type": "thinking", "thinking": "Hm.", "signature": "s"}
    query = {"type": "server_tool_use", "name": "web_search", "input": {"query": "q"}}
    assert reply_of(message(thought, query, TEXT)).text == "Hello."


def test_tokens_of_the_cache_are_part_of_the_input() -> None:
    usage = {
        "input_tokens": 10,
        "output_tokens": 5,
        "cache_read_input_tokens": 100,
        "cache_creation_input_tokens": 30,
    }
    reply = reply_of(message(TEXT, usage=usage))
    assert reply.usage == Usage(140, 5, cache_read_tokens=100, cache_write_tokens=30)


@pytest.mark.parametrize("usage", [None, {}, {"input_tokens": None, "output_tokens": "5"}])
def test_usage_that_is_missing_is_none(usage: object) -> None:
    assert reply_of(message(TEXT, usage=usage)).usage == Usage()


@pytest.mark.parametrize("stop", ["max_tokens", "refusal"])
def test_nothing_may_be_there_where_it_was_cut_off_or_filtered(stop: str) -> None:
    assert reply_of(message(stop=stop)).text == ""


@pytest.mark.parametrize(
    "answer",
    [
        message(),
        message(stop=None),
        message({"type": "text", "text": ""}),
        message({"type": "text", "text": None}),
        message({"type": "thinking", "thinking": "Hm."}),
        message(stop="pause_turn"),
        message(content=None),
        message(content="Hello."),
        {},
        object(),
        None,
        "Hello.",
    ],
)
def test_nothing_to_read_is_an_error(answer: object) -> None:
    with pytest.raises(ReplyError):
        reply_of(answer)


def test_an_unknown_block_is_an_error_that_names_its_type_and_no_text() -> None:
    with pytest.raises(ReplyError, match="hologram") as raised:
        reply_of(message(TEXT, {"type": "hologram", "text": "my secret"}))
    assert "secret" not in str(raised.value)


@pytest.mark.parametrize("kind", ["my secret is 1234", "", None, 7])
def test_a_type_that_is_no_word_is_not_quoted(kind: object) -> None:
    with pytest.raises(ReplyError, match="dict") as raised:
        reply_of(message({"type": kind}))
    assert "secret" not in str(raised.value)


def test_arguments_that_are_no_object_stay_text() -> None:
    reply = reply_of(message({**PAY, "input": "[1]"}))
    assert reply.tool_calls == (ToolCall("pay", "[1]", "toolu_1"),)


def test_objects_of_the_sdk_are_read_as_dicts_are() -> None:
    types = pytest.importorskip("anthropic.types")
    for each in (message(TEXT), message(TEXT, PAY, stop="tool_use")):
        assert reply_of(types.Message.model_validate(each)) == reply_of(each)


# streams


def test_a_stream_is_read_as_it_comes() -> None:
    events = [begun(), {"type": "ping"}, *said("Hel", "lo."), *ended()]
    texts, usage, rest = read(events)
    assert texts == ["Hel", "lo."]
    assert usage == Usage(10, 5)
    assert rest == Reply(finish="stop", model="claude-x")


def test_each_token_of_a_stream_is_counted_once() -> None:
    cached = {"cache_read_input_tokens": 100, "cache_creation_input_tokens": 30}
    events = [begun(**cached), *said("Hi"), *ended(usage={"input_tokens": 12, **cached})]
    _, usage, _ = read(events)
    assert usage == Usage(142, 5, cache_read_tokens=100, cache_write_tokens=30)


def test_what_went_in_is_counted_though_the_stream_breaks_off() -> None:
    assert Chunks()(begun()).usage == Usage(10, 1)


@settings(max_examples=30)
@given(st.lists(st.integers(0, 6), max_size=4))
def test_calls_are_read_however_they_are_cut(cuts: list[int]) -> None:
    whole, at = '{"amount": 7}', 0
    pieces = []
    for cut in cuts:
        pieces.append(whole[at : at + cut])
        at += cut
    _, _, rest = read([begun(), *called(*pieces, whole[at:]), *ended("tool_use")])
    assert rest.tool_calls == (ToolCall("pay", {"amount": 7}, "toolu_1"),)
    assert rest.finish == "tools"


@pytest.mark.parametrize("written", ['{"amount":', "[1]", '{"a": 1, "a": 2}', "NaN"])
def test_streamed_arguments_that_are_no_object_stay_text(written: str) -> None:
    _, _, rest = read([begun(), *called(written), *ended("max_tokens")])
    assert rest.tool_calls == (ToolCall("pay", written, "toolu_1"),)


def test_a_call_without_arguments_has_none() -> None:
    _, _, rest = read([begun(), *called(), *ended("tool_use")])
    assert rest.tool_calls == (ToolCall("pay", {}, "toolu_1"),)


def test_streamed_thoughts_are_no_part_of_the_answer() -> None:
    thought = {"type": "thinking", "thinking": "", "signature": ""}
    deltas = (
        {"type": "thinking_delta", "thinking": "Hm."},
        {"type": "signature_delta", "signature": "s"},
    )
    events = [begun(), *block(0, thought, *deltas), *said("Hi", index=1), *ended()]
    texts, _, _ = read(events)
    assert texts == ["Hi"]


def test_the_arguments_of_a_tool_of_the_provider_are_no_call() -> None:
    query = {"type": "server_tool_use", "id": "s", "name": "web_search", "input": {}}
    deltas = ({"type": "input_json_delta", "partial_json": "{}"},)
    _, _, rest = read([begun(), *block(0, query, *deltas), *said("Hi", index=1), *ended()])
    assert rest.tool_calls == ()


def test_a_start_that_is_said_again_changes_nothing() -> None:
    opened = {"type": "content_block_start", "index": 0, "content_block": TEXT}
    texts, usage, _ = read([begun(), begun(), opened, opened, *ended()])
    assert texts == ["Hello."]
    assert usage == Usage(10, 5)


@pytest.mark.parametrize("events", [[], [begun()], [begun(), *said("Hello.")]])
def test_a_stream_that_does_not_say_that_it_ended_broke_off(events: list[object]) -> None:
    with pytest.raises(ReplyError, match="broke off"):
        read(events)


def test_a_stream_begins_with_its_message() -> None:
    with pytest.raises(ReplyError, match="message_start"):
        read([*said("Hello."), *ended()])


def test_a_stream_with_nothing_in_it_is_an_error() -> None:
    with pytest.raises(ReplyError, match="no text and calls no tool"):
        read([begun(), *ended()])


@pytest.mark.parametrize(
    "bad",
    [
        {"type": "content_block_start", "index": 0, "content_block": {"type": "hologram"}},
        {"type": "content_block_delta", "index": 3, "delta": {"type": "text_delta", "text": "a"}},
        {"type": "error", "error": {"type": "overloaded_error", "message": "my secret"}},
    ],
)
def test_an_event_that_cannot_be_read_is_an_error(bad: object) -> None:
    with pytest.raises(ReplyError) as raised:
        read([begun(), bad, *ended()])
    assert "secret" not in str(raised.value)


def test_an_unknown_delta_is_an_error() -> None:
    with pytest.raises(ReplyError, match="smell_delta"):
        read([begun(), *block(0, {"type": "text", "text": ""}, {"type": "smell_delta"})])


def test_an_unknown_event_is_passed_over() -> None:
    texts, _, _ = read([begun(), {"type": "weather", "text": "Rain"}, *said("Hi"), *ended()])
    assert texts == ["Hi"]


def test_the_events_of_the_sdk_and_of_its_helper_are_read_as_dicts_are() -> None:
    pytest.importorskip("anthropic")
    from anthropic._models import construct_type_unchecked
    from anthropic.lib.streaming._messages import accumulate_event, build_events
    from anthropic.types import RawMessageStreamEvent

    events = [begun(), *said("Hel", "lo."), *called('{"amount"', ": 7}", index=1), *ended()]
    kind: Any = RawMessageStreamEvent
    raw: list[Any] = [construct_type_unchecked(type_=kind, value=each) for each in events]
    helped: list[object] = []
    snapshot: Any = None
    buffers: dict[int, bytes] = {}
    for each in raw:
        snapshot = accumulate_event(event=each, current_snapshot=snapshot, json_bufs=buffers)
        helped += build_events(event=each, message_snapshot=snapshot)
    assert len(helped) > len(raw)
    assert read(raw) == read(helped) == read(events)


def test_a_message_is_no_stream_and_an_iterator_is_one() -> None:
    types = pytest.importorskip("anthropic.types")
    assert not is_stream(types.Message.model_validate(message(TEXT)))
    assert not is_stream(message(TEXT))
    assert is_stream(iter(()))


@pytest.mark.parametrize("index", [[], {}, None, "0"])
def test_a_block_without_a_number_cannot_be_read(index: object) -> None:
    chunks = Chunks()
    chunks({"type": "message_start", "message": {"model": "m", "usage": {}}})
    for kind, of in (("content_block_start", "content_block"), ("content_block_delta", "delta")):
        with pytest.raises(ReplyError):
            chunks({"type": kind, "index": index, of: {"type": "text", "text": "a"}})
