"""How far a figure that was reckoned from samples can be believed."""

import math
import random
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from typing import TypeVar

__all__ = ["auc", "bootstrap", "wilson"]

T = TypeVar("T")


def wilson(found: int, of: int) -> tuple[float, float]:
    """Where the true share is, 19 times of 20."""
    z = 1.96
    middle = (found + z * z / 2) / (of + z * z)
    half = z / (of + z * z) * math.sqrt(found * (of - found) / of + z * z / 4)
    return max(0.0, middle - half), min(1.0, middle + half)


def auc(true: Sequence[float], false: Sequence[float]) -> float:
    """How often a true one scores above a false one; a tie is half of that."""
    below = sorted(false)
    wins = sum(bisect_left(below, score) + bisect_right(below, score) for score in true)
    return wins / (2 * len(true) * len(below)) if true and below else math.nan


def bootstrap(
    values: Sequence[T], statistic: Callable[[Sequence[T]], float], rounds: int = 1_000
) -> tuple[float, float]:
    """Where *statistic* of such values is, 19 times of 20: of as many drawn from *values*."""
    chance = random.Random(0)
    drawn = (statistic(chance.choices(values, k=len(values))) for _ in range(rounds))
    found = sorted(value for value in drawn if not math.isnan(value))
    if not found:
        return math.nan, math.nan
    return found[int(0.025 * len(found))], found[int(0.975 * len(found))]
