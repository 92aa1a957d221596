"""A typed value on its way: read as far as it fits, and shown once it is safe."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from ._call import Call
from ._effects import Effect, Emit, Flow
from ._fieldwise import merged
from ._judged import Job, redacted_texts
from ._listen import Listening
from ._policy import Action
from ._restore import restored_json, unfinished
from ._schema import MISSING, Growing, Reader, Unreadable, Watch, as_json

__all__ = ["Arriving", "arriving_at"]


def arriving_at(
    call: Call[Any], reader: Reader[Any], ear: Listening, streamed: bool
) -> Arriving | None:
    """What goes before the ear, for a reply that comes in pieces, or as parts of an answer."""
    if streamed or call.draft is not None:
        return Arriving(call, reader, ear, streamed=streamed)
    return None


class Arriving:
    """The typed value of a reply, on its way from the model to the output rules."""

    unfit: Unreadable | None = None
    """Why no more of the reply is wanted."""

    def __init__(
        self, call: Call[Any], reader: Reader[Any], ear: Listening, *, streamed: bool
    ) -> None:
        self._call = call
        self._reads_on = call.plan.fieldwise and not ear.last
        self._reader = reader
        self._ear = ear
        self._parts: list[str] | None = [] if streamed and call.draft is not None else None
        self._last: object = MISSING
        self._restores = call.vault is not None
        self._read: Growing | None = None
        if streamed and call.draft is None:
            self._read = reader.growing(self._restored(), None)
        self._safe = self._read
        if call.shows_value and self._read is not None and not call.as_written:
            watch = Watch(self._unfinished, escapes=not call.plan.output.rules)
            self._safe = reader.growing(self._restored(), watch)

    def _restored(self) -> Callable[[str], str]:
        return partial(restored_json, self._call) if self._restores else str

    def _unfinished(self, text: str) -> int:
        return unfinished(self._call, text) if self._restores else 0

    def piece(self, text: str) -> str:
        """What the output rules are to hear now, *text* having come."""
        if self._parts is not None:
            self._parts.append(text)
            return ""
        if self._call.draft is not None:
            return self._whole(text)
        at = None if self._read is None else self._read.feed(text)
        if self._read is None or at is None or self._reads_on:
            return text
        problem = self._read.problem
        if problem is not None and not self._call.as_written:
            problem = problem.curtly()  # validators have seen what rules redact, or was restored
        self.unfit = problem
        return text[:at]

    def rest(self) -> str:
        """What they are to hear when the reply has ended."""
        return self._whole("".join(self._parts)) if self._parts else ""

    def _whole(self, text: str) -> str:
        """The answer into which the parts in *text* are put, if these were asked for."""
        tree = self._call.draft and merged(self._call.draft, self._reader.draft(text))
        return text if tree is None else as_json(tree)

    def shown(self) -> Iterable[Effect]:
        """Give the caller the value as far as the output rules are done with it."""
        return self._grown() if self._call.as_written else self._looked_into()

    def _grown(self) -> Iterable[Effect]:
        value = MISSING if self._safe is None else self._safe.value()
        if value is MISSING or value is self._last:
            return ()
        if self._last is MISSING:
            self._call.note("shown")
        self._last = value
        return (Emit(value),)

    def _looked_into(self) -> Flow[None]:
        """Let the value grow by what the output rules have seen, also where JSON has escaped it."""
        text = self._ear.written()
        if text and self._safe is not None and not (self._safe.problem or self._safe.broken):
            self._safe.feed(text)
        while self._safe is not None and (string := self._safe.paused) is not None:
            jobs = [Job(self._call.plan.output, string, "reply")]
            judged = yield from self._call.look(jobs)
            refused = any(each.action > Action.REDACT for each in judged)
            clean = redacted_texts(jobs, judged).get("reply", string)
            if refused or not self._safe.resume(clean):
                self._safe = None  # what it means is decided at the end
        yield from self._grown()
