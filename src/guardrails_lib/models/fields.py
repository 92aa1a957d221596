"""What is in the objects of SDKs, and in dicts of the same shape."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from .._errors import ReplyError

__all__ = ["counted", "field", "kind_of", "listed", "unreadable"]

_WORD = re.compile(r"[A-Za-z][\w.-]{0,40}")


def field(given: Any, name: str) -> Any:
    """What *given* holds under *name*: an attribute of an object, or a key of a dict.

    >>> field({"text": "Hi"}, "text"), field(None, "text")
    ('Hi', None)
    """
    if isinstance(given, Mapping):
        return given.get(name)
    return getattr(given, name, None)


def listed(given: Any, name: str) -> Sequence[Any]:
    """The list under *name*; an empty one, where there is none."""
    found = field(given, name)
    return found if isinstance(found, list | tuple) else ()


def counted(given: Any, *names: str) -> int:
    """The first count under one of *names*; 0, where there is none."""
    found = (field(given, name) for name in names)
    return next((n for n in found if isinstance(n, int) and not isinstance(n, bool)), 0)


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
