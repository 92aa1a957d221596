"""What a guard adds to a call of OpenAI's SDK over HTTP.

The server is scripted and in a process of its own. It answers at once, so the bare call is
the SDK's work and a trip through the loopback; a real model takes a hundred times that. The
ways to call are measured in turn, call by call, and what is added is the median of the
differences: whatever else the machine does meets all of them alike.
"""

import asyncio
import gc
import itertools
import statistics
import time
from collections.abc import (
    AsyncIterable,
    AsyncIterator,
    Awaitable,
    Callable,
    Iterable,
    Iterator,
    Mapping,
)
from functools import partial
from typing import Any, TypeAlias, TypeVar

from openai import AsyncOpenAI, OpenAI
from openai.types.chat import ChatCompletion

from guardrails_lib import Policy, block, guard, redact
from guardrails_lib.checks import containing, longer_than, matching
from guardrails_lib.models import guarded
from guardrails_lib.testing.server import ScriptedServer

from .model_server import CHUNKS, MODEL, PACED
from .table import table
from .texts import prose

__all__ = ["POLICIES", "calls", "throughput"]

RULES = Policy(
    input=(
        block(containing(("ignore your instructions", "you are now"))),
        redact(matching(r"\b\d{4}(?: \d{4}){3}\b")),
        block(longer_than(limit=100_000)),
    ),
    output=(
        redact(matching(r"\b\d{4}(?: \d{4}){3}\b")),
        redact(matching(r"\b[a-z]{1,20}@[a-z]{1,20}\.[a-z]{2,6}\b")),
        redact(matching(r"\+\d{2}(?: ?\d){6,12}")),
    ),
)
POLICIES = {"no rules": Policy(), "six rules": RULES}
CALLS = 400
STREAMS = {"at once": (MODEL, 80), "2 ms a chunk": (PACED, 24)}
"""How fast the chunks of a stream come, of which model, and how often it is asked."""
TOGETHER = 200
ROUNDS = 9

Call: TypeAlias = Callable[[str], object]
Awaited: TypeAlias = Callable[[str], Awaitable[object]]
Way = TypeVar("Way")
Times: TypeAlias = Mapping[str, list[float]]


def calls(url: str) -> str:
    """One call after the other: bare, of a guarded client, and of a guarded function."""
    rows = []
    with OpenAI(base_url=url, api_key=ScriptedServer.key, max_retries=0) as client:
        rows += _rows("call", in_turn(_calls(client), CALLS), 0.05)
        for speed, (model, times) in STREAMS.items():
            rows += _rows(f"stream, {speed}", in_turn(_streams(client, model), times), 0.10)
    rows += asyncio.run(_awaited_rows(url))
    head = ["", "us", "over the bare one", "", "limit", ""]
    return table(f"A call of OpenAI's SDK; a stream has {CHUNKS} chunks, 1 KB in all", head, rows)


def throughput(url: str) -> str:
    """Many calls at once."""
    took = asyncio.run(_together(url))
    rows = []
    for name, seconds in took.items():
        rate = f"{TOGETHER / statistics.median(seconds):,.0f}"
        share = _middle(one / other for one, other in zip(took["bare"], seconds, strict=True))
        limited = [f"{share:.2f}", "0.90", "ok" if share >= 0.9 else "UNDER"]
        rows.append([name, rate, *(limited if name != "bare" else ["", "", ""])])
    head = ["", "calls a second", "of bare", "limit", ""]
    return table(f"{TOGETHER} calls at once, in one event loop", head, rows)


def in_turn(ways: Mapping[str, Call], times: int) -> Times:
    """Microseconds of each way to call, round by round."""
    took: dict[str, list[float]] = {name: [] for name in ways}
    for turn, name, way in _turns(ways, times):
        question = next(_QUESTIONS)
        began = time.perf_counter_ns()
        way(question)
        if turn >= 0:
            took[name].append((time.perf_counter_ns() - began) / 1e3)
    return took


async def awaited_in_turn(ways: Mapping[str, Awaited], times: int) -> Times:
    """`in_turn`, awaited."""
    took: dict[str, list[float]] = {name: [] for name in ways}
    for turn, name, way in _turns(ways, times):
        question = next(_QUESTIONS)
        began = time.perf_counter_ns()
        await way(question)
        if turn >= 0:
            took[name].append((time.perf_counter_ns() - began) / 1e3)
    return took


def _turns(ways: Mapping[str, Way], times: int) -> Iterator[tuple[int, str, Way]]:
    """Each way once in each round, every one of them first as often; rounds below 0 warm up."""
    order = list(ways.items())
    for turn in range(-5, times):
        order.append(order.pop(0))
        for name, way in order:
            yield turn, name, way
        if not turn % 20:
            gc.collect()


def _asked(question: str, model: str = MODEL, **more: Any) -> dict[str, Any]:
    told = {"role": "system", "content": "You are kind and short."}
    return {"model": model, "messages": [told, {"role": "user", "content": question}], **more}


def _messages(question: str) -> list[Any]:
    messages: list[Any] = _asked(question)["messages"]
    return messages


def _calls(client: OpenAI) -> dict[str, Call]:
    def ask(messages: list[Any]) -> ChatCompletion:
        return client.chat.completions.create(model=MODEL, messages=messages)

    def of(client: OpenAI, question: str) -> object:
        return client.chat.completions.create(**_asked(question))

    def by(function: Callable[[list[Any]], object], question: str) -> object:
        return function(_messages(question))

    return {
        "bare": partial(of, client),
        **{f"client, {n}": partial(of, guarded(client, p)) for n, p in POLICIES.items()},
        **{f"function, {n}": partial(by, guard(p)(ask)) for n, p in POLICIES.items()},
    }


def _streams(client: OpenAI, model: str) -> dict[str, Call]:
    def ask(messages: list[Any]) -> Iterator[Any]:
        yield from client.chat.completions.create(model=model, messages=messages, stream=True)

    def of(client: OpenAI, question: str) -> object:
        return list(client.chat.completions.create(**_asked(question, model, stream=True)))

    def by(function: Callable[[list[Any]], Iterable[Any]], question: str) -> object:
        return list(function(_messages(question)))

    return {
        "bare": partial(of, client),
        **{f"client, {n}": partial(of, guarded(client, p)) for n, p in POLICIES.items()},
        **{f"function, {n}": partial(by, guard(p)(ask)) for n, p in POLICIES.items()},
    }


def _awaited(client: AsyncOpenAI) -> dict[str, Awaited]:
    async def ask(messages: list[Any]) -> ChatCompletion:
        return await client.chat.completions.create(model=MODEL, messages=messages)

    async def of(client: AsyncOpenAI, question: str) -> object:
        return await client.chat.completions.create(**_asked(question))

    async def by(function: Callable[[list[Any]], Awaitable[object]], question: str) -> object:
        return await function(_messages(question))

    return {
        "bare": partial(of, client),
        **{f"client, {n}": partial(of, guarded(client, p)) for n, p in POLICIES.items()},
        **{f"function, {n}": partial(by, guard(p)(ask)) for n, p in POLICIES.items()},
    }


def _awaited_streams(client: AsyncOpenAI, model: str) -> dict[str, Awaited]:
    async def ask(messages: list[Any]) -> AsyncIterator[Any]:
        made = client.chat.completions
        async for chunk in await made.create(model=model, messages=messages, stream=True):
            yield chunk

    async def of(client: AsyncOpenAI, question: str) -> object:
        stream = await client.chat.completions.create(**_asked(question, model, stream=True))
        return [chunk async for chunk in stream]

    async def by(function: Callable[[list[Any]], AsyncIterable[Any]], question: str) -> object:
        return [chunk async for chunk in function(_messages(question))]

    return {
        "bare": partial(of, client),
        **{f"client, {n}": partial(of, guarded(client, p)) for n, p in POLICIES.items()},
        **{f"function, {n}": partial(by, guard(p)(ask)) for n, p in POLICIES.items()},
    }


async def _awaited_rows(url: str) -> list[list[str]]:
    async with AsyncOpenAI(base_url=url, api_key=ScriptedServer.key, max_retries=0) as client:
        rows = _rows("call, awaited", await awaited_in_turn(_awaited(client), CALLS), 0.05)
        for speed, (model, times) in STREAMS.items():
            took = await awaited_in_turn(_awaited_streams(client, model), times)
            rows += _rows(f"stream, {speed}, awaited", took, 0.10)
    return rows


async def _together(url: str) -> Times:
    """Seconds that all of them take, round by round."""
    async with AsyncOpenAI(base_url=url, api_key=ScriptedServer.key, max_retries=0) as client:
        ways = _awaited(client)
        took: dict[str, list[float]] = {name: [] for name in ways}
        for turn, name, way in _turns(ways, ROUNDS):
            if turn < -1:
                continue
            gc.collect()
            questions = list(itertools.islice(_QUESTIONS, TOGETHER))
            began = time.perf_counter()
            await asyncio.gather(*map(way, questions))
            if turn >= 0:
                took[name].append(time.perf_counter() - began)
    return took


def _rows(name: str, took: Times, share: float) -> list[list[str]]:
    base = statistics.median(took["bare"])
    limit = max(share * base, 100.0)
    rows = [[f"{name}: bare", f"{base:,.0f}", "", "", "", ""]]
    for way, times in took.items():
        if way == "bare":
            continue
        over = _middle(one - other for one, other in zip(times, took["bare"], strict=True))
        figures = [f"{_middle(times):,.0f}", f"{over:,.0f}", f"{over / base:.1%}"]
        rows.append([f"  {way}", *figures, f"{limit:,.0f}", "ok" if over <= limit else "OVER"])
    return rows


def _middle(values: Iterable[float]) -> float:
    return statistics.median(values)


_QUESTIONS = (prose(500, seed) for seed in itertools.count(1_000_000))
