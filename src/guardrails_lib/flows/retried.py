"""The same call again, where the error may be gone."""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from .._errors import GuardrailError, PolicyError
from .effects import Flow, Tried, Try, Wait
from .named import On, naming
from .shapes import flowing
from .time_left import left, some_seconds
from .transient import asked_to_wait, is_transient

__all__ = ["retried"]

P = ParamSpec("P")
T = TypeVar("T")


def retried(
    call: Callable[P, T],
    *,
    attempts: int = 3,
    first: float = 0.5,
    longest: float = 30.0,
    on: On[Exception] = is_transient,
    seconds: float | None = None,
) -> Callable[P, T]:
    """*call*, made up to *attempts* times while it raises errors that may be gone the next time.

    Those are what servers answer with 408, 409, 429 or 500 and more, lost connections and
    time-outs, whichever SDK raises them; *on* says otherwise. An outcome is never retried, nor
    an error of this library that the types do not name.

    Between two attempts it waits as long as the server asks in ``Retry-After``; else up to
    *first* seconds, then up to twice that, and so on, by chance. It never waits longer than
    *longest*, nor past the deadline or the *seconds* of all attempts: then the last error is
    raised at once. A stream is retried as long as nothing was shown.

    SDKs retry by themselves: turn that off (``max_retries=0``), or both multiply.
    """
    if not (isinstance(attempts, int) and attempts >= 1):
        raise PolicyError(f"attempts={attempts!r}: it takes a number, at least 1")
    some_seconds(first, "first")
    some_seconds(longest, "longest")
    again = naming(on, of=Exception, never=(GuardrailError, TypeError))
    from .backoff import Backoff  # noqa: PLC0415  # it needs an extra

    def begin(by: float | None) -> Flow:
        def allowed(pause: float) -> bool:
            rest = left(by)
            return pause <= longest and (rest is None or pause < rest)

        waits: Backoff | None = None
        while True:
            tried: Tried = yield Try(call)
            if tried.problem is None or tried.shown or not again(tried.problem):
                return tried
            waits = waits or Backoff(attempts, first, longest, asked_to_wait, allowed)
            pause = waits.after(tried.problem)
            if pause is None:
                return tried
            yield Wait(pause)

    return flowing([call], begin, seconds)
