"""Answers in Redis, for several machines. The client is the application's own."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Any, Protocol

from .._errors import PolicyError

__all__ = ["AsyncRedisStore", "RedisStore"]

PREFIX = "guardrails:answer:"


class _Client(Protocol):
    """What of a client of Redis is used."""

    def get(self, name: Any, /) -> Any: ...
    def set(self, name: Any, value: Any, *, px: Any) -> Any: ...
    def delete(self, *names: Any) -> Any: ...


class RedisStore:
    """Answers in Redis, which forgets them itself: ``RedisStore(redis.Redis(...))``.

    Give the client a ``socket_timeout``: so long a call may wait for it.
    """

    def __init__(self, client: _Client, *, prefix: str = PREFIX) -> None:
        if _is_async(client):
            raise PolicyError("for a client of redis.asyncio use AsyncRedisStore(client)")
        self._client = client
        self._prefix = prefix

    def get(self, key: str, /) -> bytes | None:
        """What is there under *key*, if its time has not passed."""
        return _bytes(self._client.get(self._prefix + key))

    def put(self, key: str, value: bytes, ttl: float, /) -> None:
        """Keep *value* for *ttl* seconds."""
        self._client.set(self._prefix + key, value, px=_milliseconds(ttl))

    def delete(self, key: str, /) -> None:
        """Forget what is there under *key*, if anything is."""
        self._client.delete(self._prefix + key)


class AsyncRedisStore:
    """`RedisStore`, awaited: ``AsyncRedisStore(redis.asyncio.Redis(...))``."""

    def __init__(self, client: _Client, *, prefix: str = PREFIX) -> None:
        if not _is_async(client):
            raise PolicyError("for a client that is not of redis.asyncio use RedisStore(client)")
        self._client = client
        self._prefix = prefix

    async def aget(self, key: str, /) -> bytes | None:
        """What is there under *key*, if its time has not passed."""
        found: Awaitable[object] = self._client.get(self._prefix + key)
        return _bytes(await found)

    async def aput(self, key: str, value: bytes, ttl: float, /) -> None:
        """Keep *value* for *ttl* seconds."""
        await self._client.set(self._prefix + key, value, px=_milliseconds(ttl))

    async def adelete(self, key: str, /) -> None:
        """Forget what is there under *key*, if anything is."""
        await self._client.delete(self._prefix + key)


def _is_async(client: object) -> bool:
    return hasattr(client, "aclose")


def _milliseconds(ttl: float) -> int:
    return max(1, round(ttl * 1000))


def _bytes(found: object) -> bytes | None:
    if isinstance(found, str):  # the client decodes
        return found.encode("utf-8", "surrogatepass")
    return found if isinstance(found, bytes) else None
