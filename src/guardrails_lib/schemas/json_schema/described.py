"""Values that a JSON Schema describes: dicts, lists, strings, numbers."""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from typing import cast

from ..._schema import Json, Unreadable
from ..growing.shapes import Shape, shape_of_schema
from ..strict import strictly
from .schema import JsonSchema

__all__ = ["Described"]


class Described:
    """What a value is that fits a JSON Schema."""

    def __init__(self, schema: Mapping[str, object] | JsonSchema) -> None:
        self.schema = schema if isinstance(schema, JsonSchema) else JsonSchema(schema)

    def fit(self, text: str, /) -> Json:
        """The value that is written in *text*, which is JSON; `Unreadable` says what is wrong."""
        return self._fitting(strictly(text))

    def take(self, value: object, /) -> Json:
        """The value that a function returned in place of text."""
        try:
            text = json.dumps(value)
        except (TypeError, ValueError) as problem:
            raise TypeError(f"it is no JSON: {type(problem).__name__}") from None
        return self._fitting(strictly(text))

    def tree(self, value: Json, /) -> object:
        """*value*, which is dicts, lists and strings."""
        return value

    @property
    def words(self) -> frozenset[str] | None:
        """The texts that there are of it, if it is a closed set of them."""
        return self.schema.words

    @property
    def is_text(self) -> bool:
        """Whether every value is a text."""
        return self.schema.kinds() == {"string"}

    @property
    def shape(self) -> Shape | None:
        """How it grows, if any of it can be told before its end."""
        return self._shape

    @functools.cached_property
    def _shape(self) -> Shape | None:
        return shape_of_schema(self.schema)

    def _fitting(self, tree: object) -> Json:
        if wrong := self.schema.errors(tree):
            raise Unreadable(*wrong)
        return cast("Json", tree)
