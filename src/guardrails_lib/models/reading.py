"""Which module reads what an SDK gives: told by where its class is."""

from __future__ import annotations

import functools
from types import ModuleType
from typing import Any

from .._answers import Chunks, closed
from .._types import Reply
from .versions import supported

__all__ = ["awhole", "chunks_of", "whole"]


def whole(answer: Any) -> Any:
    """The reply in *answer*; a stream is read to its end. What is no reply is given back."""
    reader = _reader(answer)
    if reader is None:
        return answer
    if not reader.is_stream(answer):
        return reader.reply_of(answer)
    chunks: Chunks = reader.Chunks()
    try:
        return _together([*map(chunks, answer), chunks.rest()])
    finally:
        if (close := getattr(answer, "close", None)) is not None:
            close()


async def awhole(answer: Any) -> Any:
    """`whole`, awaited."""
    reader = _reader(answer)
    if reader is None:
        return answer
    if not reader.is_stream(answer):
        return reader.reply_of(answer)
    chunks: Chunks = reader.Chunks()
    try:
        pieces = [chunks(each) async for each in answer]
        return _together([*pieces, chunks.rest()])
    finally:
        await closed(answer)


def chunks_of(piece: Any) -> Chunks | None:
    """What reads the chunks of the stream that begins with *piece*."""
    reader = _reader(piece)
    if reader is None:
        return None
    chunks: Chunks = reader.Chunks()
    return chunks


def _together(pieces: list[Reply[Any]]) -> Reply[Any]:
    """One reply of the pieces of a stream."""
    logprobs = tuple(each for piece in pieces for each in piece.logprobs or ())
    tokens = tuple(each for piece in pieces for each in piece.tokens or ())
    spent = [each.usage for each in pieces]
    return Reply(
        "".join(each.text for each in pieces),
        tool_calls=tuple(call for piece in pieces for call in piece.tool_calls),
        usage=sum(spent[1:], spent[0]),
        logprobs=logprobs or None,
        tokens=tokens or None,
        finish=next((each.finish for each in reversed(pieces) if each.finish), ""),
        model=next((each.model for each in reversed(pieces) if each.model), ""),
    )


def _reader(given: Any) -> Any:
    """The module that reads what the SDK of *given* gives; None if it is no SDK that is known."""
    return _supported(type(given).__module__)


@functools.cache
def _supported(where: str) -> ModuleType | None:
    reader = _module(where)
    if reader is not None:
        supported(reader.PACKAGE, reader.SUPPORTED)
    return reader


def _module(where: str) -> ModuleType | None:  # a line for each SDK
    match where.split("."):
        case ["openai", *_]:
            from . import openai  # noqa: PLC0415  # each is needed by few

            return openai
        case ["anthropic", *_]:
            from . import anthropic  # noqa: PLC0415  # as above

            return anthropic
        case ["google", "genai", *_]:
            from . import google  # noqa: PLC0415  # as above

            return google
        case ["mistralai", *_]:
            from . import mistral  # noqa: PLC0415  # as above

            return mistral
        case ["litellm", *_]:
            from . import litellm  # noqa: PLC0415  # as above

            return litellm
        case ["pydantic_ai", *_]:
            from . import pydantic_ai  # noqa: PLC0415  # as above

            return pydantic_ai
        case ["langchain_core", *_]:
            from . import langchain  # noqa: PLC0415  # as above

            return langchain
    return None
