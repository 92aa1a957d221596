"""The arguments of a tool call, as strict JSON has them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from ..._schema import Unreadable
from ..._tree import nodes
from ..strict import strictly

__all__ = ["arguments_in"]


def arguments_in(given: Mapping[str, object] | str) -> dict[str, Any]:
    """What was *given*, a JSON text or what can be written as one; else `Unreadable`.

    >>> arguments_in('{"to": "Ann"}')
    {'to': 'Ann'}
    """
    tree = strictly(given if isinstance(given, str) else _written(given))
    if not isinstance(tree, dict):
        raise Unreadable("no JSON object")
    return tree


def _written(given: Mapping[str, object]) -> str:
    try:
        if all(_has_names(each) for _, each in nodes(given)):
            return json.dumps(given, allow_nan=False, default=_plain)
    except (TypeError, ValueError, RecursionError):
        pass
    raise Unreadable("they hold what is no JSON")


def _has_names(value: object) -> bool:
    """Whether the keys of a mapping are text; JSON would write others as if they were."""
    return not isinstance(value, Mapping) or all(isinstance(key, str) for key in value)


def _plain(value: object) -> dict[object, object]:
    """A mapping that is no dict, as one."""
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError
