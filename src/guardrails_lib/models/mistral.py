"""What Mistral's SDK gives: chat completions, which are of OpenAI's shape, and their streams."""

from __future__ import annotations

from typing import Any

from .._types import Reply
from .fields import field, is_iterator, unbroken
from .openai_chat import ChatChunks, chat_reply

__all__ = ["PACKAGE", "SUPPORTED", "Chunks", "is_stream", "reply_of"]

PACKAGE = "mistralai"
SUPPORTED = ((3,), (4,))


def reply_of(answer: Any) -> Reply[Any]:
    """What is in a ``ChatCompletionResponse``."""
    return unbroken(PACKAGE, chat_reply(answer, PACKAGE))


def is_stream(answer: Any) -> bool:
    """Whether it is what ``chat.stream`` gives, which is an iterator."""
    return is_iterator(answer)


class Chunks:
    """Reads the events of one stream, each of which has a chunk as its data."""

    def __init__(self) -> None:
        self._chunks = ChatChunks(PACKAGE)

    def __call__(self, event: Any) -> Reply[Any]:
        """What the chunk in *event* brings."""
        chunk = field(event, "data")
        return self._chunks(event if chunk is None else chunk)

    def rest(self) -> Reply[Any]:
        """What is known at the end of the stream."""
        return unbroken(PACKAGE, self._chunks.rest())
