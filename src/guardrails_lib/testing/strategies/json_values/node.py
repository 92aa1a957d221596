"""A value of a schema, or a part of one: the ways in which it may be made."""

from __future__ import annotations

import math
from typing import Any, Protocol

from .drawing import Drawing
from .places import Place, Places

__all__ = ["Node", "Option"]


class Option(Protocol):
    """One way in which a value may be made."""

    @property
    def values(self) -> tuple[Any, ...] | None:
        """All that there are, if these are few."""
        ...

    def height(self) -> float:
        """How deep the least deep of its values is; infinite if there is none."""
        ...

    def missing(self) -> Node | str:
        """What there is none of, so that there is no value."""
        ...

    def draw(self, drawing: Drawing, *, spare: bool) -> object:
        """One of its values; the least deep if one should *spare*."""
        ...


class Node:
    """What fits some schemas at once."""

    def __init__(self, places: Places, whole: tuple[Place, ...]) -> None:
        self.whole = whole
        self.height = math.inf
        """How deep the least deep such value is; infinite if there is none."""
        self.options: list[tuple[Option, bool]] = []
        """The ways, the simplest first, and whether what each makes has to be looked at."""
        self.why = ""
        """Why there is no way, if there is none."""
        self._places = places

    @property
    def name(self) -> str:
        """Where it is in the schema."""
        return self.whole[0].name if self.whole else "#"

    def lowered(self) -> bool:
        """Whether it is less deep than was known."""
        height = min((option.height() for option, _ in self.options), default=math.inf)
        is_less = height < self.height
        self.height = min(self.height, height)
        return is_less

    def possible(self, *, spare: bool) -> list[tuple[Option, bool]]:
        """The ways that lead to a value; if one should *spare*, to the least deep."""
        heights = [option.height() for option, _ in self.options]
        most = min(heights, default=math.inf) if spare else math.inf
        ways = zip(self.options, heights, strict=True)
        return [each for each, height in ways if height <= most and height < math.inf]

    @property
    def values(self) -> list[Any] | None:
        """All such values, if these are few."""
        if any(option.values is None for option, _ in self.options):
            return None
        every = [each for option, _ in self.options for each in option.values or ()]
        return [each for each in every if self.fits(each)]

    def fits(self, value: object) -> bool:
        """Whether *value* is one."""
        return self._places.fits(self.whole, value)
