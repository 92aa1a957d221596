"""How a value of some type grows while its JSON arrives, and what reads each part that closes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Protocol, TypeAlias

from ..._schema import MISSING, Unreadable
from ..strict import strictly

if TYPE_CHECKING:
    from ..json_schema import JsonSchema

__all__ = ["NOTHING", "Inside", "Part", "Shape", "shape_of_schema"]

Step: TypeAlias = str | int


class Parts(Protocol):
    """What is known of the parts of a value, by JSON key or by place."""

    def get(self, step: Step, rest: Part, /) -> Part:
        """The part at *step*; *rest* if nothing is known of it."""
        ...


@dataclass(frozen=True, eq=False, slots=True)
class Shape:
    """How a value grows. It holds nothing of any reply, and can be shared."""

    read: Callable[[str], object]
    """The value of a closed text; `Unreadable` if it does not fit, MISSING if nobody can tell."""
    text: bool = False
    """An open string can be shown: what it will be begins with what is there."""
    plain: bool = False
    """A string need not be read: any fits, and is what it says."""
    integer: Callable[[str], object] | None = None
    """What reads a whole number, if any fits."""
    inside: Inside | None = None
    """How what is between its brackets grows; None if that is not looked at."""

    @property
    def opens(self) -> str:
        """The bracket behind which it grows; none if it does not."""
        return self.inside.opens if self.inside else ""


@dataclass(frozen=True, eq=False, slots=True)
class Inside:
    """How an object or an array grows, part by part."""

    opens: Literal["{", "["]
    parts: Parts
    rest: Part
    """What is at the steps of which `parts` knows nothing."""
    shown: Callable[[Any], object] | None = None
    """An open one, of a dict or list of what is there, which it may keep; None if it is hidden."""
    whole: Callable[[Any], object] | None = None
    """A closed one, of what is there, which is all; None if it is read again as a whole."""


class Part(NamedTuple):
    """What stands at one step of a value."""

    shape: Shape
    name: str | None = None
    """What it is held as; None if that is the key itself, of which the type knows nothing."""
    sure: bool = True
    """What does not fit here fits nowhere. Else another key may stand in place of this one."""
    refused: str = ""
    """Why there must be nothing here."""


def _unread(_: str) -> object:
    return MISSING


NOTHING = Shape(_unread)
"""Of which nothing is known before the end."""


class _SchemaParts:
    """The parts of a JSON Schema, each found when it is first met."""

    def __init__(self, schema: JsonSchema) -> None:
        self._schema = schema
        self._known: dict[Step, Part] = {}

    def get(self, step: Step, rest: Part, /) -> Part:
        part = self._known.get(step)
        if part is None:
            inner = self._schema.within(step)
            part = rest if inner is None else Part(_grown(inner), self._name(step))
            if len(self._known) < _MOST_KNOWN:
                self._known[step] = part
        return part

    def _name(self, step: Step) -> str | None:
        """The key, if the schema speaks of it: no other is said."""
        names = self._schema.names
        return step if isinstance(step, str) and step in names else None


_MOST_KNOWN = 1_000
"""Keys of a reply are without bound; those of a schema that matters are not."""


def shape_of_schema(schema: JsonSchema) -> Shape | None:
    """How a value of *schema* grows; None if it is no object and no array, or either."""
    shape = _grown(schema)
    return shape if shape.inside else None


def _grown(schema: JsonSchema) -> Shape:
    def whole(tree: object) -> object:
        if wrong := schema.errors(tree):
            raise Unreadable(*wrong)
        return tree

    def read(text: str) -> object:
        return whole(strictly(text))

    kinds = schema.kinds() - {"null"}
    if kinds == {"object"}:
        return Shape(read, inside=Inside("{", _SchemaParts(schema), _REST, dict, whole))
    if kinds == {"array"}:
        return Shape(read, inside=Inside("[", _SchemaParts(schema), _REST, list, whole))
    return Shape(read, text=kinds == {"string"})


_REST = Part(Shape(strictly))
"""What is shown as it is once it has closed."""
