"""The texts of a message, each with its place: those that can be changed, and the others."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace

from ._tree import fixed, keys, nodes, opaque, replaced, strings
from ._types import Data, Media, Message, ToolCall

__all__ = ["fixed_in", "fixed_texts", "rewritten", "texts_of", "unread"]


def texts_of(where: str, message: Message) -> Iterator[tuple[str, str]]:
    """The texts of a message, each with its place."""
    if message.parts:
        for n, part in enumerate(message.parts):
            if isinstance(part, str):
                yield f"{where}.content[{n}]", part
            elif isinstance(part, Data):
                yield from strings(part.value, f"{where}.content[{n}]")
    else:
        yield where, message.text
    for place, value in _beside(where, message):
        yield from strings(value, place)
    for n, call in enumerate(message.tool_calls):
        yield f"{where}.tool_calls[{n}].name", call.name
        yield from strings(call.arguments, f"{where}.tool_calls[{n}].arguments")


def fixed_texts(where: str, message: Message) -> Iterator[tuple[str, str]]:
    """The texts of a message that cannot be changed where they are."""
    if message.name:
        yield f"{where}.name", message.name
    for n, part in enumerate(message.parts):
        if isinstance(part, Data):
            yield from _fixed_in_data(part.value, f"{where}.content[{n}]")
    for place, value in _beside(where, message):
        yield from _fixed_in_data(value, place)
    for n, call in enumerate(message.tool_calls):
        yield from fixed_in(call.arguments, f"{where}.tool_calls[{n}].arguments")


def fixed_in(arguments: Mapping[str, object] | str, where: str) -> Iterator[tuple[str, str]]:
    """Keys and numbers; what JSON has escaped, in a text that could not be taken apart."""
    if isinstance(arguments, str):
        yield from _escaped(arguments, where)
    else:
        yield from ((where, key) for key in dict.fromkeys(keys(arguments)))
        yield from fixed(arguments, where)


def _fixed_in_data(value: object, where: str) -> Iterator[tuple[str, str]]:
    yield from ((where, key) for key in dict.fromkeys(keys(value)))
    yield from fixed(value, where)
    for place, text in strings(value, where):
        yield from _escaped(text, place)


def _escaped(text: str, where: str) -> Iterator[tuple[str, str]]:
    """The strings in a JSON text that are written otherwise in it."""
    if "\\" in text:
        try:
            read = json.loads(text, object_pairs_hook=list)
        except (ValueError, RecursionError):
            return
        yield from ((where, inner) for _, inner in strings(read) if inner not in text)


_MISSING = object()


def _beside(where: str, message: Message) -> Iterator[tuple[str, object]]:
    """What a chat dict holds beside what a message has a name for, each with its place."""
    if message.extra:
        paths = [key if key.startswith("[") else f".{key}" for key in message.extra]
        found: dict[str, object] = dict.fromkeys(paths, _MISSING)
        found.update(node for node in nodes(message.raw) if node[0] in found)
        yield from ((where + path, value) for path, value in found.items())


def unread(where: str, message: Message) -> Iterator[str]:
    """The places in a message that no check can read."""
    for n, part in enumerate(message.parts):
        place = f"{where}.content[{n}]"
        if isinstance(part, Data):
            yield from opaque(part.value, place)
        elif isinstance(part, Media):
            yield place
    for place, value in _beside(where, message):
        yield from opaque(value, place)
    for n, call in enumerate(message.tool_calls):
        yield from opaque(call.arguments, f"{where}.tool_calls[{n}].arguments")


def rewritten(where: str, message: Message, texts: dict[str, str]) -> Message:
    """*message* with the texts at their places replaced."""
    parts = tuple(
        _part_with(texts, f"{where}.content[{n}]", part) for n, part in enumerate(message.parts)
    )
    calls = tuple(
        ToolCall(
            texts.get(f"{where}.tool_calls[{n}].name", call.name),
            replaced(call.arguments, texts, f"{where}.tool_calls[{n}].arguments"),
            call.id,
        )
        for n, call in enumerate(message.tool_calls)
    )
    text = texts.get(where, message.text)
    new = replace(message, text=text, parts=parts, tool_calls=calls)
    beside = {
        place: texts[place]
        for root, value in _beside(where, message)
        for place, _ in strings(value, root)
        if place in texts
    }
    return replace(new, raw=replaced(message.raw, beside, where)) if beside else new


def _part_with(
    texts: Mapping[str, str], where: str, part: str | Media | Data
) -> str | Media | Data:
    if isinstance(part, str):
        return texts.get(where, part)
    return Data(replaced(part.value, texts, where)) if isinstance(part, Data) else part
