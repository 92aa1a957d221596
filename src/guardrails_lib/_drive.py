"""The driver for functions and generators: it does what the engine asks."""

from __future__ import annotations

import contextvars
import threading
from collections.abc import Callable, Generator, Iterator
from typing import TYPE_CHECKING, Any

from ._check import Seen
from ._effects import END, Emit, Flow, Look, Pull
from ._policy import Rule
from ._types import Finding, Request

if TYPE_CHECKING:
    from concurrent.futures import Future

__all__ = ["aside", "broken", "drive", "look"]


def drive(flow: Flow[Any], model: Callable[[Request], Iterator[object]]) -> Generator[Any]:
    """Run *flow* to its end, giving the caller what it emits."""
    pieces: Iterator[object] | None = None
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
                    answer = END if pieces is None else next(pieces, END)
                elif isinstance(effect, Look):
                    answer = []
                    for rules, subject in effect.jobs:
                        answer.append([look(rule, subject) for rule in rules])
                elif isinstance(effect, Emit):
                    yield effect.piece
                else:
                    _close(pieces)
                    pieces = model(effect.request)
            except Exception as problem:
                failure = problem
    finally:
        flow.close()
        _close(pieces)


def look(rule: Rule[Any], subject: object) -> list[Seen]:
    try:
        if rule.timeout is None:
            return rule.check.look(subject)
        return aside(rule, subject).result(rule.timeout)
    except Exception as problem:  # a check that breaks has found something
        return [broken(rule, problem)]


def aside(rule: Rule[Any], subject: object) -> Future[list[Seen]]:
    """Look in a thread of its own, which nobody has to wait for."""
    from concurrent.futures import Future  # noqa: PLC0415  # it takes 10 ms

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
