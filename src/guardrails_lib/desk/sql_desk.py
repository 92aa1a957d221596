"""A desk in a database."""

from __future__ import annotations

import contextlib
import itertools
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from .._case import Case, Resolution, State
from .._errors import DeskError
from . import spool as files
from .spool import Down
from .steps import claimed, known, opened, reopened, resolved, seen, several, spooled
from .written import from_json, to_json

if TYPE_CHECKING:
    from .sql import Table

__all__ = ["SqlDesk"]

_AT_ONCE = 10
"""So many cases that wait are brought in with one that is opened."""


class SqlDesk:
    """Cases in a database: ``sqlite:///cases.db``, ``postgresql://user@host/name``.

    Threads and processes may share one. While the database is away, locked, full or
    read-only, cases wait in *spool*, a folder; without one, `open` raises `DeskError`. All
    else raises it then. *timeout* is in seconds.
    """

    def __init__(
        self,
        url: str,
        *,
        spool: Path | str | None = None,
        timeout: float = 5.0,
        clock: Callable[[], float] = time.time,
    ) -> None:
        from .sql import Table  # noqa: PLC0415  # it needs an extra

        self._table: Table = Table(url, timeout=timeout)
        self._spool = None if spool is None else Path(spool)
        self._clock = clock

    def open(self, case: Case, /) -> Case:
        """Take *case*, once: the one with its id that is there, if there is one.

        It is given back `spooled` where it waits for the database.
        """
        now = self._clock()
        kept = from_json(to_json(opened(case, now)))
        try:
            there = self._add(kept, now)
        except Down as down:
            if self._spool is None:
                raise
            return files.put(self._spool, spooled(case, now, str(down)))
        with contextlib.suppress(DeskError):
            self._bring(_AT_ONCE)
        return there

    def get(self, id: str, /) -> Case:  # noqa: A002  # it is the case's own word
        """The case as it stands."""
        return seen(self._read(id)[0], self._clock())

    def list(
        self, state: State | None = None, *, after: str = "", limit: int = 100
    ) -> Sequence[Case]:
        """Cases in *state*, or all, the oldest first; those behind the one with the id *after*."""
        now = self._clock()
        last = self._read(after)[0] if after else None
        place = None if last is None else (last.opened, last.id)
        found = self._table.page(state, now, place, several(limit))
        return tuple(seen(from_json(each), now) for each in found)

    def claim(self, id: str, /, by: str, *, seconds: float = 900.0) -> Case:  # noqa: A002  # as above
        """Take the case in hand, so that nobody else does for so many *seconds*."""
        return self._change(id, lambda case, now: claimed(case, by, now, seconds=seconds))

    def resolve(self, id: str, resolution: Resolution, /) -> Case:  # noqa: A002  # as above
        """Close the case. The same verdict twice is one; another one is a `DeskError`."""
        return self._change(id, lambda case, now: resolved(case, resolution, now))

    def reopen(self, id: str, /, by: str, note: str = "") -> Case:  # noqa: A002  # as above
        """Take a closed case up again."""
        return self._change(id, lambda case, now: reopened(case, by, now, note=note))

    def flush(self) -> int:
        """Bring in all cases that wait. `DeskError` if the database is still down."""
        return self._bring(None)

    def _bring(self, most: int | None) -> int:
        if self._spool is None:
            return 0
        brought = 0
        for case in itertools.islice(files.waiting(self._spool), most):
            self._take(case, self._spool)
            brought += 1
        return brought

    def _take(self, case: Case, spool: Path) -> None:
        self._table.add(from_json(to_json(opened(case, self._clock()))))
        files.done(spool, case.id)

    def _add(self, case: Case, now: float) -> Case:
        return seen(case if self._table.add(case) else self._read(case.id)[0], now)

    def _change(self, id: str, step: Callable[[Case, float], Case]) -> Case:  # noqa: A002  # as above
        while True:  # whoever is too late looks again
            case, version = self._read(id)
            changed = step(case, self._clock())
            if changed is case:
                return case
            changed = from_json(to_json(changed))
            if self._table.swap(changed, version):
                return changed

    def _read(self, id: str) -> tuple[Case, int]:  # noqa: A002  # as above
        found = self._table.get(known(id))
        if found is None and self._spool is not None:
            waits = files.get(self._spool, id)
            if waits is not None:
                self._take(waits, self._spool)
                found = self._table.get(id)
        if found is None:
            raise DeskError(f"there is no case {id}")
        written, version = found
        return from_json(written), version
