"""What is found, and which of it says it all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from .recognizers import EntityRecognizer, RecognizerResult, result_of

__all__ = ["Found", "Told", "as_result", "distinct", "told"]

ENHANCED = RecognizerResult.IS_SCORE_ENHANCED_BY_CONTEXT_KEY


class Found(NamedTuple):
    """One finding of Presidio."""

    kind: str
    start: int
    end: int
    score: float


class Told(Found):
    """One that a recognizer has found in its own way, with what it says of it."""

    result: RecognizerResult

    @property
    def weighed(self) -> bool:
        """Whether the recognizer has weighed the words around already."""
        return bool((self.result.recognition_metadata or {}).get(ENHANCED))


def told(result: RecognizerResult) -> Told:
    """*result* as it is found."""
    found = Told(result.entity_type, result.start, result.end, result.score)
    found.result = result
    return found


def as_result(recognizer: EntityRecognizer, found: Found) -> RecognizerResult:
    """*found* as Presidio has it."""
    return found.result if isinstance(found, Told) else result_of(recognizer, *found)


def distinct(found: Sequence[Found]) -> list[Found]:
    """*found* without what lies in another of its kind that is as certain; surest first."""
    if len(found) == 1 and found[0].score > 0:
        return list(found)
    kept: list[Found] = []
    active: list[Found] = []
    kind = None
    for each in sorted(set(found), key=_by_kind):
        if each.score == 0:
            continue
        if each.kind != kind:
            kind, active = each.kind, []
        active = [other for other in active if other.end >= each.start]
        if not any(
            other.start <= each.start and each.end <= other.end and each.score <= other.score
            for other in active
        ):
            kept.append(each)
            active.append(each)
    return sorted(kept, key=_by_score)


def _by_kind(found: Found) -> tuple[str, int, int, float]:
    return found.kind, found.start, found.start - found.end, -found.score


def _by_score(found: Found) -> tuple[float, int, int]:
    return -found.score, found.start, found.start - found.end
