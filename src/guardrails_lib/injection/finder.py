"""Many phrases looked for at once: in a text without their words that costs next to nothing.

What each match must hold are words, one of each of some sets. Which sets are met in a stretch
of text is one scan; a phrase is run only where all of its own are.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import takewhile
from typing import Any, NamedTuple

from ..scan.characters import LIKE_ASCII
from ..scan.expression import expression
from ..scan.phrases import Phrases
from .cue import Cue
from .telling import held, openings, telling, widest

__all__ = ["REACH", "Finder", "Sign"]

REACH = 700
"""No cue matches more characters, with what it looks at around it."""

_STRETCH = 2048
"""So many characters are looked at together."""

Sign = tuple[Cue, int, int]
"""What was met, and where it begins and ends."""


class Finder:
    """Cues that are looked for together.

    What is found at a place depends only on the text within `REACH` of it.
    """

    def __init__(self, cues: Sequence[Cue]) -> None:
        sets: dict[str, int] = {}
        self._wanted: dict[int, list[_Wanted]] = {}
        for cue in cues:
            told = telling(cue.pattern)
            needed = [sets.setdefault(each.pattern, len(sets)) for each in told]
            near = min(told, key=lambda each: each.before)
            wanted = _Wanted(
                cue,
                openings(cue.pattern),
                near.before,
                near.fresh,
                _firsts(near.words),
                frozenset(needed),
                held(cue.pattern),
                widest(cue.pattern),
            )
            self._wanted.setdefault(needed[0], []).append(wanted)
        self._sets = Phrases(list(sets))

    def find(self, text: str, first: int = 0, last: int | None = None) -> Iterator[Sign]:
        """Each cue that is met and begins from *first* up to *last*."""
        could, last = self._sets.could, len(text) if last is None else last
        for low in range(first, last, _STRETCH):
            high = min(low + _STRETCH, last)
            stretch = text[low : high + REACH] if low or len(text) > high else text
            if (met := could(stretch)) and (some := self._candidates(met)):
                lower = lowered(stretch)
                known: dict[tuple[str, ...], list[int]] = {}  # many phrases have one verb
                for wanted in some:
                    if _holds(lower, wanted.held):
                        if (places := known.get(wanted.words)) is None:
                            places = known[wanted.words] = _places(wanted.words, lower)
                        yield from _matches(wanted, places, text, lower, low, high)

    def _candidates(self, met: Collection[int]) -> list[_Wanted]:
        by_set = self._wanted
        return [
            wanted for one in met for wanted in by_set.get(one, ()) if wanted.needed.issubset(met)
        ]


def lowered(text: str) -> str:
    """*text* in lower case, each character at its place."""
    return text.lower() if text.isascii() else text.translate(_LIKE_ASCII).lower()


_LIKE_ASCII = str.maketrans(LIKE_ASCII)


class _Wanted(NamedTuple):
    """A cue, with what there must be for it."""

    cue: Cue
    openings: frozenset[str] | None
    before: int
    fresh: bool
    words: tuple[str, ...]
    needed: frozenset[int]
    held: tuple[tuple[str, ...], ...]
    """Of each of these some word is in every match."""
    widest: int


def _firsts(words: Iterable[str]) -> tuple[str, ...]:
    """The first word of each; of those, none that begins with another."""
    firsts = sorted({each.split()[0] for each in words})
    return tuple(
        each for each in firsts if not any(each[:n] in firsts for n in range(1, len(each)))
    )


def _holds(lower: str, held: tuple[tuple[str, ...], ...]) -> bool:
    """Whether of each of *held* some word is there."""
    for some in held:
        for word in some:
            if word in lower:
                break
        else:
            return False
    return True


def _matches(
    wanted: _Wanted, places: Iterable[int], text: str, lower: str, low: int, high: int
) -> Iterator[Sign]:
    """The matches that begin from *low* up to *high*, near the words that they hold."""
    match = _matcher(wanted.cue.pattern)
    done = 0
    for at in places:
        if wanted.fresh and at and lower[at - 1].isalnum():
            continue
        if not _holds(lower[max(0, at - wanted.before) : at + wanted.widest], wanted.held):
            continue
        begin = max(done, at - wanted.before)
        done = min(at, high - low - 1) + 1
        starts = _starts(wanted.openings, lower, begin, done)
        if not (lower[at].isascii() or at in starts or at >= done):
            starts.append(at)  # of a script that has no spaces
        for start in starts:
            if found := match(text, low + start, low + start + REACH):
                yield wanted.cue, low + start, found.end()


def _starts(opening: frozenset[str] | None, lower: str, begin: int, end: int) -> list[int]:
    """Where a match may begin."""
    words = takewhile(lambda word: word.start() < end, _WORD.finditer(lower, begin))
    return [word.start() for word in words if opening is None or word[0] in opening]


_WORD = re.compile(r"[^\W_]+")


def _places(words: Iterable[str], lower: str) -> list[int]:
    """Where *words* stand."""
    places = []
    for word in words:
        at = lower.find(word)
        while at >= 0:
            places.append(at)
            at = lower.find(word, at + 1)
    return sorted(places)


@functools.lru_cache(maxsize=1024)
def _matcher(pattern: str) -> Any:
    return expression(pattern).match
