"""A desk in memory, for tests and for one process."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence

from .._case import Case, Resolution, State
from .._errors import DeskError
from .steps import claimed, known, opened, reopened, resolved, seen, several
from .written import from_json, to_json

__all__ = ["MemoryDesk"]


class MemoryDesk:
    """Cases in memory. They are kept as `SqlDesk` keeps them, and gone with the process.

    >>> from guardrails_lib import Request
    >>> desk = MemoryDesk(clock=lambda: 1.0)
    >>> desk.open(Case("17", Request("Where is my order?"))).steps
    (Step(kind='opened', at=1.0),)
    """

    def __init__(self, *, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self._written: dict[str, str] = {}
        self._lock = threading.Lock()

    def open(self, case: Case, /) -> Case:
        """Take *case*, once: the one with its id that is there, if there is one."""
        now = self._clock()
        written = to_json(opened(case, now))
        from_json(written)  # what cannot be read again is not taken
        with self._lock:
            return seen(from_json(self._written.setdefault(case.id, written)), now)

    def get(self, id: str, /) -> Case:  # noqa: A002  # it is the case's own word
        """The case as it stands."""
        with self._lock:
            return seen(self._read(id), self._clock())

    def list(
        self, state: State | None = None, *, after: str = "", limit: int = 100
    ) -> Sequence[Case]:
        """Cases in *state*, or all, the oldest first; those behind the one with the id *after*."""
        with self._lock:
            now = self._clock()
            last = _place(self._read(after)) if after else (float("-inf"), "")
            cases = [seen(from_json(each), now) for each in self._written.values()]
        wanted = [case for case in cases if state in {None, case.state} and _place(case) > last]
        return tuple(sorted(wanted, key=_place)[: several(limit)])

    def claim(self, id: str, /, by: str, *, seconds: float = 900.0) -> Case:  # noqa: A002  # as above
        """Take the case in hand, so that nobody else does for so many *seconds*."""
        return self._change(id, lambda case, now: claimed(case, by, now, seconds=seconds))

    def resolve(self, id: str, resolution: Resolution, /) -> Case:  # noqa: A002  # as above
        """Close the case. The same verdict twice is one; another one is a `DeskError`."""
        return self._change(id, lambda case, now: resolved(case, resolution, now))

    def reopen(self, id: str, /, by: str, note: str = "") -> Case:  # noqa: A002  # as above
        """Take a closed case up again."""
        return self._change(id, lambda case, now: reopened(case, by, now, note=note))

    def _change(self, id: str, step: Callable[[Case, float], Case]) -> Case:  # noqa: A002  # as above
        with self._lock:
            changed = step(self._read(id), self._clock())
            written = to_json(changed)
            self._written[id] = written
        return from_json(written)

    def _read(self, id: str) -> Case:  # noqa: A002  # as above
        if known(id) not in self._written:
            raise DeskError(f"there is no case {id}")
        return from_json(self._written[id])


def _place(case: Case) -> tuple[float, str]:
    return case.opened, case.id
