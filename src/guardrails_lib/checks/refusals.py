"""Whether the model declined."""

from __future__ import annotations

import functools
from collections.abc import Iterator

from .._check import check
from .._types import Finding
from .knowing import known_in
from .parameters import read_at_once, score

__all__ = ["refused"]


@read_at_once(threshold=functools.partial(score, "threshold"))
@check(known=known_in("refusals.refused"))
def refused(text: str, *, threshold: float = 0.5) -> Iterator[Finding]:
    """A text that declines to help, and does not help after all.

    A refusal looks like an answer: it is shown, counted and cached as one. The finding has
    the sentence that declines, and as its score how surely the text is a refusal.

    >>> [(f.kind, f.span) for f in refused()("I'm sorry, but I can't help with that.")]
    [('refused', Span(start=0, end=38))]
    >>> list(refused()("Sorry for the wait! Your parcel arrives tomorrow."))
    []

    It knows how one declines in English, German, French, Spanish, Italian, Portuguese,
    Dutch, Polish, Japanese and Chinese. What follows counts: an apology before an answer, or
    "I can't draw, but here is how you do", is an answer. A refusal that comes after the
    second sentence counts half. *threshold* leaves out what is less certain.

    It does not see who declines without saying so, nor whether it was right to.
    """
    from ..saying.refusals import refusal  # noqa: PLC0415  # tables that few need

    found = refusal(text)
    if found and found.score >= threshold:
        yield Finding("the model declined", found.span, found.score, kind="refused")
