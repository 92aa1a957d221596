"""Where answers are kept: bytes by key, for some time."""

from __future__ import annotations

import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Protocol, runtime_checkable

from .._errors import PolicyError

__all__ = ["AsyncStore", "MemoryStore", "Store", "several"]


@runtime_checkable
class Store(Protocol):
    """Bytes by key. What it cannot do it raises, and the call goes on without it."""

    def get(self, key: str, /) -> bytes | None:
        """What is there under *key*, if its time has not passed."""
        ...

    def put(self, key: str, value: bytes, ttl: float, /) -> None:
        """Keep *value* for *ttl* seconds."""
        ...

    def delete(self, key: str, /) -> None:
        """Forget what is there under *key*, if anything is."""
        ...


@runtime_checkable
class AsyncStore(Protocol):
    """`Store`, awaited."""

    async def aget(self, key: str, /) -> bytes | None:
        """`Store.get`, awaited."""
        ...

    async def aput(self, key: str, value: bytes, ttl: float, /) -> None:
        """`Store.put`, awaited."""
        ...

    async def adelete(self, key: str, /) -> None:
        """`Store.delete`, awaited."""
        ...


class MemoryStore:
    """Answers in memory: the *most* that were last asked for. They are gone with the process.

    >>> store = MemoryStore(most=2)
    >>> for key in ("a", "b", "c"):
    ...     store.put(key, b"an answer", 60)
    >>> store.get("a"), store.get("c")
    (None, b'an answer')
    """

    def __init__(self, most: int = 10_000, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = several(most)
        self._clock = clock
        self._held: OrderedDict[str, tuple[bytes, float]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: str, /) -> bytes | None:
        """What is there under *key*, if its time has not passed."""
        with self._lock:
            found = self._held.get(key)
            if found is None:
                return None
            value, until = found
            if self._clock() >= until:
                del self._held[key]
                return None
            self._held.move_to_end(key)
            return value

    def put(self, key: str, value: bytes, ttl: float, /) -> None:
        """Keep *value* for *ttl* seconds."""
        with self._lock:
            self._held[key] = value, self._clock() + ttl
            self._held.move_to_end(key)
            if len(self._held) > self._most:
                self._held.popitem(last=False)

    def delete(self, key: str, /) -> None:
        """Forget what is there under *key*, if anything is."""
        with self._lock:
            self._held.pop(key, None)

    async def aget(self, key: str, /) -> bytes | None:
        """`get`, awaited. It never waits."""
        return self.get(key)

    async def aput(self, key: str, value: bytes, ttl: float, /) -> None:
        """`put`, awaited. It never waits."""
        self.put(key, value, ttl)

    async def adelete(self, key: str, /) -> None:
        """`delete`, awaited. It never waits."""
        self.delete(key)


def several(most: int) -> int:
    """*most*, if so many things can be kept."""
    if isinstance(most, bool) or not isinstance(most, int) or most < 1 or not math.isfinite(most):
        raise PolicyError(f"most={most}: a whole number, at least 1")
    return most
