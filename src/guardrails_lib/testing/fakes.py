"""Models that do as they are told."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from .._types import Reply, Request, Usage
from .._values import code

__all__ = ["ScriptEnded", "ScriptedModel", "Turn"]

Prompt: TypeAlias = str | Request | Sequence[Any]


class ScriptEnded(AssertionError):
    """A model was asked more often than its script has turns."""


@dataclass(frozen=True, slots=True, repr=False)
class Turn:
    """One answer: its chunks, how long each takes, what it costs, how it breaks off."""

    chunks: tuple[str, ...] = ()
    seconds: float = 0.0
    """Waited before each chunk, and before the error."""
    usage: Usage | None = None
    error: BaseException | None = None
    """Raised after the chunks."""

    __repr__ = code

    @property
    def text(self) -> str:
        """The chunks put together."""
        return "".join(self.chunks)


class ScriptedModel:
    """A model that plays its script, one turn each time it is asked.

    A turn is text, a list of chunks, an exception, a `Reply` or a `Turn`. The model is
    called, awaited (`acall`), streamed (`stream`) or streamed asynchronously (`astream`).

    >>> model = ScriptedModel("Hello.", ["Good", "bye."])
    >>> model("Hi").text, "".join(model.stream("Bye"))
    ('Hello.', 'Goodbye.')
    >>> model.sent
    ['Hi', 'Bye']
    """

    def __init__(self, *turns: str | Sequence[str] | BaseException | Reply[Any] | Turn) -> None:
        self.sent: list[Prompt] = []
        """What it was asked, in order."""
        self.closed = 0
        """How many streams were closed, at their end or before."""
        self._turns = [turn if isinstance(turn, Reply) else _turn(turn) for turn in turns]
        self._lock = threading.Lock()

    def __call__(self, prompt: Prompt) -> Reply[Any]:
        """The next turn, whole."""
        turn = self._next(prompt)
        if isinstance(turn, Reply):
            return turn
        time.sleep(turn.seconds)
        return _whole(turn)

    async def acall(self, prompt: Prompt) -> Reply[Any]:
        """The next turn, whole, awaited."""
        turn = self._next(prompt)
        if isinstance(turn, Reply):
            return turn
        await asyncio.sleep(turn.seconds)
        return _whole(turn)

    def stream(self, prompt: Prompt) -> Iterator[str | Reply[Any]]:
        """The next turn, chunk by chunk; what it cost comes last."""
        try:
            turn = self._next(prompt)
            if isinstance(turn, Reply):
                yield turn
                return
            for chunk in turn.chunks:
                time.sleep(turn.seconds)
                yield chunk
            if turn.error is not None:
                time.sleep(turn.seconds)
                raise turn.error
            if turn.usage is not None:
                yield Reply(usage=turn.usage)
        finally:
            self.closed += 1

    async def astream(self, prompt: Prompt) -> AsyncIterator[str | Reply[Any]]:
        """`stream`, for ``async for``."""
        try:
            turn = self._next(prompt)
            if isinstance(turn, Reply):
                yield turn
                return
            for chunk in turn.chunks:
                await asyncio.sleep(turn.seconds)
                yield chunk
            if turn.error is not None:
                await asyncio.sleep(turn.seconds)
                raise turn.error
            if turn.usage is not None:
                yield Reply(usage=turn.usage)
        finally:
            self.closed += 1

    def _next(self, prompt: Prompt) -> Turn | Reply[Any]:
        with self._lock:
            self.sent.append(prompt)
            if len(self.sent) > len(self._turns):
                raise ScriptEnded(
                    f"asked {len(self.sent)} times, and the script has {len(self._turns)}"
                )
            return self._turns[len(self.sent) - 1]


def _turn(turn: str | Sequence[str] | BaseException | Turn) -> Turn:
    if isinstance(turn, Turn):
        return turn
    if isinstance(turn, BaseException):
        return Turn(error=turn)
    return Turn((turn,) if isinstance(turn, str) else tuple(turn))


def _whole(turn: Turn) -> Reply[Any]:
    if turn.error is not None:
        raise turn.error
    return Reply(turn.text, usage=turn.usage or Usage())
