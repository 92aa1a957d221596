"""Names that stand where the sources have others."""

from __future__ import annotations

import itertools

from .facts import Facts
from .frames import bare

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
    return any(bare(word) == second for at in places for word in words[at + 1 : at + 1 + APART])


def _is_swapped(claim: Facts, near: list[Facts]) -> bool:
    """Whether there is another name between words that one of the claim stands between."""
    others = [each for told in near for each in told.frames] if claim.frames else []
    for before, name, after in claim.frames:
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
