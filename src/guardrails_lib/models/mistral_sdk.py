"""Mistral's SDK: its types, and streams that hold what was looked at."""

from __future__ import annotations

import json
from typing import Any

from .._types import ToolCall
from .clients import AsyncShown, Shown
from .mistral import PACKAGE, SUPPORTED
from .versions import supported

try:
    from mistralai.client import models
    from mistralai.client.utils.eventstreaming import EventStream, EventStreamAsync
except ImportError as problem:
    supported(PACKAGE, SUPPORTED)
    raise ImportError(
        'guarding a client of mistralai needs it: pip install "guardrails-lib[mistral]"'
    ) from problem

__all__ = ["AsyncGuardedEvents", "GuardedEvents", "event_of", "response_like", "usage_of"]


def response_like(answer: Any, text: str, calls: tuple[ToolCall, ...], finish: Any) -> Any:
    """A response with this text and these calls; of *answer* it has what no model wrote."""
    made = [_call(call, index) for index, call in enumerate(calls)]
    message = models.AssistantMessage(content=text, tool_calls=made or None)
    choice = models.ChatCompletionChoice(index=0, finish_reason=finish, message=message)
    return models.ChatCompletionResponse(
        id=answer.id,
        object=answer.object,
        model=answer.model,
        created=answer.created,
        usage=usage_of(answer.usage),
        choices=[choice],
    )


def usage_of(given: Any) -> Any:
    """The tokens that were counted, and nothing that is not known of them."""
    names = ("prompt_tokens", "completion_tokens", "total_tokens")
    return models.UsageInfo(**{name: getattr(given, name) for name in names})


def event_of(
    chunk: Any,
    *,
    text: str = "",
    calls: tuple[ToolCall, ...] = (),
    finish: Any = None,
    usage: Any = None,
) -> Any:
    """An event of a stream that brings this; of *chunk* it has whose it is."""
    made = [_call(call, index) for index, call in enumerate(calls)]
    delta = models.DeltaMessage(role="assistant", content=text, tool_calls=made or None)
    choice = models.CompletionResponseStreamChoice(index=0, delta=delta, finish_reason=finish)
    data = models.CompletionChunk(
        id=chunk.id,
        model=chunk.model,
        object=chunk.object,
        created=chunk.created,
        choices=[choice],
        usage=usage,
    )
    return models.CompletionEvent(data=data)


def _call(call: ToolCall, index: int) -> Any:
    given = call.arguments
    written = given if isinstance(given, str) else json.dumps(given, ensure_ascii=False)
    function = models.FunctionCall(name=call.name, arguments=written)
    return models.ToolCall(function=function, id=call.id or "null", index=index)


class GuardedEvents(EventStream[Any]):
    """A stream of the SDK, over events that were looked at."""

    def __init__(self, chunks: Shown) -> None:
        self.generator = chunks  # type: ignore[assignment]  # it is only iterated
        self._chunks = chunks
        self._closed = False

    def close(self) -> None:
        """Read no more."""
        self._closed = True
        self._chunks.close()


class AsyncGuardedEvents(EventStreamAsync[Any]):
    """`GuardedEvents`, for ``async for``."""

    def __init__(self, chunks: AsyncShown) -> None:
        self.generator = chunks  # type: ignore[assignment]  # it is only iterated
        self._chunks = chunks
        self._closed = False

    async def close(self) -> None:
        """Read no more."""
        self._closed = True
        await self._chunks.aclose()
