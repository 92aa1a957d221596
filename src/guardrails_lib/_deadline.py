"""By when an answer is wanted, for every guarded call that is made until then."""

from __future__ import annotations

import contextlib
import contextvars
import time
from collections.abc import Iterator

__all__ = ["deadline", "until"]

_UNTIL: contextvars.ContextVar[float | None] = contextvars.ContextVar("until", default=None)
until = _UNTIL.get
"""`time.monotonic()` by when the calls of this context must have ended, if there is a time."""


@contextlib.contextmanager
def deadline(seconds: float | None) -> Iterator[float | None]:
    """Within it, guarded calls share what is left of *seconds*; an earlier deadline holds.

    What it gives is `time.monotonic()` by then. None sets no deadline.

    >>> with deadline(2.0):
    ...     with deadline(60.0) as by:
    ...         assert by - time.monotonic() <= 2.0
    """
    if seconds is not None and not seconds >= 0:
        raise ValueError(f"deadline({seconds}): seconds, not less than 0")
    outer = until()
    by = outer if seconds is None else time.monotonic() + seconds
    if outer is not None and by is not None:
        by = min(outer, by)
    token = _UNTIL.set(by)
    try:
        yield by
    finally:
        _UNTIL.reset(token)
