"""Names in Presidio and in the analyzer: what is found, and how much of a text must be seen."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("presidio_analyzer", reason="the pii extra is not installed")

from presidio_analyzer import EntityRecognizer, PatternRecognizer

from guardrails_lib import PolicyError
from guardrails_lib.learned.names import Name
from guardrails_lib.presidio.analyzer import Analyzer
from guardrails_lib.presidio.names import NamesRecognizer, unclaimed
from guardrails_lib.presidio.recognizers import NAMED, blank, chosen, engine
from guardrails_lib.scan.plan import LONGEST

TEXT = "My name is Maria Schneider and I live in Berlin."


class Capitals:
    """Takes capital letters for names, and a lone one for a place."""

    width = back = 60

    def __init__(self) -> None:
        self.asked: list[str] = []

    def find(self, text: str) -> list[Name]:
        """Each run of capital letters."""
        self.asked.append(text)
        return [
            Name(*each.span(), "PERSON" if len(each[0]) > 1 else "LOCATION", 0.7)
            for each in re.finditer("[A-Z]+", text)
        ]

    def tail(self, text: str) -> int:
        """The run at the end."""
        return len(text.rstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))


class Silent(EntityRecognizer):
    """Says that it finds names, and finds none."""

    def load(self) -> None:
        """There is nothing to load."""

    def analyze(self, *_: object, **__: object) -> list[object]:  # type: ignore[override]  # it has nothing to say
        return []


def kinds(recognizers: tuple[EntityRecognizer, ...]) -> list[str]:
    return [kind for each in recognizers for kind in each.supported_entities]


# -- in Presidio


def test_presidio_runs_it() -> None:
    results = engine([NamesRecognizer()]).analyze(TEXT, "en")
    assert {(each.entity_type, TEXT[each.start : each.end]) for each in results} == {
        ("PERSON", "Maria Schneider"),
        ("LOCATION", "Berlin"),
    }


def test_presidio_is_told_who_has_found_a_name() -> None:
    (result, *_) = engine([NamesRecognizer()]).analyze(TEXT, "en")
    assert result.recognition_metadata["recognizer_name"] == "NamesRecognizer"


def test_presidio_may_ask_for_one_kind_of_all() -> None:
    results = engine([NamesRecognizer()]).analyze(TEXT, "en", entities=["LOCATION"])
    assert [each.entity_type for each in results] == ["LOCATION"]


def test_it_finds_no_kind_that_it_was_not_made_for() -> None:
    only = NamesRecognizer(["PERSON"])
    assert only.supported_entities == ["PERSON"]
    found = only.analyze(TEXT, list(NAMED), blank().process_text(TEXT, "en"))
    assert {each.entity_type for each in found} == {"PERSON"}


def test_a_text_is_no_list_of_kinds() -> None:
    with pytest.raises(PolicyError, match=r'write \["PERSON"\]'):
        NamesRecognizer("PERSON")


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(["A", "BC ", "ann ", "1", " ", "DE", "x@y.zz", ", "]), max_size=8))
def test_what_the_analyzer_finds_is_what_presidio_finds(pieces: list[str]) -> None:
    text = "".join(pieces)
    recognizers = [*chosen(("EMAIL_ADDRESS",)), NamesRecognizer(model=Capitals())]
    ours = [(f.kind, f.start, f.end, f.score) for f in Analyzer(recognizers).analyze(text)]
    theirs = engine(recognizers).analyze(text, "en")
    assert ours == [(each.entity_type, each.start, each.end, each.score) for each in theirs]


# -- where it need not be asked


@pytest.mark.parametrize("text", ["", "12.50", "- 7 -\n", "\u0663\u0664", "\u2026!\u00bf"])
def test_a_text_without_letters_is_not_read(text: str) -> None:
    model = Capitals()
    assert Analyzer([NamesRecognizer(model=model)]).analyze(text) == []
    assert model.asked == []


@pytest.mark.parametrize("text", ["a", "12a", "\u00e9", "\u5317\u4eac", "1\u05d0"])
def test_a_text_with_a_letter_of_any_script_is_read(text: str) -> None:
    model = Capitals()
    Analyzer([NamesRecognizer(model=model)]).analyze(text)
    assert model.asked == [text]


# -- how much must be seen


def test_a_name_is_followed_as_far_as_anything_is() -> None:
    analyzer = Analyzer([NamesRecognizer(model=Capitals())])
    assert (analyzer.width, analyzer.back) == (60 + LONGEST, 60)


def test_beside_patterns_the_wider_counts() -> None:
    patterns = chosen(("CREDIT_CARD",))
    alone, both = Analyzer(patterns), Analyzer([*patterns, NamesRecognizer(model=Capitals())])
    assert alone.width
    assert both.width
    assert both.width > alone.width
    assert both.back >= alone.back


def test_a_name_that_may_go_on_is_held_back() -> None:
    assert Analyzer([NamesRecognizer(model=Capitals())]).tail("so said AN") <= len("so said ")


# -- whose names they are


def test_unless_told_otherwise_all_names_are_looked_for() -> None:
    assert kinds(unclaimed(None, ())) == list(NAMED)


def test_where_no_name_is_wanted_nothing_is_made() -> None:
    assert unclaimed(("EMAIL_ADDRESS",), ()) == ()


def test_what_another_model_finds_is_left_to_it() -> None:
    assert kinds(unclaimed(None, [Silent(["PERSON"])])) == ["LOCATION", "ORGANIZATION"]


def test_what_a_list_finds_is_looked_for_too() -> None:
    listed = PatternRecognizer("PERSON", deny_list=["zzz"])
    assert kinds(unclaimed(None, [listed])) == list(NAMED)


def test_equal_kinds_share_a_recognizer() -> None:
    assert unclaimed(("PERSON",), ()) == unclaimed(("PERSON", "URL"), ())
