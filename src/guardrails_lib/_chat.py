"""Chat messages, as dicts or as objects of an SDK: read, and given back."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeGuard

from ._tree import is_record, nodes, put, steps
from ._types import Data, Media, Message, ToolCall
from ._values import FrozenDict

__all__ = ["given_back", "is_chat", "message_in", "renewed", "whole"]

_TEXT_PARTS = {"text", "input_text", "output_text"}
_MEDIA_PARTS = {
    *("image", "image_url", "image_file", "input_image", "computer_screenshot"),
    *("audio", "input_audio", "video", "video_url", "input_video"),
    *("file", "input_file", "base64"),
}
"""Pictures, sound, files. What other parts hold is looked at."""


def is_chat(asked: object) -> TypeGuard[Sequence[Any]]:
    """Whether *asked* is a list of which something is a message."""
    if not isinstance(asked, Sequence) or isinstance(asked, str | bytes | bytearray | memoryview):
        return False
    return not asked or any(isinstance(each, Message) or _role(each) is not None for each in asked)


def _role(given: Any) -> str | None:
    """The role of a chat dict, or of a message of an SDK."""
    role: object = None
    if isinstance(given, Mapping):
        role = given.get("role")
    elif is_record(given) and hasattr(given, "content"):
        role = getattr(given, "role", None)
    return role if isinstance(role, str) else None


def whole(message: Message) -> object:
    """What was read as one piece of data."""
    (part,) = message.parts
    return _opened(part) if isinstance(part, Data) else message.raw


def _is_chat_dict(given: object) -> TypeGuard[Mapping[str, Any]]:
    return isinstance(given, Mapping) and "role" in given


def message_in(place: int, given: object, caller: str) -> Message:
    """One message of a chat list."""
    if isinstance(given, Message):
        return given
    if type(given) is dict and given.keys() == _PLAIN:
        plain, said = given["role"], given["content"]
        if type(plain) is str and type(said) is str:
            return Message(plain, said, raw=given)
    role = _role(given)
    if role is None:
        role = _role_of_item(given)
    if role is None:
        raise TypeError(
            f"{caller}() takes chat messages, and message {place} is a {type(given).__name__} "
            'that has no role: write {"role": "user", "content": "..."}'
        )
    if not _is_chat_dict(given):
        return Message(role, parts=(_closed(given),), raw=given)
    content = given.get("content")
    parts: tuple[str | Media | Data, ...] = ()
    if isinstance(content, list | tuple):
        parts = tuple(_part(each) for each in content)
    elif not (content is None or isinstance(content, str)):
        raise TypeError(
            f"{caller}(): the content of message {place} is text or a list of parts, "
            f"not {type(content).__name__}"
        )
    name: object = given.get("name")
    extra = tuple(_extra(given))
    if extra or given.get("tool_calls"):
        for _ in nodes(given):  # it may hold itself
            pass
    return Message(
        role,
        content if isinstance(content, str) else "",
        parts=parts,
        tool_calls=tuple(_tool_call(each) for each in _listed(given.get("tool_calls"))),
        name=name if isinstance(name, str) else "",
        raw=given,
        extra=extra,
    )


_PLAIN = {"role", "content"}


def _role_of_item(given: object) -> str | None:
    """Whose words an item of a conversation is that has a type in place of a role."""
    kind = given.get("type") if isinstance(given, Mapping) and "role" not in given else None
    if not isinstance(kind, str):
        return None
    return "tool" if kind.endswith("_output") else "assistant"


def _extra(given: Mapping[str, Any]) -> Iterator[str]:
    """Where a chat dict holds what has no name in a message: other keys, other calls."""
    yield from (step.removeprefix(".") for step, value in _others(given, _READ) if value)
    for n, part in enumerate(_listed(given.get("content"))):
        if isinstance(part, Mapping) and isinstance(_part(part), str):
            yield from (f"content[{n}]{step}" for step, _ in _others(part, _READ_IN_PARTS))
    if given.get("tool_calls") and not _listed(given["tool_calls"]):
        yield "tool_calls"
    for n, each in enumerate(_listed(given.get("tool_calls"))):
        if not _is_function_call(each):
            yield f"tool_calls[{n}]"
        else:
            function = each["function"]
            yield from (f"tool_calls[{n}]{step}" for step, _ in _others(each, _READ_IN_CALLS))
            yield from (
                f"tool_calls[{n}].function{step}"
                for step, _ in _others(function, _READ_IN_FUNCTIONS)
            )


def _others(given: Mapping[str, Any], known: set[str]) -> Iterator[tuple[str, object]]:
    """What *given* holds under keys that are not *known*."""
    for key, found in zip(given, steps(given), strict=True):
        if key not in known:
            yield found


_READ = {"role", "content", "tool_calls", "tool_call_id", "name", "type", "id"}
_READ_IN_PARTS = {"type", "text", "id", "cache_control"}
_READ_IN_CALLS = {"type", "function", "id", "index"}
_READ_IN_FUNCTIONS = {"name", "arguments"}


def _listed(given: object) -> Sequence[Any]:
    """What is in a list; nothing, if it is none."""
    return given if isinstance(given, list | tuple) else []


def _is_function_call(given: object) -> bool:
    function = given.get("function") if isinstance(given, Mapping) else None
    return (
        isinstance(function, Mapping)
        and isinstance(function.get("name", ""), str)
        and isinstance(function.get("arguments", ""), str | Mapping)
    )


def _part(given: object) -> str | Media | Data:
    if isinstance(given, str):
        return given
    if isinstance(given, Mapping):
        text, kind = given.get("text"), str(given.get("type", "text"))
        if kind in _TEXT_PARTS and isinstance(text, str):
            return text
        if _is_media(given):
            return Media(kind, given)
    elif not (isinstance(given, list | tuple) or is_record(given)):
        return Media(type(given).__name__, given)
    return _closed(given)


class _Unread:
    """A picture or a file in nested data. No check looks into what is no data."""

    __slots__ = ("raw",)

    def __init__(self, raw: object) -> None:
        self.raw = raw

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Unread) and self.raw is other.raw

    def __hash__(self) -> int:
        return id(self.raw)


def _is_media(given: object) -> bool:
    kind = given.get("type") if isinstance(given, Mapping) else None
    return isinstance(kind, str) and kind in _MEDIA_PARTS


def _closed(given: object) -> Data:
    """What of a chat is nested data, with the media in it put out of reach."""
    media = {place: _Unread(each) for place, each in nodes(given) if _is_media(each)}
    return Data(put(given, media) if media else given)


def _opened(part: Data) -> object:
    """The data as it came, or as it was changed."""
    media = {place: each.raw for place, each in nodes(part.value) if isinstance(each, _Unread)}
    return put(part.value, media) if media else part.value


def _tool_call(given: Any) -> ToolCall:
    """A call in the history. Arguments that are no JSON object are looked at as text."""
    if not _is_function_call(given):
        return ToolCall("")
    arguments = given["function"].get("arguments", "")
    read: object = arguments
    if isinstance(arguments, str):
        try:
            read = json.loads(arguments, object_pairs_hook=_each_key_once)
        except (ValueError, RecursionError):
            read = None
    kept = read if isinstance(read, Mapping) else arguments
    return ToolCall(given["function"].get("name", ""), kept, str(given.get("id", "")))


def _each_key_once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """A dict that hides nothing: of two values under one key, one would not be looked at."""
    read = dict(pairs)
    if len(read) < len(pairs):
        raise ValueError("a key stands twice")
    return read


def given_back(message: Message) -> Any:
    """*message* as a chat dict: the one it was read from, where nothing in it changed."""
    raw: Any = message.raw  # its shape was seen to when it was read
    if raw is None:
        return {"role": message.role, "content": message.text}
    before = message_in(0, raw, "")
    if message == before:
        return raw
    if not _is_chat_dict(raw):
        return whole(message)
    chat = dict(raw)
    if message.parts:
        chat["content"] = [
            _with_part(each, new) for each, new in zip(raw["content"], message.parts, strict=True)
        ]
    elif message.text != before.text:
        chat["content"] = message.text
    if message.tool_calls != before.tool_calls:
        chat["tool_calls"] = [
            _with_call(each, old, new)
            for each, old, new in zip(
                raw["tool_calls"], before.tool_calls, message.tool_calls, strict=True
            )
        ]
    return chat


def renewed(message: Message) -> Message:
    """*message*, with what it was read from as that is now."""
    if message.raw is None:
        return message
    if _is_chat_dict(message.raw):
        return replace(message, raw=given_back(message))
    return replace(message, raw=whole(message) if len(message.parts) == 1 else None)


def _with_part(raw: Any, new: str | Media | Data) -> object:
    if isinstance(new, Data):
        return _opened(new)
    if isinstance(new, str):
        return {**raw, "text": new} if isinstance(raw, Mapping) else new
    return raw


def _with_call(raw: Any, old: ToolCall, new: ToolCall) -> Any:
    if old == new:
        return raw
    arguments: object = new.arguments
    if isinstance(arguments, FrozenDict) and isinstance(raw["function"]["arguments"], str):
        arguments = json.dumps(arguments, ensure_ascii=False)
    return {**raw, "function": {**raw["function"], "name": new.name, "arguments": arguments}}
