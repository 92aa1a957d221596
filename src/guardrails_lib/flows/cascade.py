"""The light model first, the next one where that does not do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

from .._outcome import Abstained, Accepted, Blocked, Outcome, Refusal
from .effects import Flow, Tried, Try
from .named import On, naming
from .shapes import flowing
from .time_left import is_over

__all__ = ["cascade"]

P = ParamSpec("P")
T = TypeVar("T")


def cascade(
    *calls: Callable[P, T],
    on: On[Outcome[Any]] = (Abstained,),
    seconds: float | None = None,
) -> Callable[P, T]:
    """The outcome of the first of *calls* that is not one of *on*, or of the last.

    *on* is types of outcomes, or a function of one that says whether to go on. `Blocked` ends
    the cascade, unless the types name it. An error ends it too: see `fallback`. All calls
    together have *seconds*; when they are over, no further one is made.

    A stream shows nothing of a call before the last until it is known that its outcome counts.

    >>> from guardrails_lib import Policy, abstain, guard
    >>> from guardrails_lib.checks import containing
    >>> @guard(Policy(validators=(abstain(containing("not sure")),)))
    ... def small(question: str) -> str:
    ...     return "I am not sure."
    >>> @guard(Policy())
    ... def large(question: str) -> str:
    ...     return "In 1889."
    >>> outcome = cascade(small, large)("When was it built?")
    >>> outcome.unwrap(), len(outcome.record.steps)
    ('In 1889.', 2)
    """
    goes_on = naming(on, of=(Accepted, Refusal), never=(Blocked,))

    def begin(by: float | None) -> Flow:
        for call in calls[:-1]:
            tried: Tried = yield Try(call, held=True)
            if tried.problem is not None or not goes_on(tried.outcome) or is_over(by):
                return tried
        last: Tried = yield Try(calls[-1])
        return last

    return flowing(calls, begin, seconds)
