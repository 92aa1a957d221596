"""OpenAI's SDK: the clients, the types, and streams that hold what was looked at."""

from __future__ import annotations

import functools
from typing import Any, NamedTuple

from .clients import AsyncShown, Shown
from .openai import PACKAGE, SUPPORTED
from .versions import supported

try:
    from openai import (
        AsyncOpenAI,
        AsyncStream,
        BaseModel,
        OpenAI,
        Stream,
        omit,
        pydantic_function_tool,
    )
    from openai.lib.streaming.chat import (
        AsyncChatCompletionStreamManager,
        ChatCompletionStreamManager,
    )
    from openai.lib.streaming.responses import (
        AsyncResponseStreamManager,
        ResponseStreamManager,
    )
    from openai.types import chat, responses
    from openai.types.chat import chat_completion, chat_completion_chunk
    from openai.types.chat import chat_completion_message_custom_tool_call as custom_call
    from openai.types.chat import chat_completion_message_function_tool_call as function_call
except ImportError as problem:
    supported(PACKAGE, SUPPORTED)
    raise ImportError(
        'guarding a client of openai needs it: pip install "guardrails-lib[openai]"'
    ) from problem

__all__ = [
    "AsyncChatCompletionStreamManager",
    "AsyncGuardedStream",
    "AsyncOpenAI",
    "AsyncResponseStreamManager",
    "ChatCompletionStreamManager",
    "GuardedStream",
    "OpenAI",
    "ResponseStreamManager",
    "chat",
    "chat_completion",
    "chat_completion_chunk",
    "custom_call",
    "function_call",
    "json_schema",
    "known",
    "like",
    "made",
    "omit",
    "responses",
]


def made(kind: Any, /, **fields: Any) -> Any:
    """A *kind* with these *fields*; those that it has no name for are kept as its extra ones.

    The SDK's own way to make one looks into every value anew, and takes fifty times as long.
    """
    blank = _blank(kind)
    more = None
    if not fields.keys() <= blank.held.keys():
        more = {name: fields.pop(name) for name in [*fields] if name not in blank.held}
    held = {**blank.held, **fields}
    for name in blank.needed - fields.keys():
        del held[name]
    return _put(kind, held, set(fields), more)


def like(given: Any, /, **fields: Any) -> Any:
    """What is like *given*, an object that was `made`, but for these *fields*."""
    return _put(type(given), {**given.__dict__, **fields}, given.__pydantic_fields_set__, None)


def known(value: Any) -> Any:
    """*value* without the texts in it that the SDK has no name for."""
    if type(value) in _ATOMS or _is_known(value):
        return value
    if isinstance(value, list):
        return [known(each) for each in value]
    fields = {name: known(each) for name, each in vars(value).items()}
    more = value.model_extra or {}
    numbers = {name: each for name, each in more.items() if isinstance(each, int | float)}
    return made(type(value), **fields, **numbers)


class _Blank(NamedTuple):
    held: dict[str, Any]
    """All that it has a name for, in order."""
    needed: frozenset[str]
    """What must be given, or is not there."""


@functools.cache
def _blank(kind: Any) -> _Blank:
    """What an object of that *kind* has before anything is said of it."""
    fields = kind.model_fields
    needed = frozenset(name for name, each in fields.items() if each.is_required())
    return _Blank({name: each.default for name, each in fields.items()}, needed)


def _put(kind: Any, held: dict[str, Any], names: set[str], more: dict[str, Any] | None) -> Any:
    """An object of pydantic, put together by hand: there are several for each chunk."""
    new = object.__new__(kind)
    put = object.__setattr__
    put(new, "__dict__", held)
    put(new, "__pydantic_fields_set__", names)
    put(new, "__pydantic_extra__", more)
    put(new, "__pydantic_private__", None)
    return new


_ATOMS = frozenset({str, int, float, bool, type(None)})


def _is_known(value: Any) -> bool:
    """Whether the SDK has names for all that is in *value*."""
    if isinstance(value, list):
        return all(map(_is_known, value))
    if not isinstance(value, BaseModel):
        return True
    if value.__pydantic_extra__:
        return False
    for each in value.__dict__.values():
        if type(each) not in _ATOMS and not _is_known(each):
            return False
    return True


class _Answered:
    """What is left of the HTTP response of a stream: the body is not what was looked at."""

    def __init__(self, chunks: Any) -> None:
        self._chunks = chunks

    def close(self) -> None:
        """Read no more."""
        self._chunks.close()

    async def aclose(self) -> None:
        """Read no more."""
        await self._chunks.aclose()


class GuardedStream(Stream[Any]):
    """A `Stream` of the SDK, of chunks that hold what was looked at."""

    def __init__(self, chunks: Shown) -> None:  # it decodes no response: there is none
        self.response = _Answered(chunks)  # type: ignore[assignment]  # all that is asked of it
        self._iterator = iter(chunks)


class AsyncGuardedStream(AsyncStream[Any]):
    """`GuardedStream`, for ``async for``."""

    def __init__(self, chunks: AsyncShown) -> None:  # as above
        self.response = _Answered(chunks)  # type: ignore[assignment]  # as above
        self._iterator = aiter(chunks)


def json_schema(kind: Any) -> dict[str, Any]:
    """The strict schema of a pydantic model, with its name, as structured outputs take it."""
    if not (isinstance(kind, type) and hasattr(kind, "model_fields")):
        raise TypeError("a typed answer of openai is a pydantic model")
    tool: Any = pydantic_function_tool(kind)["function"]
    return {"name": tool["name"], "strict": True, "schema": tool["parameters"]}
