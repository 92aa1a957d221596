"""A typed value on its way: read as far as it fits, and shown once it is safe."""

from __future__ import annotations

from functools import partial
from typing import Any

from ._call import Call
from ._effects import Emit, Flow
from ._fieldwise import merged
from ._listen import Listening
from ._restore import restored_json
from ._schema import MISSING, Growing, Reader, Unreadable, as_json

__all__ = ["Arriving"]


class Arriving:
    """The typed value of a reply, on its way from the model to the output rules."""

    unfit: Unreadable | None = None
    """Why no more of the reply is wanted."""

    def __init__(
        self, call: Call[Any], reader: Reader[Any], ear: Listening, *, streamed: bool
    ) -> None:
        self._call = call
        self._reader = reader
        self._ear = ear
        self._parts: list[str] | None = [] if streamed and call.draft is not None else None
        self._told = False
        self._restores = call.vault is not None
        self._as_written = not (self._restores or call.plan.output.rules)
        self._read: Growing | None = None
        if streamed and call.draft is None:
            restored = partial(restored_json, call) if self._restores else str
            self._read = reader.growing(restored, escapes=True)
        self._safe = self._read
        if call.drafts and self._read is not None and not self._as_written:
            self._safe = reader.growing(str, escapes=not call.plan.output.rules)

    def piece(self, text: str) -> str:
        """What the output rules are to hear now, *text* having come."""
        if self._parts is not None:
            self._parts.append(text)
            return ""
        if self._call.draft is not None:
            return self._whole(text)
        if self._read is None or (at := self._read.feed(text)) is None:
            return text
        problem = self._read.problem
        self.unfit = problem.curtly() if problem and self._restores else problem
        return text[:at]

    def rest(self) -> str:
        """What they are to hear when the reply has ended."""
        return self._whole("".join(self._parts)) if self._parts else ""

    def _whole(self, text: str) -> str:
        """The answer into which the parts in *text* are put, if these were asked for."""
        tree = self._call.draft and merged(self._call.draft, self._reader.draft(text))
        return text if tree is None else as_json(tree)

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
