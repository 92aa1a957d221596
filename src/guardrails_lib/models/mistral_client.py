"""Clients of Mistral's SDK, guarded: ``chat.complete``, ``chat.stream``, and both awaited."""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Unpack

from .. import Accepted, Policy, Reply
from .arguments import Arguments, refuse
from .clients import Chunks as ReadsChunks
from .clients import ClientTerms, Sdk, Showing, Taken, Under, guarded_client
from .fields import field, kind_of, listed
from .mistral import PACKAGE, SUPPORTED, Chunks, reply_of
from .mistral_sdk import AsyncGuardedEvents, GuardedEvents, event_of, response_like, usage_of

__all__ = ["guarded_mistral"]

_PASSED = frozenset(
    {
        *("model", "temperature", "top_p", "max_tokens", "random_seed", "tool_choice", "top_k"),
        *("presence_penalty", "frequency_penalty", "min_tokens", "repetition_penalty", "logprobs"),
        *("top_logprobs", "parallel_tool_calls", "reasoning_effort", "prompt_mode"),
        *("guardrails", "service_tier", "safe_prompt", "retries", "server_url", "timeout_ms"),
        "http_headers",
    }
)
_BESIDE = frozenset({"metadata", "stop", "response_format", "prediction", "prompt_cache_key"})
_REFUSED = {
    "prompt_logprobs": "they are the tokens of what was asked",
    "top_prompt_logprobs": "they are the tokens of what was asked",
    "stream": "call chat.stream for a stream",
}


def guarded_mistral(client: Any, policy: Policy, **terms: Unpack[ClientTerms]) -> Any:
    """*client*, guarded; it stays as it was. What it awaits is guarded as well."""
    sdk = Sdk(
        PACKAGE,
        SUPPORTED,
        asynchronous=lambda client: True,  # it is both, and is asked in either way
        methods=functools.partial(_methods, policy, terms),
        plain=frozenset(),
        copies=frozenset(),
    )
    return guarded_client(sdk, client, policy, terms)


def _methods(
    policy: Policy, terms: ClientTerms, client: Any, under: Under
) -> Mapping[str, Callable[..., Any]]:
    # a policy with async checks guards the async methods alone: said when another is called
    plain = functools.cache(lambda: Under(policy, terms, asynchronous=False))

    def method(endpoint: _Chat) -> Callable[..., Any]:
        if endpoint.asynchronous:
            return under.method(client, endpoint)
        made = functools.cache(lambda: plain().method(client, endpoint))

        def asked(**given: Any) -> Any:
            return made()(**given)

        return asked

    return {each.name: method(each) for each in _ENDPOINTS}


class _Chat:
    """One of the four methods that ask for a completion."""

    def __init__(self, name: str, *, streamed: bool, asynchronous: bool) -> None:
        self.name = name
        self.streamed = streamed
        self.asynchronous = asynchronous
        own = frozenset({"messages", "tools", "n"})
        self._arguments = Arguments(name, _PASSED, _BESIDE, _REFUSED, own)

    def taken(self, given: dict[str, Any], /) -> Taken:
        """What the caller gave; what carries text and is not known here is refused."""
        given = {name: each for name, each in given.items() if type(each).__name__ != "Unset"}
        options, beside = self._arguments.parted(given)
        if options.pop("n", None) not in {None, 1}:
            refuse(self.name, "n", "only one answer is looked at")
        messages = options.pop("messages", None)
        if isinstance(messages, str | Mapping) or not isinstance(messages, Iterable):
            raise TypeError(f"{self.name}() needs messages=, a list")
        tools = [_tool(self.name, each) for each in options.pop("tools", None) or ()]
        if tools:
            options["tools"] = tools
        chat = [_plain(each) for each in messages]
        beside = {name: _plain(each) for name, each in beside.items()}
        return Taken(chat, options, beside, tools, streamed=self.streamed)

    def sent(self, messages: list[Any], options: dict[str, Any], /) -> dict[str, Any]:
        """The arguments for the SDK."""
        return {**options, "messages": messages}

    def timed(self, arguments: dict[str, Any], client: Any, seconds: float, /) -> dict[str, Any]:
        """The *arguments* of a call that may take so long, and is not tried again."""
        given = arguments.get("timeout_ms") or client.sdk_configuration.timeout_ms
        left = math.ceil(seconds * 1000)  # no less: it is late when it is over
        return {**arguments, "timeout_ms": min(given or left, left), "retries": None}

    def hurried(self, client: Any, /) -> Any:
        """*client*: each call says for itself that it is not tried again."""
        return client

    def reply(self, answer: Any, /) -> Reply[Any]:
        """What is in a whole response."""
        return reply_of(answer)

    def chunks(self) -> ReadsChunks:
        """What reads a streamed one."""
        return Chunks()

    def rebuilt(self, answer: Any, before: Reply[Any], accepted: Accepted[Any], /) -> Any:
        """A response of what was *accepted*."""
        calls = tuple(accepted.tool_calls)
        finish = _finish(answer.choices[0].finish_reason, bool(calls))
        return response_like(answer, accepted.value, calls, finish)

    def showing(self, taken: Taken, /) -> Showing:
        """What makes the events of a streamed one."""
        return _Showing()

    def stream(self, chunks: Any, client: Any, /) -> Any:
        """The SDK's own stream."""
        return AsyncGuardedEvents(chunks) if self.asynchronous else GuardedEvents(chunks)


_ENDPOINTS = (
    _Chat("chat.complete", streamed=False, asynchronous=False),
    _Chat("chat.stream", streamed=True, asynchronous=False),
    _Chat("chat.complete_async", streamed=False, asynchronous=True),
    _Chat("chat.stream_async", streamed=True, asynchronous=True),
)


def _plain(given: Any) -> Any:
    return given.model_dump(mode="json", by_alias=True) if hasattr(given, "model_dump") else given


def _tool(method: str, given: Any) -> Any:
    """A tool, if the caller runs it."""
    tool = _plain(given)
    if field(tool, "type") not in {None, "function"}:
        refuse(method, "tools", f"{kind_of(tool)} runs before a rule sees its call")
    return tool


def _finish(given: Any, calls: bool) -> Any:
    """Why it ended, as what is left of it says."""
    return "stop" if given == "tool_calls" and not calls else given


class _Showing:
    """Makes the events of one guarded stream."""

    def __init__(self) -> None:
        self._chunk: Any = None
        self._finish: Any = None
        self._usage: Any = None

    def saw(self, event: Any, /) -> None:
        """Note whose it is, why it ended, what it cost."""
        self._chunk = self._chunk or event.data
        if (usage := field(event.data, "usage")) is not None:
            self._usage = usage_of(usage)
        for choice in listed(event.data, "choices"):
            self._finish = field(choice, "finish_reason") or self._finish

    def text(self, text: str, /) -> Iterator[Any]:
        """The event that brings *text*."""
        yield event_of(self._chunk, text=text)

    def end(self, accepted: Accepted[Any], /) -> Iterator[Any]:
        """The calls of tools, why it ended, what it cost."""
        calls = tuple(accepted.tool_calls)
        finish = _finish(self._finish, bool(calls))
        yield event_of(self._chunk, calls=calls, finish=finish, usage=self._usage)
