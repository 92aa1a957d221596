"""A model that repeats all it is sent."""

from __future__ import annotations

from ..._types import ToolCall
from .clock import FakeClock
from .heard import heard
from .model import FakeModel, Prompt, Turn

__all__ = ["EchoModel", "cut"]


class EchoModel(FakeModel):
    """Whatever reaches it comes back: the sharpest test of what leaks.

    It repeats messages of every role, sources, nested data, tool calls and tools, each text
    on a line of its own; a stream has so many characters in a *chunk*. With *tool* it calls
    the tool of that name too, with all of this as its argument.

    >>> EchoModel(tool="search")("Hello")
    Reply(text='Hello', tool_calls=(ToolCall(name='search', arguments={'text': 'Hello'}),))
    """

    def __init__(self, *, chunk: int = 3, tool: str = "", clock: FakeClock | None = None) -> None:
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
        return f"EchoModel(tool={self._tool!r})" if self._tool else "EchoModel()"


def cut(text: str, size: int) -> tuple[str, ...]:
    """*text* in chunks of *size* characters."""
    return tuple(text[at : at + size] for at in range(0, len(text), size))
