"""Where a text says that it is not sure."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import NamedTuple

from .._types import Span
from ..likeness import sentences
from .hedge_phrases import HEDGES
from .prose import prose

__all__ = ["Hedge", "hedges"]

_MOST = 200_000
"""So many characters of a text are read."""

_PLAIN = str.maketrans({"\u2019": "'", "\u00a0": " ", "\u202f": " ", "\t": " "})


class Hedge(NamedTuple):
    """Words that hedge, and how confident one is who says them."""

    span: Span
    confidence: float


def hedges(text: str) -> Iterator[Hedge]:
    """The words of each sentence of *text* that hedge most.

    >>> [(tuple(each.span), each.confidence) for each in hedges("It is 5. I think it is blue.")]
    [((9, 16), 0.4)]
    """
    read = prose(text[:_MOST]).translate(_PLAIN)
    for start, end in sentences(read):
        for confidence, words in _words():
            found = words.search(read, start, end)
            if found:
                yield Hedge(Span(*found.span()), confidence)
                break


@functools.cache
def _words() -> tuple[tuple[float, re.Pattern[str]], ...]:
    """Those that hedge most come first."""
    return tuple(
        (confidence, re.compile("|".join(phrases), re.IGNORECASE))
        for confidence, phrases in sorted(HEDGES.items())
    )
