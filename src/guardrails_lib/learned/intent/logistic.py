"""Logistic regression over signs that are numbers of weights: many rows, few signs in each."""

from __future__ import annotations

from typing import NamedTuple

from ..numbers import Floats, Integers, NDArray, np

__all__ = ["Rows", "Straight", "learned", "straight", "told"]

_BATCH = 120_000
"""About so many signs are looked at between two steps."""


_COMMON = 0.01
_SEEN = 1e-8
"""What a sign is taken to have been seen before: the less, the more a seldom one learns."""


class Rows(NamedTuple):
    """Texts as their signs, one after the other."""

    begins: Integers
    """Where the signs of each row begin; one more says where the last is over."""
    signs: NDArray[np.int32]
    values: NDArray[np.float32] | Floats
    hostile: Floats
    """1 for an attack, 0 for none."""
    weights: Floats
    """How much each row counts."""


def learned(
    rows: Rows,
    picked: Integers,
    *,
    size: int,
    seed: int,
    fewest: int = 1,
    rounds: int = 8,
    rate: float = 0.1,
    shrink: float = 1e-6,
    dropped: float = 0.5,
    common: float = 0.3,
) -> tuple[Floats, float]:
    """Weights that tell the *picked* rows apart, and the bias.

    What *fewest* rows have is learned. In each step a part of the signs is *dropped*, so that
    none decides alone; *shrink* pulls all weights to nothing. A sign that was seen seldom
    learns faster (Adagrad). One that more than a hundredth of the rows have counts less, by
    the power *common*.
    """
    chance = np.random.Generator(np.random.PCG64(seed))
    some, columns = _columns(rows, picked, size, fewest)
    shares = np.bincount(some.signs, minlength=len(columns)) / len(picked)
    worth = np.minimum(1, (_COMMON / shares) ** common)
    some = some._replace(values=some.values * worth[some.signs])
    count = len(picked)
    table = np.zeros(len(columns))
    seen = np.full(len(columns), _SEEN)
    bias, bias_seen = 0.0, _SEEN
    mean_weight = some.weights.sum() / count
    batch_size = max(16, round(_BATCH * count / max(len(some.signs), 1)))
    for turn in range(rounds):
        order = chance.permutation(count)
        step = rate * (1 - 0.9 * turn / rounds)
        for at in range(0, count, batch_size):
            batch = order[at : at + batch_size]
            where, lengths = _slices(some.begins, batch)
            kept = chance.random(len(where)) >= dropped
            row_of = np.repeat(np.arange(len(batch)), lengths)[kept]
            where = where[kept]
            found = some.signs[where]
            values = some.values[where] / (1 - dropped)
            said = _summed(row_of, table[found] * values, len(batch))
            wrong = (_likely(said + bias) - some.hostile[batch]) * some.weights[batch] / mean_weight
            slope = _summed(found, wrong[row_of] * values, len(columns))
            slope /= len(batch)
            slope += shrink * table
            seen += slope * slope
            table -= step * slope / np.sqrt(seen)
            lean = float(wrong.sum()) / len(batch)
            bias_seen += lean * lean
            bias -= step * lean / bias_seen**0.5
    full = np.zeros(size)
    full[columns] = table * worth
    return full, bias


def _columns(rows: Rows, picked: Integers, size: int, fewest: int) -> tuple[Rows, Integers]:
    """The *picked* rows with the signs that enough of them have, which are numbered anew."""
    where, lengths = _slices(rows.begins, picked)
    signs = rows.signs[where]
    columns = np.flatnonzero(np.bincount(signs, minlength=size) >= fewest)
    new = np.full(size, -1, dtype=np.int32)
    new[columns] = np.arange(len(columns))
    signs = new[signs]
    kept = signs >= 0
    row_of = np.repeat(np.arange(len(picked)), lengths)[kept]
    counts = np.bincount(row_of, minlength=len(picked))
    begins = np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(counts)))
    values = rows.values[where][kept].astype(np.float64)
    some = Rows(begins, signs[kept], values, rows.hostile[picked], rows.weights[picked])
    return some, columns


def _slices(begins: Integers, picked: Integers) -> tuple[Integers, Integers]:
    """The places of all signs of the *picked* rows, and how many each has."""
    lengths = begins[picked + 1] - begins[picked]
    ends = np.cumsum(lengths)
    places = np.arange(int(ends[-1])) + np.repeat(begins[picked] - (ends - lengths), lengths)
    return places, lengths


def _summed(groups: Integers | NDArray[np.int32], values: Floats, count: int) -> Floats:
    """The sum of the *values* of each group."""
    return np.bincount(groups, values, minlength=count).astype(np.float64, copy=False)


def _likely(said: Floats) -> Floats:
    return 1 / (1 + np.exp(-np.clip(said, -30, 30)))


class Straight(NamedTuple):
    """A few weights for a few measures."""

    weights: tuple[float, ...]
    bias: float


def straight(
    measures: Floats, hostile: Floats, counts: Floats, *, shrink: float = 1e-3
) -> Straight:
    """The weights of few *measures*, by Newton's method; they come out the same each time."""
    rows, columns = measures.shape
    full = np.concatenate((measures, np.ones((rows, 1))), axis=1)
    weights = np.zeros(columns + 1)
    pull = np.full(columns + 1, shrink)
    pull[-1] = 0
    total = counts.sum()
    for _ in range(30):
        likely = _likely((full * weights).sum(axis=1))
        slope = (full * ((likely - hostile) * counts)[:, None]).sum(axis=0) / total + pull * weights
        bend = likely * (1 - likely) * counts / total + 1e-9
        curve = np.array(
            [
                [float((full[:, i] * full[:, j] * bend).sum()) for j in range(columns + 1)]
                for i in range(columns + 1)
            ]
        )
        curve += np.diag(pull + 1e-9)
        weights = weights - np.linalg.solve(curve, slope)
    return Straight(tuple(float(each) for each in weights[:-1]), float(weights[-1]))


def told(measures: Floats, mixed: Straight) -> Floats:
    """What *mixed* says of each row of *measures*."""
    said: Floats = (measures * np.array(mixed.weights)).sum(axis=1) + mixed.bias
    return said
