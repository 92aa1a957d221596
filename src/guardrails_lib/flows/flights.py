"""One flight for equal concurrent calls: the first fetches, the others wait for what it brings."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import math
import threading
import time
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any, Generic, NamedTuple, TypeAlias, TypeVar

from .._deadline import until

__all__ = ["Flights", "Seat", "Task", "key_in"]

T = TypeVar("T")
Task: TypeAlias = "asyncio.Task[Any]"

GLANCE = 0.2
"""After so many seconds whoever waits looks whether there is still somebody to wait for."""


class _Pilot(NamedTuple):
    """Who fetches, or would."""

    thread: threading.Thread
    task: Task | None

    @property
    def gone(self) -> bool:
        """Whether it cannot come back: its thread has ended, or its loop is closed."""
        return not self.thread.is_alive() or (
            self.task is not None and (self.task.done() or self.task.get_loop().is_closed())
        )

    def holds_up(self, other: _Pilot) -> bool:
        """Whether it could not go on while *other* waits for it."""
        return self.thread is other.thread and (
            self.task is None or other.task is None or self.task is other.task
        )


class Seat(NamedTuple, Generic[T]):
    """A place among those who wait."""

    key: str
    pilot: _Pilot
    by: float | None
    """`time.monotonic()` by when its call must have ended."""
    given: Future[T | str]
    """What was fetched, or the ticket of whoever is now to fetch it."""


@dataclass(slots=True)
class _Flight(Generic[T]):
    ticket: str
    pilot: _Pilot
    since: float = field(default_factory=time.monotonic)
    waiting: deque[Seat[T]] = field(default_factory=deque)

    def took(self) -> float:
        return time.monotonic() - self.since


class Flights(Generic[T]):
    """What is being fetched just now, by key, for threads and tasks of any loop together.

    Whoever is given a ticket fetches, and then calls `land` or `release` with it. Nobody
    waits past the deadline of its call: it then gets a ticket. If fetching takes longer than
    *patience* seconds, one of those who wait fetches, too.
    """

    def __init__(self, *, patience: float = 60.0) -> None:
        self.landed = 0
        """How many have landed: if none has since, there is nothing new in the store."""
        self._patience = patience
        self._flying: dict[str, _Flight[T]] = {}
        self._numbers = itertools.count()
        self._lock = threading.Lock()
        self._ended: deque[tuple[str, T | None]] = deque()

    def join(self, key: str, task: Task | None = None, *, by: float | None = None) -> Seat[T] | str:
        """A ticket, if nobody fetches it; else a seat among those who wait for it."""
        me = _Pilot(threading.current_thread(), task)
        seat: Seat[T] = Seat(key, me, by, Future())
        with self._locked():
            flight = self._flying.get(key)
            if flight is None:
                ticket = self._ticket(key)
                self._flying[key] = _Flight(ticket, me)
                return ticket
            if flight.pilot.holds_up(me):
                return self._ticket(key)
            flight.waiting.append(seat)
        return seat

    def land(self, ticket: str, fetched: T) -> None:
        """It is there: all who wait get it."""
        self._ended.append((ticket, fetched))
        self._settle()

    def release(self, ticket: str) -> None:
        """There is nothing: of those who wait the first fetches. It never waits for a lock."""
        self._ended.append((ticket, None))
        self._settle()

    def wait(self, seat: Seat[T]) -> T | str:
        """What was fetched, or a ticket."""
        latest = self._latest(seat)
        try:
            while (left := latest - time.monotonic()) > 0:
                with contextlib.suppress(TimeoutError):
                    return seat.given.result(min(left, GLANCE))
                self._look_after(seat.key)
        except BaseException:
            self._leave(seat)
            raise
        return self._given_up(seat)

    async def await_(self, seat: Seat[T]) -> T | str:
        """`wait`, awaited."""
        latest = self._latest(seat)
        given = asyncio.wrap_future(seat.given)
        try:
            while (left := latest - time.monotonic()) > 0:
                done, _ = await asyncio.wait({given}, timeout=min(left, GLANCE))
                if done:
                    return given.result()
                self._look_after(seat.key)
        except BaseException:
            self._leave(seat)
            raise
        return self._given_up(seat)

    @staticmethod
    def _latest(seat: Seat[T]) -> float:
        return min(each for each in (seat.by, until(), math.inf) if each is not None)

    def _look_after(self, key: str) -> None:
        """Whoever went without a word brings nothing; nor, maybe, whoever takes so long."""
        with self._locked():
            flight = self._flying.get(key)
            if flight is not None and (flight.pilot.gone or flight.took() > self._patience):
                self._ended.append((flight.ticket, None))

    def _leave(self, seat: Seat[T]) -> None:
        """The seat is free; what was given for it meanwhile goes to the next."""
        if not seat.given.cancel():
            given = seat.given.result()
            if isinstance(given, str):
                self.release(given)

    def _given_up(self, seat: Seat[T]) -> T | str:
        if seat.given.cancel():
            return self._ticket(seat.key)
        return seat.given.result()

    def _ticket(self, key: str) -> str:
        return f"{key}:{next(self._numbers)}"

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        with self._lock:
            yield
        self._settle()

    def _settle(self) -> None:
        """Do what is to be done, unless whoever has the lock does it.

        A generator that is collected releases its ticket wherever this thread just is, even
        where it holds the lock: so nobody waits for it here.
        """
        while self._ended and self._lock.acquire(blocking=False):
            try:
                while self._ended:
                    ticket, fetched = self._ended.popleft()
                    key = key_in(ticket)
                    if fetched is None:
                        self._pass_on(key, ticket)
                    else:
                        self._give(key, fetched)
            finally:
                self._lock.release()

    def _give(self, key: str, fetched: T) -> None:
        self.landed += 1
        flight = self._flying.pop(key, None)
        for seat in flight.waiting if flight else ():
            if _takes(seat):
                seat.given.set_result(fetched)

    def _pass_on(self, key: str, ticket: str) -> None:
        flight = self._flying.get(key)
        if flight is None or flight.ticket != ticket:
            return  # it is no longer its to fetch
        while flight.waiting:
            seat = flight.waiting.popleft()
            if _takes(seat):
                flight.ticket, flight.pilot = self._ticket(key), seat.pilot
                flight.since = time.monotonic()
                seat.given.set_result(flight.ticket)
                return
        del self._flying[key]


def key_in(ticket: str) -> str:
    """What it is a ticket for."""
    return ticket.rpartition(":")[0]


def _takes(seat: Seat[Any]) -> bool:
    """Whether somebody still sits there; what it is then given cannot be refused."""
    return not seat.pilot.gone and seat.given.set_running_or_notify_cancel()
