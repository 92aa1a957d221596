"""Texts with names: each span is a name, whatever the text was made to look like."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("faker", reason="texts with names need faker")
pytest.importorskip("phonenumbers", reason="names of towns need phonenumbers")

from guardrails_lib.learned.writing.filling import ORIGINS, filler
from guardrails_lib.learned.writing.grammar import Choice, Slot, Template, grammars
from guardrails_lib.learned.writing.named import Named, named
from guardrails_lib.learned.writing.nameless import nameless, without_names
from guardrails_lib.learned.writing.places import towns
from guardrails_lib.learned.writing.roughening import Part, rough

KINDS = {"PERSON", "LOCATION", "ORGANIZATION"}
SEEDS = st.integers(0, 2**32)
CHANCES = st.lists(st.floats(0, 1, exclude_max=True), min_size=1, max_size=30)


@cache
def some() -> tuple[Named, ...]:
    return tuple(named(5, 1500))


@given(SEEDS)
@settings(max_examples=40, deadline=None)
def test_the_spans_of_a_text_stand_in_order_and_apart(seed: int) -> None:
    (text,) = named(seed, 1)
    at = 0
    for start, end, kind in text.spans:
        assert at <= start < end <= len(text.text)
        assert kind in KINDS
        at = end


@given(SEEDS)
@settings(max_examples=20, deadline=None)
def test_a_seed_gives_the_same_texts_again(seed: int) -> None:
    assert list(named(seed, 3)) == list(named(seed, 3))


@given(SEEDS)
@settings(max_examples=20, deadline=None)
def test_more_texts_begin_as_fewer_do(seed: int) -> None:
    assert list(named(seed, 4))[:2] == list(named(seed, 2))


def test_a_name_begins_and_ends_with_no_white_space() -> None:
    names = [text.text[start:end] for text in some() for start, end, _ in text.spans]
    assert [name for name in names if name != name.strip()] == []


def test_no_slot_is_left_in_a_text() -> None:
    slots = ("{PERSON", "{LOCATION", "{ORGANIZATION", "{email}", "{date}")
    assert [text for text in some() if any(slot in text.text for slot in slots)] == []


def test_each_of_the_three_is_in_many_texts() -> None:
    for kind in KINDS:
        assert sum(kind in {each[2] for each in text.spans} for text in some()) > 300


def test_many_texts_have_no_name() -> None:
    assert sum(not text.spans for text in some()) > 150


def test_texts_of_each_kind_are_drawn() -> None:
    assert {text.kind for text in some()} == set(grammars("names"))


def test_texts_without_names_have_none() -> None:
    several = [grammars("names")[name] for name in ("none", "code", "tempting", "vocabulary")]
    words = [each for one in several for each in (*one.templates.values(), *one.words.values())]
    for templates in words:
        for template in templates:
            assert not [slot for slot in slots(template) if slot[0].isupper()]


def slots(template: Template) -> Iterator[str]:
    for part in template:
        if isinstance(part, Slot):
            yield part.name
        elif isinstance(part, Choice):
            for each in part.alternatives:
                yield from slots(each)


def test_most_texts_are_in_english_and_the_others_in_many_languages() -> None:
    spoken = [text.language for text in some()]
    assert 0.6 < spoken.count("en") / len(spoken) < 0.8
    assert {"de", "fr", "es", "it", "pt", "nl"} <= set(spoken)


@pytest.mark.parametrize("name", sorted(grammars("names")))
def test_each_template_can_be_filled(name: str) -> None:
    grammar = grammars("names")[name]
    for language, templates in grammar.templates.items():
        for template in templates:
            pieces = grammar.put(template, lambda: 0.5, filler(language, lambda: 0.5))
            assert "".join(piece.text for piece in pieces).strip()


def test_each_language_of_the_templates_has_names_of_its_own() -> None:
    spoken = {each for grammar in grammars("names").values() for each in grammar.templates}
    assert spoken <= set(ORIGINS)


def test_an_unknown_slot_is_named() -> None:
    with pytest.raises(KeyError, match="known to be put into"):
        filler("en", lambda: 0.5)("gizmo")


@given(CHANCES, st.sampled_from(["mail", "chat", "forms"]), st.sampled_from(["en", "de"]))
def test_roughening_keeps_each_name_apart(draws: list[float], kind: str, language: str) -> None:
    """Between two names there is what was there, or what it has become."""
    parts = [
        *(Part("Hello "), Part("Ann O'Neil", "PERSON"), Part(", you are in ")),
        *(
            Part("São Paulo", "LOCATION"),
            Part("'s "),
            Part("Acme, Inc.", "ORGANIZATION"),
            Part("."),
        ),
    ]
    turn = iter(draws * 1000)
    made = rough(parts, kind, language, lambda: next(turn))
    assert [part.name for part in made] == [part.name for part in parts]
    for part, before in zip(made, parts, strict=True):
        if before.name:
            kept = set(before.text.lower())
            assert set(part.text.lower()) <= kept | set(" \n")


def test_old_collections_set_each_mark_apart() -> None:
    turn = iter([0.9, 0.9, 0.9, 0.5, 0.05, 0.9] + [0.5] * 50)
    parts = [Part("I don't know "), Part("Ann Lee", "PERSON"), Part(", he said.")]
    made = rough(parts, "news", "en", lambda: next(turn))
    assert "".join(part.text for part in made) == "I do n't know Ann Lee , he said ."


def test_there_are_towns_of_many_countries() -> None:
    assert len(towns()) > 100
    assert "Chattanooga" in towns()["us"]
    assert "Göttingen" in towns()["de"]


def test_what_is_seldom_written_small_may_be_a_name() -> None:
    said = ["Ask Ann to cook the rice today.", "Cook the rice well today."]
    assert list(without_names([*said, "They cook, and cook again, and cook."])) == [
        "Cook the rice well today."
    ]


def test_a_sentence_that_is_drawn_twice_is_taken_once() -> None:
    said = ["Then they cook. They cook then and they cook now."] * 3
    assert len(list(without_names(said))) == len(set(without_names(said)))


def test_there_are_thousands_of_sentences_that_name_nobody() -> None:
    assert len(nameless()["en"]) > 3000
    assert {"de", "fr", "es", "it"} <= set(nameless())


@pytest.mark.parametrize(
    ("party", "module", "extra"),
    [("faker", "filling", "synthetic"), ("phonenumbers", "places", "pii")],
)
def test_the_line_that_installs_what_is_missing_is_named(
    monkeypatch: pytest.MonkeyPatch, party: str, module: str, extra: str
) -> None:
    name = f"guardrails_lib.learned.writing.{module}"
    monkeypatch.setitem(sys.modules, party, None)
    monkeypatch.delitem(sys.modules, name)
    with pytest.raises(ImportError, match=rf'pip install "guardrails-lib\[{extra}\]"'):
        importlib.import_module(name)
