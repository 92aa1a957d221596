"""Reading a value out of a reply."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from ._tree import keys, strings

__all__ = ["TEXT", "Reader", "Typed", "Unreadable", "Wrong", "as_json"]

T = TypeVar("T")


_MOST = 5
_LONGEST = 200


def _told(wrong: Iterable[tuple[str, str]]) -> str:
    lines = [f"{place}: {message}" for place, message in wrong]
    more = [f"and {len(lines) - _MOST} more"] if len(lines) > _MOST else []
    cut = (each if len(each) <= _LONGEST else each[:_LONGEST] + "..." for each in lines[:_MOST])
    return "; ".join([*cut, *more])


class Wrong(NamedTuple):
    """One thing that does not fit: where, what is there, and what may be.

    It quotes nothing of the reply: a key in *path* may be the reply's, and is left out of
    what is said unless the schema knows it.
    """

    path: tuple[str | int, ...]
    message: str
    curt: str = ""
    """The message without what validators of the application say: they may quote what they saw."""

    @property
    def place(self) -> str:
        """The path as it is told: ``lines[3].price``."""
        steps = (f"[{each}]" if isinstance(each, int) else f".{each}" for each in self.path)
        return "".join(steps).removeprefix(".") or "the reply"


class Unreadable(ValueError):
    """The reply does not hold what it should. The message is for the model."""

    def __init__(self, *wrong: Wrong | str) -> None:
        self.wrong = tuple(Wrong((), each) if isinstance(each, str) else each for each in wrong)
        super().__init__(_told((each.place, each.message) for each in self.wrong))

    @property
    def curt(self) -> str:
        """The message without what validators of the application say."""
        return _told((each.place, each.curt or each.message) for each in self.wrong)


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
        return Unreadable(*(_wrong(each, words) for each in wrong))

    def _own_words(self) -> set[str]:
        try:
            schema = self._adapter.json_schema()
        except Exception:  # a type may have none
            return set()
        return {text for _, text in strings(schema)} | set(keys(schema))


_LONG = 3
_CURT = {"value_error": "Value error", "assertion_error": "Assertion failed"}


def _wrong(error: Mapping[str, Any], words: Sequence[str]) -> Wrong:
    path = tuple(_unsaid(each, words) if isinstance(each, str) else each for each in error["loc"])
    curt = _CURT.get(error["type"], "")
    return Wrong(path, _unsaid(error["msg"], words), curt)


def _unsaid(text: str, words: Iterable[str]) -> str:
    for word in words:
        text = text.replace(word, "(...)")
    return text


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
