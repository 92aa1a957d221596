"""Learning which of some classes each row is, from hashed features: logistic, step by step."""

from __future__ import annotations

from typing import NamedTuple

from ..numbers import Bytes, Floats, Integers, NDArray, np

__all__ = ["Quantised", "learned", "quantised"]

_BATCH = 2000
_RATE = 0.15
_SPREAD = 0.05
_SHRINK = 1e-6
_FORGET = 0.1
"""Of the features of a row so many are not seen at a time, so that none decides alone."""

_SCALE = 127


class Quantised(NamedTuple):
    """Weights as small whole numbers, and what they are multiplied with."""

    table: Bytes
    scale: float


def learned(
    rows: NDArray[np.int32],
    classes: Integers,
    weights: Floats,
    *,
    size: int,
    count: int,
    turns: int,
    hidden: tuple[int, ...] = (),
    hide: float = 0.0,
    seed: int = 7,
) -> Floats:
    """The weight of each of *size* features for each of *count* classes.

    Each of *rows* lists the features that it has. Adagrad, in an order that *seed* draws; of
    each row the features in the columns *hidden* are left out with a chance of *hide*: what
    they say of words that were met is not there for words that were not.
    """
    chance = np.random.Generator(np.random.PCG64(seed))
    table = np.zeros((size, count))
    steps = np.full((size, count), _SPREAD)
    order = chance.permutation(len(rows))
    starts = range(0, len(rows), _BATCH)
    for _ in range(turns):
        for batch in chance.permutation(len(starts)):
            chosen = order[batch * _BATCH : (batch + 1) * _BATCH]
            _step(
                table, steps, rows[chosen], classes[chosen], weights[chosen], hidden, hide, chance
            )
    return table


def _step(
    table: Floats,
    steps: Floats,
    rows: NDArray[np.int32],
    classes: Integers,
    weights: Floats,
    hidden: tuple[int, ...],
    hide: float,
    chance: np.random.Generator,
) -> None:
    seen = chance.random(rows.shape) >= _FORGET
    if hidden:
        unseen = np.flatnonzero(chance.random(len(rows)) < hide)
        seen[unseen[:, None], np.array(hidden)] = False
    sums = np.einsum("rfc,rf->rc", table[rows], seen)
    sums -= sums.max(axis=1, keepdims=True)
    wrong = np.exp(sums)
    wrong /= wrong.sum(axis=1, keepdims=True)
    wrong[np.arange(len(rows)), classes] -= 1
    wrong *= weights[:, None]
    touched, place = np.unique(rows, return_inverse=True)
    place, told = place.ravel(), seen.ravel()
    slope = np.empty((len(touched), table.shape[1]))
    for each in range(table.shape[1]):
        pulled = np.repeat(wrong[:, each], rows.shape[1]) * told
        slope[:, each] = np.bincount(place, weights=pulled, minlength=len(touched))
    slope += _SHRINK * len(rows) * table[touched]
    steps[touched] += slope * slope
    table[touched] -= _RATE * slope / np.sqrt(steps[touched])


def quantised(table: Floats, most: float) -> Quantised:
    """*table* in whole numbers from -127 to 127, where *most* and more is 127."""
    scale = most / _SCALE
    return Quantised(np.clip(np.rint(table / scale), -_SCALE, _SCALE).astype(np.int8), scale)
