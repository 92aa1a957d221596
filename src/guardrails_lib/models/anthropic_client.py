"""Clients of Anthropic, guarded."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar, Unpack

from .. import Accepted, Policy, Reply
from .anthropic import PACKAGE, SUPPORTED, Chunks, reply_of
from .anthropic_chat import chat_of, messages_of
from .anthropic_sdk import (
    NOT_GIVEN,
    AsyncMessageStreamManager,
    GuardedAsyncStream,
    GuardedStream,
    MessageStreamManager,
    call_block,
    format_of,
    is_given,
    message_like,
    text_block,
    thought_block,
    typed_block,
)
from .anthropic_streams import Showing, stop_reason_of
from .anthropic_thoughts import showable
from .arguments import Arguments, refuse
from .clients import ClientTerms, Sdk, Taken, Under, guarded_client, sooner
from .fields import kind_of

__all__ = ["guarded_anthropic"]

C = TypeVar("C")

_ALSO_THERE = "the provider does with it what no rule looks at"
_OTHER = "no rule looks at what the provider keeps"
_ARGUMENTS = Arguments(
    "messages.create",
    passed=frozenset(
        {
            *("model", "max_tokens", "temperature", "top_p", "top_k", "thinking", "cache_control"),
            *("tool_choice", "service_tier", "speed", "inference_geo"),
            *("extra_headers", "extra_query", "timeout"),
        }
    ),
    beside=frozenset({"metadata", "stop_sequences", "output_config", "extra_body"}),
    refused={
        "container": _ALSO_THERE,
        "context_management": _ALSO_THERE,
        "mcp_servers": _ALSO_THERE,
        "diagnostics": _OTHER,
        "user_profile_id": _OTHER,
        "workspace_id": _OTHER,
        "output_format": "a type goes to messages.parse",
    },
    own=frozenset({"messages", "system", "tools", "stream"}),
)
_LAYOUT = "layout of the messages"
"""Where among the options it is kept how the messages were given."""
_OUR_TOOLS = ("bash_", "text_editor_", "computer_", "memory_", "browser_")
"""Tools that the provider defines and the caller runs."""


def guarded_anthropic(client: C, policy: Policy, **terms: Unpack[ClientTerms]) -> C:
    """*client* under *policy*: it is used like the client, which stays as it was."""
    sdk = Sdk(
        PACKAGE,
        SUPPORTED,
        asynchronous=_is_async,
        methods=functools.partial(_methods, showable(policy)),
        plain=frozenset({"base_url", "timeout", "max_retries", "close", "is_closed", "models"}),
        copies=frozenset({"with_options", "copy"}),
    )
    made: C = guarded_client(sdk, client, policy, terms)  # type: ignore[assignment]  # used like it
    return made


def _is_async(client: Any) -> bool:
    return hasattr(client, "__aenter__")


def _methods(
    showing: Callable[[str], bool], client: Any, under: Under
) -> Mapping[str, Callable[..., Any]]:
    create = under.method(client, endpoint := _Messages(showing))
    typed = functools.cache(functools.partial(under.method, client, endpoint))

    def parse(*, output_format: Any, **given: Any) -> Any:
        if given.get("tools"):
            refuse("messages.parse", "tools", "a typed answer is no call of a tool; use create")
        return typed(output_format)(**_formatted(given, output_format))

    def stream(*, output_format: Any = NOT_GIVEN, **given: Any) -> Any:
        if is_given(output_format):
            given = _formatted(given, output_format)
        ask = functools.partial(create, **given, stream=True)
        if under.outcomes:
            return ask()
        if under.asynchronous:
            return AsyncMessageStreamManager(ask(), output_format=output_format)
        return MessageStreamManager(ask, output_format=output_format)

    return {"messages.create": create, "messages.parse": parse, "messages.stream": stream}


def _formatted(given: dict[str, Any], kind: Any) -> dict[str, Any]:
    """The arguments that ask for a *kind*."""
    config: Any = given.get("output_config")
    before = config if is_given(config) else {}
    return {**given, "output_config": {**before, "format": format_of(kind)}}


class _Messages:
    """`messages.create`."""

    name = "messages.create"

    def __init__(self, showing: Callable[[str], bool]) -> None:
        self._showable = showing

    def taken(self, given: dict[str, Any], /) -> Taken:
        """What the caller gave; what carries text and is not known here is refused."""
        options, beside = _ARGUMENTS.parted(given)
        if "messages" not in options:
            raise TypeError(f"{self.name}() needs messages=")
        chat, layout = chat_of(options.pop("system", None), options.pop("messages"))
        tools: list[Any] = []
        if options.get("tools") is not None:
            tools = options["tools"] = _tools(options["tools"])
        options[_LAYOUT] = layout
        return Taken(chat, options, beside, tools, streamed=bool(options.get("stream")))

    def sent(self, messages: list[Any], options: dict[str, Any], /) -> dict[str, Any]:
        """The arguments for the SDK."""
        arguments = {**options}
        system, said = messages_of(messages, arguments.pop(_LAYOUT))
        return {**arguments, "messages": said, **({} if system is None else {"system": system})}

    def timed(self, arguments: dict[str, Any], client: Any, seconds: float, /) -> dict[str, Any]:
        """The *arguments* of a call that may take so long."""
        timeout = arguments.get("timeout", client.timeout)
        return {**arguments, "timeout": sooner(timeout, seconds)}

    def hurried(self, client: Any, /) -> Any:
        """*client* with no retries of its own."""
        return client.with_options(max_retries=0)

    def reply(self, answer: Any, /) -> Reply[Any]:
        """What is in a whole message."""
        return reply_of(answer)

    def chunks(self) -> Chunks:
        """What reads a streamed one."""
        return Chunks()

    def rebuilt(self, answer: Any, before: Reply[Any], accepted: Accepted[Any], /) -> Any:
        """A message of what was *accepted*, in one block of text."""
        value = accepted.value
        made = text_block(value) if isinstance(value, str) else typed_block(value)
        said = iter([made] if made.text else [])
        content: list[Any] = []
        for block in answer.content:
            if self._is_thought(block):
                content.append(thought_block(block))
            elif block.type == "text":
                content += said
        calls = [call_block(each) for each in accepted.tool_calls]
        ended = stop_reason_of(answer.stop_reason, accepted)
        return message_like(answer, [*content, *said, *calls], ended)

    def _is_thought(self, block: Any) -> bool:
        """Whether a block is a thought that may be shown."""
        if block.type == "redacted_thinking":  # nobody but the provider can read it
            return True
        return block.type == "thinking" and self._showable(block.thinking)

    def showing(self, taken: Taken, /) -> Showing:
        """What makes the events of a streamed one."""
        return Showing(self._is_thought)

    def stream(self, chunks: Any, client: Any, /) -> Any:
        """The SDK's own stream."""
        return GuardedAsyncStream(chunks) if _is_async(client) else GuardedStream(chunks)


def _tools(given: Iterable[Any]) -> list[Any]:
    """The tools, if all of them are run by the caller."""
    tools = list(given)
    for each in tools:
        if not isinstance(each, Mapping):
            refuse(_ARGUMENTS.method, "tools", f"a tool is a dict, and not a {kind_of(each)}")
        kind = each.get("type")
        if kind not in {None, "custom"} and not str(kind).startswith(_OUR_TOOLS):
            refuse(_ARGUMENTS.method, "tools", f"{kind_of(each)} runs before a rule sees its call")
    return tools
