"""How likely the sources hold an answer."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guardrails_lib.citing.answerable import answerability, answerable
from guardrails_lib.citing.bearing import bearing
from guardrails_lib.citing.wanted import asks, says_what, wanted
from guardrails_lib.grounding import Index

DATA = Path(__file__).parents[2] / ".." / "shared" / "data"

MUSEUM = (
    "The city museum was opened in 1901 by Mayor Anna Berg. It has 40 rooms and a garden. "
    "The museum does not lend paintings to schools. Tickets are sold at the northern gate."
)


@pytest.mark.parametrize(
    "question",
    [
        "When was the city museum opened?",
        "Who opened the museum in 1901?",
        "How many rooms does the museum have?",
        "Where are tickets sold?",
        "What does the museum not lend to schools?",
    ],
)
def test_what_is_there_can_be_answered(question: str) -> None:
    assert answerability(question, [MUSEUM]) > 0.6


@pytest.mark.parametrize(
    ("question", "nearly"),
    [
        ("Who opened the museum in 1955?", "Who opened the museum in 1901?"),
        ("Who did not open the museum?", "Who did open the museum?"),
        ("When did Thomas Hart open the museum?", "When did Anna Berg open the museum?"),
        ("What is sold at the southern gate?", "What is sold at the northern gate?"),
        ("What does the castle lend to schools?", "What does the museum lend to schools?"),
        ("Why was the museum unopened?", "Why was the museum opened?"),
    ],
)
def test_what_only_looks_alike_gets_less(question: str, nearly: str) -> None:
    assert answerability(question, [MUSEUM]) < answerability(nearly, [MUSEUM]) - 0.05


def test_what_is_not_there_gets_little() -> None:
    assert answerability("Which bus leads to the airport of Oslo?", [MUSEUM]) < 0.1


@pytest.mark.parametrize(
    ("question", "without"),
    [
        ("When was the garden planted?", "The garden was planted by the mayor."),
        ("How many trees are in the garden?", "There are trees in the garden."),
        ("Who planted the garden?", "The garden was planted in spring."),
    ],
)
def test_there_must_be_an_answer_of_the_kind_that_is_wanted(question: str, without: str) -> None:
    held = f"{without[:-1]}: Ann Lee did, with 12 others, in May 1901."
    assert answerability(question, [without]) < answerability(question, [held])


def test_the_nearest_place_is_told() -> None:
    found = answerable("Where are tickets sold?", Index(["Nothing is here.", MUSEUM]))
    assert found.place
    assert found.place.source == 1
    assert "Tickets" in MUSEUM[slice(*found.place.span)]


def test_without_sources_nothing_can_be_answered() -> None:
    assert answerability("Who is the mayor?", []) == 0.0
    assert answerability("Who is the mayor?", ["", " \n"]) == 0.0


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("when did it open", "date"),
        ("in which year was that", "date"),
        ("how many rooms are there", "number"),
        ("wie viele zimmer gibt es", "number"),
        ("who is she", "name"),
        ("what city is it in", "name"),
        ("why is it so", ""),
    ],
)
def test_the_kind_of_answer_is_told(question: str, kind: str) -> None:
    assert wanted(question) == kind


def test_what_asks_nothing_is_told() -> None:
    assert asks("Who is he")
    assert asks("Is it?")
    assert not asks("Hello there")
    assert says_what("the mayor")
    assert not says_what("who is he")


@pytest.mark.parametrize(
    "unit", ["a", "not ", "Anna Berg ", "1901 ", "\ud800", "\0", "\u6771", ". "]
)
def test_long_texts_of_anything_get_a_score(unit: str) -> None:
    long = unit * (60_000 // len(unit))
    for question, source in (("Who opened the museum?", long), (long, MUSEUM), (long, long)):
        assert 0.0 <= answerability(question, [source]) <= 1.0


@given(st.text(), st.lists(st.text(), max_size=3))
def test_it_is_a_score_and_the_place_is_there(question: str, sources: list[str]) -> None:
    found = answerable(question, Index(sources))
    assert 0.0 <= found.score <= 1.0
    if found.place:
        assert found.place.span.end <= len(sources[found.place.source])


def test_an_answer_is_made_of_the_sentences_that_have_its_words() -> None:
    held = Index([MUSEUM])
    places = bearing("Anna Berg opened it in 1901, and it has a garden.", held)
    assert [place.first for place in places] == [0, 1]
    assert bearing("", held) == bearing("Buses go to Oslo.", held) == []


@pytest.mark.skipif(not DATA.exists(), reason="the data lie beside the repository")
def test_sentences_of_an_answer_are_found_as_people_found_them() -> None:
    right = total = 0
    with gzip.open(DATA / "ground_clapnq_a" / "clapnq.jsonl.gz", "rt") as lines:
        for line in lines:
            row = json.loads(line)
            [passage] = row["passages"]
            for output in row["outputs"]:
                held = Index(passage["sentences"])
                found = {each.source for each in bearing(output["answer"], held)}
                gold = {
                    n
                    for n, each in enumerate(passage["sentences"])
                    if each in output["selected_sentences"]
                }
                right += len(found & gold)
                total += len(found) + len(gold)
    assert 2 * right / total > 0.85
