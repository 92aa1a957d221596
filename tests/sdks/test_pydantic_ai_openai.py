"""pydantic-ai over OpenAI's SDK and real HTTP, and guarded functions around it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

pytest.importorskip("pydantic_ai.models.openai", reason="pydantic-ai-slim[openai] is not there")
pytest.importorskip("uvicorn", reason="the testing extra is not installed")

from openai import AsyncOpenAI
from pydantic_ai import Agent, ModelRequest
from pydantic_ai.direct import model_request, model_request_stream
from pydantic_ai.exceptions import ModelHTTPError
from pydantic_ai.models.openai import OpenAIChatModel
from pydantic_ai.providers.openai import OpenAIProvider

from guardrails_lib import Accepted, Blocked, Policy, ToolCall, Usage, block, guard, redact
from guardrails_lib.checks import matching
from guardrails_lib.models.pydantic_ai import reply_of
from guardrails_lib.testing.server import Fail, Say, ScriptedServer

HIDING = Policy(output=(redact(matching("S3CRET")),))
CALL = ToolCall("pay", {"amount": 7}, "call-1")
HI: list[Any] = [ModelRequest.user_text_prompt("Hi")]


def model(client: AsyncOpenAI) -> OpenAIChatModel:
    return OpenAIChatModel("small", provider=OpenAIProvider(openai_client=client))


def client(server: ScriptedServer) -> AsyncOpenAI:
    return AsyncOpenAI(base_url=server.url + "/v1", api_key=server.key, max_retries=0)


def test_a_response_over_http_is_read() -> None:
    async def asked(server: ScriptedServer) -> Any:
        async with client(server) as openai:
            return await model_request(model(openai), HI)

    said = Say("Hello.", calls=(CALL,), usage=Usage(10, 5))
    with ScriptedServer(said) as server:
        came = reply_of(asyncio.run(asked(server)))
    assert came.text == "Hello."
    assert came.tool_calls == (CALL,)
    assert came.usage == Usage(10, 5)
    assert came.finish == "tools"


def test_an_error_is_the_sdks_own() -> None:
    async def asked(server: ScriptedServer) -> Any:
        async with client(server) as openai:
            return await model_request(model(openai), HI)

    with ScriptedServer(Fail(500)) as server, pytest.raises(ModelHTTPError):
        asyncio.run(asked(server))


def test_a_guarded_function_returns_what_an_agent_gives() -> None:
    async def asked(server: ScriptedServer) -> Any:
        async with client(server) as openai:
            agent = Agent(model(openai))

            async def answer(question: str) -> Any:
                return await agent.run(question)

            guarded: Any = guard(HIDING)(answer)
            return await guarded("Hi")

    with ScriptedServer(Say("It is S3CRET.", usage=Usage(10, 5))) as server:
        outcome = asyncio.run(asked(server))
    assert isinstance(outcome, Accepted)
    assert "S3CRET" not in outcome.value
    assert outcome.record.spent.tokens == 15


@pytest.mark.parametrize(
    ("policy", "kind"),
    [(HIDING, Accepted), (Policy(output=(block(matching("S3CRET")),)), Blocked)],
)
def test_a_guarded_generator_yields_the_events_of_a_stream(policy: Policy, kind: type) -> None:
    async def asked(server: ScriptedServer) -> tuple[str, Any]:
        async with client(server) as openai:

            async def answer(question: str) -> AsyncIterator[Any]:
                async with model_request_stream(model(openai), HI) as stream:
                    async for event in stream:
                        yield event
                    yield stream.get()

            guarded: Any = guard(policy)(answer)
            stream = guarded("Hi")
            shown = "".join([text async for text in stream])
            return shown, stream.outcome

    with ScriptedServer(Say(["It is S3", "CRET."], usage=Usage(10, 5))) as server:
        shown, outcome = asyncio.run(asked(server))
    assert "S3CRET" not in shown
    assert isinstance(outcome, kind)
