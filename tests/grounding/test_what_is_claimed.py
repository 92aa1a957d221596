"""What a reply says is so, a sentence at a time."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guardrails_lib.grounding import claims


def said(text: str) -> list[str]:
    return [claim.text.strip() for claim in claims(text)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Hello!",
        "I hope this helps! Let me know if you have further questions.",
        "I'm sorry, but I can't help with that.",
        "What is covered?",
        "# The warranty",
        "**Warranty and repairs**",
        "```python\nwarranty = 5\n```",
        "The documents do not mention the price.",
        "[1]: https://example.com/warranty",
        "Sources: the handbook",
        "---",
    ],
)
def test_what_says_nothing_of_a_matter_claims_nothing(text: str) -> None:
    assert said(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "The warranty covers fire.",
        "I found that the warranty covers fire.",
        "I'm sorry, but refunds take 90 days.",
        "Did you know that floods are covered?",
        "Floods are covered, right?",
        "The documents do not mention a limit, so all floods are covered.",
        "**The warranty lasts five years.**",
        "5",
    ],
)
def test_what_says_something_of_a_matter_is_a_claim(text: str) -> None:
    assert len(said(text)) == 1


def test_an_item_of_a_list_is_a_claim_without_its_mark() -> None:
    assert said("- Fire is covered.\n2. Theft is covered.\n> Hail is covered.") == [
        "Fire is covered.",
        "Theft is covered.",
        "Hail is covered.",
    ]


def test_a_row_of_a_table_is_a_claim_and_its_head_is_none() -> None:
    table = "| Plan | Price |\n|---|:---:|\n| Basic | $5 |\n| Pro | $9 |\n"
    assert [text.split() for text in said(table)] == [["Basic", "$5"], ["Pro", "$9"]]


def test_marks_of_citations_and_of_markdown_are_no_words() -> None:
    text = "**Fire** is [covered](https://example.com/a) [1][doc-3] (see source 2) [^4] `today`."
    assert said(text) == ["Fire is covered    today."]


def test_a_word_in_brackets_stays_a_word() -> None:
    assert said("Fire is [not] covered.") == ["Fire is [not] covered."]


def test_a_fence_that_nothing_closes_hides_nothing() -> None:
    assert said("Look:\n```\nThe warranty covers fire.") == ["The warranty covers fire."]


def test_a_span_is_where_the_claim_stands() -> None:
    text = "Hello! - \n- **Fire** is covered [1]. Ask us?"
    (claim,) = claims(text)
    assert text[slice(*claim.span)] == "**Fire** is covered [1]."


@given(st.text())
def test_any_text_has_claims_in_order_and_within_it(text: str) -> None:
    end = 0
    for claim in claims(text):
        assert end <= claim.span.start < claim.span.end <= len(text)
        end = claim.span.end


@pytest.mark.parametrize("piece", ["```\n", "[a](", "**a", "| a |\n", "- ", "<a", "\n", "(see "])
def test_a_long_text_of_marks_is_read_soon(piece: str) -> None:
    assert sum(1 for _ in claims(piece * 20_000)) <= 20_000
