"""Presidio's recognizers: which there are, which run, and Presidio itself to run them.

Those alone that need nothing but the text. What needs a model comes with an NLP engine, or
is given as a recognizer.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from typing import Any, NamedTuple, cast

from .._errors import PolicyError

try:
    import spacy
    import tldextract
    from presidio_analyzer import (
        AnalysisExplanation,
        AnalyzerEngine,
        EntityRecognizer,
        LemmaContextAwareEnhancer,
        Pattern,
        PatternRecognizer,
        RecognizerRegistry,
        RecognizerResult,
        predefined_recognizers,
    )
    from presidio_analyzer.nlp_engine import (
        NerModelConfiguration,
        NlpArtifacts,
        NlpEngine,
        SpacyNlpEngine,
    )
    from presidio_analyzer.predefined_recognizers import (
        IbanRecognizer,
        PhoneRecognizer,
        ZaMobileNumberRecognizer,
        ZaTelephoneNumberRecognizer,
    )
    from presidio_analyzer.recognizer_registry.recognizers_loader_utils import (
        RecognizerConfigurationLoader,
    )
    from spacy.language import Language
    from spacy.tokens import Doc
except ImportError as problem:
    raise ImportError('PII needs Presidio: pip install "guardrails-lib[pii]"') from problem

_ATTRIBUTES: Any = import_module("spacy.attrs")  # no type checker can read it
IS_STOP: int = _ATTRIBUTES.IS_STOP
IS_PUNCT: int = _ATTRIBUTES.IS_PUNCT

__all__ = [
    "IS_PUNCT",
    "IS_STOP",
    "LANGUAGE",
    "NAMED",
    "EntityRecognizer",
    "IbanRecognizer",
    "NlpArtifacts",
    "NlpEngine",
    "Pattern",
    "PatternRecognizer",
    "PhoneRecognizer",
    "RecognizerResult",
    "ZaMobileNumberRecognizer",
    "ZaTelephoneNumberRecognizer",
    "blank",
    "chosen",
    "countries_known",
    "denying",
    "engine",
    "name_of",
    "named",
    "patterns_of",
    "result_of",
    "weighs",
    "words_of_english",
]

LANGUAGE = "en"
"""All run as English: one engine has one language, and a number has none."""

NAMED = ("PERSON", "LOCATION", "ORGANIZATION")
"""What no pattern knows, and a model tells: one that ships, or one that is given."""

WORDS = 100_000
"""spaCy keeps every word that it has met: about 0.6 KB each, and a piece of somebody's text."""

ALIASES = {"gb": "uk"}
"""Presidio says "uk" where ISO 3166 says "gb"."""


class _Email(predefined_recognizers.EmailRecognizer):
    """Presidio's, with the list of domains that is installed. Presidio's own asks the network."""

    def validate_result(self, pattern_text: str) -> bool:
        return bool(_domains()(pattern_text).fqdn)


class _Iban(predefined_recognizers.IbanRecognizer):
    """Presidio's. Where no check digits can be computed, its own writes the text to a log."""

    def validate_result(self, pattern_text: str) -> bool | None:
        value = self.sanitize_value(pattern_text, self.replacement_pairs)
        value = f"{value[:2]}00{value[4:]}".upper()
        try:
            int((value[4:] + value[:4]).translate(self.LETTERS))
        except ValueError:
            return False
        valid: bool | None = super().validate_result(pattern_text)
        return valid


class _Blank(SpacyNlpEngine):
    """Words and nothing about them: no model is loaded, and a lemma is the lower-cased word."""

    def load(self) -> None:
        words = spacy.blank(LANGUAGE)
        words.max_length = 10**9  # the limit is for models, and there is none
        self.nlp = {LANGUAGE: words}  # type: ignore[assignment]  # it is declared as None

    def get_nlp(self, language: str) -> Language:
        if len(super().get_nlp(language).vocab) > WORDS:
            self.load()  # a reader that is at work keeps the words it has
        return super().get_nlp(language)

    def process_text(self, text: str, language: str) -> NlpArtifacts:
        self.get_nlp(language)
        return super().process_text(text, language)

    def get_supported_entities(self) -> list[str]:
        return []

    def _doc_to_nlp_artifact(self, doc: Doc, language: str) -> NlpArtifacts:
        return NlpArtifacts(
            entities=[],
            tokens=doc,
            tokens_indices=[token.idx for token in doc],
            lemmas=[token.lower_ for token in doc],
            nlp_engine=self,
            language=language,
            scores=[],
        )


class _Context(LemmaContextAwareEnhancer):
    """Presidio's. Its own writes the words around a match to a log."""

    def _extract_surrounding_words(
        self, nlp_artifacts: NlpArtifacts, word: str, start: int
    ) -> list[str]:
        if not nlp_artifacts.tokens:
            return [""]
        at = self._find_index_of_match_token(
            word, start, nlp_artifacts.tokens, nlp_artifacts.tokens_indices
        )
        known = nlp_artifacts.lemmas, nlp_artifacts.keywords
        before = self._add_n_words_backward(at, self.context_prefix_count, *known)
        after = self._add_n_words_forward(at, self.context_suffix_count, *known)
        return list({*before, *after})


OURS: dict[str, type[EntityRecognizer]] = {"EmailRecognizer": _Email, "IbanRecognizer": _Iban}
"""What stands for Presidio's class of that name, and finds the same."""


class _Entry(NamedTuple):
    """One recognizer as Presidio's configuration lists it."""

    kind: type[EntityRecognizer]
    name: str
    country: str | None
    usual: bool
    """It is on unless told otherwise, and for English."""
    context: tuple[str, ...]
    """Words that Presidio's configuration sets in place of the recognizer's own."""
    flags: int


def chosen(
    entities: tuple[str, ...] | None,
    countries: tuple[str, ...] = (),
    more: tuple[EntityRecognizer, ...] = (),
) -> tuple[EntityRecognizer, ...]:
    """Presidio's default English set, all recognizers of *countries*, and *more*.

    They are those that find one of *entities*, in the order of Presidio's configuration.
    Equal arguments give the same recognizers: they are built once.
    """
    found = (*_of(_codes(countries)), *_english(more))
    if entities is None:
        return found
    wanted = set(_several("entities", entities))
    if not wanted:
        raise PolicyError("entities=() looks for nothing; leave it out to look for everything")
    unknown = sorted(wanted - _kinds(found))
    if unknown:
        raise PolicyError(_lost(unknown, found))
    return tuple(each for each in found if wanted & set(each.supported_entities))


def countries_known() -> tuple[str, ...]:
    """The countries that Presidio has recognizers for, in its own letters."""
    return tuple(sorted({entry.country for entry in _entries() if entry.country}))


def name_of(recognizer: EntityRecognizer) -> str:
    """What a recognizer is called. Presidio's attributes have no types."""
    return str(vars(recognizer)["name"])


def patterns_of(recognizer: PatternRecognizer) -> list[Pattern]:
    """The patterns of a recognizer."""
    return list(vars(recognizer)["patterns"])


def weighs(recognizer: EntityRecognizer) -> bool:
    """Whether it weighs the words around its findings in a way of its own."""
    return type(recognizer).enhance_using_context is not EntityRecognizer.enhance_using_context


def result_of(
    recognizer: EntityRecognizer, kind: str, start: int, end: int, score: float
) -> RecognizerResult:
    """What *recognizer* would have said of a finding."""
    name = name_of(recognizer)
    said = {
        RecognizerResult.RECOGNIZER_NAME_KEY: name,
        RecognizerResult.RECOGNIZER_IDENTIFIER_KEY: recognizer.id,
    }
    return RecognizerResult(kind, start, end, score, AnalysisExplanation(name, score), said)


def denying(kind: str, words: Iterable[str]) -> EntityRecognizer:
    """Finds each of *words*, wherever it stands by itself, as a *kind*."""
    return PatternRecognizer(
        kind, name=f"Denied {kind}", supported_language=LANGUAGE, deny_list=list(words)
    )


@functools.cache
def blank() -> NlpEngine:
    """The words of a text by spaCy's rules for English: no model, no network, no entities."""
    words = _Blank(models=[{"lang_code": LANGUAGE, "model_name": "blank"}])
    words.load()
    return words


def words_of_english() -> Language:
    """SpaCy's rules for English; new ones when the old have met too many words to keep."""
    return cast("_Blank", blank()).get_nlp(LANGUAGE)


def named(nlp: NlpEngine) -> tuple[EntityRecognizer, ...]:
    """The recognizer of what *nlp* finds by itself, such as people; none if it finds nothing."""
    if not isinstance(nlp, NlpEngine):
        raise PolicyError("nlp= takes an NlpEngine of Presidio, such as SpacyNlpEngine(models=...)")
    kinds = nlp.get_supported_entities()
    if not kinds:
        return ()
    kind = RecognizerRegistry.get_nlp_recognizer(nlp)
    return (kind(supported_language=LANGUAGE, supported_entities=kinds),)


def engine(recognizers: Iterable[EntityRecognizer], nlp: NlpEngine | None = None) -> AnalyzerEngine:
    """Presidio on exactly these recognizers. It writes nothing of a text to a log."""
    listed = list(recognizers)
    if not listed:
        raise PolicyError("no recognizer is given")  # Presidio would take all its own
    registry = RecognizerRegistry(recognizers=listed, supported_languages=[LANGUAGE])
    return AnalyzerEngine(
        registry=registry,
        nlp_engine=nlp or blank(),
        supported_languages=[LANGUAGE],
        context_aware_enhancer=_Context(),
    )


@functools.cache
def _entries() -> tuple[_Entry, ...]:
    """What Presidio's configuration lists, but what needs more than the text."""
    configured = RecognizerConfigurationLoader.get()
    flags = configured["global_regex_flags"]
    listed = (_entry(each, flags) for each in configured["recognizers"])
    plain = (PatternRecognizer, predefined_recognizers.PhoneRecognizer)
    return tuple(entry for entry in listed if issubclass(entry.kind, plain))


def _entry(configured: Mapping[str, Any], flags: int) -> _Entry:
    name = configured["name"]
    contexts = dict(map(_language, configured.get("supported_languages") or [LANGUAGE]))
    country = configured.get("country_code")
    return _Entry(
        kind=OURS.get(name) or getattr(predefined_recognizers, name),
        name=name,
        country=country and country.lower(),
        usual=LANGUAGE in contexts and (not country or configured.get("enabled", True)),
        context=contexts.get(LANGUAGE, ()),
        flags=flags,
    )


def _language(configured: str | Mapping[str, Any]) -> tuple[str, tuple[str, ...]]:
    """A language, and the context words set for it."""
    if isinstance(configured, str):
        return configured, ()
    return configured["language"], tuple(configured.get("context") or ())


@functools.cache
def _made(entry: _Entry) -> EntityRecognizer:
    make: Callable[..., EntityRecognizer] = entry.kind
    context: dict[str, Any] = {"context": list(entry.context)} if entry.context else {}
    made = make(name=entry.name, supported_language=LANGUAGE, **context)
    if isinstance(made, PatternRecognizer):
        made.global_regex_flags = entry.flags
    return made


@functools.cache
def _domains() -> tldextract.TLDExtract:
    return tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)


def _of(countries: frozenset[str]) -> tuple[EntityRecognizer, ...]:
    return tuple(_made(entry) for entry in _entries() if entry.usual or entry.country in countries)


def _codes(countries: tuple[str, ...]) -> frozenset[str]:
    lower = [code.strip().lower() for code in _several("countries", countries)]
    codes = frozenset(ALIASES.get(code, code) for code in lower)
    unknown = sorted(codes - set(countries_known()))
    if unknown:
        raise PolicyError(
            f"no recognizer is of {_said(unknown)}; countries: {_said(countries_known())}"
        )
    return codes


def _several(name: str, values: tuple[str, ...]) -> tuple[str, ...]:
    if isinstance(values, str) or not all(isinstance(each, str) for each in values):
        raise PolicyError(f"{name}= takes a tuple of texts")
    return tuple(values)


def _english(more: tuple[EntityRecognizer, ...]) -> tuple[EntityRecognizer, ...]:
    for each in more:
        if not isinstance(each, EntityRecognizer):
            raise PolicyError(
                "recognizers= takes each an EntityRecognizer of Presidio, made and not its class"
            )
        if each.supported_language != LANGUAGE:
            raise PolicyError(
                f'{type(each).__name__} never runs: give it supported_language="{LANGUAGE}"'
            )
    return tuple(more)


def _kinds(recognizers: Iterable[EntityRecognizer]) -> set[str]:
    return {kind for each in recognizers for kind in each.supported_entities}


def _lost(unknown: list[str], found: tuple[EntityRecognizer, ...]) -> str:
    """Why *unknown* cannot be found, and what would help."""
    named_by_models = set((NerModelConfiguration().model_to_presidio_entity_mapping or {}).values())
    model = [kind for kind in unknown if kind in named_by_models]
    abroad = {
        kind: entry.country
        for entry in _entries()
        for kind in _made(entry).supported_entities
        if kind in unknown
    }
    said = [f"no recognizer finds {_said(unknown)}"]
    if model:
        said.append(f"{_said(model)} needs an NlpEngine with a model")
    said += [f'{kind} needs countries=("{country}",)' for kind, country in abroad.items()]
    said.append(f"what can be found: {_said(sorted(_kinds(found).union(NAMED)))}")
    return "; ".join(said)


def _said(names: Iterable[str]) -> str:
    return ", ".join(names)
