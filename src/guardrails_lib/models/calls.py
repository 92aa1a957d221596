"""Calls of tools, put together from the pieces of a stream."""

from __future__ import annotations

from collections.abc import Mapping

from .._errors import ReplyError
from .._types import ToolCall
from .fields import call_of, id_in, kind_of

__all__ = ["Calls"]


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
        if not isinstance(place, int | str | None):
            raise ReplyError(f"the place of a call of a tool is a {kind_of(place)}")
        known = id_in(call_id)
        call = None if place is None else self._at.get(place)
        if call is None or (known and call.id and known != call.id):
            call = _Piecemeal()
            self._calls.append(call)
            self._at[place] = call
        if isinstance(name, str) and not call.name:
            call.name = name
        call.id = call.id or known
        if isinstance(arguments, str) and isinstance(call.arguments, str):
            call.arguments += arguments
        elif isinstance(arguments, Mapping) and not call.arguments:
            call.arguments = arguments
        elif arguments:
            raise ReplyError("the arguments of a call come as text and as an object")

    def whole(self) -> tuple[ToolCall, ...]:
        """The calls, as they are at the end of the stream."""
        return tuple(call_of(each.name, each.arguments, each.id) for each in self._calls)
