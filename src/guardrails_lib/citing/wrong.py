"""What is wrong with the citations of a text."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from .._citation import Citation
from .._types import Request, Source, Span
from ..grounding import Claim, Index, Place, Support, index, names_of, support, supports
from .belonging import MOST, Within, cited
from .forms import Mark
from .named import meant
from .quotes import quoted

__all__ = ["Wrong", "mistyped", "wrong"]

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


def wrong(
    text: str, found: Sequence[Mark], request: Request, within: Within, below: float
) -> Iterator[Wrong]:
    """What is wrong with the citations *found* in *text*, in their order."""
    sources = request.sources
    seen = [
        each
        for mark in found
        if not mark.label
        for each in _misnamed(mark.names, mark.span, sources)
    ]
    seen += _misused(text, found, request, within, below)
    yield from sorted(seen, key=lambda each: each.span or Span(0, 0))


def mistyped(citation: Citation, sources: Sequence[Source]) -> Iterator[Wrong]:
    """What is wrong with the *citation* of a typed answer."""
    yield from _misnamed((citation.source,), None, sources)
    if places := meant(citation.source, sources):
        yield from _misquoted(citation.quote, None, places, sources)


def _misnamed(
    names: Iterable[str], span: Span | None, sources: Sequence[Source]
) -> Iterator[Wrong]:
    counts = [len(meant(name, sources)) for name in names]
    if not all(counts):
        yield Wrong("no_such_source", span)
    if any(count > 1 for count in counts):
        yield Wrong("ambiguous_source", span)


def _misused(
    text: str, found: Sequence[Mark], request: Request, within: Within, below: float
) -> Iterator[Wrong]:
    if all(mark.label for mark in found):
        return
    sources = request.sources
    held = index(source.text for source in sources)
    quotes = [*_quotes(text)][::-1]
    for number, (claim, marks) in enumerate(cited(text, found, within)):
        if number == MOST:
            yield Wrong("error", Span(claim.span.start, len(text)))
            return
        places = {n for mark in marks for name in mark.names for n in meant(name, sources)}
        ended: list[Span] = []
        while quotes and quotes[-1].end <= claim.span.end:
            ended.append(quotes.pop())
        if not places:
            continue
        for quote in ended:
            yield from _misquoted(text[slice(*quote)], quote, places, sources)
        yield from _unsupported(claim, places, held, request, below)


def _unsupported(
    claim: Claim, places: Collection[int], held: Index, request: Request, below: float
) -> Iterator[Wrong]:
    """That the sources at *places* do not bear *claim* out."""
    best = support(held, claim.text)
    if best.score >= below and best.place and best.place.source in places:
        return  # as nearly always, and each source alone takes longer
    asked = [each.text for each in request.messages if each.role == "user"]
    known = names_of(asked)  # what the user named needs no source
    best = support(held, claim.text, known)
    each = supports(held, claim.text, known)
    near = max((each[n] for n in places), key=_score)
    if near.score >= below:
        return
    missing = round(1.0 - near.score, 4)
    if best.score >= below:
        yield Wrong("wrong_source", claim.span, missing, best)
    else:
        yield Wrong("unsupported", claim.span, missing, near)


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


def _misquoted(
    quote: str, span: Span | None, places: Collection[int], sources: Sequence[Source]
) -> Iterator[Wrong]:
    """That *quote* is not in the sources at *places* word for word."""
    elided = None
    for place in places:
        if there := quoted(quote, sources[place].text):
            if not there.elided:
                return
            elided = _at(place, there.span)
    if elided:
        yield Wrong("elided", span, near=elided)
        return
    for place, source in enumerate(sources):
        if place not in places and (there := quoted(quote, source.text)):
            yield Wrong("wrong_source", span, near=_at(place, there.span))
            return
    held = index(source.text for source in sources)
    yield Wrong("not_quoted", span, near=support(held, quote))


def _at(place: int, span: Span) -> Support:
    return Support(1.0, Place(place, span, 0, 0))
