"""Where the quotes of a typed answer are in its sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from .._citation import Citation
from .._tree import put
from .._types import Source, Span
from .answer import citations
from .named import meant
from .quotes import Quotable

__all__ = ["placed"]

T = TypeVar("T")


def placed(value: T, sources: Sequence[Source]) -> T:
    """*value* with the place of the quote in each `Citation` in it.

    Of several places it is the first. A quote that is not there word for word, or leaves out
    what it may not, has none; nor has one of a source that is none, or could be two.

    >>> placed([Citation("1", "5 years")], [Source("kb://a", "It lasts 5 years.")])[0].span
    Span(start=9, end=16)
    """
    held = Quotable(source.text for source in sources)
    new: Mapping[str, object] = {
        where: replace(each, span=_span(each, sources, held))
        for where, each in citations(value, "")
    }
    return put(value, new) if new else value


def _span(citation: Citation, sources: Sequence[Source], held: Quotable) -> Span | None:
    named = meant(citation.source, sources)
    found = held.quoted(citation.quote, named[0]) if len(named) == 1 else None
    return found.span if found and not found.elided else None
