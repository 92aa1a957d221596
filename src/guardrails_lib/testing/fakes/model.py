"""What all fake models share: how they are asked, and that they keep what they were sent."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from ..._types import NO_USAGE, Reply, Request, ToolCall, Usage
from ..._values import code, pretty
from .clock import FakeClock

__all__ = ["Answer", "FakeModel", "Prompt", "Turn", "as_turn", "cut"]

Prompt: TypeAlias = str | Request | Sequence[Any]


@dataclass(frozen=True, slots=True, repr=False)
class Turn:
    """One answer: its chunks, how long each takes, what it costs, how it breaks off."""

    chunks: tuple[str, ...] = ()
    seconds: float = 0.0
    """Waited before each chunk, and before the error."""
    usage: Usage | None = None
    error: BaseException | None = None
    """Raised after the chunks."""
    tool_calls: tuple[ToolCall, ...] = ()
    finish: str = ""
    """Why it ended, as in a `Reply`."""

    __repr__ = code
    _repr_pretty_ = pretty

    @property
    def text(self) -> str:
        """The chunks put together."""
        return "".join(self.chunks)

    @property
    def rest(self) -> Reply[Any] | None:
        """What a stream gives behind the chunks, if there is anything."""
        if self.usage is None and not self.tool_calls and not self.finish:
            return None
        return Reply(tool_calls=self.tool_calls, usage=self.usage or NO_USAGE, finish=self.finish)


Answer: TypeAlias = str | Sequence[str] | BaseException | Reply[Any] | Turn
"""What may be written for a turn."""


class FakeModel:
    """A model that answers what *answer* makes of a prompt.

    *answer* is given what was sent and how often the model was asked before; an answer is
    text, a list of chunks, an exception, a `Reply` or a `Turn`. The model is called, awaited
    (`acall`), streamed (`stream`) or streamed asynchronously (`astream`), by any number of
    threads and tasks. With a *clock*, what takes time takes it there.

    >>> model = FakeModel(lambda prompt, before: f"{before + 1}. {prompt}")
    >>> model("Hi").text, "".join(model.stream("Bye"))
    ('1. Hi', '2. Bye')
    >>> model.sent
    ['Hi', 'Bye']
    """

    def __init__(
        self, answer: Callable[[Prompt, int], Answer], *, clock: FakeClock | None = None
    ) -> None:
        self.sent: list[Prompt] = []
        """What it was asked, in order."""
        self.closed = 0
        """How many streams were closed, at their end or before."""
        self._answer = answer
        self._sleep = time.sleep if clock is None else clock.sleep
        self._asleep = asyncio.sleep if clock is None else clock.asleep
        self._lock = threading.Lock()

    def __call__(self, prompt: Prompt) -> Reply[Any]:
        """The next turn, whole."""
        turn = self.turn(prompt)
        if isinstance(turn, Reply):
            return turn
        self._wait(turn)
        return _whole(turn)

    async def acall(self, prompt: Prompt) -> Reply[Any]:
        """The next turn, whole, awaited."""
        turn = self.turn(prompt)
        if isinstance(turn, Reply):
            return turn
        await self._asleep(turn.seconds)
        return _whole(turn)

    def stream(self, prompt: Prompt) -> Iterator[str | Reply[Any]]:
        """The next turn, chunk by chunk; what else there is comes last."""
        try:
            turn = self.turn(prompt)
            if isinstance(turn, Reply):
                yield turn
                return
            for chunk in turn.chunks:
                self._wait(turn)
                yield chunk
            if turn.error is not None:
                self._wait(turn)
                raise turn.error
            if turn.rest is not None:
                yield turn.rest
        finally:
            self._close()

    async def astream(self, prompt: Prompt) -> AsyncIterator[str | Reply[Any]]:
        """`stream`, for ``async for``."""
        try:
            turn = self.turn(prompt)
            if isinstance(turn, Reply):
                yield turn
                return
            for chunk in turn.chunks:
                await self._asleep(turn.seconds)
                yield chunk
            if turn.error is not None:
                await self._asleep(turn.seconds)
                raise turn.error
            if turn.rest is not None:
                yield turn.rest
        finally:
            self._close()

    def turn(self, prompt: Prompt) -> Turn | Reply[Any]:
        """What it has to say to *prompt*, which is kept; nothing is waited for or raised."""
        with self._lock:
            self.sent.append(prompt)
            before = len(self.sent) - 1
        answer = self._answer(prompt, before)
        return answer if isinstance(answer, Reply) else as_turn(answer)

    def _wait(self, turn: Turn) -> None:
        if turn.seconds:  # to sleep for no time takes some
            self._sleep(turn.seconds)

    def _close(self) -> None:
        with self._lock:
            self.closed += 1


def as_turn(answer: Answer) -> Turn:
    """*answer* as a turn; of a `Reply`, what a stream can give of it."""
    if isinstance(answer, Turn):
        return answer
    if isinstance(answer, BaseException):
        return Turn(error=answer)
    if isinstance(answer, Reply):
        text = (answer.text,) if answer.text else ()
        usage = None if answer.usage == NO_USAGE else answer.usage
        return Turn(text, usage=usage, tool_calls=answer.tool_calls, finish=answer.finish)
    return Turn((answer,) if isinstance(answer, str) else tuple(answer))


def cut(text: str, size: int) -> tuple[str, ...]:
    """*text* in chunks of *size* characters."""
    return tuple(text[at : at + size] for at in range(0, len(text), size))


def _whole(turn: Turn) -> Reply[Any]:
    if turn.error is not None:
        raise turn.error
    return Reply(
        turn.text,
        tool_calls=turn.tool_calls,
        usage=turn.usage or NO_USAGE,
        finish=turn.finish,
    )
