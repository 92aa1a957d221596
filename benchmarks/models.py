"""What a guard adds to a call of OpenAI's SDK over HTTP, and what caches and ledgers take.

The server is scripted and in a process of its own; it answers at once, so the bare call is
the SDK's work and two trips through the loopback: a real model takes a hundred times that. The
ways to call are measured in turn, call by call, and what is added is the median of the
differences: whatever else the machine does meets all of them alike.
"""

import asyncio
import gc
import itertools
import statistics
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from functools import partial
from typing import Any, TypeAlias

import redis
from openai import AsyncOpenAI, OpenAI
from openai.types.chat import ChatCompletion

from guardrails_lib import Policy, block, guard, redact
from guardrails_lib.checks import containing, longer_than, matching
from guardrails_lib.flows import MemoryStore, cached
from guardrails_lib.models import guarded
from guardrails_lib.spend import Limit, MemoryLedger, RedisLedger

from . import redis_server
from .model_server import CHUNKS, PACED, served
from .overhead import each_awaited, each_of
from .table import table
from .texts import prose

POLICY = Policy(
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
MODEL = "gpt-5-mini"
CALLS = 400
STREAMS = 60
SPEEDS = {MODEL: "stream at once", PACED: "stream, 2 ms a chunk"}
"""A stream of which every chunk is there already is the SDK's work alone."""
TOGETHER = 200
ROUNDS = 9

Call: TypeAlias = Callable[[str], object]
Awaited: TypeAlias = Callable[[str], Awaitable[object]]


def main() -> None:
    """Measure and print."""
    gc.disable()  # its pauses are not ours; it collects between the measurements
    write = sys.stdout.write
    write("\n")
    with served() as url:
        write(calls(f"{url}/v1"))
        write(throughput(f"{url}/v1"))
    write(cache())
    write(ledgers())


# -- calls over HTTP


def calls(url: str) -> str:
    """One call after the other: bare, of a guarded client, and of a guarded function."""
    rows = []
    with OpenAI(base_url=url, api_key="none", max_retries=0) as client:
        rows += _rows("call", in_turn(_sync(client), CALLS), 0.05)
        for model, name in SPEEDS.items():
            rows += _rows(name, in_turn(_sync_streams(client, model), STREAMS), 0.10)
    rows += asyncio.run(_awaited_rows(url))
    head = ["", "us", "over the bare one", "", "limit", ""]
    return table(f"A call of OpenAI's SDK; a stream has {CHUNKS} chunks, 1 KB in all", head, rows)


def throughput(url: str) -> str:
    """Many calls at once."""
    bare, by_client, by_function = asyncio.run(_together(url))
    rows = [[f"{TOGETHER} calls at once, bare", f"{TOGETHER / _middle(bare):,.0f}", "", "", ""]]
    for name, took in (("guarded client", by_client), ("guarded function", by_function)):
        share = _middle([one / other for one, other in zip(bare, took, strict=True)])
        kept = "ok" if share >= 0.9 else "UNDER"
        rate = f"{TOGETHER / _middle(took):,.0f}"
        rows.append([f"the same, {name}", rate, f"{share:.2f}", "0.90", kept])
    head = ["", "calls a second", "of bare", "limit", ""]
    return table("Throughput of one event loop", head, rows)


def in_turn(ways: Sequence[Call], times: int) -> list[list[float]]:
    """Microseconds of each way to call, round by round; the order changes."""
    took: list[list[float]] = [[] for _ in ways]
    for turn, order in zip(range(-5, times), itertools.cycle(_orders(len(ways))), strict=False):
        for place in order:
            question = next(_QUESTIONS)
            began = time.perf_counter_ns()
            ways[place](question)
            if turn >= 0:  # the first warm up
                took[place].append((time.perf_counter_ns() - began) / 1e3)
        if not turn % 20:
            gc.collect()
    return took


async def awaited_in_turn(ways: Sequence[Awaited], times: int) -> list[list[float]]:
    """`in_turn`, awaited."""
    took: list[list[float]] = [[] for _ in ways]
    for turn, order in zip(range(-5, times), itertools.cycle(_orders(len(ways))), strict=False):
        for place in order:
            question = next(_QUESTIONS)
            began = time.perf_counter_ns()
            await ways[place](question)
            if turn >= 0:
                took[place].append((time.perf_counter_ns() - began) / 1e3)
        if not turn % 20:
            gc.collect()
    return took


def _asked(question: str, model: str = MODEL, **more: Any) -> dict[str, Any]:
    told = {"role": "system", "content": "You are kind and short."}
    return {"model": model, "messages": [told, {"role": "user", "content": question}], **more}


def _sync(client: OpenAI) -> list[Call]:
    kept = guarded(client, POLICY)

    @guard(POLICY)
    def ask(messages: list[Any]) -> ChatCompletion:
        return client.chat.completions.create(model=MODEL, messages=messages)

    return [
        lambda question: client.chat.completions.create(**_asked(question)),
        lambda question: kept.chat.completions.create(**_asked(question)),
        lambda question: ask(_asked(question)["messages"]),
    ]


def _sync_streams(client: OpenAI, model: str) -> list[Call]:
    kept = guarded(client, POLICY)
    streamed = partial(_asked, model=model, stream=True)

    @guard(POLICY)
    def ask(messages: list[Any]) -> Iterator[Any]:
        yield from client.chat.completions.create(model=model, messages=messages, stream=True)

    return [
        lambda question: list(client.chat.completions.create(**streamed(question))),
        lambda question: list(kept.chat.completions.create(**streamed(question))),
        lambda question: list(ask(_asked(question)["messages"])),
    ]


def _async(client: AsyncOpenAI) -> list[Awaited]:
    kept = guarded(client, POLICY)

    @guard(POLICY)
    async def ask(messages: list[Any]) -> ChatCompletion:
        return await client.chat.completions.create(model=MODEL, messages=messages)

    return [
        lambda question: client.chat.completions.create(**_asked(question)),
        lambda question: kept.chat.completions.create(**_asked(question)),
        lambda question: ask(_asked(question)["messages"]),
    ]


def _async_streams(client: AsyncOpenAI, model: str) -> list[Awaited]:
    kept = guarded(client, POLICY)
    streamed = partial(_asked, model=model, stream=True)

    @guard(POLICY)
    async def ask(messages: list[Any]) -> AsyncIterator[Any]:
        made = client.chat.completions
        async for chunk in await made.create(model=model, messages=messages, stream=True):
            yield chunk

    async def read(stream: Any) -> list[Any]:
        return [chunk async for chunk in stream]

    async def bare(question: str) -> list[Any]:
        return await read(await client.chat.completions.create(**streamed(question)))

    async def by_client(question: str) -> list[Any]:
        return await read(await kept.chat.completions.create(**streamed(question)))

    async def by_function(question: str) -> list[Any]:
        return await read(ask(_asked(question)["messages"]))

    return [bare, by_client, by_function]


async def _awaited_rows(url: str) -> list[list[str]]:
    async with AsyncOpenAI(base_url=url, api_key="none", max_retries=0) as client:
        rows = _rows("call, awaited", await awaited_in_turn(_async(client), CALLS), 0.05)
        for model, name in SPEEDS.items():
            took = await awaited_in_turn(_async_streams(client, model), STREAMS)
            rows += _rows(f"{name}, awaited", took, 0.10)
    return rows


async def _together(url: str) -> list[list[float]]:
    """Seconds that all of them take, round by round."""
    async with AsyncOpenAI(base_url=url, api_key="none", max_retries=0) as client:
        ways = _async(client)
        took: list[list[float]] = [[] for _ in ways]
        for turn, order in zip(range(-1, ROUNDS), itertools.cycle(_orders(len(ways)))):
            for place in order:
                gc.collect()
                questions = [next(_QUESTIONS) for _ in range(TOGETHER)]
                began = time.perf_counter()
                await asyncio.gather(*map(ways[place], questions))
                if turn >= 0:
                    took[place].append(time.perf_counter() - began)
    return took


def _rows(name: str, took: list[list[float]], share: float) -> list[list[str]]:
    bare, *others = took
    base = _middle(bare)
    limit = max(share * base, 100.0)
    rows = [[f"{name}, bare", f"{base:,.0f}", "", "", "", ""]]
    for way, times in zip(("guarded client", "guarded function"), others, strict=True):
        over = _middle([one - other for one, other in zip(times, bare, strict=True)])
        rows.append(
            [
                f"{name}, {way}",
                f"{_middle(times):,.0f}",
                f"{over:,.0f}",
                f"{over / base:.1%}",
                f"{limit:,.0f}",
                _kept(over, limit),
            ]
        )
    return rows


def _orders(count: int) -> list[list[int]]:
    """Each way comes first, second and last as often as the others."""
    return [[*range(first, count), *range(first)] for first in range(count)]


# -- caches and ledgers, in this process


def cache() -> str:
    """An answer that is there already, in memory; the rules look at what it is."""
    prompts = [prose(200, 2_000_000 + seed) for seed in range(300)]
    rows = []
    for name, policy in (("no rules", Policy()), ("six rules", POLICY)):

        @guard(policy)
        def ask(question: str) -> str:
            return "It is blue."

        @guard(policy)
        async def aask(question: str) -> str:
            return "It is blue."

        call = cached(ask, MemoryStore(), 3600, model=MODEL)
        acall = cached(aask, MemoryStore(), 3600, model=MODEL)

        asked, hit, awaited = (
            _least(partial(each, way, prompts)) / 1e3
            for each, way in ((each_of, ask), (each_of, call), (each_awaited, acall))
        )
        rows += [
            [f"{name}, no cache", f"{asked:.1f}", "", ""],
            _limited(f"{name}, cache hit", hit, 30),
            _limited(f"{name}, cache hit, awaited", awaited, 30),
        ]
    return table("An answer from a cache in memory", ["", "us", "limit", ""], rows)


def ledgers() -> str:
    """Money that is set aside before a call, and booked after it."""
    ledger = MemoryLedger(Limit(1e6, per="user"), Limit(1e6))
    who = [{"user": f"u{place}"} for place in range(50)]

    def both(count: int) -> float:
        began = time.perf_counter_ns()
        for place in range(count):
            held = ledger.reserve(who[place % 50], 0.01)
            ledger.settle(held, 0.004)  # type: ignore[arg-type]  # it is never overspent
        return (time.perf_counter_ns() - began) / 1e3 / count

    rows = [_limited("in memory, us", _least(lambda: both(2_000)), 5)]
    if redis_server.found() is None:
        rows.append(["in Redis", "no server is installed", "2", ""])
    else:
        rows.append(_limited("in Redis, round trips", _trips(), 2))
    return table("Reserve and settle, two limits", ["", "", "limit", ""], rows)


def _trips() -> float:
    """Scripts that the server is asked to run, for each call."""
    with redis_server.server() as server, redis.Redis.from_url(server.url) as client:
        ledger = RedisLedger(client, Limit(1e6, per="user"), Limit(1e6))
        for turn in range(11):
            if turn == 1:  # the scripts are there now
                client.config_resetstat()
            ledger.settle(ledger.reserve({"user": "u"}, 0.01), 0.004)  # type: ignore[arg-type]
        told: Any = client.info("commandstats")
        ran: list[int] = [told[name]["calls"] for name in told if "eval" in name]
        assert ran, "the ledger asks for no script: count something else"
        return sum(ran) / 10


def _least(work: Callable[[], float]) -> float:
    """The least of several repeats; the first of them fills what is to be there."""
    work()
    took = []
    for _ in range(9):
        gc.collect()
        took.append(work())
    return min(took)


def _limited(name: str, took: float, limit: float) -> list[str]:
    return [name, f"{took:.1f}", f"{limit:g}", _kept(took, limit)]


def _middle(values: Sequence[float]) -> float:
    return statistics.median(values)


def _kept(took: float, limit: float) -> str:
    return "ok" if took <= limit else "OVER"


_QUESTIONS = (prose(500, seed) for seed in itertools.count(1_000_000))


if __name__ == "__main__":
    main()
