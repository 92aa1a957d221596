"""Places for calls that are made at the same time, over threads and event loops."""

from __future__ import annotations

import threading
from collections import deque
from concurrent.futures import Future

__all__ = ["Places"]


class Places:
    """So many places. Whoever comes when there is none waits in line."""

    def __init__(self, count: int) -> None:
        self._free = count
        self._lock = threading.Lock()
        self._waiting: deque[Future[None]] = deque()

    def wanted(self) -> Future[None]:
        """A place, as soon as it is done."""
        place: Future[None] = Future()
        with self._lock:
            if self._free:
                self._free -= 1
                place.set_result(None)
            else:
                self._waiting.append(place)
        return place

    def given_back(self, place: Future[None]) -> None:
        """Nobody needs *place* any more, whether it came or not."""
        if place.cancel():
            return
        with self._lock:
            while self._waiting:
                following = self._waiting.popleft()
                if following.set_running_or_notify_cancel():
                    break
            else:
                self._free += 1
                return
        following.set_result(None)
