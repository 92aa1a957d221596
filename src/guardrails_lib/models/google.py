"""What Gemini answers through google-genai: whole responses and the chunks of a stream."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .._types import Reply, ToolCall, Usage
from .fields import call_of, counted, field, is_iterator, listed, readable, tokens_in, unreadable

__all__ = ["PACKAGE", "SUPPORTED", "Chunks", "is_stream", "reply_of"]

PACKAGE = "google-genai"
SUPPORTED = ((3,), (4,))

_FINISHES = {
    "FINISH_REASON_UNSPECIFIED": "",
    "STOP": "stop",
    "MAX_TOKENS": "length",
    "CONTINUATION": "length",
    **dict.fromkeys(
        (
            *("SAFETY", "RECITATION", "LANGUAGE", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII"),
            *("IMAGE_SAFETY", "IMAGE_PROHIBITED_CONTENT", "IMAGE_RECITATION"),
            *("ESCALATION", "PUP_LIMITED_DISABLED", "MODEL_ARMOR"),
        ),
        "filter",
    ),
}
_ON_THE_SERVER = ("executable_code", "code_execution_result", "tool_call", "tool_response")
"""What the provider runs by itself, and what comes of it: no part of what a person reads."""

_OTHERS = ("inline_data", "file_data", "function_response", "audio_transcription")


def reply_of(answer: Any) -> Reply[Any]:
    """What is in a ``GenerateContentResponse``."""
    chunks = Chunks()
    first = chunks(answer)
    rest = chunks.ended()
    return readable(
        PACKAGE,
        Reply(
            first.text,
            tool_calls=rest.tool_calls,
            usage=first.usage,
            logprobs=rest.logprobs,
            tokens=rest.tokens,
            finish=rest.finish,
            model=rest.model,
        ),
    )


def is_stream(answer: Any) -> bool:
    """Whether it is what ``generate_content_stream`` gives, which is an iterator."""
    return is_iterator(answer)


class Chunks:
    """Reads the chunks of one stream, each of them a ``GenerateContentResponse``."""

    def __init__(self) -> None:
        self._some = False
        self._calls: list[ToolCall] = []
        self._counted = Usage()
        self._finish = ""
        self._model = ""
        self._tokens: list[tuple[Any, Any]] = []

    def __call__(self, chunk: Any) -> Reply[Any]:
        """The text that *chunk* brings, and what was counted since the last one."""
        self._model = field(chunk, "model_version") or self._model
        if field(field(chunk, "prompt_feedback"), "block_reason"):
            self._finish = "filter"
        candidates = listed(chunk, "candidates")
        if len(candidates) > 1:
            raise unreadable(PACKAGE, f"it has {len(candidates)} candidates, and should have one")
        text = "".join(self._candidate(each) for each in candidates)
        self._some = self._some or bool(text)
        return Reply(text, usage=self._since(field(chunk, "usage_metadata")))

    def rest(self) -> Reply[Any]:
        """What is known at the end of the stream."""
        reply = self.ended()
        if not self._finish:
            raise unreadable(PACKAGE, "the stream broke off: no chunk has a finish_reason")
        if not self._some:
            readable(PACKAGE, reply)
        return reply

    def ended(self) -> Reply[Any]:
        """All but the text and what it cost."""
        tokens, logprobs = tokens_in(self._tokens)
        return Reply(
            tool_calls=tuple(self._calls),
            logprobs=logprobs,
            tokens=tokens,
            finish="tools" if self._calls and self._finish == "stop" else self._finish,
            model=self._model,
        )

    def _candidate(self, candidate: Any) -> str:
        if field(candidate, "index"):
            raise unreadable(PACKAGE, "it has several candidates, and should have one")
        reason = field(candidate, "finish_reason")
        if reason:
            word = str(getattr(reason, "value", reason))
            self._finish = _FINISHES.get(word, word)
        for each in listed(field(candidate, "logprobs_result"), "chosen_candidates"):
            self._tokens.append((field(each, "token"), field(each, "log_probability")))
        return "".join(self._texts(field(candidate, "content")))

    def _texts(self, content: Any) -> Iterator[str]:
        for part in listed(content, "parts"):
            text, call = field(part, "text"), field(part, "function_call")
            if call:
                self._calls.append(_call(call))
            elif isinstance(text, str):
                if not field(part, "thought"):
                    yield text
            elif not any(field(part, each) for each in (*_ON_THE_SERVER, "thought_signature")):
                named = next((each for each in _OTHERS if field(part, each)), "of an unknown kind")
                raise unreadable(PACKAGE, f"a part of it is {named}")

    def _since(self, usage: Any) -> Usage:
        """What the chunk counts more than the one before it: each counts all so far."""
        before = self._counted
        self._counted = now = Usage(
            max(
                before.input_tokens,
                counted(usage, "prompt_token_count")
                + counted(usage, "tool_use_prompt_token_count"),
            ),
            max(
                before.output_tokens,
                counted(usage, "candidates_token_count") + counted(usage, "thoughts_token_count"),
            ),
            cache_read_tokens=max(
                before.cache_read_tokens, counted(usage, "cached_content_token_count")
            ),
        )
        return Usage(
            now.input_tokens - before.input_tokens,
            now.output_tokens - before.output_tokens,
            cache_read_tokens=now.cache_read_tokens - before.cache_read_tokens,
        )


def _call(call: Any) -> ToolCall:
    if field(call, "partial_args") or field(call, "will_continue"):
        raise unreadable(
            PACKAGE, "arguments come in pieces: leave stream_function_call_arguments out"
        )
    return call_of(field(call, "name"), field(call, "args"), field(call, "id"))
