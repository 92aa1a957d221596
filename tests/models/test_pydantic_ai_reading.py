"""What the models of pydantic-ai give, and its agents."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Iterator
from typing import Any

import pytest

pytest.importorskip("pydantic_ai", reason="the pydantic-ai extra is not installed")

from pydantic import BaseModel
from pydantic_ai import (
    Agent,
    BinaryContent,
    DeferredToolRequests,
    FilePart,
    ModelRequest,
    ModelResponse,
    TextPart,
    ThinkingPart,
    ToolCallPart,
)
from pydantic_ai.direct import model_request, model_request_stream, model_request_stream_sync
from pydantic_ai.messages import ModelMessage, PartDeltaEvent, PartStartEvent
from pydantic_ai.models import Model
from pydantic_ai.models.function import AgentInfo, DeltaToolCall, DeltaToolCalls, FunctionModel
from pydantic_ai.models.test import TestModel as CannedModel
from pydantic_ai.usage import RequestUsage

from guardrails_lib import Reply, ToolCall, Usage
from guardrails_lib._errors import ReplyError
from guardrails_lib.models.pydantic_ai import Chunks, is_stream, reply_of

HI: list[ModelMessage] = [ModelRequest.user_text_prompt("Hi")]
CALL = ToolCall("pay", {"amount": 7}, "call-1")
SPENT = RequestUsage(input_tokens=10, output_tokens=5, cache_read_tokens=4, cache_write_tokens=1)


class Refund(BaseModel):
    order: str
    amount: float


def saying(*parts: Any, **more: Any) -> ModelResponse:
    return ModelResponse(list(parts), **more)


def streaming(*pieces: str | DeltaToolCalls) -> FunctionModel:
    async def stream(
        messages: list[ModelMessage], info: AgentInfo
    ) -> AsyncIterator[str | DeltaToolCalls]:
        for piece in pieces:
            yield piece

    return FunctionModel(stream_function=stream)


async def events(model: Model, *, whole: bool = False) -> list[Any]:
    async with model_request_stream(model, HI) as stream:
        assert is_stream(stream)
        came: list[Any] = [event async for event in stream]
        return [*came, stream.get()] if whole else came


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


def test_a_response_is_read_whole() -> None:
    answer = saying(
        ThinkingPart("They want it back."),
        TextPart("Hel"),
        TextPart("lo."),
        ToolCallPart("pay", '{"amount": 7}', "call-1"),
        usage=SPENT,
        model_name="small",
        finish_reason="stop",
    )
    assert reply_of(answer) == Reply(
        "Hello.",
        tool_calls=(CALL,),
        usage=Usage(10, 5, cache_read_tokens=4, cache_write_tokens=1),
        finish="tools",
        model="small",
    )


def test_a_model_that_is_asked_directly_gives_one() -> None:
    model = FunctionModel(lambda messages, info: saying(TextPart("Hello.")))
    assert reply_of(asyncio.run(model_request(model, HI))).text == "Hello."


def test_a_stream_is_read_event_by_event() -> None:
    came = read(asyncio.run(events(streaming("Hel", "lo."))))
    assert came == Reply("Hello.")


def test_the_response_at_its_end_says_what_it_cost() -> None:
    came = read(asyncio.run(events(streaming("Hel", "lo."), whole=True)))
    assert came.text == "Hello."
    assert came.usage.tokens > 0
    assert came.model.startswith("function:")


def test_calls_in_a_stream_are_whole_at_the_end() -> None:
    pieces = (
        {0: DeltaToolCall(name="pay", json_args='{"amou', tool_call_id="call-1")},
        {0: DeltaToolCall(json_args='nt": 7}')},
    )
    for whole in (False, True):
        came = read(asyncio.run(events(streaming(*pieces), whole=whole)))
        assert came.tool_calls == (CALL,)
        assert came.text == ""


@pytest.fixture
def loop() -> Iterator[None]:
    """The SDK takes the loop of the thread, or makes one that it does not close."""
    made = asyncio.new_event_loop()
    asyncio.set_event_loop(made)
    yield
    asyncio.set_event_loop(None)
    made.close()


@pytest.mark.usefixtures("loop")
def test_a_stream_without_await_gives_the_same() -> None:
    with model_request_stream_sync(streaming("Hel", "lo."), HI) as stream:
        assert is_stream(stream)
        assert read([*stream, stream.response]).text == "Hello."


def test_a_part_without_an_end_broke_off() -> None:
    came = asyncio.run(events(streaming("Hel", "lo.")))
    with pytest.raises(ReplyError, match="broke off"):
        read(came[:-1])


def test_a_part_that_begins_twice_cannot_be_read() -> None:
    start = PartStartEvent(index=0, part=TextPart("Hello."))
    with pytest.raises(ReplyError, match="twice"):
        read([start, start])


def test_a_response_that_says_something_else_than_its_stream_is_an_error() -> None:
    came = asyncio.run(events(streaming("Hel", "lo.")))
    with pytest.raises(ReplyError, match="something else"):
        read([*came, saying(TextPart("Goodbye."))])


def test_an_unknown_event_is_an_error_that_names_its_type() -> None:
    class Shimmer:
        event_kind = "shimmer"

    with pytest.raises(ReplyError, match="Shimmer is no event"):
        read([Shimmer()])


def test_text_grows_by_text_alone() -> None:
    start = PartStartEvent(index=0, part=TextPart(""))
    grown = PartDeltaEvent(index=0, delta={"part_delta_kind": "glow"})  # type: ignore[arg-type]  # it is unknown
    with pytest.raises(ReplyError, match="is no text"):
        read([start, grown])


def test_a_stream_without_events_holds_nothing() -> None:
    with pytest.raises(ReplyError, match="no text"):
        read([])


@pytest.mark.parametrize(
    ("reason", "finish"),
    [("stop", "stop"), ("length", "length"), ("content_filter", "filter"), (None, "")],
)
def test_why_it_ended_is_told(reason: Any, finish: str) -> None:
    assert reply_of(saying(TextPart("Hel"), finish_reason=reason)).finish == finish


def test_a_filter_may_leave_nothing() -> None:
    assert reply_of(saying(finish_reason="content_filter")) == Reply(finish="filter")


def test_a_response_that_holds_nothing_is_an_error() -> None:
    with pytest.raises(ReplyError, match="no text and calls no tool and ended with stop"):
        reply_of(saying(ThinkingPart("Hm."), finish_reason="stop"))


def test_a_response_that_ended_with_an_error_is_one() -> None:
    with pytest.raises(ReplyError, match="error"):
        reply_of(saying(TextPart("Hel"), finish_reason="error"))


@pytest.mark.parametrize("state", ["incomplete", "interrupted", "suspended"])
def test_a_response_that_is_not_complete_is_an_error(state: Any) -> None:
    with pytest.raises(ReplyError, match=state):
        reply_of(saying(TextPart("Hel"), state=state))


def test_a_file_cannot_be_read() -> None:
    picture = FilePart(BinaryContent(b"..", media_type="image/png"))
    with pytest.raises(ReplyError, match="FilePart"):
        reply_of(saying(TextPart("See:"), picture))


def test_a_request_is_no_response() -> None:
    with pytest.raises(ReplyError, match="ModelRequest is no ModelResponse"):
        reply_of(HI[0])


def test_arguments_that_are_not_json_stay_text() -> None:
    answer = saying(ToolCallPart("pay", '{"amount":', "call-1"))
    assert reply_of(answer).tool_calls == (ToolCall("pay", '{"amount":', "call-1"),)


def test_what_failed_before_counts() -> None:
    """Newer versions of pydantic-ai tell of it; a dict of such a response does here."""
    failed = {"usage": {"input_tokens": 100, "output_tokens": 50}}
    answer = {
        "kind": "response",
        "parts": [{"part_kind": "text", "content": "a"}],
        "usage": {"input_tokens": 10, "output_tokens": 5},
        "failed_attempts": [failed, {"usage": None}],
    }
    assert reply_of(answer) == Reply("a", usage=Usage(110, 55))


def test_a_run_of_an_agent_gives_its_output_and_what_all_of_it_cost() -> None:
    answers = iter(
        [
            saying(ToolCallPart("today", {}), usage=SPENT),
            saying(TextPart("It is Saturday."), usage=SPENT, finish_reason="stop"),
        ]
    )
    agent = Agent(FunctionModel(lambda messages, info: next(answers)))
    agent.tool_plain(today)
    came = reply_of(asyncio.run(agent.run("Which day is it?")))
    assert came.text == "It is Saturday."
    assert came.tool_calls == ()
    assert came.finish == "stop"
    assert came.usage.input_tokens == 20


def today() -> str:
    return "2026-11-21"


def test_a_typed_output_is_a_value_and_its_json() -> None:
    agent = Agent(
        CannedModel(custom_output_args={"order": "17", "amount": 9.5}), output_type=Refund
    )
    came = reply_of(asyncio.run(agent.run("I want my money back")))
    assert came.value == Refund(order="17", amount=9.5)
    assert came.text == '{"order":"17","amount":9.5}'


def test_calls_that_wait_for_approval_are_calls() -> None:
    agent = Agent(
        FunctionModel(lambda messages, info: saying(ToolCallPart("pay", {"amount": 7}, "call-1"))),
        output_type=[str, DeferredToolRequests],
    )
    agent.tool_plain(requires_approval=True)(pay)
    came = reply_of(asyncio.run(agent.run("Pay seven")))
    assert came.tool_calls == (CALL,)
    assert came.finish == "tools"


def pay(amount: int) -> str:
    raise AssertionError
