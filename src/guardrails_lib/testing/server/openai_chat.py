"""OpenAI's chat completions, which many providers copy."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .turns import Asked, Fail, Say
from .wire import HOLOGRAM, JSON, Wire, arguments, event, number, thirds

__all__ = ["CHAT", "error"]

FINISH = {"tools": "tool_calls", "filter": "content_filter", "": None}

KINDS = {
    400: ("invalid_request_error", None),
    401: ("invalid_request_error", "invalid_api_key"),
    404: ("invalid_request_error", "model_not_found"),
    429: ("requests", "rate_limit_exceeded"),
}
"""The ``type`` and the ``code`` of an error."""


def whole(say: Say, asked: Asked) -> JSON:
    """A ``chat.completion``."""
    message: JSON = {"role": "assistant", "content": _content(say), "refusal": say.refusal or None}
    if say.thinking:
        message["reasoning_content"] = say.thinking
    if say.calls:
        message["tool_calls"] = [
            {
                "id": number(call, place, "call_"),
                "type": "function",
                "function": {"name": call.name, "arguments": arguments(call)},
            }
            for place, call in enumerate(say.calls)
        ]
    choice = {
        "index": 0,
        "message": message,
        "logprobs": _logprobs(list(zip(say.chunks, say.logprobs, strict=False))),
        "finish_reason": _finish(say),
    }
    usage = {} if say.usage is None else {"usage": _usage(say)}
    choices = [] if say.fault == "no choices" else [choice]
    return {**_head(say, asked, "chat.completion"), "choices": choices, **usage}


def events(say: Say, asked: Asked) -> Iterator[bytes]:
    """Its ``chat.completion.chunk`` events, and the word that there are no more."""
    options = asked.body.get("stream_options") or {}
    counted = bool(options.get("include_usage")) and say.usage is not None
    head = {
        **_head(say, asked, "chat.completion.chunk"),
        **({"usage": None} if counted else {}),
    }
    role = {"role": "assistant"} if say.fault == "role repeated" else {}
    for delta, logprobs, finish in _deltas(say):
        given = {**role, **delta}
        choice = {"index": 0, "delta": given, "logprobs": logprobs, "finish_reason": finish}
        yield event({**head, "choices": [] if say.fault == "no choices" else [choice]})
    if say.error:
        yield event(error(say.error))
        return
    if counted:
        yield event({**head, "choices": [], "usage": _usage(say)})
    yield event("[DONE]")


def error(fail: Fail) -> JSON:
    """What comes with the status of an error, or in a stream in place of a chunk."""
    fallback = "server_error" if fail.status >= 500 else "invalid_request_error"
    kind, name = KINDS.get(fail.status, (fallback, None))
    told = {"message": fail.message, "type": fail.kind or kind, "param": None, "code": name}
    return {"error": told}


CHAT = Wire(whole, events, error)


def _head(say: Say, asked: Asked, kind: str) -> JSON:
    return {
        "id": "chatcmpl-scripted",
        "object": kind,
        "created": 1_700_000_000,
        "model": say.model or asked.model,
        "system_fingerprint": None,
    }


def _content(say: Say) -> Any:
    if say.fault == "unknown part":
        return [HOLOGRAM]
    if say.fault == "null content" or (not say.chunks and (say.calls or say.refusal)):
        return None
    return say.text


def _finish(say: Say) -> str | None:
    return FINISH.get(say.end, say.end)


Delta = tuple[JSON, JSON | None, str | None]


def _deltas(say: Say) -> Iterator[Delta]:
    """Each delta, the log-probabilities of its token, and how it ends."""
    empty = say.fault == "null content"
    first = None if empty or (say.calls and not say.chunks) else ""
    yield {"role": "assistant", "content": first, "refusal": None}, None, None
    if say.thinking:
        yield {"reasoning_content": say.thinking}, None, None
    if say.fault == "unknown part":
        yield {"content": [HOLOGRAM]}, None, None
    elif not empty:
        for place, chunk in enumerate(say.chunks):
            tokens = [(chunk, say.logprobs[place])] if say.logprobs else []
            yield {"content": chunk}, _logprobs(tokens), None
    if say.refusal:
        yield {"refusal": say.refusal}, None, None
    for place, call in enumerate(say.calls):
        named = {"name": call.name, "arguments": ""}
        begun = {"id": number(call, place, "call_"), "type": "function", "function": named}
        yield {"tool_calls": [{"index": place, **begun}]}, None, None
        for piece in thirds(arguments(call)):
            more = {"index": place, "function": {"arguments": piece}}
            yield {"tool_calls": [more]}, None, None
    if not say.error:
        yield {}, None, _finish(say)


def _logprobs(tokens: list[tuple[str, float]]) -> JSON | None:
    if not tokens:
        return None
    content = [
        {"token": token, "logprob": logprob, "bytes": list(token.encode()), "top_logprobs": []}
        for token, logprob in tokens
    ]
    return {"content": content, "refusal": None}


def _usage(say: Say) -> JSON:
    assert say.usage is not None
    return {
        "prompt_tokens": say.usage.input_tokens,
        "completion_tokens": say.usage.output_tokens,
        "total_tokens": say.usage.tokens,
        "prompt_tokens_details": {
            "cached_tokens": say.usage.cache_read_tokens,
            "cache_write_tokens": say.usage.cache_write_tokens,
            "audio_tokens": 0,
        },
        "completion_tokens_details": {"reasoning_tokens": 0, "audio_tokens": 0},
    }
