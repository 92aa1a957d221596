"""A case as JSON, and back again.

Whatever counts when two cases are compared is written, so that they are equal after it. But
of what anybody may put there (``tools``, ``meta``, arguments, `Data`) JSON holds what it can:
see `plain`. `Media` keeps its kind alone, since no rule has looked into it. `left_out` names
the places where something is missing. What a value is at its default is not written.
"""

from __future__ import annotations

import base64
import functools
import json
import math
import numbers
import re
import types
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import datetime
from enum import Enum
from typing import Any, NamedTuple, Union, get_args, get_origin, get_type_hints

from .._case import Amend, Approve, Case, Reject
from .._errors import DeskError
from .._types import Data, Media, Request, ToolCall
from .._values import FrozenDict
from .plain import plain

__all__ = ["from_json", "left_out", "to_json", "tree"]

VERSION = 1
"""Of the form. A field more is another form: who does not know it would lose it."""

_TAGGED = (Approve, Amend, Reject, Data, Media)
"""What stands where something else may: it says what it ``is``."""

_ANYBODYS = {
    (Data, "value"),
    (Request, "tools"),
    (Request, "meta"),
    (ToolCall, "arguments"),
}
_NEVER = {(Media, "raw")}

_HALVES = re.compile("[\ud800-\udbff][\udc00-\udfff]")


class _Field(NamedTuple):
    name: str
    hint: Any
    default: object


def to_json(case: Case) -> str:
    """*case*, as JSON of ASCII alone. `DeskError` for a value that no case has."""
    written = json.dumps({"v": VERSION, "case": tree(case)}, allow_nan=False)
    if "\\ud" in written:
        raw = json.dumps(tree(case), ensure_ascii=False)
        if _HALVES.search(raw):  # which JSON would join to one character
            halves = base64.b64encode(raw.encode("utf-8", "surrogatepass")).decode()
            written = json.dumps({"v": VERSION, "base64": halves})
    return written


def from_json(text: str) -> Case:
    """The case that was written. `DeskError` for any other text."""
    try:
        found = json.loads(text)
        version = found["v"]
        if version != VERSION and isinstance(version, int):
            raise DeskError(f"the case is written in form {version}: this one reads {VERSION}")
        if "base64" in found:
            raw = base64.b64decode(found["base64"], validate=True)
            found["case"] = json.loads(raw.decode("utf-8", "surrogatepass"))
        case: Case = _read(Case, found["case"])
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError):
        raise DeskError("that is no case, as `to_json` writes it") from None
    return case


def left_out(case: Case) -> tuple[str, ...]:
    """Where *case* holds what is not written: ``request.tools[0]``.

    >>> left_out(Case("1", Request("hello", tools=[print])))
    ('request.tools[0]',)
    """
    lost: list[str] = []
    _tree(case, "", lost)
    return tuple(lost)


def tree(value: object) -> Any:
    """*value*, of the types that a case is made of, as what JSON is made of."""
    return _tree(value, "", [])


def _tree(value: object, place: str, lost: list[str]) -> object:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, Enum):
        return value.name
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, numbers.Integral):
        return int(value)
    if isinstance(value, numbers.Real):
        number = float(value)
        return number if math.isfinite(number) else str(number)
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {key: _tree(each, place, lost) for key, each in value.items()}
    if is_dataclass(value) or hasattr(value, "_field_defaults"):
        return _fields_of(value, place, lost)
    if isinstance(value, tuple):
        return [_tree(each, f"{place}[{at}]", lost) for at, each in enumerate(value)]
    raise DeskError(f"{place} of the case is a value of type {type(value).__name__}")


def _fields_of(value: object, place: str, lost: list[str]) -> dict[str, object]:
    kind: Any = type(value)
    written: dict[str, object] = {"is": kind.__name__} if kind in _TAGGED else {}
    for each in _shape(kind):
        inner = getattr(value, each.name)
        where = f"{place}.{each.name}" if place else each.name
        if (kind, each.name) in _NEVER:
            lost.extend([place] * (inner != each.default))
        elif each.default is not MISSING and inner == each.default:
            continue
        elif (kind, each.name) in _ANYBODYS:
            written[each.name] = _anybodys(inner, where, lost)
        else:
            written[each.name] = _tree(inner, where, lost)
    return written


def _anybodys(value: object, place: str, lost: list[str]) -> object:
    if isinstance(value, tuple):
        return [_anybodys(each, f"{place}[{at}]", lost) for at, each in enumerate(value)]
    kept, whole = plain(value)
    lost.extend([place] * (not whole))
    return kept


@functools.cache
def _shape(kind: Any) -> tuple[_Field, ...]:
    """What is written of a *kind* of value: what counts in a comparison."""
    hints = get_type_hints(kind)
    if not is_dataclass(kind):
        return tuple(
            _Field(name, hints[name], kind._field_defaults.get(name, MISSING))
            for name in kind._fields
        )
    return tuple(
        _Field(each.name, hints[each.name], each.default) for each in fields(kind) if each.compare
    )


def _read(hint: Any, value: Any) -> Any:
    origin = get_origin(hint)
    if origin in {Union, types.UnionType}:
        return None if value is None else _read(_one_of(get_args(hint), value), value)
    if hint is object:
        return value
    if origin is tuple:
        return tuple(_read(get_args(hint)[0], each) for each in _expected(list, value))
    if origin is Mapping:
        inner = get_args(hint)[1]
        return FrozenDict({key: _read(inner, each) for key, each in value.items()})
    if hint is float:
        return float(value)
    if hint is datetime:
        return datetime.fromisoformat(value)
    if issubclass(hint, Enum):
        return hint[value]
    if is_dataclass(hint) or hasattr(hint, "_field_defaults"):
        return _made(hint, value)
    return _expected(hint, value)


def _one_of(hints: tuple[Any, ...], value: object) -> Any:
    """The one of *hints* that *value* was written for."""
    named = {each.__name__: each for each in hints if each in _TAGGED}
    if named and isinstance(value, dict):
        return named[value["is"]]
    if isinstance(value, str) and str in hints:
        return str
    (hint,) = (each for each in hints if each not in {str, types.NoneType, *_TAGGED})
    return hint


def _made(kind: Any, value: dict[str, Any]) -> Any:
    shape = {each.name: each.hint for each in _shape(kind)}
    unknown = set(value) - set(shape) - {"is"}
    if unknown:
        raise KeyError(*unknown)
    return kind(**{name: _read(shape[name], value[name]) for name in value if name in shape})


def _expected(kind: type[Any], value: object) -> Any:
    if not isinstance(value, kind):
        raise TypeError
    return value
