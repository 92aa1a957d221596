"""Streams of a guarded client of instructor: one value that grows, or a list of them."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterable, Iterator
from typing import Any, assert_type

import pytest

pytest.importorskip("instructor", reason="the instructor extra is not installed")

import httpx2
import instructor
import openai
from instructor import Mode
from instructor.core import Hooks, IncompleteOutputException
from instructor.core.exceptions import ConfigurationError
from openai.types.chat import ChatCompletionChunk
from pydantic import BaseModel

from guardrails_lib import (
    Abstained,
    Accepted,
    AsyncStream,
    Blocked,
    Budget,
    Finding,
    Outcome,
    Policy,
    Stream,
    Usage,
    block,
    check,
    escalate,
    redact,
)
from guardrails_lib.checks import containing, matching
from guardrails_lib.models.instructor import AsyncGuardedInstructor, GuardedInstructor, guarded

NO_KEY = "none"


class Refund(BaseModel):
    order: str
    amount: float


ASK = [{"role": "user", "content": "My order is 1234."}]
GOOD = '{"order": "number 1234, please", "amount": 12.5}'
MANY = f'{{"tasks": [{GOOD}, {GOOD}]}}'
REFUND = Refund(order="number 1234, please", amount=12.5)
DIGITS = matching(r"\b\d{4}\b")
MODES = [Mode.TOOLS, Mode.TOOLS_STRICT, Mode.JSON_SCHEMA, Mode.MD_JSON]


def chunk(
    text: str | None = None,
    arguments: str | None = None,
    finish: str | None = None,
    tokens: int = 0,
) -> ChatCompletionChunk:
    delta: dict[str, Any] = {"content": text}
    if arguments is not None:
        delta["tool_calls"] = [{"index": 0, "function": {"arguments": arguments}}]
    choices = [{"index": 0, "delta": delta, "finish_reason": finish}]
    usage = {"prompt_tokens": tokens, "completion_tokens": tokens, "total_tokens": 2 * tokens}
    return ChatCompletionChunk.model_validate(
        {
            "id": "c1",
            "object": "chat.completion.chunk",
            "created": 0,
            "model": "m",
            "choices": [] if tokens else choices,
            "usage": usage if tokens else None,
        }
    )


class Script:
    """A model's ``create`` that streams one text each time, in pieces of five characters."""

    def __init__(self, mode: Mode, *texts: str, finish: str = "stop") -> None:
        self.sent: list[dict[str, Any]] = []
        self.read = 0
        self.closed = 0
        self._mode = mode
        self._texts = list(texts)
        self._finish = finish

    def __call__(self, **request: Any) -> Iterator[ChatCompletionChunk]:
        self.sent.append(json.loads(json.dumps(request, default=str)))
        return self._chunks(self._texts.pop(0))

    async def acall(self, **request: Any) -> AsyncIterator[ChatCompletionChunk]:
        chunks = self(**request)

        async def all_of_them() -> AsyncIterator[ChatCompletionChunk]:
            try:
                for each in chunks:
                    await asyncio.sleep(0)
                    yield each
            finally:
                chunks.close()  # type: ignore[attr-defined]  # it is a generator

        return all_of_them()

    def _chunks(self, text: str) -> Iterator[ChatCompletionChunk]:
        try:
            if self._mode is Mode.MD_JSON:
                text = f"Here it is:\n```json\n{text}\n```\n"
            for at in range(0, len(text), 5):
                self.read += 1
                piece = text[at : at + 5]
                tools = self._mode in {Mode.TOOLS, Mode.TOOLS_STRICT}
                yield chunk(arguments=piece) if tools else chunk(piece)
            yield chunk(finish=self._finish)
            yield chunk(tokens=7)
        finally:
            self.closed += 1


def under(policy: Policy, script: Script, mode: Mode = Mode.TOOLS) -> GuardedInstructor:
    return guarded(instructor.from_litellm(script, mode=mode), policy)


def aunder(policy: Policy, script: Script, mode: Mode = Mode.TOOLS) -> AsyncGuardedInstructor:
    return guarded(instructor.from_litellm(script.acall, mode=mode, async_client=True), policy)


def shown(policy: Policy, text: str, **options: Any) -> tuple[list[Refund], Outcome[Refund]]:
    client = under(policy, Script(Mode.TOOLS, text))
    stream = client.create_partial(response_model=Refund, messages=ASK, model="m", **options)
    return list(stream.partials()), stream.outcome


@pytest.mark.filterwarnings("ignore:Mode.TOOLS_STRICT is deprecated")  # instructor says so, once
@pytest.mark.parametrize("mode", MODES)
def test_a_value_grows_in_each_mode(mode: Mode) -> None:
    stream = under(Policy(), Script(mode, GOOD), mode).create_partial(Refund, ASK, model="m")
    partials = list(stream.partials())
    assert partials[-1] == REFUND
    orders = [each.order for each in partials if hasattr(each, "order")]
    assert len(set(orders)) > 3
    assert all(REFUND.order.startswith(each) for each in orders)
    assert stream.outcome == Accepted(REFUND)
    assert stream.outcome.record.spent == Usage(7, 7)


@pytest.mark.filterwarnings("ignore:Mode.TOOLS_STRICT is deprecated")  # as above
@pytest.mark.parametrize("mode", MODES)
def test_a_value_grows_in_each_mode_when_awaited(mode: Mode) -> None:
    async def run() -> tuple[list[Refund], Outcome[Refund]]:
        client = aunder(Policy(), Script(mode, GOOD), mode)
        async with client.create_partial(Refund, ASK, model="m") as stream:
            return [each async for each in stream.partials()], stream.outcome

    partials, outcome = asyncio.run(run())
    assert len(partials) > 3
    assert partials[-1] == REFUND
    assert outcome == Accepted(REFUND)


@pytest.mark.filterwarnings("ignore:Mode.TOOLS_STRICT is deprecated")  # as above
@pytest.mark.parametrize("mode", MODES)
def test_a_list_grows_in_each_mode(mode: Mode) -> None:
    stream = under(Policy(), Script(mode, MANY), mode).create_iterable(Refund, ASK, model="m")
    partials = list(stream.partials())
    assert {len(each) for each in partials} >= {1, 2}
    assert partials[-1] == [REFUND, REFUND]
    assert stream.outcome == Accepted([REFUND, REFUND])


@pytest.mark.filterwarnings("ignore:Mode.TOOLS_STRICT is deprecated")  # as above
@pytest.mark.parametrize("mode", MODES)
def test_a_list_grows_in_each_mode_when_awaited(mode: Mode) -> None:
    async def run() -> tuple[list[list[Refund]], Outcome[list[Refund]]]:
        client = aunder(Policy(), Script(mode, MANY), mode)
        async with client.chat.completions.create_iterable(Refund, ASK, model="m") as stream:
            return [each async for each in stream.partials()], stream.outcome

    partials, outcome = asyncio.run(run())
    assert {len(each) for each in partials} >= {1, 2}
    assert outcome == Accepted([REFUND, REFUND])


def test_the_static_type_is_that_of_the_stream() -> None:
    client = under(Policy(), Script(Mode.TOOLS))
    assert_type(client.create_partial(Refund, ASK), Stream[Refund])
    assert_type(client.create_iterable(Refund, ASK), Stream[list[Refund]])
    other = aunder(Policy(), Script(Mode.TOOLS))
    assert_type(other.create_partial(Refund, ASK), AsyncStream[Refund])
    assert_type(other.create_iterable(Refund, ASK), AsyncStream[list[Refund]])


def test_nothing_is_shown_that_a_rule_redacts() -> None:
    """Instructor's partials show a text before anything has looked at it."""
    partials, outcome = shown(Policy(output=(redact(DIGITS),)), GOOD)
    assert not any("12" in getattr(each, "order", "") for each in partials)
    assert outcome.unwrap().order == "number ████, please"


def test_a_stream_is_read_no_further_than_a_block() -> None:
    script = Script(Mode.TOOLS, f'{{"order": "acquire them", "amount": {"1" * 500}}}')
    client = under(Policy(output=(block(containing("acquire")),)), script)
    stream = client.create_partial(response_model=Refund, messages=ASK, model="m")
    assert all("acquire" not in getattr(each, "order", "") for each in stream.partials())
    assert isinstance(stream.outcome, Blocked)
    assert script.read < 10
    assert script.closed == 1


def test_a_stream_is_read_no_further_than_it_fits() -> None:
    script = Script(Mode.TOOLS, f'{{"order": 7, "note": "{"x" * 500}"}}')
    client = under(Policy(budget=Budget(attempts=1)), script)
    stream = client.create_partial(response_model=Refund, messages=ASK, model="m")
    list(stream.partials())
    assert isinstance(stream.outcome, Abstained)
    assert script.read < 10


def test_whoever_reads_no_more_closes_the_stream() -> None:
    script = Script(Mode.TOOLS, GOOD)
    with under(Policy(), script).create_partial(Refund, ASK, model="m") as stream:
        next(iter(stream.partials()))
    assert script.closed == 1
    assert isinstance(stream.outcome, Abstained)


def test_whoever_awaits_no_more_closes_the_stream() -> None:
    async def run(script: Script) -> None:
        async with aunder(Policy(), script).create_partial(Refund, ASK, model="m") as stream:
            async for _ in stream.partials():
                break

    script = Script(Mode.TOOLS, GOOD)
    asyncio.run(run(script))
    assert script.closed == 1


@check
def over_limit(refund: Refund, *, limit: float) -> Iterator[Finding]:
    """A refund larger than a clerk may grant."""
    if refund.amount > limit:
        yield Finding("it is over the limit")


def test_validators_look_at_the_whole_value() -> None:
    _, outcome = shown(Policy(validators=(escalate(over_limit(limit=10.0)),)), GOOD)
    assert outcome.findings[0].check == "over_limit"


def test_the_model_does_not_see_what_is_redacted() -> None:
    script = Script(Mode.TOOLS, GOOD)
    stream = under(Policy(input=(redact(DIGITS),)), script).create_partial(Refund, ASK, model="m")
    list(stream.partials())
    assert "1234" not in json.dumps(script.sent)


def test_a_template_in_a_message_arrives_as_it_was_written() -> None:
    script = Script(Mode.TOOLS, GOOD)
    chat = [{"role": "user", "content": "{{ 7*7 }} {{secret}}"}]
    list(under(Policy(), script).create_partial(Refund, chat, model="m"))
    assert script.sent[0]["messages"] == chat


def test_the_request_is_shaped_by_instructor() -> None:
    script = Script(Mode.TOOLS, GOOD)
    list(under(Policy(), script).create_partial(Refund, ASK, model="m", temperature=0))
    sent = script.sent[0]
    assert [each["function"]["name"] for each in sent["tools"]] == ["Refund"]
    assert (sent["stream"], sent["model"], sent["temperature"]) == (True, "m", 0)


def test_what_was_not_shown_may_be_asked_for_again() -> None:
    script = Script(Mode.TOOLS, "[]", GOOD)
    stream = under(Policy(), script).create_partial(Refund, ASK, model="m", max_retries=1)
    assert list(stream)
    assert stream.outcome.unwrap() == REFUND
    assert stream.outcome.record.attempts == 2


def test_max_retries_is_how_often_to_ask_again() -> None:
    script = Script(Mode.TOOLS, *["[]"] * 5)
    stream = under(Policy(), script).create_partial(Refund, ASK, model="m", max_retries=2)
    assert list(stream) == []
    assert stream.outcome.record.attempts == 3


@pytest.mark.parametrize("text", [GOOD, GOOD[:20]])
def test_a_stream_that_was_cut_off_is_not_accepted(text: str) -> None:
    script = Script(Mode.TOOLS, text, finish="length")
    stream = under(Policy(), script).create_partial(Refund, ASK, model="m")
    with pytest.raises(IncompleteOutputException):
        list(stream.partials())
    assert isinstance(stream.outcome, Abstained)


def test_prose_in_place_of_a_list_is_no_answer() -> None:
    script = Script(Mode.JSON_SCHEMA, "I cannot do that.", "No.")
    client = under(Policy(), script, Mode.JSON_SCHEMA)
    stream = client.create_iterable(response_model=Refund, messages=ASK, model="m")
    assert list(stream.partials()) == []
    assert isinstance(stream.outcome, Abstained)
    assert script.sent[1]["messages"][1]["content"] == "I cannot do that."


def test_an_error_comes_out_as_it_is() -> None:
    def fail(**_: object) -> object:
        raise ConnectionError("gone")

    stream = guarded(instructor.from_litellm(fail), Policy()).create_partial(Refund, ASK)
    with pytest.raises(ConnectionError, match="gone"):
        list(stream)


def test_hooks_see_the_request() -> None:
    heard: list[str] = []
    of_client, of_call = Hooks(), Hooks()
    of_client.on("completion:kwargs", lambda **request: heard.append(request["model"]))
    of_call.on("completion:kwargs", lambda **request: heard.append(request["model"]))
    client = instructor.from_litellm(Script(Mode.TOOLS, GOOD), hooks=of_client)
    list(guarded(client, Policy()).create_partial(Refund, ASK, model="m", hooks=of_call))
    assert heard == ["m", "m"]


def test_parallel_tools_cannot_be_streamed() -> None:
    client = under(Policy(), Script(Mode.TOOLS), Mode.PARALLEL_TOOLS)
    with pytest.raises(ConfigurationError, match="not supported when using PARALLEL_TOOLS"):
        list(client.create_iterable(response_model=Refund, messages=ASK))


@pytest.mark.parametrize("asked", [int, list[Refund], Iterable[Refund]], ids=str)
def test_what_is_streamed_is_a_model(asked: Any) -> None:
    with pytest.raises(TypeError, match="what is streamed is a pydantic model"):
        under(Policy(), Script(Mode.TOOLS)).create_partial(response_model=asked, messages=ASK)


def test_a_patched_create_cannot_be_streamed() -> None:
    create: Any = instructor.patch(create=Script(Mode.TOOLS))
    with pytest.raises(TypeError, match=r"guard a client: from_litellm\(...\) makes one"):
        guarded(create, Policy()).create_partial(response_model=Refund, messages=ASK)


def _events(*chunks: ChatCompletionChunk) -> httpx2.Response:
    lines = [f"data: {each.model_dump_json()}\n\n" for each in chunks]
    headers = {"content-type": "text/event-stream"}
    return httpx2.Response(200, headers=headers, text="".join([*lines, "data: [DONE]\n\n"]))


CHUNKS = [chunk(arguments=GOOD[:20]), chunk(arguments=GOOD[20:]), chunk(tokens=7)]


def test_a_client_of_openai_is_streamed() -> None:
    http = httpx2.Client(transport=httpx2.MockTransport(lambda _: _events(*CHUNKS)))
    with openai.OpenAI(api_key=NO_KEY, base_url="http://model.test", http_client=http) as sdk:
        client = guarded(instructor.from_openai(sdk), Policy())
        stream = client.create_partial(response_model=Refund, messages=ASK, model="m")
        assert [*stream.partials()][-1] == REFUND
    assert stream.outcome.record.spent == Usage(7, 7)


def test_an_async_client_of_openai_is_streamed() -> None:
    async def run() -> Outcome[Refund]:
        http = httpx2.AsyncClient(transport=httpx2.MockTransport(lambda _: _events(*CHUNKS)))
        async with openai.AsyncOpenAI(
            api_key=NO_KEY, base_url="http://model.test", http_client=http
        ) as sdk:
            client = guarded(instructor.from_openai(sdk), Policy())
            async with client.create_partial(Refund, ASK, model="m") as stream:
                assert [each async for each in stream.partials()][-1] == REFUND
            return stream.outcome

    assert asyncio.run(run()) == Accepted(REFUND)
