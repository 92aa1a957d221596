"""Patterns over shapes as one automaton: which could match some of a few characters.

Each character that a pattern takes is a position, and a set of positions is the bits of a
number. What stands before and after the few characters is not known: it may be anything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any, NamedTuple

from .tree import REPEATS, WORD, Letters, first, inner, last, letters, ops

__all__ = ["NO_DIGIT", "Automaton"]

_COPIES = 64
"""A repeat beyond so many times is taken to be without an end."""

_KEPT = 10_000
"""So many steps are remembered."""

_WORD = frozenset("a0_")

NO_DIGIT = "\0"
"""Stands for a character that may be any but a digit."""


class _Part(NamedTuple):
    """A part of a pattern: the positions with which it may begin and end."""

    empty: bool
    first: int
    last: int


_NOTHING = _Part(True, 0, 0)


class Automaton:
    """Every pattern that was added to it, run together."""

    def __init__(self, kinds: Callable[[Letters], frozenset[str]]) -> None:
        self._kinds = kinds
        self._allowed: list[frozenset[str]] = []
        self._follow: list[int] = []
        self._starts = [0, 0]  # anywhere; only where a word begins
        self._ends = [0, 0]  # anywhere; only where a word ends
        self.owners: dict[int, int] = {}
        self._taking: dict[str, int] = {}
        self._steps: dict[tuple[int, str, bool | None], int] = {}
        self._earliest: int | None = None

    def add(self, owner: int, tree: Any) -> None:
        """Run the pattern of *tree* too, as *owner*."""
        begin = len(self._follow)
        for nodes, at_word, to_word in _ways_in(list(tree)):
            part = self._sequence(nodes, {})
            self._starts[at_word] |= part.first
            self._ends[to_word] |= part.last
        self.owners[owner] = (1 << len(self._follow)) - (1 << begin)
        self._taking.clear()
        self._steps.clear()
        self._earliest = None

    def could_match(self, key: str, more: str) -> Iterator[int]:
        """Whose match could have its first digit in *key*, two characters at each end aside.

        *more* is what is known to follow. Before *key* there may be anything.
        """
        early = self._early()
        alive = self._taken(key[0]) & early if key[0] != "0" else 0
        alive = self._step(alive, key[1], key[0] not in _WORD) & early if key[1] != "0" else 0
        found = 0
        word = key[1] in _WORD
        for each, following in pairwise(key[2:-1]):
            alive = self._step(alive, each, not word)
            found |= alive & self._ends[0]
            if following not in _WORD:
                found |= alive & self._ends[1]
            word = each in _WORD
        ends = self._ends[0] | self._ends[1]
        for each in key[-2:] + more:
            alive = self._step(alive, each, None)
            found |= alive & ends
        found |= alive
        return (owner for owner, mine in self.owners.items() if found & mine)

    def is_open(self, shape: str, begin: int, stop: int) -> bool:
        """Whether a match that begins in that part of *shape* could go on after its end."""
        alive = 0
        for place in range(begin, len(shape)):
            may_begin = None if place >= stop else not place or shape[place - 1] not in _WORD
            alive = self._step(alive, shape[place], may_begin)
            if not alive and place >= stop:
                return False
        return bool(alive)

    def _step(self, alive: int, letter: str, word_begins: bool | None) -> int:
        """The positions reached from *alive* by *letter*; None: no match begins there."""
        key = (alive, letter, word_begins)
        known = self._steps.get(key)
        if known is None:
            reached = self._after(alive)
            if word_begins is not None:
                reached |= self._starts[0] | (self._starts[1] if word_begins else 0)
            known = reached & self._taken(letter)
            if len(self._steps) >= _KEPT:
                self._steps.clear()
            self._steps[key] = known
        return known

    def _after(self, alive: int) -> int:
        reached = 0
        for place in _bits(alive):
            reached |= self._follow[place]
        return reached

    def _taken(self, letter: str) -> int:
        """The positions that take *letter*."""
        known = self._taking.get(letter)
        if known is None:
            known = 0
            for n, allowed in enumerate(self._allowed):
                if letter in allowed or (letter == NO_DIGIT and allowed != {"0"}):
                    known |= 1 << n
            self._taking[letter] = known
        return known

    def _early(self) -> int:
        """The positions that can be reached before any digit is."""
        if self._earliest is None:
            no_digit = self._taken(NO_DIGIT)
            found, new = 0, (self._starts[0] | self._starts[1]) & no_digit
            while new:
                found |= new
                new = self._after(new) & no_digit & ~found
            self._earliest = found
        return self._earliest

    def _sequence(self, nodes: list[Any], groups: dict[int, Any]) -> _Part:
        whole = _NOTHING
        for op, value in nodes:
            whole = self._joined(whole, self._node(op, value, groups))
        return whole

    def _joined(self, one: _Part, other: _Part) -> _Part:
        for place in _bits(one.last):
            self._follow[place] |= other.first
        return _Part(
            one.empty and other.empty,
            one.first | (other.first if one.empty else 0),
            other.last | (one.last if other.empty else 0),
        )

    def _node(self, op: Any, value: Any, groups: dict[int, Any]) -> _Part:
        one = letters(op, value)
        if one is not None:
            self._allowed.append(self._kinds(one))
            self._follow.append(0)
            here = 1 << len(self._follow) - 1
            return _Part(False, here, here)
        if op is ops.BRANCH:
            ways = [self._sequence(list(body), groups) for body in value[1]]
            first = last = 0
            for way in ways:
                first, last = first | way.first, last | way.last
            return _Part(any(way.empty for way in ways), first, last)
        if op in REPEATS:
            return self._repeated(value, groups)
        if op is ops.SUBPATTERN and value[0] is not None:
            groups[value[0]] = list(value[-1])
        if op is ops.GROUPREF:
            return self._sequence(groups[value], groups)
        if op in (ops.SUBPATTERN, ops.ATOMIC_GROUP):
            return self._sequence(list(inner(op, value)[0]), groups)
        return _NOTHING  # a condition: it takes no character

    def _repeated(self, value: Any, groups: dict[int, Any]) -> _Part:
        least, most, body = value
        nodes = list(body)
        whole = _NOTHING
        for n in range(min(most, _COPIES)):
            turn = self._sequence(nodes, groups)
            if n + 1 == _COPIES or (n + 1 == max(least, 1) and most is ops.MAXREPEAT):
                for place in _bits(turn.last):
                    self._follow[place] |= turn.first
                return self._joined(whole, turn._replace(empty=turn.empty or n >= least))
            whole = self._joined(whole, turn._replace(empty=turn.empty or n >= least))
        return whole


def _bits(number: int) -> Iterator[int]:
    while number:
        low = number & -number
        yield low.bit_length() - 1
        number ^= low


def _ways_in(nodes: list[Any]) -> Iterator[tuple[list[Any], bool, bool]]:
    r"""The alternatives of a pattern, with whether each has a `\b` at its begin and end."""
    if len(nodes) == 1:
        op, value = nodes[0]
        if op is ops.BRANCH:
            for body in value[1]:
                yield from _ways_in(list(body))
            return
        if op is ops.SUBPATTERN:
            yield from _ways_in(list(value[-1]))
            return
    boundary = [(ops.AT, ops.AT_BOUNDARY)]
    at_word = nodes[:1] == boundary and first(nodes[1:]).ascii <= WORD
    to_word = nodes[-1:] == boundary and last(nodes[:-1]).ascii <= WORD
    yield nodes, at_word, to_word
