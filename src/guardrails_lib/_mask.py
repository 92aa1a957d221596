"""A text with what must not be read taken out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ._types import Finding

__all__ = ["BLOT", "Region", "masked", "regions"]

BLOT = "█"


class Region(NamedTuple):
    """Characters to be replaced: by *instead*, or by as many blots."""

    start: int
    end: int
    instead: str | None

    @property
    def text(self) -> str:
        """What stands for it."""
        return BLOT * (self.end - self.start) if self.instead is None else self.instead


def regions(findings: Iterable[Finding]) -> list[Region]:
    """What *findings* cover, in order. Where two overlap, neither's *instead* is safe."""
    spans = sorted(
        {Region(*f.span, f.instead) for f in findings if f.span},
        key=lambda r: (r.start, -r.end, r.instead or ""),
    )
    joined: list[Region] = []
    for region in spans:
        last = joined[-1] if joined else None
        if last is None or region.start >= last.end:
            joined.append(region)
        else:
            joined[-1] = Region(last.start, max(last.end, region.end), None)
    return joined


def masked(text: str, findings: Iterable[Finding]) -> str:
    """*text* with what *findings* cover replaced.

    >>> masked("call 555 now", [Finding("a number", (5, 8))])
    'call ███ now'
    """
    pieces: list[str] = []
    at = 0
    for region in regions(findings):
        pieces += text[at : region.start], region.text
        at = region.end
    return "".join([*pieces, text[at:]])
