"""What tells one policy from another: the same for equal values, in every process."""

from __future__ import annotations

import enum
import functools
import hashlib
import json
import types
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

__all__ = ["fingerprint"]


def fingerprint(value: object) -> str:
    """Sixteen digits that stand for *value*, its parameters and the code that it holds."""
    written = _canonical(value).encode("utf-8", "surrogatepass")
    return hashlib.sha256(written).hexdigest()[:16]


def _canonical(value: object, depth: int = 16) -> str:  # noqa: PLR0911  # a line for each kind
    """*value* as text: the same for equal values, and in every process."""
    if depth == 0:
        return _deep(value)
    inner = functools.partial(_canonical, depth=depth - 1)
    if isinstance(value, str):
        return repr(str.__str__(value))
    if isinstance(value, int | float):
        return repr(int(value) if value == value // 1 else value)
    if isinstance(value, enum.Enum):
        return f"{type(value).__qualname__}.{value.name}"
    if is_dataclass(value) and not isinstance(value, type):
        parts = [getattr(value, each.name) for each in fields(value) if each.init and each.compare]
        return f"{type(value).__qualname__}({', '.join(map(inner, parts))})"
    if isinstance(value, tuple | list):
        return f"[{', '.join(map(inner, value))}]"
    if isinstance(value, set | frozenset):
        return f"set({', '.join(sorted(map(inner, value)))})"
    if isinstance(value, Mapping):
        pairs = (f"{inner(k)}: {inner(v)}" for k, v in value.items())
        return f"{{{', '.join(sorted(pairs))}}}"
    if isinstance(value, type):
        return f"{value.__module__}.{value.__qualname__}"
    if isinstance(
        value, functools.partial | types.MethodType | types.CodeType | types.FunctionType
    ):
        return _canonical_function(value, inner)
    pattern: object = getattr(value, "pattern", None)
    if pattern is not None:  # a regex; its repr is cut short
        return f"{type(value).__qualname__}({inner([pattern, getattr(value, 'flags', 0)])})"
    written = repr(value)
    if " at 0x" not in written:
        return written
    slots = getattr(type(value), "__slots__", ())  # it would print its address
    held = {name: getattr(value, name) for name in slots if hasattr(value, name)}
    return f"{type(value).__qualname__}({inner({**held, **getattr(value, '__dict__', {})})})"


def _deep(value: object) -> str:
    """What stands deep inside: a schema is written out, and objects may hold themselves."""
    try:
        return json.dumps(value, sort_keys=True)
    except (TypeError, ValueError, RecursionError):
        return "..."


def _canonical_function(value: Any, inner: Callable[[object], str]) -> str:
    """A function by its code and what it holds: two that do the same may still differ."""
    if isinstance(value, functools.partial):
        return f"partial({inner(value.func)}, {inner(value.args)}, {inner(value.keywords)})"
    if isinstance(value, types.MethodType):
        return f"{inner(value.__self__)}.{inner(value.__func__)}"
    if isinstance(value, types.CodeType):
        return inner([value.co_code.hex(), value.co_consts, value.co_names])
    cells = [each.cell_contents for each in value.__closure__ or () if _is_set(each)]
    held = [value.__defaults__, value.__kwdefaults__, value.__annotations__]
    known = [value.__code__, cells, *held]
    return f"{value.__module__}.{value.__qualname__}{inner(known)}"


def _is_set(cell: types.CellType) -> bool:
    try:
        cell.cell_contents  # noqa: B018  # to see whether there are any
    except ValueError:
        return False
    return True
