"""The driver for coroutines and async generators: that of `driven`, awaiting the calls."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Callable
from functools import partial
from typing import Any

from .._stream import AsyncStream
from .effects import Begin, Flow, Fn, Take, Tried, Try, Wait
from .time_left import end_of, left, within
from .trail import Trail
from .whole import AsyncWhole

__all__ = ["acalled", "astreamed"]

_END = object()


def acalled(begin: Begin, seconds: float | None) -> Fn:
    """A coroutine function that gives the outcome of a flow."""

    async def flowing(*args: Any, **kwargs: Any) -> Any:
        trail: Trail[Any] = Trail()
        by = end_of(seconds)
        pieces = _drive(
            begin(by), trail, lambda call: AsyncWhole(partial(call, *args, **kwargs)), by
        )
        async for _ in pieces:
            pass
        return trail.outcome

    return flowing


def astreamed(begin: Begin, seconds: float | None) -> Fn:
    """A function that gives the async stream of a flow."""

    def flowing(*args: Any, **kwargs: Any) -> AsyncStream[Any]:
        trail: Trail[Any] = Trail()
        by = end_of(seconds)
        return AsyncStream(trail, _drive(begin(by), trail, lambda call: call(*args, **kwargs), by))

    return flowing


async def _drive(
    flow: Flow, trail: Trail[Any], start: Callable[[Fn], Any], by: float | None
) -> AsyncGenerator[Any]:
    """Run *flow* to its end, giving the reader what it shows."""
    answer: Any = None
    try:
        while True:
            try:
                step = flow.send(answer)
            except StopIteration as end:
                given: Tried = end.value
                break
            except Exception as problem:  # no call's own: a breaker is open, a place too late
                trail.broken_off("failed", f"the flow raised {type(problem).__name__}")
                raise
            answer = None
            if isinstance(step, Try):
                answer = Tried()
                pieces = _read(step, answer, trail, start, by)
                try:
                    async for piece in pieces:
                        yield piece
                finally:
                    await pieces.aclose()
            elif isinstance(step, Wait):
                await asyncio.sleep(step.seconds)
            else:
                answer = await _came(step, by)
        for piece in given.texts:
            yield piece
        trail.end(given)
    finally:
        flow.close()


async def _read(
    step: Try, tried: Tried, trail: Trail[Any], start: Callable[[Fn], Any], by: float | None
) -> AsyncGenerator[Any]:
    """Make a call, giving the reader what it shows unless that is to be held."""
    began = time.monotonic()
    stream: Any = None
    pieces: Any = None
    try:
        while True:
            try:
                with within(by):
                    if pieces is None:
                        stream = start(step.call)
                        trail.reads(stream)
                        pieces = stream.partials() if trail.shows_value else aiter(stream)
                    piece = await anext(pieces, _END)
            except Exception as problem:  # what it means is for the flow to say
                tried.problem = problem
                break
            if piece is _END:
                tried.outcome = stream.outcome
                break
            if step.held:
                tried.texts.append(piece)
            else:
                tried.shown = True
                yield piece
    finally:
        if pieces is not None:
            await pieces.aclose()
    trail.has(tried, step.call, began)


async def _came(step: Take, by: float | None) -> bool:
    if step.place.done():
        return True
    try:
        await asyncio.wait_for(asyncio.wrap_future(step.place), left(by))
    except TimeoutError:
        return False
    return True
