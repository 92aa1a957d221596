"""Reading a value out of a reply."""

from __future__ import annotations

import enum
import json
from collections.abc import Callable, Iterable
from typing import Final, Generic, NamedTuple, Protocol, TypeAlias, TypeVar

from ._types import Finding
from ._values import code

__all__ = [
    "MISSING",
    "MOST_TOLD",
    "TEXT",
    "Growing",
    "Json",
    "Missing",
    "Read",
    "Reader",
    "Unreadable",
    "Watch",
    "Wrong",
    "as_json",
]

T = TypeVar("T")
Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"
"""What is read from a reply by a JSON Schema."""


_MOST = 5
MOST_TOLD = 20
"""So many things that do not fit are kept of one reply; there may be more."""
_LONGEST = 200


def _told(wrong: Iterable[tuple[str, str]]) -> str:
    lines = [f"{place}: {message}" for place, message in wrong]
    least = "at least " if len(lines) >= MOST_TOLD else ""
    more = [f"and {least}{len(lines) - _MOST} more"] if len(lines) > _MOST else []
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

    def __repr__(self) -> str:
        return code(self)

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

    def curtly(self) -> Unreadable:
        """The same without what validators of the application say."""
        return Unreadable(
            *(each._replace(message=each.curt or each.message) for each in self.wrong)
        )


class Read(NamedTuple, Generic[T]):
    """A value that was read."""

    value: T
    findings: tuple[Finding, ...] = ()
    """What had to be repaired to read it."""


class Missing(enum.Enum):
    """The type of `MISSING`."""

    MISSING = "missing"

    def __repr__(self) -> str:
        return "MISSING"


MISSING: Final = Missing.MISSING
"""In place of a value of which nothing can be shown yet."""


class Growing(Protocol):
    """A value that is read while its text arrives."""

    @property
    def problem(self) -> Unreadable | None:
        """Why a part that has arrived does not fit."""

    @property
    def broken(self) -> bool:
        """Whether it has turned out to be no JSON."""
        ...

    @property
    def paused(self) -> str | None:
        """What a string says that somebody must look at before it is shown."""

    def resume(self, text: str, /) -> bool:
        """Go on with *text* for that string; False if some of it was shown otherwise."""
        ...

    def feed(self, text: str, /) -> int | None:
        """Take more of the text; where in it the first part is complete that does not fit."""

    def value(self) -> object:
        """What there is of the value; `MISSING` if nothing can be shown."""


class Watch(NamedTuple):
    """What a value waits for before it is shown."""

    unfinished: Callable[[str], int]
    """How many characters at the end of a text may become a placeholder."""
    escapes: bool
    """Whether a string is shown that is not written as what it says, before it was looked at."""


class Reader(Protocol[T]):
    """What reads a `T` from a reply, and writes one as text so that rules can look at it."""

    def read(self, text: str, /) -> Read[T]:
        """The value in *text*; `Unreadable` if there is none."""
        ...

    def take(self, value: object, /) -> T:
        """The value that a function returned in place of text."""
        ...

    def tree(self, value: T, /) -> object:
        """*value* as dicts, lists and strings."""

    def draft(self, text: str, /) -> object:
        """The JSON in *text*, whether it fits or not; None if there is none."""

    def growing(self, restored: Callable[[str], str], watch: Watch | None) -> Growing | None:
        """What reads a value as it arrives, its JSON *restored* part by part.

        None if nothing can be told before the end.
        """


class _Text:
    def read(self, text: str, /) -> Read[str]:
        return Read(text)

    def take(self, value: object, /) -> str:
        raise TypeError("give guard(..., returns=...) the type, or return text")

    def tree(self, value: str, /) -> object:
        return value

    def draft(self, text: str, /) -> None:
        return None

    def growing(self, restored: Callable[[str], str], watch: Watch | None) -> None:
        return None

    def __repr__(self) -> str:
        return "TEXT"


TEXT: Reader[str] = _Text()


def as_json(tree: object) -> str:
    """*tree* as the text that rules look at, with no character escaped that need not be."""
    return json.dumps(tree, ensure_ascii=False, separators=(",", ":"), default=str)
