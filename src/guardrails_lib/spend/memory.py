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
        self._accounts: dict[str, _Account] = {}
        self._groups: dict[tuple[str | None, ...], _Group] = {}
        self._held: dict[str, _Open] = {}
        self._full = _SWEEP

    def reserve(self, who: Mapping[str, str], dollars: float, /) -> Held | Overspent:
        """Set *dollars* aside, if no limit is passed by that."""
        wanted = nanos(dollars)
        with self._lock:
            now = self._clock()
            try:
                group = self._groups[tuple(map(who.get, self._names))]
            except (
                KeyError,
                TypeError,
            ):  # the names are no texts; that is said where they are read
                group = self._group(who, now)
            used = 0.0
            for each in group.accounts:
                if each.until <= now:
                    each.begin(now)
                taken = each.taken + wanted
                if taken > each.most:
                    return Overspent(str(each.limit))
                if taken > used * each.most:
                    used = taken / each.most
            for each in group.accounts:
                each.taken += wanted
            name = f"{self._id}-{next(self._numbers)}"
            untils = tuple([each.until for each in group.accounts])
            self._held[name] = _Open(wanted, now, group, untils)
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
                for each, until in zip(opened.group.accounts, opened.untils, strict=True):
                    if each.until == until:
                        each.taken -= freed

    async def areserve(self, who: Mapping[str, str], dollars: float, /) -> Held | Overspent:
        """`reserve`, awaited."""
        return self.reserve(who, dollars)

    async def asettle(self, held: Held, dollars: float, /) -> None:
        """`settle`, awaited."""
        self.settle(held, dollars)

    def spent(self, who: Mapping[str, str]) -> dict[Limit, float]:
        """Dollars that are spent or set aside in the windows of now, for each limit."""
        with self._lock:
            now = self._clock()
            taken = [(each, each.taken if each.until > now else 0) for each in self._of(who, now)]
        return {each.limit: nano / 1e9 for each, nano in taken}

    def left(self, who: Mapping[str, str]) -> dict[Limit, float]:
        """Dollars that may still be reserved, for each limit; the least of them counts."""
        spent = self.spent(who).items()
        return {limit: max(0, nanos(limit.dollars) - nanos(taken)) / 1e9 for limit, taken in spent}

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

    def _of(self, who: Mapping[str, str], now: float) -> tuple[_Account, ...]:
        """The accounts, without keeping those that nothing was taken from."""
        named = [(account(limit, of(limit, who)), limit) for limit in self.limits]
        return tuple(
            self._accounts.get(name) or _Account(name, limit, now) for name, limit in named
        )

    def _group(self, who: Mapping[str, str], now: float) -> _Group:
        if len(self._groups) + len(self._accounts) >= self._full:
            self._sweep(now)
        accounts = self._of(who, now)
        self._accounts.update({each.name: each for each in accounts})
        made = _Group(accounts, tuple(each.name for each in accounts))
        self._groups[tuple(map(who.get, self._names))] = made
        return made

    def _sweep(self, now: float) -> None:
        """Forget what no longer counts. An account that a call still holds has ended then."""
        accounts = list(self._accounts.values())
        self._groups = {}
        self._accounts = {each.name: each for each in accounts if each.until > now}
        for name, each in self._held.copy().items():
            if each.at <= now - HELD:
                self._held.pop(name, None)
        self._full = 2 * (len(self._accounts) + len(self._held)) + _SWEEP


class _Account:
    """What is taken of one limit, by one who, in the window that ends at *until*."""

    __slots__ = ("limit", "most", "name", "taken", "until")

    def __init__(self, name: str, limit: Limit, now: float) -> None:
        self.name = name
        self.limit = limit
        self.most = nanos(limit.dollars)
        self.begin(now)

    def begin(self, now: float) -> None:
        """Begin the window in which *now* is."""
        self.taken = 0
        self.until = ends(self.limit.every, now)


class _Group(NamedTuple):
    """The accounts of one who."""

    accounts: tuple[_Account, ...]
    names: tuple[str, ...]


class _Open(NamedTuple):
    """What is reserved and not settled."""

    nanos: int
    at: float
    group: _Group
    untils: tuple[float, ...]
