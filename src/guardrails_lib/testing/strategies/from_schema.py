"""Values of JSON that fit a schema."""

from __future__ import annotations

from collections.abc import Mapping
from math import inf
from types import MappingProxyType
from typing import cast

from ..._schema import Json
from ...schemas.json_schema import JsonSchema
from ...schemas.json_schema.survey import plain
from ..hypotheses import InvalidArgument, st
from .json_values.drawing import Drawing, Refused, Spent
from .json_values.plan import Plan
from .json_values.tally import Tally

__all__ = ["from_schema"]

_EMPTY: Mapping[str, Mapping[str, object] | bool] = MappingProxyType({})


def from_schema(
    schema: Mapping[str, object] | bool, *, registry: Mapping[str, object] = _EMPTY
) -> st.SearchStrategy[Json]:
    """The values that fit a JSON Schema of any draft, each held against it before it is given.

    What the schema refers to is in it or in *registry*, as for ``returns=``. A value is as deep
    as it must be and not much deeper, where a schema refers to itself. What nothing fits is an
    `InvalidArgument` that names the place; what is no schema is a `PolicyError`. Where that is
    not known before (two patterns that no text is like), the test ends with what did not fit.

    >>> from hypothesis import find
    >>> find(from_schema({"type": "array", "items": {"const": 3}}), lambda made: len(made) > 1)
    [3, 3]
    """
    return _value(_Fitting(schema, registry))


class _Fitting:
    """What fits a schema, and how it is made."""

    def __init__(self, schema: Mapping[str, object] | bool, registry: Mapping[str, object]) -> None:
        self.known = JsonSchema(schema, registry=registry)
        others = {uri: plain(each) for uri, each in registry.items()}
        self.plan = Plan(plain(schema), others)
        self.tally = Tally("nothing that fits the schema")
        if self.plan.root.height == inf:
            raise InvalidArgument(f"nothing fits the schema: {self.plan.missing()}")

    def __repr__(self) -> str:
        return repr(self.known)


@st.composite
def _value(draw: st.DrawFn, of: _Fitting) -> Json:
    try:
        value = cast("Json", Drawing(draw).part(of.plan.root, spare=False))
    except (Refused, Spent) as problem:
        of.tally.refuse(f"the last part that did not fit is at {problem}")
    if wrong := of.known.errors(value):
        of.tally.refuse(f"of the last, {wrong[0].place}: {wrong[0].message}")
    of.tally.keep()
    return value
