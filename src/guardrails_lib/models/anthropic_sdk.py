"""The SDK of Anthropic: the classes of its own that a guarded client gives."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator
from typing import Any, TypeVar

from pydantic import BaseModel, TypeAdapter

from .._types import ToolCall
from .anthropic import PACKAGE, SUPPORTED
from .clients import AsyncShown, Shown
from .fields import field
from .versions import supported

try:
    from anthropic import NOT_GIVEN, AsyncStream, NotGiven, Omit, Stream, transform_schema
    from anthropic.lib.streaming import AsyncMessageStreamManager, MessageStreamManager
    from anthropic.types import (
        InputJSONDelta,
        Message,
        MessageDeltaUsage,
        ParsedMessage,
        ParsedTextBlock,
        RawContentBlockDeltaEvent,
        RawContentBlockStartEvent,
        RawContentBlockStopEvent,
        RawMessageDeltaEvent,
        RawMessageStartEvent,
        RawMessageStopEvent,
        RawMessageStreamEvent,
        RedactedThinkingBlock,
        SignatureDelta,
        TextBlock,
        TextDelta,
        ThinkingBlock,
        ThinkingDelta,
        ToolUseBlock,
        Usage,
    )
    from anthropic.types.raw_message_delta_event import Delta
except ImportError as problem:
    supported(PACKAGE, SUPPORTED)
    raise ImportError(
        'guarding a client of anthropic needs it: pip install "guardrails-lib[anthropic]"'
    ) from problem

__all__ = [
    "NOT_GIVEN",
    "AsyncMessageStreamManager",
    "GuardedAsyncStream",
    "GuardedStream",
    "MessageStreamManager",
    "block_events",
    "block_stop",
    "call_block",
    "closing_events",
    "format_of",
    "is_given",
    "message_like",
    "opening_event",
    "text_block",
    "text_event",
    "text_start",
    "thought_block",
    "typed_block",
]

Event = RawMessageStreamEvent
_Model = TypeVar("_Model", bound=BaseModel)


def is_given(value: object) -> bool:
    """Whether an argument is there."""
    return value is not None and not isinstance(value, NotGiven | Omit)


def message_like(answer: Any, content: list[Any], stop_reason: str | None) -> Message:
    """A message with this *content*; of *answer* it has what no model wrote."""
    typed = any(isinstance(each, ParsedTextBlock) for each in content)
    kind: type[Message] = ParsedMessage if typed else Message
    made = _made(
        kind,
        id=field(answer, "id"),
        content=content,
        model=field(answer, "model"),
        role="assistant",
        stop_reason=stop_reason,
        stop_sequence=field(answer, "stop_sequence"),
        type="message",
        usage=_known(Usage, field(answer, "usage")),
    )
    made._request_id = getattr(answer, "_request_id", None)  # noqa: SLF001  # the SDK says it is public
    return made


def _known(kind: type[_Model], given: Any) -> _Model:
    """What the SDK knows of a usage; what it does not know might be anything."""
    held = given.model_fields_set if isinstance(given, BaseModel) else ()
    return _made(kind, **{name: getattr(given, name) for name in kind.model_fields if name in held})


def _made(kind: type[_Model], **values: object) -> _Model:
    """A value of the SDK, which takes it far longer to make one: it looks into all of them."""
    made: _Model = _empty(kind).model_copy(update=values)
    return made


@functools.cache
def _empty(kind: Any) -> Any:
    return kind.construct()


def text_block(text: str) -> TextBlock:
    """A block of text, with no quotations."""
    return _made(TextBlock, type="text", text=text, citations=None)


def typed_block(value: Any) -> TextBlock:
    """A block of text that is JSON, with the value in it."""
    text = TypeAdapter(type(value)).dump_json(value, by_alias=True).decode()
    return _made(ParsedTextBlock[Any], type="text", text=text, citations=None, parsed_output=value)


def format_of(kind: Any) -> dict[str, Any]:
    """How a message is asked to be a *kind*."""
    return {"type": "json_schema", "schema": transform_schema(TypeAdapter(kind).json_schema())}


def call_block(call: ToolCall) -> ToolUseBlock:
    """The block of a call of a tool."""
    arguments = call.arguments if isinstance(call.arguments, str) else dict(call.arguments)
    return _made(ToolUseBlock, type="tool_use", id=call.id, name=call.name, input=arguments)


def thought_block(given: Any) -> ThinkingBlock | RedactedThinkingBlock:
    """A block of thoughts, with what the SDK knows of one."""
    if given.type == "thinking":
        thinking, signature = given.thinking, getattr(given, "signature", "")
        return _made(ThinkingBlock, type="thinking", thinking=thinking, signature=signature)
    return _made(RedactedThinkingBlock, type="redacted_thinking", data=given.data)


def opening_event(answer: Any) -> Event:
    """What a stream begins with."""
    return _made(RawMessageStartEvent, type="message_start", message=message_like(answer, [], None))


def text_start(index: int) -> Event:
    """The beginning of a block of text."""
    return _start(index, text_block(""))


def text_event(index: int, text: str) -> Event:
    """More of a block of text."""
    return _more(index, _made(TextDelta, type="text_delta", text=text))


def block_events(index: int, block: Any) -> Iterator[Event]:
    """The events that bring a block whole."""
    if block.type == "tool_use":
        whole = block.input
        written = whole if isinstance(whole, str) else json.dumps(whole, ensure_ascii=False)
        yield _start(index, block.model_copy(update={"input": {}}))
        yield _more(index, _made(InputJSONDelta, type="input_json_delta", partial_json=written))
    elif block.type == "thinking":
        yield _start(index, block.model_copy(update={"thinking": "", "signature": ""}))
        yield _more(index, _made(ThinkingDelta, type="thinking_delta", thinking=block.thinking))
        yield _more(index, _made(SignatureDelta, type="signature_delta", signature=block.signature))
    else:
        yield _start(index, block)
    yield block_stop(index)


def block_stop(index: int) -> Event:
    """The end of a block."""
    return _made(RawContentBlockStopEvent, type="content_block_stop", index=index)


def _start(index: int, block: Any) -> Event:
    return _made(
        RawContentBlockStartEvent, type="content_block_start", index=index, content_block=block
    )


def _more(index: int, delta: Any) -> Event:
    return _made(RawContentBlockDeltaEvent, type="content_block_delta", index=index, delta=delta)


def closing_events(
    usage: Any, stop_reason: str | None, stop_sequence: str | None
) -> Iterator[Event]:
    """What a stream ends with."""
    delta = _made(
        Delta,
        stop_reason=stop_reason,
        stop_sequence=stop_sequence,
        stop_details=None,
        container=None,
    )
    yield _made(
        RawMessageDeltaEvent,
        type="message_delta",
        delta=delta,
        usage=_known(MessageDeltaUsage, usage),
    )
    yield _made(RawMessageStopEvent, type="message_stop")


class _Answered:
    """What is left of the HTTP response of a stream: no rule has seen its body."""

    def __init__(self, chunks: Any) -> None:
        self._chunks = chunks

    def close(self) -> None:
        """Read no more."""
        self._chunks.close()

    async def aclose(self) -> None:
        """Read no more."""
        await self._chunks.aclose()


class GuardedStream(Stream[Event]):
    """A `Stream` of the SDK, of events that are made of a text that is safe."""

    def __init__(self, chunks: Shown) -> None:  # it decodes no response: there is none
        self.response = _Answered(chunks)  # type: ignore[assignment]  # all that is asked of it
        self._iterator = iter(chunks)  # type: ignore[misc]  # it is cached, and may be put there


class GuardedAsyncStream(AsyncStream[Event]):
    """`GuardedStream`, for ``async for``."""

    def __init__(self, chunks: AsyncShown) -> None:  # as above
        self.response = _Answered(chunks)  # type: ignore[assignment]  # as above
        self._iterator = aiter(chunks)  # type: ignore[misc]  # as above
