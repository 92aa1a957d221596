"""google-genai: its types, and responses that hold what was looked at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .._types import ToolCall
from .fields import field, listed
from .google import PACKAGE, SUPPORTED
from .versions import supported

try:
    from google.genai import types
except ImportError as problem:
    supported(PACKAGE, SUPPORTED)
    raise ImportError(
        'guarding a client of google-genai needs it: pip install "guardrails-lib[google]"'
    ) from problem

__all__ = ["call_parts", "parts_of", "response_like", "text_part", "types"]


def response_like(answer: Any, parts: Sequence[Any], finish: Any, usage: Any) -> Any:
    """A response, or a chunk of one, with these *parts*; of *answer* it has whose it is."""
    content = types.Content(role="model", parts=list(parts))
    candidate = types.Candidate(index=0, content=content, finish_reason=finish)
    return types.GenerateContentResponse(
        candidates=[candidate],
        create_time=field(answer, "create_time"),
        model_version=field(answer, "model_version"),
        response_id=field(answer, "response_id"),
        usage_metadata=usage,
    )


def text_part(text: str) -> Any:
    """A part that says *text*."""
    return types.Part(text=text)


def call_parts(calls: Sequence[ToolCall], before: Sequence[Any]) -> list[Any]:
    """The calls that were accepted, as parts; each with the signature that it came with.

    The provider wants that back with the result of the call, and nobody else can read it.
    """
    signed: dict[tuple[Any, Any], Any] = {}
    for part in before:
        call = field(part, "function_call")
        signed[field(call, "id") or "", field(call, "name")] = field(part, "thought_signature")
    return [
        types.Part(
            function_call=types.FunctionCall(
                id=call.id or None, name=call.name, args=_arguments(call)
            ),
            thought_signature=signed.get((call.id, call.name)),
        )
        for call in calls
    ]


def _arguments(call: ToolCall) -> dict[str, Any]:
    return dict(call.arguments) if isinstance(call.arguments, Mapping) else {}


def parts_of(answer: Any) -> list[Any]:
    """All parts of a response."""
    return [
        part
        for candidate in listed(answer, "candidates")
        for part in listed(field(candidate, "content"), "parts")
    ]
