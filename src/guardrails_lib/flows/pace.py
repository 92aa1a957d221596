"""How many calls a time allows, counted by limits."""

from __future__ import annotations

import threading
import time

try:
    from limits import parse
    from limits.storage import MemoryStorage
    from limits.strategies import MovingWindowRateLimiter
except ImportError as problem:
    raise ImportError('limited() needs limits: pip install "guardrails-lib[flows]"') from problem

from .._errors import PolicyError

__all__ = ["Pace"]


class Pace:
    """So many calls in any time of that length, over all that share it."""

    def __init__(self, rate: str) -> None:
        try:
            self._rate = parse(rate)
        except ValueError:
            raise PolicyError(f'rate={rate!r}: write "100/minute" or "5 per 10 seconds"') from None
        self._window = MovingWindowRateLimiter(MemoryStorage())
        self._lock = threading.Lock()  # that of the storage may be swept away

    def pause(self) -> float:
        """0, and the call is counted; or the seconds after which it is worth asking again."""
        with self._lock:
            if self._window.hit(self._rate):
                return 0.0
            opens = self._window.get_window_stats(self._rate).reset_time
        return max(opens - time.time(), 0.001)
