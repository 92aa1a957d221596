"""A desk that is down, slow or full when a test wants it to be."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from typing import TypeVar

from ..._case import Case, Resolution, State, Verdict
from ..._errors import DeskError
from ..._guard import Guard
from ..._outcome import Outcome
from ...desk import MemoryDesk
from .clock import FakeClock

__all__ = ["FakeDesk"]

T = TypeVar("T")


class FakeDesk:
    """A desk in memory that keeps what it was given, and decides with *verdicts*, in order.

    The first *down* times that it is turned to, it raises `DeskError`; the *slow* times after
    that take *seconds* each. Case number *most* + 1 is not taken. Give it a `FakeClock`, and
    nobody waits.

    >>> from guardrails_lib import Approve, Guard, Policy, escalate
    >>> from guardrails_lib.checks import matching
    >>> desk = FakeDesk(Approve())
    >>> guard = Guard(Policy(validators=(escalate(matching("[0-9]+ dollars")),)), desk=desk)
    >>> guard(lambda prompt: "You get 50 dollars.")("What do I get?").say
    'A person will look at this.'
    >>> [outcome.unwrap() for outcome in desk.decide(guard)]
    ['You get 50 dollars.']
    """

    def __init__(
        self,
        *verdicts: Verdict,
        down: int = 0,
        slow: int = 0,
        seconds: float = 0.0,
        most: int | None = None,
        clock: FakeClock | None = None,
    ) -> None:
        self.given: list[Case] = []
        """The cases that it was given, in order, also those that it did not take."""
        self.down = down
        """So many times more it is down."""
        self.slow = slow
        """So many times more, after that, it is slow."""
        self.most = most
        """So many cases it can hold; None is any number."""
        self._verdicts = list(verdicts)
        self._seconds = seconds
        self._sleep = time.sleep if clock is None else clock.sleep
        self._kept = MemoryDesk(clock=time.time if clock is None else clock)
        self._ids: set[str] = set()
        self._lock = threading.Lock()

    def open(self, case: Case, /) -> Case:
        """Take *case*, once: the one with its id that is there, if there is one."""
        with self._lock:
            self.given.append(case)
        self._turned_to()
        with self._lock:
            if self.most is not None and len(self._ids | {case.id}) > self.most:
                raise DeskError(f"the desk is full: it holds {self.most} cases")
            self._ids.add(case.id)
        return self._kept.open(case)

    def get(self, id: str, /) -> Case:  # noqa: A002  # it is the case's own word
        """The case as it stands."""
        self._turned_to()
        return self._kept.get(id)

    def list(
        self, state: State | None = None, *, after: str = "", limit: int = 100
    ) -> Sequence[Case]:
        """Cases in *state*, or all, the oldest first; those behind the one with the id *after*."""
        self._turned_to()
        return self._kept.list(state, after=after, limit=limit)

    def claim(self, id: str, /, by: str, *, seconds: float = 900.0) -> Case:  # noqa: A002  # as above
        """Take the case in hand, so that nobody else does for so many *seconds*."""
        self._turned_to()
        return self._kept.claim(id, by, seconds=seconds)

    def resolve(self, id: str, resolution: Resolution, /) -> Case:  # noqa: A002  # as above
        """Close the case. The same verdict twice is one; another one is a `DeskError`."""
        self._turned_to()
        return self._kept.resolve(id, resolution)

    def reopen(self, id: str, /, by: str, note: str = "") -> Case:  # noqa: A002  # as above
        """Take a closed case up again."""
        self._turned_to()
        return self._kept.reopen(id, by, note)

    def decide(self, guard: Guard[T], *, by: str = "a clerk") -> Iterator[Outcome[T]]:
        """Decide the open cases, the oldest first, as long as there are verdicts."""
        for case in self._kept.list(State.OPEN):
            if not self._verdicts:
                return
            yield guard.resolve(case.id, self._verdicts.pop(0), by=by)

    def _turned_to(self) -> None:
        with self._lock:
            down = self.down > 0
            slow = not down and self.slow > 0
            self.down -= down
            self.slow -= slow
        if down:
            raise DeskError("the desk is down")
        if slow:
            self._sleep(self._seconds)
