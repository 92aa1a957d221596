"""Replies that are sure of themselves, and such as are not."""

from __future__ import annotations

from typing import Any

from ..._known import Known
from ..._types import Reply

__all__ = ["unsure"]

_SURE = "The museum was opened in 1901."
_UNSURE = "The museum was opened in 1887."
_HEDGED = ("I think it was opened in 1901.", "Perhaps it opens at nine, I'm not sure.")


def unsure(
    below: float, logprobs: str | None, field: str | None, samples: int, hedges: bool
) -> Known[Reply[object]]:
    """Replies that differ in each way by which this one tells."""
    if below == 0.0:
        return Known(why="with below=0 nothing is found")
    bad = _reply(_SURE, logprobs, field, samples, 0.0, ("The library closed last week.",))
    worse = _reply(_UNSURE, logprobs, field, samples, 0.0, ("Nobody has asked before.",))
    good = [_reply(each, logprobs, field, samples, 1.0, (each,)) for each in (_SURE, _UNSURE)]
    both = [bad, worse] if logprobs or field or samples else []
    if hedges and below > _LEAST:
        both += [_reply(each, logprobs, field, samples, 1.0, (each,)) for each in _HEDGED]
    return Known(both, good, "" if both else "so few hedges are that unsure")


_LEAST = 0.4
"""How sure those are who hedge so, at most."""


def _reply(
    text: str,
    logprobs: str | None,
    field: str | None,
    samples: int,
    sure: float,
    others: tuple[str, ...],
) -> Reply[Any]:
    value: Any = None
    for name in reversed(field.split(".")) if field else ():
        value = {name: sure if value is None else value}
    return Reply(
        text,
        value,
        logprobs=((0.0,) * 6 if sure else (-30.0,) * 6) if logprobs else None,
        samples=others * samples,
    )
