"""What a reply should hold: the type or the schema of it, and values that are read from JSON."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

from ..._schema import Json, Reader, Unreadable, as_json
from ...schemas.json_schema.survey import plain
from ...schemas.reader import reader
from ...schemas.typed import Typed
from ..hypotheses import InvalidArgument, st
from .from_schema import from_schema
from .json_values.plan import Plan
from .json_values.tally import Tally

__all__ = ["Wanted"]


class Wanted:
    """A type or a JSON Schema, as ``guard(..., returns=...)`` takes it."""

    def __init__(self, returns: object) -> None:
        if returns is None or returns is str:
            raise InvalidArgument("every text is a str: give the type or the schema of an answer")
        self.reader: Reader[Any] = reader(returns, repair=False)
        self.name = _name(returns)
        self.schema = self._described(returns)

    def __repr__(self) -> str:
        return self.name

    def _described(self, returns: object) -> Mapping[str, object]:
        if isinstance(returns, Mapping):
            return returns
        try:
            return Typed(returns).schema
        except Exception as problem:  # it is a schema that was made ready, and cannot be read
            raise InvalidArgument("give the dict that the JsonSchema was made of") from problem

    @functools.cached_property
    def kinds(self) -> frozenset[str]:
        """The kinds of values of which there may be one in an answer."""
        return frozenset(Plan(plain(self.schema), {}).kinds)

    def trees(self, values: st.SearchStrategy[object] | None) -> st.SearchStrategy[Json]:
        """Values as JSON has them: those of *values*, or what fits the schema and is read."""
        if values is None and not self.schema:
            raise InvalidArgument(f"{self.name} has no JSON Schema: give values=")
        made = from_schema(self.schema) if values is None else values.map(self.reader.tree)
        return _read(self, made, Tally(f"nothing that can be read as {self.name}"))

    def reads(self, text: str) -> bool:
        """Whether a value can be read from *text* as it is."""
        try:
            self.reader.read(text)
        except Unreadable:
            return False
        return True

    def is_said(self, text: str, tree: object) -> bool:
        """Whether *text* is read as the same value as *tree*."""
        try:
            return bool(self.reader.read(text) == self.reader.read(as_json(tree)))
        except Unreadable:
            return False


def _name(returns: object) -> str:
    if isinstance(returns, Mapping):
        return "the schema"
    return returns.__name__ if isinstance(returns, type) else str(returns)[:_LONGEST]


_LONGEST = 80
_TRIES = 3
"""Many a type says less in its schema than it wants: a Decimal, that it is a string."""


@st.composite
def _read(draw: st.DrawFn, wanted: Wanted, made: st.SearchStrategy[Any], tally: Tally) -> Any:
    why = ""
    for _ in range(_TRIES):
        tree = draw(made)
        try:
            wanted.reader.read(as_json(tree))
        except Unreadable as problem:
            why = f"of the last, {problem} - give values= that are known to fit"
        else:
            tally.keep()
            return tree
    return tally.refuse(why)
