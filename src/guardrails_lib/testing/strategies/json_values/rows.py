"""Arrays: what each item is, what must be among them, and how many there are."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from .drawing import Drawing, Refused
from .told_apart import is_among

if TYPE_CHECKING:
    from .node import Node
    from .places import Place
    from .plan import Plan
    from .shape import Shape

__all__ = ["Row"]

_TRIES = 6


class _Wanted(NamedTuple):
    """What must be among the items."""

    least: int
    nodes: tuple[Node, ...]
    """What it is at each of the first places, and last what it is behind them."""

    def at(self, index: int) -> Node:
        return self.nodes[min(index, len(self.nodes) - 1)]


class Row:
    """Arrays of one shape."""

    values = None

    def __init__(self, plan: Plan, shape: Shape) -> None:
        self._plan = plan
        self._shape = shape
        places = plan.places
        said = [places.said(each) for each in shape.rows]
        self._first = max((len(each.get("prefixItems", ())) for each in said), default=0)
        apart = [
            places.against(places.within(place, "contains"))
            for place, each in zip(shape.rows, said, strict=True)
            if "contains" in each and "maxContains" in each
        ]
        self._nodes = [
            plan.node((*self._at(index, is_found=False), *apart))
            for index in range(self._first + 1)
        ]
        self._wanted = [
            _Wanted(
                int(each.get("minContains", 1)),
                tuple(
                    plan.node((*self._at(index, is_found=True), places.within(place, "contains")))
                    for index in range(self._first + 1)
                ),
            )
            for place, each in zip(shape.rows, said, strict=True)
            if "contains" in each and each.get("minContains", 1) > 0
        ]

    def _at(self, index: int, *, is_found: bool) -> Iterator[Place]:
        """What an item must fit; what `contains` has found is evaluated by that."""
        places = self._plan.places
        is_evaluated = is_found
        rest: list[Place] = []
        for place in self._shape.rows:
            said = places.said(place)
            if index < len(said.get("prefixItems", ())):
                yield places.within(place, "prefixItems", index)
                is_evaluated = True
            elif "items" in said:
                yield places.within(place, "items")
                is_evaluated = True
            if "unevaluatedItems" in said:
                rest.append(places.within(place, "unevaluatedItems"))
        if not is_evaluated:
            yield from rest

    def _node(self, index: int) -> Node:
        """What an item is there; if there may be none but what is looked for, one of that."""
        node = self._nodes[min(index, self._first)]
        found = (each.at(index) for each in self._wanted)
        if node.height < math.inf:
            return node
        return next((each for each in found if each.height < math.inf), node)

    def height(self) -> float:
        """One more than the highest item that must be there."""
        placed = self._placed()
        if placed is None:
            return math.inf
        fewest = max([self._shape.length.least, *(index + 1 for index in placed)])
        if not self._shape.length.room(fewest - 1):
            return math.inf
        shown = range(min(fewest, self._first + len(placed) + 1))  # those behind are like the last
        needed = [self._node(index).height for index in shown if index not in placed]
        return 1 + max([*needed, *(each.height for each in placed.values())], default=0)

    def _placed(self) -> dict[int, Node] | None:
        """Where what must be among the items is; None if there is no place for it."""
        placed: dict[int, Node] = {}
        for wanted in self._wanted:
            for _ in range(wanted.least):
                free = (n for n in range(self._first + len(placed) + 1) if n not in placed)
                index = next((n for n in free if wanted.at(n).height < math.inf), None)
                if index is None:
                    return None
                placed[index] = wanted.at(index)
        return placed

    def missing(self) -> Node | str:
        """An item that there cannot be."""
        for index in range(min(self._shape.length.least, self._first + 1)):
            if self._node(index).height == math.inf:
                return self._node(index)
        for wanted in self._wanted:
            if all(each.height == math.inf for each in wanted.nodes):
                return wanted.nodes[-1]
        return "there is no room for all items that must be there"

    def draw(self, drawing: Drawing, *, spare: bool) -> object:
        """One of them."""
        placed = self._placed() or {}
        fewest = max([self._shape.length.least, *(index + 1 for index in placed)])
        items: list[Any] = []
        while self._shape.length.room(len(items)):
            node = placed.get(len(items), self._node(len(items)))
            if len(items) >= fewest and (spare or node.height == math.inf or not drawing.more()):
                break
            if not self._added(items, node, drawing, spare=spare):
                if len(items) < fewest:
                    raise Refused(node.name)
                break
        return items

    def _added(self, items: list[Any], node: Node, drawing: Drawing, *, spare: bool) -> bool:
        if not self._shape.unique:
            items.append(drawing.part(node, spare=spare))
            return True
        values = node.values
        if values is not None:
            left = [each for each in values if not is_among(each, items)]
            items += [drawing.of(left)] if left else []
            return bool(left)
        for _ in range(_TRIES):
            value = drawing.part(node, spare=spare)
            if not is_among(value, items):
                items.append(value)
                return True
        return False
