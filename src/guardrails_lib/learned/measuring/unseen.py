"""Sets measured with detectors that never saw them: the numbers that tell of new texts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple, Protocol

from ..intent.judging import Scored
from ..sets import LOOKED_FOR, Left, NameSet, PromptSet
from .calibration import Calibrated, Verdict, calibrated, verdicts
from .lengths import OfLength, by_length
from .measured import Finds, NamesIn, Prompted, Score, names_measured, prompts_measured
from .tallies import Located

__all__ = ["Unseen", "names_unseen", "prompts_unseen"]


class FindsNames(Protocol):
    """What finds names."""

    def find(self, text: str) -> Sequence[Located]:
        """The names in a text."""
        ...


class Judges(Protocol):
    """What tells attacks from honest texts."""

    @property
    def thresholds(self) -> Mapping[str, float]:
        """From which score on a text is taken for an attack, by what it is."""
        ...

    def score(self, text: str, where: str) -> Scored:
        """How likely it is one."""
        ...


class Unseen(NamedTuple):
    """What was told of prompts: by title, by score and by length."""

    prompts: Mapping[str, tuple[Prompted, ...]]
    calibration: tuple[Calibrated, ...]
    lengths: tuple[OfLength, ...]


def names_unseen(
    left: Iterable[Left[NameSet, FindsNames]], rest: Finds, whole: Iterable[str]
) -> dict[str, tuple[NamesIn, ...]]:
    """What was found of the names of sets. Parts of a set, with a detector each, are put together.

    The sets called *whole* are measured once more: every name of theirs is wanted, and what
    *rest* finds counts, too.
    """
    parts: dict[tuple[str, str], list[tuple[NameSet, FindsNames]]] = {}
    for each in left:
        for some in each.sets:
            parts.setdefault((each.title, some.name), []).append((some, each.detector))
    measured: dict[str, tuple[NamesIn, ...]] = {}
    for (title, name), several in parts.items():
        entire = NameSet(name, [text for some, _ in several for text in some.texts])
        finds = _each_by_its_own(several)
        found = [names_measured(entire, finds, LOOKED_FOR)]
        if name in whole:
            both = _and(finds, rest)
            every = names_measured(entire._replace(name=f"{name}, all of pii()"), both)
            found.append(every)
        measured[title] = (*measured.get(title, ()), *found)
    return measured


def _each_by_its_own(several: Sequence[tuple[NameSet, FindsNames]]) -> Finds:
    detectors = {text.text: detector for some, detector in several for text in some.texts}
    return lambda text: detectors[text].find(text)


def _and(finds: Finds, rest: Finds) -> Finds:
    return lambda text: [*finds(text), *rest(text)]


def prompts_unseen(left: Iterable[Left[PromptSet, Judges]]) -> Unseen:
    """What was told of prompts and documents, each against the honest texts left out with it."""
    prompts: dict[str, tuple[Prompted, ...]] = {}
    given: list[Verdict] = []
    for title, sets, judge in left:
        score = _score(judge)
        found = prompts_measured(sets, score, judge.thresholds.__getitem__)
        prompts[title] = (*prompts.get(title, ()), *found)
        given += verdicts(sets, score, judge.thresholds.__getitem__)
    return Unseen(prompts, calibrated(given), by_length(given))


def _score(judge: Judges) -> Score:
    return cache(lambda text, where: judge.score(text, where).score)
