"""How far a score is a likelihood: so that of texts with 0.9, nine of ten are attacks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from ..numbers import Floats, np
from ..sets import PromptSet, Where
from .measured import Score
from .measures import Interval, interval, ratio

__all__ = ["Calibrated", "Verdict", "calibrated", "verdicts"]

EDGES = (0.0, 0.1, 0.3, 0.5, 0.7, 0.85, 0.95, 1.0)


class Verdict(NamedTuple):
    """The score of a text, and whether it is an attack."""

    where: Where
    text: str
    score: float
    hostile: bool
    found: bool
    """Whether the score reaches the threshold."""


class Calibrated(NamedTuple):
    """What the texts are whose scores lie from *low* up to *high*."""

    where: Where
    low: float
    high: float
    attacks: int
    honest: int
    share: Interval | None
    """How many of them are attacks, if attacks and honest texts were as many in all."""


def verdicts(
    sets: Iterable[PromptSet], score: Score, thresholds: Callable[[Where], float]
) -> list[Verdict]:
    """The scores of all texts of *sets*; a text that is in several of them counts once."""
    once: dict[tuple[Where, str], Verdict] = {}
    for each in sets:
        where, least = each.where, thresholds(each.where)
        for prompt in each.prompts:
            likely = score(prompt.text, where)
            verdict = Verdict(where, prompt.text, likely, prompt.hostile, likely >= least)
            once[where, prompt.text] = verdict
    return list(once.values())


def calibrated(given: Iterable[Verdict]) -> tuple[Calibrated, ...]:
    """How many are attacks, by score."""
    some = list(given)
    return tuple(
        row
        for where in dict.fromkeys(each.where for each in some)
        for row in _by_score([each for each in some if each.where == where])
    )


def _by_score(given: Sequence[Verdict]) -> Iterator[Calibrated]:
    """The rows of texts of one kind. There are none where all are attacks, or none is one."""
    scores = np.array([each.score for each in given])
    hostile = np.array([each.hostile for each in given])
    if hostile.all() or not hostile.any():
        return
    weights = np.where(hostile, 1 / hostile.sum(), 1 / (~hostile).sum())
    for low, high in pairwise(EDGES):
        inside = (scores >= low) & ((scores < high) | (high == EDGES[-1]))
        attacks, every = weights[inside] * hostile[inside], weights[inside]

        def share(drawn: Floats, of: Floats = attacks, among: Floats = every) -> float:
            return ratio(float(drawn @ of), float(drawn @ among))

        yield Calibrated(
            given[0].where,
            low,
            high,
            int(hostile[inside].sum()),
            int((~hostile[inside]).sum()),
            interval(len(every), share) if len(every) else None,
        )
