"""Calls that race each other, in tasks."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Callable
from functools import partial
from typing import Any

from .._stream import AsyncStream
from .effects import Fn, Tried
from .steps import overtaken
from .time_left import end_of, within
from .trail import Trail
from .whole import AsyncWhole

__all__ = ["acall_raced", "astream_raced"]

_END = object()


def acall_raced(call: Fn, after: float, most: int) -> Fn:
    """A coroutine function that gives the first outcome."""

    async def flowing(*args: Any, **kwargs: Any) -> Any:
        trail: Trail[Any] = Trail()
        race = _Race(lambda: AsyncWhole(partial(call, *args, **kwargs)), trail)
        async for _ in _run(race, call, after, most):
            pass
        return trail.outcome

    return flowing


def astream_raced(call: Fn, after: float, most: int) -> Fn:
    """A function that gives the async stream which is the first to show something."""

    def flowing(*args: Any, **kwargs: Any) -> AsyncStream[Any]:
        trail: Trail[Any] = Trail()
        race = _Race(lambda: call(*args, **kwargs), trail)
        return AsyncStream(trail, _run(race, call, after, most))

    return flowing


class _Entry:
    """One of the calls. It is read in one task from its start to its end."""

    stream: Any = None
    problem: BaseException | None = None
    arrived = False
    task: asyncio.Task[None]

    def __init__(self) -> None:
        self.began = time.monotonic()
        self.pieces: asyncio.Queue[Any] = asyncio.Queue(1)


class _Race:
    """The calls that are under way."""

    def __init__(self, start: Callable[[], Any], trail: Trail[Any]) -> None:
        self.trail = trail
        self.by = end_of(None)
        self.entries: list[_Entry] = []
        self._start = start
        self._arrived: asyncio.Queue[_Entry] = asyncio.Queue()

    async def winner(self, after: float, most: int) -> _Entry:
        """The first that shows something or ends; the first that fails, where all do."""
        failed: list[_Entry] = []
        self._enter()
        while True:
            try:
                async with asyncio.timeout(after if len(self.entries) < most else None):
                    entry = await self._arrived.get()
            except TimeoutError:
                self._enter()
                continue
            if entry.problem is None:
                return entry
            failed.append(entry)
            if len(failed) == len(self.entries):
                return failed[0]

    def overtake(self, *losers: _Entry) -> None:
        """Nobody waits for *losers* any more."""
        for each in losers:
            each.task.cancel()

    async def leave(self) -> None:
        """No task is left."""
        self.overtake(*self.entries)
        await asyncio.gather(*(each.task for each in self.entries), return_exceptions=True)

    def _enter(self) -> None:
        entry = _Entry()
        self.entries.append(entry)
        entry.task = asyncio.create_task(self._go(entry))

    async def _go(self, entry: _Entry) -> None:
        try:
            with within(self.by):
                entry.stream = stream = self._start()
                pieces = stream.partials() if self.trail.shows_value else aiter(stream)
                try:
                    async for piece in pieces:
                        self._arrives(entry)
                        await entry.pieces.put(piece)
                finally:
                    await pieces.aclose()
        except asyncio.CancelledError as problem:
            if entry.task.cancelling():
                raise
            entry.problem = problem  # the call's own doing
        except Exception as problem:  # it belongs to whoever waits
            entry.problem = problem
        self._arrives(entry)
        await entry.pieces.put(_END)

    def _arrives(self, entry: _Entry) -> None:
        if not entry.arrived:
            entry.arrived = True
            self._arrived.put_nowait(entry)


async def _run(race: _Race, call: Fn, after: float, most: int) -> AsyncGenerator[Any]:
    """Give the reader what the winner shows."""
    tried = Tried()
    try:
        entry = await race.winner(after, most)
        others = [each for each in race.entries if each is not entry]
        race.overtake(*others)
        race.trail.reads(entry.stream)
        while (piece := await entry.pieces.get()) is not _END:
            yield piece
        if entry.problem is None:
            tried.outcome = entry.stream.outcome
        elif isinstance(entry.problem, Exception):
            tried.problem = entry.problem
        else:
            raise entry.problem
        await race.leave()
        for other in others:
            race.trail.keep(
                overtaken(call, other.problem, time.monotonic() - other.began, other.stream)
            )
        race.trail.has(tried, call, entry.began)
        race.trail.end(tried)
    finally:
        await race.leave()
