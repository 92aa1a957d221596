"""Patterns over shapes as one automaton: which could match some of a few characters.

Each character that a pattern takes is a position, and a set of positions is the bits of a
number. What stands before and after the few characters is not known: it may be anything.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any, NamedTuple

from .characters import WORD, Letters, first, last, letters
from .tree import REPEATS, inner, ops

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


class _Met:
    """The sets of positions that were met, by number, and where a character leads from each."""

    def __init__(self) -> None:
        self.numbers: dict[int, int] = {}
        self.alive: list[int] = []
        self.after: list[int | None] = []
        self.steps: dict[tuple[int, str, bool | None], int] = {}
        self.openings: dict[str, int] = {}
        self.lock = threading.Lock()


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
        self._owned: dict[int, tuple[int, ...]] = {}
        self._earliest: int | None = None
        self._met = _Met()

    def add(self, owner: int, tree: Any) -> None:
        """Run the pattern of *tree* too, as *owner*."""
        begin = len(self._follow)
        groups = dict(_groups(tree))
        for nodes, at_word, to_word in _ways_in(list(tree)):
            part = self._sequence(nodes, groups)
            self._starts[at_word] |= part.first
            self._ends[to_word] |= part.last
        self.owners[owner] = (1 << len(self._follow)) - (1 << begin)
        self._taking.clear()
        self._owned.clear()
        self._earliest = None
        self._met = _Met()

    def could_match(self, key: str, more: str) -> tuple[int, ...]:
        """Whose match could have its first digit in *key*, two characters at each end aside.

        *more* is what is known to follow. Before *key* there may be anything.
        """
        met = self._room()
        steps, sets = met.steps, met.alive
        ends, word_ends = self._ends
        state = met.openings.get(key[:2])
        if state is None:
            state = met.openings[key[:2]] = self._opening(met, key)
        found = 0
        step: tuple[int, str, bool | None]
        word = key[1] in _WORD
        for each, following in pairwise(key[2:-1]):
            step = state, each, not word
            state = steps[step] if step in steps else self._step(met, step)
            found |= sets[state] & (ends if following in _WORD else ends | word_ends)
            word = each in _WORD
        for each in key[-2:] + more:
            step = state, each, None
            state = steps[step] if step in steps else self._step(met, step)
            found |= sets[state] & (ends | word_ends)
        return self._whose(found | sets[state])

    def is_open(self, shape: str, begin: int, stop: int) -> bool:
        """Whether a match that begins in that part of *shape* could go on after its end."""
        met = self._room()
        state = self._number(met, 0)
        for place in range(begin, len(shape)):
            may_begin = None if place >= stop else not place or shape[place - 1] not in _WORD
            step = (state, shape[place], may_begin)
            state = met.steps[step] if step in met.steps else self._step(met, step)
            if not met.alive[state] and place >= stop:
                return False
        return bool(met.alive[state])

    def _room(self) -> _Met:
        """What was met; forgotten when it is too much."""
        met = self._met
        if len(met.steps) >= _KEPT:
            met = self._met = _Met()
        return met

    def _opening(self, met: _Met, key: str) -> int:
        """The positions that the two characters before a first digit can lead to."""
        early = self._early()
        alive = self._taken(key[0]) & early if key[0] != "0" else 0
        if key[1] == "0":
            return self._number(met, 0)
        step = (self._number(met, alive), key[1], key[0] not in _WORD)
        return self._number(met, met.alive[self._step(met, step)] & early)

    def _step(self, met: _Met, step: tuple[int, str, bool | None]) -> int:
        """What is reached by a character; where no match begins, the last of *step* is None."""
        state, letter, word_begins = step
        reached = met.after[state]
        if reached is None:
            reached = met.after[state] = self._after(met.alive[state])
        if word_begins is not None:
            reached |= self._starts[0] | (self._starts[1] if word_begins else 0)
        number = met.steps[step] = self._number(met, reached & self._taken(letter))
        return number

    def _number(self, met: _Met, alive: int) -> int:
        with met.lock:
            known = met.numbers.get(alive)
            if known is None:
                met.after.append(None)
                met.alive.append(alive)
                known = met.numbers[alive] = len(met.alive) - 1
        return known

    def _whose(self, positions: int) -> tuple[int, ...]:
        known = self._owned.get(positions)
        if known is None:
            known = tuple(owner for owner, mine in self.owners.items() if positions & mine)
            if len(self._owned) >= _KEPT:
                self._owned.clear()
            self._owned[positions] = known
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


def _groups(tree: Any) -> Iterator[tuple[int, list[Any]]]:
    """The number of each group of a pattern, and what is in it."""
    for op, value in tree:
        if op is ops.SUBPATTERN and value[0] is not None:
            yield value[0], list(value[-1])
        for each in inner(op, value):
            yield from _groups(each)


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
