"""Reading the value that is meant out of a reply: find it, repair it if that is wanted, fit it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Generic, NoReturn, Protocol, TypeAlias, TypeVar

from .._schema import Read, Unreadable, Watch, as_json
from .._types import Finding
from .find import Block, answer_in, blocks
from .growing.growing import Growing
from .growing.lead import Led
from .growing.shapes import Shape
from .growing.watched import Watched
from .strict import Malformed, strictly

__all__ = ["Answer", "Kind", "Repair"]

T = TypeVar("T")


_new = tuple.__new__  # a named tuple in half the time that its own constructor takes


class Kind(Protocol[T]):
    """What a value must be."""

    def fit(self, text: str, /) -> T:
        """The value that is written in *text*, which is JSON; `Unreadable` says what is wrong."""
        ...

    def take(self, value: object, /) -> T:
        """The value that a function returned in place of text."""
        ...

    def tree(self, value: T, /) -> object:
        """*value* as dicts, lists and strings."""

    @property
    def words(self) -> frozenset[str] | None:
        """The texts that there are of it, if it is a closed set of them."""

    @property
    def is_text(self) -> bool:
        """Whether every value is a text."""
        ...

    @property
    def shape(self) -> Shape | None:
        """How it grows, if any of it can be told before its end."""


class Answer(Generic[T]):
    """Reads values of one kind out of replies."""

    def __init__(self, kind: Kind[T], *, repair: Repair | None = None) -> None:
        self._kind = kind
        self._repair = repair
        self.take, self.tree = kind.take, kind.tree

    def read(self, reply: str, /) -> Read[T]:
        """The value in *reply*; `Unreadable` if there is none, or nobody can tell which."""
        try:
            return _new(Read, (self._kind.fit(reply), ()))
        except Malformed:
            pass
        answer = reply[answer_in(reply) :].rstrip()
        try:
            return Read(self._kind.fit(self._as_json(answer)))
        except Malformed:
            pass
        found = blocks(reply)
        try:
            return self._one(found, _as_it_is)
        except Malformed:
            if self._repair is None:
                raise
        return self._one(found, self._mended)

    def draft(self, reply: str, /) -> object:
        """The JSON in *reply*, whether it fits or not; None if there is none."""
        try:
            return strictly(reply)
        except Malformed:
            pass
        except Unreadable:
            return None
        try:
            return next((strictly(b.text) for b in blocks(reply) if b.problem is None), None)
        except Unreadable:
            return None

    def growing(self, restored: Callable[[str], str], watch: Watch | None) -> Led | None:
        """What reads a value as it arrives; None if nothing can be told before the end."""
        shape = self._kind.shape
        if shape is None:
            return None

        def begin() -> Growing | Watched:
            growing = Growing(shape, restored=restored)
            return growing if watch is None else Watched(growing, watch)

        return Led(begin, shape.opens, sure=self._repair is None)

    def _as_json(self, answer: str) -> str:
        """*answer*, as JSON if it stands for itself: one of a closed set, or any text."""
        words = self._kind.words
        stands = self._kind.is_text if words is None else answer in words
        return json.dumps(answer) if stands else answer

    def _mended(self, block: Block) -> tuple[str, tuple[Finding, ...]]:
        if self._repair is None or not isinstance(block.problem, Malformed):
            return _as_it_is(block)
        text, findings = self._repair(block.text)
        return text, tuple(map(block.placed, findings))

    def _one(self, found: list[Block], mended: Mend) -> Read[T]:
        """The one value that fits."""
        problem: Unreadable = Malformed("there is no JSON in it")
        fitting: dict[str, Read[T]] = {}
        for block in found:
            try:
                text, findings = (block.text, ()) if block.problem is None else mended(block)
                value = Read(self._kind.fit(text), findings)
                fitting.setdefault(as_json(strictly(text)), value)
            except Unreadable as each:
                if block.leads:
                    raise
                problem = each
        if len(fitting) > 1:
            raise Unreadable("it holds different values that fit: answer with one of them alone")
        for value in fitting.values():
            return value
        raise problem


Repair: TypeAlias = Callable[[str], tuple[str, tuple[Finding, ...]]]
"""What makes JSON of a text that is none, and says what it changed."""
Mend: TypeAlias = Callable[[Block], tuple[str, tuple[Finding, ...]]]


def _as_it_is(block: Block) -> NoReturn:
    assert block.problem is not None
    raise block.problem
