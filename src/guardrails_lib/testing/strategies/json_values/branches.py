"""The ways in which a value may fit several schemas: one for each choice that they leave."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any, NamedTuple, TypeAlias

from .negated import failings
from .places import Place, Places
from .shape import Nothing, Shape

__all__ = ["Branches"]

_Ways: TypeAlias = "Sequence[tuple[Place, ...]]"
"""What may be wanted: one of several, each of which may be several schemas."""


class _Choice(NamedTuple):
    """What may be wanted beside."""

    ways: _Ways
    loose: _Ways = ()
    """The same in fewer words, of which not all fits: where there is a way, these are quicker."""


_MOST = 48
"""So many ways are found."""
_STEPS = 3_000
"""So many are tried."""
_STEPS_AGAIN = 100
"""So many are tried of what is quicker, though the steps are spent."""
_FEW = 4
"""So many branches of `oneOf` are told apart exactly."""


class Branches:
    """The shapes of what fits several schemas."""

    def __init__(self, places: Places, whole: Sequence[Place]) -> None:
        self.why = ""
        """Why there is none, if there is none."""
        self._places = places
        self._steps = _STEPS
        self.shapes = self._found(tuple(whole), (), Shape(), _MOST)

    def _found(
        self, wanted: tuple[Place, ...], left: tuple[_Choice, ...], shape: Shape, most: int
    ) -> list[Shape]:
        self._steps -= 1
        if self._steps < 0:
            return []
        try:
            shape, more = self._settled(wanted, shape)
        except Nothing as problem:
            self.why = self.why or str(problem)
            return []
        choices = (*left, *more)
        if not choices or shape.values is not None:
            return [shape]
        ways, loose = choices[0]
        found = self._ways(ways, choices[1:], shape, most - len(loose))
        if found or not ways or self._steps < 0:
            self._steps = max(self._steps, _STEPS_AGAIN)
            found += self._ways(loose, choices[1:], shape, most - len(found))
        return found

    def _ways(self, ways: _Ways, left: tuple[_Choice, ...], shape: Shape, most: int) -> list[Shape]:
        found: list[Shape] = []
        for number, each in enumerate(ways):
            share = max(1, (most - len(found)) // (len(ways) - number))
            found += self._found(each, left, shape, share)
            if len(found) >= most:
                break
        return found

    def _settled(self, wanted: tuple[Place, ...], shape: Shape) -> tuple[Shape, list[_Choice]]:
        """What is wanted in any case, and the choices that there are."""
        waiting = list(wanted)
        choices: list[_Choice] = []
        while waiting:
            place = waiting.pop(0)
            if place.schema is False:
                raise Nothing(f"{place.name}: false")
            if place.schema is True:
                continue
            said = self._places.said(place)
            shape = shape.narrowed(place, said)
            waiting += self._places.referred(place)
            waiting += self._each(place, said, "allOf")
            choices += self._choices(place, said)
        return shape, choices

    def _each(self, place: Place, said: Mapping[str, Any], word: str) -> list[Place]:
        return [self._places.within(place, word, n) for n in range(len(said.get(word, ())))]

    def _choices(self, place: Place, said: Mapping[str, Any]) -> Iterator[_Choice]:
        if "anyOf" in said:
            yield _Choice([(each,) for each in self._each(place, said, "anyOf")])
        if "oneOf" in said:
            yield self._one_of(self._each(place, said, "oneOf"))
        if "if" in said:
            yield self._if(place, said)
        for name in said.get("dependentSchemas", ()):
            without = self._places.made(place, {"properties": {name: False}}, "without", name)
            having = self._places.made(place, {"required": [name]}, "with", name)
            inner = self._places.within(place, "dependentSchemas", name)
            yield _Choice([(without,), (having, inner)])
        if "not" in said:
            yield self._failing(self._places.within(place, "not"))

    def _one_of(self, branches: list[Place]) -> _Choice:
        """One and none of the others, or one of which one has to see that it fits no other."""
        apart = [
            (each, *(self._places.against(other) for other in branches if other is not each))
            for each in (branches if 1 < len(branches) <= _FEW else ())
        ]
        return _Choice(apart, [(each,) for each in branches])

    def _if(self, place: Place, said: Mapping[str, Any]) -> _Choice:
        condition = self._places.within(place, "if")
        then, other = (
            (self._places.within(place, word),) if word in said else () for word in ("then", "else")
        )
        return _Choice([(condition, *then), (self._places.against(condition), *other)])

    def _failing(self, place: Place) -> _Choice:
        """The ways not to fit *place*."""
        if isinstance(place.schema, bool):
            if place.schema:
                raise Nothing(f"{place.name}: everything fits what nothing may fit")
            return _Choice([()])
        said, against = self._places.said(place), self._places.against
        ways: list[tuple[Place, ...]] = [
            (self._places.made(place, each, "fails", n),) for n, each in enumerate(failings(said))
        ]
        ways += [(against(each),) for each in self._places.referred(place)]
        ways += [(against(each),) for each in self._each(place, said, "allOf")]
        for word in ("anyOf", "oneOf"):
            if word in said:
                ways.append(tuple(map(against, self._each(place, said, word))))
        ways += combinations(self._each(place, said, "oneOf")[:_FEW], 2)
        if "not" in said:
            ways.append((self._places.within(place, "not"),))
        if "if" in said:
            (yes, *then), (no, *other) = self._if(place, said).ways
            ways += [(yes, against(each)) for each in then]
            ways += [(no, against(each)) for each in other]
        if not ways:
            raise Nothing(f"{place.name}: everything fits what nothing may fit")
        return _Choice(ways)
