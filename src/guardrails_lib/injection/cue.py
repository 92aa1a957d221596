"""A way of saying something that attacks say, and how sure it is by itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from .words import phrase

__all__ = ["Cue", "cues"]


class Cue(NamedTuple):
    """A pattern with what it is a sign of.

    One that *orders* means nothing where it is told not to be done: "never ignore your
    instructions".
    """

    technique: str
    message: str
    score: float
    pattern: str
    orders: bool = False


def cues(
    technique: str, message: str, *phrases: tuple[float, str], orders: bool = False
) -> Iterator[Cue]:
    """The cues of one meaning, each with its own certainty."""
    for score, each in phrases:
        yield Cue(technique, message, score, phrase(each), orders)
