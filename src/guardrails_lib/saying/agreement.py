"""How far other answers say what an answer says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import fmean
from typing import NamedTuple

from .._types import Span
from ..grounding import claims, index, support
from ..likeness import words

__all__ = ["Agreed", "agreement"]

_YES = (
    "yes",
    "yeah",
    "yep",
    "true",
    "correct",
    "right",
    "ja",
    "oui",
    "si",
    "sí",
    "sì",
    "sim",
    "tak",
)
_NO = ("no", "nope", "not", "false", "incorrect", "wrong", "nein", "non", "nee", "não", "nie")
_POLARITY = {
    **dict.fromkeys((*_YES, "はい", "是", "是的", "对", "對"), True),
    **dict.fromkeys((*_NO, "いいえ", "不", "不是", "否"), False),
}

_FIRST = 3
"""Among so many words an answer says yes or no."""

_MOST = 200
"""So many claims are compared."""


class Agreed(NamedTuple):
    """What is claimed at a place, and how far other answers claim it, from 0 to 1."""

    span: Span
    score: float


def agreement(text: str, others: Sequence[str]) -> Iterator[Agreed]:
    """How far *others* agree with each claim of *text*, on average.

    Numbers, dates, names and negations must be the same. One that says less, and nothing
    else, agrees.

    >>> [each.score > 0.8 for each in agreement("It took 5 years.", ["Five years.", "5 years"])]
    [True]
    >>> [each.score < 0.2 for each in agreement("It took 5 years.", ["It took 7 years."])]
    [True]
    """
    said = _claimed(text)
    if not said:
        whole = Span(0, len(text))
        yield Agreed(whole, fmean(_same(text, each) for each in others))
        return
    sources = [index([each]) for each in others]
    back = [_backwards(text, each) for each in others]
    opposite = [_opposed(text, each) for each in others]
    for span, claim in said:
        scores = [
            0.0 if no else max(support(source, claim).score, other)
            for source, other, no in zip(sources, back, opposite, strict=True)
        ]
        yield Agreed(span, fmean(scores))


def _claimed(text: str) -> list[tuple[Span, str]]:
    found: list[tuple[Span, str]] = []
    for each in claims(text):
        found.append((each.span, each.text))
        if len(found) == _MOST:
            break
    return found


def _backwards(text: str, other: str) -> float:
    """How far *text* bears out a shorter answer; nothing, where that has as many words."""
    if len(words(other)) >= len(words(text)):
        return 0.0
    whole = index([text])
    scores = [support(whole, claim).score for _, claim in _claimed(other)]
    return min(scores, default=0.0)


def _same(text: str, other: str) -> float:
    """1.0 where both say yes, or no, or the same words."""
    if _opposed(text, other):
        return 0.0
    mine, theirs = words(text), words(other)
    return float(mine == theirs or (_polarity(mine) is not None and _polarity(theirs) is not None))


def _opposed(text: str, other: str) -> bool:
    """Whether one begins with yes and the other with no."""
    mine, theirs = _polarity(words(text)), _polarity(words(other))
    return mine is not None and theirs is not None and mine is not theirs


def _polarity(said: Sequence[str]) -> bool | None:
    return next((_POLARITY[word] for word in said[:_FIRST] if word in _POLARITY), None)
