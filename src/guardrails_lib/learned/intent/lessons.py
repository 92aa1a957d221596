"""What one learns from, made of examples: stretches for the signs, whole texts for the rest."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from ..writing.grammar import one_of
from .examples import Document, Example
from .reading import BLOCK, reading

__all__ = ["Lessons", "Stretch", "Whole", "of_documents", "of_prompts"]

_LONG = 700
_WORDS = 90
"""A prompt of more than `_LONG` characters is learned from in stretches of so many words, too."""
_GLUE = ("\n", "\n\n", " ", " ")
_MOST = 8
"""Of so many texts one is put together at most."""


class Stretch(NamedTuple):
    """A text or a piece of one, to learn the weights of signs from."""

    text: str
    hostile: bool
    sources: tuple[str, ...]
    weight: float = 1.0


class Whole(NamedTuple):
    """A text, to learn from what its stretches say together."""

    text: str
    hostile: bool
    sources: tuple[str, ...]


class Lessons(NamedTuple):
    """All that one learns from."""

    stretches: Sequence[Stretch]
    wholes: Sequence[Whole]


def of_prompts(examples: Sequence[Example], put_together: int) -> Lessons:
    """The lessons of prompts, and of as many long ones *put_together* of them."""
    together = list(_together(examples, put_together))
    stretches = [
        Stretch(text, each.hostile, (each.source,), each.weight * share)
        for each in examples
        for text, share in _parts(each.text, 0.3 if each.hostile else 0.5)
    ]
    stretches += [Stretch(*each, weight=0.5) for each in together]
    wholes = [Whole(each.text, each.hostile, (each.source,)) for each in examples]
    return Lessons(stretches, wholes + together)


def _together(examples: Sequence[Example], times: int) -> Iterator[Whole]:
    """Long texts of one side, and honest ones with an attack somewhere, each beside an honest."""
    chance = random.Random("together").random  # noqa: S311  # nothing is secret here
    sides: dict[bool, dict[str, list[str]]] = {True: {}, False: {}}
    for each in examples:
        if len(each.text) < _LONG and "/" in each.source:
            sides[each.hostile].setdefault(each.source, []).append(each.text)
    if not sides[True] or not sides[False]:
        return
    for _ in range(times):
        for hostile in (True, False):
            kinds = [one_of(chance, list(sides[hostile])) for _ in range(2)]
            count = 2 + int(chance() * (_MOST - 2))
            parts = [one_of(chance, sides[hostile][one_of(chance, kinds)]) for _ in range(count)]
            yield Whole(one_of(chance, _GLUE).join(parts), hostile, _sources(kinds))
            kinds = [one_of(chance, list(sides[side])) for side in (False, hostile)]
            parts = [
                one_of(chance, sides[side][kind])
                for side, kind in zip((False, hostile), kinds, strict=True)
            ]
            if chance() < 0.4:
                parts.reverse()
            yield Whole(one_of(chance, _GLUE).join(parts), hostile, _sources(kinds))


def _sources(kinds: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(kinds))


def _parts(text: str, share: float) -> Iterator[tuple[str, float]]:
    """The whole of a prompt and, of a long one, its parts, which count a *share* each."""
    yield text, 1.0
    if len(text) < _LONG:
        return
    edges = _edges(text)
    first = 0
    for last in range(1, len(edges)):
        words = sum(edge.words for edge in edges[first:last])
        if words >= _WORDS or last == len(edges) - 1:
            yield text[edges[first].start : edges[last - 1].end], share
            first = last


class Edge(NamedTuple):
    """A sentence: where it stands, and how many words it has."""

    start: int
    end: int
    words: int


def _edges(text: str) -> list[Edge]:
    """The sentences of *text*."""
    read = reading(text[:BLOCK])
    firsts = [*read.segments.tolist(), len(read.starts)]
    return [
        Edge(int(read.starts[first]), int(read.ends[last - 1]), last - first)
        for first, last in pairwise(firsts)
    ]


def of_documents(
    every: Sequence[Document],
    long: Sequence[Document],
    orders: Sequence[Example],
    sentences: Sequence[Example],
) -> Lessons:
    """The lessons of documents, some of them *long*, and of *orders* and *sentences* in them."""
    stretches = [each for document in every for each in _around(document)]
    stretches += [Stretch(each.text, True, (each.source,), each.weight) for each in orders]
    stretches += [Stretch(each.text, False, (each.source,), 0.5) for each in sentences]
    wholes = [
        Whole(each.text, bool(each.end), (each.source, each.order) if each.end else (each.source,))
        for each in (*every, *long)
    ]
    return Lessons(stretches, wholes)


def _around(document: Document) -> Iterator[Stretch]:
    """An order with and without what stands beside it; of an honest document, all."""
    text = document.text
    edges = _edges(text)
    if not document.end:
        for span in (1, 3):
            for at in range(0, len(edges), span):
                some = edges[at : at + span]
                piece = text[some[0].start : some[-1].end]
                yield Stretch(piece, False, (document.source,), 0.5)
        return
    touched = [
        at
        for at, edge in enumerate(edges)
        if edge.end > document.start and edge.start < document.end
    ]
    if touched:
        both = (document.source, document.order)
        before, after = edges[max(touched[0] - 1, 0)], edges[min(touched[-1] + 1, len(edges) - 1)]
        yield Stretch(text[before.start : edges[touched[-1]].end], True, both, 0.5)
        yield Stretch(text[edges[touched[0]].start : after.end], True, both, 0.5)
