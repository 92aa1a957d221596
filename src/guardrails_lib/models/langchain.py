"""What the chat models of langchain-core give: a message, or the chunks of one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .._types import Reply, Usage
from .calls import Calls
from .fields import (
    counted,
    field,
    is_iterator,
    kind_of,
    listed,
    readable,
    tokens_in,
    unbroken,
    unreadable,
)

__all__ = ["PACKAGE", "SUPPORTED", "Chunks", "is_stream", "reply_of"]

PACKAGE = "langchain-core"
SUPPORTED = ((1,), (2,))

_FINISHES = {
    **dict.fromkeys(("stop", "end_turn", "stop_sequence", "complete", "eos", "completed"), "stop"),
    **dict.fromkeys(("tool_calls", "function_call", "tool_use", "tool_call"), "tools"),
    **dict.fromkeys(
        (
            *("length", "max_tokens", "max_output_tokens", "model_length", "incomplete"),
            *("model_context_window_exceeded", "error_limit", "continuation"),
        ),
        "length",
    ),
    **dict.fromkeys(
        (
            *("content_filter", "content_filtered", "guardrail_intervened", "refusal", "safety"),
            *("recitation", "language", "blocklist", "prohibited_content", "spii", "model_armor"),
            *("error_toxic", "image_safety"),
        ),
        "filter",
    ),
}
"""How the providers that langchain has integrations for say why a reply ended."""

_REASONS = ("finish_reason", "stop_reason", "stopReason", "done_reason")
_TEXTS = {"text": "text", "output_text": "text", "refusal": "refusal"}
_CALLS = {
    *("tool_call", "tool_call_chunk", "tool_use", "function_call", "input_json_delta"),
    *("invalid_tool_call", "custom_tool_call"),
}
"""Blocks that say again what is among the calls of the message."""

_LEFT_OUT = {
    *("reasoning", "thinking", "redacted_thinking", "reasoning_content"),
    *("server_tool_call", "server_tool_call_chunk", "server_tool_result", "server_tool_use"),
    *("web_search_tool_result", "code_execution_tool_result", "executable_code"),
    *("code_execution_result", "web_search_call", "file_search_call"),
}
"""What the model thinks, and what the provider runs by itself."""


def reply_of(answer: Any) -> Reply[Any]:
    """What is in an ``AIMessage``, or in the sum of its chunks."""
    chunks = Chunks()
    first, rest = chunks(answer), chunks.rest()
    return Reply(
        first.text,
        tool_calls=rest.tool_calls,
        usage=first.usage,
        logprobs=first.logprobs,
        tokens=first.tokens,
        finish=rest.finish,
        model=rest.model,
    )


def is_stream(answer: Any) -> bool:
    """Whether it is what ``stream`` or ``astream`` gives, which is an iterator."""
    return is_iterator(answer)


class Chunks:
    """Reads the chunks of one message, each of them an ``AIMessageChunk``."""

    def __init__(self) -> None:
        self._some = False
        self._calls = Calls()
        self._announced = False
        self._finish = ""
        self._model = ""

    def __call__(self, chunk: Any) -> Reply[Any]:
        """The text that *chunk* brings, and what it cost."""
        kind = field(chunk, "type")
        if kind not in {"ai", "AIMessageChunk"}:
            raise unreadable(PACKAGE, f"{type(chunk).__name__} is no message of a model")
        pieces = listed(chunk, "tool_call_chunks")
        if kind == "ai":
            pieces = (*listed(chunk, "tool_calls"), *listed(chunk, "invalid_tool_calls"))
        for each in pieces:
            self._calls.add(
                field(each, "index") if kind != "ai" else None,
                name=field(each, "name"),
                arguments=field(each, "args"),
                call_id=field(each, "id"),
            )
        text = "".join(self._texts(chunk))
        self._some = self._some or bool(text)
        told = field(chunk, "response_metadata")
        self._finish = _finish(told) or self._finish
        model = field(told, "model_name") or field(told, "model")
        self._model = model if isinstance(model, str) else self._model
        tokens, logprobs = tokens_in(
            [
                (field(each, "token"), field(each, "logprob"))
                for each in listed(field(told, "logprobs"), "content")
            ]
        )
        usage = _spent(field(chunk, "usage_metadata"))
        return Reply(text, usage=usage, logprobs=logprobs, tokens=tokens)

    def rest(self) -> Reply[Any]:
        """What is known at the end of the stream."""
        calls = self._calls.whole()
        if self._announced and not calls:
            raise unreadable(PACKAGE, "a call of a tool is not among its tool_calls")
        finish = "tools" if calls and self._finish == "stop" else self._finish
        reply = unbroken(PACKAGE, Reply[Any](tool_calls=calls, finish=finish, model=self._model))
        return reply if self._some else readable(PACKAGE, reply)

    def _texts(self, chunk: Any) -> Iterator[str]:
        content = field(chunk, "content")
        for block in (content,) if isinstance(content, str) else listed(chunk, "content"):
            kind = "text" if isinstance(block, str) else field(block, "type")
            if kind in _CALLS:
                self._announced = True
            elif kind not in _LEFT_OUT:
                text = block if isinstance(block, str) else field(block, _TEXTS.get(kind, ""))
                if not isinstance(text, str):
                    raise unreadable(PACKAGE, f"a block of it is {kind_of(block)}")
                yield text
        refusal = field(field(chunk, "additional_kwargs"), "refusal")
        if isinstance(refusal, str):
            yield refusal


def _finish(told: Any) -> str:
    """Why it ended, as the integration of a provider tells it."""
    if field(field(told, "prompt_feedback"), "block_reason"):
        return "filter"
    words = [field(told, each) for each in _REASONS]
    words.append(field(field(told, "incomplete_details"), "reason"))
    words.append(field(told, "status"))
    word = next((each for each in words if isinstance(each, str) and each), "")
    return _FINISHES.get(word.lower(), word)


def _spent(usage: Any) -> Usage:
    details = field(usage, "input_token_details")
    return Usage(
        counted(usage, "input_tokens"),
        counted(usage, "output_tokens"),
        cache_read_tokens=counted(details, "cache_read"),
        cache_write_tokens=counted(details, "cache_creation"),
    )
