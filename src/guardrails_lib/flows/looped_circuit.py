"""Failures counted by purgatory, for coroutines and async generators."""

from __future__ import annotations

import time

try:
    from purgatory.domain.model import HALF_OPENED, Context, OpenedState
except ImportError as problem:
    raise ImportError('breaker() needs purgatory: pip install "guardrails-lib[flows]"') from problem

__all__ = ["LoopedCircuit"]


class LoopedCircuit:
    """Its states alone are used: what is around them awaits storage, and there is none."""

    def __init__(self, failures: int, reset: float) -> None:
        self._context = Context("model", failures, reset)

    def seconds_open(self) -> float | None:
        """How long no call is to be made; None if one may be."""
        try:
            self._context.handle_new_request()
        except OpenedState as opened:
            opened.with_traceback(None)  # it is raised each time, and would grow
            return max(0.0, opened.opened_at + self._context.ttl - time.time())
        self._context.messages.clear()
        return None

    @property
    def tries(self) -> bool:
        """Whether the next call decides."""
        return self._context.state == HALF_OPENED

    def well(self) -> None:
        """A call ended well."""
        self._context.handle_end_request()
        self._context.messages.clear()

    def failed(self) -> None:
        """A call failed."""
        self._context.handle_exception(ConnectionError())
        self._context.messages.clear()
