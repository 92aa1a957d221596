"""What is in the objects of SDKs, and in dicts of the same shape."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, NoReturn

from .._errors import ReplyError
from .._types import Reply, ToolCall

__all__ = [
    "call_of",
    "counted",
    "field",
    "is_iterator",
    "kind_of",
    "listed",
    "readable",
    "tokens_in",
    "unreadable",
]

_WORD = re.compile(r"[A-Za-z][\w.-]{0,40}")


def field(given: Any, name: str) -> Any:
    """What *given* holds under *name*: an attribute of an object, or a key of a dict.

    Where an SDK has a mark for what is not set, that is None as well.

    >>> field({"text": "Hi"}, "text"), field(None, "text")
    ('Hi', None)
    """
    if _has_keys(type(given)):  # type: ignore[arg-type]  # mypy: no class has a hash
        return given.get(name)
    found = getattr(given, name, None)
    return None if type(found).__name__ == "Unset" else found


@functools.cache
def _has_keys(kind: type) -> bool:
    """Asking each object anew takes longer than reading it."""
    return issubclass(kind, Mapping)


def listed(given: Any, name: str) -> Sequence[Any]:
    """The list under *name*; an empty one, where there is none."""
    found = field(given, name)
    return found if isinstance(found, list | tuple) else ()


def counted(given: Any, *names: str) -> int:
    """The first count under one of *names*; 0, where there is none. Nothing counts below it."""
    for name in names:
        found = field(given, name)
        if type(found) is int and found >= 0:
            return found
    return 0


@functools.cache
def _has_next(kind: type) -> bool:
    return hasattr(kind, "__next__") or hasattr(kind, "__anext__")


def is_iterator(given: object) -> bool:
    """Whether it is a stream: what can be iterated and is no iterator is a model of pydantic."""
    return _has_next(type(given))  # type: ignore[arg-type]  # as above


def kind_of(given: Any) -> str:
    """How an error names what cannot be read: by its type, never by what it says.

    >>> kind_of({"type": "hologram", "text": "Hi"}), kind_of(7)
    ('hologram', 'int')
    """
    kind = field(given, "type")
    return kind if isinstance(kind, str) and _WORD.fullmatch(kind) else type(given).__name__


def unreadable(sdk: str, what: str) -> ReplyError:
    """An error that says which SDK gave what cannot be read."""
    return ReplyError(f"a reply of {sdk} cannot be read: {what}")


def call_of(name: object, arguments: object, call_id: object = "") -> ToolCall:
    """A call of a tool. Arguments that are no JSON object stay the text that they are.

    >>> call_of("pay", '{"amount": 7}', "call-1")
    ToolCall(name='pay', arguments={'amount': 7}, id='call-1')
    >>> call_of("pay", '{"amount":')
    ToolCall(name='pay', arguments='{"amount":')
    """
    if not isinstance(name, str) or not name:
        raise ReplyError("the model calls a tool that has no name")
    return ToolCall(name, _read(arguments), id_in(call_id))


def id_in(call_id: object) -> str:
    """The id of a call, where it has one: an SDK writes ``null`` where the server gave none."""
    return call_id if isinstance(call_id, str) and call_id != "null" else ""


def _read(arguments: object) -> Mapping[str, object] | str:
    if arguments is None or arguments == "":
        return {}
    if isinstance(arguments, Mapping):
        return arguments
    if not isinstance(arguments, str):
        raise ReplyError(f"the arguments of a call of a tool are a {kind_of(arguments)}")
    try:
        read = json.loads(arguments, object_pairs_hook=_each_key_once, parse_constant=_no_json)
    except (ValueError, RecursionError):
        return arguments
    return read if isinstance(read, dict) else arguments


def _each_key_once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """A dict that hides nothing: of two values under one key, one would not be looked at."""
    read = dict(pairs)
    if len(read) < len(pairs):
        raise ValueError("a key stands twice")
    return read


def _no_json(constant: str) -> NoReturn:
    raise ValueError(constant)


def readable(sdk: str, reply: Reply[Any]) -> Reply[Any]:
    """*reply*, if there is something in it, or the provider says why there is nothing."""
    if reply.text or reply.tool_calls or reply.finish in {"length", "filter"}:
        return reply
    ended = f" and ended with {reply.finish}" if _WORD.fullmatch(reply.finish) else ""
    raise unreadable(sdk, f"it has no text and calls no tool{ended}")


def unbroken(sdk: str, reply: Reply[Any]) -> Reply[Any]:
    """*reply*, if the provider does not say that it ended with an error."""
    if reply.finish == "error":
        raise unreadable(sdk, "it ended with an error")
    return reply


def tokens_in(
    pairs: Sequence[tuple[object, object]],
) -> tuple[tuple[str, ...] | None, tuple[float, ...] | None]:
    """The texts of tokens and their log-probabilities; None, where any of them is missing."""
    texts = tuple(text for text, _ in pairs if isinstance(text, str))
    logs = tuple(float(log) for _, log in pairs if isinstance(log, int | float))
    if not pairs or len(logs) < len(pairs):
        return None, None
    return texts if len(texts) == len(pairs) else None, logs
