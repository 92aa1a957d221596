"""Anthropic's messages."""

from __future__ import annotations

from collections.abc import Iterator

from .turns import Asked, Fail, Say
from .wire import HOLOGRAM, JSON, Wire, arguments, event, number, read, thirds

__all__ = ["MESSAGES"]

FINISH = {
    "stop": "end_turn",
    "tools": "tool_use",
    "length": "max_tokens",
    "filter": "refusal",
    "": None,
}
KINDS = {
    400: "invalid_request_error",
    401: "authentication_error",
    403: "permission_error",
    404: "not_found_error",
    413: "request_too_large",
    429: "rate_limit_error",
    504: "timeout_error",
    529: "overloaded_error",
}


def whole(say: Say, asked: Asked) -> JSON:
    """A ``message``."""
    content = None if say.fault == "null content" else [block for block, _ in _blocks(say)]
    usage = {} if say.usage is None else {"usage": {**_usage(say), **_spent(say)}}
    return {**_head(say, asked), "content": content, **_stop(say), **usage}


def events(say: Say, asked: Asked) -> Iterator[bytes]:
    """The events of a message, from ``message_start`` to ``message_stop``."""
    usage = {} if say.usage is None else {"usage": {**_usage(say), "output_tokens": 1}}
    never = {"stop_reason": None, "stop_sequence": None}
    start = {"message": {**_head(say, asked), "content": [], **never, **usage}}
    yield _event("message_start", start)
    if say.fault == "role repeated":
        yield _event("message_start", start)
    for place, (block, deltas) in enumerate(_blocks(say)):
        yield _event("content_block_start", {"index": place, "content_block": _empty(block)})
        if not place:
            yield _event("ping", {})
        for delta in deltas:
            yield _event("content_block_delta", {"index": place, "delta": delta})
        if say.error and block["type"] == "text":
            break
        yield _event("content_block_stop", {"index": place})
    if say.error:
        yield event(error(say.error), name="error")
        return
    spent = {} if say.usage is None else {"usage": _spent(say)}
    yield _event("message_delta", {"delta": _stop(say), **spent})
    yield _event("message_stop", {})


def error(fail: Fail) -> JSON:
    """What comes with the status of an error, or in a stream as an ``error`` event."""
    fallback = "api_error" if fail.status >= 500 else "invalid_request_error"
    kind = fail.kind or KINDS.get(fail.status, fallback)
    told = {"type": kind, "message": fail.message}
    return {"type": "error", "error": told, "request_id": "req_scripted"}


MESSAGES = Wire(whole, events, error)


def _event(name: str, data: JSON) -> bytes:
    return event({"type": name, **data}, name=name)


def _head(say: Say, asked: Asked) -> JSON:
    named = say.model or asked.model
    return {"id": "msg_scripted", "type": "message", "role": "assistant", "model": named}


def _blocks(say: Say) -> Iterator[tuple[JSON, list[JSON]]]:
    """Each block of the content, and the deltas that it comes in."""
    if say.fault in {"no choices", "null content"}:
        return
    if say.thinking:
        yield (
            {"type": "thinking", "thinking": say.thinking, "signature": "c2NyaXB0ZWQ="},
            [
                {"type": "thinking_delta", "thinking": say.thinking},
                {"type": "signature_delta", "signature": "c2NyaXB0ZWQ="},
            ],
        )
    if say.fault == "unknown part":
        yield HOLOGRAM, [{"type": "hologram_delta", "hologram": HOLOGRAM["hologram"]}]
    chunks = [*say.chunks, *([say.refusal] if say.refusal else [])]
    if chunks and say.fault != "unknown part":
        deltas: list[JSON] = [{"type": "text_delta", "text": chunk} for chunk in chunks]
        yield {"type": "text", "text": "".join(chunks)}, deltas
    for place, call in enumerate(say.calls):
        deltas = [{"type": "input_json_delta", "partial_json": ""}]
        deltas += [
            {"type": "input_json_delta", "partial_json": piece} for piece in thirds(arguments(call))
        ]
        named = {"id": number(call, place, "toolu_"), "name": call.name}
        yield {"type": "tool_use", **named, "input": read(arguments(call))}, deltas


def _empty(block: JSON) -> JSON:
    """*block* as it starts."""
    blank = {"text": "", "thinking": "", "signature": "", "input": {}}
    return {key: blank.get(key, value) if key != "type" else value for key, value in block.items()}


def _stop(say: Say) -> JSON:
    end = "refusal" if say.refusal and say.finish is None else FINISH.get(say.end, say.end)
    return {"stop_reason": end, "stop_sequence": None, "stop_details": None}


def _usage(say: Say) -> JSON:
    """Anthropic counts the tokens of its cache beside the others."""
    assert say.usage is not None
    read, written = say.usage.cache_read_tokens, say.usage.cache_write_tokens
    return {
        "input_tokens": say.usage.input_tokens - read - written,
        "cache_creation_input_tokens": written,
        "cache_read_input_tokens": read,
    }


def _spent(say: Say) -> JSON:
    assert say.usage is not None
    return {"output_tokens": say.usage.output_tokens}
