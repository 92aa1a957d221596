"""What is in a message of Anthropic, whole or in events, as objects or as dicts."""

from __future__ import annotations

from typing import Any

from .._types import Reply, Usage
from .calls import Calls
from .fields import field, kind_of, readable, unreadable

__all__ = ["PACKAGE", "SUPPORTED", "Chunks", "is_stream", "reply_of"]

PACKAGE = "anthropic"
SUPPORTED = ((2,), (3,))
_SDK = "Anthropic"

_FINISHES = {
    "end_turn": "stop",
    "stop_sequence": "stop",
    "tool_use": "tools",
    "max_tokens": "length",
    "model_context_window_exceeded": "length",
    "refusal": "filter",
}
_NOT_SAID = {
    *("thinking", "redacted_thinking", "compaction", "fallback", "container_upload"),
    *("server_tool_use", "mcp_tool_use", "mcp_tool_listing"),
    *("web_search_tool_result", "web_fetch_tool_result", "advisor_tool_result"),
    *("code_execution_tool_result", "bash_code_execution_tool_result"),
    *("text_editor_code_execution_tool_result", "tool_search_tool_result", "mcp_tool_result"),
}
"""Content blocks that are no part of the answer: thoughts, and what ran at the provider."""
_SILENT = {
    *("input_json_delta", "citations_delta"),
    *("thinking_delta", "signature_delta", "compaction_delta"),
}


def reply_of(answer: Any) -> Reply[Any]:
    """The reply in a whole message; `ReplyError` where it cannot be read."""
    content = field(answer, "content")
    if not isinstance(content, list | tuple):
        raise unreadable(_SDK, f"a {kind_of(answer)} has no list of content")
    calls = Calls()
    text = "".join(_block(each, calls, None) for each in content)
    return readable(
        _SDK,
        Reply(
            text,
            tool_calls=calls.whole(),
            usage=_Counts().more(field(answer, "usage")),
            finish=_finish(field(answer, "stop_reason")),
            model=_text(field(answer, "model")),
        ),
    )


class Chunks:
    """Reads the events of one streamed message."""

    def __init__(self) -> None:
        self._begun: dict[object, object] = {}
        self._calls = Calls()
        self._counts = _Counts()
        self._spoke = False
        self._model: str | None = None
        self._stop_reason: object = None
        self._whole = False

    def __call__(self, chunk: Any) -> Reply[Any]:
        """What this event brings."""
        kind = field(chunk, "type")
        text = ""
        usage: Usage | None = None
        if kind == "content_block_delta":
            text = self._more(field(chunk, "index"), field(chunk, "delta"))
        elif kind == "content_block_start":
            text = self._begin(field(chunk, "index"), field(chunk, "content_block"))
        elif kind == "message_start":
            message = field(chunk, "message")
            self._model = _text(field(message, "model"))
            usage = self._counts.more(field(message, "usage"))
        elif kind == "message_delta":
            self._stop_reason = field(field(chunk, "delta"), "stop_reason") or self._stop_reason
            usage = self._counts.more(field(chunk, "usage"))
        elif kind == "message_stop":
            self._whole = True
        elif kind == "error":
            raise unreadable(_SDK, "the stream ended with an error")
        # Events that are not known are new ones, or of the SDK's own `MessageStream`, which
        # gives what they say as events of the wire as well.
        self._spoke = self._spoke or bool(text)
        if usage is None:
            return Reply(text)
        return Reply(text, usage=usage, model=self._model or "")

    def rest(self) -> Reply[Any]:
        """What is known at the end: whole calls of tools, and why it ended."""
        if not self._whole:
            raise unreadable(_SDK, "the stream broke off: no message_stop came")
        finish, model = _finish(self._stop_reason), self._model or ""
        reply: Reply[Any] = Reply(tool_calls=self._calls.whole(), finish=finish, model=model)
        return reply if self._spoke else readable(_SDK, reply)

    def _begin(self, index: object, given: object) -> str:
        if not isinstance(index, int):
            raise unreadable(_SDK, "a block has no number")
        if index in self._begun:  # said again
            return ""
        if self._model is None:
            raise unreadable(_SDK, "the stream did not begin with a message_start")
        self._begun[index] = field(given, "type")
        return _block(given, self._calls, index)

    def _more(self, index: object, delta: object) -> str:
        if not isinstance(index, int) or index not in self._begun:
            raise unreadable(_SDK, "the stream goes on with a block that did not begin")
        kind = field(delta, "type")
        if kind == "text_delta":
            return _text(field(delta, "text"))
        if kind == "input_json_delta" and self._begun[index] == "tool_use":
            self._calls.add(index, arguments=field(delta, "partial_json"))
        elif kind not in _SILENT:
            raise unreadable(_SDK, f"a delta of unknown type, {kind_of(delta)}")
        return ""


def is_stream(answer: Any) -> bool:
    """Whether it is to be iterated. A pydantic model can be, too, and is no iterator."""
    return hasattr(answer, "__next__") or hasattr(answer, "__anext__")


def _block(given: object, calls: Calls, index: object) -> str:
    """The text of a content block; the call that it is goes to *calls*."""
    kind = field(given, "type")
    if kind == "text":
        return _text(field(given, "text"))
    if kind == "tool_use":
        name, arguments, call_id = (field(given, each) for each in ("name", "input", "id"))
        calls.add(index, name=name, arguments=arguments or None, call_id=call_id)
    elif kind not in _NOT_SAID:
        raise unreadable(_SDK, f"a content block of unknown type, {kind_of(given)}")
    return ""


def _finish(stop_reason: object) -> str:
    return _FINISHES.get(_text(stop_reason), _text(stop_reason))


class _Counts:
    """Tokens, which the events of a stream give as totals so far."""

    def __init__(self) -> None:
        self._seen = dict.fromkeys(_COUNTED, 0)

    def more(self, usage: object) -> Usage:
        """What came on top of what was counted."""
        new = {}
        for name, before in self._seen.items():
            given = field(usage, name)
            now = given if isinstance(given, int) else before
            new[name] = max(now - before, 0)
            self._seen[name] = max(now, before)
        written, read = new["cache_creation_input_tokens"], new["cache_read_input_tokens"]
        return Usage(
            new["input_tokens"] + written + read,  # Anthropic's is without them
            new["output_tokens"],
            cache_read_tokens=read,
            cache_write_tokens=written,
        )


_COUNTED = (
    "input_tokens",
    "output_tokens",
    "cache_read_input_tokens",
    "cache_creation_input_tokens",
)


def _text(given: object) -> str:
    return given if isinstance(given, str) else ""
