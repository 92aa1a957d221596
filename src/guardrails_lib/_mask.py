"""A text with what must not be read taken out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ._stand_ins import StandIn, pseudonym
from ._types import Finding

__all__ = ["BLOT", "Cover", "Region", "masked", "regions"]

BLOT = "█"


class Cover(NamedTuple):
    """A finding to be redacted, and what makes what stands for it.

    Without a stand-in that is the finding's *instead*, or blots. `pseudonym` is what can
    be restored.
    """

    finding: Finding
    stand_in: StandIn | None = None


class Region(NamedTuple):
    """Characters to be replaced: by *instead*, or by as many blots."""

    start: int
    end: int
    instead: str | None

    @property
    def text(self) -> str:
        """What stands for it."""
        return BLOT * (self.end - self.start) if self.instead is None else self.instead


class _Joined(NamedTuple):
    """Covers that overlap."""

    start: int
    end: int
    covers: list[Cover]


def regions(
    text: str, covers: Iterable[Cover], *, base: int = 0, issue: StandIn = pseudonym
) -> list[Region]:
    """What is covered, in order; covers that overlap are one region.

    *base* is where *text* begins in what the spans speak of, and *issue* makes what can be
    restored.
    """
    joined: list[_Joined] = []
    for cover in sorted((each for each in covers if each.finding.span), key=_by_place):
        start, end = cover.finding.span or (0, 0)
        last = joined[-1] if joined else None
        if last and (start < last.end or _are_twins(last.covers[-1], cover)):
            last.covers.append(cover)
            joined[-1] = last._replace(end=max(last.end, end))
        else:
            joined.append(_Joined(start, end, [cover]))
    return [
        Region(
            each.start, each.end, _instead(text[each.start - base : each.end - base], each, issue)
        )
        for each in joined
    ]


def masked(text: str, covers: Iterable[Cover], *, issue: StandIn = pseudonym) -> str:
    """*text* with what is covered replaced.

    >>> masked("call 555 now", [Cover(Finding("a number", (5, 8)))])
    'call ███ now'
    """
    pieces: list[str] = []
    at = 0
    for region in regions(text, covers, issue=issue):
        pieces += text[at : region.start], region.text
        at = region.end
    return "".join([*pieces, text[at:]])


def _instead(text: str, joined: _Joined, issue: StandIn) -> str | None:
    """What stands for *text*: what lasts, where one of the covers does; never two things."""
    covers = joined.covers
    if any(each.stand_in is None for each in covers):
        alike = all(_are_twins(covers[0], each) for each in covers)
        return covers[0].finding.instead if alike else None
    lasting = [each for each in covers if each.stand_in is not pseudonym]
    best = max(lasting or covers, key=_by_trust)
    if best.stand_in is pseudonym or best.stand_in is None:
        return issue(best.finding.kind, text)
    return _made(best.stand_in, best.finding.kind, text)


def _made(stand_in: StandIn, kind: str, text: str) -> str | None:
    """What *stand_in* makes of *text*; blots if it cannot, for an error is never a pass."""
    try:
        made: object = stand_in(kind, text)
    except Exception:
        return None
    return made if isinstance(made, str) else None


def _are_twins(one: Cover, other: Cover) -> bool:
    return (one.finding.span, one.finding.instead, one.stand_in) == (
        other.finding.span,
        other.finding.instead,
        other.stand_in,
    )


def _by_place(cover: Cover) -> tuple[int, int, str]:
    start, end = cover.finding.span or (0, 0)
    return start, -end, cover.finding.instead or ""


def _by_trust(cover: Cover) -> tuple[float, int, int]:
    start, end = cover.finding.span or (0, 0)
    return cover.finding.score, end - start, -start
