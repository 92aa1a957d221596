"""A typed value on its way: read as far as it fits, and shown once it is safe."""

from __future__ import annotations

from functools import partial
from typing import Any

from ._call import Call
from ._effects import Emit, Flow
from ._listen import Listening
from ._restore import restored_json
from ._schema import MISSING, Reader, Unreadable

__all__ = ["Arriving"]


class Arriving:
    """The value of a stream as it grows."""

    def __init__(self, call: Call[Any], reader: Reader[Any], ear: Listening) -> None:
        self._call = call
        self._ear = ear
        self._told = False
        self._restores = call.vault is not None
        restore = partial(restored_json, call) if self._restores else str
        self._read = self._safe = reader.growing(restore, escapes=True)
        self._as_written = not (self._restores or call.plan.output.rules)
        if call.drafts and not self._as_written:
            self._safe = reader.growing(str, escapes=not call.plan.output.rules)

    def checked(self, text: str) -> tuple[str, Unreadable | None]:
        """*text* as far as the value fits, and why it does not from there on."""
        at = None if self._read is None else self._read.feed(text)
        if self._read is None or at is None or self._read.problem is None:
            return text, None
        problem = self._read.problem
        return text[:at], problem.curtly() if self._restores else problem

    def shown(self) -> Flow[None]:
        """Give the caller the value as far as the output rules are done with it."""
        if self._safe is None:
            return
        if not self._as_written:
            text = self._ear.drafted()
            if not text or self._safe.problem or self._safe.broken:
                return
            self._safe.feed(text)
        value = self._safe.value()
        if value is MISSING:
            return
        if not self._told:
            self._told = True
            self._call.note("shown")
        yield Emit(value)
