"""What OpenAI's SDK gives, read: chat completions and responses, whole and in streams."""

from __future__ import annotations

from typing import Any

from .._types import Reply
from .fields import field, is_iterator
from .openai_chat import ChatChunks, chat_reply
from .openai_responses import ResponseEvents, response_reply

__all__ = ["PACKAGE", "SUPPORTED", "Chunks", "is_stream", "reply_of"]

PACKAGE = "openai"
SUPPORTED = ((2, 20), (4,))


def reply_of(answer: Any) -> Reply[Any]:
    """What is in a whole response, of either kind.

    >>> message = {"role": "assistant", "content": "Hello."}
    >>> reply_of({"choices": [{"message": message, "finish_reason": "stop"}], "model": "m"})
    Reply(text='Hello.', finish='stop', model='m')
    """
    kind = field(answer, "object")
    if kind == "response" or (kind != "chat.completion" and field(answer, "output") is not None):
        return response_reply(answer)
    return chat_reply(answer)


def is_stream(answer: Any) -> bool:
    """Whether it is a stream of the SDK, or another iterator."""
    return is_iterator(answer)


class Chunks:
    """Reads the chunks of one stream: of completions, or the events of a response.

    The events of ``client.chat.completions.stream(...)`` are read as well.
    """

    def __init__(self) -> None:
        self._chunks: ChatChunks | ResponseEvents | None = None

    def __call__(self, chunk: Any) -> Reply[Any]:
        """What a chunk brings."""
        kind = field(chunk, "type")
        if kind == "chunk":  # the helper's event that holds the chunk; its others repeat that
            chunk, kind = field(chunk, "chunk"), None
        if self._chunks is None:
            self._chunks = ResponseEvents() if isinstance(kind, str) else ChatChunks()
        elif isinstance(kind, str) and isinstance(self._chunks, ChatChunks):
            return Reply()
        return self._chunks(chunk)

    def rest(self) -> Reply[Any]:
        """What is known at the end; `ReplyError` if there is no reply."""
        return (self._chunks or ChatChunks()).rest()
