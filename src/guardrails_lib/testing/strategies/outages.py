"""What may go wrong with a model."""

from __future__ import annotations

from collections.abc import Collection

from ..fakes.outage import OUTAGES, Kind, Outage
from ..hypotheses import st

__all__ = ["outages"]

_SHORT = 0.002
"""Seconds; what is tried often may not take long."""


def outages(
    kinds: Collection[Kind] = OUTAGES, *, seconds: float = _SHORT
) -> st.SearchStrategy[Outage]:
    """One outage of *kinds*, or none; slow ones take up to so many *seconds*.

    A list of them is what a `FlakyModel` takes. The simplest is that nothing goes wrong.

    >>> from hypothesis import find
    >>> find(outages(), lambda outage: True)
    Outage()
    """
    for each in kinds:
        if each not in OUTAGES:
            raise ValueError(f"there is no outage {each!r}; there are {', '.join(OUTAGES)}")
    some: st.SearchStrategy[Kind] = st.sampled_from([each for each in OUTAGES if each in kinds])
    return some.flatmap(lambda kind: _outage(kind, seconds))


def _outage(kind: Kind, seconds: float) -> st.SearchStrategy[Outage]:
    if kind in {"cut_off", "broken_off"}:
        return st.builds(Outage, st.just(kind), after=st.integers(0, 40))
    if kind == "slow":
        return st.builds(Outage, st.just(kind), seconds=st.sampled_from([seconds / 2, seconds]))
    return st.just(Outage(kind))
