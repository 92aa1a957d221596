"""The passages of a text that are in another language than they should be."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterable, Iterator, Sequence

from .._types import Span
from ..likeness import sentences
from .languages import MOST, languages_of, letters, likely
from .prose import prose

__all__ = ["foreign", "spoken"]

_MARGIN = 0.12
"""So much more must speak for another language, of what each word of a text could say."""

_SCRIPT = 16
"""So many letters of a script that no expected language is written in are another language."""

_MOST = 200_000
"""So many characters of a text are read."""


def foreign(text: str, expected: Collection[str], least: int) -> Iterator[tuple[Span, str, float]]:
    """Each passage of *text* in a language that is not *expected*, which, and how sure that is."""
    read = prose(text[:_MOST])
    told = (
        (spans, _told(read[spans[0].start : spans[-1].end], expected, least))
        for spans in _passages(read, least)
    )
    for language, group in itertools.groupby(told, key=_language):
        if language is not None:
            some = [(spans, each) for spans, each in group if each]
            spans = [span for each, _ in some for span in each]
            sure = max(each[1] for _, each in some)
            yield _trimmed(read, spans, expected, language), language, sure


def _language(told: tuple[list[Span], tuple[str, float] | None]) -> str | None:
    return told[1][0] if told[1] else None


def _trimmed(text: str, spans: Sequence[Span], expected: Collection[str], other: str) -> Span:
    """The passage without sentences on its edges that are rather in a language *expected*."""
    kept = [span for span in spans if not _rather(text[slice(*span)], expected, other)] or spans
    return Span(kept[0].start, kept[-1].end)


def _rather(text: str, expected: Collection[str], other: str) -> bool:
    scores = likely(text)
    return any(scores.get(each, 0.0) > scores.get(other, 0.0) for each in expected)


def spoken(texts: Iterable[str], least: int) -> tuple[str, ...]:
    """The languages that the first of *texts* may be in, read with the next until that tells."""
    read = ""
    for text in texts:
        read = f"{prose(text[:MOST])}\n{read}"
        if letters(read).total() >= least:
            scores = likely(read)
            best = max(scores.values(), default=0.0)
            return tuple(each for each, score in scores.items() if score > best - _MARGIN)
    return ()


def _told(text: str, expected: Collection[str], least: int) -> tuple[str, float] | None:
    scores = likely(text)
    if not scores:
        return None
    best = max(scores, key=scores.__getitem__)
    if best in expected:
        return None
    script, count = letters(text).most_common(1)[0]
    if not any(each in expected for each in languages_of(script)):
        return (best, 1.0) if count >= min(least, _SCRIPT) else None
    ahead = scores[best] - max(scores.get(each, 0.0) for each in expected)
    if count < least or ahead < _MARGIN:
        return None
    return best, round(min(1.0, 0.5 + ahead), 4)


def _passages(text: str, least: int) -> Iterator[list[Span]]:
    """Sentences one after the other in one script, with at least so many letters where they are."""
    spans: list[Span] = []
    count, before = 0, ""
    for span in sentences(text):
        found = letters(text[span.start : span.end]).most_common(1)
        if not found:
            continue
        script, more = found[0]
        if spans and (count >= least or script != before):
            yield spans
            spans, count = [], 0
        spans.append(span)
        before, count = script, count + more
    if spans:
        yield spans
