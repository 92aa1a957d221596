"""One call of a guarded method, and the chunks that come of one that is streamed."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable, Generator, Iterator, Mapping
from typing import Any

from .. import Accepted, AsyncStream, Outcome, Reply, Stream
from .endpoints import Endpoint, Showing, Taken

__all__ = ["Asked", "AsyncShown", "Shown"]

_BESIDE = "options"
"""The role, and the type of the one part, of the message that holds what is looked at beside."""


class Asked:
    """One call of a guarded method, while it runs."""

    answer: Any = None
    reply: Reply[Any] = Reply()

    def __init__(self, endpoint: Endpoint, client: Any, taken: Taken, by: float | None) -> None:
        self.endpoint = endpoint
        self.client = client
        self.taken = taken
        self.by = by
        self.showing: Showing | None = None
        self._first: int | None = None
        self.messages = taken.messages
        if taken.beside:
            if any(_role(each) == _BESIDE for each in taken.messages):
                raise TypeError(f"{endpoint.name}() takes no messages of the role {_BESIDE!r}")
            part = {"type": _BESIDE, **taken.beside}
            self.messages = [*taken.messages, {"role": _BESIDE, "content": [part]}]

    def arguments(self, messages: list[Any], instead: Mapping[str, object]) -> dict[str, Any]:
        """What to call the SDK with, *messages* being admitted and options put *instead*."""
        options = {**self.taken.options, **instead}
        if self.taken.beside:
            parts = [each["content"][0] for each in messages if _role(each) == _BESIDE]
            messages = [each for each in messages if _role(each) != _BESIDE]
            left = {name: part[name] for part in parts for name in self.taken.beside}
            options = {**options, **left}
        arguments = self.endpoint.sent(messages, options)
        if self.by is None:
            return arguments
        left_seconds = max(self.by - time.monotonic(), _LEAST)
        return self.endpoint.timed(arguments, self.client, left_seconds)

    def read(self, messages: list[Any], answer: Any) -> Reply[Any]:
        """What is in an *answer* to *messages*."""
        reply = self.endpoint.reply(answer)
        if self._is_answer(messages):
            self.answer, self.reply = answer, reply
        return reply

    def seeing(self, messages: list[Any]) -> Callable[[Any], None]:
        """What notes of the chunks that answer *messages* whatever is no text."""
        if not self._is_answer(messages):
            return _pass_over
        self.showing = self.endpoint.showing(self.taken)
        return self.showing.saw

    def rebuilt(self, outcome: Outcome[Any]) -> Any:
        """The SDK's response; `Refused`, if there is none to give."""
        if isinstance(outcome, Accepted):
            return self.endpoint.rebuilt(self.answer, self.reply, outcome)
        return outcome.unwrap()

    def _is_answer(self, messages: list[Any]) -> bool:
        """Whether it is asked for the answer, and not for a sample beside it.

        The model is asked for samples in the words of the first attempt, and later; another
        attempt has more messages.
        """
        if self._first is None:
            self._first = len(messages)
            return True
        return len(messages) != self._first


def _pass_over(chunk: Any) -> None:
    """See nothing in a chunk."""


_LEAST = 0.001
"""An SDK takes no time-out of nothing."""


def _role(message: Any) -> object:
    return message.get("role") if isinstance(message, Mapping) else None


class Shown:
    """The chunks of a guarded stream; it is asked for, and waits for the first safe text."""

    def __init__(self, stream: Stream[Any], asked: Asked) -> None:
        self._stream = stream
        texts = iter(stream)
        self._chunks = self._made(next(texts, None), texts, asked)

    def _made(
        self, first: str | None, texts: Iterator[str], asked: Asked
    ) -> Generator[Any, None, None]:
        if first is not None:
            show = _showing(asked).text  # of what is shown, no more is asked for again
            yield from show(first)
            for text in texts:
                yield from show(text)
        outcome = self._stream.outcome
        if not isinstance(outcome, Accepted):
            outcome.unwrap()
        yield from _showing(asked).end(outcome)

    def __iter__(self) -> Iterator[Any]:
        return self._chunks

    def __next__(self) -> Any:
        return next(self._chunks)

    def close(self) -> None:
        """Read no more."""
        self._chunks.close()
        self._stream.close()


class AsyncShown:
    """`Shown`, for ``async for``."""

    def __init__(self, stream: AsyncStream[Any], chunks: Any) -> None:
        self._stream = stream
        self._chunks = chunks

    @classmethod
    async def of(cls, stream: AsyncStream[Any], asked: Asked) -> AsyncShown:
        """It, once the first safe text is there."""
        texts = aiter(stream)
        first = await anext(texts, None)

        async def made() -> AsyncIterator[Any]:
            if first is not None:
                show = _showing(asked).text  # as above
                for chunk in show(first):
                    yield chunk
                async for text in texts:
                    for chunk in show(text):
                        yield chunk
            outcome = stream.outcome
            if not isinstance(outcome, Accepted):
                outcome.unwrap()
            for chunk in _showing(asked).end(outcome):
                yield chunk

        return cls(stream, made())

    def __aiter__(self) -> AsyncIterator[Any]:
        return aiter(self._chunks)

    async def __anext__(self) -> Any:
        return await anext(self._chunks)

    async def aclose(self) -> None:
        """Read no more."""
        await self._chunks.aclose()
        await self._stream.aclose()


def _showing(asked: Asked) -> Showing:
    assert asked.showing is not None
    return asked.showing
