"""Of traces that overlap, the surest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .trace import Trace

__all__ = ["surest"]


def surest(traces: Iterable[Trace]) -> Iterator[Trace]:
    """One trace for each place, from *traces* in the order of their starts.

    >>> low, high = Trace("role", "it may", 0, 9, 0.2), Trace("role", "it does", 4, 9, 0.8)
    >>> [trace.message for trace in surest([low, high])]
    ['it does']
    """
    best: Trace | None = None
    for trace in traces:
        if best is None or trace.start >= best.end:
            if best is not None:
                yield best
            best = trace
        elif trace.score > best.score:
            best = trace
    if best is not None:
        yield best
