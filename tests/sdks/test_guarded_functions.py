"""Guarded functions that return what an SDK gives, as it is: in four shapes, over real HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any, NamedTuple

import pytest

pytest.importorskip("google.genai", reason="the google extra is not installed")
pytest.importorskip("mistralai.client", reason="the mistral extra is not installed")
pytest.importorskip("langchain_core", reason="the langchain extra is not installed")
pytest.importorskip("uvicorn", reason="the testing extra is not installed")

import httpx
from google import genai
from google.genai import types
from langchain_core.language_models import GenericFakeChatModel
from langchain_core.messages import AIMessage
from mistralai.client import Mistral

from guardrails_lib import (
    Accepted,
    Blocked,
    Policy,
    ToolCall,
    Usage,
    block,
    check,
    guard,
    redact,
)
from guardrails_lib._errors import ReplyError
from guardrails_lib.checks import matching
from guardrails_lib.testing.server import Cut, Fail, Say, ScriptedServer, Turn

HIDING = Policy(output=(redact(matching("S3CRET")),))
SAID = Say(["It is S3", "CRET."], usage=Usage(10, 5))
CALL = ToolCall("pay", {"amount": 7}, "call-1")
HI: list[Any] = [{"role": "user", "content": "Hi"}]


class Sdk(NamedTuple):
    """How an SDK is asked in each of four shapes."""

    name: str
    whole: Callable[[str], Any]
    streamed: Callable[[str], Iterator[Any]]
    awhole: Callable[[str], Any]
    astreamed: Callable[[str], AsyncIterator[Any]]


def gemini(url: str, **more: Any) -> genai.Client:
    options = types.HttpOptions(base_url=url, api_version="v1", **more)
    return genai.Client(api_key=ScriptedServer.key, http_options=options)


GOOGLE_ASKED: dict[str, Any] = {"model": "gemini-3", "contents": "Hi"}
MISTRAL_ASKED: dict[str, Any] = {"model": "mistral-small", "messages": HI}


def google_whole(url: str) -> Any:
    with gemini(url) as client:
        return client.models.generate_content(**GOOGLE_ASKED)


def google_streamed(url: str) -> Iterator[Any]:
    with gemini(url) as client:
        yield from client.models.generate_content_stream(**GOOGLE_ASKED)


async def google_awhole(url: str) -> Any:
    async with httpx.AsyncClient() as plain:
        models = gemini(url, httpx_async_client=plain).aio.models
        return await models.generate_content(**GOOGLE_ASKED)


async def google_astreamed(url: str) -> AsyncIterator[Any]:
    async with httpx.AsyncClient() as plain:
        models = gemini(url, httpx_async_client=plain).aio.models
        async for chunk in await models.generate_content_stream(**GOOGLE_ASKED):
            yield chunk


def mistral_whole(url: str) -> Any:
    with Mistral(api_key=ScriptedServer.key, server_url=url) as client:
        return client.chat.complete(**MISTRAL_ASKED)


def mistral_streamed(url: str) -> Iterator[Any]:
    with (
        Mistral(api_key=ScriptedServer.key, server_url=url) as client,
        client.chat.stream(**MISTRAL_ASKED) as stream,
    ):
        yield from stream


async def mistral_awhole(url: str) -> Any:
    async with Mistral(api_key=ScriptedServer.key, server_url=url) as client:
        return await client.chat.complete_async(**MISTRAL_ASKED)


async def mistral_astreamed(url: str) -> AsyncIterator[Any]:
    async with (
        Mistral(api_key=ScriptedServer.key, server_url=url) as client,
        await client.chat.stream_async(**MISTRAL_ASKED) as stream,
    ):
        async for event in stream:
            yield event


GOOGLE = Sdk("google", google_whole, google_streamed, google_awhole, google_astreamed)
MISTRAL = Sdk("mistral", mistral_whole, mistral_streamed, mistral_awhole, mistral_astreamed)
SDKS = pytest.mark.parametrize("sdk", [GOOGLE, MISTRAL], ids=lambda sdk: sdk.name)


def guarded(policy: Policy, asked: Callable[[str], Any]) -> Any:
    return guard(policy)(asked)


def outcome_of(policy: Policy, sdk: Sdk, turn: Turn) -> Any:
    with ScriptedServer(turn) as server:
        return guarded(policy, sdk.whole)(server.url)


@SDKS
def test_a_response_is_guarded(sdk: Sdk) -> None:
    outcome = outcome_of(HIDING, sdk, SAID)
    assert isinstance(outcome, Accepted)
    assert "S3CRET" not in outcome.value
    assert outcome.value.startswith("It is ")
    assert outcome.record.spent == Usage(10, 5)


@SDKS
def test_a_stream_is_guarded(sdk: Sdk) -> None:
    with ScriptedServer(SAID) as server:
        stream = guarded(HIDING, sdk.streamed)(server.url)
        shown = "".join(stream)
    assert shown.startswith("It is ")
    assert "S3CRET" not in shown
    assert isinstance(stream.outcome, Accepted)


@SDKS
def test_an_awaited_response_is_guarded(sdk: Sdk) -> None:
    with ScriptedServer(SAID) as server:
        outcome = asyncio.run(guarded(HIDING, sdk.awhole)(server.url))
    assert isinstance(outcome, Accepted)
    assert "S3CRET" not in outcome.value


@SDKS
def test_an_async_stream_is_guarded(sdk: Sdk) -> None:
    async def shown(url: str) -> str:
        stream = guarded(HIDING, sdk.astreamed)(url)
        return "".join([text async for text in stream])

    with ScriptedServer(SAID) as server:
        text = asyncio.run(shown(server.url))
    assert text.startswith("It is ")
    assert "S3CRET" not in text


@check
def payment(call: ToolCall) -> Iterator[Any]:
    """A call that pays."""
    if call.name == "pay":
        yield "it pays"


@SDKS
def test_calls_of_tools_go_through_the_rules_for_them(sdk: Sdk) -> None:
    said = Say("Paying.", calls=(CALL,))
    assert outcome_of(Policy(), sdk, said).tool_calls == (CALL,)
    assert isinstance(outcome_of(Policy(tools=(block(payment()),)), sdk, said), Blocked)


@SDKS
@pytest.mark.parametrize(("finish", "kind"), [("length", "cut_off"), ("filter", "filtered")])
def test_an_answer_that_is_cut_off_or_filtered_is_a_finding(
    sdk: Sdk, finish: str, kind: str
) -> None:
    if sdk is MISTRAL and finish == "filter":
        finish = "content_filter"
    outcome = outcome_of(Policy(), sdk, Say("Hel", finish=finish))
    assert [each.kind for each in outcome.findings] == [kind]


@SDKS
@pytest.mark.parametrize("fault", ["no choices", "null content"])
def test_what_cannot_be_read_is_an_error(sdk: Sdk, fault: Any) -> None:
    with pytest.raises(ReplyError):
        outcome_of(Policy(), sdk, Say("Hello.", fault=fault))


@SDKS
@pytest.mark.parametrize("turn", [Fail(500), Cut("Hello.")], ids=["500", "cut"])
def test_errors_are_the_sdks_own(sdk: Sdk, turn: Turn) -> None:
    with pytest.raises(Exception) as problem:  # noqa: PT011  # each SDK has its own
        outcome_of(Policy(), sdk, turn)
    assert type(problem.value).__module__.partition(".")[0] in {"google", "mistralai", "httpx"} | {
        "httpx2"
    }


def chatty() -> GenericFakeChatModel:
    return GenericFakeChatModel(messages=iter([AIMessage("It is S3CRET.")]))


def test_a_message_of_langchain_is_guarded() -> None:
    outcome = guarded(HIDING, lambda question: chatty().invoke(question))("Hi")
    assert isinstance(outcome, Accepted)
    assert "S3CRET" not in outcome.value


def test_a_stream_of_langchain_is_guarded() -> None:
    def answer(question: str) -> Iterator[Any]:
        yield from chatty().stream(question)

    assert "S3CRET" not in "".join(guarded(HIDING, answer)("Hi"))
