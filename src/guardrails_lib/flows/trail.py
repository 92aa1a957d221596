"""What a flow has done so far."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any, Generic, TypeVar

from .._events import Record
from .._outcome import Abstained, Outcome
from .._types import Finding
from .effects import Fn, Tried
from .steps import failed, joined

__all__ = ["Trail"]

T = TypeVar("T")


class Trail(Generic[T]):
    """The calls that were made of a flow, and how it ended. A stream of it reads the rest here."""

    outcome: Outcome[T] | None = None
    shows_value = False
    """Whether the reader of the stream wants the value as it grows, and not the text."""
    _read = False
    _running: Any = None
    """The stream that is being read."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._records: list[Record] = []

    def show_value(self) -> None:
        """The reader wants the value as it grows, and not the text."""
        if self._read:
            raise RuntimeError("partials() comes before anything is read of the stream")
        self.shows_value = True

    def reads(self, running: Any) -> None:
        """From here on *running* is read."""
        self._read = True
        self._running = running

    def has(self, tried: Tried, call: Fn, began: float) -> None:
        """Keep the record of a call that has ended."""
        if (known := getattr(self._running, "outcome", None)) is not None:
            self.keep(known.record)
        elif tried.problem is not None:
            self.keep(failed(call, tried.problem, time.monotonic() - began))
        self._running = None

    def keep(self, record: Record) -> None:
        """Keep what is known of a call, after those before it."""
        self._records.append(record)

    def end(self, tried: Tried) -> None:
        """The flow ends as *tried* has ended."""
        if tried.problem is not None:
            self.broken_off("failed", f"the model raised {type(tried.problem).__name__}")
            raise tried.problem
        if self.outcome is None:  # it may have been abandoned meanwhile
            outcome: Outcome[T] = tried.outcome
            several = len(self._records) > 1
            self.outcome = replace(outcome, record=self._record()) if several else outcome

    def broken_off(self, kind: str, message: str) -> None:
        """The flow ends without an outcome of its own: nobody wants it, or it failed."""
        if self.outcome is None:
            last = None if self._running is None else self._running.outcome
            if last is not None:
                self.keep(last.record)
            ended = Abstained(findings=(Finding(message, kind=kind),), record=self._record())
            if isinstance(last, Abstained):  # in the language of the call
                ended = replace(ended, say=last.say)
            self.outcome = ended

    def _record(self) -> Record:
        last = self._records[-1] if self._records else Record()
        return joined(self._records, last, time.monotonic() - self._began)
