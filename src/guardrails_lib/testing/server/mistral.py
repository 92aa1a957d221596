"""Mistral's chat completions: OpenAI's, but that a stream has each call whole, and its cost."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .turns import Asked, Fail, Say
from .wire import HOLOGRAM, JSON, Wire, arguments, event, number

__all__ = ["MISTRAL"]

FINISH = {"tools": "tool_calls", "filter": "error"}


def whole(say: Say, asked: Asked) -> JSON:
    """A ``chat.completion``."""
    message: JSON = {"role": "assistant", "content": _content(say)}
    if say.calls:
        message["tool_calls"] = _calls(say)
    choices = _choices(say, {"message": message, "finish_reason": _finish(say)})
    return {**_head(say, asked, "chat.completion"), "choices": choices, **_usage(say)}


def events(say: Say, asked: Asked) -> Iterator[bytes]:
    """Its ``chat.completion.chunk`` events; the last has the calls, the end and the cost."""
    head = _head(say, asked, "chat.completion.chunk")
    role = {"role": "assistant"} if say.fault == "role repeated" else {}
    for delta in _deltas(say):
        yield event({**head, "choices": _choices(say, {"delta": role | delta, **_ENDLESS})})
    if say.error:
        yield event(error(say.error))
        return
    last: JSON = {"content": None if say.fault == "null content" else ""}
    if say.calls:
        last["tool_calls"] = _calls(say)
    choices = _choices(say, {"delta": role | last, "finish_reason": _finish(say)})
    yield event({**head, "choices": choices, **_usage(say)})
    yield event("[DONE]")


def error(fail: Fail) -> JSON:
    """What comes with the status of an error."""
    kind = fail.kind or ("rate_limited" if fail.status == 429 else "server_error")
    told = {"message": fail.message, "type": kind, "param": None, "code": str(fail.status)}
    return {"object": "error", **told}


MISTRAL = Wire(whole, events, error)

_ENDLESS = {"finish_reason": None}


def _head(say: Say, asked: Asked, kind: str) -> JSON:
    named = say.model or asked.model
    return {"id": "scripted", "object": kind, "created": 1_700_000_000, "model": named}


def _choices(say: Say, choice: JSON) -> list[JSON]:
    return [] if say.fault == "no choices" else [{"index": 0, **choice}]


def _thoughts(say: Say) -> list[JSON]:
    inner = [{"type": "text", "text": say.thinking}]
    return [{"type": "thinking", "thinking": inner}] if say.thinking else []


def _content(say: Say) -> Any:
    if say.fault == "unknown part":
        return [HOLOGRAM]
    if say.fault == "null content":
        return None
    text = say.text + say.refusal
    thoughts = _thoughts(say)
    return [*thoughts, {"type": "text", "text": text}] if thoughts else text


def _deltas(say: Say) -> Iterator[JSON]:
    yield {"role": "assistant", "content": None if say.fault == "null content" else ""}
    if say.thinking:
        yield {"content": _thoughts(say)}
    if say.fault == "unknown part":
        yield {"content": [HOLOGRAM]}
    elif say.fault != "null content":
        yield from ({"content": chunk} for chunk in (*say.chunks, say.refusal) if chunk)


def _calls(say: Say) -> list[JSON]:
    return [
        {
            "id": number(call, place, "call_"),
            "index": place,
            "function": {"name": call.name, "arguments": arguments(call)},
        }
        for place, call in enumerate(say.calls)
    ]


def _finish(say: Say) -> str | None:
    return FINISH.get(say.end, say.end) or None


def _usage(say: Say) -> JSON:
    if say.usage is None:
        return {}
    counts = {
        "prompt_tokens": say.usage.input_tokens,
        "completion_tokens": say.usage.output_tokens,
        "total_tokens": say.usage.tokens,
    }
    if say.usage.cache_read_tokens:
        counts_in = {"cached_tokens": say.usage.cache_read_tokens}
        return {"usage": {**counts, "prompt_tokens_details": counts_in}}
    return {"usage": counts}
