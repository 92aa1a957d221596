"""Cues in groups, each behind what all of them need: only where that is met they are run."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..scan.phrases import Phrases
from .cue import Cue, cues
from .surest import surest
from .trace import Trace
from .words import SPACE

__all__ = ["Gated", "Group", "group"]

_QUOTES = frozenset("`'\"\u2018\u2019\u201c\u201d")
_QUOTED = 0.6
"""A token between quotes is talked about: so much is left of its score. A phrase is not."""

_STRETCH = 4096
"""So many characters are looked at together."""

_REACH, _BEHIND = 700, 8
"""No cue matches more characters than the first, or looks further back than the second."""


class Group(NamedTuple):
    """Cues, and patterns of which one is found wherever one of them is."""

    needs: tuple[str, ...]
    cues: tuple[Cue, ...]


def group(needs: str, technique: str, message: str, *phrases: tuple[float, str]) -> Group:
    """Phrases of one meaning, each with its own certainty, behind what all of them need.

    A space in *needs* is what stands between two words, and a word begins where it does.
    """
    needed = rf"(?i:(?<![^\W_])(?:{needs.replace(' ', SPACE)}))"
    return Group((needed,), tuple(cues(technique, message, *phrases)))


class Gated:
    r"""Groups of cues, looked for together.

    >>> cue = Cue("role", "it has a token of a chat template", 0.7, r"\[/?INST\]")
    >>> [trace.start for trace in Gated([Group(("INST",), (cue,))]).traces("so [INST] it is")]
    [3]
    """

    def __init__(self, groups: Sequence[Group]) -> None:
        self._owners = tuple(group for group in groups for _ in group.needs)
        self._patterns = [each for group in groups for each in group.needs]

    def traces(self, text: str) -> Iterator[Trace]:
        """Where *text* has each cue; of those that overlap, the surest."""
        yield from surest(_trace(text, *each) for each in self._found(text))

    def _found(self, text: str) -> Iterator[tuple[int, int, Cue]]:
        """What is met, stretch by stretch, so that one phrase is not sought in all of a book."""
        for low in range(0, len(text), _STRETCH):
            begin = max(0, low - _BEHIND)
            part = text[begin : low + _STRETCH + _REACH]
            if met := self._needs.could(part):
                groups = dict.fromkeys(self._owners[n] for n in sorted(met))
                found = [
                    (begin + start, begin + end, cue)
                    for group in groups
                    for start, end, cue in _met(group, part)
                    if low <= begin + start < low + _STRETCH
                ]
                yield from sorted(found, key=lambda each: each[:2])

    @functools.cached_property
    def _needs(self) -> Phrases:
        return Phrases(self._patterns)


def _met(group: Group, text: str) -> Iterator[tuple[int, int, Cue]]:
    return ((start, end, group.cues[n]) for n, start, end in _phrases(group).find(text))


@functools.cache
def _phrases(group: Group) -> Phrases:
    return Phrases([cue.pattern for cue in group.cues])


def _trace(text: str, start: int, end: int, cue: Cue) -> Trace:
    quoted = (
        cue.technique == "role"
        and start > 0
        and text[start - 1] in _QUOTES
        and text[end : end + 1] in _QUOTES
    )
    return Trace(cue.technique, cue.message, start, end, cue.score * (_QUOTED if quoted else 1))
