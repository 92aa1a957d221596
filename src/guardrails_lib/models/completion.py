"""What is in a chat completion, whole or in chunks, in the shape that OpenAI gave it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from .._types import Usage
from .openai_chat import spent_in

__all__ = ["calls_in", "chunk_in", "is_cut_off", "spent", "text_in"]


def text_in(completion: object) -> str:
    """What the model wrote: the arguments of its first call or, if there is none, its text."""
    for _, arguments in calls_in(completion):
        return arguments
    message = _first(completion, "message")
    return str(getattr(message, "content", None) or getattr(message, "refusal", None) or "")


def calls_in(completion: object) -> Iterator[tuple[str, str]]:
    """The name and the arguments of each call that the model made."""
    message = _first(completion, "message")
    for each in getattr(message, "tool_calls", None) or ():
        yield from _call(getattr(each, "function", None))
    yield from _call(getattr(message, "function_call", None))


def _call(function: object) -> Iterator[tuple[str, str]]:
    if function is not None:
        arguments: object = getattr(function, "arguments", "")
        written = arguments if isinstance(arguments, str) else json.dumps(arguments)
        yield str(getattr(function, "name", "")), written


def chunk_in(chunk: object) -> str:
    """What a chunk of a streamed completion brings of that text.

    Only the first of several calls counts, as in a whole completion.
    """
    delta = _first(chunk, "delta")
    for each in getattr(delta, "tool_calls", None) or ():
        if not getattr(each, "index", 0):
            return str(getattr(getattr(each, "function", None), "arguments", None) or "")
    return str(getattr(delta, "content", None) or getattr(delta, "refusal", None) or "")


def is_cut_off(completion: object) -> bool:
    """Whether it ends where no more tokens were allowed."""
    return _first(completion, "finish_reason") == "length"


def spent(completion: object) -> Usage:
    """The tokens that it took; those of some other shapes are understood as well."""
    return spent_in(getattr(completion, "usage", None))


def _first(completion: object, part: str) -> object:
    choices: Any = getattr(completion, "choices", None)
    return getattr(choices[0], part, None) if choices else None
