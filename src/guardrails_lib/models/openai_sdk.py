"""OpenAI's SDK: the clients, the types, and streams that hold what was looked at."""

from __future__ import annotations

from typing import Any

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
    """A *kind* with these *fields*.

    The SDK's own way to make one looks into every value anew, which takes ten times as long.
    """
    return super(BaseModel, kind).model_construct(**fields)


def known(value: Any) -> Any:
    """*value* without the texts in it that the SDK has no name for."""
    if isinstance(value, list):
        return [known(each) for each in value]
    if not isinstance(value, BaseModel):
        return value
    held = vars(value)
    fields = {name: known(each) for name, each in held.items()}
    more = value.model_extra
    if not more and all(fields[name] is each for name, each in held.items()):
        return value
    numbers = {name: each for name, each in (more or {}).items() if isinstance(each, int | float)}
    return made(type(value), **fields, **numbers)


def like(given: Any, /, **fields: Any) -> Any:
    """What is like *given*, an object of the SDK, but for these *fields*.

    It is made for each chunk of a stream, and pydantic's own copy takes three times as long.
    """
    new = object.__new__(type(given))
    put = object.__setattr__
    put(new, "__dict__", {**given.__dict__, **fields})
    put(new, "__pydantic_fields_set__", given.__pydantic_fields_set__)
    put(new, "__pydantic_extra__", None)
    put(new, "__pydantic_private__", None)
    return new


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
