"""The contents of a request to Gemini as chat messages, which rules look at, and back."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from .arguments import refuse
from .fields import kind_of, listed
from .google_sdk import types

__all__ = ["chat_of", "contents_of", "declared", "system_of"]

_FILES = ("inline_data", "file_data")
"""Pictures, sound, files: no rule looks into them, and the coverage says so."""


def chat_of(contents: Any, role: str = "") -> list[dict[str, Any]]:
    """A message for each content. Parts that stand alone are one message of the user."""
    messages: list[dict[str, Any]] = []
    alone: list[Any] = []
    for given in contents if isinstance(contents, list | tuple) else [contents]:
        content = _content(given)
        if content is None:
            alone.append(_part(given))
            continue
        if alone:
            messages.append(_message("user", alone))
            alone = []
        messages.append(_message(content.role or "user", listed(content, "parts")))
    if alone:
        messages.append(_message("user", alone))
    return [{**each, "role": role or each["role"]} for each in messages]


def _content(given: Any) -> Any:
    """What is a content of its own; None for a part."""
    if isinstance(given, Mapping) and ("parts" in given or "role" in given):
        return types.Content.model_validate(given)
    return given if isinstance(given, types.Content) else None


def _part(given: Any) -> Any:
    if isinstance(given, str):
        return types.Part(text=given)
    if isinstance(given, types.Part):
        return given
    if isinstance(given, types.File):
        return types.Part.from_uri(file_uri=given.uri or "", mime_type=given.mime_type)
    if isinstance(given, Mapping):
        return types.Part.model_validate(given)
    raise TypeError(f"contents= holds text, parts and contents, and not {kind_of(given)}")


def _message(role: str, parts: Any) -> dict[str, Any]:
    said = "assistant" if role == "model" else "user"
    if any(part.function_response for part in parts):
        said = "tool"
    return {"role": said, "content": [_looked_at(part) for part in parts]}


def _looked_at(part: Any) -> dict[str, Any]:
    """A part as rules see it."""
    held = part.model_dump(mode="json", exclude_none=True)
    if any(each in held for each in _FILES):
        return {"type": "file", "part": part}
    if "text" in held and not held.get("thought"):
        return {"type": "text", **held}
    return {"type": next(iter(held), "nothing"), **held}


def contents_of(messages: list[Any]) -> list[Any]:
    """The contents for the SDK, of the messages as the rules left them."""
    return [
        types.Content(
            role="model" if each["role"] == "assistant" else "user", parts=list(_parts(each))
        )
        for each in messages
    ]


def _parts(message: Mapping[str, Any]) -> Iterator[Any]:
    content = message["content"]
    if isinstance(content, str):
        yield types.Part(text=content)
        return
    for each in content:
        if "part" in each:
            yield each["part"]
        else:
            held = {name: value for name, value in each.items() if name != "type"}
            yield types.Part.model_validate_json(json.dumps(held))


def system_of(messages: list[Any]) -> tuple[Any, list[Any]]:
    """The instruction for the system, and the other messages."""
    system = [each for each in messages if each["role"] == "system"]
    others = [each for each in messages if each["role"] != "system"]
    parts = [part for each in system for part in _parts(each)]
    return (types.Content(parts=parts) if parts else None), others


def declared(method: str, tools: Any) -> tuple[list[Any], list[Any]]:
    """The tools for the SDK, and the functions in them as rules know them.

    Each must be run by the caller: what the SDK or the provider runs, no rule sees before.
    """
    kept: list[Any] = []
    known: list[Any] = []
    for given in tools or ():
        if callable(given) and not isinstance(given, types.Tool):
            refuse(method, "tools", "the SDK would run a function before a rule sees its call")
        tool = types.Tool.model_validate(given)
        other = tool.model_dump(exclude_none=True, exclude={"function_declarations"})
        if other:
            refuse(method, "tools", f"{', '.join(other)} runs before a rule sees its call")
        kept.append(tool)
        known.extend(_as_known(each) for each in tool.function_declarations or ())
    return kept, known


def _as_known(function: Any) -> dict[str, Any]:
    schema = function.parameters_json_schema
    if schema is None and function.parameters is not None:
        schema = function.parameters.json_schema.model_dump(
            mode="json", by_alias=True, exclude_none=True
        )
    told = {"name": function.name, "description": function.description, "parameters": schema}
    held = {name: each for name, each in told.items() if each is not None}
    return {"type": "function", "function": held}
