"""The words that a name stands between."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from .words import stem

__all__ = ["Frame", "bare", "framed"]


class Frame(NamedTuple):
    """A run of words that are names, and the two words on each side of it."""

    before: list[str]
    name: frozenset[str]
    after: list[str]


def framed(words: list[str], named: frozenset[str]) -> Iterator[Frame]:
    """The runs of words in *named* that have two others on each side.

    >>> [tuple(frame.name) for frame in framed("it was in rome on a day".split(), {"rome"})]
    [('rom',)]
    """
    at = 0
    while at < len(words):
        end = at
        while end < len(words) and bare(words[end]) in named:
            end += 1
        if end > at > 1 and end + 1 < len(words):
            run = frozenset(stem(word) or word for word in map(bare, words[at:end]))
            yield Frame(words[at - 2 : at], run, words[end : end + 2])
        at = max(end, at + 1)


def bare(word: str) -> str:
    """*word* without what says whose."""
    return word.removesuffix("'s")
