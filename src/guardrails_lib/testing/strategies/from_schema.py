"""Values of JSON that fit a schema."""

from __future__ import annotations

from collections.abc import Mapping
from math import inf
from types import MappingProxyType
from typing import cast

from ..._schema import Json
from ...schemas.json_schema import JsonSchema
from ...schemas.json_schema.survey import plain
from ..hypotheses import FailedHealthCheck, InvalidArgument, reject, st
from .json_values.drawing import Drawing, Refused, Spent
from .json_values.plan import Plan

__all__ = ["from_schema"]

_EMPTY: Mapping[str, Mapping[str, object] | bool] = MappingProxyType({})
_TRIES = 40
"""So many values that do not fit are made before one says that there is none."""


def from_schema(
    schema: Mapping[str, object] | bool, *, registry: Mapping[str, object] = _EMPTY
) -> st.SearchStrategy[Json]:
    """The values that fit a JSON Schema of any draft, each held against it before it is given.

    What the schema refers to is in it or in *registry*, as for ``returns=``. A value is as deep
    as it must be and not much deeper, where a schema refers to itself. What nothing fits is an
    `InvalidArgument` that names the place; what is no schema is a `PolicyError`.

    >>> from hypothesis import find
    >>> find(from_schema({"type": "array", "items": {"const": 3}}), lambda made: len(made) > 1)
    [3, 3]
    """
    known = JsonSchema(schema, registry=registry)
    plan = Plan(plain(schema), {uri: plain(each) for uri, each in registry.items()})
    if plan.root.height == inf:
        raise InvalidArgument(f"nothing fits the schema: {plan.missing()}")
    tally = _Tally()

    @st.composite
    def values(draw: st.DrawFn) -> Json:
        try:
            value = cast("Json", Drawing(draw).part(plan.root, spare=False))
        except (Refused, Spent) as problem:
            tally.refuse(f"the last part that did not is at {problem}")
        else:
            if not (wrong := known.errors(value)):
                tally.has_one = True
                return value
            tally.refuse(f"of the last, {wrong[0].place}: {wrong[0].message}")
        return reject()

    return values()


class _Tally:
    """Whether anything was made that fits."""

    def __init__(self) -> None:
        self.has_one = False
        self._refused = 0

    def refuse(self, why: str) -> None:
        """Count what does not fit; stop if after many none did."""
        self._refused += 1
        if self._refused >= _TRIES and not self.has_one:
            raise FailedHealthCheck(
                f"in {_TRIES} tries nothing was made that fits the schema; {why}"
            )
