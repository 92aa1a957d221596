"""What a phrase cannot do without, and which of it tells the most."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from itertools import product
from typing import Any, NamedTuple

from ..scan.characters import folded
from ..scan.tree import inner, ops, parsed
from .words import EDGE, SPACE

__all__ = ["Telling", "held", "openings", "telling", "widest"]

_MOST = 400
"""So many ways of writing one place of a phrase are listed."""

_SETS = 3
"""So many places are asked for: more tell little more."""

_COMMON = frozenset(
    """
    about above act all also always an and answer any anything are as at be because been before
    begin beginning block but by call called can can't cannot case code content could create
    describe do document documents does don't each early end every everything exactly explain
    first for from game generate get give good have he here how i if in include input inputs is
    it just known language large like list made make may me model more must my n't name need
    never new no none not now of on one only open or order orders other our out output over
    paragraph paragraphs play please process provide question questions respond result return
    say second set she should show so some start starting story such system tell text that the
    their them then there they this time to two up us use user using want was way we were what
    when where which who will window with without word words would write you your
    """.split()  # noqa: SIM905  # a hundred words in quotes are hard to read
)
"""Words that nearly every text has."""

_Way = tuple[str, bool]
"""How a place can be written, and whether that is all of it."""


class Telling(NamedTuple):
    """Words, `folded`, of which every match of a phrase holds one."""

    words: frozenset[str]
    fresh: bool
    """Whether a word begins there."""
    before: int
    """A match begins so many characters before the word, at most."""

    @property
    def pattern(self) -> str:
        """What finds any of them."""
        ways = "|".join(map(_source, sorted(self.words)))
        edge = r"(?<![^\W_])" if self.fresh else ""
        return f"(?i:{edge}(?:{ways}))"


def _source(way: str) -> str:
    source = re.escape(way.rstrip()).replace(r"\ ", SPACE)
    return rf"{source}(?![^\W_])" if way.endswith(" ") and way[-2].isalnum() else source


def telling(pattern: str) -> tuple[Telling, ...]:
    """What every match of *pattern* holds, the rarest first."""
    found: dict[frozenset[str], Telling] = {}
    for each in _read_places(pattern):
        if all(map(str.strip, each.words)):
            words = frozenset(map(_rarest, each.words))
            fresh = each.fresh and _are_words(words)
            if words not in found or fresh:
                found[words] = Telling(words, fresh, each.before + _offset(each.words))
    ranked = sorted(found.values(), key=_order)
    rare = [each for each in ranked if not _rank(each.words)[0]] or ranked[:1]
    return tuple(rare[:_SETS])


def openings(pattern: str) -> frozenset[str] | None:
    """The words with which a match of *pattern* can begin; None is not known."""
    first = next((each for each in _read_places(pattern) if each.fresh), None)
    if first is None or first.before:
        return None
    found = [_OPENING.match(way) for way in first.words]
    return frozenset(each[1] for each in found if each) if all(found) else None


def held(pattern: str) -> tuple[tuple[str, ...], ...]:
    """For each place of *pattern* the words of which every match holds one, the fewest first."""
    sets = {
        frozenset(_rarest(way).strip() for way in each.words)
        for each in _places(_nodes(pattern))
        if all(map(str.strip, each.words))
    }
    return tuple(sorted(map(_shortened, sets), key=_fewest))


def widest(pattern: str) -> int:
    """The most characters that a match of *pattern* has."""
    return int(_nodes(pattern).getwidth()[1])


def _shortened(words: Iterable[str]) -> tuple[str, ...]:
    """*words* without those that hold another of them."""
    some = sorted(words, key=_length)
    return tuple(w for n, w in enumerate(some) if not any(each in w for each in some[:n]))


def _length(word: str) -> tuple[int, str]:
    return len(word), word


def _fewest(words: tuple[str, ...]) -> tuple[int, tuple[str, ...]]:
    return len(words), words


_OPENING = re.compile(r"([^\W_]+)[\W_]")
"""A word, and that it ends."""


@functools.lru_cache(maxsize=8)
def _read_places(pattern: str) -> tuple[Telling, ...]:
    return tuple(_places(_nodes(pattern)))


def _nodes(pattern: str) -> Any:
    nodes = parsed(pattern)
    assert nodes is not None
    return nodes


def _order(one: Telling) -> tuple[tuple[int, int, int], int, list[str]]:
    return _rank(one.words), one.before, sorted(one.words)


def _are_words(words: Iterable[str]) -> bool:
    return all(each[0].isalnum() for each in words)


def _offset(ways: Iterable[str]) -> int:
    """How far into a way of writing its rarest word may stand, as space may be wide."""
    return max(way.find(_rarest(way)) + _SPACES * way.count(" ") for way in ways)


_SPACES = 6


def _rarest(way: str) -> str:
    """The word of *way* that is rarest, or all of it where each is common.

    A space behind a word says that it ends there.
    """
    rare = [word for word in re.findall(r"\S+ ?", way) if not _is_common(word)]
    return max(rare, key=len, default=way.lstrip())


def _rank(some: frozenset[str]) -> tuple[int, int, int]:
    """How many of *some* are common; how short they are; how many they are."""
    return sum(map(_is_common, some)), -min(map(len, some)), len(some)


def _is_common(way: str) -> bool:
    word = way.strip()
    return word in _COMMON or (len(word) < _SHORT and word.isascii())


_SHORT = 3


def _places(nodes: Any) -> Iterator[Telling]:
    """The ways of writing each run of nodes, and whether a word begins with it."""
    ways: list[_Way] = [("", True)]
    fresh, before, wide = False, 0, 0
    for op, value in nodes:
        if op is ops.SUBPATTERN and len(nodes) <= _WRAPPED:
            yield from _places(inner(op, value)[0])
        fresh = fresh or (op is ops.AT and ways == [("", True)])
        one = _width(nodes, op, value)
        ways = list(_extended(ways, op, value))
        if not all(whole for _, whole in ways):
            yield Telling(frozenset(word for word, _ in ways), fresh, before)
            fresh, before = _is_filler(op, value), wide
            ways = list(_extended([("", True)], op, value))
            if not all(whole for _, whole in ways):
                ways, before = [("", True)], wide + one
        wide += one
    yield Telling(frozenset(word for word, _ in ways), fresh, before)


def _width(nodes: Any, op: Any, value: Any) -> int:
    """The most characters that a node takes."""
    return int(type(nodes)(nodes.state, [(op, value)]).getwidth()[1])


_WRAPPED = 4
"""A pattern as a whole is a group, with what is looked at around it."""


def _is_filler(op: Any, value: Any) -> bool:
    """Whether there is space after whatever matches, if anything does."""
    body = list(inner(op, value)[0]) if op is ops.MAX_REPEAT else []
    if len(body) == 1 and body[0][0] is ops.SUBPATTERN:
        body = list(inner(*body[0])[0])
    return bool(body) and _is_space(*body[-1])


def _is_space(op: Any, value: Any) -> bool:
    return op is ops.MAX_REPEAT and str([(op, value)]) == _read(SPACE)


def _is_edge(op: Any, value: Any) -> bool:
    """Whether no word goes on here."""
    return op is ops.BRANCH and str([(op, value)]) == _read(EDGE)


@functools.cache
def _read(pattern: str) -> str:
    return str(list(_nodes(pattern)))


def _extended(ways: list[_Way], op: Any, value: Any) -> set[_Way]:
    """*ways* with what the node adds; without it, and not whole, where that is too many."""
    more = _ways(op, value)
    if len(ways) * len(more) > _MOST:
        return {(word, False) for word, _ in ways}
    return {(word + tail, whole and ends) for (word, whole), (tail, ends) in product(ways, more)}


def _ways(op: Any, value: Any) -> set[_Way]:
    """What the node can be."""
    if op is ops.LITERAL:
        return {(folded(chr(value)), True)}
    if op is ops.IN and len(value) <= _FEW and all(each is ops.LITERAL for each, _ in value):
        return {(folded(chr(each)), True) for _, each in value}
    if op in (ops.AT, ops.ASSERT, ops.ASSERT_NOT):
        return {("", True)}
    if _is_space(op, value):
        return {(" ", True)}
    if _is_edge(op, value):
        return {(" ", True)}
    if op is ops.BRANCH:
        return set().union(*(_written(list(way)) for way in value[1]))
    if op is ops.SUBPATTERN:
        return _written(list(inner(op, value)[0]))
    if op is ops.MAX_REPEAT and value[:2] == (0, 1):
        return {("", True)} | _written(list(value[2]))
    return {("", False)}


_FEW = 6


def _written(nodes: list[Any]) -> set[_Way]:
    done: set[_Way] = set()
    ways: list[_Way] = [("", True)]
    for op, value in nodes:
        ways = list(_extended(ways, op, value))
        done.update(each for each in ways if not each[1])
        ways = [each for each in ways if each[1]]
        if not ways:
            break
    return done | set(ways)
