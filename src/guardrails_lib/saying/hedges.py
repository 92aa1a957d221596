"""Where a text says that it is not sure."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import NamedTuple

from .._types import Span
from ..likeness import sentences
from .hedge_phrases import HEDGES
from .languages import likely
from .prose import prose

__all__ = ["Hedge", "hedges"]

_MOST = 200_000
"""So many characters of a text are read."""

_PLAIN = str.maketrans({"\u2019": "'", "\u00a0": " ", "\u202f": " ", "\t": " "})


_SHORT = 200
"""A text of fewer characters may be in any language."""

_NEAR = 0.15
"""So much less may speak for a language that is read too."""


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
    words = _words(_spoken(read))
    for start, end in sentences(read):
        for confidence, pattern in words:
            found = pattern.search(read, start, end)
            if found:
                yield Hedge(Span(*found.span()), confidence)
                break


def _spoken(text: str) -> tuple[str, ...]:
    """The languages whose words may be in *text*; all of them where it is short."""
    scores: dict[str, float] = likely(text)
    if len(text) < _SHORT or not scores:
        return tuple(HEDGES)
    best = max(scores.values())
    return tuple(each for each in HEDGES if scores.get(each, 0.0) > best - _NEAR)


@functools.lru_cache(maxsize=64)
def _words(languages: tuple[str, ...]) -> list[tuple[float, re.Pattern[str]]]:
    """How one hedges in *languages*; what hedges most comes first."""
    phrases: dict[float, list[str]] = {}
    for language in languages:
        for confidence, some in HEDGES[language].items():
            phrases.setdefault(confidence, []).extend(some)
    return [
        (confidence, re.compile("|".join(some), re.IGNORECASE))
        for confidence, some in sorted(phrases.items())
    ]
