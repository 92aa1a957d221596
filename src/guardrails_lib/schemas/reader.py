"""The reader of what ``returns=`` says."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from typing import Any

from .._errors import PolicyError
from .._schema import Reader
from .answer import Answer, Kind
from .typed import Typed

__all__ = ["reader"]


def reader(returns: Any, *, repair: bool) -> Reader[Any]:
    """What reads values of the type or the JSON Schema that *returns* is."""
    kind = _kind(returns)
    if not repair:
        return Answer(kind)
    from .repair import repair as repaired  # noqa: PLC0415  # an extra

    return Answer(kind, repair=repaired)


def _kind(returns: Any) -> Kind[Any]:
    if isinstance(returns, Mapping):
        return _described(returns)
    if inspect.isroutine(returns):
        raise PolicyError(
            "returns= takes a type or a JSON Schema: a model, a dataclass, list[...], a union, "
            "a dict"
        )
    try:
        return Typed(returns)
    except Exception as problem:
        from .json_schema import JsonSchema  # noqa: PLC0415  # jsonschema takes 90 ms

        if isinstance(returns, JsonSchema):
            return _described(returns)
        raise PolicyError(f"returns={returns!r} is no type that can be read") from problem


def _described(schema: Any) -> Kind[Any]:
    from .json_schema.described import Described  # noqa: PLC0415  # as above

    return Described(schema)
