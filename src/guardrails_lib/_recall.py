"""Answers that were accepted before, asked of a cache and given to it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from ._call import Call
from ._chat import given_back
from ._effects import Do, Flow
from ._kept import Cache, Kept, Wanted
from ._stand_ins import PLACEHOLDER
from ._tree import keys, put, strings
from ._types import Data, Media, Message, Request, Source, ToolCall

__all__ = ["keep", "recalled", "release"]

T = TypeVar("T")
_NUMBERED = re.compile("\0(\\[[A-Z0-9_]+_[0-9]+\\])")
_NUL = "\0"
"""It marks what stands for a placeholder where answers are kept: two conversations have other
placeholders for what is, to the model, the same."""


def recalled(call: Call[Any], cache: Cache, request: Request) -> Flow[Kept | None]:
    """The answer that is kept; None if it must be fetched, for others too."""
    numbers = _numbers(call, request)
    policy = call.plan.policy.fingerprint
    returns, options = call.options
    try:
        same = request
        if numbers or not _is_plain(request):
            same = _Same(lambda text: _renamed(text, numbers)).request(request)
        wanted = Wanted(policy, call.cleared_for, call.seen, returns, same, options)
    except _NotTheSame:
        call.note("uncached")
        return None
    found: Kept | str = yield Do(cache, "recall", (wanted,), call.until)
    if isinstance(found, str):
        call.fetching = found
        return None
    call.note("recalled")
    if not numbers:
        return found
    back = {number: each for each, number in numbers.items()}
    named = _Same(lambda text: _NUMBERED.sub(lambda each: back.get(each[0], ""), text))
    text = named.text(found.text)
    return found._replace(text=text, tool_calls=tuple(map(named.call, found.tool_calls)))


def keep(call: Call[Any], cache: Cache, model: str) -> Flow[None]:
    """Keep the answer, if all of it may be kept."""
    key, call.fetching = call.fetching, ""
    assert call.request is not None
    numbers = _numbers(call, call.request)
    same = _Same(lambda text: _renamed(text, numbers))
    try:
        kept = Kept(
            same.text(call.answer or ""),
            tuple(map(same.call, call.calls)),
            tuple(call.clean(each) for each in call.flagged),
            call.seen,
            model,
        )
    except _NotTheSame:
        cache.release(key)
        return
    yield Do(cache, "keep", (key, kept))


def release(call: Call[Any]) -> None:
    """Nobody needs to wait for this answer."""
    if call.fetching and call.cache is not None:
        key, call.fetching = call.fetching, ""
        call.cache.release(key)


def _is_plain(request: Request) -> bool:
    """Whether it is the same in any conversation."""
    return not request.sources and all(
        each.raw is None
        and not (each.parts or each.tool_calls or each.name)
        and _NUL not in each.text
        for each in request.messages
    )


class _NotTheSame(Exception):
    """It holds what would be something else in another conversation."""


def _numbers(call: Call[Any], request: Request) -> Mapping[str, str]:
    """What stands for each placeholder of the call, by where it first stands in *request*."""
    if not call.issued:
        return {}
    numbers: dict[str, str] = {}

    def number(text: str) -> str:
        for each in PLACEHOLDER.findall(text):
            if each in call.issued and each not in numbers:
                kind = each[1:].rpartition("_")[0]
                numbers[each] = f"{_NUL}[{kind}_{len(numbers) + 1}]"
        return text

    _Same(number).request(request)
    return numbers


def _renamed(text: str, numbers: Mapping[str, str]) -> str:
    if _NUL in text:
        raise _NotTheSame
    if not numbers or "[" not in text:
        return text
    return PLACEHOLDER.sub(lambda each: numbers.get(each[0], each[0]), text)


class _Same:
    """Values with each of their texts as *renamed* gives it."""

    __slots__ = ("text",)

    def __init__(self, renamed: Callable[[str], str]) -> None:
        self.text = renamed

    def request(self, request: Request) -> Request:
        """All that the model sees of it; the objects it was read from are opened."""
        return Request(
            [self._message(each) for each in request.messages],
            [self._source(each) for each in request.sources],
            request.tools,
            request.meta,
            request.deadline,
        )

    def call(self, call: ToolCall) -> ToolCall:
        """A tool call; its id is another each time."""
        arguments = call.arguments
        if isinstance(arguments, str):
            return replace(call, name=self.text(call.name), arguments=self.text(arguments))
        return replace(call, name=self.text(call.name), arguments=self._data(arguments))

    def _message(self, message: Message) -> Message:
        parts = tuple(map(self._part, message.parts))
        if message.raw is not None:
            parts = (Data(self._data(given_back(message))),)
        if not (parts or message.tool_calls or message.name):
            return Message(message.role, self.text(message.text), message.label)
        return Message(
            message.role,
            self.text(message.text),
            message.label,
            parts,
            tuple(map(self.call, message.tool_calls)),
            self.text(message.name),
        )

    def _source(self, source: Source) -> Source:
        return replace(source, uri=self.text(source.uri), text=self.text(source.text))

    def _part(self, part: str | Media | Data) -> str | Media | Data:
        if isinstance(part, str):
            return self.text(part)
        return Data(self._data(part.value)) if isinstance(part, Data) else part

    def _data(self, value: T) -> T:
        texts = {place: new for place, each in strings(value) if (new := self.text(each)) != each}
        names = {each: new for each in keys(value) if (new := self.text(each)) != each}
        return put(value, texts, names=names) if texts or names else value
