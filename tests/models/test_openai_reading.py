"""What is read of OpenAI's completions and responses, as dicts and as objects of the SDK."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guardrails_lib import Reply, ToolCall, Usage
from guardrails_lib._errors import ReplyError
from guardrails_lib.models.openai import Chunks, is_stream, reply_of

USAGE = {"prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 15}
PAY = {"id": "c1", "type": "function", "function": {"name": "pay", "arguments": '{"amount": 7}'}}
PAID = ToolCall("pay", {"amount": 7}, "c1")


def completion(finish: str = "stop", more: dict[str, Any] | None = None, **message: Any) -> Any:
    choice = {"index": 0, "message": {"role": "assistant", **message}, "finish_reason": finish}
    made = {"id": "x", "object": "chat.completion", "model": "m", "choices": [choice]}
    return {**made, "usage": USAGE, **(more or {})}


def chunk(finish: str | None = None, more: dict[str, Any] | None = None, **delta: Any) -> Any:
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    return {"object": "chat.completion.chunk", "model": "m", "choices": [choice], **(more or {})}


def piece(index: int = 0, call_id: str | None = None, **function: str) -> dict[str, Any]:
    return {"index": index, "id": call_id, "type": "function", "function": function}


def response(*output: Any, status: str = "completed", **more: Any) -> Any:
    usage = {"input_tokens": 10, "output_tokens": 5, "total_tokens": 15}
    made = {"id": "r", "object": "response", "model": "m", "output": list(output)}
    return {**made, "status": status, "usage": usage, **more}


def said(*texts: str) -> dict[str, Any]:
    parts = [{"type": "output_text", "text": text, "annotations": []} for text in texts]
    return {"type": "message", "id": "msg", "role": "assistant", "content": parts}


def read(chunks: Iterable[Any]) -> tuple[list[str], Usage, Reply[Any]]:
    reads = Chunks()
    replies = [reads(each) for each in chunks]
    spent = sum((each.usage for each in replies), Usage())
    return [each.text for each in replies if each.text], spent, reads.rest()


# -- whole completions


def test_a_completion_is_read() -> None:
    assert reply_of(completion(content="Hello.")) == Reply(
        "Hello.", usage=Usage(10, 5), finish="stop", model="m"
    )


def test_objects_are_read_like_dicts() -> None:
    def opened(given: Any) -> Any:
        if isinstance(given, dict):
            return SimpleNamespace(**{name: opened(each) for name, each in given.items()})
        return [opened(each) for each in given] if isinstance(given, list) else given

    whole = completion("tool_calls", content="Wait.", tool_calls=[PAY])
    assert reply_of(opened(whole)) == reply_of(whole)


def test_tool_calls_need_no_content() -> None:
    reply = reply_of(completion("tool_calls", content=None, tool_calls=[PAY]))
    assert (reply.text, reply.tool_calls, reply.finish) == ("", (PAID,), "tools")


def test_tool_arguments_that_are_no_json_stay_text() -> None:
    broken = {**PAY, "function": {"name": "pay", "arguments": '{"amount": '}}
    (call,) = reply_of(completion("tool_calls", tool_calls=[broken])).tool_calls
    assert call == ToolCall("pay", '{"amount": ', "c1")


def test_a_custom_tool_takes_text_even_where_it_is_json() -> None:
    custom = {"id": "c2", "type": "custom", "custom": {"name": "run", "input": '{"a": 1}'}}
    (call,) = reply_of(completion("tool_calls", tool_calls=[custom])).tool_calls
    assert call == ToolCall("run", '{"a": 1}', "c2")


def test_the_old_form_of_a_call_is_read() -> None:
    old = {"name": "pay", "arguments": '{"amount": 7}'}
    (call,) = reply_of(completion("function_call", function_call=old)).tool_calls
    assert call == ToolCall("pay", {"amount": 7})


def test_a_refusal_of_the_model_is_text() -> None:
    assert reply_of(completion(content=None, refusal="I can't.")).text == "I can't."


def test_content_parts_are_joined_and_thoughts_left_out() -> None:
    parts = [
        {"type": "thinking", "thinking": [{"type": "text", "text": "hm"}]},
        {"type": "text", "text": "Hel"},
        {"type": "text", "text": "lo."},
    ]
    assert reply_of(completion(content=parts)).text == "Hello."


@pytest.mark.parametrize(
    ("finish", "read_as"),
    [
        ("stop", "stop"),
        ("length", "length"),
        ("content_filter", "filter"),
        ("tool_calls", "tools"),
        ("eos", "eos"),
    ],
)
def test_why_it_ended_is_read(finish: str, read_as: str) -> None:
    assert reply_of(completion(finish, content="Hello.")).finish == read_as


@pytest.mark.parametrize("finish", ["length", "content_filter"])
def test_null_content_of_a_cut_off_completion_is_an_empty_reply(finish: str) -> None:
    assert reply_of(completion(finish, content=None)).text == ""


def test_cached_tokens_are_counted() -> None:
    usage = {**USAGE, "prompt_tokens_details": {"cached_tokens": 4, "audio_tokens": None}}
    spent = reply_of(completion(content="Hello.", more={"usage": usage})).usage
    assert spent == Usage(10, 5, cache_read_tokens=4)


def test_usage_may_be_missing() -> None:
    assert reply_of(completion(content="Hello.", more={"usage": None})).usage == Usage()


def test_log_probabilities_are_read_with_their_tokens() -> None:
    whole = completion(content="Hello.")
    tokens = [{"token": "Hel", "logprob": -0.5}, {"token": "lo.", "logprob": 0}]
    whole["choices"][0]["logprobs"] = {"content": tokens}
    reply = reply_of(whole)
    assert (reply.tokens, reply.logprobs) == (("Hel", "lo."), (-0.5, 0.0))


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"object": "chat.completion", "choices": []}, "it has no choices"),
        ({"object": "chat.completion", "choices": None}, "it has no choices"),
        ({"choices": [{"finish_reason": "stop"}]}, "its choice has no message"),
        (completion(content=None), "it has no text and calls no tool and ended with stop"),
        (completion(content=""), "it has no text"),
        (completion(content=[{"type": "hologram", "text": "PIN 1234"}]), "the type hologram"),
        (completion(content={"PIN": 1234}), "its content is a dict"),
        (completion(content=None, audio={"transcript": "PIN 1234"}), "it is spoken"),
        (completion("tool_calls", tool_calls=[{"id": "c", "type": "warp"}]), "the type warp"),
        (
            completion(content="Hello.", more={"choices": completion(content="")["choices"] * 2}),
            "several choices",
        ),
    ],
)
def test_what_cannot_be_read_is_an_error_that_quotes_nothing(given: Any, why: str) -> None:
    with pytest.raises(ReplyError, match=why) as told:
        reply_of(given)
    assert "1234" not in str(told.value)


def test_a_call_without_a_name_is_an_error() -> None:
    with pytest.raises(ReplyError, match="no name"):
        reply_of(completion("tool_calls", tool_calls=[{**PAY, "function": {"arguments": "{}"}}]))


# -- chunks of completions


def test_chunks_bring_text_and_the_end_the_rest() -> None:
    texts, spent, rest = read(
        [
            chunk(role="assistant", content=""),
            chunk(content="Hel"),
            chunk(content="lo."),
            chunk("stop"),
            {"object": "chat.completion.chunk", "model": "m", "choices": [], "usage": USAGE},
        ]
    )
    assert (texts, spent) == (["Hel", "lo."], Usage(10, 5))
    assert rest == Reply(finish="stop", model="m")


def test_a_repeated_role_changes_nothing() -> None:
    once = [chunk(role="assistant", content=""), chunk(content="Hello."), chunk("stop")]
    again = [once[0], *once]
    assert read(again) == read(once)


def test_usage_that_grows_is_counted_once() -> None:
    counts = [{"prompt_tokens": 10, "completion_tokens": n} for n in (1, 3, 5, 5)]
    chunks = [chunk(content="a", more={"usage": each}) for each in counts]
    assert read([*chunks, chunk("stop")])[1] == Usage(10, 5)


def test_calls_are_put_together_from_their_pieces() -> None:
    _, _, rest = read(
        [
            chunk(tool_calls=[piece(0, "c1", name="pay", arguments="")]),
            chunk(tool_calls=[piece(1, "c2", name="log", arguments="{bad")]),
            chunk(tool_calls=[piece(0, arguments='{"amount": 7}')]),
            chunk("tool_calls"),
        ]
    )
    assert rest.tool_calls == (PAID, ToolCall("log", "{bad", "c2"))


def test_a_stream_without_its_end_is_an_error() -> None:
    with pytest.raises(ReplyError, match="broke off"):
        read([chunk(content="Hello.")])


def test_a_stream_with_nothing_in_it_is_an_error() -> None:
    with pytest.raises(ReplyError, match="broke off"):
        read([])
    with pytest.raises(ReplyError, match="no text and calls no tool"):
        read([chunk(role="assistant", content=""), chunk("stop")])


def test_a_second_choice_in_a_stream_is_an_error() -> None:
    second = {**chunk(content="b"), "choices": [{"index": 1, "delta": {"content": "b"}}]}
    with pytest.raises(ReplyError, match="several choices"):
        read([chunk(content="a"), second])


def test_the_events_of_the_helper_are_read_once() -> None:
    events = [
        {"type": "chunk", "chunk": chunk(content="Hello.")},
        {"type": "content.delta", "delta": "Hello."},
        {"type": "chunk", "chunk": chunk("stop")},
        {"type": "content.done", "content": "Hello."},
    ]
    assert read(events)[0] == ["Hello."]


@settings(max_examples=25, deadline=None)
@given(st.text(min_size=1), st.lists(st.integers(0, 40), max_size=4))
def test_how_a_text_is_cut_changes_nothing(text: str, cuts: list[int]) -> None:
    places = sorted({0, len(text), *(each % (len(text) + 1) for each in cuts)})
    parts = [text[a:b] for a, b in itertools.pairwise(places)]
    texts, _, _ = read([*(chunk(content=part) for part in parts), chunk("stop")])
    assert "".join(texts) == text


# -- responses


def test_a_response_is_read() -> None:
    thought = {"type": "reasoning", "id": "rs", "summary": [{"text": "hm"}]}
    call = {"type": "function_call", "call_id": "c1", "name": "pay", "arguments": '{"amount": 7}'}
    assert reply_of(response(thought, said("Hel", "lo."), call)) == Reply(
        "Hello.", tool_calls=(PAID,), usage=Usage(10, 5), finish="tools", model="m"
    )


def test_a_refusal_in_a_response_is_text() -> None:
    item = {**said(), "content": [{"type": "refusal", "refusal": "I can't."}]}
    assert reply_of(response(item)).text == "I can't."


@pytest.mark.parametrize(
    ("reason", "finish"), [("max_output_tokens", "length"), ("content_filter", "filter")]
)
def test_an_incomplete_response_says_why(reason: str, finish: str) -> None:
    cut = response(said("Hel"), status="incomplete", incomplete_details={"reason": reason})
    assert reply_of(cut).finish == finish


def test_what_the_caller_is_to_run_is_a_call() -> None:
    item = {"type": "local_shell_call", "id": "x", "call_id": "c", "action": {"command": ["ls"]}}
    (call,) = reply_of(response(item)).tool_calls
    assert call == ToolCall("local_shell_call", {"action": {"command": ["ls"]}}, "c")


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (response(), "no text and calls no tool"),
        (response(said("Hello."), {"type": "hologram"}), "an item of the type hologram"),
        (response({**said(), "content": [{"type": "hologram"}]}), "a part of the type hologram"),
        (response(status="failed", error={"message": "PIN 1234"}), "its status is failed"),
        (response(status="queued"), "its status is queued"),
    ],
)
def test_a_response_that_cannot_be_read_is_an_error(given: Any, why: str) -> None:
    with pytest.raises(ReplyError, match=why) as told:
        reply_of(given)
    assert "1234" not in str(told.value)


def delta(text: str) -> dict[str, str]:
    return {"type": "response.output_text.delta", "delta": text}


def end(*output: Any) -> dict[str, Any]:
    return {"type": "response.completed", "response": response(*output)}


def test_events_bring_text_and_the_end_the_rest() -> None:
    events = [{"type": "response.created"}, delta("Hel"), delta("lo."), end(said("Hello."))]
    texts, spent, rest = read(events)
    assert (texts, spent, rest.finish) == (["Hel", "lo."], Usage(10, 5), "stop")


def test_text_that_came_in_no_event_comes_at_the_end() -> None:
    assert read([delta("Hel"), end(said("Hello."))])[0] == ["Hel", "lo."]


def test_an_end_without_output_is_that_of_the_items_before() -> None:
    call = {"type": "function_call", "call_id": "c1", "name": "pay", "arguments": '{"amount": 7}'}
    done = {"type": "response.output_item.done", "item": call}
    assert read([done, end()])[2].tool_calls == (PAID,)


@pytest.mark.parametrize(
    ("events", "why"),
    [
        ([delta("Hello.")], "broke off"),
        ([delta("Goodbye."), end(said("Hello."))], "another text"),
        ([delta("Hello."), {"type": "error", "message": "PIN 1234"}], "ended in an error"),
    ],
)
def test_events_that_cannot_be_read_are_an_error(events: Any, why: str) -> None:
    with pytest.raises(ReplyError, match=why) as told:
        read(events)
    assert "1234" not in str(told.value)


# -- which it is


def test_a_stream_is_told_from_an_answer() -> None:
    assert is_stream(iter([1]))
    assert not is_stream(completion(content="Hello."))
    assert not is_stream([1])


def test_objects_of_the_sdk_are_read() -> None:
    types = pytest.importorskip("openai.types", reason="the openai extra is not installed")
    whole = completion("tool_calls", content="Wait.", tool_calls=[PAY])
    made = types.chat.ChatCompletion.model_validate_json(json.dumps({**whole, "created": 1}))
    assert reply_of(made) == reply_of(whole)
    assert not is_stream(made)
