"""The messages of Anthropic as chat messages that a guard reads, and back.

System text is a message of its own, so is each result of a tool, and calls of tools are where
chat messages have them. What Anthropic wants unchanged, its thoughts, is looked at as a copy.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from .._stand_ins import PLACEHOLDER

__all__ = ["Layout", "chat_of", "messages_of"]

_SYSTEM = "system"
"""What the system text has in place of the number of a message."""
_ROLES = ("user", "assistant", "system")
_THOUGHTS = {"thinking", "redacted_thinking"}
_ID = re.compile(r"[A-Za-z0-9_-]{1,128}")
"""What the provider takes for the id of a call. No rule looks at it, so it can be no text."""


class _Piece(NamedTuple):
    """A chat message: which blocks of which message it holds."""

    message: str
    role: str
    kinds: tuple[str, ...] | None = None
    """What each block is: ``content``, ``call`` or ``thought``; None, if it is text."""
    thoughts: tuple[Any, ...] = ()
    """The thoughts as they came."""
    result: str | None = None
    """The call that it is the result of."""


Layout = Mapping[str, _Piece]
"""The chat messages by their ids, in their order."""


def chat_of(
    system: str | Iterable[Any] | None, messages: Iterable[Any]
) -> tuple[list[dict[str, Any]], Layout]:
    """All that the model is to see as chat messages, and how they were laid out."""
    chat: list[dict[str, Any]] = []
    layout: dict[str, _Piece] = {}
    given = [(str(n), *_said(n, each)) for n, each in enumerate(_listed(messages, "messages"))]
    if system is not None:
        content = system if isinstance(system, str) else _listed(system, "system")
        given.insert(0, (_SYSTEM, _SYSTEM, content))
    for place, role, content in given:
        for n, (piece, made) in enumerate(_pieces(place, role, content)):
            made["id"] = f"{place}.{n}"
            layout[made["id"]] = piece
            chat.append(made)
    return chat, layout


def _said(place: int, given: Any) -> tuple[str, str | list[Any]]:
    """The role and the content of a message; it has nothing else."""
    if not isinstance(given, Mapping) or set(given) != {"role", "content"}:
        raise TypeError(
            f'messages[{place}] is {{"role": "user", "content": ...}}, and nothing beside'
        )
    role, content = given["role"], given["content"]
    if role not in _ROLES:
        raise TypeError(f"messages[{place}] has none of the roles {', '.join(_ROLES)}")
    return role, content if isinstance(content, str) else _listed(content, f"messages[{place}]")


def _listed(given: Any, name: str) -> list[Any]:
    if isinstance(given, Mapping | str) or not isinstance(given, Iterable):
        raise TypeError(f"{name} has a list, not a value of type {type(given).__name__}")
    return list(given)


def _pieces(
    place: str, role: str, content: str | list[Any]
) -> Iterator[tuple[_Piece, dict[str, Any]]]:
    if isinstance(content, str):
        yield _Piece(place, role), {"role": role, "content": content}
        return
    run: list[dict[str, Any]] = []
    for block in (_plain(place, each) for each in content):
        if block.get("type") != "tool_result":
            run.append(block)
            continue
        if run:
            yield _blocks(place, role, run)
            run = []
        yield _result(place, role, block)
    if run or not content:
        yield _blocks(place, role, run)


def _plain(place: str, block: Any) -> dict[str, Any]:
    """A content block as a dict; those of a response are objects."""
    if isinstance(block, Mapping):
        return dict(block)
    if hasattr(block, "model_dump"):
        kept: dict[str, Any] = block.model_dump(
            mode="json", exclude_unset=True, by_alias=True, exclude={"parsed_output"}
        )
        return kept
    raise TypeError(
        f"the content of messages[{place}] has a value of type {type(block).__name__} in it, "
        "which is no content block"
    )


def _blocks(place: str, role: str, run: Sequence[dict[str, Any]]) -> tuple[_Piece, dict[str, Any]]:
    """What stands between results of tools."""
    content, calls, thoughts = [], [], []
    kinds = []
    for block in run:
        kind = block.get("type")
        if kind == "tool_use" and isinstance(block.get("input"), Mapping):
            kinds.append("call")
            calls.append(_call(place, block))
        elif kind in _THOUGHTS:
            kinds.append("thought")
            thoughts.append(block)
        else:
            kinds.append("content")
            content.append(_apart(block))
    made: dict[str, Any] = {"role": role, "content": content}
    if calls:
        made["tool_calls"] = calls
    if thoughts:
        made["thoughts"] = [_copy(each) for each in thoughts]
    return _Piece(place, role, tuple(kinds), tuple(thoughts)), made


def _call(place: str, block: dict[str, Any]) -> dict[str, Any]:
    rest = {name: block[name] for name in block if name not in _OF_CALLS}
    function = {"name": block.get("name", ""), "arguments": block["input"]}
    made = {"id": _id(place, block, "id"), "type": "function", "function": function}
    return {**made, "beside": rest} if rest else made


def _id(place: str, block: Mapping[str, Any], name: str) -> str:
    found = block.get(name)
    if not isinstance(found, str) or not _ID.fullmatch(found):
        raise TypeError(f"messages[{place}] has a {block['type']} without an id as its {name}")
    return found


def _apart(block: dict[str, Any]) -> dict[str, Any]:
    """A block of text with what it has beside its text where all of that is looked at."""
    if not _is_text(block) or len(block) == len(_OF_TEXTS):
        return block
    rest = {name: block[name] for name in block if name not in _OF_TEXTS}
    return {"type": "text", "text": block["text"], "beside": rest}


def _is_text(block: Mapping[str, Any]) -> bool:
    return block.get("type") == "text" and isinstance(block.get("text"), str)


_OF_TEXTS = {"type", "text"}
_OF_CALLS = {"type", "id", "name", "input"}
_OF_RESULTS = {"type", "tool_use_id", "content"}


def _copy(thought: dict[str, Any]) -> dict[str, Any]:
    """What is looked at of a thought.

    The model has placeholders in mind that nobody typed. What only the provider can read is
    bytes, of which the coverage says that nobody looked at them.
    """
    copy = {}
    for name, value in thought.items():
        text = isinstance(value, str)
        if name in _SEALED:
            copy[name] = value.encode() if text else value
        else:
            copy[name] = PLACEHOLDER.sub("[]", value) if text else value
    return copy


_SEALED = {"signature", "data"}


def _result(place: str, role: str, block: dict[str, Any]) -> tuple[_Piece, dict[str, Any]]:
    """The result of a tool, which is a message of the tool."""
    content = block.get("content")
    if not (content is None or isinstance(content, str)):
        listed = _listed(content, f"messages[{place}]")
        content = [_apart(_plain(place, each)) for each in listed]
    call = _id(place, block, "tool_use_id")
    made: dict[str, Any] = {"role": "tool", "tool_call_id": call, "content": content}
    rest = {name: block[name] for name in block if name not in _OF_RESULTS}
    if rest:
        made["beside"] = rest
    return _Piece(place, role, result=call), made


def messages_of(
    chat: Iterable[Mapping[str, Any]], layout: Layout
) -> tuple[str | list[Any] | None, list[dict[str, Any]]]:
    """The system text and the messages that a *chat* holds, of which rules may have taken some.

    A result of a tool that they took is left empty: to the call of a tool there must be one.
    """
    given = list(chat)
    by_id = {each["id"]: each for each in given if "id" in each}
    made: dict[str, dict[str, Any]] = {}
    for place, piece in layout.items():
        left = by_id.get(place)
        if left is None and piece.result is None:
            continue
        content = _content(piece, left)
        before = made.setdefault(piece.message, {"role": piece.role, "content": content})
        if before["content"] is not content:
            before["content"] = [*before["content"], *content]
    system = made.pop(_SYSTEM, {"content": None})["content"]
    said = [
        {"role": each["role"], "content": each["content"]} for each in given if "id" not in each
    ]
    return system, [*made.values(), *(each for each in said if each["content"])]


def _content(piece: _Piece, left: Mapping[str, Any] | None) -> Any:
    """The content that is *left* of a piece."""
    if piece.result is not None:
        return [_given_result(piece.result, left or {})]
    assert left is not None
    if piece.kinds is None:
        return left["content"]
    content, calls = iter(left["content"]), iter(left.get("tool_calls", ()))
    thoughts = zip(piece.thoughts, left.get("thoughts", ()), strict=True)
    made = []
    for kind in piece.kinds:
        if kind == "content":
            made.append(_joined(next(content)))
        elif kind == "call":
            made.append(_given_call(next(calls)))
        else:
            thought, copy = next(thoughts)
            if copy == _copy(thought):  # one that was changed would not be taken
                made.append(thought)
    return made


def _joined(block: Mapping[str, Any]) -> Mapping[str, Any]:
    """A block as it was before it was taken apart."""
    if not _is_text(block) or "beside" not in block:
        return block
    return {"type": "text", "text": block["text"], **block["beside"]}


def _given_call(call: Mapping[str, Any]) -> dict[str, Any]:
    function = call["function"]
    made = {"type": "tool_use", "id": call["id"]}
    return {
        **made,
        "name": function["name"],
        "input": dict(function["arguments"]),
        **call.get("beside", {}),
    }


def _given_result(call: str, left: Mapping[str, Any]) -> dict[str, Any]:
    made: dict[str, Any] = {"type": "tool_result", "tool_use_id": call}
    content = left.get("content")
    if content is not None:
        made["content"] = content if isinstance(content, str) else [*map(_joined, content)]
    return {**made, **left.get("beside", {})}
