"""A typed value that is read while its JSON arrives, each character once."""

from __future__ import annotations

from collections.abc import Callable
from typing import NoReturn, TypeAlias

from ..._schema import MISSING, Unreadable, Wrong
from ..strict import Malformed, strictly
from .json_tokens import as_number, end_of_number, end_of_string, past_blank, unquoted
from .open_values import OpenString, OpenValue, since
from .shapes import NOTHING, Part, Shape

__all__ = ["Growing"]

_DEEPEST = 201
"""How many brackets may be open at once: as many as the strict reader goes into."""
_MANY = 64
"""So many pieces that have been read are let go of together."""


class _Table(dict[str, "_Take | _Table"]):
    """What takes a character, where some are expected; or what is expected behind it."""

    def __missing__(self, character: str) -> NoReturn:
        raise Malformed("no JSON: something else was expected")


class Growing:
    """The value of a JSON text, from its first bracket on, as far as the text has arrived.

    What is there is typed, and each part of it is validated when it closes; what is not there
    is absent. Nobody validates the value as a whole: that is for whoever has the whole text.

    >>> from guardrails_lib.schemas.json_schema import JsonSchema
    >>> from guardrails_lib.schemas.growing.shapes import shape_of_schema
    >>> schema = {"type": "object", "properties": {"to": {"type": "string"}}}
    >>> growing = Growing(shape_of_schema(JsonSchema(schema)))
    >>> growing.feed('{"to": "Al')
    >>> growing.value()
    {'to': 'Al'}
    """

    __slots__ = (
        "_at", "_changed", "_escaped", "_keep", "_next", "_outer", "_pieces", "_restored",
        "_root", "_said", "_stack", "_start", "_string", "_take", "_value", "_verbatim",
        "broken", "closed", "problem",
    )  # fmt: skip

    def __init__(self, shape: Shape, *, restored: Callable[[str], str] = str) -> None:
        self.problem: Unreadable | None = None
        """What has closed and does not fit, so that the whole cannot."""
        self.closed = False
        """Whether the value has ended; what follows is not looked at."""
        self.broken = False
        """Whether the text has ceased to be JSON; no more is said of it."""
        self._root = Part(shape)
        self._restored = restored
        self._stack: list[OpenValue] = []
        self._outer = OpenValue(self._root, (0, 0), True, "")
        """The innermost bracket that is open; outside of all, what stands for one."""
        self._value: object = MISSING
        self._changed = False  # since that was the value
        self._said: object = MISSING  # what of the open string was last shown
        self._pieces: list[str] = []
        self._keep = self._pieces.append
        self._next: _Table = self._BEGIN
        self._take: _Take | None = None  # what takes the rest of a string or a number
        self._verbatim = False  # in a string, and not behind a backslash
        self._escaped = False
        self._start = 0, 0  # where the string or number begins: the piece, and where in it
        self._string: OpenString | None = None  # the open one, if it has been shown
        self._at = 0

    def feed(self, text: str) -> int | None:
        """Take more text; where in *text* a part was seen to have closed that does not fit.

        None if there is none. What follows such a part is not looked at.
        """
        if self._verbatim and '"' not in text and "\\" not in text:
            self._keep(text)
            return None
        if self._next is self._END:
            return None
        self._keep(text)
        at, end = 0, len(text)
        try:
            while at < end:
                take = self._take or self._next[text[at]]
                if isinstance(take, _Table):
                    self._next = take
                    at += 1
                    if text[at : at + 1] == " ":  # there mostly is one, and one alone
                        at += 1
                else:
                    at = take(self, text, at)
        except Malformed:
            self.broken = True
            self._end()
        except Unreadable as problem:
            self.problem = problem
            self._end()
            return self._at
        return None

    def value(self) -> object:
        """The value as far as it is there; MISSING if nothing of it can be shown.

        Nothing that is given out changes later.
        """
        inner: object = MISSING
        if self._take is Growing._more_text and self._outer.now.shape.text:
            if self._string is None:
                piece, at = self._start
                self._string = OpenString((piece, at + 1), self._restored)
            inner = self._string.shown(self._pieces)
            if inner != self._said:
                self._said = inner
                self._changed = True
        if self._changed:
            for each in reversed(self._stack):
                inner = each.shown(inner)
            self._value = inner
            self._changed = False
        return self._value

    # What the tables below lead to. Each takes some of the text, and says where the next begins.

    def _blank(self, text: str, at: int) -> int:
        return past_blank(text, at)

    def _open_key(self, text: str, at: int) -> int:
        self._start = len(self._pieces) - 1, at
        self._take = Growing._more_key
        return self._more_key(text, at + 1)

    def _more_key(self, text: str, at: int) -> int:
        at = self._past_string(text, at)
        if self._take is None:
            key = unquoted(self._token(at))
            outer = self._outer
            self._at = at
            if key in outer.keys:
                self._refuse("an object has the same key twice", len(self._stack) - 1)
            outer.keys.add(key)
            part = outer.reach(key)
            if part.refused and outer.sure:
                self._refuse(part.refused, len(self._stack))
            self._next = self._COLON
        return at

    def _open_text(self, text: str, at: int) -> int:
        self._arrive()
        self._start = len(self._pieces) - 1, at
        self._string = None
        self._said = MISSING
        self._take = Growing._more_text
        return self._more_text(text, at + 1)

    def _more_text(self, text: str, at: int) -> int:
        at = self._past_string(text, at)
        if self._take is None:
            self._at = at
            token = self._token(at)
            shape = self._outer.now.shape
            if shape.plain:
                self._close(unquoted(token))
            elif shape is NOTHING:
                unquoted(token)  # it must be JSON, whatever it says
                self._close(MISSING)
            else:
                self._close(self._read(token))
        return at

    def _past_string(self, text: str, at: int) -> int:
        """Where what there is of the string ends; it is taken no more if it has closed."""
        if self._escaped:
            self._escaped = False
            at += 1
        end = end_of_string(text, at)
        self._verbatim = end < 0
        if end < 0:
            return len(text)
        if text[end] == '"':
            self._take = None
        else:
            self._escaped = True
        return end + 1

    def _open_number(self, text: str, at: int) -> int:
        self._arrive()
        self._start = len(self._pieces) - 1, at
        self._take = Growing._more_number
        return self._more_number(text, at)

    def _more_number(self, text: str, at: int) -> int:
        """A number, or true, false or null: it ends where something else begins."""
        ended = end_of_number(text, at)
        if ended is None:
            return len(text)
        self._take = None
        self._at = ended.end()
        token = since(self._pieces, self._start, ended.start())
        ordinary = as_number(token)
        if ordinary is None:
            self._strictly(token)
        number = self._outer.now.shape.integer
        if number and ordinary and ordinary.lastindex:
            self._close(number(token))
        else:
            self._close(self._read(token))
        return ended.start()

    def _open_bracket(self, text: str, at: int) -> int:
        self._at = at + 1
        stack = self._stack
        if len(stack) == _DEEPEST:
            self._refuse("it is nested more than 201 deep", 0)
        self._arrive()
        part, sure = self._root, True
        if stack:
            part = self._outer.now
            sure = self._outer.sure and part.sure
        bracket = text[at]
        self._outer = OpenValue(part, (len(self._pieces) - 1, at), sure, bracket)
        stack.append(self._outer)
        self._changed = True
        self._next = self._FIRST_ITEM if bracket == "[" else self._FIRST_KEY
        return at + 1

    def _close_bracket(self, text: str, at: int) -> int:
        self._at = at = at + 1
        ended = self._outer
        if len(self._stack) == 1:
            self.closed = True
            self._end()
            return len(text)
        self._stack.pop()
        self._outer = self._stack[-1]
        self._close(self._ended(ended, at))
        return at

    # What those have in common.

    def _end(self) -> None:
        self._next = self._END
        self._take = None
        self._verbatim = False

    def _arrive(self) -> None:
        """A value begins: in an array that is the next one."""
        outer = self._outer
        if outer.is_array:
            outer.reach(int(outer.step) + 1)

    def _token(self, end: int) -> str:
        """The JSON from where what is taken began to *end*, with what was redacted put back."""
        token = since(self._pieces, self._start, end)
        return token if self._restored is str else self._restored(token)

    def _close(self, value: object) -> None:
        self._outer.hold(value)
        self._changed = True
        self._next = self._AFTER_ITEM if self._outer.is_array else self._AFTER_FIELD
        if len(self._stack) == 1 and len(self._pieces) > _MANY:
            del self._pieces[:-1]

    def _ended(self, ended: OpenValue, at: int) -> object:
        """The value of the bracket that closed before *at*."""
        if ended.shape is NOTHING:
            return MISSING
        try:
            value = ended.whole()
        except Unreadable as problem:
            return self._misfit(problem)
        if value is not MISSING:
            return value
        self._start = ended.start
        return self._read(self._token(at))

    def _read(self, token: str) -> object:
        """The value that *token* is where the text is now; MISSING if nobody can tell."""
        try:
            return self._outer.now.shape.read(token)
        except Malformed:
            raise
        except Unreadable as problem:
            return self._misfit(problem)

    def _misfit(self, problem: Unreadable) -> object:
        outer = self._outer
        if not (outer.sure and outer.now.sure):
            return MISSING
        path = self._path(len(self._stack))
        raise Unreadable(
            *(each._replace(path=(*path, *each.path)) for each in problem.wrong)
        ) from None

    def _strictly(self, token: str) -> None:
        """Refuse a number that is none, wherever it stands."""
        try:
            strictly(token)
        except Malformed:
            raise
        except Unreadable as problem:
            self._refuse(problem.wrong[0].message, len(self._stack))

    def _refuse(self, message: str, depth: int) -> NoReturn:
        raise Unreadable(Wrong(self._path(depth), message)) from None

    def _path(self, depth: int) -> tuple[str | int, ...]:
        """The first steps to where the text is; a key that the type does not know is not said."""
        return tuple(
            each.step if each.is_array or each.now.name is not None else "(...)"
            for each in self._stack[:depth]
        )

    _BLANK = dict.fromkeys(" \t\n\r", _blank)
    _BEGIN = _Table({"{": _open_bracket, "[": _open_bracket, **_BLANK})
    _VALUE = _Table({
        '"': _open_text,
        **_BEGIN,
        **dict.fromkeys("-0123456789tfnNI", _open_number),
    })  # fmt: skip
    _FIRST_ITEM = _Table({**_VALUE, "]": _close_bracket})
    _AFTER_ITEM = _Table({",": _VALUE, "]": _close_bracket, **_BLANK})
    _KEY = _Table({'"': _open_key, **_BLANK})
    _COLON = _Table({":": _VALUE, **_BLANK})
    _FIRST_KEY = _Table({**_KEY, "}": _close_bracket})
    _AFTER_FIELD = _Table({",": _KEY, "}": _close_bracket, **_BLANK})
    _END = _Table()


_Take: TypeAlias = Callable[[Growing, str, int], int]
"""Takes some of a text, from a place on, and says where the next begins."""
