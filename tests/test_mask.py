"""A text with what must not be read taken out."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guardrails_lib import Finding, Span, _mask
from guardrails_lib._mask import BLOT, Cover, Region

TEXTS = st.text(st.characters(), max_size=20)
INSTEAD = st.none() | st.text("<>", max_size=3)


def masked(text: str, findings: list[Finding]) -> str:
    return _mask.masked(text, map(Cover, findings))


def regions(findings: list[Finding]) -> list[Region]:
    return _mask.regions("", map(Cover, findings))


@st.composite
def cases(draw: st.DrawFn, instead: st.SearchStrategy[str | None]) -> tuple[str, list[Finding]]:
    """A text and findings in it, overlapping, adjacent, nested and empty ones among them."""
    text = draw(TEXTS)
    places = st.integers(0, len(text))
    spans = st.tuples(places, places).map(lambda two: Span(*sorted(two)))
    found = st.builds(lambda span, other: Finding("x", span, instead=other), spans, instead)
    return text, draw(st.lists(found, max_size=5))


def covered(findings: list[Finding]) -> set[int]:
    return {at for each in findings if each.span for at in range(*each.span)}


@given(cases(st.none()))
def test_the_length_is_kept(case: tuple[str, list[Finding]]) -> None:
    text, findings = case
    assert len(masked(text, findings)) == len(text)


@given(cases(st.none()))
def test_what_is_covered_is_blotted_and_all_else_is_kept(case: tuple[str, list[Finding]]) -> None:
    text, findings = case
    gone = covered(findings)
    assert masked(text, findings) == "".join(
        BLOT if at in gone else letter for at, letter in enumerate(text)
    )


@given(cases(INSTEAD))
def test_what_is_not_covered_is_kept_in_its_order(case: tuple[str, list[Finding]]) -> None:
    text, findings = case
    left = iter(masked(text, findings))
    gone = covered(findings)
    kept = [letter for at, letter in enumerate(text) if at not in gone]
    assert all(letter in left for letter in kept)


@given(cases(INSTEAD), st.data())
def test_the_order_of_findings_changes_nothing(
    case: tuple[str, list[Finding]], data: st.DataObject
) -> None:
    """But for what is put between two characters, which comes in the order of its findings."""
    text, findings = case
    findings = [each for each in findings if each.span and each.span.start < each.span.end]
    assert masked(text, data.draw(st.permutations(findings))) == masked(text, findings)


@given(cases(INSTEAD))
def test_a_finding_twice_is_a_finding_once(case: tuple[str, list[Finding]]) -> None:
    text, findings = case
    assert masked(text, findings + findings) == masked(text, findings)


@given(cases(INSTEAD))
def test_regions_are_in_order_and_apart(case: tuple[str, list[Finding]]) -> None:
    _, findings = case
    found = regions(findings)
    assert all(one.end <= other.start for one, other in itertools.pairwise(found))
    assert all(region.start <= region.end for region in found)


@given(cases(INSTEAD))
def test_regions_cover_what_the_findings_cover(case: tuple[str, list[Finding]]) -> None:
    _, findings = case
    found = regions(findings)
    assert {at for each in found for at in range(each.start, each.end)} == covered(findings)


@given(cases(INSTEAD))
def test_a_safe_form_is_used_only_where_nothing_overlaps(
    case: tuple[str, list[Finding]],
) -> None:
    _, findings = case
    for region in regions(findings):
        if region.instead is not None and region.start < region.end:
            over = [each for each in findings if each.span and overlap(each.span, region)]
            assert {each.span for each in over} == {(region.start, region.end)}
            assert {each.instead for each in over} == {region.instead}


def overlap(span: Span, region: tuple[int, int, str | None]) -> bool:
    """Whether they share a character."""
    return max(span.start, region[0]) < min(span.end, region[1])


def found(start: int, end: int, instead: str | None = None) -> Finding:
    return Finding("x", Span(start, end), instead=instead)


@pytest.mark.parametrize(
    ("findings", "text"),
    [
        ([], "0123456789"),
        ([found(2, 4)], "01██456789"),
        ([found(0, 10)], "██████████"),
        ([found(2, 4, "<>")], "01<>456789"),
        ([found(2, 4, "")], "01456789"),
        ([found(2, 4), found(3, 6)], "01████6789"),
        ([found(2, 4, "a"), found(3, 6, "b")], "01████6789"),
        ([found(2, 8, "a"), found(3, 5, "b")], "01██████89"),
        ([found(2, 8, "a"), found(3, 5)], "01██████89"),
        ([found(2, 4, "a"), found(4, 6, "b")], "01ab6789"),
        ([found(2, 4, "a"), found(4, 6)], "01a██6789"),
        ([found(2, 4, "a"), found(2, 4, "a")], "01a" + "456789"),
        ([found(2, 4, "a"), found(2, 4, "b")], "01██456789"),
        ([found(2, 4, "a"), found(2, 4)], "01██456789"),
        ([found(3, 3)], "0123456789"),
        ([found(3, 3, "<>")], "012<>3456789"),
        ([found(0, 0, "<"), found(10, 10, ">")], "<0123456789>"),
        ([found(3, 3, "<>"), found(2, 4)], "01██456789"),
        ([found(3, 3, "<>"), found(2, 4, "a")], "01██456789"),
        ([Finding("nowhere")], "0123456789"),
        ([Finding("nowhere", instead="a"), found(2, 4)], "01██456789"),
    ],
)
def test_what_is_found_is_replaced(findings: list[Finding], text: str) -> None:
    assert masked("0123456789", findings) == text


@pytest.mark.parametrize(
    "findings",
    [
        [found(3, 3, "<"), found(3, 3, ">")],
        [found(3, 3, "<"), found(3, 6, ">")],
        [found(3, 6, ">"), found(3, 3, "<")],
        [found(0, 3, "<"), found(3, 3, ">")],
    ],
)
def test_an_empty_finding_beside_another_loses_no_text(findings: list[Finding]) -> None:
    whole = masked("0123456789", findings)
    gone = covered(findings)
    assert [x for x in whole if x.isdigit()] == [
        x for at, x in enumerate("0123456789") if at not in gone
    ]


def test_a_lone_surrogate_is_a_character() -> None:
    assert masked("a\ud800b", [found(1, 2)]) == "a█b"


def test_a_span_may_be_any_pair() -> None:
    assert masked("abc", [Finding("x", (1, 2))]) == "a█c"  # type: ignore[arg-type]  # on purpose
