"""Calls of tools, as SDKs give them: whole, or in the pieces of a stream."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import NoReturn

from .._errors import ReplyError
from .._types import ToolCall
from .fields import kind_of

__all__ = ["Calls", "call_of"]


def call_of(name: object, arguments: object, call_id: object = "") -> ToolCall:
    """A call of a tool. Arguments that are no JSON object stay the text that they are.

    >>> call_of("pay", '{"amount": 7}', "call-1")
    ToolCall(name='pay', arguments={'amount': 7}, id='call-1')
    >>> call_of("pay", '{"amount":')
    ToolCall(name='pay', arguments='{"amount":')
    """
    if not isinstance(name, str) or not name:
        raise ReplyError("the model calls a tool that has no name")
    return ToolCall(name, _read(arguments), call_id if isinstance(call_id, str) else "")


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


class _Piecemeal:
    """One call that is not whole yet."""

    def __init__(self) -> None:
        self.name = ""
        self.id = ""
        self.arguments: Mapping[str, object] | str = ""


class Calls:
    """The calls of one reply, put together from their pieces.

    >>> calls = Calls()
    >>> calls.add(0, name="pay", call_id="call-1", arguments='{"amou')
    >>> calls.add(0, arguments='nt": 7}')
    >>> calls.whole()
    (ToolCall(name='pay', arguments={'amount': 7}, id='call-1'),)
    """

    def __init__(self) -> None:
        self._calls: list[_Piecemeal] = []
        self._at: dict[object, _Piecemeal] = {}

    def add(
        self,
        place: object,
        *,
        name: object = None,
        arguments: object = None,
        call_id: object = None,
    ) -> None:
        """Take what comes of the call at *place*; None is a call that comes whole.

        Another id at a place begins another call: some servers count all of them 0.
        """
        call = None if place is None else self._at.get(place)
        if call is None or (call_id and call.id and call_id != call.id):
            call = _Piecemeal()
            self._calls.append(call)
            self._at[place] = call
        if isinstance(name, str) and not call.name:
            call.name = name
        if isinstance(call_id, str) and not call.id:
            call.id = call_id
        if isinstance(arguments, str) and isinstance(call.arguments, str):
            call.arguments += arguments
        elif isinstance(arguments, Mapping) and not call.arguments:
            call.arguments = arguments
        elif arguments:
            raise ReplyError("the arguments of a call come as text and as an object")

    def whole(self) -> tuple[ToolCall, ...]:
        """The calls, as they are at the end of the stream."""
        return tuple(call_of(each.name, each.arguments, each.id) for each in self._calls)
