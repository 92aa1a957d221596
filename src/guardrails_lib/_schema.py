"""Reading a value out of a reply."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Generic, Protocol, TypeVar

from ._tree import keys, strings

__all__ = ["TEXT", "Reader", "Typed", "Unreadable"]

T = TypeVar("T")


class Unreadable(ValueError):
    """The reply does not hold what it should. The message is for the model.

    *curt* is the message without what validators of the application say: they may quote
    a part of what they saw.
    """

    def __init__(self, message: str, curt: str = "") -> None:
        super().__init__(message)
        self.curt = curt or message


class Reader(Protocol[T]):
    """What reads a `T` from a reply, and writes one as text so that rules can look at it."""

    def read(self, text: str, /) -> T:
        """The value in *text*; `Unreadable` if there is none."""
        ...

    def take(self, value: object, /) -> T:
        """The value that a function returned in place of text."""
        ...

    def tree(self, value: T, /) -> object:
        """*value* as dicts, lists and strings."""


class _Text:
    def read(self, text: str, /) -> str:
        return text

    def take(self, value: object, /) -> str:
        raise TypeError("give guard(..., returns=...) the type, or return text")

    def tree(self, value: str, /) -> object:
        return value

    def __repr__(self) -> str:
        return "TEXT"


TEXT: Reader[str] = _Text()


class Typed(Generic[T]):
    """Reads what pydantic can validate: models, dataclasses, unions, lists of them."""

    def __init__(self, returns: Any) -> None:
        import pydantic  # noqa: PLC0415  # it takes 50 ms, and text needs none of it

        self._adapter: Any = pydantic.TypeAdapter(returns)

    def read(self, text: str, /) -> T:
        try:
            return self._adapter.validate_json(text)  # type: ignore[no-any-return]  # it is a T
        except Exception as problem:
            raise self._unreadable(problem, text) from None

    def take(self, value: object, /) -> T:
        try:
            return self._adapter.validate_python(value)  # type: ignore[no-any-return]  # it is a T
        except Exception as problem:
            if isinstance(value, dict | list):
                raise self._unreadable(problem, as_json(value)) from None
            raise TypeError("that is not what returns= says") from None

    def tree(self, value: T, /) -> object:
        try:
            return self._adapter.dump_python(
                value, mode="json", by_alias=True, warnings=False, fallback=str
            )
        except Exception as problem:
            raise TypeError(f"it cannot be written as JSON: {type(problem).__name__}") from None

    def _unreadable(self, problem: Exception, text: str) -> Unreadable:
        """What is wrong and where, with nothing of the reply in it but the schema's own words."""
        errors: Any = getattr(problem, "errors", None)
        if not callable(errors):
            return Unreadable(f"it could not be read ({type(problem).__name__})")
        wrong: Any = errors(include_url=False, include_input=False, include_context=False)
        words = sorted(_words(text) - self._own_words(), key=len, reverse=True)
        curt = [{**each, "msg": _CURT.get(each["type"], each["msg"])} for each in wrong]
        return Unreadable(_explained(wrong, words), _explained(curt, words))

    def _own_words(self) -> set[str]:
        try:
            schema = self._adapter.json_schema()
        except Exception:  # a type may have none
            return set()
        return {text for _, text in strings(schema)} | set(keys(schema))


_MOST = 5
_LONG = 3
_CURT = {"value_error": "Value error", "assertion_error": "Assertion failed"}


def _explained(wrong: Sequence[Mapping[str, Any]], words: Iterable[str]) -> str:
    lines = [f"{'.'.join(map(str, each['loc'])) or 'the reply'}: {each['msg']}" for each in wrong]
    more = [f"and {len(lines) - _MOST} more"] if len(lines) > _MOST else []
    explained = "; ".join(lines[:_MOST] + more)
    for word in words:
        explained = explained.replace(word, "(...)")
    return explained


def _words(text: str) -> set[str]:
    """The strings and keys of a reply, but for the shortest."""
    try:
        tree = json.loads(text)
    except (ValueError, RecursionError):
        return set()
    words = {word for _, word in strings(tree)} | set(keys(tree))
    return {word for word in words if len(word) > _LONG}


def as_json(tree: object) -> str:
    """*tree* as the text that rules look at, with no character escaped that need not be."""
    return json.dumps(tree, ensure_ascii=False, separators=(",", ":"), default=str)
