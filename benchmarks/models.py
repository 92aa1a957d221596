"""What a guard adds to a call of an SDK, and what caches and ledgers take."""

import gc
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import redis

from guardrails_lib import guard
from guardrails_lib.flows import MemoryStore, cached
from guardrails_lib.spend import Limit, MemoryLedger, RedisLedger

from . import redis_server
from .model_server import MODEL, served
from .overhead import each_awaited, each_of
from .sdk_calls import POLICIES, calls, throughput
from .table import table
from .texts import prose


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


def cache() -> str:
    """An answer that is there already, in memory; the rules look at it again."""
    prompts = [prose(200, 2_000_000 + seed) for seed in range(300)]
    rows = []
    for name, policy in POLICIES.items():

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
            held = ledger.reserve({"user": "u"}, 0.01)
            ledger.settle(held, 0.004)  # type: ignore[arg-type]  # it is never overspent
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


def _kept(took: float, limit: float) -> str:
    return "ok" if took <= limit else "OVER"


if __name__ == "__main__":
    main()
