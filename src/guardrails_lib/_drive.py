"""Two drivers for the one pipeline. Each does what the engine asks, and yields safe text."""

from __future__ import annotations

import asyncio
import contextvars
import threading
import time
from collections.abc import (
    AsyncGenerator,
    AsyncIterator,
    Awaitable,
    Callable,
    Generator,
    Iterator,
    Sequence,
)
from concurrent.futures import Future
from typing import Any, TypeAlias, TypeVar

from ._check import Seen
from ._effects import END, Ask, Emit, Flow, Late, Look, Pull
from ._policy import Rule
from ._types import Finding, Request

__all__ = ["adrive", "drive"]

T = TypeVar("T")
Jobs: TypeAlias = Sequence[tuple[Sequence[Rule[Any]], object]]


def drive(flow: Flow[Any], model: Callable[[Request], Iterator[object]]) -> Generator[str]:
    """Run *flow* to its end, giving the caller what it emits."""
    pieces: Iterator[object] = iter(())
    answer: Any = None
    failure: Exception | None = None
    try:
        while True:
            try:
                effect = flow.send(answer) if failure is None else flow.throw(failure)
            except StopIteration:
                return
            answer = failure = None
            try:
                if isinstance(effect, Pull):
                    answer = next(pieces, END)
                elif isinstance(effect, Look):
                    answer = []
                    for rules, subject in effect.jobs:
                        answer.append([_look(rule, subject) for rule in rules])
                elif isinstance(effect, Emit):
                    yield effect.text
                else:
                    _close(pieces)
                    pieces = model(effect.request)
            except Exception as problem:
                failure = problem
    finally:
        flow.close()
        _close(pieces)


async def adrive(
    flow: Flow[Any], model: Callable[[Request], AsyncIterator[object]]
) -> AsyncGenerator[str]:
    """`drive`, awaiting the model and the async checks."""
    pieces: AsyncIterator[object] | None = None
    answer: Any = None
    failure: Exception | None = None
    try:
        while True:
            try:
                effect = flow.send(answer) if failure is None else flow.throw(failure)
            except StopIteration:
                return
            answer = failure = None
            try:
                match effect:
                    case Pull(until):
                        assert pieces is not None
                        answer = await _by(until, anext(pieces, END))
                    case Look(jobs, until):
                        answer = await _by(until, _alook(jobs))
                    case Emit(text):
                        yield text
                    case Ask(request):
                        await _aclose(pieces)
                        pieces = model(request)
            except Exception as problem:
                failure = problem
    finally:
        flow.close()
        await _aclose(pieces)


def _look(rule: Rule[Any], subject: object) -> list[Seen]:
    try:
        if rule.timeout is None:
            return rule.check.look(subject)
        return _aside(rule, subject).result(rule.timeout)
    except Exception as problem:  # a check that breaks has found something
        return [_broken(rule, problem)]


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
                answers[-1][place] = _look(rule, subject)

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
            work = asyncio.wrap_future(_aside(rule, subject))
        return await (work if rule.timeout is None else asyncio.wait_for(work, rule.timeout))
    except asyncio.CancelledError as problem:
        task = asyncio.current_task()
        if task is None or task.cancelling():
            raise
        return [_broken(rule, problem)]  # the check's own doing, not the caller's
    except Exception as problem:
        return [_broken(rule, problem)]


def _waits(rule: Rule[Any]) -> bool:
    return rule.check.is_async or rule.check.slow or rule.timeout is not None


def _aside(rule: Rule[Any], subject: object) -> Future[list[Seen]]:
    """Look in a thread of its own, which nobody has to wait for."""
    future: Future[list[Seen]] = Future()
    context = contextvars.copy_context()

    def work() -> None:
        if future.set_running_or_notify_cancel():
            try:
                future.set_result(context.run(rule.check.look, subject))
            except BaseException as problem:  # it belongs to whoever waits
                future.set_exception(problem)

    threading.Thread(target=work, name=f"guardrails {rule.check.name}", daemon=True).start()
    return future


def _broken(rule: Rule[Any], problem: BaseException) -> Finding:
    """The finding that stands for a check that could not tell; it quotes nothing."""
    name = rule.check.name
    if isinstance(problem, TimeoutError) and rule.timeout is not None:
        message = f"{name} gave no answer within {rule.timeout:g} s"
    else:
        message = f"{name} broke: {type(problem).__name__}"
    return Finding(message, check=name, kind="error")


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


def _close(pieces: object) -> None:
    if (close := getattr(pieces, "close", None)) is not None:
        close()


async def _aclose(pieces: object) -> None:
    if (close := getattr(pieces, "aclose", None)) is not None:
        await close()
