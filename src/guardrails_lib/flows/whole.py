"""A call, read as a stream that shows nothing: so that flows have one way of reading."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from typing import Any

__all__ = ["AsyncWhole", "Whole"]


class Whole:
    """The call of a function. It is made when it is read."""

    outcome: Any = None

    def __init__(self, call: Callable[[], Any]) -> None:
        self._call = call

    def __iter__(self) -> Iterator[Any]:
        return self

    def __next__(self) -> Any:
        self.outcome = self._call()
        raise StopIteration

    def close(self) -> None:
        """There is nothing left to read."""


class AsyncWhole:
    """The call of a coroutine function."""

    outcome: Any = None

    def __init__(self, call: Callable[[], Awaitable[Any]]) -> None:
        self._call = call

    def __aiter__(self) -> AsyncIterator[Any]:
        return self

    async def __anext__(self) -> Any:
        self.outcome = await self._call()
        raise StopAsyncIteration

    async def aclose(self) -> None:
        """There is nothing left to read."""
