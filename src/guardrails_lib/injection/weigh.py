"""Signs that stand near each other are surer together than each alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from .trace import Trace

__all__ = ["NEAR", "SERIOUS", "weighed"]

NEAR = 1500
"""Signs that many characters apart at most strengthen each other."""

SERIOUS = 0.4
"""Weaker signs mean something beside one that is so sure, and nothing by themselves."""

_Kind = tuple[str, str, float]


def weighed(traces: Iterable[Trace]) -> Iterator[Trace]:
    """*traces* with the certainty that those near them give them; each kind counts once.

    >>> one, two = Trace("mode", "a mode", 0, 4, 0.5), Trace("persona", "a role", 9, 12, 0.2)
    >>> [round(each.score, 2) for each in weighed([one, two])]
    [0.6, 0.6]
    """
    ordered = sorted(traces, key=_place)
    near: Counter[_Kind] = Counter()
    low = high = 0
    together: float | None = None
    for trace in ordered:
        while high < len(ordered) and ordered[high].start <= trace.start + NEAR:
            kind = _kind(ordered[high])
            if not near[kind]:
                together = None
            near[kind] += 1
            high += 1
        while ordered[low].start < trace.start - NEAR:
            kind = _kind(ordered[low])
            near[kind] -= 1
            if not near[kind]:
                del near[kind]
                together = None
            low += 1
        if together is None:
            together = _together(near)
        yield trace._replace(score=max(trace.score, together))


def _together(kinds: Iterable[_Kind]) -> float:
    left, serious = 1.0, False
    for *_, score in sorted(kinds):
        left *= 1 - score
        serious = serious or score >= SERIOUS
    return 1 - left if serious else 0.0


def _place(trace: Trace) -> tuple[int, int]:
    return trace.start, trace.end


def _kind(trace: Trace) -> _Kind:
    return trace.technique, trace.message, trace.score
