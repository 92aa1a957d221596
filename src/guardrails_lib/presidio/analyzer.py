"""Presidio's findings, with each recognizer run only where it could find something."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from ..scan.many import Many, Spans, has_digit
from .context import Around, Known, Plain, more_certain
from .libphonenumber import PhoneNumber, region_code_for_number
from .phones import phone_numbers, phone_spans
from .recognizers import (
    LANGUAGE,
    EntityRecognizer,
    IbanRecognizer,
    NlpArtifacts,
    NlpEngine,
    Pattern,
    PatternRecognizer,
    PhoneRecognizer,
    RecognizerResult,
    ZaMobileNumberRecognizer,
    ZaTelephoneNumberRecognizer,
    blank,
    name_of,
    patterns_of,
    result_of,
    weighs,
)
from .words import unhalved, words

__all__ = ["Analyzer", "Found", "Look"]


class Found(NamedTuple):
    """One finding of Presidio."""

    kind: str
    start: int
    end: int
    score: float


class _Told(Found):
    """One that a recognizer has found in its own way, with what it says of it."""

    result: RecognizerResult

    @property
    def weighed(self) -> bool:
        """Whether the recognizer has weighed the words around already."""
        return bool((self.result.recognition_metadata or {}).get(ENHANCED))


class Look(NamedTuple):
    """What was found, and the recognizers that could not tell."""

    found: list[Found]
    broken: tuple[str, ...] = ()


_NOTHING = Look([])

WORDS_THAT_DECIDE = 640
"""How far back, where the score decides what is found."""

WORDS = 160
"""How far back the words around a finding are looked for in a stream."""

PHONE = 160
"""How wide the text is that decides about a phone number."""

_PHONE_OPEN = re.compile(
    r"[+\uff0b(\[\uff08\uff3b]*\d[^A-Za-z\n]*"
    r"(?i:(?:(?:e?x(?:t(?:ensi[o\u00f3]\u0301?)?n?)?|int|anexo)?[^A-Z\n]*"
    r"|e(?:xte(?:n(?:si?)?)?)?|xte(?:n(?:si?)?)?|in?|a(?:n(?:ex?)?)?)\Z)"
    r"|[+\uff0b(\[\uff08\uff3b][^\w\n]*\Z"
)
"""A phone number that may go on, with its extension; or the beginning of one."""

ENHANCED = RecognizerResult.IS_SCORE_ENHANCED_BY_CONTEXT_KEY


class _Text:
    """A text while it is looked at, with what is computed of it but once."""

    def __init__(
        self, text: str, matches: Mapping[int, Spans | None], nlp: NlpEngine | None
    ) -> None:
        self.text = text
        self.matches = matches
        self.broken: list[str] = []
        self._nlp = nlp
        self._numbers: dict[tuple[str, int], list[tuple[int, int, PhoneNumber]]] = {}

    def numbers(self, region: str, leniency: int) -> list[tuple[int, int, PhoneNumber]]:
        """The phone numbers in it, as they are dialled in *region*."""
        known = self._numbers.get((region, leniency))
        if known is None:
            known = self._numbers[region, leniency] = list(
                phone_numbers(self.text, region, leniency)
            )
        return known

    @functools.cached_property
    def artifacts(self) -> NlpArtifacts:
        """What the NLP engine makes of it."""
        return (self._nlp or blank()).process_text(unhalved(self.text), LANGUAGE)

    @functools.cached_property
    def around(self) -> Around:
        """The words around its findings."""
        return Known(self.artifacts) if self._nlp else Plain(self.text, words())


class _Reader(NamedTuple):
    """How one recognizer is run."""

    name: str
    run: Callable[[_Text], Iterable[Found]]
    context: tuple[str, ...]
    given: bool
    """One of its words is in the context that is given from outside."""
    thresholds: Mapping[str, float]
    needs: tuple[int, ...]
    """Without a match of one of these patterns it finds nothing."""
    digit: bool
    """Without a digit it finds nothing."""
    always: bool
    """It may find something in any text."""


class Analyzer:
    """Presidio's recognizers, and a text's way through them."""

    def __init__(
        self,
        recognizers: Sequence[EntityRecognizer],
        nlp: NlpEngine | None = None,
        context: Sequence[str] = (),
        threshold: float | None = None,
        entities: Sequence[str] | None = None,
    ) -> None:
        can = {kind for each in recognizers for kind in each.supported_entities}
        self.kinds = can & set(entities) if entities else can
        kinds = sorted(self.kinds)
        self._nlp = nlp
        self._threshold = threshold
        patterns: dict[tuple[str, int], int] = {}
        given = [word.lower() for word in context]
        self._context = list(context) or None
        self._recognizers = tuple(recognizers)
        self._weighing = {n: each for n, each in enumerate(recognizers) if weighs(each)}
        least = 0.0 if self._weighing else threshold or 0.0
        self._readers = [_reader(each, patterns, given, kinds, least) for each in recognizers]
        self._many = Many(list(patterns))
        self._after: dict[int, list[int]] = {}
        for place, reader in enumerate(self._readers):
            for number in reader.needs:
                self._after.setdefault(number, []).append(place)
        self._digital = [n for n, reader in enumerate(self._readers) if reader.digit]
        self._always = [n for n, each in enumerate(self._readers) if each.always]

        self._phones = any(reader.digit for reader in self._readers)
        words = WORDS if threshold is None else WORDS_THAT_DECIDE
        self.back = self._many.back + words * any(each.context for each in self._readers)
        """How far back of a place that is settled the text must be seen again."""
        self.width = self._many.width and max(self._many.width + words, PHONE)
        """How wide a text decides what is found at a place; None is all of it."""
        if self._always:
            self.width = None

    def analyze(self, text: str) -> list[Found]:
        """What is found, in Presidio's order."""
        return self.look(text).found

    def look(self, text: str) -> Look:
        """What is found, in Presidio's order, and the recognizers that could not tell."""
        digits = has_digit(text)
        if not (digits or self._always) and self._many.is_quiet(text):
            return _NOTHING
        matches = self._many.find(text, digits)
        places = {*self._always, *(self._digital if digits else ())}
        for number in matches:
            places.update(self._after[number])
        seen = _Text(text, matches, self._nlp)
        raw: dict[int, list[Found]] = {}
        for place in sorted(places):
            reader = self._readers[place]
            try:
                raw[place] = list(reader.run(seen))
            except Exception:  # whatever a recognizer raises, the others have their say
                seen.broken.append(reader.name)
        if self._weighing:
            raw |= self._as_they_weigh(raw, seen)
        found: list[Found] = []
        for place, some in raw.items():
            reader = self._readers[place]
            for each in some:
                weighed = self._weighed(reader, each, seen)
                if weighed.score >= self._least(reader, each.kind):
                    found.append(weighed)
        return Look(_distinct(found), tuple(dict.fromkeys(seen.broken)))

    def tail(self, text: str) -> int:
        """Where the end of *text* begins that more text could still make part of a finding."""
        at = self._many.tail(text)
        if self._phones and (number := _PHONE_OPEN.search(text, max(0, len(text) - PHONE))):
            at = min(at, number.start())
        return at

    def merged(self, found: Iterable[Found], more: Iterable[Found]) -> list[Found]:
        """What two looks at a text found together."""
        return _distinct([*found, *more])

    def _as_they_weigh(
        self, raw: Mapping[int, Sequence[Found]], seen: _Text
    ) -> dict[int, list[Found]]:
        """What those recognizers make of their findings that weigh the words around themselves."""
        results = {
            place: [_result(self._recognizers[place], each) for each in some]
            for place, some in raw.items()
        }
        weighed: dict[int, list[Found]] = {}
        for place, recognizer in self._weighing.items():
            others = [each for at, some in results.items() if at != place for each in some]
            try:
                own = recognizer.enhance_using_context(
                    seen.text, results.get(place, []), others, seen.artifacts, self._context
                )
                weighed[place] = [_told(each) for each in own]
            except Exception:  # what it has found stands as it is
                seen.broken.append(self._readers[place].name)
        return weighed

    def _weighed(self, reader: _Reader, found: Found, seen: _Text) -> Found:
        """*found*, the more certain for the words around it."""
        if not reader.context or (isinstance(found, _Told) and found.weighed):
            return found
        if not reader.given:
            maybe = seen.around.maybe(reader.context)
            if not maybe or not seen.around.beside(maybe, found.start):
                return found
        return found._replace(score=more_certain(found.score))

    def _least(self, reader: _Reader, kind: str) -> float:
        if self._threshold is not None:
            return self._threshold
        return reader.thresholds.get(kind, reader.thresholds.get("default", 0.0))


def _reader(
    recognizer: EntityRecognizer,
    patterns: dict[tuple[str, int], int],
    given: Sequence[str],
    kinds: list[str],
    least: float,
) -> _Reader:
    """How *recognizer* is run: as it runs itself, or faster where it is known how."""
    analyze = type(recognizer).analyze
    numbers: tuple[int, ...] = ()
    run: functools.partial[list[Found]] | functools.partial[Iterator[Found]]
    if isinstance(recognizer, PatternRecognizer) and (
        analyze in (PatternRecognizer.analyze, IbanRecognizer.analyze)
    ):
        flags = int(recognizer.global_regex_flags or 0)
        listed = [each for each in patterns_of(recognizer) if _may_reach(recognizer, each, least)]
        numbers = tuple(patterns.setdefault((each.regex, flags), len(patterns)) for each in listed)
        if analyze is IbanRecognizer.analyze:
            run = functools.partial(_ibans, recognizer, numbers)
        else:
            scores = tuple(each.score for each in listed)
            run = functools.partial(_patterns, recognizer, numbers, scores)
    elif isinstance(recognizer, ZaMobileNumberRecognizer | ZaTelephoneNumberRecognizer):
        run = functools.partial(_south_african, recognizer)
    elif isinstance(recognizer, PhoneRecognizer) and analyze is PhoneRecognizer.analyze:
        run = functools.partial(_phones, recognizer)
    else:
        run = functools.partial(_as_it_is, recognizer, kinds)
    context = tuple(word.lower() for word in recognizer.context or ())
    return _Reader(
        name_of(recognizer),
        run,
        context,
        any(word in each for word in context for each in given),
        recognizer.score_thresholds,
        numbers,
        run.func in (_phones, _south_african),
        run.func is _as_it_is or weighs(recognizer),
    )


def _may_reach(recognizer: PatternRecognizer, pattern: Pattern, least: float) -> bool:
    """Whether a finding of *pattern* can be as certain as that, with all its words around it."""
    if type(recognizer).validate_result is not PatternRecognizer.validate_result:
        return True
    return (more_certain(pattern.score) if recognizer.context else pattern.score) >= least


def _patterns(
    recognizer: PatternRecognizer, numbers: Sequence[int], scores: Sequence[float], seen: _Text
) -> list[Found]:
    kind = recognizer.supported_entities[0]
    found: list[Found] = []
    for number, usual in zip(numbers, scores, strict=True):
        for start, end in _spans(seen, number):
            match = seen.text[start:end]
            try:
                valid = recognizer.validate_result(match)
                score = usual if valid is None else 1.0 if valid else 0
                if score > 0 and not recognizer.invalidate_result(match):
                    found.append(Found(kind, start, end, score))
            except Exception:  # digits that only look like digits, for one
                seen.broken.append(name_of(recognizer))
    return _distinct(found)


def _ibans(recognizer: PatternRecognizer, numbers: Sequence[int], seen: _Text) -> Iterator[Found]:
    """As Presidio tries a match: whole, and then without what may not belong to it."""
    for start, end in sorted(span for n in numbers for span in _spans(seen, n)):
        low = max(start - 1, 0)
        for each in recognizer.analyze(seen.text[low : end + 1], recognizer.supported_entities):
            yield Found(each.entity_type, low + each.start, low + each.end, each.score)


def _spans(seen: _Text, number: int) -> Spans:
    spans = seen.matches.get(number, [])
    if spans is None:
        raise TimeoutError
    return spans


def _phones(recognizer: PhoneRecognizer, seen: _Text) -> list[Found]:
    kind = recognizer.supported_entities[0]
    spans = phone_spans(seen.text, recognizer.supported_regions, recognizer.leniency or 0)
    return _distinct([Found(kind, start, end, recognizer.SCORE) for start, end in spans])


def _south_african(
    recognizer: ZaMobileNumberRecognizer | ZaTelephoneNumberRecognizer, seen: _Text
) -> list[Found]:
    kind = recognizer.supported_entities[0]
    numbers = seen.numbers(recognizer.REGION, recognizer.leniency or 0)
    return _distinct(
        [
            Found(kind, start, end, recognizer.SCORE)
            for start, end, number in numbers
            if region_code_for_number(number) == recognizer.REGION
            and recognizer._classify(number) == recognizer.target_classification  # noqa: SLF001  # Presidio has no other word for it
        ]
    )


def _as_it_is(recognizer: EntityRecognizer, kinds: list[str], seen: _Text) -> list[Found]:
    if not recognizer.is_loaded:
        recognizer.load()
        recognizer.is_loaded = True
    results = recognizer.analyze(seen.text, kinds, seen.artifacts)
    return [_told(each) for each in results or ()]


def _told(result: RecognizerResult) -> _Told:
    found = _Told(result.entity_type, result.start, result.end, result.score)
    found.result = result
    return found


def _result(recognizer: EntityRecognizer, found: Found) -> RecognizerResult:
    """*found* as Presidio has it."""
    return found.result if isinstance(found, _Told) else result_of(recognizer, *found)


def _distinct(found: Sequence[Found]) -> list[Found]:
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
