"""Clients of OpenAI's SDK, guarded: ``chat.completions`` and ``responses``."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Unpack

from .. import Accepted, Policy, Reply
from .arguments import refuse
from .clients import Chunks, ClientTerms, Sdk, Showing, Taken, Under, guarded_client
from .openai import PACKAGE, SUPPORTED
from .openai_chat import ChatChunks, chat_reply
from .openai_rebuilt import rebuilt_completion, rebuilt_response
from .openai_requests import chat_sent, chat_taken, responses_sent, responses_taken, timed
from .openai_responses import ResponseEvents, response_reply
from .openai_sdk import (
    AsyncChatCompletionStreamManager,
    AsyncGuardedStream,
    AsyncOpenAI,
    AsyncResponseStreamManager,
    ChatCompletionStreamManager,
    GuardedStream,
    OpenAI,
    ResponseStreamManager,
    json_schema,
    omit,
)
from .openai_streams import ShowingChat, ShowingResponse

__all__ = ["SDK", "guarded_openai"]

Method = Callable[..., Any]


def guarded_openai(
    client: OpenAI | AsyncOpenAI, policy: Policy, **terms: Unpack[ClientTerms]
) -> Any:
    """*client* (`AzureOpenAI` is one too), guarded; it stays as it was."""
    return guarded_client(SDK, client, policy, terms)


class _OpenAI:
    """What both endpoints have in common."""

    def timed(self, arguments: dict[str, Any], client: Any, seconds: float) -> dict[str, Any]:
        return timed(arguments, client, seconds)

    def hurried(self, client: Any) -> Any:
        return client.with_options(max_retries=0)

    def stream(self, chunks: Any, client: Any) -> Any:
        asynchronous = isinstance(client, AsyncOpenAI)
        return AsyncGuardedStream(chunks) if asynchronous else GuardedStream(chunks)


class _Chat(_OpenAI):
    """``chat.completions.create``."""

    name = "chat.completions.create"

    def taken(self, given: dict[str, Any]) -> Taken:
        return chat_taken(given)

    def sent(self, messages: list[Any], options: dict[str, Any]) -> dict[str, Any]:
        return chat_sent(messages, options)

    def reply(self, answer: Any) -> Reply[Any]:
        return chat_reply(answer)

    def chunks(self) -> Chunks:
        return ChatChunks()

    def rebuilt(self, answer: Any, before: Reply[Any], accepted: Accepted[Any]) -> Any:
        return rebuilt_completion(answer, before, accepted)

    def showing(self, taken: Taken) -> Showing:
        return ShowingChat(taken)


class _Responses(_OpenAI):
    """``responses.create``."""

    name = "responses.create"

    def taken(self, given: dict[str, Any]) -> Taken:
        return responses_taken(given)

    def sent(self, messages: list[Any], options: dict[str, Any]) -> dict[str, Any]:
        return responses_sent(messages, options)

    def reply(self, answer: Any) -> Reply[Any]:
        return response_reply(answer)

    def chunks(self) -> Chunks:
        return ResponseEvents()

    def rebuilt(self, answer: Any, before: Reply[Any], accepted: Accepted[Any]) -> Any:
        return rebuilt_response(answer, accepted)

    def showing(self, taken: Taken) -> Showing:
        return ShowingResponse()


_CHAT, _RESPONSES = _Chat(), _Responses()


def _methods(client: Any, under: Under) -> Mapping[str, Method]:
    """The guarded methods of a client, by where they are from it on."""
    managers: tuple[Any, Any] = (ChatCompletionStreamManager, ResponseStreamManager)
    if under.asynchronous:
        managers = (AsyncChatCompletionStreamManager, AsyncResponseStreamManager)
    chat, answers = under.method(client, _CHAT), under.method(client, _RESPONSES)
    typed_chat = functools.lru_cache(_KEPT)(functools.partial(under.method, client, _CHAT))
    typed_answers = functools.lru_cache(_KEPT)(functools.partial(under.method, client, _RESPONSES))

    def chat_parse(*, response_format: Any, **given: Any) -> Any:
        _no_tools("chat.completions.parse", given)
        return typed_chat(response_format)(**given, response_format=_chat_format(response_format))

    def chat_stream(*, response_format: Any = omit, **given: Any) -> Any:
        sent_format = response_format
        if isinstance(response_format, type):
            sent_format = _chat_format(response_format)
        tools = _tools(given)
        ask = functools.partial(chat, **given, response_format=sent_format, stream=True)
        if under.outcomes:
            return ask()
        return managers[0](
            ask() if under.asynchronous else ask,
            response_format=response_format,
            input_tools=tools,
        )

    def answers_parse(*, text_format: Any, **given: Any) -> Any:
        _no_tools("responses.parse", given)
        given["text"] = _text_format(given.get("text"), text_format)
        return typed_answers(text_format)(**given)

    def answers_stream(*, text_format: Any = omit, **given: Any) -> Any:
        if isinstance(text_format, type):
            given["text"] = _text_format(given.get("text"), text_format)
        tools = _tools(given)
        ask = functools.partial(answers, **given, stream=True)
        if under.outcomes:
            return ask()
        return managers[1](
            ask() if under.asynchronous else ask,
            text_format=text_format,
            input_tools=tools,
            starting_after=None,
        )

    return {
        "chat.completions.create": chat,
        "chat.completions.parse": chat_parse,
        "chat.completions.stream": chat_stream,
        "responses.create": answers,
        "responses.parse": answers_parse,
        "responses.stream": answers_stream,
    }


_KEPT = 64
"""For how many types a client keeps what it has prepared."""


def _tools(given: dict[str, Any]) -> Any:
    """The tools among *given*, which are then a list: they are gone through twice."""
    tools = given.get("tools", omit)
    if isinstance(tools, Iterator):
        tools = given["tools"] = list(tools)
    return tools


def _chat_format(kind: Any) -> dict[str, Any]:
    """How a completion is asked to be a *kind*."""
    return {"type": "json_schema", "json_schema": json_schema(kind)}


def _text_format(text: Any, kind: Any) -> dict[str, Any]:
    """How a response is asked to be a *kind*."""
    return {**(text or {}), "format": {"type": "json_schema", **json_schema(kind)}}


def _no_tools(method: str, given: Mapping[str, Any]) -> None:
    if given.get("tools"):
        refuse(method, "tools", "a typed answer is no call of a tool; use create")


def _is_async(client: Any) -> bool:
    return isinstance(client, AsyncOpenAI)


SDK = Sdk(
    PACKAGE,
    SUPPORTED,
    _is_async,
    _methods,
    plain=frozenset(
        {
            *("base_url", "close", "is_closed", "max_retries", "models", "organization"),
            *("project", "timeout"),
        }
    ),
    copies=frozenset({"copy", "with_options"}),
)
