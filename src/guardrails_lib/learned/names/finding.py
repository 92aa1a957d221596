"""Names of people, places and organizations, as they were learned."""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Iterator
from typing import NamedTuple

from ..numbers import Floats, Hashes, Integers, NDArray, Truths, np
from ..weights import Weights, learned
from .features import AHEAD, BITS, FEATURES, REACH, STAND_IN, features, walls
from .tokens import ADDRESS, PIECE, SPACES, Shape, Tokens, tokens

__all__ = ["TYPES", "Name", "Names", "names"]

TYPES = ("PERSON", "LOCATION", "ORGANIZATION")

_MARGIN = (REACH + 2) * (len("https://") + ADDRESS + SPACES)
"""So many characters hold all tokens that decide about one, or a wall before them."""

_BESIDE = 0.5
"""A token that is no name by so little is part of one that it stands beside."""

_SURER = 4.6
"""So much more must speak for a name beside something removed.

The words beside a name are names by that alone, now and then: once it is removed, they must not be.
"""

_LAST = 4096
"""No more of a text is looked at for where its end begins."""


class Name(NamedTuple):
    """Where a name stands, of what type it is, and how sure that is: from 0.5 on to 1."""

    start: int
    end: int
    type: str
    score: float


class Names:
    """What finds names. Each token is decided by what stands within six tokens of it."""

    width = _MARGIN
    """What is found at a place depends on the text that near, and on the length of the name."""
    back = _MARGIN
    """How far back of a place that is settled the text must be seen again."""

    def __init__(self, weights: Weights) -> None:
        about = weights.about
        self._scale = float(about["scale"])
        self._lean = float(about["lean"])
        self._common: NDArray[np.uint8] = weights.arrays["common"]
        self._table = _packed(weights.arrays["table"])

    def find(self, text: str) -> list[Name]:
        """The names in *text*, in order."""
        if not _LETTERS.search(text):
            return []
        seen = [self._seen(text, low, high) for low, high in _pieces(text)]
        every = _Seen(*(np.concatenate(some) for some in zip(*seen, strict=True)))
        return list(_named(every))

    def tail(self, text: str) -> int:
        """Where the end of *text* begins that more text could still make part of a name."""
        begun = _BEGUN.search(text, max(0, len(text) - STAND_IN))
        text = text[: begun.start()] if begun else text  # what it becomes is one token
        seen = self._seen(text, max(0, len(text) - _LAST), len(text))
        at = max(0, len(seen.starts) - AHEAD - 2)  # a mark may join two, and the last may grow
        if at <= REACH:  # what stood before them is not known here
            return int(seen.starts[0]) if len(seen.starts) else len(text)
        may = seen.over > -_BESIDE
        may[:REACH] = True
        may |= _glued(seen)
        while at and may[at - 1]:
            at -= 1
        return int(seen.starts[at])

    def margins(self, found: Tokens) -> Floats:
        """How much more each type speaks for itself in each token than no name does."""
        sums = self._table[features(found, self._common)].sum(axis=1, dtype=np.uint64)
        lanes = sums.view(np.uint16).reshape(-1, _LANES).astype(np.float64)
        margins: Floats = (lanes[:, 1:] - lanes[:, :1]) * self._scale + self._lean
        margins[walls(found) | (found.shapes >= Shape.STAND_IN)] = -np.inf
        return margins

    def explain(self, text: str, start: int, end: int) -> list[tuple[str, float]]:
        """What spoke for the name from *start* to *end* and against it, the weightiest first."""
        low = max(0, start - _MARGIN)
        found = tokens(text[low : end + _MARGIN])
        own = np.flatnonzero((low + found.starts >= start) & (low + found.ends <= end))
        if not len(own):
            return []
        lanes = self._table[features(found, self._common)[own]].view(np.uint16)
        lanes = lanes.reshape(len(own), -1, _LANES).astype(np.float64)
        speak = (lanes[:, :, 1:] - lanes[:, :, :1]) * self._scale
        best = int(speak.sum(axis=(0, 1)).argmax())
        weights = speak[:, :, best].sum(axis=0)
        order = np.argsort(-np.abs(weights), kind="stable")
        return [(FEATURES[each], round(float(weights[each]), 4)) for each in order.tolist()]

    def _seen(self, text: str, low: int, high: int) -> _Seen:
        """The tokens that begin from *low* up to *high*."""
        begin = max(0, low - _MARGIN)
        found = tokens(text[begin : high + _MARGIN])
        if not len(found.starts):
            none = np.zeros((0, len(TYPES)))
            return _Seen(found.starts, found.ends, found.shapes, none, none[:, 0])
        margins = self.margins(found)
        over = margins.max(axis=1) - _bars(found.shapes)
        starts, ends = begin + found.starts, begin + found.ends
        own = (starts >= low) & (starts < high)
        return _Seen(starts[own], ends[own], found.shapes[own], margins[own], over[own])


class _Seen(NamedTuple):
    """Tokens, and how much speaks for each type in each of them."""

    starts: Integers
    ends: Integers
    shapes: Integers
    margins: Floats
    over: Floats
    """How much more speaks for a name than must."""


@functools.cache
def names() -> Names:
    """What finds names, with the weights of the package."""
    return Names(learned("names"))


_LETTERS = re.compile(r"[^\W\d_]")
_LANES = 4
_BEGUN = re.compile(r"(?:[\[<][A-Z0-9_:]*|\*{1,2}|(?i:https?:?/{0,2}|www\.?))\Z")
"""The beginning of what stands for something removed, or of the address of a page."""


def _packed(table: NDArray[np.int8]) -> Hashes:
    """The four weights of a row as one number, so that one addition adds all of them."""
    lanes = table.astype(np.int16) + 128
    packed: Hashes = lanes.astype(np.uint16).reshape(1 << BITS, _LANES).view(np.uint64)[:, 0]
    return packed


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    step = PIECE - 2 * _MARGIN
    for low in range(0, len(text), step):
        yield low, min(low + step, len(text))


def _named(seen: _Seen) -> Iterator[Name]:
    """The names: tokens beside each other, without marks at their ends."""
    for inside in _runs(seen):
        if not any(seen.shapes[at] != Shape.NUMBER and seen.over[at] > 0 for at in inside):
            continue
        margins = seen.margins[inside].tolist()
        sums = [sum(column) for column in zip(*margins, strict=True)]
        sure = sum(max(*each, 0.0) for each in margins) / len(margins)
        start, stop = int(seen.starts[inside[0]]), int(seen.ends[inside[-1]])
        score = round(1 / (1 + math.exp(-sure)), 4)
        yield Name(start, stop, TYPES[sums.index(max(sums))], score)


def _runs(seen: _Seen) -> Iterator[list[int]]:
    """The words of each name. A mark ends it where another type begins, and a line most."""
    are = seen.over > -_BESIDE
    between = _between(are, seen)
    joined = np.concatenate(([False], are | between, [False]))
    types, shapes = seen.margins.argmax(axis=1).tolist(), seen.shapes.tolist()
    for begin, end in np.flatnonzero(np.diff(joined)).reshape(-1, 2).tolist():
        inside: list[int] = []
        line = mark = False
        for at in range(begin, end):
            if shapes[at] in {Shape.MARK, Shape.LINE}:
                line, mark = line or shapes[at] == Shape.LINE, mark or not between[at]
                continue
            if inside and (line or mark) and not _goes_on(types[inside[-1]], types[at], line=line):
                yield inside
                inside = []
            inside.append(at)
            line = mark = False
        if inside:
            yield inside


def _goes_on(before: int, after: int, *, line: bool) -> bool:
    """Whether two words with a mark or a line between them are one name, as in an address."""
    return before == after and (not line or TYPES[after] == "LOCATION")


def _bars(shapes: Integers) -> Floats:
    """How much must speak for a name in each token."""
    bars = np.zeros(len(shapes))
    for at in np.flatnonzero(shapes == Shape.STAND_IN).tolist():
        bars[max(0, at - AHEAD) : at + REACH + 1] = _SURER
    return bars


def _between(are: Truths, seen: _Seen) -> Truths:
    """The marks that join two names into one, as in O'Brien."""
    between = _glued(seen)
    between[1:-1] &= are[:-2] & are[2:]
    return between


def _glued(seen: _Seen) -> Truths:
    """The marks with no white space on either side."""
    are = np.zeros(len(seen.starts), dtype=bool)
    glued = seen.starts[1:] == seen.ends[:-1]
    are[1:-1] = glued[:-1] & glued[1:] & (seen.shapes[1:-1] == Shape.MARK)
    return are
