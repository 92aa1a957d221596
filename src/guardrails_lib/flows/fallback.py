"""Another model where the first fails."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

from .._errors import PolicyError
from .._outcome import Accepted, Outcome, Refusal
from .effects import Flow, Tried, Try
from .named import On, naming
from .shapes import flowing
from .time_left import is_over, timed_out

__all__ = ["fallback"]

P = ParamSpec("P")
T = TypeVar("T")


def fallback(
    *calls: Callable[P, T],
    on: On[Exception] = (Exception,),
    outcomes: On[Outcome[Any]] = (),
    seconds: float | None = None,
) -> Callable[P, T]:
    """What the first of *calls* gives that does not fail, or the last.

    A call fails that raises an error of *on*, or that takes longer than its policy's budget
    has seconds. *on* is types of errors, or a function of one; `PolicyError` and `TypeError`
    tell of wrong use and are raised, unless the types name them. *outcomes* says which
    outcomes are failures too. All calls together have *seconds*; when they are over, no
    further one is made.

    Each call has its own guard. What the second model is not cleared for, it does not get:
    its guard blocks that. A stream goes on to the next call as long as nothing was shown;
    from then on an error is raised.

    >>> from guardrails_lib import Policy, guard
    >>> @guard(Policy())
    ... def first(question: str) -> str:
    ...     raise ConnectionError
    >>> @guard(Policy())
    ... def second(question: str) -> str:
    ...     return "In 1889."
    >>> fallback(first, second)("When was it built?").unwrap()
    'In 1889.'
    """
    raised = naming(on, of=Exception, never=(PolicyError, TypeError))
    counts = naming(outcomes, of=(Accepted, Refusal), never=())

    def failed(tried: Tried) -> bool:
        if tried.problem is not None:
            return raised(tried.problem)
        return counts(tried.outcome) or timed_out(tried.outcome)

    def begin(by: float | None) -> Flow:
        for call in calls[:-1]:
            tried: Tried = yield Try(call)
            if tried.shown or not failed(tried) or is_over(by):
                return tried
        last: Tried = yield Try(calls[-1])
        return last

    return flowing(calls, begin, seconds)
