"""What the methods of OpenAI's SDK are given, and what of it a model is to see."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from .. import Message
from .arguments import Arguments, plain_messages, refuse
from .endpoints import Taken, sooner

__all__ = ["chat_sent", "chat_taken", "responses_sent", "responses_taken", "timed"]

_TRANSPORT = {"extra_headers", "extra_query", "timeout"}
_BESIDE = {"extra_body", "metadata", "prompt_cache_key", "safety_identifier", "user"}
_ALSO_THERE = "the provider has it do what no rule looks at"
_OTHER = "no rule looks at what the provider keeps; give the conversation whole"
_SPOKEN = "no rule listens to it"
_OLD = "it is the old form of tools="

_CHAT = Arguments(
    "chat.completions.create",
    passed=frozenset(
        {
            *("model", "frequency_penalty", "logit_bias", "logprobs", "max_completion_tokens"),
            *("max_tokens", "moderation", "parallel_tool_calls", "presence_penalty"),
            *("prompt_cache_options", "prompt_cache_retention", "reasoning_effort", "seed"),
            *("service_tier", "store", "stream_options", "temperature", "tool_choice"),
            *("top_logprobs", "top_p", "verbosity", *_TRANSPORT),
        }
    ),
    beside=frozenset({"prediction", "stop", *_BESIDE}),
    refused={
        "audio": _SPOKEN,
        "function_call": _OLD,
        "functions": _OLD,
        "web_search_options": _ALSO_THERE,
    },
    own=frozenset({"messages", "modalities", "n", "response_format", "stream", "tools"}),
)
_RESPONSES = Arguments(
    "responses.create",
    passed=frozenset(
        {
            *("model", "include", "max_output_tokens", "max_tool_calls", "moderation"),
            *("parallel_tool_calls", "prompt_cache_options", "prompt_cache_retention"),
            *("reasoning", "service_tier", "store", "stream_options", "temperature", "text"),
            *("tool_choice", "top_logprobs", "top_p", "truncation", *_TRANSPORT),
        }
    ),
    beside=frozenset(_BESIDE),
    refused={
        "background": "what comes of it later would be looked at by nobody",
        "context_management": _OTHER,
        "conversation": _OTHER,
        "previous_response_id": _OTHER,
        "prompt": _OTHER,
    },
    own=frozenset({"input", "instructions", "stream", "tools"}),
)


def chat_taken(given: Mapping[str, Any]) -> Taken:
    """What a call of ``chat.completions.create`` was given."""
    options, beside = _CHAT.parted(given)
    if "messages" not in options:
        raise TypeError(f"{_CHAT.method}() needs messages=")
    if (n := options.get("n")) not in {None, 1}:
        refuse(_CHAT.method, "n", f"only one answer is looked at, and not {n}")
    if any(each != "text" for each in options.get("modalities") or ()):
        refuse(_CHAT.method, "modalities", _SPOKEN)
    if isinstance(options.get("response_format"), type):
        refuse(_CHAT.method, "response_format", "a type goes to chat.completions.parse")
    messages = plain_messages(options.pop("messages"), _CHAT.method)
    return _taken(_CHAT.method, messages, options, beside)


def chat_sent(messages: list[Any], options: dict[str, Any]) -> dict[str, Any]:
    """What to call ``chat.completions.create`` with.

    Of a stream, the usage is asked for as well, unless the caller does not want that.
    """
    arguments = {**options, "messages": [_chat_dict(each) for each in messages]}
    if options.get("stream"):
        wanted = options.get("stream_options") or {}
        arguments["stream_options"] = {"include_usage": True, **wanted}
    return arguments


def responses_taken(given: Mapping[str, Any]) -> Taken:
    """What a call of ``responses.create`` was given."""
    options, beside = _RESPONSES.parted(given)
    asked = options.pop("input", None)
    if asked is None:
        raise TypeError(f"{_RESPONSES.method}() needs input=")
    messages = [{"role": "user", "content": asked}] if isinstance(asked, str) else asked
    messages = plain_messages(messages, _RESPONSES.method)
    for each in messages:
        if isinstance(each, Mapping) and each.get("type") == "item_reference":
            refuse(_RESPONSES.method, "input", f"of an item_reference, {_OTHER}")
    if (told := options.pop("instructions", None)) is not None:
        messages = [{"role": "developer", "content": told, _INSTRUCTIONS: ""}, *messages]
    return _taken(_RESPONSES.method, messages, options, beside)


_INSTRUCTIONS = "instructions"
"""The key by which the message is known that the instructions are looked at as."""


def responses_sent(messages: list[Any], options: dict[str, Any]) -> dict[str, Any]:
    """What to call ``responses.create`` with."""
    arguments = dict(options)
    first = messages[0] if messages else None
    if isinstance(first, Mapping) and _INSTRUCTIONS in first:
        arguments["instructions"], messages = first["content"], messages[1:]
    return {**arguments, "input": [_chat_dict(each) for each in messages]}


def timed(arguments: dict[str, Any], client: Any, seconds: float) -> dict[str, Any]:
    """*arguments* with a time-out of at most so many seconds."""
    timeout = arguments.get("timeout", client.timeout)
    return {**arguments, "timeout": sooner(timeout, seconds)}


def _taken(
    method: str, messages: list[Any], options: dict[str, Any], beside: dict[str, Any]
) -> Taken:
    tools: tuple[Any, ...] = ()
    if (given := options.get("tools")) is not None:
        options["tools"] = tools = tuple(_tool(method, each) for each in _several(method, given))
    return Taken(messages, options, beside, tools, bool(options.get("stream")))


def _several(method: str, tools: Any) -> Iterable[Any]:
    if isinstance(tools, str | Mapping) or not isinstance(tools, Iterable):
        raise TypeError(f"{method}() takes tools= as a list of tools")
    return tools


def _tool(method: str, tool: Any) -> Any:
    """*tool*, if the caller runs it: rules see its calls before that."""
    kind = tool.get("type") if isinstance(tool, Mapping) else None
    if kind not in {"function", "custom"}:
        refuse(method, "tools", f"of the type {kind}, {_ALSO_THERE}")
    return tool


def _chat_dict(message: Any) -> Any:
    """A message of ours, as OpenAI has them."""
    if not isinstance(message, Message):
        return message
    if message.tool_calls or not all(isinstance(each, str) for each in message.parts):
        raise TypeError("a Message for openai holds text; write what holds more as a dict")
    return {"role": message.role, "content": message.text}
