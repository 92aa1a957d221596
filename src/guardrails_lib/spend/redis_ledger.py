"""Ledgers in Redis, for many processes: one for a client that waits, one for asyncio.

Nothing is imported for them. They are given a client of redis-py, or another that has its
`execute_command`.
"""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Mapping
from typing import Any, Protocol, TypeVar

from .._errors import LedgerError
from .._ledger import Held, Overspent
from .books import Asked, Books
from .limit import Limit

__all__ = ["AsyncRedisLedger", "RedisLedger"]

T = TypeVar("T")


class Client(Protocol):
    """`redis.Redis` or `redis.RedisCluster`."""

    def execute_command(self, *args: Any, **options: Any) -> Any:
        """Send a command, and give its answer."""
        ...


class AsyncClient(Protocol):
    """`redis.asyncio.Redis` or `redis.asyncio.RedisCluster`."""

    def execute_command(self, *args: Any, **options: Any) -> Awaitable[Any]:
        """`Client.execute_command`, awaited."""
        ...


class RedisLedger:
    """Limits that all processes keep together which share a Redis and a *prefix*.

    ``RedisLedger(redis.Redis(...), Limit(1.0, per="user"))``. Reserving is one round trip, and
    so is settling. A Redis that cannot be reached raises what the client raises, and
    ``Charge(on_error=...)`` says what then. All keys are in one slot of a cluster.
    """

    def __init__(self, client: Client, *limits: Limit, prefix: str = "guardrails") -> None:
        if inspect.iscoroutinefunction(client.execute_command):
            raise LedgerError("this client is one of asyncio: write AsyncRedisLedger(...)")
        self._client = client
        self._books = Books(limits, prefix)

    @property
    def limits(self) -> tuple[Limit, ...]:
        """The limits it keeps."""
        return self._books.limits

    def reserve(self, who: Mapping[str, str], dollars: float, /) -> Held | Overspent:
        """Set *dollars* aside, if no limit is passed by that."""
        return self._ask(self._books.reserve(who, dollars))

    def settle(self, held: Held, dollars: float, /) -> None:
        """Book what was spent, and free the rest; in the windows in which it was reserved."""
        self._ask(self._books.settle(held, dollars))

    def spent(self, who: Mapping[str, str]) -> dict[Limit, float]:
        """Dollars that are spent or set aside in the windows of now, for each limit."""
        return self._ask(self._books.spent(who))

    def left(self, who: Mapping[str, str]) -> dict[Limit, float]:
        """Dollars that may still be reserved, for each limit; the least of them counts."""
        return self._ask(self._books.left(who))

    def unsettled(self, *, older_than: float = 0.0) -> tuple[Held, ...]:
        """What was reserved more than so many seconds ago and not settled since, oldest first.

        It can be settled for a day. Then it is spent for good, and no longer here.
        """
        return self._ask(self._books.reserved(self._ask(self._books.open(older_than))))

    def _ask(self, asked: Asked[T]) -> T:
        try:
            answer = self._client.execute_command("EVALSHA", *asked.known)
        except Exception as problem:
            if not _has_no_script(problem):
                raise
            answer = self._client.execute_command("EVAL", *asked.whole)
        return asked.read(answer)


class AsyncRedisLedger:
    """`RedisLedger` for guarded coroutines: ``AsyncRedisLedger(redis.asyncio.Redis(...), ...)``.

    Both keep the same limits together, if their prefix is the same.
    """

    def __init__(self, client: AsyncClient, *limits: Limit, prefix: str = "guardrails") -> None:
        if not inspect.iscoroutinefunction(client.execute_command):
            raise LedgerError("this client is none of asyncio: write RedisLedger(...)")
        self._client = client
        self._books = Books(limits, prefix)

    @property
    def limits(self) -> tuple[Limit, ...]:
        """The limits it keeps."""
        return self._books.limits

    async def areserve(self, who: Mapping[str, str], dollars: float, /) -> Held | Overspent:
        """`RedisLedger.reserve`, awaited."""
        return await self._ask(self._books.reserve(who, dollars))

    async def asettle(self, held: Held, dollars: float, /) -> None:
        """`RedisLedger.settle`, awaited."""
        await self._ask(self._books.settle(held, dollars))

    async def aspent(self, who: Mapping[str, str]) -> dict[Limit, float]:
        """`RedisLedger.spent`, awaited."""
        return await self._ask(self._books.spent(who))

    async def aleft(self, who: Mapping[str, str]) -> dict[Limit, float]:
        """`RedisLedger.left`, awaited."""
        return await self._ask(self._books.left(who))

    async def aunsettled(self, *, older_than: float = 0.0) -> tuple[Held, ...]:
        """`RedisLedger.unsettled`, awaited."""
        return await self._ask(self._books.reserved(await self._ask(self._books.open(older_than))))

    async def _ask(self, asked: Asked[T]) -> T:
        try:
            answer = await self._client.execute_command("EVALSHA", *asked.known)
        except Exception as problem:
            if not _has_no_script(problem):
                raise
            answer = await self._client.execute_command("EVAL", *asked.whole)
        return asked.read(answer)


def _has_no_script(problem: Exception) -> bool:
    """Whether Redis has not seen the script, or no longer has it."""
    return type(problem).__name__ == "NoScriptError" or str(problem).startswith("NOSCRIPT")
