"""An attack cut in two or more, the pieces in neighbouring texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from .attack import Where, plain
from .trace import Trace

__all__ = ["Part", "across"]

_NEAR = 250
"""So many characters are looked at on each side of a seam."""


class Part(NamedTuple):
    """A text, and where it is from."""

    where: str
    text: str


def across(parts: Iterable[Part], where: Where, threshold: float) -> Iterator[tuple[Part, Trace]]:
    """The surest trace at each seam that neither side shows by itself, with the later part."""
    before = ""
    for part in parts:
        begin = part.text[:_NEAR]
        if before and begin:
            found = _crossing(before, begin, where, threshold)
            if found and not _alone(before, begin, where, threshold):
                yield part, found
        before = f"{before} {part.text[-_NEAR:]}"[-_NEAR:]


def _crossing(before: str, begin: str, where: Where, threshold: float) -> Trace | None:
    """The surest trace in both together; where they are joined, a word may have been cut."""
    cut = before[-1].isalnum() and begin[0].isalnum()
    for between in ("\n", "")[: 1 + cut]:
        found = max(plain(f"{before}{between}{begin}", where), key=_score, default=None)
        if found and found.score >= threshold:
            return found
    return None


def _alone(before: str, begin: str, where: Where, threshold: float) -> bool:
    return any(trace.score >= threshold for text in (before, begin) for trace in plain(text, where))


def _score(trace: Trace) -> float:
    return trace.score
