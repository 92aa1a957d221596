"""How each recognizer is run: as it runs itself, or faster where it is known how."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from ..scan.many import Spans
from .context import Around, Known, Plain, more_certain
from .found import Found, distinct, told
from .libphonenumber import PhoneNumber, region_code_for_number
from .names import NamesRecognizer
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
    ZaMobileNumberRecognizer,
    ZaTelephoneNumberRecognizer,
    blank,
    name_of,
    patterns_of,
    weighs,
)
from .words import unhalved, words

__all__ = ["Reader", "Text", "reader_of"]


class Text:
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


class Reader(NamedTuple):
    """How one recognizer is run."""

    name: str
    run: Callable[[Text], Iterable[Found]]
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
    names: NamesRecognizer | None
    """What it is, if names are what it finds: it says where there are none."""


def reader_of(
    recognizer: EntityRecognizer,
    patterns: dict[tuple[str, int], int],
    given: Sequence[str],
    kinds: list[str],
    least: float,
) -> Reader:
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
    elif isinstance(recognizer, NamesRecognizer) and analyze is NamesRecognizer.analyze:
        run = functools.partial(_names, recognizer, kinds)
    else:
        run = functools.partial(_as_it_is, recognizer, kinds)
    context = tuple(word.lower() for word in recognizer.context or ())
    return Reader(
        name_of(recognizer),
        run,
        context,
        any(word in each for word in context for each in given),
        recognizer.score_thresholds,
        numbers,
        run.func in (_phones, _south_african),
        run.func is _as_it_is or weighs(recognizer),
        recognizer if isinstance(recognizer, NamesRecognizer) and run.func is _names else None,
    )


def _may_reach(recognizer: PatternRecognizer, pattern: Pattern, least: float) -> bool:
    """Whether a finding of *pattern* can be as certain as that, with all its words around it."""
    if type(recognizer).validate_result is not PatternRecognizer.validate_result:
        return True
    return (more_certain(pattern.score) if recognizer.context else pattern.score) >= least


def _patterns(
    recognizer: PatternRecognizer, numbers: Sequence[int], scores: Sequence[float], seen: Text
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
    return distinct(found)


def _ibans(recognizer: PatternRecognizer, numbers: Sequence[int], seen: Text) -> Iterator[Found]:
    """As Presidio tries a match: whole, and then without what may not belong to it."""
    for start, end in sorted(span for n in numbers for span in _spans(seen, n)):
        low = max(start - 1, 0)
        for each in recognizer.analyze(seen.text[low : end + 1], recognizer.supported_entities):
            yield Found(each.entity_type, low + each.start, low + each.end, each.score)


def _spans(seen: Text, number: int) -> Spans:
    spans = seen.matches.get(number, [])
    if spans is None:
        raise TimeoutError
    return spans


def _phones(recognizer: PhoneRecognizer, seen: Text) -> list[Found]:
    kind = recognizer.supported_entities[0]
    spans = phone_spans(seen.text, recognizer.supported_regions, recognizer.leniency or 0)
    return distinct([Found(kind, start, end, recognizer.SCORE) for start, end in spans])


def _south_african(
    recognizer: ZaMobileNumberRecognizer | ZaTelephoneNumberRecognizer, seen: Text
) -> list[Found]:
    kind = recognizer.supported_entities[0]
    numbers = seen.numbers(recognizer.REGION, recognizer.leniency or 0)
    return distinct(
        [
            Found(kind, start, end, recognizer.SCORE)
            for start, end, number in numbers
            if region_code_for_number(number) == recognizer.REGION
            and recognizer._classify(number) == recognizer.target_classification  # noqa: SLF001  # Presidio has no other word for it
        ]
    )


def _names(recognizer: NamesRecognizer, kinds: list[str], seen: Text) -> list[Found]:
    return recognizer.found(seen.text, kinds)


def _as_it_is(recognizer: EntityRecognizer, kinds: list[str], seen: Text) -> list[Found]:
    if not recognizer.is_loaded:
        recognizer.load()
        recognizer.is_loaded = True
    results = recognizer.analyze(seen.text, kinds, seen.artifacts)
    return [told(each) for each in results or ()]
