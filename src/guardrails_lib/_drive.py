"""The driver for functions and generators: it does what the engine asks."""

from __future__ import annotations

import contextlib
import contextvars
import threading
import time
from collections.abc import Callable, Generator, Iterator
from typing import TYPE_CHECKING, Any, TypeVar

from ._check import Seen
from ._effects import END, Ask, Do, Emit, Flow, Look, Pull, Sample, left_over
from ._policy import Rule
from ._types import Finding, Request

if TYPE_CHECKING:
    from concurrent.futures import Future

__all__ = ["aside", "broken", "drive", "look"]

T = TypeVar("T")


def drive(flow: Flow[Any], model: Callable[[Request], Iterator[object]]) -> Generator[Any]:
    """Run *flow* to its end, giving the caller what it emits."""
    pieces: Iterator[object] | None = None
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
                if isinstance(effect, Pull):
                    answer = END if pieces is None else next(pieces, END)
                elif isinstance(effect, Look):
                    answer = []
                    for rules, subject in effect.jobs:
                        answer.append([look(rule, subject) for rule in rules])
                elif isinstance(effect, Emit):
                    yield effect.piece
                elif isinstance(effect, Ask):
                    _close(pieces)
                    pieces = iter((effect.given,)) if effect.given else model(effect.request)
                elif isinstance(effect, Sample):
                    answer = _samples(effect, model)
                else:
                    answer = _done(effect)
            except Exception as problem:
                failure = problem
    finally:
        if not ended:
            for effect in left_over(flow):
                with contextlib.suppress(Exception):  # the engine has said what that means
                    _done(effect)
        _close(pieces)


def _done(effect: Do) -> object:
    return getattr(effect.thing, effect.verb)(*effect.args)


def look(rule: Rule[Any], subject: object) -> list[Seen]:
    try:
        if rule.timeout is None:
            return rule.check.look(subject)
        return aside(lambda: rule.check.look(subject), rule.check.name).result(rule.timeout)
    except Exception as problem:  # a check that breaks has found something
        return [broken(rule, problem)]


def aside(work: Callable[[], T], name: str) -> Future[T]:
    """Do *work* in a thread of its own, which nobody has to wait for."""
    from concurrent.futures import Future  # noqa: PLC0415  # it takes 10 ms

    future: Future[T] = Future()
    context = contextvars.copy_context()

    def done() -> None:
        if future.set_running_or_notify_cancel():
            try:
                future.set_result(context.run(work))
            except BaseException as problem:  # it belongs to whoever waits
                future.set_exception(problem)

    threading.Thread(target=done, name=f"guardrails {name}", daemon=True).start()
    return future


def _samples(asked: Sample, model: Callable[[Request], Iterator[object]]) -> list[list[object]]:
    """The pieces of each further reply that came in time and whole."""

    def answer() -> list[object]:
        pieces = model(asked.request)
        try:
            return list(pieces)
        finally:
            _close(pieces)

    answers = []
    for each in [aside(answer, "sample") for _ in range(asked.count)]:
        left = None if asked.until is None else max(0.0, asked.until - time.monotonic())
        try:
            answers.append(each.result(left))
        except Exception:  # noqa: S112  # the check that wanted it says that it is not there
            continue
    return answers


def broken(rule: Rule[Any], problem: BaseException) -> Finding:
    """The finding that stands for a check that could not tell; it quotes nothing."""
    name = rule.check.name
    if isinstance(problem, TimeoutError) and rule.timeout is not None:
        message = f"{name} gave no answer within {rule.timeout:g} s"
    else:
        message = f"{name} broke: {type(problem).__name__}"
    return Finding(message, check=name, kind="error")


def _close(pieces: object) -> None:
    if (close := getattr(pieces, "close", None)) is not None:
        close()
