"""What is in a chat completion of OpenAI's shape, whole or in chunks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from .._types import Reply, ToolCall, Usage
from .calls import Calls
from .fields import call_of, counted, field, kind_of, listed, readable, tokens_in, unreadable

__all__ = ["ChatChunks", "calls_in", "chat_reply", "refused_in", "spent_in", "word"]

SDK = "openai"
_FINISHES = {
    "tool_calls": "tools",
    "function_call": "tools",
    "model_length": "length",
    "max_tokens": "length",
    "content_filter": "filter",
}
"""How others, who speak this shape, call it as well."""

_TEXTS = {"text": "text", "output_text": "text", "refusal": "refusal"}
_UNREAD = {"thinking", "reasoning", "reasoning_text", "reference"}
"""Parts that are no part of the answer."""


def chat_reply(completion: Any, sdk: str = SDK) -> Reply[Any]:
    """What is in a whole completion, of that *sdk*."""
    if (plain := _plain_reply(completion)) is not None:
        return plain
    choice = _only_choice(completion, sdk)
    if choice is None:
        raise unreadable(sdk, "it has no choices")
    message = field(choice, "message")
    if message is None:
        raise unreadable(sdk, "its choice has no message")
    tokens, logprobs = tokens_in(_tokens(choice))
    return readable(
        sdk,
        Reply(
            _text(message, sdk),
            tool_calls=tuple(calls_in(message, sdk)),
            usage=spent_in(field(completion, "usage")),
            logprobs=logprobs,
            tokens=tokens,
            finish=_finish(choice),
            model=word(field(completion, "model")),
        ),
    )


def _plain_reply(completion: Any) -> Reply[Any] | None:
    """A completion of the SDK that is text and nothing else, as nearly all are; else None."""
    try:
        (choice,) = completion.choices
        message, usage = choice.message, completion.usage
        details = usage.prompt_tokens_details
        counts = (
            usage.prompt_tokens,
            usage.completion_tokens,
            details.cached_tokens or 0,
            details.cache_write_tokens or 0,
        )
        text, finish, model = message.content, choice.finish_reason, completion.model
        if (
            (type(text), type(finish), type(model)) != (str, str, str)
            or not text
            or {*map(type, counts)} != {int}
            or choice.index
            or choice.logprobs is not None
            or message.tool_calls is not None
            or message.function_call is not None
            or message.refusal is not None
            or message.audio is not None
        ):
            return None
    except (AttributeError, TypeError, ValueError):
        return None
    spent = Usage(counts[0], counts[1], 0.0, counts[2], counts[3])
    return Reply(text, usage=spent, finish=_finish(choice), model=model)


class ChatChunks:
    """Reads the chunks of one streamed completion, of that *sdk*."""

    def __init__(self, sdk: str = SDK) -> None:
        self._sdk = sdk
        self._calls = Calls()
        self._some = False
        self._spent = Usage()
        self._model = ""
        self._finish = ""
        self._tokens: list[tuple[object, object]] = []

    def __call__(self, chunk: Any) -> Reply[Any]:
        """The text that *chunk* brings, and what was counted since the last one."""
        if (plain := _plain_text(chunk)) is not None:
            self._some = True
            return Reply(plain)
        self._model = self._model or word(field(chunk, "model"))
        usage = self._counted(field(chunk, "usage"))
        text = ""
        choice = _only_choice(chunk, self._sdk)
        if choice is not None:
            self._finish = _finish(choice) or self._finish
            self._tokens += _tokens(choice)
            delta = field(choice, "delta")
            if delta is not None:
                text = _text(delta, self._sdk)
                self._add_calls(delta)
        self._some = self._some or bool(text)
        return Reply(text, usage=usage, model=self._model) if usage else Reply(text)

    def rest(self) -> Reply[Any]:
        """The calls, and why it ended."""
        if not self._finish:
            raise unreadable(self._sdk, "the stream broke off before its end")
        tokens, logprobs = tokens_in(self._tokens)
        reply = Reply[Any](
            tool_calls=self._calls.whole(),
            logprobs=logprobs,
            tokens=tokens,
            finish=self._finish,
            model=self._model,
        )
        return reply if self._some else readable(self._sdk, reply)

    def _counted(self, usage: Any) -> Usage | None:
        """What is new in *usage*: some servers count all tokens anew in each chunk."""
        if usage is None:
            return None
        now, before = spent_in(usage), self._spent
        self._spent = now
        return Usage(
            max(now.input_tokens - before.input_tokens, 0),
            max(now.output_tokens - before.output_tokens, 0),
            0.0,
            max(now.cache_read_tokens - before.cache_read_tokens, 0),
            max(now.cache_write_tokens - before.cache_write_tokens, 0),
        )

    def _add_calls(self, delta: Any) -> None:
        for each in listed(delta, "tool_calls"):
            called = field(each, "function") or field(each, "custom")
            written = field(called, "arguments") or field(called, "input")
            index = field(each, "index")
            place = index if isinstance(index, int) else None
            self._calls.add(
                place, name=field(called, "name"), arguments=written, call_id=field(each, "id")
            )
        old = field(delta, "function_call")
        if old is not None:
            self._calls.add(
                "function_call", name=field(old, "name"), arguments=field(old, "arguments")
            )


def _plain_text(chunk: Any) -> str | None:
    """The text of a chunk of the SDK that brings nothing else, as nearly all do; else None."""
    try:
        (choice,) = chunk.choices
        delta = choice.delta
        text = delta.content
        if (
            type(text) is not str
            or not text
            or chunk.usage is not None
            or choice.index
            or choice.finish_reason is not None
            or choice.logprobs is not None
            or delta.tool_calls is not None
            or delta.function_call is not None
            or delta.refusal is not None
            or delta.__dict__.get("audio")
            or delta.model_extra
        ):
            return None
    except (AttributeError, TypeError, ValueError):
        return None
    return text


def calls_in(message: Any, sdk: str = SDK) -> Iterator[ToolCall]:
    """The calls in a whole message."""
    for each in listed(message, "tool_calls"):
        call_id = field(each, "id")
        if (function := field(each, "function")) is not None:
            yield call_of(field(function, "name"), field(function, "arguments"), call_id)
        elif (custom := field(each, "custom")) is not None:
            yield free_call(custom, call_id)
        else:
            raise unreadable(sdk, f"it has a tool call of the type {kind_of(each)}")
    old = field(message, "function_call")
    if old is not None:
        yield call_of(field(old, "name"), field(old, "arguments"))


def free_call(custom: Any, call_id: object) -> ToolCall:
    """A call of a tool that takes any text; it stays text, also where it is JSON."""
    written = field(custom, "input")
    call = call_of(field(custom, "name"), None, call_id)
    return replace(call, arguments=written if isinstance(written, str) else "")


def spent_in(usage: Any) -> Usage:
    """The tokens that are counted in a usage of either of OpenAI's two shapes."""
    details = field(usage, "prompt_tokens_details") or field(usage, "input_tokens_details")
    return Usage(
        counted(usage, "prompt_tokens", "input_tokens"),
        counted(usage, "completion_tokens", "output_tokens"),
        0.0,
        counted(details, "cached_tokens"),
        counted(details, "cache_write_tokens"),
    )


def refused_in(message: Any) -> bool:
    """Whether the model said no in the place for that, and nothing else."""
    return bool(field(message, "refusal")) and not field(message, "content")


def _only_choice(given: Any, sdk: str) -> Any:
    choices = listed(given, "choices")
    if len(choices) > 1 or any(field(each, "index") for each in choices):
        raise unreadable(sdk, "it has several choices, and only one is looked at")
    return choices[0] if choices else None


def _text(message: Any, sdk: str) -> str:
    """All that a person would read, in a message or in what is new of one."""
    if field(message, "audio"):
        raise unreadable(sdk, "it is spoken")
    content = field(message, "content")
    refusal = field(message, "refusal")
    if isinstance(content, str):
        return content + refusal if isinstance(refusal, str) else content
    if content is not None and not isinstance(content, list | tuple):
        raise unreadable(sdk, f"its content is a {kind_of(content)}")
    texts = [_part(each, sdk) for each in content or ()]
    return "".join([*texts, refusal] if isinstance(refusal, str) else texts)


def _part(part: Any, sdk: str) -> str:
    if isinstance(part, str):
        return part
    kind = word(field(part, "type"))
    if kind in _UNREAD:
        return ""
    text = field(part, _TEXTS.get(kind, ""))
    if not isinstance(text, str):
        raise unreadable(sdk, f"it has a part of the type {kind_of(part)}")
    return text


def _finish(choice: Any) -> str:
    reason = word(field(choice, "finish_reason"))
    return _FINISHES.get(reason, reason)


def _tokens(choice: Any) -> list[tuple[object, object]]:
    found = listed(field(choice, "logprobs"), "content")
    return [(field(each, "token"), field(each, "logprob")) for each in found]


def word(given: object) -> str:
    """A text; none, where something else stands in its place."""
    return given if isinstance(given, str) else ""
