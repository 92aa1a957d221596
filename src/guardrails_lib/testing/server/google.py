"""Google's ``generateContent`` and ``streamGenerateContent``."""

from __future__ import annotations

from collections.abc import Iterator

from .turns import Asked, Fail, Say
from .wire import HOLOGRAM, JSON, Wire, arguments, event, read

__all__ = ["CONTENT"]

FINISH = {
    "stop": "STOP",
    "tools": "STOP",
    "length": "MAX_TOKENS",
    "filter": "SAFETY",
    "": None,
}
KINDS = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    429: "RESOURCE_EXHAUSTED",
    503: "UNAVAILABLE",
    504: "DEADLINE_EXCEEDED",
}


def whole(say: Say, asked: Asked) -> JSON:
    """A ``GenerateContentResponse``."""
    parts = [*_thoughts(say), *_texts(say), *_calls(say)]
    return _content(say, asked, parts, _tokens(say), last=True)


def events(say: Say, asked: Asked) -> Iterator[bytes]:
    """A response for each piece; the last one says how it ended and what it cost."""
    pieces: list[tuple[list[JSON], list[Token]]] = [([part], []) for part in _thoughts(say)]
    if say.fault == "unknown part":
        pieces.append(([HOLOGRAM], []))
    else:
        chunks = enumerate(say.chunks)
        tokens = _tokens(say)
        pieces += [([{"text": chunk}], tokens[place : place + 1]) for place, chunk in chunks]
        pieces += [([{"text": say.refusal}], [])] if say.refusal else []
    pieces += [([part], []) for part in _calls(say)]
    for parts, some in pieces if say.error else pieces[:-1]:
        yield event(_content(say, asked, parts, some, last=False))
    if say.error:
        yield event(error(say.error))
        return
    yield event(_content(say, asked, *(pieces or [([{"text": ""}], [])])[-1], last=True))


def error(fail: Fail) -> JSON:
    """What comes with the status of an error, or in a stream in place of a piece."""
    fallback = "INTERNAL" if fail.status >= 500 else "INVALID_ARGUMENT"
    kind = fail.kind or KINDS.get(fail.status, fallback)
    return {"error": {"code": fail.status, "message": fail.message, "status": kind}}


CONTENT = Wire(whole, events, error)

Token = tuple[str, float]


def _content(say: Say, asked: Asked, parts: list[JSON], tokens: list[Token], *, last: bool) -> JSON:
    content: JSON = {"role": "model", "parts": parts}
    if say.fault == "null content":
        content = {"role": "model"}
    candidate: JSON = {"index": 0, "content": content}
    if tokens:
        chosen = [{"token": token, "logProbability": logprob} for token, logprob in tokens]
        candidate["logprobsResult"] = {"chosenCandidates": chosen}
    if last and (end := FINISH.get(say.end, say.end)):
        candidate["finishReason"] = end
    body: JSON = {} if say.fault == "no choices" else {"candidates": [candidate]}
    if last and say.usage is not None:
        body["usageMetadata"] = _usage(say)
    return {**body, "modelVersion": say.model or asked.model, "responseId": "scripted"}


def _thoughts(say: Say) -> list[JSON]:
    return [{"text": say.thinking, "thought": True}] if say.thinking else []


def _texts(say: Say) -> list[JSON]:
    if say.fault == "unknown part":
        return [HOLOGRAM]
    written = say.text + say.refusal
    return [{"text": written}] if written or not say.calls else []


def _calls(say: Say) -> list[JSON]:
    return [
        {
            "functionCall": {
                "name": call.name,
                "args": read(arguments(call)),
                **({"id": call.id} if call.id else {}),
            }
        }
        for call in say.calls
    ]


def _tokens(say: Say) -> list[Token]:
    return list(zip(say.chunks, say.logprobs, strict=True)) if say.logprobs else []


def _usage(say: Say) -> JSON:
    """Google counts the tokens of its cache among the others."""
    assert say.usage is not None
    return {
        "promptTokenCount": say.usage.input_tokens,
        "cachedContentTokenCount": say.usage.cache_read_tokens,
        "candidatesTokenCount": say.usage.output_tokens,
        "totalTokenCount": say.usage.tokens,
    }
