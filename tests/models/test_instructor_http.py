"""instructor over a real client of OpenAI: guarded above it, and guarded below it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from typing import Any

import pytest

pytest.importorskip("instructor", reason="the instructor extra is not installed")
pytest.importorskip("uvicorn", reason="the testing extra is not installed")

import instructor
import openai
from openai import AsyncOpenAI, OpenAI
from pydantic import BaseModel

from guardrails_lib import (
    Accepted,
    Budget,
    Finding,
    Policy,
    Refused,
    ToolCall,
    Usage,
    abstain,
    block,
    check,
    redact,
    retry,
)
from guardrails_lib.checks import matching
from guardrails_lib.models.instructor import guarded as guarded_instructor
from guardrails_lib.models.openai_client import guarded_openai
from guardrails_lib.testing.server import Fail, Say, ScriptedServer


class Refund(BaseModel):
    order: str
    amount: float


def held(refund: Any) -> tuple[str, float]:
    """What is in a refund: instructor makes it of a class of its own."""
    return refund.order, refund.amount


@check
def dear(refund: Refund) -> Iterator[Finding]:
    """A refund that costs much."""
    if refund.amount > 100:
        yield Finding("it is dear")


PIN = redact(matching(r"\b\d{4}\b"), restore=True)
HI: list[Any] = [{"role": "user", "content": "My pin is 1234."}]


def refund(order: str, amount: float, name: str = "Refund") -> Say:
    return Say(calls=(ToolCall(name, {"order": order, "amount": amount}, "c1"),))


@pytest.fixture(scope="module")
def server() -> Iterator[ScriptedServer]:
    with ScriptedServer() as made:
        yield made


@pytest.fixture(scope="module")
def client(server: ScriptedServer) -> Iterator[OpenAI]:
    with OpenAI(base_url=f"{server.url}/v1", api_key=server.key, max_retries=0) as made:
        yield made


# -- guarded above instructor


def test_instructor_is_guarded_over_http(server: ScriptedServer, client: OpenAI) -> None:
    server.play(refund("1234", 700.0), refund("1234", 7.0))
    policy = Policy(input=(PIN,), validators=(retry(dear()),), budget=Budget(attempts=2))
    above = guarded_instructor(instructor.from_openai(client), policy)
    outcome = above.create(Refund, HI, model="m")
    assert held(outcome.unwrap()) == ("1234", 7.0)
    assert "1234" not in server.asked[0].text
    assert outcome.record.spent == Usage(20, 10)


def test_instructor_streams_over_http(server: ScriptedServer, client: OpenAI) -> None:
    server.play(refund("A17", 7.5))
    above = guarded_instructor(
        instructor.from_openai(client), Policy(validators=(abstain(dear()),))
    )
    stream = above.create_partial(Refund, HI, model="m")
    assert held(list(stream.partials())[-1]) == ("A17", 7.5)
    assert isinstance(stream.outcome, Accepted)


def test_instructor_is_guarded_over_http_async(server: ScriptedServer) -> None:
    async def ask() -> Any:
        options: dict[str, Any] = {"base_url": f"{server.url}/v1", "api_key": ScriptedServer.key}
        async with AsyncOpenAI(**options, max_retries=0) as client:
            above = guarded_instructor(instructor.from_openai(client), Policy(input=(PIN,)))
            return await above.create(Refund, HI, model="m")

    server.play(refund("A17", 7.0))
    assert held(asyncio.run(ask()).unwrap()) == ("A17", 7.0)
    assert "1234" not in server.asked[0].text


def test_errors_of_the_sdk_pass_through_instructor(server: ScriptedServer, client: OpenAI) -> None:
    server.play(Fail(429))
    above = guarded_instructor(instructor.from_openai(client), Policy())
    with pytest.raises(openai.RateLimitError):
        above.create(Refund, HI, model="m")


# -- guarded below it


@check
def dear_call(call: ToolCall) -> Iterator[Finding]:
    """A call that costs much."""
    if not isinstance(call.arguments, str) and call.arguments.get("amount") == 700.0:
        yield Finding("it is dear")


def test_instructor_asks_a_guarded_client(server: ScriptedServer, client: OpenAI) -> None:
    def echo(asked: Any) -> Say:
        return refund(asked.body["messages"][-1]["content"], 7.0)

    server.play(echo, refund("A17", 700.0))
    policy = Policy(input=(PIN,), tools=(block(dear_call()),))
    create: Any = guarded_openai(client, policy).chat.completions.create
    below: Any = instructor.patch(create=create)
    made = below(response_model=Refund, messages=HI, model="m")
    assert held(made) == ("My pin is 1234.", 7.0)
    assert "1234" not in server.asked[0].text
    with pytest.raises((Refused, instructor.core.InstructorRetryException)) as told:
        below(response_model=Refund, messages=HI, model="m", max_retries=0)
    assert isinstance(told.value, Refused) or isinstance(told.value.__cause__, Refused)


def test_instructor_asks_a_guarded_async_client(server: ScriptedServer) -> None:
    async def ask() -> Any:
        options: dict[str, Any] = {"base_url": f"{server.url}/v1", "api_key": ScriptedServer.key}
        async with AsyncOpenAI(**options, max_retries=0) as client:
            create: Any = guarded_openai(client, Policy(input=(PIN,))).chat.completions.create
            below: Any = instructor.patch(create=create)
            return await below(response_model=Refund, messages=HI, model="m")

    server.play(Say(json.dumps({"order": "x", "amount": 7})), refund("A17", 7.0))
    assert held(asyncio.run(ask())) == ("A17", 7.0)
