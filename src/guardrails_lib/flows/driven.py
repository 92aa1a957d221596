"""The driver for functions and generators: it does what a flow asks."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator
from functools import partial
from typing import Any

from .._stream import Stream
from .effects import Begin, Flow, Fn, Take, Tried, Try, Wait
from .time_left import end_of, left, within
from .trail import Trail
from .whole import Whole

__all__ = ["called", "streamed"]

_END = object()


def called(begin: Begin, seconds: float | None) -> Fn:
    """A function that gives the outcome of a flow."""

    def flowing(*args: Any, **kwargs: Any) -> Any:
        trail: Trail[Any] = Trail()
        by = end_of(seconds)
        for _ in _drive(begin(by), trail, lambda call: Whole(partial(call, *args, **kwargs)), by):
            pass
        return trail.outcome

    return flowing


def streamed(begin: Begin, seconds: float | None) -> Fn:
    """A function that gives the stream of a flow."""

    def flowing(*args: Any, **kwargs: Any) -> Stream[Any]:
        trail: Trail[Any] = Trail()
        by = end_of(seconds)
        return Stream(trail, _drive(begin(by), trail, lambda call: call(*args, **kwargs), by))

    return flowing


def _drive(
    flow: Flow, trail: Trail[Any], start: Callable[[Fn], Any], by: float | None
) -> Generator[Any]:
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
                yield from _read(step, answer, trail, start, by)
            elif isinstance(step, Wait):
                time.sleep(step.seconds)
            else:
                answer = _came(step, by)
        yield from given.texts
        trail.end(given)
    finally:
        flow.close()


def _read(
    step: Try, tried: Tried, trail: Trail[Any], start: Callable[[Fn], Any], by: float | None
) -> Generator[Any]:
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
                        pieces = stream.partials() if trail.shows_value else iter(stream)
                    piece = next(pieces, _END)
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
            pieces.close()
    trail.has(tried, step.call, began)


def _came(step: Take, by: float | None) -> bool:
    try:
        step.place.result(left(by))
    except TimeoutError:
        return False
    return True
