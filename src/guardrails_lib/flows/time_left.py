"""By when a flow is to have ended, and its calls with it."""

from __future__ import annotations

import contextlib
import time
from contextlib import AbstractContextManager
from typing import Any

from .._deadline import deadline, until
from .._errors import PolicyError
from .._outcome import Abstained, Outcome

__all__ = ["end_of", "is_over", "left", "some_seconds", "timed_out", "within"]


def some_seconds(seconds: float | None, name: str) -> None:
    """Refuse *seconds* that are none."""
    if seconds is not None and not seconds > 0:
        raise PolicyError(f"{name}={seconds!r}: it takes seconds, more than 0")


def end_of(seconds: float | None) -> float | None:
    """`time.monotonic()` by then: in *seconds*, or at the deadline where that is earlier."""
    with deadline(seconds) as by:
        return by


def within(by: float | None) -> AbstractContextManager[object]:
    """In it, *by* is the deadline.

    A driver is in it while it waits for a call, and out of it whenever the reader of a stream
    has the word: what a generator sets in its context is seen by whoever reads it.
    """
    if by is None or until() == by:
        return contextlib.nullcontext()
    return deadline(left(by))


def left(by: float | None) -> float | None:
    """The seconds until then; None is for ever."""
    return None if by is None else max(0.0, by - time.monotonic())


def is_over(by: float | None) -> bool:
    """Whether no time is left."""
    return by is not None and time.monotonic() >= by


def timed_out(outcome: Outcome[Any]) -> bool:
    """Whether a call took longer than it may. One that spent too much would do so again."""
    return isinstance(outcome, Abstained) and any(
        each.kind == "budget" and each.message.endswith(" seconds") for each in outcome.findings
    )
