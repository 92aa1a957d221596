"""Not more calls than the provider takes."""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from .._errors import GuardrailError, PolicyError
from .effects import Flow, Take, Tried, Try, Wait
from .places import Places
from .shapes import flowing
from .time_left import left

__all__ = ["Limited", "limited"]

P = ParamSpec("P")
T = TypeVar("T")


class Limited(GuardrailError):
    """The call could not be made in time, for others were being made."""


def limited(
    call: Callable[P, T], *, concurrency: int | None = None, rate: str | None = None
) -> Callable[P, T]:
    """*call*, with at most *concurrency* of it at a time, and no more than *rate* allows.

    *rate* is written ``"100/minute"``, and holds for any minute. Calls over it wait in line as
    long as their deadline allows; then `Limited` is raised, at once where it can be foreseen.
    A stream keeps its place until it ends or is closed. Threads and event loops share the
    places; processes do not.
    """
    if concurrency is None and rate is None:
        raise PolicyError("limited() takes concurrency=, rate= or both")
    if concurrency is not None and not (isinstance(concurrency, int) and concurrency >= 1):
        raise PolicyError(f"concurrency={concurrency!r}: it takes a number, at least 1")
    places = None if concurrency is None else Places(concurrency)
    pause = _never if rate is None else _paced(rate)

    def begin(by: float | None) -> Flow:
        place = None if places is None else places.wanted()
        try:
            if place is not None and not (yield Take(place)):
                raise Limited(f"{concurrency} calls were being made, and none ended in time")
            while seconds := pause():
                allowed = left(by)
                if allowed is not None and seconds >= allowed:
                    raise Limited(f"the next call of {rate} comes too late")
                yield Wait(seconds)
            tried: Tried = yield Try(call)
            return tried
        finally:
            if places is not None and place is not None:
                places.given_back(place)

    return flowing([call], begin)


def _never() -> float:
    return 0.0


def _paced(rate: str) -> Callable[[], float]:
    from .pace import Pace  # noqa: PLC0415  # it needs an extra

    return Pace(rate).pause
