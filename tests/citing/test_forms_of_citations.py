"""Citations are found however they are written, and what is none is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guardrails_lib.citing.forms import marks


def names(text: str, *known: str) -> list[tuple[str, ...]]:
    return [each.names for each in marks(text, known) if not each.label]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("It is so [1].", ("1",)),
        ("It is so [1, 2; 4].", ("1", "2", "4")),
        ("It is so [1-3].", ("1", "2", "3")),
        ("It is so [1\u20133].", ("1", "2", "3")),
        ("It is so [doc-3].", ("doc-3",)),
        ("It is so [doc-3, p. 4].", ("doc-3",)),
        ("It is so [Source 2].", ("Source 2",)),
        ("It is so [S1].", ("S1",)),
        ("It is so [prices.md].", ("prices.md",)),
        ("It is so [Source: kb://a/1].", ("kb://a/1",)),
        ("It is so (source: prices.md).", ("prices.md",)),
        ("It is so (Sources: 1, 2).", ("1", "2")),
        ("It is so (Quelle: preise.html).", ("preise.html",)),
        ("It is so (doc 3).", ("doc 3",)),
        ("It is so\u30101\u2020source\u3011.", ("1",)),
        ("It is so\u30104:0\u2020prices.pdf\u3011.", ("prices.pdf",)),
        ("It is so.\u00b9", ("1",)),
        ("It is true\u00b2\u02d2\u00b3.", ("2", "3")),
        ("It is [so](https://a.example/x_(y)).", ("https://a.example/x_(y)",)),
        ("It is so: https://a.example/b.", ("https://a.example/b",)),
        ("It is so <kb://a/b>.", ("kb://a/b",)),
        ("It is so <cite>1</cite>.", ("1",)),
        ("It is so <sup>[2]</sup>.", ("2",)),
        ("It is so <source id=1>.", ("1",)),
        ('<cite source="kb://a/b">It is so.</cite>', ("kb://a/b",)),
        ("It is so.\nSource: prices.md", ("prices.md",)),
        ("It is so.\n**Sources:** 1, 2", ("1", "2")),
    ],
)
def test_every_common_form_is_a_citation(text: str, named: tuple[str, ...]) -> None:
    assert names(text) == [named]


@pytest.mark.parametrize(
    "text",
    [
        "- [x] done, - [ ] not",
        "He said that [sic] it was [he] in [2024].",
        "`rows[1]` and\n```\nrows[2]\n```",
        "~~~\nSource: a.md\n~~~",
        "The first is rows[0].",
        "It lies in [0, 1].",
        "It is 5 m\u00b2 and 10\u00b2.",
        "![an image](https-is-not-here.png)",
        "[mail](mailto:ann@example.com) or [above](#top)",
        "It is so (see above).",
        "<b>1</b>",
    ],
)
def test_what_is_no_citation_is_left_alone(text: str) -> None:
    assert names(text) == []


def test_a_known_name_needs_no_looks() -> None:
    assert names("It is so [returns].") == []
    assert names("It is so [Returns].", "returns") == [("Returns",)]


def test_a_footnote_means_what_defines_it() -> None:
    text = "A.[^1] B.[^x] C.[^2]\n\n[^1]: https://a.example/b, p. 3\n[^x]: see prices.md\n[^2]: so"
    assert names(text, "prices.md") == [("https://a.example/b",), ("prices.md",), ("2",)]


def test_a_list_of_references_says_what_numbers_mean() -> None:
    text = "It is so [1]. It was so [2].\n\n## Sources\n1. kb://b/2\n2. Prices, kb://a/1\n"
    assert names(text) == [("kb://b/2",), ("kb://a/1",)]


def test_what_a_tag_is_around_is_told() -> None:
    text = "Yes. <cite index='1'>It is so.</cite> No."
    [mark] = marks(text)
    assert mark.around
    assert text[slice(*mark.around)] == "It is so."


@pytest.mark.parametrize(
    "unit",
    [
        *("[", "[1]", "(source: ", "<cite ", "`", "```\n", "a://", "http://a ", "\u00b9", "[a]("),
        *("\u3010", "</cite>", "<cite>", "[^1]: a\n", "Sources\n1. a://b\n", "[1, ", "\n", "~~~"),
    ],
)
def test_a_long_text_of_anything_is_read(unit: str) -> None:
    marks("See a\u00b9" + unit * (50_000 // len(unit)))


@given(st.text() | st.text("[]()<>1,-^:/ \n\u00b9\u3010\u3011\u2020ab`~#cite", max_size=200))
def test_citations_are_parts_of_the_text_in_their_order(text: str) -> None:
    end = 0
    for mark in marks(text, ("a",)):
        assert end <= mark.span.start < mark.span.end <= len(text)
        end = mark.span.end
