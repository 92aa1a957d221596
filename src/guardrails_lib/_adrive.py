"""The driver for coroutines and async generators: `drive`, awaiting model and checks."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Sequence
from typing import Any, TypeAlias, TypeVar

from ._check import Seen
from ._drive import aside, broken, look
from ._effects import END, Ask, Do, Emit, Flow, Late, Look, Pull, Sample, left_over
from ._policy import Rule
from ._types import Request

__all__ = ["adrive"]

T = TypeVar("T")
Jobs: TypeAlias = Sequence[tuple[Sequence[Rule[Any]], object]]


async def adrive(
    flow: Flow[Any], model: Callable[[Request], AsyncIterator[object]]
) -> AsyncGenerator[Any]:
    """`drive`, awaiting the model and the async checks."""
    pieces: AsyncIterator[object] | None = None
    answer: Any = None
    failure: Exception | None = None
    ended = False
    try:
        while True:
            try:
                effect = flow.send(answer) if failure is None else flow.throw(failure)
            except StopIteration:
                ended = True
                return
            answer = failure = None
            try:
                match effect:
                    case Pull(until):
                        assert pieces is not None
                        answer = await _by(until, anext(pieces, END))
                    case Look(jobs, until):
                        answer = await _by(until, _alook(jobs))
                    case Emit(piece):
                        yield piece
                    case Ask(request, given):
                        await _aclose(pieces)
                        pieces = model(request) if given is None else _only(given)
                    case Sample():
                        answer = await _samples(effect, model)
                    case Do():
                        work = _done(effect)
                        answer = await (work if effect.until is None else _by(effect.until, work))
            except Exception as problem:
                failure = problem
    finally:
        try:
            if not ended:
                for effect in left_over(flow):
                    with contextlib.suppress(Exception):  # the engine has said what that means
                        await _done(effect)
        finally:
            await _aclose(pieces)


def _done(effect: Do) -> Awaitable[object]:
    twin = getattr(effect.thing, f"a{effect.verb}", None)
    if twin is not None:
        work: Awaitable[object] = twin(*effect.args)
        return work
    return asyncio.to_thread(getattr(effect.thing, effect.verb), *effect.args)


async def _only(piece: object) -> AsyncIterator[object]:
    yield piece


async def _alook(jobs: Jobs) -> list[list[list[Seen]]]:
    """The quick checks one after the other, the others side by side."""
    answers: list[list[list[Seen]]] = []
    waiting: list[tuple[list[list[Seen]], int, Rule[Any], object]] = []
    for rules, subject in jobs:
        answers.append([[] for _ in rules])
        for place, rule in enumerate(rules):
            if _waits(rule):
                waiting.append((answers[-1], place, rule, subject))
            else:
                answers[-1][place] = look(rule, subject)

    async def fill(answer: list[list[Seen]], place: int, rule: Rule[Any], subject: object) -> None:
        answer[place] = await _awaited(rule, subject)

    if len(waiting) == 1:
        await fill(*waiting[0])
    elif waiting:
        async with asyncio.TaskGroup() as group:
            for each in waiting:
                group.create_task(fill(*each))
    return answers


async def _awaited(rule: Rule[Any], subject: object) -> list[Seen]:
    try:
        if rule.check.is_async:
            work: Awaitable[list[Seen]] = rule.check.alook(subject)
        else:
            seen = aside(lambda: rule.check.look(subject), rule.check.name)
            work = asyncio.wrap_future(seen)
        return await (work if rule.timeout is None else asyncio.wait_for(work, rule.timeout))
    except asyncio.CancelledError as problem:
        task = asyncio.current_task()
        if task is None or task.cancelling():
            raise
        return [broken(rule, problem)]  # the check's own doing, not the caller's
    except Exception as problem:
        return [broken(rule, problem)]


async def _samples(
    asked: Sample, model: Callable[[Request], AsyncIterator[object]]
) -> list[list[object]]:
    """The pieces of each further reply that came in time and whole."""

    async def answer() -> list[object]:
        pieces = model(asked.request)
        try:
            return [piece async for piece in pieces]
        finally:
            await _aclose(pieces)

    tasks = [asyncio.create_task(answer()) for _ in range(asked.count)]
    left = None if asked.until is None else max(0.0, asked.until - time.monotonic())
    try:
        await asyncio.wait(tasks, timeout=left)
    finally:
        for each in tasks:
            each.cancel()
        answers = await asyncio.gather(*tasks, return_exceptions=True)
    return [each for each in answers if not isinstance(each, BaseException)]


def _waits(rule: Rule[Any]) -> bool:
    return rule.check.is_async or rule.check.slow or rule.timeout is not None


async def _by(until: float | None, work: Awaitable[T]) -> T:
    """What *work* gives; `Late` if it takes longer than *until*."""
    if until is None:
        return await work
    limit = asyncio.timeout(max(0.0, until - time.monotonic()))
    try:
        async with limit:
            return await work
    except TimeoutError:
        if limit.expired():
            raise Late from None
        raise


async def _aclose(pieces: object) -> None:
    if (close := getattr(pieces, "aclose", None)) is not None:
        await close()
