"""What the format of a provider is made of."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from ..._types import ToolCall
from .turns import Asked, Fail, Say

__all__ = ["HOLOGRAM", "JSON", "Wire", "arguments", "event", "number", "packed", "read", "thirds"]

JSON: TypeAlias = dict[str, Any]

HOLOGRAM: JSON = {"type": "hologram", "hologram": "shown in the air"}
"""A part of a content that no SDK knows."""


@dataclass(frozen=True, slots=True)
class Wire:
    """How one provider writes an answer: as a whole, as events, and as an error."""

    whole: Callable[[Say, Asked], JSON]
    events: Callable[[Say, Asked], Iterator[bytes]]
    error: Callable[[Fail], JSON]


def packed(body: Mapping[str, Any]) -> bytes:
    """*body* as JSON."""
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()


def event(data: JSON | str, *, name: str = "") -> bytes:
    r"""A server-sent event.

    >>> event({"a": 1}, name="ping")
    b'event: ping\ndata: {"a":1}\n\n'
    """
    written = data.encode() if isinstance(data, str) else packed(data)
    named = f"event: {name}\n".encode() if name else b""
    return b"%bdata: %b\n\n" % (named, written)


def arguments(call: ToolCall) -> str:
    """The arguments as a model writes them."""
    given = call.arguments
    return given if isinstance(given, str) else json.dumps(dict(given), ensure_ascii=False)


def read(written: str) -> Any:
    """What was *written*, where it is JSON: some formats hold values in place of texts."""
    try:
        return json.loads(written)
    except ValueError:
        return written


def number(call: ToolCall, place: int, prefix: str) -> str:
    """The id of a call, given or made."""
    return call.id or f"{prefix}{place + 1}"


def thirds(text: str) -> Iterator[str]:
    """*text* in up to three pieces.

    >>> list(thirds("abcdefg"))
    ['abc', 'def', 'g']
    """
    size = -(-len(text) // 3)
    for start in range(0, len(text), size or 1):
        yield text[start : start + size]
