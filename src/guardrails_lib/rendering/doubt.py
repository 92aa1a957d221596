"""What is wrong at a place of a text that is to be run."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["Doubt"]


class Doubt(NamedTuple):
    """Something that may do more than it should, or that may be read in two ways."""

    kind: str
    message: str
    start: int
    end: int
