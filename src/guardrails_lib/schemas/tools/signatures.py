"""What a Python function or a class takes, by its signature or its fields."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from ..._schema import Wrong, as_json
from ..typed import Typed, wrongs

__all__ = ["Fields", "Signature"]

_UNNAMED = {inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD}


class Signature:
    """The arguments of a function. Their types are strict: ``"5"`` is no int."""

    def __init__(self, fn: Callable[..., Any]) -> None:
        bound = fn.keywords if isinstance(fn, functools.partial) else {}
        signature = inspect.signature(fn, eval_str=True)
        self._types: dict[str, Typed[Any]] = {}
        self._needed: list[str] = []
        self._others: Typed[Any] | None = None
        for name, each in signature.parameters.items():
            typed: Typed[Any] = Typed(Any if each.annotation is each.empty else each.annotation)
            if each.kind not in _UNNAMED and name not in bound:
                self._types[name] = typed
                if each.default is each.empty:
                    self._needed.append(name)
            elif each.kind is each.VAR_KEYWORD:
                self._others = typed
        self.names = tuple(self._types)

    def errors(self, arguments: Mapping[str, object]) -> Iterator[Wrong]:
        """What does not fit in *arguments*; those that it does not take aside."""
        yield from (
            Wrong((name,), "it is missing") for name in self._needed if name not in arguments
        )
        for name, value in arguments.items():
            typed = self._types.get(name)
            if typed is not None:
                yield from _unfit(typed, value, name)
            elif self._others is not None:
                yield from _unfit(self._others, value, "(...)")

    def unknown(self, arguments: Mapping[str, object]) -> int:
        """How many of *arguments* it does not take."""
        return 0 if self._others else sum(name not in self._types for name in arguments)


class Fields:
    """The fields of a pydantic model, which is strict here even where it is not by itself."""

    def __init__(self, model: type) -> None:
        self._typed: Typed[Any] = Typed(model)
        schema = self._typed.schema
        if not schema:
            raise TypeError("a model that has no JSON Schema")
        if (ref := schema.get("$ref")) is not None:  # one that holds itself
            schema = schema["$defs"][ref.removeprefix("#/$defs/")]
        self._says_it_all = "properties" not in schema or "additionalProperties" in schema
        self.names = tuple(schema.get("properties", ()))

    def errors(self, arguments: Mapping[str, object]) -> Iterator[Wrong]:
        """What does not fit in *arguments*."""
        return _unfit(self._typed, arguments)

    def unknown(self, arguments: Mapping[str, object]) -> int:
        """How many of *arguments* are no fields, where the model only leaves them out."""
        return 0 if self._says_it_all else sum(name not in self.names for name in arguments)


def _unfit(typed: Typed[Any], value: object, *path: str) -> Iterator[Wrong]:
    text = as_json(value)
    try:
        typed.adapter.validate_json(text, strict=True)
    except Exception as problem:  # validators of the application raise what they like
        for each in wrongs(problem, text, typed.own_words):
            yield each._replace(path=(*path, *each.path))
