"""The records of the calls that a flow made, and the one that is made of them."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

from .._errors import GuardrailError, ReplyError
from .._events import Event, Record
from .._guarded import guarded_as
from .._types import Usage
from .effects import Fn

__all__ = ["failed", "joined", "overtaken"]


def joined(records: Sequence[Record], last: Record, seconds: float) -> Record:
    """*last*, with what all of *records* took and spent. One alone stays as it is."""
    if len(records) == 1:
        return last
    return last._replace(
        started=min((each.started for each in records), default=last.started),
        seconds=seconds,
        attempts=sum(each.attempts for each in records),
        spent=sum((each.spent for each in records), Usage()),
        steps=tuple(records),
    )


def failed(call: Fn, problem: BaseException, seconds: float) -> Record:
    """The record of a call that raised *problem*; an error of ours comes before the model's."""
    before = isinstance(problem, GuardrailError) and not isinstance(problem, ReplyError)
    asked = 0 if before else 1
    return _broken(call, type(problem).__name__, seconds, asked)


def overtaken(
    call: Fn, problem: BaseException | None, seconds: float, stream: Any = None
) -> Record:
    """The record of a call that another one was quicker than, or that failed before."""
    if problem is not None:
        return failed(call, problem, seconds)
    known = getattr(stream, "outcome", None)
    return _broken(call, "overtaken", seconds, 1) if known is None else known.record


def _broken(call: Fn, by: str, seconds: float, attempts: int) -> Record:
    guard = guarded_as(call).guard
    policy: Any = getattr(guard, "policy", None)
    return Record(
        policy=getattr(policy, "name", ""),
        fingerprint=getattr(policy, "fingerprint", ""),
        started=time.time() - seconds,
        seconds=seconds,
        attempts=attempts,
        events=(Event("failed", seconds, by=(by,)),),
    )
