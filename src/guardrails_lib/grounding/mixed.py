"""Names that stand where the sources have others."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from .facts import Facts
from .words import stem

__all__ = ["mixed"]

APART = 4
"""The words of one name stand no further apart: Marie and Pierre Curie."""


def mixed(claim: Facts, near: list[Facts]) -> bool:
    """Whether a name of *claim* is put together from others, or put in the place of one."""
    if not claim.named:
        return False
    told = [facts for facts in near if facts.named]
    return _is_broken(claim, told) or _is_swapped(claim, told)


def _is_broken(claim: Facts, near: list[Facts]) -> bool:
    """Whether two words of a name stand together that are of two names in the sources."""
    pairs = [pair for name in claim.names for pair in itertools.pairwise(name.words)]
    if not pairs:
        return False
    known = [
        pair for told in near for name in told.names for pair in itertools.pairwise(name.words)
    ]
    for first, second in pairs:
        after = {other for one, other in known if one == first}
        before = {one for one, other in known if other == second}
        other = (after and not after & claim.named) or (before and not before & claim.named)
        if other and not any(_stand_together(told.words, first, second) for told in near):
            return True
    return False


def _stand_together(words: list[str], first: str, second: str) -> bool:
    places = [at for at, word in enumerate(words) if word == first]
    return any(_bare(word) == second for at in places for word in words[at + 1 : at + 1 + APART])


def _is_swapped(claim: Facts, near: list[Facts]) -> bool:
    """Whether there is another name between words that one of the claim stands between."""
    mine = list(_framed(claim.words, claim.named))
    others = [each for told in near for each in _framed(told.words, told.named)] if mine else []
    for before, name, after in mine:
        alike = [
            other
            for left, other, right in others
            if before[-1:] == left[-1:]
            and after[:1] == right[:1]
            and (before == left or after == right)
        ]
        if alike and all(name.isdisjoint(other) for other in alike):
            return True
    return False


def _framed(
    words: list[str], named: frozenset[str]
) -> Iterator[tuple[list[str], frozenset[str], list[str]]]:
    """The runs of words in *named*, each with the two words before it and the two after."""
    at = 0
    while at < len(words):
        end = at
        while end < len(words) and _bare(words[end]) in named:
            end += 1
        if end > at > 1 and end + 1 < len(words):
            yield words[at - 2 : at], frozenset(map(_form, words[at:end])), words[end : end + 2]
        at = max(end, at + 1)


def _bare(word: str) -> str:
    return word.removesuffix("'s")


def _form(word: str) -> str:
    return stem(word) or word
