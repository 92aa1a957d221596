"""OpenAI's responses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from .openai_chat import error
from .turns import Asked, Say
from .wire import HOLOGRAM, JSON, Wire, arguments, event, number, thirds

__all__ = ["RESPONSES"]

INCOMPLETE = {"length": "max_output_tokens", "filter": "content_filter"}


def whole(say: Say, asked: Asked) -> JSON:
    """A ``response``."""
    return _response(say, asked, _status(say), _items(say))


def events(say: Say, asked: Asked) -> Iterator[bytes]:
    """Its typed events, each with its number, from ``created`` to how it ended."""
    for place, (kind, data) in enumerate(_events(say, asked)):
        yield event({"type": kind, "sequence_number": place, **data}, name=kind)


RESPONSES = Wire(whole, events, error)

Named = tuple[str, JSON]


def _events(say: Say, asked: Asked) -> Iterator[Named]:
    begun = {"response": _response(replace(say, usage=None), asked, "in_progress", [])}
    yield "response.created", begun
    if say.fault == "role repeated":
        yield "response.created", begun
    yield "response.in_progress", begun
    items = _items(say)
    for place, item in enumerate(items):
        at = {"output_index": place}
        yield "response.output_item.added", {**at, "item": _unfilled(item)}
        yield from _filled(say, item, {**at, "item_id": item["id"]})
        if not say.error:
            yield "response.output_item.done", {**at, "item": item}
    if say.error:
        told = error(say.error)["error"]
        code = told["code"] or "server_error"
        yield "error", {"code": code, "message": told["message"], "param": None}
        failed = _response(say, asked, "failed", [])
        failed["error"] = {"code": code, "message": told["message"]}
        yield "response.failed", {"response": failed}
        return
    status = _status(say)
    end = status if status in {"incomplete", "failed"} else "completed"
    yield f"response.{end}", {"response": _response(say, asked, status, items)}


def _response(say: Say, asked: Asked, status: str | None, output: list[JSON]) -> JSON:
    reason = INCOMPLETE.get(say.end) if status == "incomplete" else None
    usage = None if say.usage is None or status == "in_progress" else _usage(say)
    return {
        "id": "resp_scripted",
        "object": "response",
        "created_at": 1_700_000_000,
        "status": status,
        "error": None,
        "incomplete_details": {"reason": reason} if reason else None,
        "instructions": None,
        "metadata": {},
        "model": say.model or asked.model,
        "output": output,
        "parallel_tool_calls": True,
        "temperature": 1.0,
        "tool_choice": "auto",
        "tools": [],
        "top_p": 1.0,
        "text": {"format": {"type": "text"}},
        "usage": usage,
    }


def _status(say: Say) -> str | None:
    """Complete, or what else it is: of OpenAI's own words this is the state of a response."""
    if say.end in INCOMPLETE:
        return "incomplete"
    return "completed" if say.end in {"stop", "tools"} else say.end or None


def _items(say: Say) -> list[JSON]:
    if say.fault == "no choices":
        return []
    items: list[JSON] = []
    if say.thinking:
        summary = [{"type": "summary_text", "text": say.thinking}]
        items.append({"id": "rs_1", "type": "reasoning", "summary": summary})
    if say.chunks or say.refusal or say.fault or not say.calls:
        items.append(
            {
                "id": "msg_1",
                "type": "message",
                "role": "assistant",
                "status": "incomplete" if say.end in INCOMPLETE else "completed",
                "content": None if say.fault == "null content" else _parts(say),
            }
        )
    for place, call in enumerate(say.calls):
        items.append(
            {
                "id": f"fc_{place + 1}",
                "type": "function_call",
                "status": "completed",
                "call_id": number(call, place, "call_"),
                "name": call.name,
                "arguments": arguments(call),
            }
        )
    return items


def _parts(say: Say) -> list[JSON]:
    if say.fault == "unknown part":
        return [HOLOGRAM]
    if say.refusal:
        return [{"type": "refusal", "refusal": say.refusal}]
    tokens = list(zip(say.chunks, say.logprobs, strict=False))
    text = {"type": "output_text", "text": say.text, "annotations": []}
    return [{**text, "logprobs": _logprobs(tokens)}]


def _unfilled(item: JSON) -> JSON:
    """*item* as it is announced."""
    blank = {"arguments": "", "content": [], "summary": [], "status": "in_progress"}
    return {key: blank.get(key, value) for key, value in item.items()}


def _filled(say: Say, item: JSON, at: JSON) -> Iterator[Named]:
    """The events between the announcement of *item* and its end."""
    if item["type"] == "reasoning":
        here = {**at, "summary_index": 0}
        yield "response.reasoning_summary_text.delta", {**here, "delta": say.thinking}
        yield "response.reasoning_summary_text.done", {**here, "text": say.thinking}
    elif item["type"] == "function_call":
        for piece in thirds(item["arguments"]):
            yield "response.function_call_arguments.delta", {**at, "delta": piece}
        done = {"name": item["name"], "arguments": item["arguments"]}
        yield "response.function_call_arguments.done", {**at, **done}
    else:
        for place, part in enumerate(item["content"] or []):
            yield from _written(say, part, {**at, "content_index": place})


def _written(say: Say, part: JSON, at: JSON) -> Iterator[Named]:
    blank = {"text": "", "refusal": "", "logprobs": []}
    empty = {key: blank.get(key, value) if key != "type" else value for key, value in part.items()}
    yield "response.content_part.added", {**at, "part": empty}
    if part["type"] == "refusal":
        yield "response.refusal.delta", {**at, "delta": say.refusal}
        yield "response.refusal.done", {**at, "refusal": say.refusal}
    elif part["type"] == "output_text":
        for place, chunk in enumerate(say.chunks):
            tokens = [(chunk, say.logprobs[place])] if say.logprobs else []
            delta = {"delta": chunk, "logprobs": _logprobs(tokens)}
            yield "response.output_text.delta", {**at, **delta}
        if say.error:
            return
        done = {"text": part["text"], "logprobs": part["logprobs"]}
        yield "response.output_text.done", {**at, **done}
    yield "response.content_part.done", {**at, "part": part}


def _logprobs(tokens: list[tuple[str, float]]) -> list[JSON]:
    return [
        {"token": token, "logprob": logprob, "bytes": list(token.encode()), "top_logprobs": []}
        for token, logprob in tokens
    ]


def _usage(say: Say) -> JSON:
    assert say.usage is not None
    return {
        "input_tokens": say.usage.input_tokens,
        "input_tokens_details": {
            "cached_tokens": say.usage.cache_read_tokens,
            "cache_write_tokens": say.usage.cache_write_tokens,
        },
        "output_tokens": say.usage.output_tokens,
        "output_tokens_details": {"reasoning_tokens": 0},
        "total_tokens": say.usage.tokens,
    }
