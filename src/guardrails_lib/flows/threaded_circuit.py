"""Failures counted by pybreaker, for functions and generators."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import NoReturn

try:
    from pybreaker import (
        STATE_CLOSED,
        STATE_HALF_OPEN,
        STATE_OPEN,
        CircuitBreaker,
        CircuitBreakerError,
        CircuitMemoryStorage,
    )
except ImportError as problem:
    raise ImportError('breaker() needs pybreaker: pip install "guardrails-lib[flows]"') from problem

__all__ = ["ThreadedCircuit"]


class ThreadedCircuit:
    """Its breaker is told how calls ended and makes none: it would hold its lock meanwhile."""

    def __init__(self, failures: int, reset: float) -> None:
        self._reset = timedelta(seconds=reset)
        self._kept = CircuitMemoryStorage(STATE_CLOSED)
        self._breaker = CircuitBreaker(
            failures, reset, state_storage=self._kept, throw_new_error_on_trip=False
        )

    def seconds_open(self) -> float | None:
        """How long no call is to be made; None if one may be."""
        opened = self._kept.opened_at
        if self._breaker.current_state != STATE_OPEN or opened is None:
            return None
        if (seconds := (opened + self._reset - datetime.now(UTC)).total_seconds()) > 0:
            return seconds
        self._breaker.half_open()
        return None

    @property
    def tries(self) -> bool:
        """Whether the next call decides."""
        return self._breaker.current_state == STATE_HALF_OPEN

    def well(self) -> None:
        """A call ended well."""
        with suppress(CircuitBreakerError):  # it began before the others failed
            self._breaker.call(bool)

    def failed(self) -> None:
        """A call failed."""
        with suppress(CircuitBreakerError, _FailedError):
            self._breaker.call(_fail)


class _FailedError(Exception):
    """What pybreaker is told of a failure."""


def _fail() -> NoReturn:
    raise _FailedError
