"""A clock that goes on when it is told to."""

from __future__ import annotations

import threading

__all__ = ["FakeClock"]


class FakeClock:
    """A time that a test decides, for all that takes ``clock=``. It never goes back.

    >>> from guardrails_lib import Vault
    >>> clock = FakeClock()
    >>> conversation = Vault(lifetime=60, clock=clock)
    >>> said = conversation.placeholder("PIN", "1234")
    >>> clock.advance(61)
    >>> conversation
    Vault(0 values)
    """

    def __init__(self, now: float = 0.0) -> None:
        self._now = _forward(now)
        self._lock = threading.Lock()

    def __call__(self) -> float:
        """The time it is, in seconds."""
        with self._lock:
            return self._now

    def advance(self, seconds: float) -> None:
        """Let so many *seconds* pass."""
        with self._lock:
            self._now += _forward(seconds)

    def sleep(self, seconds: float) -> None:
        """`advance`, where a function to sleep is wanted: nobody waits."""
        self.advance(seconds)

    async def asleep(self, seconds: float) -> None:
        """`sleep`, awaited."""
        self.advance(seconds)

    def __repr__(self) -> str:
        return f"FakeClock({self()!r})"


def _forward(seconds: float) -> float:
    if not 0 <= seconds < float("inf"):
        raise ValueError(f"{seconds} seconds: time goes forward, and not for ever")
    return seconds
