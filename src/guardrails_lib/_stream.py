"""A guarded reply, while it is still arriving."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Generator, Iterator
from types import TracebackType
from typing import Any, Generic, Protocol, TypeVar

from ._outcome import Outcome

__all__ = ["AsyncStream", "Ending", "Stream"]

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class Ending(Protocol[T_co]):
    """What knows how a stream ends: a call, or a flow of several."""

    @property
    def outcome(self) -> Outcome[T_co] | None:
        """How it ended; None while it runs."""
        ...

    def broken_off(self, kind: str, message: str) -> None:
        """It ends now, if it has not ended: nobody wants the rest."""
        ...

    def show_value(self) -> None:
        """The caller wants the value as it grows, and not the text."""
        ...


class Stream(Generic[T]):
    """Text that is safe to show, as it becomes so; then `outcome`.

    Whoever stops reading before the end, closes the stream or asks for the outcome too
    early abandons the call: the model's iterator is closed, and the outcome is
    `Abstained` with a finding of kind ``abandoned``.
    """

    def __init__(self, call: Ending[T], texts: Generator[Any]) -> None:
        self._call = call
        self._texts = texts

    def __iter__(self) -> Iterator[str]:
        try:
            yield from self._texts
        finally:
            self.close()

    def partials(self) -> Iterator[T]:
        """The typed value as it grows, in place of the text; the last is that of `outcome`.

        A field that has not arrived is absent. One that has closed fits. A string is shown
        as far as the output rules are done with it. A draft may be taken back: until the
        outcome is `Accepted`, the next may begin anew.
        """
        self._call.show_value()
        return iter(self)  # type: ignore[arg-type]  # the engine emits values now

    @property
    def outcome(self) -> Outcome[T]:
        """How the call ended."""
        self.close()
        outcome = self._call.outcome
        assert outcome is not None
        return outcome

    def close(self) -> None:
        """Read no more."""
        self._texts.close()
        self._call.broken_off("abandoned", "nobody wanted the rest")

    def __enter__(self) -> Stream[T]:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


class AsyncStream(Generic[T]):
    """`Stream` for ``async for``."""

    def __init__(self, call: Ending[T], texts: AsyncGenerator[Any]) -> None:
        self._call = call
        self._texts = texts

    def partials(self) -> AsyncIterator[T]:
        """`Stream.partials`, for ``async for``."""
        self._call.show_value()
        return aiter(self)  # type: ignore[arg-type]  # the engine emits values now

    async def __aiter__(self) -> AsyncIterator[str]:
        try:
            async for text in self._texts:
                if self._call.outcome is not None:  # abandoned while the model was awaited
                    return
                yield text
        finally:
            await self.aclose()

    @property
    def outcome(self) -> Outcome[T]:
        """How the call ended."""
        self._call.broken_off("abandoned", "nobody wanted the rest")
        outcome = self._call.outcome
        assert outcome is not None
        return outcome

    async def aclose(self) -> None:
        """Read no more."""
        await self._texts.aclose()
        self._call.broken_off("abandoned", "nobody wanted the rest")

    async def __aenter__(self) -> AsyncStream[T]:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.aclose()
