"""Texts cut into the chunks of a stream."""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Sequence

from ..hypotheses import st

__all__ = ["chunkings"]

_MOST = 12
"""So many cuts anywhere are drawn."""

_JOINERS = "\u200d\ufe0e\ufe0f"


def chunkings(text: str) -> st.SearchStrategy[tuple[str, ...]]:
    """Tuples of chunks that are *text* when they are put together.

    All in one chunk, in chunks of one size, down to a character each, cut anywhere with empty
    chunks among them, and cut between a letter and the accents or joiners that follow it.

    >>> from guardrails_lib.testing.strategies.texts import texts
    >>> chunked = texts().flatmap(chunkings)
    """
    size = len(text)
    sizes = sorted({each for each in (size, size - 1, size // 2, 3, 1) if 0 < each <= size})
    even = st.sampled_from(sizes[::-1] or [1]).map(lambda size: range(size, len(text), size))
    ways = [even, _cuts(st.integers(0, size))]
    if inner := [at for at, letter in enumerate(text) if at and _goes_on(letter)]:
        ways.append(_cuts(st.sampled_from(inner)))
    return st.one_of(ways).map(lambda cuts: _cut(text, cuts))


def _cuts(places: st.SearchStrategy[int]) -> st.SearchStrategy[Sequence[int]]:
    return st.lists(places, max_size=_MOST).map(sorted)


def _cut(text: str, places: Sequence[int]) -> tuple[str, ...]:
    return tuple(text[start:end] for start, end in itertools.pairwise([0, *places, len(text)]))


def _goes_on(letter: str) -> bool:
    """Whether it is shown as one with the letter before it."""
    return letter in _JOINERS or unicodedata.combining(letter) > 0
