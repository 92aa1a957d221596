"""Streams of a guarded client of OpenAI over real HTTP."""

from __future__ import annotations

import asyncio
import functools
import importlib
import itertools
import json
import time
from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

import pytest

pytest.importorskip("openai", reason="the openai extra is not installed")
pytest.importorskip("uvicorn", reason="the testing extra is not installed")

import openai
from hypothesis import given, settings
from hypothesis import strategies as st
from openai import AsyncOpenAI, OpenAI
from openai.types.chat import ChatCompletionChunk
from pydantic import BaseModel

from guardrails_lib import (
    Abstained,
    Accepted,
    Blocked,
    Budget,
    Finding,
    Policy,
    Refused,
    ToolCall,
    Usage,
    block,
    check,
    drop,
    redact,
    retry,
)
from guardrails_lib._errors import ReplyError
from guardrails_lib.checks import matching
from guardrails_lib.models.openai_client import guarded_openai
from guardrails_lib.testing.server import Cut, Fail, Raw, Say, ScriptedServer

POLICY = Policy(
    name="support",
    input=(redact(matching(r"\b\d{4}\b"), restore=True), block(matching("forbidden"))),
    output=(redact(matching("hush")), block(matching("bomb"))),
)
PAY: Any = {"type": "function", "function": {"name": "pay", "parameters": {}}}
HI: list[Any] = [{"role": "user", "content": "Hi."}]
CREATE, RESPOND = "chat.completions.create", "responses.create"
Read: TypeAlias = Callable[..., list[Any]]
Follow: TypeAlias = Callable[..., tuple[list[Any], Any]]


@pytest.fixture(scope="module")
def server() -> Iterator[ScriptedServer]:
    with ScriptedServer() as made:
        yield made


Clients: TypeAlias = tuple[OpenAI, AsyncOpenAI, asyncio.Runner]


@pytest.fixture(scope="module")
def clients(server: ScriptedServer) -> Iterator[Clients]:
    options: dict[str, Any] = {
        "base_url": f"{server.url}/v1",
        "api_key": ScriptedServer.key,
        "max_retries": 0,
    }
    with OpenAI(**options) as client, asyncio.Runner() as runner:
        other = AsyncOpenAI(**options)
        yield client, other, runner
        runner.run(other.close())


def at(client: Any, name: str) -> Any:
    return functools.reduce(getattr, name.split("."), client)


@pytest.fixture(params=["sync", "async"])
def read(request: pytest.FixtureRequest, clients: Clients) -> Read:
    """Reads a stream of a guarded client to its end; *into* has what came before an error."""
    client, other, runner = clients

    def reading(
        name: str, policy: Policy = POLICY, *, into: list[Any] | None = None, **given: Any
    ) -> list[Any]:
        terms = {each: given.pop(each) for each in ("outcomes", "early") if each in given}
        chunks: list[Any] = [] if into is None else into
        if request.param == "sync":
            stream = at(guarded_openai(client, policy, **terms), name)(
                model="m", stream=True, **given
            )
            chunks.extend(stream)
            return [*chunks, stream.outcome] if terms.get("outcomes") else chunks

        async def awaited() -> None:
            guarded = guarded_openai(other, policy, **terms)
            stream = await at(guarded, name)(model="m", stream=True, **given)
            async for chunk in stream:
                chunks.append(chunk)
            if terms.get("outcomes"):
                chunks.append(stream.outcome)

        runner.run(awaited())
        return chunks

    return reading


@pytest.fixture(params=["sync", "async"])
def follow(
    request: pytest.FixtureRequest, clients: Clients
) -> Callable[..., tuple[list[Any], Any]]:
    """Reads the events of a stream helper, and what is at its end."""
    client, other, runner = clients

    def following(
        name: str, last: str, policy: Policy = POLICY, **given: Any
    ) -> tuple[list[Any], Any]:
        if request.param == "sync":
            with at(guarded_openai(client, policy), name)(model="m", **given) as stream:
                return list(stream), getattr(stream, last)()

        async def awaited() -> tuple[list[Any], Any]:
            async with at(guarded_openai(other, policy), name)(model="m", **given) as stream:
                return [each async for each in stream], await getattr(stream, last)()

        return runner.run(awaited())

    return following


def texts(chunks: list[Any]) -> list[str]:
    deltas = [each.choices[0].delta.content for each in chunks if each.choices]
    return [each for each in deltas if each]


def deltas(events: list[Any]) -> list[str]:
    return [each.delta for each in events if each.type == "response.output_text.delta"]


def settled(server: ScriptedServer) -> bool:
    """Whether the server has seen within a second that a client left."""
    until = time.monotonic() + 1
    while not server.closed_early and time.monotonic() < until:
        time.sleep(0.01)
    return bool(server.closed_early)


# -- completions


def test_chunks_are_the_sdk_s_own(server: ScriptedServer, read: Read) -> None:
    server.play(["Hel", "lo."])
    chunks = read(CREATE, Policy(), messages=HI)
    assert {type(each) for each in chunks} == {ChatCompletionChunk}
    assert texts(chunks) == ["Hel", "lo."]
    assert chunks[0].choices[0].delta.role == "assistant"
    assert [each.choices[0].finish_reason for each in chunks][-2:] == [None, "stop"]


def test_what_a_rule_redacts_is_in_no_chunk(server: ScriptedServer, read: Read) -> None:
    server.play(Say(["say hu", "sh ", "now"], thinking="hush"))
    chunks = read(CREATE, messages=HI)
    assert "".join(texts(chunks)) == "say ████ now"
    assert not any("hush" in each.model_dump_json() for each in chunks)


def test_placeholders_are_restored(server: ScriptedServer, read: Read) -> None:
    server.play(lambda asked: [*asked.body["messages"][0]["content"]])
    chunks = read(CREATE, messages=[{"role": "user", "content": "pin 1234"}])
    assert "".join(texts(chunks)) == "pin 1234"
    assert "1234" not in server.asked[0].text


def test_usage_comes_where_it_was_asked_for(server: ScriptedServer, read: Read) -> None:
    server.play(repeat="Hello.")
    assert all(each.choices for each in read(CREATE, messages=HI))
    *_, last = read(CREATE, messages=HI, stream_options={"include_usage": True})
    assert (last.choices, last.usage.total_tokens) == ([], 15)


def test_usage_is_counted_where_it_was_not_asked_for(server: ScriptedServer, read: Read) -> None:
    server.play(repeat="Hello.")
    *_, outcome = read(CREATE, messages=HI, outcomes=True)
    assert outcome.record.spent == Usage(10, 5)
    options = {"include_usage": False}
    *_, outcome = read(CREATE, messages=HI, outcomes=True, stream_options=options)
    assert outcome.record.spent == Usage()


def test_calls_come_whole_at_the_end(server: ScriptedServer, read: Read) -> None:
    server.play(
        Say(["Wait."], calls=(ToolCall("pay", {"amount": 7}, "c1"), ToolCall("b", "{", "c2")))
    )
    *_, first, second, end = read(CREATE, messages=HI, tools=[PAY])
    (call,) = first.choices[0].delta.tool_calls
    assert (call.index, call.id, call.type) == (0, "c1", "function")
    assert (call.function.name, json.loads(call.function.arguments)) == ("pay", {"amount": 7})
    (call,) = second.choices[0].delta.tool_calls
    assert (call.index, call.function.arguments) == (1, "{")
    assert end.choices[0].finish_reason == "tool_calls"


def test_a_dropped_call_is_in_no_chunk(server: ScriptedServer, read: Read) -> None:
    @check
    def any_call(call: ToolCall) -> Iterator[Finding]:
        """A call."""
        yield Finding("it is a call")

    server.play(Say(["Wait."], calls=(ToolCall("pay", {}, "c1"),)))
    chunks = read(CREATE, Policy(tools=(drop(any_call()),)), messages=HI, tools=[PAY])
    assert not any(each.choices[0].delta.tool_calls for each in chunks)
    assert chunks[-1].choices[0].finish_reason == "stop"


def test_a_refusal_is_raised_after_what_was_shown(server: ScriptedServer, read: Read) -> None:
    server.play(["a safe begin, ", "then a ", "bo", "mb"])
    shown: list[Any] = []
    with pytest.raises(Refused) as told:
        read(CREATE, messages=HI, into=shown)
    assert isinstance(told.value.outcome, Blocked)
    assert "".join(texts(shown)).startswith("a safe begin")
    assert not any("bomb" in each.model_dump_json() for each in shown)


def test_a_refused_request_reaches_no_model(server: ScriptedServer, read: Read) -> None:
    server.play()
    with pytest.raises(Refused):
        read(CREATE, messages=[{"role": "user", "content": "forbidden"}])
    assert server.asked == []


def test_a_refusal_is_raised_where_the_stream_is_read(
    server: ScriptedServer, clients: Clients
) -> None:
    server.play("a bomb")
    stream = guarded_openai(clients[0], POLICY).chat.completions.create(
        model="m", messages=HI, stream=True
    )
    with pytest.raises(Refused):
        list(stream)


def test_an_outcome_comes_with_a_stream_of_ours(server: ScriptedServer, read: Read) -> None:
    server.play(["say ", "hush"])
    *shown, outcome = read(CREATE, messages=HI, outcomes=True)
    assert "".join(shown) == "say ████"
    assert isinstance(outcome, Accepted)


def test_a_refusal_of_the_model_stays_one(server: ScriptedServer, read: Read) -> None:
    server.play(Say(refusal="I can't, hush."))
    chunks = read(CREATE, messages=HI)
    said = [each.choices[0].delta.refusal for each in chunks if each.choices[0].delta.refusal]
    assert "".join(said) == "I can't, ████."
    assert texts(chunks) == []


def test_it_is_asked_again_while_nothing_is_shown(server: ScriptedServer, read: Read) -> None:
    server.play(["no"], Say(["yes"], calls=(ToolCall("pay", {}, "c1"),)))
    policy = Policy(validators=(retry(matching("no")),), budget=Budget(attempts=2))
    chunks = read(CREATE, policy, messages=HI, tools=[PAY])
    assert texts(chunks) == ["yes"]
    assert chunks[-1].choices[0].finish_reason == "tool_calls"


@settings(max_examples=12, deadline=None)
@given(st.text(st.sampled_from("hus 7"), min_size=1).filter(str.strip), st.data())
def test_how_the_model_cuts_its_reply_changes_nothing(
    server: ScriptedServer, clients: Clients, text: str, data: st.DataObject
) -> None:
    cuts = data.draw(st.lists(st.integers(0, len(text)), max_size=4))
    places = sorted({0, len(text), *cuts})
    parts = [text[a:b] for a, b in itertools.pairwise(places)]
    server.play(text, parts)
    create: Any = guarded_openai(clients[0], POLICY).chat.completions.create
    whole = create(model="m", messages=HI).choices[0].message.content
    assert "".join(texts(create(model="m", messages=HI, stream=True))) == whole


def test_a_role_said_again_changes_nothing(server: ScriptedServer, read: Read) -> None:
    server.play(Say(["Hel", "lo."], fault="role repeated"))
    chunks = read(CREATE, messages=HI)
    assert "".join(texts(chunks)) == "Hello."
    assert [each.choices[0].delta.role for each in chunks].count("assistant") == 1


@pytest.mark.parametrize("fault", ["no choices", "null content", "unknown part"])
def test_a_stream_that_cannot_be_read_is_an_error(
    server: ScriptedServer, read: Read, fault: Any
) -> None:
    server.play(Say("Hello.", fault=fault))
    with pytest.raises(ReplyError):
        read(CREATE, messages=HI)


# -- what goes wrong

HTTP: Any = importlib.import_module("httpx" if openai.__version__ < "3" else "httpx2")
CUT = (openai.APIConnectionError, HTTP.HTTPError)  # older SDKs raise that of HTTP itself


@pytest.mark.parametrize(
    ("turn", "error"), [(Fail(429), openai.RateLimitError), (Fail(500), openai.InternalServerError)]
)
@pytest.mark.parametrize("asked", [{"messages": HI}, {"input": "Hi."}])
def test_errors_before_the_stream_are_raised_where_it_is_asked_for(
    server: ScriptedServer, clients: Clients, turn: Fail, error: type[Exception], asked: Any
) -> None:
    server.play(repeat=turn)
    name = CREATE if "messages" in asked else RESPOND
    client, other, runner = clients
    with pytest.raises(error):
        at(guarded_openai(client, POLICY), name)(model="m", stream=True, **asked)

    async def awaited() -> None:
        await at(guarded_openai(other, POLICY), name)(model="m", stream=True, **asked)

    with pytest.raises(error):
        runner.run(awaited())


@pytest.mark.parametrize(
    ("turn", "error"),
    [
        (Cut(["Hel", "lo.", " "], after=2), CUT),
        (Cut(["Hel", "lo.", " "], after=2.5), CUT),
        (Cut(["Hel", "lo.", " "], after=2, clean=True), ReplyError),
        (Cut(["Hel", "lo.", " "], after=2.5, clean=True), ReplyError),
        (Say(["Hel", "lo."], error=Fail(500)), openai.APIError),
    ],
)
def test_what_breaks_a_stream_is_raised_after_what_was_safe(
    server: ScriptedServer, read: Read, turn: Any, error: Any
) -> None:
    server.play(turn)
    shown: list[Any] = []
    with pytest.raises(error):
        read(CREATE, messages=HI, into=shown)
    assert "".join(texts(shown)) in {"", "Hel", "Hello."}


def test_a_stream_too_slow_ends_with_what_was_safe(server: ScriptedServer, read: Read) -> None:
    server.play(Say(["Hel", "lo.", " ", "x"], between=0.2))
    policy = Policy(budget=Budget(seconds=0.5))
    *shown, outcome = read(CREATE, policy, messages=HI, outcomes=True)
    assert "".join(shown).startswith("Hel")
    assert isinstance(outcome, Abstained)
    assert [each.kind for each in outcome.findings] == ["budget"]


def test_whoever_closes_a_stream_closes_that_of_the_sdk(
    server: ScriptedServer, clients: Clients
) -> None:
    client, other, runner = clients
    server.play(repeat=Say(["Hel", *"lo....", " "], between=0.05))
    guarded = guarded_openai(client, POLICY)
    with guarded.chat.completions.create(model="m", messages=HI, stream=True) as stream:
        assert next(stream).choices
    assert settled(server)

    async def awaited() -> None:
        guarded = guarded_openai(other, POLICY)
        create = guarded.chat.completions.create
        async with await create(model="m", messages=HI, stream=True) as stream:
            assert (await anext(stream)).choices

    server.play(repeat=Say(["Hel", *"lo....", " "], between=0.05))
    runner.run(awaited())
    assert settled(server)


def test_a_closed_stream_gives_no_more(server: ScriptedServer, clients: Clients) -> None:
    server.play(["Hel", "lo."])
    stream = guarded_openai(clients[0], POLICY).chat.completions.create(
        model="m", messages=HI, stream=True
    )
    stream.close()
    assert list(stream) == []


def test_a_refusal_closes_that_of_the_sdk(server: ScriptedServer, read: Read) -> None:
    server.play(Say(["bomb", *" and so on"], between=0.05))
    with pytest.raises(Refused):
        read(CREATE, messages=HI)
    assert settled(server)


def test_the_http_response_is_not_shown(server: ScriptedServer, clients: Clients) -> None:
    server.play(["say hush"])
    stream = guarded_openai(clients[0], POLICY).chat.completions.create(
        model="m", messages=HI, stream=True
    )
    with pytest.raises(AttributeError):
        _ = stream.response.text
    assert "".join(texts(list(stream))) == "say ████"


# -- responses


def test_events_of_a_response_are_made_of_what_is_safe(server: ScriptedServer, read: Read) -> None:
    call = ToolCall("pay", {"amount": 7}, "c1")
    server.play(Say(["say ", "hu", "sh"], calls=(call,), thinking="hush"))
    events = read(RESPOND, input="Hi.", tools=[{"type": "function", "name": "pay"}])
    assert "".join(deltas(events)) == "say ████"
    assert not any("hush" in each.model_dump_json(warnings=False) for each in events)
    assert [each.sequence_number for each in events] == list(range(len(events)))
    assert [each.type for each in (events[0], events[-1])] == [
        "response.created",
        "response.completed",
    ]
    whole = events[-1].response
    assert whole.output_text == "say ████"
    assert [each.type for each in whole.output] == ["message", "function_call"]
    assert json.loads(whole.output[1].arguments) == {"amount": 7}
    assert whole.usage.total_tokens == 15


def test_a_response_without_text_is_streamed(server: ScriptedServer, read: Read) -> None:
    server.play(Say(calls=(ToolCall("pay", {"amount": 7}, "c1"),)))
    events = read(RESPOND, input="Hi.", tools=[{"type": "function", "name": "pay"}])
    done = [each for each in events if each.type == "response.function_call_arguments.done"]
    assert [json.loads(each.arguments) for each in done] == [{"amount": 7}]


def test_a_refused_response_raises_after_what_was_shown(server: ScriptedServer, read: Read) -> None:
    server.play(["a safe begin, ", "then a ", "bomb"])
    shown: list[Any] = []
    with pytest.raises(Refused):
        read(RESPOND, input="Hi.", into=shown)
    assert "".join(deltas(shown)).startswith("a safe begin")
    assert shown[-1].type == "response.output_text.delta"


def test_a_refusal_of_the_model_in_a_response_stays_one(server: ScriptedServer, read: Read) -> None:
    server.play(Say(refusal="I can't, hush."))
    events = read(RESPOND, input="Hi.")
    said = [each.delta for each in events if each.type == "response.refusal.delta"]
    assert "".join(said) == "I can't, ████."
    (part,) = events[-1].response.output[0].content
    assert (part.type, part.refusal) == ("refusal", "I can't, ████.")


def test_events_may_begin_without_a_response(server: ScriptedServer, read: Read) -> None:
    part = {"type": "output_text", "text": "Hello.", "annotations": []}
    item = {"type": "message", "id": "m", "role": "assistant", "content": [part]}
    whole = {"id": "r", "object": "response", "model": "m", "output": [item], "status": "completed"}
    events = [
        {"type": "response.output_text.delta", "delta": "Hello."},
        {"type": "response.completed", "response": whole},
    ]
    kind = (("content-type", "text/event-stream"),)
    server.play(Raw([f"data: {json.dumps(each)}\n\n".encode() for each in events], headers=kind))
    shown = read(RESPOND, input="Hi.")
    assert "".join(deltas(shown)) == shown[-1].response.output_text == "Hello."


@pytest.mark.parametrize("after", [2, 3.5])
def test_a_cut_response_is_an_error(server: ScriptedServer, read: Read, after: float) -> None:
    server.play(Cut(["Hel", "lo."], after=after, clean=True))
    with pytest.raises(ReplyError, match="broke off"):
        read(RESPOND, input="Hi.")


# -- the stream helpers


class Refund(BaseModel):
    order: str
    amount: float


def test_the_helper_for_completions_works_on_what_is_safe(
    server: ScriptedServer, follow: Follow
) -> None:
    server.play(Say(["say ", "hush"], calls=(ToolCall("pay", {"amount": 7}, "c1"),)))
    events, final = follow(
        "chat.completions.stream", "get_final_completion", messages=HI, tools=[PAY]
    )
    message = final.choices[0].message
    assert message.content == "say ████"
    assert json.loads(message.tool_calls[0].function.arguments) == {"amount": 7}
    kinds = [each.type for each in events]
    assert {"content.delta", "content.done", "tool_calls.function.arguments.done"} <= {*kinds}
    assert "hush" not in repr(events)


def test_the_tools_of_a_helper_may_be_an_iterator(server: ScriptedServer, follow: Follow) -> None:
    server.play("Hello.")
    follow("chat.completions.stream", "get_final_completion", messages=HI, tools=iter([PAY]))
    assert server.asked[0].body["tools"] == [PAY]


def test_the_helper_parses_what_is_safe(server: ScriptedServer, follow: Follow) -> None:
    server.play(['{"order": "hush', ' 17", ', '"amount": 7.5}'])
    _, final = follow(
        "chat.completions.stream", "get_final_completion", messages=HI, response_format=Refund
    )
    assert final.choices[0].message.parsed == Refund(order="████ 17", amount=7.5)


def test_the_helper_for_responses_works_on_what_is_safe(
    server: ScriptedServer, follow: Follow
) -> None:
    server.play(['{"order": "hush', ' 17", ', '"amount": 7.5}'])
    events, final = follow(
        "responses.stream", "get_final_response", input="Hi.", text_format=Refund
    )
    assert final.output_parsed == Refund(order="████ 17", amount=7.5)
    assert events[-1].type == "response.completed"
    assert "hush" not in repr(events)


def test_a_helper_raises_a_refusal(server: ScriptedServer, follow: Follow) -> None:
    server.play(repeat=["a safe begin, ", "a bomb"])
    with pytest.raises(Refused):
        follow("chat.completions.stream", "get_final_completion", messages=HI)
    with pytest.raises(Refused):
        follow("responses.stream", "get_final_response", input="Hi.")


def test_whoever_leaves_a_helper_closes_the_stream(
    server: ScriptedServer, clients: Clients
) -> None:
    server.play(Say(["Hel", *"lo....", " "], between=0.05))
    guarded = guarded_openai(clients[0], POLICY)
    with guarded.chat.completions.stream(model="m", messages=HI) as stream:
        next(stream)
    assert settled(server)


def test_a_helper_gives_a_stream_of_ours_where_outcomes_are_wanted(
    server: ScriptedServer, clients: Clients
) -> None:
    server.play(["Hel", "lo."])
    guarded: Any = guarded_openai(clients[0], POLICY, outcomes=True)
    with guarded.chat.completions.stream(model="m", messages=HI) as stream:
        assert "".join(stream) == "Hello."
    assert isinstance(stream.outcome, Accepted)


def test_the_usage_of_a_stream_without_text_is_counted(server: ScriptedServer, read: Read) -> None:
    body = {"id": "x", "object": "chat.completion.chunk", "created": 1, "model": "m"}
    call = {"index": 0, "id": "c", "type": "function", "function": {"name": "p", "arguments": "{}"}}
    choice = {"index": 0, "delta": {"tool_calls": [call]}, "finish_reason": "tool_calls"}
    usage = {"prompt_tokens": 3, "completion_tokens": 2, "total_tokens": 5}
    events = [{**body, "choices": [choice]}, {**body, "choices": [], "usage": usage}]
    lines = [f"data: {json.dumps(each)}\n\n".encode() for each in events]
    server.play(
        Raw([*lines, b"data: [DONE]\n\n"], headers=(("content-type", "text/event-stream"),))
    )
    *_, outcome = read(CREATE, messages=HI, tools=[PAY], outcomes=True)
    assert outcome.record.spent == Usage(3, 2)
