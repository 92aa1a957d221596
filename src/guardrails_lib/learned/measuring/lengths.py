"""What is found, by length: a long text has more that could be taken for an attack."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from ..numbers import np
from ..sets import Where
from .calibration import Verdict
from .measures import Interval, interval, ratio

__all__ = ["ANY_LENGTH", "OfLength", "by_length"]

ANY_LENGTH = 1 << 60
"""No text is longer."""

EDGES = (0, 300, 1000, 3000, 10_000, ANY_LENGTH)


class OfLength(NamedTuple):
    """How texts of some length were told apart, from *low* characters up to *high*."""

    where: Where
    low: int
    high: int
    attacks: int
    recall: Interval | None
    honest: int
    false_positives: Interval | None


def by_length(given: Iterable[Verdict]) -> tuple[OfLength, ...]:
    """The recall and what was found falsely, by length, at the threshold."""
    some = list(given)
    rows = []
    for where in dict.fromkeys(each.where for each in some):
        for low, high in pairwise(EDGES):
            of = [each for each in some if each.where == where and low <= len(each.text) < high]
            rows += [_row(of, low, high)] if of else []
    return tuple(rows)


def _row(given: Sequence[Verdict], low: int, high: int) -> OfLength:
    attacks = [each.found for each in given if each.hostile]
    honest = [each.found for each in given if not each.hostile]
    return OfLength(
        given[0].where, low, high, len(attacks), _share(attacks), len(honest), _share(honest)
    )


def _share(found: Sequence[bool]) -> Interval | None:
    are = np.array(found, dtype=np.float64)
    return interval(len(are), lambda weights: ratio(float(weights @ are), float(weights.sum())))
