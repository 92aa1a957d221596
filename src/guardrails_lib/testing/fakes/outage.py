"""What goes wrong between an application and its model."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Literal, TypeAlias, get_args

from ..._types import Reply
from ..._values import FrozenDict, code, pretty
from .model import Turn, as_turn

__all__ = ["OUTAGES", "Outage", "RateLimited"]

Kind: TypeAlias = Literal[
    "none",
    "slow",
    "empty",
    "cut_off",
    "broken_off",
    "unreachable",
    "timed_out",
    "rate_limited",
    "failed",
]
OUTAGES: tuple[Kind, ...] = get_args(Kind)
"""All that can go wrong, the mildest first; the first is nothing."""


class RateLimited(Exception):
    """The provider wants fewer requests, and says so as the errors of SDKs do."""

    status_code = 429
    headers = FrozenDict({"retry-after": "0"})


class ModelFailed(Exception):
    """The provider has an error of its own."""

    status_code = 500


@dataclass(frozen=True, slots=True, repr=False)
class Outage:
    """One thing that goes wrong with one answer.

    ``slow`` waits *seconds* before each chunk; ``empty`` says nothing; ``cut_off`` ends after
    so many characters (*after*) and says that it is the length; ``broken_off`` loses the
    connection there. The model is not asked at all where it is ``unreachable``, where it
    ``timed_out`` after *seconds*, is ``rate_limited`` or has ``failed``.

    >>> Outage("cut_off", after=5)
    Outage(kind='cut_off', after=5)
    """

    kind: Kind = "none"
    after: int = 0
    seconds: float = 0.0

    __repr__ = code
    _repr_pretty_ = pretty

    def __post_init__(self) -> None:
        if self.kind not in OUTAGES:
            raise ValueError(f"there is no outage {self.kind!r}; there are {', '.join(OUTAGES)}")
        if self.after < 0 or not 0 <= self.seconds < float("inf"):
            raise ValueError(f"after={self.after}, seconds={self.seconds}: neither is negative")

    def befalls(self, answer: Callable[[], Turn | Reply[Any]]) -> Turn | Reply[Any]:
        """What is left of the *answer* of a model, which is asked where it is reached."""
        if (error := self._instead()) is not None:
            return Turn(error=error, seconds=self.seconds)
        given = answer()
        if self.kind == "none":
            return given
        turn = as_turn(given)
        if self.kind == "slow":
            return replace(turn, seconds=turn.seconds + self.seconds)
        if self.kind == "empty":
            return Turn(usage=turn.usage)
        begun = replace(turn, chunks=_first(turn.chunks, self.after), tool_calls=())
        if self.kind == "cut_off":
            return replace(begun, finish="length")
        return replace(begun, usage=None, finish="", error=ConnectionError("the connection broke"))

    def _instead(self) -> Exception | None:
        if self.kind == "unreachable":
            return ConnectionError("the model cannot be reached")
        if self.kind == "timed_out":
            return TimeoutError("the model does not answer")
        if self.kind == "rate_limited":
            return RateLimited("too many requests")
        return ModelFailed("an error of the provider") if self.kind == "failed" else None


def _first(chunks: tuple[str, ...], most: int) -> tuple[str, ...]:
    """The first characters of *chunks*, cut as they are."""
    first: list[str] = []
    for chunk in chunks:
        if most <= 0:
            break
        first.append(chunk[:most])
        most -= len(chunk)
    return tuple(first)
