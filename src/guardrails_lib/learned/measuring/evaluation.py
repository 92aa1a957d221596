"""What is asked to be measured, measured and told: with the weights that ship, or others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from textwrap import wrap
from typing import NamedTuple

from ...checks.pii import pii
from ..corpora import Span
from ..intent.judging import Judge
from ..names.finding import Names
from ..sets import (
    LOOKED_FOR,
    NAME_SETS,
    PROMPT_SETS,
    NameSet,
    PromptSet,
    Where,
    name_file,
    name_sets,
    prompt_file,
    prompt_sets,
)
from ..weights import Weights, learned, path_of
from . import cards
from .calibration import Calibrated, calibrated, verdicts
from .intent_left_out import prompts_left_out
from .lengths import OfLength, by_length
from .measured import Finds, NamesIn, Prompted, names_measured, prompts_measured
from .tables import WIDTH, calibration_told, lengths_told, names_told, prompts_told
from .tallies import Located
from .unseen import names_unseen, prompts_unseen

__all__ = ["KINDS", "Asked", "Report", "evaluated", "left_out", "told"]

KINDS = {"names": "names", "pii": "names", "injection": "injection"}
"""What can be measured, and which weights it has."""

_ALL_PII = ("presidio_research_large",)
"""The sets that label more than names."""


class Asked(NamedTuple):
    """What to measure, and with what."""

    kind: str
    given: tuple[str, ...] = ()
    """Names of sets, or files; without any, all sets there are."""
    data: Path = Path("../shared/data")
    where: Where = "prompt"
    """What the texts of a file are."""
    threshold: float | None = None
    weights: Path | None = None
    """Others than those that ship with the package."""


class Report(NamedTuple):
    """What was measured, by the title of each part."""

    kind: str
    weights: str
    """The SHA-256 of their file."""
    learned_from: Sequence[str] = ()
    thresholds: Mapping[str, float] = {}
    names: Mapping[str, Sequence[NamesIn]] = {}
    prompts: Mapping[str, Sequence[Prompted]] = {}
    calibration: Sequence[Calibrated] = ()
    lengths: Sequence[OfLength] = ()
    unseen: bool = False
    """Whether it was measured with others, which never saw the sets, and not with the weights."""


def evaluated(asked: Asked) -> Report:
    """What was asked for, measured."""
    path = asked.weights or path_of(KINDS[asked.kind])
    weights = learned(KINDS[asked.kind], path)
    report = Report(asked.kind, cards.checksum(path), weights.about.get("sets", ()))
    if asked.kind == "injection":
        judge = Judge(weights)
        thresholds = _thresholds(judge, asked.threshold)
        score = cache(lambda text, where: judge.score(text, where).score)
        sets = list(_prompt_sets(asked))
        some = verdicts(sets, score, thresholds.__getitem__)
        return report._replace(
            thresholds=thresholds,
            prompts={"": prompts_measured(sets, score, thresholds.__getitem__)},
            calibration=calibrated(some),
            lengths=by_length(some),
        )
    finds = _pii(asked.threshold) if asked.kind == "pii" else _names(weights, asked.threshold)
    types = None if asked.kind == "pii" else LOOKED_FOR
    return report._replace(
        thresholds={} if asked.threshold is None else {asked.kind: asked.threshold},
        names={"": [names_measured(each, finds, types) for each in _name_sets(asked)]},
    )


def left_out(kind: str, data: Path) -> Report:
    """What detectors make of sets that they never saw. To learn all of them takes minutes."""
    report = Report(kind, cards.checksum(path_of(KINDS[kind])), unseen=True)
    if kind == "injection":
        found = prompts_unseen(prompts_left_out(data))
        return report._replace(**found._asdict())
    from .names_left_out import names_left_out  # noqa: PLC0415  # what learns names needs faker

    return report._replace(names=names_unseen(names_left_out(data), _but_names, _ALL_PII))


def _thresholds(judge: Judge, given: float | None) -> dict[str, float]:
    return {
        where: shipped if given is None else given for where, shipped in judge.thresholds.items()
    }


def _names(weights: Weights, threshold: float | None) -> Finds:
    names = Names(weights)
    return lambda text: [each for each in names.find(text) if each.score >= (threshold or 0)]


def _pii(threshold: float | None) -> Finds:
    """All that `pii` finds, whatever it is."""
    check = pii(threshold=threshold)
    return lambda text: [Span(*found.span, found.kind) for found in check(text) if found.span]


def _but_names(text: str) -> list[Located]:
    """What `pii` finds beside names."""
    return [found for found in _pii(None)(text) if found.type not in LOOKED_FOR]


def _name_sets(asked: Asked) -> Iterator[NameSet]:
    for given in asked.given or (_ALL_PII if asked.kind == "pii" else tuple(NAME_SETS)):
        if given in NAME_SETS:
            yield name_sets(asked.data, [given])[given]
        else:
            yield name_file(_file(given, NAME_SETS))


def _prompt_sets(asked: Asked) -> Iterator[PromptSet]:
    for given in asked.given or PROMPT_SETS:
        if given in PROMPT_SETS:
            yield prompt_sets(asked.data, [given])[given]
        else:
            yield prompt_file(_file(given, PROMPT_SETS), asked.where)


def _file(given: str, sets: Mapping[str, object]) -> Path:
    path = Path(given)
    if not path.is_file():
        raise ValueError(f"{given} is no file, and no set: they are {', '.join(sets)}")
    return path


def told(report: Report) -> str:
    """What was measured, for people."""
    how = "learned anew without what is measured, beside weights" if report.unseen else "weights"
    lines = [f"{report.kind}, {how} {report.weights[:12]}"]
    lines += [f"{name}: from {value:.3f} on" for name, value in report.thresholds.items()]
    if report.learned_from:
        lines += wrap(f"learned from {', '.join(report.learned_from)}", WIDTH)
    tables = (
        names_told(report.names),
        prompts_told(report.prompts),
        lengths_told(report.lengths),
        calibration_told(report.calibration),
    )
    return "\n\n".join(("\n".join(lines), *filter(None, tables))) + "\n"
