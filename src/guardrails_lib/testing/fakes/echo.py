"""A model that repeats all it is sent."""

from __future__ import annotations

from ..._types import ToolCall
from .clock import FakeClock
from .heard import heard
from .model import FakeModel, Prompt, Turn, cut

__all__ = ["EchoModel"]

_FINE = 3


class EchoModel(FakeModel):
    """Whatever reaches it comes back: the sharpest test of what leaks.

    It repeats messages of every role, sources, nested data, tool calls and tools, each text
    on a line of its own; a stream has so many characters in a *chunk*. With *tool* it calls
    the tool of that name too, with all of this as its argument.

    >>> EchoModel(tool="search")("Hello")
    Reply(text='Hello', tool_calls=(ToolCall(name='search', arguments={'text': 'Hello'}),))
    """

    def __init__(
        self, *, chunk: int = _FINE, tool: str = "", clock: FakeClock | None = None
    ) -> None:
        if chunk < 1:
            raise ValueError(f"chunk={chunk}: a chunk has at least 1 character")
        super().__init__(self._repeat, clock=clock)
        self._chunk = chunk
        self._tool = tool

    def _repeat(self, prompt: Prompt, before: int) -> Turn:
        text = heard(prompt)
        calls = (ToolCall(self._tool, {"text": text}),) if self._tool else ()
        return Turn(cut(text, self._chunk), tool_calls=calls)

    def __repr__(self) -> str:
        given = [f"chunk={self._chunk}"] if self._chunk != _FINE else []
        given += [f"tool={self._tool!r}"] if self._tool else []
        return f"EchoModel({', '.join(given)})"
