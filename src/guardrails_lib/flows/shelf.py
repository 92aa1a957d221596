"""A store whose failures are misses."""

from __future__ import annotations

import asyncio
import logging
import math
import time
from typing import Any

from .._errors import PolicyError
from .._kept import Kept
from .kept_json import kept_of, written
from .stores import AsyncStore, Store

__all__ = ["Shelf", "log_once"]

_LOG = logging.getLogger("guardrails_lib")

REST = 5.0
"""For so many seconds a store that failed is not asked again: each time may take a time-out."""


class Shelf:
    """Answers in a store, by key. What the store cannot do is logged once and is no error."""

    def __init__(self, store: Store | AsyncStore, ttl: float) -> None:
        if not isinstance(store, Store | AsyncStore):
            raise PolicyError(f"store= takes a Store, not a {type(store).__name__}")
        if isinstance(ttl, bool) or not (math.isfinite(ttl) and ttl > 0):
            raise PolicyError(f"ttl={ttl}: seconds, more than 0")
        self._store: Any = store
        self._is_async = isinstance(store, AsyncStore)
        self._ttl = ttl
        self._told: set[str] = set()
        self._rests_until = 0.0

    def get(self, key: str) -> Kept | None:
        """The answer, if it is there and can be read."""
        if self._rests_until and self._rests():
            return None
        try:
            value = self._store.get(key)
        except Exception as error:
            self._failed("give an answer", error)
            return None
        return None if value is None else kept_of(value)

    async def aget(self, key: str) -> Kept | None:
        """`get`, awaited."""
        if self._rests_until and self._rests():
            return None
        try:
            if self._is_async:
                value = await self._store.aget(key)
            else:
                value = await asyncio.to_thread(self._store.get, key)
        except Exception as error:
            self._failed("give an answer", error)
            return None
        return None if value is None else kept_of(value)

    def put(self, key: str, kept: Kept) -> None:
        """Keep the answer, if it can be written."""
        value = written(kept)
        if value is None or self._rests():
            return
        try:
            self._store.put(key, value, self._ttl)
        except Exception as error:
            self._failed("keep an answer", error)

    async def aput(self, key: str, kept: Kept) -> None:
        """`put`, awaited."""
        value = written(kept)
        if value is None or self._rests():
            return
        try:
            if self._is_async:
                await self._store.aput(key, value, self._ttl)
            else:
                await asyncio.to_thread(self._store.put, key, value, self._ttl)
        except Exception as error:
            self._failed("keep an answer", error)

    def _rests(self) -> bool:
        return time.monotonic() < self._rests_until

    def _failed(self, what: str, error: Exception) -> None:
        self._rests_until = time.monotonic() + REST
        log_once(self._told, what, error)


def log_once(told: set[str], what: str, error: Exception) -> None:
    """Log that a cache could not do something. The error's own words may hold a text."""
    if what not in told:
        told.add(what)
        kind = type(error).__qualname__
        _LOG.warning("a cache could not %s (%s): calls go on without it", what, kind)
