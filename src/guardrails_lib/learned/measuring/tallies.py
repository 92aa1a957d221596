r"""What was found of the names in a text, what was missed and what was no name: as counts.

Names are compared by words (``\w+`` or a single mark: is it inside a name?), by their exact
places, and by the characters that are left in clear.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple, Protocol

from ..corpora import Span

__all__ = ["ANY", "Located", "Tally", "leaked", "tallied"]

ANY = ""
"""Stands for every type that is looked for."""

_TOKEN = re.compile(r"\w+|[^\w\s]")


class Located(Protocol):
    """A name that was found."""

    @property
    def start(self) -> int:
        """Where it begins."""
        ...

    @property
    def end(self) -> int:
        """Where it has ended."""
        ...

    @property
    def type(self) -> str:
        """What it is the name of."""
        ...


class Tally(NamedTuple):
    """What was right, missed and found for nothing."""

    hits: int
    missed: int
    extras: int
    apart: int
    """So many of the extras are names of a type that is not looked for, such as a product's."""


def tallied(
    text: str, gold: Sequence[Span], found: Iterable[Located], types: Sequence[str]
) -> Iterable[tuple[str, Tally, Tally]]:
    """For each of *types* and for `ANY` of them: a tally by words, and one by exact places."""
    tokens = _Tokens(text)
    spans = {Span(each.start, each.end, each.type) for each in found}
    wanted = {span for span in gold if span.type in types}
    others = {span for span in gold if span.type not in types}
    apart = tokens.inside(others)
    for kind in (*types, ANY):
        of_kind = {span for span in wanted if kind in (ANY, span.type)}
        said = {span for span in spans if kind in (ANY, span.type)}
        yield kind, _by_words(tokens, of_kind, said, apart), _by_places(of_kind, said, others)


def leaked(gold: Iterable[Span], found: Iterable[Located]) -> tuple[int, int]:
    """How many characters of names are left in clear, of how many.

    >>> leaked([Span(0, 9, "PERSON")], [Span(0, 3, "LOCATION")])
    (6, 9)
    """
    names = {at for span in gold for at in range(span.start, span.end)}
    covered = {at for span in found for at in range(span.start, span.end)}
    return len(names - covered), len(names)


class _Tokens:
    def __init__(self, text: str) -> None:
        places = [match.span() for match in _TOKEN.finditer(text)]
        self._starts = [start for start, _ in places]
        self._ends = [end for _, end in places]

    def inside(self, spans: Iterable[Span]) -> set[int]:
        """The tokens of which a part is in one of *spans*."""
        return {
            at
            for span in spans
            for at in range(
                bisect_right(self._ends, span.start), bisect_left(self._starts, span.end)
            )
        }


def _by_words(
    tokens: _Tokens, gold: Iterable[Span], found: Iterable[Span], apart: Collection[int]
) -> Tally:
    wanted, said = tokens.inside(gold), tokens.inside(found)
    extras = said - wanted
    return Tally(
        len(wanted & said), len(wanted - said), len(extras), len(extras.intersection(apart))
    )


def _by_places(gold: Iterable[Span], found: Iterable[Span], others: Collection[Span]) -> Tally:
    wanted = {span[:2] for span in gold}
    said = {span[:2] for span in found}
    extras = said - wanted
    apart = [start for start, end in extras if any(o.start < end and start < o.end for o in others)]
    return Tally(len(wanted & said), len(wanted - said), len(extras), len(apart))
