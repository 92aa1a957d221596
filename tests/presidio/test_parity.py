"""What the analyzer finds is what Presidio finds: kind, place, score and order."""

from __future__ import annotations

import functools
import gzip
import itertools
import json
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("presidio_analyzer", reason="the pii extra is not installed")
pytest.importorskip("faker", reason="the synthetic extra is not installed")

import spacy
from benchmarks.corpora import EDGES, mutated, odd, spoken
from benchmarks.parity import SETS, Answer, difference, presidio
from benchmarks.prose import clean, dense, mixed, numeric
from benchmarks.samples import derived
from presidio_analyzer.nlp_engine import SpacyNlpEngine

from guardrails_lib.presidio.analyzer import Analyzer
from guardrails_lib.presidio.names import NamesRecognizer
from guardrails_lib.presidio.recognizers import EntityRecognizer, NlpEngine, chosen, named

UNIT = Path(__file__).parents[2] / ".." / "shared" / "data" / "pii_presidio_unit" / "cases.jsonl.gz"

ALL = pytest.mark.parametrize("name", ["default", "every country"])
SEEDS = pytest.mark.parametrize("seed", range(2))


@functools.cache
def recognizers(name: str) -> tuple[EntityRecognizer, ...]:
    return chosen(None, SETS[name])


@functools.cache
def both(name: str) -> tuple[Analyzer, Callable[[str], Answer]]:
    return Analyzer(recognizers(name)), presidio(recognizers(name))


def differing(name: str, texts: Iterable[str]) -> list[str]:
    ours, theirs = both(name)
    return [said for text in texts if (said := difference(ours, theirs(text), text))]


@functools.cache
def cases() -> list[str]:
    if not UNIT.exists():
        pytest.skip("the shared data is not beside the repository")
    with gzip.open(UNIT, "rt", encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line in lines]


# -- what Presidio tests itself with


@ALL
@SEEDS
def test_on_the_cases_of_presidios_own_tests(name: str, seed: int) -> None:
    assert differing(name, cases()[seed::2]) == []


@ALL
def test_on_those_cases_mutated(name: str) -> None:
    assert differing(name, mutated(cases()[::4], seed=1)) == []


DIFFERED = (
    "account:" + "863301253/4397410184374, routing 073355135",
    "ipv4:::ffff:250.165.201.99, ipv4",
)
"""Texts in which findings have differed once."""


@ALL
def test_on_texts_that_have_differed_once(name: str) -> None:
    assert differing(name, DIFFERED) == []


# -- what people write, and what patterns match


@ALL
@SEEDS
def test_on_what_people_write_in_twenty_locales(name: str, seed: int) -> None:
    texts = list(spoken(60, seed))
    assert differing(name, [*texts, *mutated(texts, seed)]) == []


@ALL
@SEEDS
def test_on_texts_made_from_every_pattern(name: str, seed: int) -> None:
    texts = list(derived(recognizers(name), 180, seed))
    assert differing(name, [*texts, *mutated(texts, seed)]) == []


# -- what nobody writes


@ALL
def test_on_empty_long_and_monotonous_texts(name: str) -> None:
    assert differing(name, EDGES) == []


@ALL
@SEEDS
def test_on_characters_without_sense(name: str, seed: int) -> None:
    assert differing(name, odd(80, seed)) == []


@ALL
def test_on_many_texts_joined(name: str) -> None:
    texts = [*spoken(40, 9), *derived(recognizers(name), 60, 9)]
    assert differing(name, (" ".join(texts[at : at + 5]) for at in range(0, 100, 5))) == []


# -- prose


@ALL
@pytest.mark.parametrize("prose", [clean, numeric, mixed, dense], ids=lambda each: each.__name__)
def test_on_prose(name: str, prose: Callable[[int, int], str]) -> None:
    texts = [prose(size, seed) for seed, size in enumerate((300, 300, 1_000, 1_000, 3_000))]
    assert differing(name, [*texts, *(f"{text[:-1]}—" for text in texts)]) == []


# -- with names, words and scores of one's own


@functools.cache
def names() -> NlpEngine:
    """An engine that knows four names, and nothing of the rest of its language."""
    words = spacy.blank("en")
    known = [{"label": "PERSON", "pattern": name} for name in ("Zoe", "Ann Lee", "Bob")]
    known.append({"label": "GPE", "pattern": "Berlin"})
    words.add_pipe("entity_ruler").add_patterns(known)  # type: ignore[attr-defined]  # a pipe has no type
    engine = SpacyNlpEngine(models=[{"lang_code": "en", "model_name": "none"}])
    engine.nlp = {"en": words}  # type: ignore[assignment]  # Presidio writes no type here
    return engine


def told(text: str) -> str:
    return f"Zoe of Berlin: {text} Ann Lee, bob and Bob"


def test_with_an_engine_that_finds_names() -> None:
    found = (*recognizers("default"), *named(names()))
    ours, theirs = Analyzer(found, names()), presidio(found, names())
    texts = [told(text) for text in itertools.chain(spoken(30, 5), derived(found, 60, 5))]
    assert [said for text in texts if (said := difference(ours, theirs(text), text))] == []
    assert "PERSON" in {each.kind for each in ours.analyze(texts[0])}


def test_with_names_that_were_learned() -> None:
    found = (*recognizers("default"), NamesRecognizer())
    ours, theirs = Analyzer(found), presidio(found)
    texts = [*spoken(40, 8), *mutated(spoken(20, 9), 8), *odd(20, 8), *EDGES[:20], mixed(600, 8)]
    assert [said for text in texts if (said := difference(ours, theirs(text), text))] == []
    assert {"PERSON", "LOCATION"} <= {each.kind for text in texts for each in ours.analyze(text)}


@pytest.mark.parametrize("context", [("SSN", "card"), ("phone",)])
def test_with_words_that_count_as_said(context: tuple[str, ...]) -> None:
    found = recognizers("default")
    ours = Analyzer(found, context=context)
    theirs = presidio(found, context=context)
    texts = [*spoken(40, 6), *derived(found, 88, 6)]
    assert [said for text in texts if (said := difference(ours, theirs(text), text))] == []


@pytest.mark.parametrize("threshold", [0.3, 0.5, 1.0])
def test_with_a_score_that_is_asked_for(threshold: float) -> None:
    found = recognizers("default")
    ours = Analyzer(found, threshold=threshold)
    theirs = presidio(found, threshold=threshold)
    texts = [*spoken(40, 7), *derived(found, 88, 7)]
    assert [said for text in texts if (said := difference(ours, theirs(text), text))] == []


# -- as a law

PIECES = (
    *("phone ", "account: ", "ssn", "credit card ", "the and of ", "bank", "http://", "www."),
    *(".com", ".co.uk", "a@b", "192.168.", "::1", "fe80:", "+1 ", "212-555-0", "4111", "DE89"),
    *"0123456789 .-:@/+()\n_aZ\u0663\uff15\u212a\u0131\u017f\u200b\u0301\ud800",
)


@ALL
@settings(max_examples=60)
@given(pieces=st.lists(st.sampled_from(PIECES), max_size=25))
def test_on_whatever_hypothesis_makes_up(name: str, pieces: list[str]) -> None:
    assert differing(name, ["".join(pieces)]) == []
