"""Where a pattern can match at all: at a rare character between two that may stand there."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from .characters import ANY, DIGITS, Letters, first, last, letters
from .tree import REPEATS, Words, inner, ops

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
    words: frozenset[str] = frozenset()
    """What follows begins with one of these, whatever the case; none is not known."""

    @property
    def often(self) -> float:
        """How often it is met, roughly; one that is itself rare is found sooner."""
        at = _often(self.at)
        after = _often(self.after)
        if self.at.ascii <= _ENDS and " " not in self.after.ascii:
            after /= 40 if self.words else 20
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
            choices.append([Anchor(left, one, right, _begin(nodes[n + 1 : n + 2]))])
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


_PREFIX = 3


def _begin(nodes: list[Any]) -> frozenset[str]:
    """The first letters of the words that an alternative of words holds; none is another node."""
    if not nodes or nodes[0][0] is not ops.BRANCH:
        return frozenset()
    if isinstance(nodes[0][1], Words):
        return frozenset(word[:_PREFIX].lower() for word in nodes[0][1].words)
    words = set()
    for body in nodes[0][1][1]:
        word = "".join(chr(value) for op, value in body if op is ops.LITERAL)
        if len(word) < len(body) or not (word.isascii() and word.isalpha()):
            return frozenset()
        words.add(word[:_PREFIX].lower())
    return frozenset(words)


class _Search(NamedTuple):
    """How anchors at one character are found."""

    letter: str
    """The character, if there is but one."""
    source: str
    after: Letters
    """What may follow: in most texts that alone tells that none is there."""


class Anchors:
    """Finds the places of the anchors of several patterns in a text."""

    def __init__(self, wanted: Iterable[tuple[int, Sequence[Anchor]]]) -> None:
        groups: dict[tuple[_Search, ...], list[int]] = {}
        for owner, found in wanted:
            groups.setdefault(_searches(found), []).append(owner)
        self._groups = list(groups.values())
        by_letter: dict[str, list[tuple[int, _Search]]] = {}
        for n, searches in enumerate(groups):
            for each in searches:
                by_letter.setdefault(each.letter, []).append((n, each))
        self._letters = [
            (
                letter,
                _hint(letter, [each for _, each in some]),
                [(n, re.compile(each.source).finditer) for n, each in some],
            )
            for letter, some in by_letter.items()
        ]

    def is_quiet(self, text: str) -> bool:
        """Whether no anchor is in *text*, for certain."""
        for letter, hint, _ in self._letters:  # noqa: SIM110  # `all` takes twice as long
            if letter in text and hint(text):
                return False
        return True

    def __call__(self, text: str) -> Iterator[tuple[list[int], list[int]]]:
        """The patterns that may match, each group of them with the places where, in order."""
        places: dict[int, list[int]] = {}
        for letter, hint, some in self._letters:
            if letter in text and hint(text):
                for n, finditer in some:
                    places.setdefault(n, []).extend(match.start() for match in finditer(text))
        for n, where in places.items():
            if where:
                yield self._groups[n], sorted(where)


def _hint(letter: str, some: Sequence[_Search]) -> Callable[[str], re.Match[str] | None]:
    """Whether there may be any of *some*."""
    after = functools.reduce(Letters.__or__, (each.after for each in some))
    if not letter or after == ANY:
        return re.compile("|".join(each.source for each in some)).search
    return re.compile(f"{re.escape(letter)}(?={_class(after)})").search


_WAYS = 64
"""Of more alternatives than so many, none has an anchor worth its while."""

_FEW = 4
"""So many characters are looked for one by one, which `re` does faster."""


def _searches(found: Iterable[Anchor]) -> tuple[_Search, ...]:
    """What finds any of the anchors."""
    by_letter: dict[str, dict[str, Letters]] = {}
    for each in found:
        few = len(each.at.ascii) <= _FEW and not each.at.beyond
        for at in (Letters(frozenset({x}), False) for x in each.at.ascii) if few else [each.at]:
            here = _class(at)
            after = "" if each.after == ANY else f"(?={_class(each.after)})"
            if each.words:
                after = f"(?={_trie(each.words)})"
            before = "" if each.before == ANY else f"(?<={_class(each.before)}{here})"
            letter = next(iter(at.ascii)) if few else ""
            by_letter.setdefault(letter, {})[f"{here}{after}{before}"] = each.after
    return tuple(
        sorted(
            _Search(letter, "|".join(ways), functools.reduce(Letters.__or__, ways.values()))
            for letter, ways in by_letter.items()
        )
    )


def _trie(words: Iterable[str]) -> str:
    """What matches if a text goes on with one of *words*."""
    rest: dict[str, list[str]] = {}
    for word in sorted(words):
        rest.setdefault(word[:1], []).append(word[1:])
    if "" in rest:
        return ""
    ways = (f"[{at}{at.upper()}{_FOLDED.get(at, '')}]{_trie(on)}" for at, on in rest.items())
    return f"(?:{'|'.join(ways)})"


_FOLDED = {"i": "\u0130\u0131", "k": "\u212a", "s": "\u017f"}
"""The letters that are the same but for their case, and not ASCII."""


def _class(one: Letters) -> str:
    if len(one.ascii) == 1 and not one.beyond:
        return re.escape(next(iter(one.ascii)))  # `re` finds it faster than a class of one
    beyond = "\\x80-\\U0010ffff" if one.beyond or one.ascii >= DIGITS else ""
    return f"[{''.join(map(re.escape, sorted(one.ascii)))}{beyond}]"
