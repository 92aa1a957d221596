"""Counts of what was found of the names in a text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from guardrails_lib.learned.corpora import Span
from guardrails_lib.learned.measuring.tallies import ANY, Tally, leaked, tallied

TEXT = "Ann Lee of Acme, Paris, likes Skype."
ANN, ACME, PARIS = Span(0, 7, "PERSON"), Span(11, 15, "ORGANIZATION"), Span(17, 22, "LOCATION")
SKYPE = Span(30, 35, "PRODUCT")
GOLD = (ANN, ACME, PARIS, SKYPE)
TYPES = ("PERSON", "LOCATION", "ORGANIZATION")

spans = st.lists(
    st.tuples(st.integers(0, 34), st.integers(1, 9), st.sampled_from(TYPES)).map(
        lambda at: Span(at[0], min(at[0] + at[1], len(TEXT)), at[2])
    ),
    max_size=5,
)


def words(kind: str, *found: Span) -> Tally:
    return {each: tally for each, tally, _ in tallied(TEXT, GOLD, found, TYPES)}[kind]


def places(kind: str, *found: Span) -> Tally:
    return {each: tally for each, _, tally in tallied(TEXT, GOLD, found, TYPES)}[kind]


def test_what_is_found_as_it_is_has_no_miss_and_no_extra() -> None:
    assert words(ANY, *GOLD[:3]) == Tally(4, 0, 0, 0)
    assert places(ANY, *GOLD[:3]) == Tally(3, 0, 0, 0)


def test_each_word_of_a_name_counts() -> None:
    assert words("PERSON", Span(0, 3, "PERSON")) == Tally(1, 1, 0, 0)


def test_a_part_of_a_word_finds_the_word() -> None:
    assert words("ORGANIZATION", Span(12, 14, "ORGANIZATION")) == Tally(1, 0, 0, 0)


def test_a_mark_is_a_word_of_its_own() -> None:
    assert words("LOCATION", Span(11, 22, "LOCATION")) == Tally(1, 0, 2, 0)


def test_the_wrong_type_is_a_miss_and_an_extra_by_type_and_right_without() -> None:
    wrong = Span(17, 22, "PERSON")
    assert words("LOCATION", wrong) == Tally(0, 1, 0, 0)
    assert words("PERSON", wrong).extras == 1
    assert words(ANY, wrong) == Tally(1, 3, 0, 0)


def test_a_name_of_a_type_that_is_not_looked_for_is_an_extra_that_stands_apart() -> None:
    assert words("ORGANIZATION", SKYPE._replace(type="ORGANIZATION")) == Tally(0, 1, 1, 1)
    assert places(ANY, SKYPE._replace(type="ORGANIZATION")) == Tally(0, 3, 1, 1)


def test_a_name_that_is_found_a_little_too_long_is_not_in_its_place() -> None:
    assert places("PERSON", Span(0, 10, "PERSON")) == Tally(0, 1, 1, 0)


def test_findings_that_overlap_count_once_by_words() -> None:
    assert words("PERSON", Span(0, 7, "PERSON"), Span(4, 7, "PERSON")) == Tally(2, 0, 0, 0)


@given(spans, spans)
def test_every_name_is_a_hit_or_missed(gold: list[Span], found: list[Span]) -> None:
    for kind, by_words, by_places in tallied(TEXT, gold, found, TYPES):
        wanted = {span[:2] for span in gold if kind in (ANY, span.type)}
        assert by_places.hits + by_places.missed == len(wanted)
        assert by_words.apart == by_places.apart == 0


@given(spans, spans)
def test_found_and_wanted_may_change_places(gold: list[Span], found: list[Span]) -> None:
    there = tallied(TEXT, gold, found, TYPES)
    back = tallied(TEXT, found, gold, TYPES)
    for (_, *ours), (_, *theirs) in zip(there, back, strict=True):
        for one, other in zip(ours, theirs, strict=True):
            assert (one.hits, one.missed, one.extras) == (other.hits, other.extras, other.missed)


def test_what_is_covered_does_not_leak_whatever_it_was_taken_for() -> None:
    assert leaked([ANN], [Span(0, 4, "LOCATION")]) == (3, 7)


def test_names_that_overlap_leak_each_character_once() -> None:
    assert leaked([Span(0, 5, "PERSON"), Span(3, 8, "LOCATION")], []) == (8, 8)


def test_no_names_leak_nothing() -> None:
    assert leaked([], [ANN]) == (0, 0)
