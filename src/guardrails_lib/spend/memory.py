"""A ledger in memory, for one process."""

from __future__ import annotations

import itertools
import secrets
import threading
import time
from collections.abc import Callable, Mapping
from typing import NamedTuple

from .._errors import LedgerError
from .._ledger import Held, Overspent
from .limit import HELD, Limit, account, ends, nanos, of, several

__all__ = ["MemoryLedger"]

_SWEEP = 1024
"""How many entries there must at least be before it is looked for old ones."""


class MemoryLedger:
    """Limits that all calls of this process keep together, from any thread and any loop.

    All limits must hold, or nothing is reserved. What was reserved and never settled counts
    as spent.

    >>> ledger = MemoryLedger(Limit(0.05, per="user"), Limit(10.0))
    >>> held = ledger.reserve({"user": "ann"}, 0.04)
    >>> ledger.reserve({"user": "ann"}, 0.04)
    Overspent(limit='0.05 dollars per user and day')
    >>> ledger.settle(held, 0.01)
    >>> ledger.left({"user": "ann"})[Limit(0.05, per="user")]
    0.04
    """

    def __init__(self, *limits: Limit, clock: Callable[[], float] = time.time) -> None:
        self.limits = several(limits)
        self._clock = clock
        self._names = tuple(dict.fromkeys(name for limit in limits for name in limit.per))
        self._id = secrets.token_hex(8)
        self._numbers = itertools.count()
        # a stream that nobody reads on may be collected, and settled, in the middle of this
        self._lock = threading.RLock()
        self._windows: dict[str, _Window] = {}
        self._groups: dict[tuple[str | None, ...], _Group] = {}
        self._held: dict[str, _Open] = {}
        self._full = _SWEEP

    def reserve(self, who: Mapping[str, str], dollars: float, /) -> Held | Overspent:
        """Set *dollars* aside, if no limit is passed by that."""
        wanted = nanos(dollars)
        with self._lock:
            now = self._clock()
            group = self._group(who, now)
            used = 0.0
            for window in group.windows:
                taken = window.taken + wanted
                if taken > window.most:
                    return Overspent(str(window.limit))
                if taken > used * window.most:
                    used = taken / window.most
            for window in group.windows:
                window.taken += wanted
            name = f"{self._id}-{next(self._numbers)}"
            self._held[name] = _Open(wanted, now, group)
            if len(self._held) > self._full:
                self._sweep(now)
        return Held(name, dollars, group.names, used)

    def settle(self, held: Held, dollars: float, /) -> None:
        """Book what was spent, and free the rest; in the windows in which it was reserved."""
        if not held.id.startswith(self._id):
            raise LedgerError("this was reserved in another ledger, or before a restart")
        spent = nanos(dollars)
        with self._lock:
            opened = self._held.pop(held.id, None)
            if opened is not None and opened.at > self._clock() - HELD:
                freed = opened.nanos - spent
                for window in opened.group.windows:
                    window.taken -= freed

    async def areserve(self, who: Mapping[str, str], dollars: float, /) -> Held | Overspent:
        """`reserve`, awaited."""
        return self.reserve(who, dollars)

    async def asettle(self, held: Held, dollars: float, /) -> None:
        """`settle`, awaited."""
        self.settle(held, dollars)

    def spent(self, who: Mapping[str, str]) -> dict[Limit, float]:
        """Dollars that are spent or set aside in the windows of now, for each limit."""
        with self._lock:
            return {each.limit: each.taken / 1e9 for each in self._of(who, self._clock())}

    def left(self, who: Mapping[str, str]) -> dict[Limit, float]:
        """Dollars that may still be reserved, for each limit; the least of them counts."""
        with self._lock:
            windows = self._of(who, self._clock())
            return {each.limit: max(0, each.most - each.taken) / 1e9 for each in windows}

    def unsettled(self, *, older_than: float = 0.0) -> tuple[Held, ...]:
        """What was reserved more than so many seconds ago and not settled since, oldest first.

        It can be settled for a day. Then it is spent for good, and no longer here.
        """
        with self._lock:
            now = self._clock()
            opened = [
                (name, each)
                for name, each in self._held.copy().items()
                if now - HELD < each.at <= now - older_than
            ]
        return tuple(Held(name, each.nanos / 1e9, each.group.names) for name, each in opened)

    def _group(self, who: Mapping[str, str], now: float) -> _Group:
        names = tuple(map(who.get, self._names))
        try:
            group = self._groups.get(names)
        except TypeError:  # it is no text, which is said below
            group = None
        if group is None or group.until <= now:
            if len(self._groups) + len(self._windows) >= self._full:
                self._sweep(now)
            windows = self._of(who, now)
            self._windows.update({each.name: each for each in windows})
            until = min(each.until for each in windows)
            group = _Group(windows, tuple(each.name for each in windows), until)
            self._groups[names] = group
        return group

    def _of(self, who: Mapping[str, str], now: float) -> tuple[_Window, ...]:
        """The windows of now, new where nothing was taken yet."""
        return tuple(
            found
            if (found := self._windows.get(name)) and found.until > now
            else _Window(name, limit, now)
            for limit in self.limits
            for name in (account(limit, of(limit, who)),)
        )

    def _sweep(self, now: float) -> None:
        """Forget what no longer counts."""
        windows = list(self._windows.values())
        self._groups = {}
        self._windows = {each.name: each for each in windows if each.until > now}
        for name, each in self._held.copy().items():
            if each.at <= now - HELD:
                self._held.pop(name, None)
        self._full = 2 * (len(self._windows) + len(self._held)) + _SWEEP


class _Window:
    """What one who has taken of a limit, until the window ends."""

    __slots__ = ("limit", "most", "name", "taken", "until")

    def __init__(self, name: str, limit: Limit, now: float) -> None:
        self.name = name
        self.limit = limit
        self.most = nanos(limit.dollars)
        self.taken = 0
        self.until = ends(limit.every, now)


class _Group(NamedTuple):
    """The windows of one who, and when the first of them ends."""

    windows: tuple[_Window, ...]
    names: tuple[str, ...]
    until: float


class _Open(NamedTuple):
    """What is reserved and not settled."""

    nanos: int
    at: float
    group: _Group
