"""Where a pattern can match at all: at a rare character between two that may stand there."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from .tree import ANY, REPEATS, Letters, first, inner, last, letters, ops

__all__ = ["Anchor", "Anchors", "anchors"]

_OFTEN = {" ": 0.16, "e": 0.1, "t": 0.08, "\n": 0.02, "'": 0.01, '"': 0.006, "@": 0.0005}
"""How often a character is met in a text, roughly. To guess wrong costs time, and nothing else."""

_ENDS = frozenset(".,:;!?")
"""What white space follows, as a rule."""

_TOO_OFTEN = 0.02
"""An anchor met more often than so many times a character saves nothing."""


@functools.lru_cache(maxsize=4096)
def _often(one: Letters) -> float:
    return min(1.0, sum(map(_met, one.ascii)) + 0.01 * one.beyond)


def _met(letter: str) -> float:
    if letter in _ENDS:
        return 0.01
    rest = 0.03 if letter.islower() else 0.01 if letter.isdigit() else 0.003
    return _OFTEN.get(letter, rest)


class Anchor(NamedTuple):
    """A character that every match has, with what must stand before and after it."""

    before: Letters
    at: Letters
    after: Letters

    @property
    def often(self) -> float:
        """How often it is met, roughly; one that is itself rare is found sooner."""
        at = _often(self.at)
        after = _often(self.after)
        if self.at.ascii <= _ENDS and " " not in self.after.ascii:
            after /= 20
        return at * (0.05 + _often(self.before) * after)


def anchors(tree: Any, before: Letters = ANY, after: Letters = ANY) -> list[Anchor] | None:
    """Anchors of which every match has at least one; None if there are none that are rare."""
    found = _rarest(list(tree), before, after)
    if found is None or sum(each.often for each in found) > _TOO_OFTEN:
        return None
    return found


def _rarest(nodes: list[Any], before: Letters, after: Letters) -> list[Anchor] | None:
    choices: list[list[Anchor]] = []
    for n, (op, value) in enumerate(nodes):
        left, right = last(nodes[:n], before), first(nodes[n + 1 :], after)
        one = letters(op, value)
        if one is not None:
            choices.append([Anchor(left, one, right)])
            continue
        if op is ops.BRANCH:
            if len(value[1]) > _WAYS:
                continue
            each = [_rarest(list(body), left, right) for body in value[1]]
            if all(each):
                choices.append([anchor for some in each for anchor in some or ()])
            continue
        if op in REPEATS and value[0] > 0:
            body = list(value[2])
            again = first(body, right)  # another turn follows, or what comes after all of them
            right = again if value[0] > 1 else again | right
        elif op in (ops.SUBPATTERN, ops.ATOMIC_GROUP):
            body = list(inner(op, value)[0])
        else:
            continue
        if (some := _rarest(body, left, right)) is not None:
            choices.append(some)
    return min(choices, key=lambda some: sum(each.often for each in some), default=None)


class Anchors:
    """Finds the places of the anchors of several patterns in a text."""

    def __init__(self, wanted: Iterable[tuple[int, Sequence[Anchor]]]) -> None:
        groups: dict[tuple[tuple[str, str], ...], list[int]] = {}
        for owner, found in wanted:
            groups.setdefault(_sources(found), []).append(owner)
        self._groups = list(groups.values())
        by_letter: dict[str, list[tuple[int, str]]] = {}
        for n, sources in enumerate(groups):
            for letter, source in sources:
                by_letter.setdefault(letter, []).append((n, source))
        self._letters = [
            (letter, re.compile("|".join(source for _, source in some)).search, some)
            for letter, some in by_letter.items()
        ]
        self._found = {
            source: re.compile(source).finditer for some in by_letter.values() for _, source in some
        }

    def __call__(self, text: str) -> Iterator[tuple[list[int], list[int]]]:
        """The patterns that may match, each group of them with the places where, in order."""
        places: dict[int, list[int]] = {}
        for letter, search, some in self._letters:
            if letter in text and search(text):
                for n, source in some:
                    places.setdefault(n, []).extend(m.start() for m in self._found[source](text))
        for n, where in places.items():
            if where:
                yield self._groups[n], sorted(where)


_WAYS = 64
"""Of more alternatives than so many, none has an anchor worth its while."""

_FEW = 4
"""So many characters are looked for one by one, which `re` does faster."""


def _sources(found: Iterable[Anchor]) -> tuple[tuple[str, str], ...]:
    """What finds the anchors: a character, if it can be but one, and a pattern."""
    by_letter: dict[str, dict[str, None]] = {}
    for each in found:
        few = len(each.at.ascii) <= _FEW and not each.at.beyond
        for at in (Letters(frozenset({x}), False) for x in each.at.ascii) if few else [each.at]:
            here = _class(at)
            after = "" if each.after == ANY else f"(?={_class(each.after)})"
            before = "" if each.before == ANY else f"(?<={_class(each.before)}{here})"
            letter = next(iter(at.ascii)) if few else ""
            by_letter.setdefault(letter, {})[f"{here}{after}{before}"] = None
    return tuple(sorted((letter, "|".join(ways)) for letter, ways in by_letter.items()))


def _class(one: Letters) -> str:
    if len(one.ascii) == 1 and not one.beyond:
        return re.escape(next(iter(one.ascii)))  # `re` finds it faster than a class of one
    beyond = "\\x80-\\U0010ffff" if one.beyond else ""
    return f"[{''.join(map(re.escape, sorted(one.ascii)))}{beyond}]"
