"""Calls that race each other, in threads."""

from __future__ import annotations

import contextlib
import queue
import threading
import time
from collections.abc import Callable, Generator
from contextvars import copy_context
from functools import partial
from typing import Any

from .._stream import Stream
from .effects import Fn, Tried
from .steps import overtaken
from .time_left import end_of, within
from .trail import Trail
from .whole import Whole

__all__ = ["call_raced", "stream_raced"]

_END = object()


def call_raced(call: Fn, after: float, most: int) -> Fn:
    """A function that gives the first outcome."""

    def flowing(*args: Any, **kwargs: Any) -> Any:
        trail: Trail[Any] = Trail()
        race = _Race(lambda: Whole(partial(call, *args, **kwargs)), trail)
        for _ in _run(race, call, after, most):
            pass
        return trail.outcome

    return flowing


def stream_raced(call: Fn, after: float, most: int) -> Fn:
    """A function that gives the stream which is the first to show something."""

    def flowing(*args: Any, **kwargs: Any) -> Stream[Any]:
        trail: Trail[Any] = Trail()
        race = _Race(lambda: call(*args, **kwargs), trail)
        return Stream(trail, _run(race, call, after, most))

    return flowing


class _Entry:
    """One of the calls, up to the first that it shows."""

    stream: Any = None
    pieces: Any = None
    piece: Any = None
    problem: BaseException | None = None

    def __init__(self) -> None:
        self.began = time.monotonic()

    def close(self) -> None:
        """Nobody wants the rest."""
        if self.pieces is not None:
            self.pieces.close()


class _Race:
    """The calls that are under way."""

    def __init__(self, start: Callable[[], Any], trail: Trail[Any]) -> None:
        self.trail = trail
        self.by = end_of(None)
        self.entries: list[_Entry] = []
        self._start = start
        self._arrived: queue.SimpleQueue[_Entry] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._over = False

    def winner(self, after: float, most: int) -> _Entry:
        """The first that shows something or ends; the first that fails, where all do."""
        failed: list[_Entry] = []
        self._enter()
        while True:
            try:
                entry = self._arrived.get(timeout=after if len(self.entries) < most else None)
            except queue.Empty:
                self._enter()
                continue
            if entry.problem is None:
                return entry
            failed.append(entry)
            if len(failed) == len(self.entries):
                return failed[0]

    def leave(self) -> None:
        """Nobody waits any more."""
        with self._lock:
            self._over = True
        with contextlib.suppress(queue.Empty):
            while True:
                self._arrived.get_nowait().close()

    def _enter(self) -> None:
        entry = _Entry()
        self.entries.append(entry)
        run = partial(copy_context().run, self._go, entry)
        threading.Thread(target=run, name="guardrails hedged", daemon=True).start()

    def _go(self, entry: _Entry) -> None:
        try:
            with within(self.by):
                entry.stream = stream = self._start()
                pieces = stream.partials() if self.trail.shows_value else iter(stream)
                entry.pieces = pieces
                entry.piece = next(pieces, _END)
        except BaseException as problem:  # it belongs to whoever waits
            entry.problem = problem
        with self._lock:
            too_late = self._over
            self._over |= entry.problem is None
        if too_late:
            with contextlib.suppress(Exception):  # there is nobody to be told
                entry.close()
        else:
            self._arrived.put(entry)


def _run(race: _Race, call: Fn, after: float, most: int) -> Generator[Any]:
    """Give the reader what the winner shows."""
    tried = Tried()
    entry = None
    try:
        entry = race.winner(after, most)
        race.trail.reads(entry.stream)
        while entry.problem is None and entry.piece is not _END:
            yield entry.piece
            try:
                with within(race.by):
                    entry.piece = next(entry.pieces, _END)
            except Exception as problem:  # it is raised once its record is kept
                entry.problem = problem
        if entry.problem is None:
            tried.outcome = entry.stream.outcome
        elif isinstance(entry.problem, Exception):
            tried.problem = entry.problem
        else:
            raise entry.problem
        for other in race.entries:
            if other is not entry:
                race.trail.keep(overtaken(call, other.problem, time.monotonic() - other.began))
        race.trail.has(tried, call, entry.began)
        race.trail.end(tried)
    finally:
        race.leave()
        if entry is not None:
            entry.close()
