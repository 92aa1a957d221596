"""Whether an answer says where it has it from, and whether that is so."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guardrails_lib import (
    Abstained,
    Check,
    Policy,
    PolicyError,
    Reply,
    Request,
    Source,
    abstain,
    guard,
)
from guardrails_lib._citation import Citation
from guardrails_lib.checks.citations import miscited, uncited

SOURCES = (
    Source("kb://help/7", "The warranty lasts 5 years. It does not cover floods."),
    Source("kb://help/8", "Shipping to Norway costs 20 euros. Returns are free."),
)
ASKED = Request("How long?", SOURCES)


@dataclass(frozen=True)
class Answer:
    text: str
    citations: list[Citation] = field(default_factory=list)


def reply(text: str, value: object = None) -> Reply[object]:
    return Reply(text, value, request=ASKED)


def missing(text: str, value: object = None) -> list[str]:
    found = uncited()(reply(text, value))
    return [text[slice(*each.span)] for each in found if each.span]


def wrong(text: str, value: object = None) -> list[str]:
    return [each.kind for each in miscited()(reply(text, value))]


def test_a_claim_without_a_citation_is_found_where_it_is() -> None:
    text = "The warranty lasts 5 years [1]. Shipping to Norway costs 20 euros."
    [found] = uncited()(reply(text))
    assert found.span
    assert text[slice(*found.span)] == "Shipping to Norway costs 20 euros."
    assert found.kind == "uncited"


def test_where_it_could_be_from_is_told() -> None:
    [found] = uncited()(reply("Shipping to Norway costs 20 euros."))
    assert found.evidence
    assert (found.evidence.where, found.evidence.uri) == ("sources[1]", "kb://help/8")
    assert found.evidence.score > 0.9


def test_what_claims_nothing_needs_no_citation() -> None:
    assert missing("# Warranty\n\nHello! May I help you?\n\n```\nx = warranty[0]\n```\n") == []


def test_each_sentence_may_need_its_own() -> None:
    text = "The warranty lasts 5 years. It does not cover floods. [1]"
    assert missing(text) == []
    assert len(list(uncited(within="sentence")(reply(text)))) == 1


def test_a_typed_citation_stands_for_what_its_quote_bears_out() -> None:
    text = "The warranty lasts 5 years. Shipping to Norway costs 20 euros."
    value = Answer(text, [Citation("kb://help/7", "The warranty lasts 5 years.")])
    [found] = uncited()(reply("{}", value))
    assert found.where == "reply.text"
    assert found.span
    assert text[slice(*found.span)] == "Shipping to Norway costs 20 euros."


def test_who_a_quote_is_about_may_be_said_before_it() -> None:
    text = "Floods are not covered by the warranty."
    quote = Citation("kb://help/7", "It does not cover floods.")
    assert missing(text, Answer(text, [quote])) == []
    other = Citation("kb://help/7", "The warranty lasts 5 years.")
    assert missing(text, Answer(text, [other])) == [text]


@pytest.mark.parametrize(
    "text",
    [
        "The warranty lasts 5 years [1].",
        "The warranty lasts 5 years (source: help/7).",
        "The warranty lasts 5 years [so they say](kb://help/7).",
        "The warranty lasts 5 years.[^1]\n\n[^1]: kb://help/7",
        "The warranty lasts 5 years [1]. Returns are free [2].",
        "The warranty lasts 5 years, and returns are free [1-2].",
        'It "does not cover\u00a0floods" [1].',
        "Hello! How may I help you?",
        "",
    ],
)
def test_what_is_cited_as_it_is_is_fine(text: str) -> None:
    assert wrong(text) == []


@pytest.mark.parametrize(
    "mark", ["[3]", "[0]", "[doc-9]", "(source: kb://help/9)", "\u30109\u2020source\u3011"]
)
def test_a_source_that_is_not_there_is_told(mark: str) -> None:
    text = f"The warranty lasts 5 years {mark}."
    [found] = miscited()(reply(text))
    assert found.kind == "no_such_source"
    assert found.span
    assert text[slice(*found.span)] == mark


def test_without_sources_every_citation_is_wrong() -> None:
    found = list(miscited()(Reply("It lasts 5 years [1].")))
    assert [each.kind for each in found] == ["no_such_source"]


def test_a_source_that_a_rule_dropped_is_not_there() -> None:
    left = Request("How long?", SOURCES[:1])
    found = list(miscited()(Reply("Returns are free [kb://help/8].", request=left)))
    assert [each.kind for each in found] == ["no_such_source"]


def test_a_name_of_several_sources_is_told() -> None:
    asked = Request("?", [Source("kb://a/faq", "It is 5."), Source("kb://b/faq", "It is 6.")])
    found = list(miscited()(Reply("It is 5 [faq].", request=asked)))
    assert [each.kind for each in found] == ["ambiguous_source"]


def test_a_claim_of_another_source_is_told_with_that() -> None:
    [found] = miscited()(reply("Shipping to Norway costs 20 euros [1]."))
    assert found.kind == "wrong_source"
    assert found.evidence
    assert found.evidence.where == "sources[1]"


@pytest.mark.parametrize(
    "claim",
    [
        "The warranty lasts 9 years",
        "The warranty covers floods",
        "The warranty of Samsung lasts 5 years",
        "Our shop in Berlin opens on Sundays",
    ],
)
def test_a_claim_that_its_source_does_not_bear_out_is_told(claim: str) -> None:
    assert wrong(f"{claim} [1].") == ["unsupported"]


@pytest.mark.parametrize("quote", ["is not 20", "is 99"])
def test_no_quote_is_near_enough(quote: str) -> None:
    """instructor's citations allow five edits, so that both match "is 20"."""
    asked = Request("?", [Source("kb://1", "The limit is 20. It is low.")])
    found = miscited()(Reply("{}", [Citation("1", quote)], request=asked))
    assert [(each.kind, each.where) for each in found] == [("not_quoted", "reply[0]")]


def test_no_quote_is_dropped_in_silence() -> None:
    """instructor drops the quotes that it does not find."""
    value = Answer("", [Citation("1", "lasts 5 years"), Citation("1", "lasts 6 years")])
    found = list(miscited()(reply("{}", value)))
    assert [(each.kind, each.where) for each in found] == [("not_quoted", "reply.citations[1]")]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ('It "does cover floods" [1].', "not_quoted"),
        ("It says \u201cReturns are free\u201d [1].", "wrong_source"),
        ('It says "The warranty ... cover floods" [1].', "elided"),
    ],
)
def test_what_is_in_quotation_marks_must_be_there(text: str, kind: str) -> None:
    assert kind in wrong(text)


def test_a_quoted_word_is_a_word() -> None:
    assert wrong('The "warranty" lasts 5 years [1].') == []


@pytest.mark.parametrize(
    ("citation", "kind"),
    [
        (Citation("9", "Returns are free"), "no_such_source"),
        (Citation("1", "Returns are free"), "wrong_source"),
        (Citation("1", "The warranty ... cover floods"), "elided"),
        (Citation("1", ""), "not_quoted"),
    ],
)
def test_typed_citations_are_held_to_the_same(citation: Citation, kind: str) -> None:
    assert wrong("{}", {"cited": citation}) == [kind]


def test_findings_quote_nothing() -> None:
    text = 'The secret 9 "does cover secret" [1]. The secret lasts [secret-1].'
    found = [*miscited()(reply(text)), *uncited()(reply("A secret costs 5 euros."))]
    assert found
    assert "secret" not in repr(found)


def test_through_a_guard() -> None:
    policy = Policy(validators=(abstain(uncited()), abstain(miscited())))

    @guard(policy)
    def answer(question: str, *, sources: tuple[Source, ...]) -> str:
        return "The warranty lasts 9 years [1]. Shipping is 5 euros."

    outcome = answer("How long?", sources=SOURCES)
    assert isinstance(outcome, Abstained)
    assert [(each.check, each.kind) for each in outcome.findings] == [
        ("uncited", "uncited"),
        ("miscited", "unsupported"),
    ]


@pytest.mark.parametrize(
    ("write", "said"),
    [
        (lambda: uncited(within="page"), "paragraph"),  # type: ignore[arg-type]  # the mistake that is tested
        (lambda: miscited(within=None), "paragraph"),  # type: ignore[arg-type]  # the mistake that is tested
        (lambda: uncited(below=2), "from 0 to 1"),
        (lambda: miscited(below=True), "from 0 to 1"),
    ],
)
def test_a_policy_that_cannot_be_meant_says_so(write: Callable[[], object], said: str) -> None:
    with pytest.raises(PolicyError, match=said):
        write()


@pytest.mark.parametrize("check", [uncited(), miscited(below=0.3, within="sentence")])
def test_a_check_is_a_value(check: Check[Reply[object]]) -> None:
    again = pickle.loads(pickle.dumps(check))
    assert (again, repr(again), hash(again)) == (check, repr(check), hash(check))


@pytest.mark.parametrize(
    "unit", ["a", "a. ", "It is 5 [1]. ", '"a b" [1] ', "[1]", "\ud800", "\0", "\n", "| a [2] |\n"]
)
def test_a_long_answer_of_anything_is_looked_at(unit: str) -> None:
    text = unit * (30_000 // len(unit))
    for check in (uncited(), miscited()):
        for each in check(reply(text)):
            assert each.span


@pytest.mark.parametrize("check", [uncited(), miscited()])
@pytest.mark.parametrize("text", ["[1]" * 6_000, "It is 5 [1]. " * 2_500])
def test_more_than_is_looked_at_is_an_error(check: Check[Reply[object]], text: str) -> None:
    assert "error" in [each.kind for each in check(reply(text))]


@pytest.mark.parametrize("unit", ["It costs 20 euros. ", "a", "\u2026", "\ud800 "])
def test_long_sources_are_looked_through(unit: str) -> None:
    sources = [Source("kb://1", unit * (100_000 // len(unit)))]
    said: Reply[object] = Reply('It says "costs 20 pounds" [1].', request=Request("?", sources))
    assert "not_quoted" in [each.kind for each in miscited()(said)]


@given(st.text() | st.text('[]1-3". \nIt is\u00b9<cite>/(', max_size=200))
def test_a_finding_is_a_part_of_the_text(text: str) -> None:
    for check in (uncited(), miscited()):
        for each in check(reply(text)):
            assert each.span
            assert 0 <= each.span.start < each.span.end <= len(text)
