"""All the ways that a text can be read, one within the other, within bounds."""

from __future__ import annotations

import functools
import itertools
from collections import deque
from collections.abc import Callable, Iterable, Iterator

from . import marks
from .alike import alike, piled
from .encoded import grouped, in_runs, morse
from .escaped import entities, escapes, percents
from .leet import leet
from .spaced import parted, spaced
from .turned import backwards, overridden, substituted, upside_down
from .unseen import hidden, unseen
from .view import Piece, View

__all__ = ["WAYS", "views"]

_DEPTH = 5
"""So many disguises, one in the other, are seen through."""

_TIMES, _LEAST = 8, 1024
"""What is read from a view, and from that, is so many times as long as the view, or so long."""

_ALL_TIMES, _ALL_LEAST = 4, 200_000
"""What is read from all views is so many times as long as the text, or so long."""

_SLAB, _SHARED = 100_000, 2_000
"""A longer text is read in slabs, so that memory has a bound; each has some of the one before."""

_Way = Callable[[str], Iterable[View]]

_WHOLE: dict[int, tuple[_Way, ...]] = {
    marks.RUNS: (in_runs,),
    marks.GROUPS: (grouped,),
    marks.MORSE: (morse,),
}
"""Passages that mean nothing when they are cut."""

_IN_SLABS: dict[int, tuple[_Way, ...]] = {
    marks.UNSEEN: (unseen, hidden, overridden),
    marks.ODD_LETTERS: (alike, upside_down),
    marks.PILES: (piled,),
    marks.PERCENTS: (percents,),
    marks.ENTITIES: (entities,),
    marks.ESCAPES: (escapes,),
    marks.SPACED: (spaced,),
    marks.PARTED: (parted,),
    marks.LEET: (leet,),
    marks.BACKWARDS: (backwards,),
    marks.ROT13: (functools.partial(substituted, "rot13"),),
    marks.ATBASH: (functools.partial(substituted, "atbash"),),
}

WAYS = {**_WHOLE, **_IN_SLABS}
"""All ways to read a text, by the mark that tells when to try."""


def views(text: str) -> Iterator[View]:
    """Each other way to read *text*, the plainest first; nothing where it is what it seems.

    >>> [view.text for view in views("plain")]
    []
    >>> [(view.text, view.how, view.span(0, 6)) for view in views("i.g.n.o.r.e me")]
    [('ignore me', 'spaced', Span(start=0, end=11))]
    """
    if found := marks.marks(text):
        seen = {hash(text)}  # not the texts themselves, which may be long
        left = max(_ALL_LEAST, _ALL_TIMES * len(text))
        for view in _once(_read(text, found), seen):
            yield view
            for inner in _deeper(view, seen, min(left, max(_LEAST, _TIMES * len(view.text)))):
                left -= len(inner.text)
                yield inner


def _deeper(view: View, seen: set[int], left: int) -> Iterator[View]:
    """What can be read in *view*, and in that, until *left* characters are read."""
    todo = deque([(view, 1)] if left else [])
    while todo:
        outer, depth = todo.popleft()
        for inner in _once(_read(outer.text, marks.marks(outer.text)), seen):
            left -= len(inner.text)
            if left < 0:
                return
            read = inner.within(outer)
            yield read
            if depth + 1 < _DEPTH:
                todo.append((read, depth + 1))


def _once(found: Iterable[View], seen: set[int]) -> Iterator[View]:
    for view in found:
        known = hash(view.text)
        if known not in seen:
            seen.add(known)
            yield view


def _read(text: str, found: Iterable[int]) -> Iterator[View]:
    """The ways to read *text*, on which the marks *found* are."""
    known = set(found)
    yield from _by(_WHOLE, text, known)
    if len(text) <= _SLAB:
        yield from _by(_IN_SLABS, text, known)
    elif not known.isdisjoint(_IN_SLABS):
        for low in range(0, len(text) - _SHARED, _SLAB - _SHARED):
            slab = text[low : low + _SLAB]
            whole = View(slab, "", ((Piece(0, low, low + len(slab), 1),),))
            for view in _by(_IN_SLABS, slab, known.intersection(marks.marks(slab))):
                yield view._replace(places=view.places + whole.places)


def _by(ways: dict[int, tuple[_Way, ...]], text: str, known: set[int]) -> Iterator[View]:
    used = itertools.chain.from_iterable(some for mark, some in ways.items() if mark in known)
    return itertools.chain.from_iterable(way(text) for way in used)
