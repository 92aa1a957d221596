"""What a guarded function gives that is an SDK's own: read where it is needed."""

from __future__ import annotations

from collections.abc import AsyncIterable, AsyncIterator, Awaitable, Iterable, Iterator
from typing import Any, Protocol, TypeAlias

from ._types import Reply

__all__ = [
    "OURS",
    "Chunks",
    "Foreign",
    "ForeignChunk",
    "apieces_of",
    "awhole",
    "closed",
    "pieces_of",
    "whole",
]

OURS = (str, Reply)


class _Chat(Protocol):
    @property
    def choices(self) -> object: ...


class _Responses(Protocol):
    @property
    def output(self) -> object: ...
    @property
    def model(self) -> object: ...


class _Blocks(Protocol):
    @property
    def content(self) -> object: ...
    @property
    def stop_reason(self) -> object: ...


class _Candidates(Protocol):
    @property
    def candidates(self) -> object: ...


class _Parts(Protocol):
    @property
    def parts(self) -> object: ...
    @property
    def finish_reason(self) -> object: ...


class _Metadata(Protocol):
    @property
    def content(self) -> object: ...
    @property
    def response_metadata(self) -> object: ...


class _Event(Protocol):
    @property
    def type(self) -> str: ...


class _Data(Protocol):
    @property
    def data(self) -> _Chat: ...


Foreign: TypeAlias = _Chat | _Responses | _Blocks | _Candidates | _Parts | _Metadata
"""What SDKs give for a reply, by what it has."""
ForeignChunk: TypeAlias = Foreign | _Event | _Data
"""What SDKs give for a piece of one."""

_SDKS = frozenset(
    {"anthropic", "google", "langchain_core", "litellm", "mistralai", "openai", "pydantic_ai"}
)
"""Where their classes are."""


def _is_foreign(given: object) -> bool:
    return type(given).__module__.partition(".")[0] in _SDKS


def whole(answer: Any) -> Any:
    """A reply, where *answer* is what an SDK gives for one; a stream is read to its end."""
    if not _is_foreign(answer):
        return answer
    from .models.reading import whole as read  # noqa: PLC0415  # few answers are an SDK's

    return read(answer)


async def awhole(answer: Any) -> Any:
    """`whole`, awaited."""
    if not _is_foreign(answer):
        return answer
    from .models.reading import awhole as read  # noqa: PLC0415  # as above

    return await read(answer)


def pieces_of(given: Iterable[Any]) -> Iterator[object]:
    """What a stream gives; the chunks of an SDK are read."""
    chunks: Chunks | None = None
    try:
        for piece in given:
            if isinstance(piece, OURS):
                yield piece
            else:
                chunks = chunks or _chunks_of(piece)
                yield piece if chunks is None else _quick(chunks(piece))
        if chunks is not None:
            yield chunks.rest()
    finally:
        if (close := getattr(given, "close", None)) is not None:
            close()


async def apieces_of(given: AsyncIterable[Any]) -> AsyncIterator[object]:
    """`pieces_of`, for ``async for``."""
    chunks: Chunks | None = None
    try:
        async for piece in given:
            if isinstance(piece, OURS):
                yield piece
            else:
                chunks = chunks or _chunks_of(piece)
                yield piece if chunks is None else _quick(chunks(piece))
        if chunks is not None:
            yield chunks.rest()
    finally:
        await closed(given)


def _quick(reply: Reply[Any]) -> str | Reply[Any]:
    """The text alone, where there is no more: of that the engine makes the least."""
    return reply.text if reply.is_text else reply


async def closed(given: object) -> None:
    """Read no more of an async stream: a generator's is ``aclose``, an SDK's often ``close``."""
    close = getattr(given, "aclose", None) or getattr(given, "close", None)
    if close is not None and isinstance(closing := close(), Awaitable):
        await closing


class Chunks(Protocol):
    """Reads the chunks of one streamed reply."""

    def __call__(self, chunk: Any, /) -> Reply[Any]:
        """What a chunk brings."""
        ...

    def rest(self) -> Reply[Any]:
        """What there is to say at the end."""
        ...


def _chunks_of(piece: object) -> Chunks | None:
    """What reads the chunks of a stream, where *piece* is one of an SDK."""
    if not _is_foreign(piece):
        return None
    from .models.reading import chunks_of as read  # noqa: PLC0415  # as above

    return read(piece)
