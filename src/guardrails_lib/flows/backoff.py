"""How long to wait before a call is made again, reckoned by tenacity."""

from __future__ import annotations

from collections.abc import Callable

try:
    from tenacity import (
        DoSleep,
        RetryCallState,
        Retrying,
        retry_always,
        stop_after_attempt,
        wait_random_exponential,
    )
except ImportError as problem:
    raise ImportError('retried() needs tenacity: pip install "guardrails-lib[flows]"') from problem

__all__ = ["Backoff"]


class Backoff:
    """The waits between the attempts of one call: longer each time, and jittered."""

    def __init__(
        self,
        attempts: int,
        first: float,
        longest: float,
        asked: Callable[[BaseException], float | None],
        allowed: Callable[[float], bool],
    ) -> None:
        """*asked* is how long a server wants one to wait, *allowed* whether that can be."""
        last = stop_after_attempt(attempts)
        jittered = wait_random_exponential(multiplier=first, max=longest)

        def wait(state: RetryCallState) -> float:
            problem = state.outcome.exception() if state.outcome else None
            wanted = None if problem is None else asked(problem)
            return jittered(state) if wanted is None else wanted

        self._retrying = Retrying(
            stop=lambda state: last(state) or not allowed(state.upcoming_sleep),
            wait=wait,
            retry=retry_always,
            retry_error_callback=lambda _: None,
        )
        self._state = RetryCallState(self._retrying, None, (), {})

    def after(self, problem: BaseException) -> float | None:
        """The seconds to wait after *problem*; None if there is no further attempt."""
        self._state.set_exception((type(problem), problem, None))
        self._retrying.begin()  # it counts per thread, and a stream may be read by another
        found = self._retrying.iter(self._state)
        if not isinstance(found, DoSleep):
            return None
        self._state.prepare_for_next_attempt()
        return found
