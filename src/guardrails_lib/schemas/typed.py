"""Values of a type that pydantic can validate: models, dataclasses, unions, lists of them."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import is_dataclass
from enum import Enum
from types import UnionType
from typing import Any, Generic, TypeVar, Union, cast, get_args, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError

from .._schema import MOST_TOLD, Unreadable, Wrong, as_json
from .._tree import keys, strings
from .growing.growing import Growing
from .growing.kept_keys import kept_keys
from .growing.model_shapes import shape_of
from .growing.shapes import Shape
from .strict import is_single, strictly

__all__ = ["Typed", "closed_set", "wrongs"]

T = TypeVar("T")


class Typed(Generic[T]):
    """What a value of a type is, and how one is read from JSON."""

    def __init__(self, returns: Any) -> None:
        self.adapter: TypeAdapter[T] = TypeAdapter(returns)
        self._validate = self.adapter.validate_json
        self._returns = returns
        self._kept = kept_keys(self.adapter.core_schema)

    def fit(self, text: str, /) -> T:
        """The value that is written in *text*, which is JSON; `Unreadable` says what is wrong."""
        if len(text) > _LARGE and (problem := self._misfit_at_once(text)):
            raise problem
        try:
            value = self._validate(text)
        except Exception as problem:  # validators of the application raise what they like
            strictly(text)
            raise Unreadable(*self._told(problem, text)) from None
        if self._kept is None or not is_single(text, self._kept(value)):
            strictly(text)  # keys that the type ignores are not counted, and may be no duplicates
        return value

    def take(self, value: object, /) -> T:
        """The value that a function returned in place of text; an instance is taken as it is."""
        if _is_one(value, self._returns):
            return cast("T", value)
        try:
            return self.adapter.validate_python(value)
        except Exception as problem:
            if isinstance(value, dict | list):
                raise Unreadable(*self._told(problem, as_json(value))) from None
            raise TypeError("that is not what returns= says") from None

    def tree(self, value: T, /) -> object:
        """*value* as dicts, lists and strings."""
        try:
            return self.adapter.dump_python(
                value, mode="json", by_alias=True, warnings=False, fallback=str
            )
        except Exception as problem:
            raise TypeError(f"it cannot be written as JSON: {type(problem).__name__}") from None

    def _told(self, problem: Exception, text: str) -> list[Wrong]:
        return wrongs(problem, text, self.own_words)

    def _misfit_at_once(self, text: str) -> Unreadable | None:
        """What does not fit where a long *text* begins: pydantic would keep all that follow."""
        if self.shape is None:
            return None
        growing = Growing(self.shape)
        growing.feed(text[:_BEGINNING])
        return growing.problem

    @property
    def words(self) -> frozenset[str] | None:
        """The texts that there are of the type, if it is a closed set of them."""
        return closed_set(self.schema)

    @property
    def is_text(self) -> bool:
        """Whether every value is a text."""
        return self.schema.get("type") == "string"

    @property
    def shape(self) -> Shape | None:
        """How it grows, if any of it can be told before its end."""
        return self._shape

    @functools.cached_property
    def _shape(self) -> Shape | None:
        return shape_of(self.adapter.core_schema, self._told)

    @functools.cached_property
    def own_words(self) -> frozenset[str]:
        """The words of the type itself, which may be said of any reply."""
        return frozenset({text for _, text in strings(self.schema)} | set(keys(self.schema)))

    @functools.cached_property
    def schema(self) -> Mapping[str, Any]:
        """The type as JSON Schema has it; empty where it cannot."""
        try:
            return self.adapter.json_schema()
        except Exception:  # a type may have none
            return {}


def _is_one(value: object, returns: Any) -> bool:
    """Whether *value* is made of instances: validators that run after others would run again."""
    arguments = get_args(returns)
    if get_origin(returns) is list:
        return isinstance(value, list) and all(_is_one(each, arguments[0]) for each in value)
    if get_origin(returns) in {Union, UnionType}:
        return any(_is_one(value, each) for each in arguments)
    made = isinstance(returns, type) and (
        is_dataclass(returns) or issubclass(returns, BaseModel | Enum)
    )
    return made and isinstance(value, returns)


def closed_set(schema: object, defs: Mapping[str, object] | None = None) -> frozenset[str] | None:
    """The texts that *schema* allows, if it is nothing but a list of them.

    >>> sorted(closed_set({"enum": ["yes", "no"]}))
    ['no', 'yes']
    """
    if not isinstance(schema, Mapping):
        return None
    defs = schema.get("$defs", {}) if defs is None else defs
    listed = schema.get("enum", [schema["const"]] if "const" in schema else None)
    if isinstance(listed, list):
        return frozenset(listed) if all(isinstance(each, str) for each in listed) else None
    if isinstance(ref := schema.get("$ref"), str):
        name = ref.removeprefix("#/$defs/")
        return closed_set(defs.get(name), {k: v for k, v in defs.items() if k != name})
    sets = [closed_set(each, defs) for each in schema.get("anyOf") or schema.get("oneOf") or ()]
    found = [each for each in sets if each is not None]
    return frozenset().union(*found) if found and len(found) == len(sets) else None


def wrongs(problem: Exception, text: str, own_words: Iterable[str]) -> list[Wrong]:
    """What *problem* says is wrong in a JSON *text*, without any word of it but *own_words*."""
    if not isinstance(problem, ValidationError):
        return [Wrong((), f"it could not be read ({type(problem).__name__})")]
    if problem.error_count() > _MOST:
        return [Wrong((), f"{problem.error_count():,} things do not fit")]
    errors: Sequence[Any] = problem.errors(include_url=False, include_context=False)
    words: Sequence[str] | None = None
    if len(text) <= _LARGE:
        words = sorted(_words(text) - set(own_words), key=len, reverse=True)
    return [_wrong(each, words) for each in errors[:MOST_TOLD]]


_LARGE = 2**20
"""Of a text of more characters the words are not gathered, to be left out of what is said."""
_BEGINNING = 2**17
_MOST = 1_000
"""More things that do not fit are only counted."""
_LONG = 3
_LONGEST = 160
_CURT = {"value_error": "Value error", "assertion_error": "Assertion failed"}
_SAYS_ALL = {*_CURT, "missing", "extra_forbidden"}
_FOUND = {str: "text", bool: "a boolean", int: "a number", float: "a number", list: "a list"}


def _wrong(error: Mapping[str, Any], words: Sequence[str] | None) -> Wrong:
    """One error, in which none of *words* is said; nothing of the text, if they are not known."""
    curt = _CURT.get(error["type"], "")
    if words is None:
        path = tuple("(...)" if isinstance(each, str) else each for each in error["loc"])
        return Wrong(path, curt or f"it does not fit ({error['type']})")
    path = tuple(_unsaid(each, words) if isinstance(each, str) else each for each in error["loc"])
    message = _unsaid(error["msg"], words)
    if len(message) > _LONGEST:
        message = message[:_LONGEST] + "..."
    if error["type"] not in _SAYS_ALL:
        given = error["input"]
        message += f" (found {'null' if given is None else _FOUND.get(type(given), 'an object')})"
    return Wrong(path, message, curt)


def _unsaid(text: str, words: Iterable[str]) -> str:
    for word in words:
        text = text.replace(word, "(...)")
    return text


def _words(text: str) -> set[str]:
    """The strings and keys of a reply, but for the shortest."""
    try:
        tree = strictly(text)
    except Unreadable:
        return set()
    words = {word for _, word in strings(tree)} | set(keys(tree))
    return {word for word in words if len(word) > _LONG}
