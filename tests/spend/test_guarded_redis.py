"""Guarded calls whose ledger is a real Redis: what they ask of it, and what if it goes."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pytest
from benchmarks.redis_server import Server, found, server

from guardrails_lib import (
    Abstained,
    Accepted,
    Budget,
    Charge,
    Outcome,
    Policy,
    Reply,
    Request,
    Usage,
    guard,
)
from guardrails_lib.spend import AsyncRedisLedger, Limit, MemoryLedger, Price, Prices, RedisLedger

REQUEST = Request("Where is my order?", meta={"user": "ann"})
DIME = Reply[Any]("On its way.", usage=Usage(100, 0), model="dime")
PRICES = Prices(own={"dime": Price(1000.0, 1000.0)})
LIMIT = Limit(1.0, per="user", every=None)
ANN = {"user": "ann"}


@pytest.fixture
def started() -> Iterator[Server]:
    """A server for one test, which may kill it. CI has one; elsewhere it may be missing."""
    pytest.importorskip("redis", reason="the redis extra is not installed")
    if found() is None:
        if os.environ.get("CI") == "true":
            pytest.fail("CI runs with a Redis server: redis-server is not there")
        pytest.skip("no Redis server is installed")
    with server() as running:
        yield running


def connected(to: Server) -> AbstractContextManager[Any]:
    """A client that does not try again, so that tests do not wait."""
    import redis
    from redis.backoff import NoBackoff
    from redis.retry import Retry

    return redis.Redis.from_url(to.url, retry=Retry(NoBackoff(), 0))


def aconnected(to: Server, **options: Any) -> Any:
    """The same for asyncio."""
    import redis.asyncio
    from redis.asyncio.retry import Retry
    from redis.backoff import NoBackoff

    return redis.asyncio.Redis.from_url(to.url, retry=Retry(NoBackoff(), 0), **options)


def scripts_sent(client: Any) -> int:
    stats = client.info("commandstats")
    return sum(stats[key]["calls"] for key in ("cmdstat_evalsha", "cmdstat_eval") if key in stats)


def test_a_guarded_call_asks_redis_twice(started: Server) -> None:
    with connected(started) as client:
        money = RedisLedger(client, LIMIT)

        @guard(Policy(), ledger=Charge(money, 0.25), prices=PRICES)
        def ask(request: Request) -> Reply[Any]:
            return DIME

        ask(REQUEST)  # Redis has the scripts from now on
        client.config_resetstat()
        assert isinstance(ask(REQUEST), Accepted)
        assert scripts_sent(client) == 2
        assert money.spent(ANN) == {LIMIT: 0.2}
        assert money.unsettled() == ()


def test_guarded_tasks_spend_what_there_is(started: Server) -> None:
    async def all_() -> tuple[list[Outcome[str]], dict[Limit, float]]:
        async with aconnected(started) as client:
            money = AsyncRedisLedger(client, LIMIT)

            @guard(Policy(), ledger=Charge(money, 0.1), prices=PRICES)
            async def ask(request: Request) -> Reply[Any]:
                return DIME

            outcomes = await asyncio.gather(*(ask(REQUEST) for _ in range(100)))
            return outcomes, await money.aspent(ANN)

    outcomes, spent = asyncio.run(all_())
    assert sum(isinstance(each, Accepted) for each in outcomes) == 10
    assert spent == {LIMIT: 1.0}


def test_a_sync_ledger_serves_coroutines_from_a_thread(started: Server) -> None:
    with connected(started) as client:
        money = RedisLedger(client, LIMIT)

        @guard(Policy(), ledger=Charge(money, 0.25), prices=PRICES)
        async def ask(request: Request) -> Reply[Any]:
            return DIME

        assert isinstance(asyncio.run(ask(REQUEST)), Accepted)
        assert money.spent(ANN) == {LIMIT: 0.1}


def test_an_answer_that_outlives_redis_is_given(started: Server) -> None:
    with connected(started) as client:

        @guard(Policy(), ledger=Charge(RedisLedger(client, LIMIT), 0.25), prices=PRICES)
        def ask(request: Request) -> Reply[Any]:
            started.stop()
            return DIME

        outcome = ask(REQUEST)
    assert isinstance(outcome, Accepted)
    assert [event.by for event in outcome.record.events if event.kind == "unsettled"] == [
        ("RedisLedger", "ConnectionError")
    ]


def test_without_redis_calls_abstain(started: Server) -> None:
    with connected(started) as client:

        @guard(Policy(), ledger=Charge(RedisLedger(client, LIMIT), 0.25), prices=PRICES)
        def ask(request: Request) -> Reply[Any]:
            return DIME

        assert isinstance(ask(REQUEST), Accepted)
        started.stop()
        assert isinstance(ask(REQUEST), Abstained)
        started.start()
        assert isinstance(ask(REQUEST), Accepted)


def test_without_redis_calls_go_on_with_what_this_process_may_spend(started: Server) -> None:
    here = MemoryLedger(Limit(0.3, per="user"))

    async def ask_often() -> list[Outcome[str]]:
        async with aconnected(started) as client:
            money = AsyncRedisLedger(client, LIMIT)

            @guard(Policy(), ledger=Charge(money, 0.25, on_error=here), prices=PRICES)
            async def ask(request: Request) -> Reply[Any]:
                return DIME

            first = await ask(REQUEST)
            started.stop()
            return [first, await ask(REQUEST), await ask(REQUEST)]

    first, second, third = asyncio.run(ask_often())
    assert isinstance(first, Accepted)
    assert isinstance(second, Accepted)
    assert isinstance(third, Abstained)
    assert here.spent(ANN) == {Limit(0.3, per="user"): 0.1}
    assert here.unsettled() == ()


def test_a_cancelled_call_is_settled_in_redis(started: Server) -> None:
    async def leave() -> tuple[dict[Limit, float], tuple[object, ...]]:
        async with aconnected(started) as client:
            money = AsyncRedisLedger(client, LIMIT)

            @guard(Policy(), ledger=Charge(money, 0.25), prices=PRICES)
            async def ask(request: Request) -> Reply[Any]:
                await asyncio.sleep(60)
                return DIME

            with pytest.raises(TimeoutError):
                await asyncio.wait_for(ask(REQUEST), 0.1)
            return await money.aspent(ANN), await money.aunsettled()

    assert asyncio.run(leave()) == ({LIMIT: 0.25}, ())


def test_a_redis_that_hangs_takes_no_longer_than_the_call_may(started: Server) -> None:
    async def ask_in_time() -> Outcome[str]:
        async with aconnected(started) as client:
            money = AsyncRedisLedger(client, LIMIT)

            @guard(Policy(budget=Budget(seconds=0.2)), ledger=Charge(money, 0.25), prices=PRICES)
            async def ask(request: Request) -> Reply[Any]:
                return DIME

            with hanging(started):
                return await ask(REQUEST)

    assert isinstance(asyncio.run(ask_in_time()), Abstained)


@contextmanager
def hanging(of: Server) -> Iterator[None]:
    """The server is there, and does not answer."""
    of.send(signal.SIGSTOP)
    try:
        yield
    finally:
        of.send(signal.SIGCONT)
