"""What is in a response of OpenAI's Responses API, whole or in events."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .._types import Reply, ToolCall
from .fields import call_of, field, kind_of, listed, readable, tokens_in, unreadable
from .openai_chat import SDK, free_call, spent_in, word

__all__ = ["ENDS", "TO_RUN", "ResponseEvents", "call_in", "response_reply"]

_TEXTS = {"output_text": "text", "text": "text", "refusal": "refusal"}
_FINISHES = {"max_output_tokens": "length", "content_filter": "filter"}
TO_RUN = frozenset(
    {
        *("computer_call", "local_shell_call", "shell_call", "apply_patch_call"),
        "mcp_approval_request",
    }
)
"""Calls of tools that have no name of their own; the caller runs them, or says that they may."""

_NO_ANSWER = frozenset(
    {
        *("reasoning", "compaction", "web_search_call", "file_search_call", "mcp_call"),
        *("code_interpreter_call", "image_generation_call", "mcp_list_tools", "tool_search_call"),
        *("tool_search_output", "program", "program_output", "additional_tools"),
        *("function_call_output", "custom_tool_call_output", "computer_call_output"),
        *("local_shell_call_output", "shell_call_output", "apply_patch_call_output"),
        "mcp_approval_response",
    }
)
"""What the model thought, and what the provider ran by itself: no part of what a person reads."""

ENDS = frozenset({"response.completed", "response.incomplete", "response.failed"})


def response_reply(response: Any, items: Sequence[Any] = ()) -> Reply[Any]:
    """What is in a whole response; *items* are its output, where it does not repeat that."""
    output = listed(response, "output") or items
    texts: list[str] = []
    calls: list[ToolCall] = []
    pairs: list[tuple[object, object]] = []
    for item in output:
        if field(item, "type") == "message":
            for part in listed(item, "content"):
                texts.append(_text(part))
                found = listed(part, "logprobs")
                pairs += [(field(each, "token"), field(each, "logprob")) for each in found]
        elif (call := call_in(item)) is not None:
            calls.append(call)
    tokens, logprobs = tokens_in(pairs)
    model = field(response, "model")
    return readable(
        SDK,
        Reply(
            "".join(texts),
            tool_calls=tuple(calls),
            usage=spent_in(field(response, "usage")),
            logprobs=logprobs,
            tokens=tokens,
            finish=_finish(response, calls),
            model=model if isinstance(model, str) else "",
        ),
    )


class ResponseEvents:
    """Reads the events of one streamed response."""

    def __init__(self) -> None:
        self._text = ""
        self._items: list[Any] = []
        self._end: Reply[Any] | None = None

    def __call__(self, event: Any) -> Reply[Any]:
        """The text that *event* brings."""
        kind = word(field(event, "type"))
        if kind in {"response.output_text.delta", "response.refusal.delta"}:
            text = field(event, "delta")
            if isinstance(text, str):
                self._text += text
                return Reply(text)
        elif kind == "response.output_item.done":
            self._items.append(field(event, "item"))
        elif kind in ENDS:
            return self._ended(response_reply(field(event, "response"), self._items))
        elif kind == "error":
            raise unreadable(SDK, "the stream ended in an error")
        return Reply()

    def _ended(self, end: Reply[Any]) -> Reply[Any]:
        self._end = end
        if not end.text.startswith(self._text):
            raise unreadable(SDK, "it says another text at its end than before")
        return Reply(end.text[len(self._text) :], usage=end.usage, model=end.model)

    def rest(self) -> Reply[Any]:
        """The calls, and why it ended."""
        end = self._end
        if end is None:
            raise unreadable(SDK, "the stream broke off before its end")
        return Reply(
            tool_calls=end.tool_calls,
            logprobs=end.logprobs,
            tokens=end.tokens,
            finish=end.finish,
            model=end.model,
        )


def call_in(item: Any) -> ToolCall | None:
    """The call that an item of an output is; None, if it is no part of the answer."""
    kind, call_id = word(field(item, "type")), field(item, "call_id") or field(item, "id")
    if kind == "function_call":
        return call_of(field(item, "name"), field(item, "arguments"), call_id)
    if kind == "custom_tool_call":
        return free_call(item, call_id)
    if kind in TO_RUN:
        held = item if isinstance(item, dict) else _held(item)
        wanted = {name: each for name, each in held.items() if name not in _NO_ARGUMENTS}
        return call_of(kind, wanted, call_id)
    if kind not in _NO_ANSWER:
        raise unreadable(SDK, f"it has an item of the type {kind_of(item)}")
    return None


def _held(item: Any) -> dict[str, Any]:
    """All that an object holds: nothing of a call may be hidden from the rules."""
    written: dict[str, Any] = item.to_dict(mode="json") if hasattr(item, "to_dict") else vars(item)
    return written


_NO_ARGUMENTS = {"type", "id", "call_id", "status"}


def _text(part: Any) -> str:
    text = field(part, _TEXTS.get(word(field(part, "type")), ""))
    if not isinstance(text, str):
        raise unreadable(SDK, f"it has a part of the type {kind_of(part)}")
    return text


def _finish(response: Any, calls: Sequence[ToolCall]) -> str:
    status = field(response, "status")
    if status is None or status == "completed":
        return "tools" if calls else "stop"
    if status == "incomplete":
        reason = field(field(response, "incomplete_details"), "reason")
        return _FINISHES.get(reason, reason if isinstance(reason, str) else "incomplete")
    raise unreadable(
        SDK, f"its status is {status}" if isinstance(status, str) else "it is not done"
    )
