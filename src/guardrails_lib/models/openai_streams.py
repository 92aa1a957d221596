"""The chunks and events of OpenAI's SDK, made of a text that is safe."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from .. import Accepted
from .endpoints import Taken
from .fields import field
from .openai_chat import refused_in
from .openai_rebuilt import response_calls, response_with, text_item, written
from .openai_responses import ENDS
from .openai_sdk import chat, chat_completion_chunk, known, like, made, responses

__all__ = ["ShowingChat", "ShowingResponse"]


class ShowingChat:
    """Makes the chunks of one streamed completion."""

    def __init__(self, taken: Taken) -> None:
        self._counts = bool((taken.options.get("stream_options") or {}).get("include_usage"))
        self._common: dict[str, Any] = {}
        self._said_no = False
        self._said = False
        self._opened = False
        self._finish: Any = None
        self._usage: Any = None
        self._called = False
        self._like: Any = None  # a chunk that brings text, for those after it

    def saw(self, chunk: Any) -> None:
        """Note of what the SDK sent whatever is no text."""
        if not self._common and chunk.id:
            self._common = {name: field(chunk, name) for name in _COMMON}
        if chunk.usage is not None:
            self._usage = known(chunk.usage)
        for choice in chunk.choices or ():
            self._finish = choice.finish_reason or self._finish
            delta = choice.delta
            if not self._said:
                self._said_no = self._said_no or refused_in(delta)
                self._said = bool(field(delta, "content"))
            self._called = self._called or bool(field(delta, "tool_calls"))

    def text(self, text: str) -> Iterable[Any]:
        """The chunks that bring *text*."""
        name = "refusal" if self._said_no else "content"
        if not self._opened:
            opening = [*self._opening()]
            self._like = self._chunk(**{name: text})
            return (*opening, self._like)
        (choice,) = self._like.choices
        delta = like(choice.delta, **{name: text})
        return (like(self._like, choices=[like(choice, delta=delta)]),)

    def end(self, accepted: Accepted[Any]) -> Iterator[Any]:
        """The calls, each of them whole; why it ended; the usage, if the caller wants it."""
        yield from self._opening()
        for index, call in enumerate(accepted.tool_calls):
            piece = made(
                chat_completion_chunk.ChoiceDeltaToolCall,
                index=index,
                id=call.id,
                function=made(
                    chat_completion_chunk.ChoiceDeltaToolCallFunction,
                    name=call.name,
                    arguments=written(call),
                ),
                type="function",
            )
            yield self._chunk(tool_calls=[piece])
        dropped = self._called and not accepted.tool_calls
        yield self._chunk("stop" if dropped else self._finish)
        if self._counts and self._usage is not None:
            yield made(chat.ChatCompletionChunk, **self._common, choices=[], usage=self._usage)

    def _opening(self) -> Iterator[Any]:
        if not self._opened:
            self._opened = True
            yield self._chunk(role="assistant", content="")

    def _chunk(self, finish: Any = None, **delta: Any) -> Any:
        choice = made(
            chat_completion_chunk.Choice,
            delta=made(chat_completion_chunk.ChoiceDelta, **delta),
            finish_reason=finish,
            index=0,
            logprobs=None,
        )
        return made(chat.ChatCompletionChunk, **self._common, choices=[choice], usage=None)


_COMMON = ("id", "created", "model", "object", "service_tier", "system_fingerprint")


class ShowingResponse:
    """Makes the events of one streamed response."""

    def __init__(self) -> None:
        self._first: Any = None
        self._last: Any = None
        self._last_kind = ""
        self._items: list[Any] = []
        self._number = -1
        self._said: list[str] = []
        self._said_no: bool | None = None
        self._opened = False

    def saw(self, event: Any) -> None:
        """Note of what the SDK sent whatever is no text."""
        if event.type in _DELTAS and self._said_no is None:
            self._said_no = _DELTAS[event.type]
        elif event.type == "response.created":
            self._first = event.response
        elif event.type == "response.output_item.done":
            self._items.append(event.item)
        elif event.type in ENDS:
            self._last, self._last_kind = event.response, event.type

    def text(self, text: str) -> Iterator[Any]:
        """The events that bring *text*."""
        yield from self._opening()
        if not self._said:
            yield from self._message_begins()
        self._said.append(text)
        if self._said_no:
            yield self._event(responses.ResponseRefusalDeltaEvent, _NO, **_AT, delta=text)
        else:
            yield self._event(
                responses.ResponseTextDeltaEvent, _TEXT, **_AT, delta=text, logprobs=[]
            )

    def end(self, accepted: Accepted[Any]) -> Iterator[Any]:
        """The end of the text; the calls, each of them whole; the response."""
        yield from self._opening()
        output: list[Any] = []
        if self._said:
            output.append(self._message("".join(self._said), "completed"))
            yield from self._message_ends(output[0])
        held = self._last.output or self._items
        for item in response_calls(held, accepted.tool_calls):
            yield from self._call(item, len(output))
            output.append(item)
        kind = _LAST[self._last_kind]
        whole = response_with(self._last, output)
        yield self._event(kind, self._last_kind, response=whole)

    def _opening(self) -> Iterator[Any]:
        if not self._opened:
            self._opened = True
            begun = response_with(self._first or self._last, [])
            yield self._event(responses.ResponseCreatedEvent, "response.created", response=begun)
            yield self._event(
                responses.ResponseInProgressEvent, "response.in_progress", response=begun
            )

    def _message(self, text: str, status: str) -> Any:
        return text_item(text, _ITEM, status, said_no=bool(self._said_no))

    def _message_begins(self) -> Iterator[Any]:
        item = self._message("", "in_progress")
        (part,) = item.content
        empty = item.model_copy(update={"content": []})
        yield self._event(
            responses.ResponseOutputItemAddedEvent,
            "response.output_item.added",
            item=empty,
            output_index=0,
        )
        yield self._event(
            responses.ResponseContentPartAddedEvent,
            "response.content_part.added",
            **_AT,
            part=part,
        )

    def _message_ends(self, item: Any) -> Iterator[Any]:
        (part,) = item.content
        if self._said_no:
            kind: Any = responses.ResponseRefusalDoneEvent
            yield self._event(kind, "response.refusal.done", **_AT, refusal=part.refusal)
        else:
            kind = responses.ResponseTextDoneEvent
            yield self._event(kind, "response.output_text.done", **_AT, text=part.text, logprobs=[])
        yield self._event(
            responses.ResponseContentPartDoneEvent,
            "response.content_part.done",
            **_AT,
            part=part,
        )
        yield self._event(
            responses.ResponseOutputItemDoneEvent,
            "response.output_item.done",
            item=item,
            output_index=0,
        )

    def _call(self, item: Any, index: int) -> Iterator[Any]:
        begun = item
        if item.type == "function_call":
            begun = item.model_copy(update={"arguments": ""})
        at = {"output_index": index}
        yield self._event(
            responses.ResponseOutputItemAddedEvent, "response.output_item.added", item=begun, **at
        )
        if begun is not item:
            at_item = {**at, "item_id": item.id or ""}
            yield self._event(
                responses.ResponseFunctionCallArgumentsDeltaEvent,
                "response.function_call_arguments.delta",
                **at_item,
                delta=item.arguments,
            )
            yield self._event(
                responses.ResponseFunctionCallArgumentsDoneEvent,
                "response.function_call_arguments.done",
                **at_item,
                name=item.name,
                arguments=item.arguments,
            )
        yield self._event(
            responses.ResponseOutputItemDoneEvent, "response.output_item.done", item=item, **at
        )

    def _event(self, kind: Any, called: str, /, **fields: Any) -> Any:
        self._number += 1
        return made(kind, type=called, sequence_number=self._number, **fields)


_ITEM = "msg_0"
_AT: dict[str, Any] = {"item_id": _ITEM, "output_index": 0, "content_index": 0}
_TEXT, _NO = "response.output_text.delta", "response.refusal.delta"
_DELTAS = {_TEXT: False, _NO: True}
"""The events that bring text, and whether it is that the model said no."""
_LAST: dict[str, Any] = {
    "response.completed": responses.ResponseCompletedEvent,
    "response.incomplete": responses.ResponseIncompleteEvent,
}
