"""What litellm gives: completions of OpenAI's shape, whichever the provider."""

from __future__ import annotations

from typing import Any

from .._types import Reply
from .fields import field, is_iterator, listed, unreadable
from .openai_chat import ChatChunks, chat_reply

__all__ = ["PACKAGE", "SUPPORTED", "Chunks", "is_stream", "reply_of"]

PACKAGE = "litellm"
SUPPORTED = ((1, 100), (1, 107))


def reply_of(answer: Any) -> Reply[Any]:
    """What is in a ``ModelResponse``."""
    _without_pictures(answer, "message")
    return chat_reply(answer, PACKAGE)


def is_stream(answer: Any) -> bool:
    """Whether it is a ``CustomStreamWrapper``, which is an iterator."""
    return is_iterator(answer)


class Chunks:
    """Reads the chunks of one stream."""

    def __init__(self) -> None:
        self._chunks = ChatChunks(PACKAGE)

    def __call__(self, chunk: Any) -> Reply[Any]:
        """What *chunk* brings."""
        _without_pictures(chunk, "delta")
        return self._chunks(chunk)

    def rest(self) -> Reply[Any]:
        """What is known at the end of the stream."""
        return self._chunks.rest()


def _without_pictures(given: Any, part: str) -> None:
    """A provider's pictures are put beside the text, where OpenAI has none."""
    for choice in listed(given, "choices"):
        if listed(field(choice, part), "images"):
            raise unreadable(PACKAGE, "it has pictures")
