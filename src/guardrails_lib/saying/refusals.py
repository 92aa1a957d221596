"""Whether a reply declines, and does not help after all."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import NamedTuple

from .._types import Span
from ..likeness import sentences
from .prose import prose
from .refusal_phrases import BUT, CUES, OFFERS, REFUSALS

__all__ = ["Refusal", "refusal"]

_READ = 1_500
"""Who declines says so in so many characters."""

_SOON = 2
"""In which sentences a refusal stands: one that comes later limits an answer."""

_LATE = 0.5
"""What one that comes later still counts."""

_HELP = 400
"""So many letters of something else, and it is as much an answer as a refusal."""


class Refusal(NamedTuple):
    """The sentence that declines, and how surely the reply does."""

    span: Span
    score: float


def refusal(text: str) -> Refusal | None:
    """The refusal that *text* is, if one of its sentences declines."""
    read = prose(text[:_READ]).translate(_PLAIN)
    said = [(span, list(_phrases_in(read, *span))) for span in sentences(read)]
    if not any(phrases for _, phrases in said):
        return None
    first, late = next((span, n >= _SOON) for n, (span, phrases) in enumerate(said) if phrases)
    doubt, helped, offered = 1.0, 0, 0
    for span, here in said:
        if not here:
            if _offers(read, span):
                offered += _letters(read, *span)
            else:
                helped += _letters(read, *span)
            continue
        for sure in {each.phrase: each.sure for each in here}.values():
            doubt *= 1 - sure
        turn = _but().search(read, max(each.end for each in here), span.end)
        helped += _letters(read, turn.end(), span.end) if turn else 0
    helped += max(0, offered - _HELP)
    helped += _letters(text, 0, _READ) - _letters(read, 0, _READ)  # who gives code helps
    helped += max(0, len(text) - _READ)
    sure = (1 - doubt) * (_LATE if late else 1.0) / (1 + (helped / _HELP) ** 2)
    return Refusal(first, round(sure, 4))


class _Found(NamedTuple):
    phrase: re.Pattern[str]
    sure: float
    start: int
    end: int


def _phrases_in(text: str, start: int, end: int) -> Iterator[_Found]:
    lower = text[start:end].lower()
    for language, cues in CUES.items():
        if any(cue in lower for cue in cues):
            for phrase, sure in _phrases()[language]:
                for match in phrase.finditer(text, start, end):
                    before = text[max(0, match.start() - _BEFORE) : match.start()]
                    if not _QUOTED.search(before):
                        yield _Found(phrase, sure, *match.span())


_PLAIN = str.maketrans({"\u2019": "'", "\u00a0": " ", "\u202f": " ", "\t": " "})
"""One form of what is written in several."""

_BEFORE = 40
_QUOTED = re.compile(
    r"(?:[\"\u201c\u201e\u00ab\u300c][^\"\u201c\u201d\u201e\u00ab\u00bb\u300c\u300d\n]{0,30}"
    r"|\bif )$",
    re.IGNORECASE,
)
"""What somebody else says, and what holds on a condition."""


def _offers(text: str, span: Span) -> bool:
    return any(each.search(text, *span) for each in _offered())


def _letters(text: str, start: int, end: int) -> int:
    return sum(map(str.isalpha, text[start:end]))


@functools.cache
def _phrases() -> dict[str, list[tuple[re.Pattern[str], float]]]:
    return {
        language: [(re.compile(each, re.IGNORECASE), sure) for each, sure in phrases]
        for language, phrases in REFUSALS.items()
    }


@functools.cache
def _offered() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(each, re.IGNORECASE) for each in OFFERS)


@functools.cache
def _but() -> re.Pattern[str]:
    return re.compile(BUT, re.IGNORECASE)
