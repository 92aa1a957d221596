"""The key of an answer: a digest of all that the answer may hang on."""

from __future__ import annotations

import enum
import hashlib
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction
from functools import partial
from ipaddress import IPv4Address, IPv6Address
from pathlib import PurePath
from types import CodeType, FunctionType, MethodType
from typing import Any
from uuid import UUID

from .._errors import PolicyError
from .._kept import Wanted
from .._types import Data, Media, Message, Source, ToolCall
from .._values import FrozenDict

__all__ = ["key_of", "name_of", "partition_of"]

_WRITTEN = (Decimal, Fraction, UUID, PurePath, IPv4Address, IPv6Address)
"""Values that differ if and only if they are written differently."""


def key_of(wanted: Wanted, *names: str) -> str:
    """64 digits that stand for *wanted* and *names*; they reveal nothing of either.

    Whatever the model could see makes another key. `PolicyError`, if it could see something
    that cannot be read, such as a function or an open file.
    """
    return _digest(_whole(wanted, wanted.request.messages, names))


def partition_of(wanted: Wanted, *names: str) -> str:
    """`key_of` without the text of the last message."""
    *before, last = wanted.request.messages
    return _digest((_whole(wanted, before, names), last.role, int(last.label), last.name))


def name_of(fn: Callable[..., Any]) -> str:
    """What stands for a function: its name, its code, and the plain values that it holds."""
    held: list[tuple[str, object]] = []
    while isinstance(fn, partial):
        held += [("", each) for each in fn.args] + [*fn.keywords.items()]
        fn = fn.func
    if isinstance(fn, MethodType):
        held += getattr(fn.__self__, "__dict__", {}).items()
        fn = fn.__func__
    code: object = getattr(fn, "__code__", None)
    if isinstance(code, CodeType):
        cells = getattr(fn, "__closure__", None) or ()
        held += [("", each.cell_contents) for each in cells if _is_set(each)]
        held += [("", each) for each in getattr(fn, "__defaults__", None) or ()]
        held += (getattr(fn, "__kwdefaults__", None) or {}).items()
        code = _code(code)
    else:  # an object that is called
        held += getattr(fn, "__dict__", {}).items()
        fn, code = type(fn), None
    return _digest((_type(fn), code, [(name, _plain(each)) for name, each in held]))


def _digest(tree: object) -> str:
    """Of texts, numbers, bytes and tuples: `repr` writes no two of them alike."""
    try:
        written = repr(tree)
    except RecursionError:
        raise PolicyError("what is nested so deep has no key: cache without it") from None
    return hashlib.sha256(written.encode()).hexdigest()


def _whole(wanted: Wanted, messages: Sequence[Message], names: Sequence[str]) -> object:
    request = wanted.request
    cleared = wanted.cleared_for
    try:
        return (
            names,
            wanted.policy,
            cleared if cleared is None else int(cleared),
            int(wanted.label),
            wanted.returns,
            wanted.options and _read(wanted.options),
            [_message(each) for each in messages],
            [_source(each) for each in request.sources] if request.sources else (),
            [_read(each) for each in request.tools] if request.tools else (),
            _read(request.meta) if request.meta else (),
        )
    except RecursionError:
        raise PolicyError("what is nested so deep has no key: cache without it") from None


def _message(message: Message) -> object:
    text = str.__str__(message.text)
    if not message.parts and not message.tool_calls:
        return message.role, text, int(message.label), message.name
    return (
        message.role,
        text,
        int(message.label),
        message.name,
        [_part(each) for each in message.parts],
        [_call(each) for each in message.tool_calls],
    )


def _part(part: str | Media | Data) -> object:
    if isinstance(part, str):
        return str.__str__(part)
    if isinstance(part, Media):
        return "media", part.kind, _read(part.raw)
    return "data", _read(part.value)


def _call(call: ToolCall) -> object:
    return call.name, _read(call.arguments), call.id


def _source(source: Source) -> object:
    return (
        source.uri,
        str.__str__(source.text),
        int(source.label),
        source.as_of and _read(source.as_of),
        source.signature,
    )


def _read(value: Any) -> object:  # noqa: PLR0911  # a line for each kind
    """*value* as texts, numbers, bytes and tuples that begin with what they are."""
    kind = type(value)
    if kind is str or kind is float or kind is bool or value is None:
        return value
    if kind is bytes:
        return value if len(value) < 100 else ("sha256", hashlib.sha256(value).digest())
    if kind is dict or kind is FrozenDict:
        return "map", [(_read(key), _read(each)) for key, each in value.items()], ()
    if kind is list or kind is tuple:
        return kind.__name__, [_read(each) for each in value], ()
    if kind is int:
        return value if value.bit_length() < 64 else ("int", f"{value:x}")
    if isinstance(value, enum.Enum):
        return "enum", _type(kind), value.name, _read(value.value)
    if isinstance(value, str | int | float | bytes):
        return "kind", _type(kind), _exact(value)
    if isinstance(value, Mapping):
        return "map", [(_read(key), _read(each)) for key, each in value.items()], _beside(value)
    if isinstance(value, list | tuple):
        return kind.__name__, [_read(each) for each in value], _beside(value)
    if isinstance(value, AbstractSet):
        return "set", sorted((_read(each) for each in value), key=repr), _beside(value)
    if isinstance(value, date | time):
        zone = value.tzname() if isinstance(value, datetime | time) else None
        return "time", kind.__name__, value.isoformat(), getattr(value, "fold", 0), zone
    if isinstance(value, bytearray | memoryview):
        return "bytes", _read(bytes(value))
    if isinstance(value, _WRITTEN) or kind.__module__ == "pydantic.networks":
        return "written", _type(kind), str(value)
    return _record(value)


def _exact(value: str | int | float | bytes) -> object:  # noqa: PYI041  # a float may be no int
    """The text or number itself, whatever a kind of it writes."""
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, bytes):
        return _read(memoryview(value).tobytes())
    return _read(int.__index__(value) if isinstance(value, int) else float.__float__(value))


def _record(value: Any) -> object:
    """A dataclass or a pydantic model; and its type, by what a model is told of it."""
    kind = type(value)
    if isinstance(value, type):
        if not hasattr(value, "model_json_schema"):
            raise _unreadable(value)
        return "type", _type(value), _read(value.model_json_schema())
    if not (is_dataclass(value) or hasattr(value, "__pydantic_fields_set__")):
        raise _unreadable(value)
    held: dict[str, object] = {}
    if is_dataclass(value):
        held = {each.name: getattr(value, each.name) for each in fields(value)}
    held |= getattr(value, "__dict__", {})
    more = getattr(value, "__pydantic_extra__", None) or {}
    return "record", _type(kind), [(name, _read(each)) for name, each in held.items()], _read(more)


def _beside(value: object) -> object:
    """What a kind of dict or list holds beside its items."""
    held: Mapping[str, object] = getattr(value, "__dict__", {})
    return [(name, _read(each)) for name, each in held.items()] if held else ()


def _type(kind: Callable[..., object]) -> str:
    return f"{kind.__module__}.{kind.__qualname__}"


def _unreadable(value: object) -> PolicyError:
    kind = value if isinstance(value, type) else type(value)
    return PolicyError(
        f"a cache cannot tell one {kind.__qualname__} from another: give tools, media and "
        "arguments as dicts, lists, texts, numbers or bytes, or do not cache this call"
    )


def _plain(value: Any) -> object:
    try:
        return _read(value)
    except (PolicyError, RecursionError):
        named = isinstance(value, FunctionType | MethodType)
        return _type(value if named else type(value))  # a client is not what is asked


def _is_set(cell: Any) -> bool:
    try:
        cell.cell_contents  # noqa: B018  # to see whether there are any
    except ValueError:
        return False
    return True


def _code(code: CodeType) -> object:
    inner = [_code(each) if isinstance(each, CodeType) else _plain(each) for each in code.co_consts]
    return code.co_code, code.co_names, code.co_freevars, inner
