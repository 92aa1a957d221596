"""Which recognizers run: Presidio's own, and none that asks the network or writes to a log."""

from __future__ import annotations

import functools
import logging
import socket
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("presidio_analyzer", reason="the pii extra is not installed")

import spacy
from presidio_analyzer import (
    AnalyzerEngine,
    EntityRecognizer,
    Pattern,
    PatternRecognizer,
    RecognizerRegistry,
    predefined_recognizers,
)
from presidio_analyzer.nlp_engine import NoOpNlpEngine, SpacyNlpEngine
from presidio_analyzer.recognizer_registry.recognizers_loader_utils import (
    RecognizerConfigurationLoader,
    RecognizerListLoader,
)

from guardrails_lib import PolicyError
from guardrails_lib.presidio import recognizers
from guardrails_lib.presidio.recognizers import blank, chosen, countries_known, engine, named

ENGLISH = ("au", "ca", "in", "ng", "ph", "sg", "uk", "us", "za")


@functools.cache
def defaults() -> list[EntityRecognizer]:
    """What Presidio itself loads for English."""
    return list(RecognizerListLoader.get(**RecognizerConfigurationLoader.get()))


def names(some: tuple[EntityRecognizer, ...]) -> list[str]:
    return [vars(each)["name"] for each in some]


def facts(each: EntityRecognizer) -> tuple[object, ...]:
    patterns = [(p.name, p.regex, p.score) for p in getattr(each, "patterns", ())]
    flags = getattr(each, "global_regex_flags", None)
    return (
        vars(each)["name"],
        each.supported_entities,
        each.context,
        flags,
        each.score_thresholds,
        patterns,
    )


def badge(entity: str = "BADGE", language: str = "en") -> PatternRecognizer:
    patterns = [Pattern("badge", r"\bB-\d{4}\b", 0.6)]
    return PatternRecognizer(entity, patterns=patterns, supported_language=language)


# -- which


def test_the_default_set_is_what_presidio_loads_for_english_in_its_order() -> None:
    assert list(map(facts, chosen(None))) == list(map(facts, defaults()))


def test_the_english_and_global_ones_are_those_of_the_countries_that_speak_it() -> None:
    listed = RecognizerConfigurationLoader.get()["recognizers"]
    models = {"HuggingFaceNerRecognizer", "BasicLangExtractRecognizer"}
    english = [
        each["name"]
        for each in listed
        if each["name"] not in models
        and any("en" in str(lang) for lang in each.get("supported_languages", ["en"]))
    ]
    assert names(chosen(None, ENGLISH)) == english


def test_a_country_brings_every_recognizer_of_it_whatever_its_language() -> None:
    german = set(names(chosen(None, ("de",)))) - set(names(chosen(None)))
    listed = RecognizerConfigurationLoader.get()["recognizers"]
    assert german == {each["name"] for each in listed if each.get("country_code") == "de"}


def test_a_country_of_the_default_set_brings_what_is_off_by_default() -> None:
    assert "UsMbiRecognizer" not in names(chosen(None))
    assert "UsMbiRecognizer" in names(chosen(None, ("us",)))


def test_each_runs_as_english() -> None:
    assert {each.supported_language for each in chosen(None, countries_known())} == {"en"}


def test_no_recognizer_comes_twice() -> None:
    every = names(chosen(None, countries_known()))
    assert len(every) == len(set(every))


@pytest.mark.parametrize("countries", [("UK",), ("gb",), ("GB", "uk")])
def test_a_country_is_read_in_any_case_and_by_its_iso_code(countries: tuple[str, ...]) -> None:
    assert chosen(None, countries) == chosen(None, ("uk",))


def test_an_unknown_country_is_refused_with_the_known_ones() -> None:
    with pytest.raises(PolicyError, match="of xx; countries: au, ca, de"):
        chosen(None, ("de", "xx"))


@pytest.mark.parametrize("wrong", ["de", (1,)])
def test_a_text_is_no_tuple_of_texts(wrong: object) -> None:
    with pytest.raises(PolicyError, match="countries= takes a tuple"):
        chosen(None, wrong)  # type: ignore[arg-type]  # that is the point
    with pytest.raises(PolicyError, match="entities= takes a tuple"):
        chosen(wrong)  # type: ignore[arg-type]  # that is the point


def test_no_recognizer_needs_a_model() -> None:
    plain = (PatternRecognizer, predefined_recognizers.PhoneRecognizer)
    assert all(isinstance(each, plain) for each in chosen(None, countries_known()))


@given(st.sets(st.sampled_from(countries_known())))
def test_more_countries_never_take_a_recognizer_away(countries: set[str]) -> None:
    few, many = chosen(None), chosen(None, tuple(countries))
    assert [each for each in many if each in few] == list(few)


# -- of what


def test_a_recognizer_stays_if_it_finds_what_is_asked_for() -> None:
    found = chosen(("EMAIL_ADDRESS", "CREDIT_CARD"))
    assert names(found) == ["CreditCardRecognizer", "EmailRecognizer"]


def test_what_cannot_be_found_is_refused_with_what_can() -> None:
    with pytest.raises(PolicyError, match=r"finds SHOE.*can be found: CREDIT_CARD, CRYPTO"):
        chosen(("SHOE",))


@pytest.mark.parametrize("kind", ["PERSON", "LOCATION", "NRP", "ORGANIZATION"])
def test_what_a_model_finds_is_refused_with_a_word_on_engines(kind: str) -> None:
    with pytest.raises(PolicyError, match=f"{kind} needs an NlpEngine"):
        chosen((kind,))


def test_what_another_country_finds_is_refused_with_its_name() -> None:
    with pytest.raises(PolicyError, match=r'DE_TAX_ID needs countries=\("de",\)'):
        chosen(("DE_TAX_ID",))


def test_asking_for_nothing_is_refused() -> None:
    with pytest.raises(PolicyError, match="looks for nothing"):
        chosen(())


# -- more


def test_a_recognizer_of_ones_own_comes_last() -> None:
    own = badge()
    assert chosen(None, (), (own,)) == (*chosen(None), own)
    assert chosen(("BADGE",), (), (own,)) == (own,)


def test_a_recognizer_of_another_language_would_never_run_and_is_refused() -> None:
    with pytest.raises(PolicyError, match="never runs"):
        chosen(None, (), (badge(language="de"),))


def test_what_is_no_recognizer_is_refused() -> None:
    with pytest.raises(PolicyError, match="EntityRecognizer"):
        chosen(None, (), ("BADGE",))  # type: ignore[arg-type]  # that is the point


# -- built once


def test_equal_arguments_share_their_recognizers() -> None:
    first, second = chosen(None, ("de", "in")), chosen(None, ("IN", "de"))
    assert all(one is other for one, other in zip(first, second, strict=True))


def test_the_words_are_split_by_one_engine() -> None:
    assert blank() is blank()


# -- the same as Presidio's, without its network and its logs

DOMAINS = [
    "a@b.co.uk",
    "a@b.test",
    "a@xn--80ak6aa92e.com",
    "a@b.ck",
    "a@www.ck",
    "x@1.2.3.4",
    "a@b",
]


@pytest.mark.parametrize("address", DOMAINS)
def test_an_address_counts_as_by_the_list_that_is_installed(address: str) -> None:
    import tldextract

    (ours,) = chosen(("EMAIL_ADDRESS",))
    bundled = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)
    assert isinstance(ours, PatternRecognizer)
    assert ours.validate_result(address) == (bundled(address).fqdn != "")


def test_nothing_asks_the_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("it asked the network")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    text = "ann@example.co.uk or https://example.org/a, 192.168.0.1"
    kinds = {
        each.entity_type for each in engine(chosen(None, countries_known())).analyze(text, "en")
    }
    assert {"EMAIL_ADDRESS", "URL", "IP_ADDRESS"} <= kinds


ACCOUNT = "DE89" + "3704 0044 0532 0130 00"
"""A specimen account that is printed in every description of the format."""


@given(
    st.text(alphabet="DEGB0123456789 -ıſ\u212aéߊß", max_size=24)
    | st.integers(0, 25).map(lambda at: ACCOUNT[:at] + "\u212a" + ACCOUNT[at + 1 :])
    | st.sampled_from([ACCOUNT, ACCOUNT.lower(), ACCOUNT[:-1] + "1"])
)
def test_an_account_number_is_valid_when_presidio_says_so(text: str) -> None:
    (ours,) = chosen(("IBAN_CODE",))
    assert isinstance(ours, PatternRecognizer)
    theirs = predefined_recognizers.IbanRecognizer().validate_result(text)
    assert ours.validate_result(text) == theirs


ACCOUNT_LIKE = "DE89" + "37040044053201300\u212a"
MARKED = f"iban of zebra {ACCOUNT_LIKE}, zebra card 4111" + "111111111111, call 212-555-0199"
"""Presidio's own recognizers log the account number, and its enhancer the words before a match."""


def test_presidio_itself_logs_texts(caplog: pytest.LogCaptureFixture) -> None:
    registry = RecognizerRegistry(recognizers=defaults(), supported_languages=["en"])
    theirs = AnalyzerEngine(registry=registry, nlp_engine=blank(), supported_languages=["en"])
    iban = predefined_recognizers.IbanRecognizer()
    with caplog.at_level(logging.DEBUG):
        theirs.analyze(MARKED, "en", entities=["CREDIT_CARD", "PHONE_NUMBER"])
        iban.validate_result(ACCOUNT_LIKE)
    assert "zebra" in caplog.text
    assert ACCOUNT_LIKE in caplog.text


def test_no_log_line_carries_a_text(caplog: pytest.LogCaptureFixture) -> None:
    ours = engine(chosen(None, countries_known()))
    with caplog.at_level(logging.DEBUG):
        found = ours.analyze(MARKED, "en")
    assert len(found) > 1
    parts = ["zebra", "ZEBRA", ACCOUNT_LIKE, "37040044", "11111111", "555-0199"]
    assert [part for part in parts if part in caplog.text] == []


def test_the_engine_finds_what_presidio_finds() -> None:
    every = chosen(None, countries_known())
    registry = RecognizerRegistry(recognizers=list(every), supported_languages=["en"])
    theirs = AnalyzerEngine(registry=registry, nlp_engine=blank(), supported_languages=["en"])
    for text in (MARKED, "", "bank 12345678, ssn: 078-05-1120", "write to ann@example.org"):
        assert engine(every).analyze(text, "en") == theirs.analyze(text, "en")


def test_nothing_is_printed_and_no_warning_given() -> None:
    code = (
        "from guardrails_lib.presidio.recognizers import chosen, engine\n"
        "engine(chosen(None, ('de',))).analyze('call 212-555-0199, a@b.com', 'en')\n"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout == done.stderr == ""


# -- words, and what models find


def test_words_alone_find_no_entity() -> None:
    assert blank().get_supported_entities() == []
    assert named(blank()) == ()


def test_a_lemma_is_the_lower_cased_word() -> None:
    words = blank().process_text("My Cards: two.", "en")
    assert words.lemmas == ["my", "cards", ":", "two", "."]
    assert words.tokens_indices == [0, 3, 8, 10, 13]


def test_words_that_were_met_are_not_kept_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recognizers, "WORDS", 2_000)
    words = blank()
    assert isinstance(words, SpacyNlpEngine)
    for start in range(0, 6_000, 500):
        words.process_text(" ".join(f"zebra{n}" for n in range(start, start + 500)), "en")
        assert len(words.get_nlp("en").vocab) <= 2_000 + 1_000  # each has a lower-cased form
    assert "zebra7" not in words.get_nlp("en").vocab.strings


def test_an_engine_without_words_finds_nothing_by_itself() -> None:
    assert named(NoOpNlpEngine(models=[{"lang_code": "en", "model_name": "none"}])) == ()


def test_an_engine_with_a_model_brings_its_own_recognizer() -> None:
    people = named(SpacyNlpEngine(models=[{"lang_code": "en", "model_name": "none"}]))
    assert names(people) == ["SpacyRecognizer"]
    assert chosen(("PERSON",), (), people) == people


def test_presidio_would_take_all_its_own_where_none_is_given() -> None:
    with pytest.raises(PolicyError, match="no recognizer is given"):
        engine(())


def test_an_engine_with_a_model_finds_what_it_finds() -> None:
    words = spacy.blank("en")
    words.add_pipe("entity_ruler").add_patterns([{"label": "PERSON", "pattern": "Zoe"}])  # type: ignore[attr-defined]  # a pipe has no type
    nlp = SpacyNlpEngine(models=[{"lang_code": "en", "model_name": "none"}])
    nlp.nlp = {"en": words}  # type: ignore[assignment]  # Presidio writes no type here
    found = engine(chosen(("PERSON",), (), named(nlp)), nlp).analyze("Zoe called", "en")
    assert [(each.entity_type, each.start, each.end) for each in found] == [("PERSON", 0, 3)]
