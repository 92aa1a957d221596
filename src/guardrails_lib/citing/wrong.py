"""What is wrong with the citations of a text."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from .._citation import Citation
from .._types import Request, Span
from ..grounding import Claim, Index, Place, Support, index_of, names_of, support, supports
from .belonging import MOST, Within, cited
from .forms import Mark
from .named import meant
from .quotes import Quotable

__all__ = ["Cites", "Wrong"]

_QUOTES = re.compile(
    '(?<!\\w)"(?=\\S)([^"\\n]{3,2000})(?<=\\S)"(?!\\w)'
    "|\u201c([^\u201c\u201d\\n]{3,2000})\u201d|\u201e([^\u201e\u201c\u201d\\n]{3,2000})[\u201c\u201d]"
    "|\u00ab([^\u00ab\u00bb\\n]{3,2000})\u00bb|\u300c([^\u300c\u300d\\n]{2,2000})\u300d"
    "|(?<!\\w)\u2018([^\u2018\u2019\\n]{3,2000})\u2019(?!\\w)"
)


class Wrong(NamedTuple):
    """A citation that is wrong."""

    kind: str
    span: Span | None
    score: float = 1.0
    near: Support | None = None
    """What comes nearest to it in the sources."""


class Cites:
    """What is wrong with citations of the sources of *request*."""

    def __init__(self, request: Request) -> None:
        self.sources = request.sources
        self._request = request
        self._quotable = Quotable(source.text for source in self.sources)

    @cached_property
    def _index(self) -> Index:
        return index_of(self._request)

    @cached_property
    def _known(self) -> frozenset[str]:
        """The names of what was asked: what the user named needs no source."""
        return names_of(each.text for each in self._request.messages if each.role == "user")

    def wrong(self, text: str, found: Sequence[Mark], within: Within, below: float) -> list[Wrong]:
        """What is wrong with the citations *found* in *text*, in their order."""
        used = [mark for mark in found if not mark.label]
        seen = [each for mark in used for each in self._misnamed(mark.names, mark.span)]
        if used:
            seen += self._misused(text, found, within, below)
        return sorted(seen, key=lambda each: each.span or Span(0, 0))

    def mistyped(self, citation: Citation) -> Iterator[Wrong]:
        """What is wrong with the *citation* of a typed answer."""
        yield from self._misnamed((citation.source,), None)
        if places := meant(citation.source, self.sources):
            yield from self._misquoted(citation.quote, None, places)

    def _misnamed(self, names: Iterable[str], span: Span | None) -> Iterator[Wrong]:
        counts = [len(meant(name, self.sources)) for name in names]
        if not all(counts):
            yield Wrong("no_such_source", span)
        if any(count > 1 for count in counts):
            yield Wrong("ambiguous_source", span)

    def _misused(
        self, text: str, found: Sequence[Mark], within: Within, below: float
    ) -> Iterator[Wrong]:
        quotes = [*_quotes(text)][::-1]
        for number, (claim, marks) in enumerate(cited(text, found, within)):
            if number == MOST:
                yield Wrong("error", Span(claim.span.start, len(text)))
                return
            names = {name for mark in marks for name in mark.names}
            places = {n for name in names for n in meant(name, self.sources)}
            while quotes and quotes[-1].end <= claim.span.end:
                quote = quotes.pop()
                if places and quote.end > claim.span.start:
                    yield from self._misquoted(text[slice(*quote)], quote, places)
            if places:
                yield from self._unsupported(claim, places, below)

    def _unsupported(self, claim: Claim, places: Collection[int], below: float) -> Iterator[Wrong]:
        """That the sources at *places* do not bear *claim* out."""
        best = support(self._index, claim.text)
        if best.score >= below and best.place and best.place.source in places:
            return  # as nearly always, and each source alone takes longer
        best = support(self._index, claim.text, self._known)
        each = supports(self._index, claim.text, self._known)
        near = max((each[n] for n in places), key=_score)
        if near.score >= below:
            return
        missing = round(1.0 - near.score, 4)
        if best.score >= below:
            yield Wrong("wrong_source", claim.span, missing, best)
        else:
            yield Wrong("unsupported", claim.span, missing, near)

    def _misquoted(self, quote: str, span: Span | None, places: Collection[int]) -> Iterator[Wrong]:
        """That *quote* is not in the sources at *places* word for word."""
        elided = None
        for place in places:
            if there := self._quotable.quoted(quote, place):
                if not there.elided:
                    return
                elided = _at(place, there.span)
        if elided:
            yield Wrong("elided", span, near=elided)
            return
        for place in range(len(self.sources)):
            if place not in places and (there := self._quotable.quoted(quote, place)):
                yield Wrong("wrong_source", span, near=_at(place, there.span))
                return
        yield Wrong("not_quoted", span, near=support(self._index, quote))


def _quotes(text: str) -> Iterator[Span]:
    """What is in quotation marks, if it is two words or more."""
    for quote in _QUOTES.finditer(text):
        which = quote.lastindex or 0
        if len(quote[which].split(None, 1)) > 1 or which == _UNSPACED:
            yield Span(*quote.span(which))


_UNSPACED = 5
"""The group of the quotation marks of scripts that put no space between words."""


def _score(found: Support) -> float:
    return found.score


def _at(place: int, span: Span) -> Support:
    return Support(1.0, Place(place, span, 0, 0))
