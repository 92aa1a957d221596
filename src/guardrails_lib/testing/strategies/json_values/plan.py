"""All that a value and its parts may be, found from a schema before anything is drawn."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from typing import Any

from ...hypotheses import st
from .branches import Branches
from .leaves import Leaf
from .members import Members
from .node import Node, Option
from .places import Key, Place, Places
from .rows import Row
from .shape import KINDS, Shape, kinds_in

__all__ = ["Plan"]

_MOST = 3_000
"""So many different parts are looked at; more are taken for impossible."""
_OFTEN = 4
"""So often what is meant stands among the ways, against what is only not forbidden."""


class Plan:
    """The values of a schema."""

    def __init__(self, schema: Mapping[str, object] | bool, others: Mapping[str, Any]) -> None:
        self.places = Places(schema, others)
        self.kinds: set[str] = set()
        """Those that a value or a part of one may be of."""
        self._nodes: dict[frozenset[Key], Node] = {}
        self._waiting: deque[Node] = deque()
        self.root = self.node([self.places.root])
        while self._waiting and len(self._nodes) < _MOST:
            self._find_options(self._waiting.popleft())
        found = list(self._nodes.values())
        while sum(each.lowered() for each in reversed(found)):
            pass

    def node(self, whole: Iterable[Place]) -> Node:
        """What fits all of *whole*."""
        unlike = {each.key: each for each in whole}
        key = frozenset(unlike)
        if key not in self._nodes:
            self._nodes[key] = Node(self.places, tuple(unlike.values()))
            self._waiting.append(self._nodes[key])
        return self._nodes[key]

    def known(self, whole: Iterable[Place]) -> Node | None:
        """The same, if it was planned."""
        return self._nodes.get(frozenset(each.key for each in whole))

    def names(self, whole: list[Place]) -> Node:
        """The strings among what fits all of *whole*."""
        return self.node([*whole, self.places.made(whole[0], {"type": "string"}, "string")])

    def missing(self) -> str:
        """Why there is no value: the place where nothing fits, and what is said there."""
        node, seen = self.root, set[Node]()
        while node not in seen:
            seen.add(node)
            if not node.options:
                return node.why
            what = node.options[0][0].missing()
            if isinstance(what, str):
                return f"{node.name}: {what}"
            node = what
        return f"{node.name}: a value would hold itself without end"

    def _find_options(self, node: Node) -> None:
        branches = Branches(self.places, node.whole)
        node.why = branches.why or f"{node.name}: too many ways were tried, and none is possible"
        found: list[tuple[int, Option, bool]] = []
        for shape in branches.shapes:
            for kind in shape.kinds if shape.values is None else ():
                is_meant = kind in shape.meant
                order = KINDS.index(kind) + (0 if is_meant else len(KINDS))
                often = _OFTEN if is_meant and len(shape.kinds) > 1 else 1
                if kind not in _FEW:
                    found += [(order, self._option(kind, shape), shape.unsure)] * often
                    self.kinds.add(kind)
            values = self._listed(node, shape)
            if values:
                found.append((0, Leaf(st.sampled_from(values), values), False))
                self.kinds.update(kind for each in values for kind in kinds_in(each))
            elif not branches.why:
                node.why = f"{node.name}: none of the values that there might be fits"
        found.sort(key=lambda each: each[0])
        node.options = [(option, unsure) for _, option, unsure in found]

    def _listed(self, node: Node, shape: Shape) -> tuple[Any, ...]:
        """The values that fit of those that are listed, or are so few that one may list them."""
        values = shape.values
        if values is None:
            values = tuple(
                each for kind, few in _FEW.items() if kind in shape.kinds for each in few
            )
        return tuple(each for each in values if node.fits(each))

    def _option(self, kind: str, shape: Shape) -> Option:
        match kind:
            case "number":
                return Leaf(shape.numbers.strategy())
            case "string":
                return Leaf(shape.texts.strategy(), is_one=shape.texts.fits)
            case "array":
                return Row(self, shape)
            case _:
                return Members(self, shape)


_FEW: Mapping[str, tuple[Any, ...]] = {"null": (None,), "boolean": (False, True)}
"""The kinds of which there are but a few values."""
