"""The events of a guarded stream of Anthropic."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from .. import Accepted
from .anthropic_sdk import (
    block_events,
    block_stop,
    call_block,
    closing_events,
    opening_event,
    text_event,
    text_start,
    thought_block,
)
from .fields import field

__all__ = ["Showing", "stop_reason_of"]


def stop_reason_of(given: str | None, accepted: Accepted[Any]) -> str | None:
    """Why it ended, as what is left of it says."""
    return "end_turn" if given == "tool_use" and not accepted.tool_calls else given


class Showing:
    """Makes the events of one guarded stream."""

    def __init__(self, is_thought: Callable[[Any], bool]) -> None:
        self._is_thought = is_thought
        self._opening: Any = None
        self._delta: Any = None
        self._usage: Any = None
        self._thoughts: dict[int, Any] = {}
        self._index = -1
        self._speaks = False

    def saw(self, chunk: Any, /) -> None:
        """Note who answers, why it ended, what it cost, and thoughts."""
        kind, index = field(chunk, "type"), field(chunk, "index")
        if kind == "message_start":
            self._opening = chunk.message
        elif kind == "message_delta":
            self._delta, self._usage = chunk.delta, chunk.usage
        elif kind == "content_block_start":
            if field(chunk.content_block, "type") in {"thinking", "redacted_thinking"}:
                self._thoughts[index] = thought_block(chunk.content_block)
        elif kind == "content_block_delta" and index in self._thoughts:
            thought, delta = self._thoughts[index], chunk.delta
            if delta.type == "thinking_delta":
                thought.thinking += delta.thinking
            elif delta.type == "signature_delta":
                thought.signature = delta.signature

    def text(self, text: str, /) -> Iterator[Any]:
        """The events that bring *text*; before the first, those that open a message."""
        if not self._speaks:
            yield from self._opened()
            self._speaks = True
            self._index += 1
            yield text_start(self._index)
        yield text_event(self._index, text)

    def end(self, accepted: Accepted[Any], /) -> Iterator[Any]:
        """The calls of tools, why it ended, what it cost."""
        if self._speaks:
            yield block_stop(self._index)
        else:
            yield from self._opened()
        yield from self._thought()
        for call in accepted.tool_calls:
            yield from self._block(call_block(call))
        stop_reason = stop_reason_of(field(self._delta, "stop_reason"), accepted)
        yield from closing_events(self._usage, stop_reason, field(self._delta, "stop_sequence"))

    def _opened(self) -> Iterator[Any]:
        """The beginning, and what was thought before anything was said."""
        yield opening_event(self._opening)
        yield from self._thought()

    def _thought(self) -> Iterator[Any]:
        """What was thought and not yet shown."""
        for thought in self._thoughts.values():
            if self._is_thought(thought):
                yield from self._block(thought)
        self._thoughts = {}

    def _block(self, block: Any) -> Iterator[Any]:
        self._index += 1
        yield from block_events(self._index, block)
