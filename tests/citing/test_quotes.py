"""A quote is in its source word for word, or it is no quote."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guardrails_lib.citing.quotes import quoted

SOURCE = (
    "The plan\u2019s price is 20\u00a0euros \u2014 not 25.  It covers\n"
    "\u201cfire\u201d and of\u00adfice \ufb01ttings . "
    "Do not use it near water. It covers theft. It was sold in Cafe\u0301s."
)


def words(quote: str, source: str = SOURCE) -> str | None:
    found = quoted(quote, source)
    return source[slice(*found.span)] if found else None


@pytest.mark.parametrize(
    ("quote", "there"),
    [
        ("The plan's price", "The plan\u2019s price"),
        ("20 euros - not 25", "20\u00a0euros \u2014 not 25"),
        ('covers "fire" and', "covers\n\u201cfire\u201d and"),
        ("office fittings.", "of\u00adfice \ufb01ttings ."),
        ("sold in Caf\u00e9s", "sold in Cafe\u0301s"),
        ("\u201cIt covers theft,\u201d", "It covers theft"),
        ("It  covers\ttheft.", "It covers theft."),
    ],
)
def test_white_space_and_typography_may_differ(quote: str, there: str) -> None:
    assert words(quote) == there


@pytest.mark.parametrize(
    "quote",
    [
        "price is not 20 euros",
        "price is 99 euros",
        "price is 2",
        "the plan's price",
        "use it near water now",
        "Do use it near water",
        "he plan's price",
        "It covers thefts",
        "",
        "...",
        "\u201c\u201d",
    ],
)
def test_what_differs_in_a_word_a_number_or_a_capital_is_no_quote(quote: str) -> None:
    assert quoted(quote, SOURCE) is None


@pytest.mark.parametrize("quote", ["is not 20", "is 99"])
def test_five_edits_are_not_none(quote: str) -> None:
    """instructor's citations match up to five edits: "is not 20" and "is 99" match "is 20"."""
    assert quoted(quote, "The limit is 20.") is None


@pytest.mark.parametrize(
    ("quote", "source"),
    [
        ("costs 20", "It costs 20.5 a month."),
        ("costs 20.", "It costs 20.5 a month."),
        ("costs 20", "It costs 20,000 a month."),
        ("costs 20", "It costs 20% more."),
        ("5 degrees", "It was -5 degrees."),
        ("5 degrees", "It was 1.5 degrees."),
        ("102 metres", "It is 10\u00b2 metres."),
        ("happy", "They were unhappy."),
    ],
)
def test_no_word_or_number_is_cut(quote: str, source: str) -> None:
    assert quoted(quote, source) is None


def test_an_ellipsis_leaves_words_out() -> None:
    found = quoted("The plan's ... 20 euros", SOURCE)
    assert found
    assert not found.elided
    assert SOURCE[slice(*found.span)] == "The plan\u2019s price is 20\u00a0euros"


@pytest.mark.parametrize("gap", ["...", "\u2026", "[...]", "[\u2026]", "(...)", ". . ."])
def test_an_ellipsis_may_be_written_in_any_way(gap: str) -> None:
    assert quoted(f"It covers theft. {gap} sold", SOURCE)


@pytest.mark.parametrize(
    "quote",
    ["price is 20 euros ... 25", "Do ... use it near water", "The plan's ... sold in Caf\u00e9s"],
)
def test_a_negation_or_several_sentences_left_out_are_told(quote: str) -> None:
    found = quoted(quote, SOURCE)
    assert found
    assert found.elided


def test_parts_in_another_order_are_no_quote() -> None:
    assert quoted("20 euros ... The plan's", SOURCE) is None


def test_an_ellipsis_of_the_source_is_quoted_as_it_is() -> None:
    assert words("Wait\u2026 what", "He said: Wait... what now?") == "Wait... what"


@pytest.mark.parametrize(
    "unit", ["a", " ", "e\u0301", "\u2026", "''", "\ud800", "( ", "\0", "\u6771"]
)
def test_a_long_source_of_anything_is_searched(unit: str) -> None:
    quoted(f"no ... {unit * 50} ... such", unit * (50_000 // len(unit)))
    assert quoted("no such words", unit * (50_000 // len(unit))) is None


@given(
    st.text(min_size=1), st.text("ab1.,' \n\u2026\u2019\xad\ufb01e\u0301-", max_size=60), st.text()
)
def test_what_stands_between_blanks_is_found_where_it_is(
    before: str, quote: str, after: str
) -> None:
    source = f"{before} \n {quote} \n and {after}"
    found = quoted(quote, source)
    if found:
        assert 0 <= found.span.start < found.span.end <= len(source)
        assert quoted(source[slice(*found.span)], source)
    else:
        assert (
            not any(each.isalnum() for each in quote)
            or not quote[:1].isalnum()
            or (not quote[-1:].isalnum())
        )
