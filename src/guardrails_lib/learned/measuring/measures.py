"""How good a detector is, as numbers, and between which numbers that truly lies.

An interval holds the measure of nineteen in twenty sets that are drawn from the groups of the
one at hand, again and again: texts of one template, or of one document, come or go together.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeAlias

from ..numbers import Floats, Integers, np

__all__ = [
    "Interval",
    "Ranked",
    "Weighting",
    "auc",
    "fbeta",
    "groups_of",
    "interval",
    "precision",
    "rate_above",
    "ratio",
    "recall",
    "recall_at",
    "threshold_at",
]

DRAWS = 1000
SEED = 9

Weighting: TypeAlias = Callable[[Floats], float]
"""A measure of groups, given how often each of them counts."""


class Interval(NamedTuple):
    """A measure, and where nineteen in twenty like sets have it."""

    value: float
    low: float
    high: float


def groups_of(names: Sequence[str]) -> Integers:
    """A number for each of *names*: the same for the same. One without a name is alone."""
    known: dict[str | int, int] = {}
    keys = (name or at for at, name in enumerate(names))
    return np.array([known.setdefault(key, len(known)) for key in keys], dtype=np.int64)


def interval(groups: int, measure: Weighting) -> Interval | None:
    """The *measure* of that many groups. It is None where there is nothing to measure.

    >>> sizes = np.array([3.0, 1.0, 2.0])
    >>> interval(3, lambda weights: ratio(weights @ sizes, weights @ (sizes + 1)))
    Interval(value=0.6666666666666666, low=0.5, high=0.75)
    """
    value = measure(np.ones(groups))
    if np.isnan(value):
        return None
    chance = np.random.Generator(np.random.PCG64(SEED))
    drawn = np.empty(DRAWS)
    for at in range(DRAWS):
        chosen = (chance.random(groups) * groups).astype(np.int64)
        drawn[at] = measure(np.bincount(chosen, minlength=groups).astype(np.float64))
    low, high = np.nanquantile(drawn, (0.025, 0.975))
    return Interval(value, float(low), float(high))


def ratio(part: float, whole: float) -> float:
    """*part* of *whole*; no number where there is no whole."""
    return float(part / whole) if whole else float("nan")


def precision(hits: float, extras: float) -> float:
    """How much of what was found is right."""
    return ratio(hits, hits + extras)


def recall(hits: float, missed: float) -> float:
    """How much of what is there was found."""
    return ratio(hits, hits + missed)


def fbeta(hits: float, missed: float, extras: float, beta: float) -> float:
    """Precision and recall in one, recall counting *beta* times as much.

    >>> round(fbeta(8, 2, 8, beta=1), 3), round(fbeta(8, 2, 8, beta=2), 3)
    (0.615, 0.714)
    """
    if not hits + missed:
        return float("nan")
    square = beta * beta
    return ratio((1 + square) * hits, (1 + square) * hits + square * missed + extras)


def rate_above(scores: Floats, threshold: float) -> float:
    """How many of *scores* reach the threshold."""
    return ratio(float(np.count_nonzero(scores >= threshold)), len(scores))


def threshold_at(honest: Floats, rate: float) -> float:
    """The lowest threshold that no more than *rate* of the honest scores reach.

    >>> honest = np.array([0.1, 0.2, 0.3, 0.9])
    >>> rate_above(honest, threshold_at(honest, 0.25))
    0.25
    """
    return Ranked(np.empty(0), honest).threshold(np.ones(len(honest)), rate)


def recall_at(hostile: Floats, honest: Floats, rate: float) -> float:
    """How many of the hostile are found when *rate* of the honest may be."""
    return rate_above(hostile, threshold_at(honest, rate))


def auc(hostile: Floats, honest: Floats) -> float:
    """How often a hostile text has the higher score, of all pairs; a tie is half.

    >>> auc(np.array([0.9, 0.5]), np.array([0.5, 0.1]))
    0.875
    """
    return Ranked(hostile, honest).auc(np.ones(len(hostile)), np.ones(len(honest)))


class Ranked:
    """Scores of hostile and of honest texts, sorted once and weighted often."""

    def __init__(self, hostile: Floats, honest: Floats) -> None:
        self._hostile = hostile
        self._order = np.argsort(honest, kind="stable")
        self._honest = honest[self._order]
        self._below = np.searchsorted(self._honest, hostile, "left")
        self._up_to = np.searchsorted(self._honest, hostile, "right")

    def auc(self, hostile: Floats, honest: Floats) -> float:
        """The area under the curve, each text counted by its weight."""
        sums = np.concatenate(([0.0], np.cumsum(honest[self._order])))
        beaten = (sums[self._below] + sums[self._up_to]) / 2
        return ratio(float(hostile @ beaten), float(hostile.sum() * sums[-1]))

    def recall(self, hostile: Floats, honest: Floats, rate: float) -> float:
        """The recall where *rate* of the honest weight may be found."""
        if not honest.sum():
            return float("nan")
        threshold = self.threshold(honest, rate)
        found = hostile[self._hostile >= threshold]
        return ratio(float(found.sum()), float(hostile.sum()))

    def threshold(self, honest: Floats, rate: float) -> float:
        """The lowest threshold that no more than *rate* of the honest weight reaches."""
        weights = honest[self._order][::-1]
        reached = np.cumsum(weights)
        over = reached > rate * reached[-1] + 1e-9 if len(reached) else np.empty(0, np.bool_)
        if not over.any():
            return float("-inf")
        return float(np.nextafter(self._honest[::-1][np.argmax(over)], np.inf))
