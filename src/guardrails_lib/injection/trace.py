"""One place of a text that looks like an attack, before anyone weighs it."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["Trace"]


class Trace(NamedTuple):
    """A phrase that gives a model orders: how, where, and how sure that is by itself.

    *technique* is a stable name (``override``); *message* says it in plain words and has
    nothing of the text in it; *score* is between 0 and 1.
    """

    technique: str
    message: str
    start: int
    end: int
    score: float
