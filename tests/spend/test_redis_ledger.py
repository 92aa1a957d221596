"""What only a ledger in Redis can do wrong: round trips, keys, crashes, and a server that goes."""

from __future__ import annotations

import asyncio
import itertools
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from typing import Any, get_args

import pytest
from benchmarks.redis_server import Server, found, server
from hypothesis import given
from hypothesis import strategies as st

from guardrails_lib import Held, LedgerError, Overspent
from guardrails_lib.spend import AsyncRedisLedger, Every, Limit, RedisLedger, scripts
from guardrails_lib.spend.books import Books
from guardrails_lib.spend.limit import ends

ANN = {"user": "ann@example.com"}
NAMES = itertools.count()


@pytest.fixture(scope="module")
def started() -> Iterator[Server]:
    """A server, started for these tests. CI has one; elsewhere it may be missing."""
    pytest.importorskip("redis", reason="the redis extra is not installed")
    if found() is None:
        if os.environ.get("CI") == "true":
            pytest.fail("CI runs with a Redis server: redis-server is not there")
        pytest.skip("no Redis server is installed")
    with server() as running:
        yield running


@pytest.fixture
def client(started: Server) -> Iterator[Any]:
    """A client of a Redis that is empty."""
    with connected(started) as made:
        made.flushall()
        yield made


def connected(to: Server) -> Any:
    """A client that does not try again, so that tests do not wait."""
    import redis
    from redis.backoff import NoBackoff
    from redis.retry import Retry

    return redis.Redis.from_url(to.url, retry=Retry(NoBackoff(), 0))


def held(answer: Held | Overspent) -> Held:
    assert isinstance(answer, Held)
    return answer


def calls(client: Any) -> dict[str, int]:
    """How often scripts were sent."""
    stats = client.info("commandstats")
    names = {"evalsha": "cmdstat_evalsha", "eval": "cmdstat_eval"}
    return {name: stats[key]["calls"] for name, key in names.items() if key in stats}


# -- round trips


def test_reserving_and_settling_are_a_round_trip_each(client: Any) -> None:
    ledger = RedisLedger(client, Limit(1.0, per="user"), Limit(9.0, every="month"))
    ledger.settle(held(ledger.reserve(ANN, 0.01)), 0.0)  # Redis has the scripts from now on
    client.config_resetstat()
    ledger.settle(held(ledger.reserve(ANN, 0.01)), 0.0)
    assert calls(client) == {"evalsha": 2}


def test_a_script_that_redis_does_not_know_is_sent(client: Any) -> None:
    ledger = RedisLedger(client, Limit(1.0))
    once = held(ledger.reserve({}, 0.5))
    client.script_flush()
    ledger.settle(once, 0.25)
    assert ledger.spent({}) == {Limit(1.0): 0.25}


def test_a_script_that_redis_does_not_know_is_sent_from_asyncio(started: Server) -> None:
    import redis.asyncio

    async def ask() -> dict[Limit, float]:
        async with redis.asyncio.Redis.from_url(started.url) as client:
            ledger = AsyncRedisLedger(client, Limit(1.0), prefix="sent")
            once = held(await ledger.areserve({}, 0.5))
            await client.script_flush()
            await ledger.asettle(once, 0.25)
            return await ledger.aspent({})

    assert asyncio.run(ask()) == {Limit(1.0): 0.25}


def test_what_is_asked_again_since_the_answer_was_lost_is_reserved_once(client: Any) -> None:
    """Clients try again by themselves."""
    asked = Books((Limit(1.0),), "guardrails").reserve({}, 0.75)
    answers = [asked.read(client.execute_command("EVAL", *asked.whole)) for _ in range(3)]
    assert answers[0] == answers[1] == answers[2]
    assert RedisLedger(client, Limit(1.0)).spent({}) == {Limit(1.0): 0.75}


# -- what is kept


def test_no_name_of_a_person_is_in_redis(client: Any) -> None:
    ledger = RedisLedger(client, Limit(1.0, per="user"))
    held(ledger.reserve(ANN, 0.5))
    keys = client.keys()
    written = [(key, client.hgetall(key)) for key in keys if client.type(key) == b"hash"]
    assert len(written) == 2
    assert "ann" not in f"{keys} {written}"


def test_nothing_lives_longer_than_it_counts(client: Any) -> None:
    ledger = RedisLedger(client, Limit(1.0, per="user"), Limit(9.0, every="month"), Limit(5.0))
    held(ledger.reserve(ANN, 0.5))
    lives = {key.decode(): client.ttl(key) for key in client.scan_iter()}
    assert len(lives) == 5
    month = lives.pop("{guardrails}:of:month")
    assert 0 < month <= 31 * 86_400
    assert all(0 < seconds <= 86_400 for seconds in lives.values())


def test_what_is_for_ever_is_kept_for_ever(client: Any) -> None:
    held(RedisLedger(client, Limit(5.0, every=None)).reserve({}, 0.5))
    assert client.ttl("{guardrails}:of:ever") == -1


def test_all_keys_are_in_one_slot_of_a_cluster(client: Any) -> None:
    from redis.crc import key_slot

    ledger = RedisLedger(client, Limit(1.0, per="user"), Limit(9.0), prefix="shop")
    held(ledger.reserve(ANN, 0.5))
    assert {key_slot(key) for key in client.scan_iter()} == {key_slot(b"{shop}")}


def test_ledgers_with_another_prefix_are_others(client: Any) -> None:
    one, other = (RedisLedger(client, Limit(1.0), prefix=name) for name in ("one", "other"))
    held(one.reserve({}, 1.0))
    held(other.reserve({}, 1.0))


def test_a_limit_that_is_raised_keeps_what_was_spent(client: Any) -> None:
    held(RedisLedger(client, Limit(1.0)).reserve({}, 1.0))
    assert RedisLedger(client, Limit(5.0)).spent({}) == {Limit(5.0): 1.0}


def test_millions_of_dollars_are_counted_to_the_billionth(client: Any) -> None:
    """Lua writes large numbers with an exponent, unless told."""
    limit = Limit(9_000_000.0)
    ledger = RedisLedger(client, limit)
    held(ledger.reserve({}, 8_999_999.0))
    once = held(ledger.reserve({}, 0.000000001))
    assert client.hget("{guardrails}:of:day", "taken") == b"8999999000000001"
    ledger.settle(once, 0.0)
    assert client.hget("{guardrails}:of:day", "taken") == b"8999999000000000"


def test_redis_has_the_calendar_that_we_have(client: Any) -> None:
    text = f"{scripts.ENDS}\nreturn ends(ARGV[1], tonumber(ARGV[2]))"

    @given(st.integers(0, 7_000_000_000), st.sampled_from(get_args(Every)))
    def law(now: int, every: Every) -> None:
        assert client.eval(text, 0, every, now) == ends(every, now)

    law()


@pytest.mark.parametrize("prefix", ["", "{shop}", "shop}"])
def test_a_prefix_that_would_scatter_the_keys_is_refused(client: Any, prefix: str) -> None:
    with pytest.raises(LedgerError, match="a text without braces"):
        RedisLedger(client, Limit(1.0), prefix=prefix)


def test_each_kind_of_client_has_its_ledger(client: Any, started: Server) -> None:
    import redis.asyncio

    with pytest.raises(LedgerError, match="write RedisLedger"):
        AsyncRedisLedger(client, Limit(1.0))
    with pytest.raises(LedgerError, match="write AsyncRedisLedger"):
        RedisLedger(redis.asyncio.Redis.from_url(started.url), Limit(1.0))


# -- many at once


def test_a_thousand_tasks_at_once_spend_what_there_is(started: Server) -> None:
    import redis.asyncio

    async def all_() -> tuple[int, dict[Limit, float]]:
        pool = redis.asyncio.BlockingConnectionPool.from_url(started.url, max_connections=20)
        async with redis.asyncio.Redis(connection_pool=pool) as client:
            ledger = AsyncRedisLedger(client, Limit(1.0), prefix="tasks")

            async def ask() -> bool:
                answer = await ledger.areserve({}, 0.01)
                if isinstance(answer, Held):
                    await ledger.asettle(answer, 0.01)
                return isinstance(answer, Held)

            answered = sum(await asyncio.gather(*(ask() for _ in range(1000))))
            spent = await ledger.aspent({})
        await pool.disconnect()
        return answered, spent

    assert asyncio.run(all_()) == (100, {Limit(1.0): 1.0})


ASK = """
import sys
import redis
from guardrails_lib.spend import Limit, RedisLedger

with redis.Redis.from_url(sys.argv[1]) as client:
    ledger = RedisLedger(client, Limit(1.0), prefix="processes")
    print("ready", flush=True)
    sys.stdin.readline()
    answered = 0
    for _ in range(250):
        held = ledger.reserve({}, 0.01)
        if not hasattr(held, "limit"):
            ledger.settle(held, 0.01)
            answered += 1
    print(answered)
"""


def test_four_processes_spend_what_there_is(started: Server, client: Any) -> None:
    running = [python(ASK, started.url) for _ in range(4)]
    for each in running:
        assert each.stdout is not None
        assert each.stdout.readline() == "ready\n"
    answers = [int(each.communicate("go\n")[0]) for each in running]
    assert sum(answers) == 100
    assert RedisLedger(client, Limit(1.0), prefix="processes").left({}) == {Limit(1.0): 0.0}


def python(program: str, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", program, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


# -- what goes wrong

CRASH = """
import sys
import redis
from guardrails_lib.spend import Limit, RedisLedger

with redis.Redis.from_url(sys.argv[1]) as client:
    RedisLedger(client, Limit(1.0), prefix="crash").reserve({}, 0.25)
    print("held", flush=True)
    sys.stdin.readline()
"""


def test_a_process_that_dies_in_between_has_spent_what_it_reserved(
    started: Server, client: Any
) -> None:
    with python(CRASH, started.url) as dying:
        assert dying.stdout is not None
        assert dying.stdout.readline() == "held\n"
        dying.send_signal(signal.SIGKILL)
    ledger = RedisLedger(client, Limit(1.0), prefix="crash")
    assert ledger.left({}) == {Limit(1.0): 0.75}
    ledger.settle(held(ledger.reserve({}, 0.75)), 0.5)  # the rest is there for others
    (lost,) = ledger.unsettled()
    assert lost.dollars == 0.25
    ledger.settle(lost, 0.0)  # and somebody who knows that nothing was spent can say so
    assert ledger.spent({}) == {Limit(1.0): 0.5}


def test_a_redis_that_is_gone_raises_what_the_client_raises() -> None:
    if found() is None:
        pytest.skip("no Redis server is installed")
    redis = pytest.importorskip("redis", reason="the redis extra is not installed")
    with server() as mortal, connected(mortal) as client:
        ledger = RedisLedger(client, Limit(1.0))
        once = held(ledger.reserve({}, 0.5))
        mortal.stop()
        for ask in (lambda: ledger.settle(once, 0.25), lambda: ledger.reserve({}, 0.5)):
            with pytest.raises(redis.ConnectionError):
                ask()
        mortal.start()  # and has nothing of what was before
        ledger.settle(once, 0.25)
        assert ledger.spent({}) == {Limit(1.0): 0.0}
        held(ledger.reserve({}, 0.5))


def test_a_redis_that_has_no_room_raises_what_the_client_raises(client: Any) -> None:
    import redis

    ledger = RedisLedger(client, Limit(1.0))
    client.config_set("maxmemory", 1)
    try:
        with pytest.raises(redis.ResponseError):
            ledger.reserve({}, 0.5)
    finally:
        client.config_set("maxmemory", 0)
    assert ledger.spent({}) == {Limit(1.0): 0.0}
