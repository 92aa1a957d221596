"""Whether a typed citation stands for a claim."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from .._citation import Citation
from .._types import Source
from ..grounding import Index, contents, index, support
from .named import meant
from .quotes import Quotable

__all__ = ["Standing", "standing"]

SHARE = 0.4
"""So much of what a claim says is in the quote that stands for it, or it is another's."""

AROUND = 300
"""So many characters on both sides say what a quote is about: who "it" is."""


class Standing(NamedTuple):
    """What a quote says, and what is written around it."""

    words: frozenset[str]
    around: Index

    def stands_for(self, claim: str, below: float) -> bool:
        """Whether the quote has much of *claim*, and what is around it bears that out."""
        said = frozenset(contents(claim))
        if len(said & self.words) < SHARE * len(said):
            return False
        return support(self.around, claim).score >= below


def standing(citations: Iterable[Citation], sources: Sequence[Source]) -> list[Standing]:
    """The quotes of *citations*, where they are.

    >>> said = "The warranty lasts 5 years. It does not cover floods."
    >>> [found] = standing([Citation("1", "It does not cover floods.")], [Source("", said)])
    >>> found.stands_for("Floods are not covered by the warranty.", 0.5)
    True
    >>> found.stands_for("The warranty lasts 5 years.", 0.5)
    False
    """
    held = Quotable(source.text for source in sources)
    return [
        Standing(frozenset(contents(each.quote)), index([_around(each, sources, held)]))
        for each in citations
    ]


def _around(citation: Citation, sources: Sequence[Source], held: Quotable) -> str:
    for place in meant(citation.source, sources):
        if found := held.quoted(citation.quote, place):
            text = sources[place].text
            return text[max(0, found.span.start - AROUND) : found.span.end + AROUND]
    return citation.quote
