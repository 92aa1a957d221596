"""Names are found close by, whatever the text is, and how it is cut."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from guardrails_lib.learned.names import Name, names
from guardrails_lib.learned.names.features import FEATURES
from guardrails_lib.learned.names.tokens import PIECE

PLAIN = "we have seen that it is not so easy to do this in time . "
ANN = "Dear Ann Smith, thank you for the letter from Berlin.\n"
WORDS = st.sampled_from(
    [
        *("Ann", "smith", "Berlin", "the", "at", "12", "High Street", "GmbH", "O'Brien"),
        *(",", ".", "\n", "-", "'", "[PERSON]", "\u2588\u2588", "https://example.com/Ann"),
        *("x" * 40, " " * 12, "1" * 40, "https://" + "a" * 96),
    ]
)
TEXTS = st.lists(WORDS, max_size=40).map(" ".join) | st.text(st.characters(), max_size=120)


def said(text: str) -> list[tuple[str, str]]:
    return [(text[each.start : each.end], each.type) for each in names().find(text)]


def test_people_and_places_are_found() -> None:
    assert said(ANN) == [("Ann Smith", "PERSON"), ("Berlin", "LOCATION")]


def test_an_organization_is_found() -> None:
    assert said("She works for Deutsche Bank now.") == [("Deutsche Bank", "ORGANIZATION")]


def test_names_are_found_in_small_letters() -> None:
    text = "hi, my name is sarah miller and i live in chicago"
    assert said(text) == [("sarah miller", "PERSON"), ("chicago", "LOCATION")]


def test_an_address_is_one_place() -> None:
    text = "Please send it to 742 Maple Avenue, Springfield, IL 62701."
    assert said(text) == [("742 Maple Avenue, Springfield, IL 62701", "LOCATION")]


def test_a_mark_within_a_name_belongs_to_it() -> None:
    assert ("Mary O'Brien", "PERSON") in said("I spoke to Mary O'Brien about it.")


def test_a_line_ends_the_name_of_a_person() -> None:
    text = "Name: Ann Smith\nBob Miller\nI live at 12 Main Street.\nRegards, Maria Schneider"
    found = [each for each, type_ in said(text) if type_ == "PERSON"]
    assert found == ["Ann Smith", "Bob Miller", "Maria Schneider"]


def test_plain_words_are_no_names() -> None:
    assert said(PLAIN) == []


def test_what_stands_for_something_removed_is_no_name() -> None:
    text = "Dear [PERSON_BCDFGHJK], \u2588\u2588\u2588 of <CITY> sends *** to you."
    assert said(text) == []


def test_numbers_alone_are_no_name() -> None:
    assert said("1234 5678\n62701, 12") == []


def test_a_text_without_letters_is_not_cut_into_words() -> None:
    assert names().find("12 34 - 56 \u2588" * 5) == []


def test_an_empty_text_holds_no_name() -> None:
    assert names().find("") == []


@given(TEXTS)
def test_names_stand_in_order_apart_and_begin_and_end_with_a_word(text: str) -> None:
    found = names().find(text)
    assert all(before.end <= after.start for before, after in pairwise(found))
    for each in found:
        assert text[each.start].isalnum()
        assert 0.5 <= each.score <= 1


@given(TEXTS, TEXTS)
def test_what_is_found_depends_on_what_is_near(text: str, other: str) -> None:
    far = PLAIN * (1 + names().back // len(PLAIN))
    shift = len(other) + len(far)
    alone = names().find(far + text + far)
    among = names().find(other + far + far + text + far + other)
    inside = [
        each._replace(start=each.start - shift, end=each.end - shift)
        for each in among
        if len(far) <= each.start - shift < len(far) + len(text)
    ]
    assert inside == [each for each in alone if len(far) <= each.start < len(far) + len(text)]


@given(TEXTS, TEXTS)
def test_what_is_before_the_tail_stays_as_more_text_comes(text: str, more: str) -> None:
    start = names().tail(text)
    settled = [each for each in names().find(text) if each.start < start]
    assert [each for each in names().find(text + more) if each.start < start] == settled


@given(TEXTS)
def test_a_name_that_began_before_the_tail_ends_before_it(text: str) -> None:
    start = names().tail(text)
    assert all(each.end <= start for each in names().find(text) if each.start < start)


def test_a_long_text_is_looked_at_in_pieces_as_if_whole() -> None:
    filler = PLAIN * (PIECE // len(PLAIN))
    for shift in range(0, 60, 7):
        text = filler[shift:] + ANN + filler + ANN
        assert [each for each, _ in said(text)] == ["Ann Smith", "Berlin"] * 2


def test_what_spoke_for_a_name_is_told_in_words() -> None:
    name, *_ = names().find(ANN)
    told = names().explain(ANN, name.start, name.end)
    assert {feature for feature, _ in told} == set(FEATURES)
    assert sum(weight for _, weight in told) > 0
    weights = [abs(weight) for _, weight in told]
    assert weights == sorted(weights, reverse=True)


def test_nothing_speaks_for_what_is_not_there() -> None:
    assert names().explain(ANN, 0, 0) == []


def test_a_name_is_a_plain_value() -> None:
    assert names().find(ANN)[0] == Name(5, 14, "PERSON", names().find(ANN)[0].score)
