"""Objects: what each property is, which must be there, and which others may."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from ....schemas.json_schema.ecma import ecma
from ...hypotheses import st
from .drawing import Drawing, Refused
from .patterns import like

if TYPE_CHECKING:
    from .node import Node
    from .places import Place
    from .plan import Plan
    from .shape import Shape

__all__ = ["Members"]

_TRIES = 10
_SELDOM = 8
"""One of so many objects has a property that nobody speaks of and nobody forbids."""
_OTHERS = st.sampled_from(["a", "b", "note", "17", "x-1", "order id", "caf\u00e9", ""]) | st.text(
    max_size=5
)


class Members:
    """Objects of one shape."""

    values = None

    def __init__(self, plan: Plan, shape: Shape) -> None:
        self._plan = plan
        self._shape = shape
        said = [plan.places.said(each) for each in shape.members]
        names = dict.fromkeys(name for each in said for name in each.get("properties", ()))
        self._needs: dict[str, list[str]] = {}
        for each in said:
            for name, others in each.get("dependentRequired", {}).items():
                self._needs.setdefault(name, []).extend(others)
                names.update(dict.fromkeys(others))
        names.update(dict.fromkeys((*self._needs, *shape.required)))
        patterns = {each for one in said for each in one.get("patternProperties", ())}
        wanted = [
            plan.places.within(place, "propertyNames")
            for place, each in zip(shape.members, said, strict=True)
            if "propertyNames" in each
        ]
        self._names = plan.names(wanted) if wanted else None
        self._known = {name: plan.node(self._of(name)) for name in names if self._may_be(name)}
        self._others: list[tuple[st.SearchStrategy[str] | None, Node]] = [
            (like(each, 0), plan.node(self._like(each))) for each in sorted(patterns)
        ]
        self._others.append((None, plan.node(self._like(None))))
        self._is_open = bool(patterns) or any(
            word in each for each in said for word in ("additionalProperties", "propertyNames")
        )

    # -- what may be there

    def _of(self, name: str) -> tuple[Place, ...]:
        return tuple(self._speaking(lambda pattern: _has(pattern, name), name))

    def _like(self, pattern: str | None) -> tuple[Place, ...]:
        """What a property must fit whose name is like that pattern alone."""
        return tuple(self._speaking(lambda each: each == pattern, None))

    def _speaking(self, matches: Callable[[str], bool], name: str | None) -> Iterator[Place]:
        places = self._plan.places
        is_evaluated = False
        rest: list[Place] = []
        for place in self._shape.members:
            said = places.said(place)
            is_named = name is not None and name in said.get("properties", ())
            steps = [("properties", str(name))] if is_named else []
            steps += [
                ("patternProperties", each)
                for each in said.get("patternProperties", ())
                if matches(each)
            ]
            if not steps and "additionalProperties" in said:
                yield places.within(place, "additionalProperties")
                is_evaluated = True
            for word, step in steps:
                yield places.within(place, word, step)
                is_evaluated = True
            if "unevaluatedProperties" in said:
                rest.append(places.within(place, "unevaluatedProperties"))
        if not is_evaluated:
            yield from rest

    def _may_be(self, name: str) -> bool:
        return self._names is None or self._names.fits(name)

    # -- what there is

    def height(self) -> float:
        """One more than the highest property that must be there."""
        needed = self._with(self._shape.required)
        if needed is None or not self._shape.size.room(len(needed) - 1):
            return math.inf
        heights = [self._known[name].height for name in needed]
        return 1 + max([*heights, self._others_height(needed)], default=0)

    def _others_height(self, needed: set[str]) -> float:
        """How high the highest is of those that must be there beside what is *needed*."""
        count = self._shape.size.least - len(needed)
        if count <= 0:
            return 0
        known = [node.height for name, node in self._known.items() if name not in needed]
        lowest = min((node.height for _, node in self._ways()), default=math.inf)
        return sorted([*known, *[lowest] * count])[count - 1]

    def _ways(self) -> list[tuple[st.SearchStrategy[str] | None, Node]]:
        """How there may be properties that nobody names."""
        if self._names is not None and self._names.height == math.inf:
            return []
        return [each for each in self._others if each[1].height < math.inf]

    def _with(self, names: Iterable[str]) -> set[str] | None:
        """*names*, and all that must be there beside them; None if one of them cannot be."""
        found: set[str] = set()
        waiting = list(names)
        while waiting:
            name = waiting.pop()
            if name in found:
                continue
            if name not in self._known or self._known[name].height == math.inf:
                return None
            found.add(name)
            waiting += self._needs.get(name, ())
        return found

    def missing(self) -> Node | str:
        """A property that there cannot be."""
        waiting, seen = list(self._shape.required), set[str]()
        while waiting:
            name = waiting.pop(0)
            if name not in self._known:
                return f"the property {name!r} must be there, and its name may not"
            if self._known[name].height == math.inf:
                return self._known[name]
            seen.add(name)
            waiting += [each for each in self._needs.get(name, ()) if each not in seen]
        return "so many properties as must be there there cannot be"

    def draw(self, drawing: Drawing, *, spare: bool) -> object:
        """One of them."""
        picked = self._picked(drawing, spare=spare)
        value = {
            name: drawing.part(node, spare=spare)
            for name, node in self._known.items()
            if name in picked
        }
        size = self._shape.size
        while size.room(len(value)):
            is_needed = len(value) < size.least
            if not is_needed and (spare or not self._wants_more(drawing)):
                break
            found = self._other(drawing, value)
            if found is None:
                if is_needed:
                    raise Refused
                break
            name, node = found
            value[name] = drawing.part(node, spare=spare)
        return value

    def _picked(self, drawing: Drawing, *, spare: bool) -> set[str]:
        """The names of what is there of what is known."""
        size = self._shape.size
        picked = self._with(self._shape.required) or set()
        ways = {
            name: together
            for name in self._known
            if name not in picked and (together := self._with([name])) is not None
        }
        wanted = [name for name in ways if not spare and size.room(len(picked)) and drawing.more()]
        rest = sorted(ways, key=lambda name: self._known[name].height)
        most = self._others_height(picked)
        for name in [*wanted, *rest]:
            is_wanted = name in wanted
            if not is_wanted and (len(picked) >= size.least or self._known[name].height > most):
                break
            if size.room(len(picked | ways[name]) - 1):
                picked |= ways[name]
        return picked

    def _wants_more(self, drawing: Drawing) -> bool:
        if not self._ways():
            return False
        if self._is_open or not self._known:
            return drawing.more()
        return drawing.of(range(_SELDOM)) == _SELDOM - 1

    def _other(self, drawing: Drawing, value: Any) -> tuple[str, Node] | None:
        """A name of a property that nobody names, and what it is."""
        ways = self._ways()
        for _ in range(_TRIES if ways else 0):
            names, _ = drawing.of(ways)
            if names is not None:
                name = drawing.one(names)
            elif self._names is not None:
                name = str(drawing.part(self._names, spare=True))
            else:
                name = drawing.one(_OTHERS)
            node = self._plan.known(self._of(name))
            is_new = name not in value and name not in self._known and self._may_be(name)
            if is_new and node is not None and node.height < math.inf:
                return name, node
        return None


def _has(pattern: str, name: str) -> bool:
    return ecma(pattern).search(name, timeout=1.0) is not None
