"""Typed citations come back with the place of their quote in the source that was given."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from pydantic import BaseModel

from guardrails_lib import Citation, Policy, Source, Span, drop, guard, redact
from guardrails_lib.checks import matching

HELP = Source("kb://help/1", "Order 4711 is paid. Refunds take 5 days.")
OLD = Source("kb://old/9", "Nothing of use.")


class Answer(BaseModel):
    text: str
    citations: list[Citation] = []


@dataclass
class Plain:
    citation: Citation


def cited(policy: Policy, number: str, quote: str, *sources: Source) -> Citation:
    @guard(policy, returns=Answer)
    def answer(question: str, *, sources: Sequence[Source] = ()) -> str:
        said = quote.replace("<seen>", sources[0].text[6:10] if sources else "")
        return json.dumps({"text": "5 days", "citations": [{"source": number, "quote": said}]})

    return answer("How long?", sources=sources).unwrap().citations[0]


def test_a_quote_is_found_in_its_source() -> None:
    citation = cited(Policy(), "kb://help/1", "Refunds take 5 days.", OLD, HELP)
    assert citation.span is not None
    assert HELP.text[slice(*citation.span)] == "Refunds take 5 days."


def test_a_number_names_a_source_as_the_model_saw_them() -> None:
    policy = Policy(sources=(drop(matching("Nothing")),))
    assert cited(policy, "1", "Refunds take", OLD, HELP).span == Span(20, 32)


def test_a_place_is_one_in_the_text_that_was_given() -> None:
    policy = Policy(sources=(redact(matching(r"\d{4}"), restore=True),))
    assert cited(policy, "1", "5 days.", HELP).span == Span(33, 40)


def test_a_quote_that_was_restored_is_found() -> None:
    policy = Policy(sources=(redact(matching(r"\d{4}"), restore=True),))

    @guard(policy, returns=Answer)
    def answer(question: str, *, sources: Sequence[Source] = ()) -> str:
        said = sources[0].text.partition(" is")[0]
        return json.dumps({"text": "?", "citations": [{"source": "1", "quote": said}]})

    citation = answer("?", sources=[HELP]).unwrap().citations[0]
    assert citation == Citation("1", "Order 4711", Span(0, 10))


@pytest.mark.parametrize("quote", ["Refunds take 6 days.", "refunds take", ""])
def test_a_quote_that_is_not_there_has_no_place(quote: str) -> None:
    assert cited(Policy(), "1", quote, HELP).span is None


def test_a_model_cannot_say_where_a_quote_is() -> None:
    @guard(Policy(), returns=Answer)
    def answer(question: str, *, sources: Sequence[Source] = ()) -> str:
        made_up = {"source": "1", "quote": "no", "span": [0, 5]}
        return json.dumps({"text": "?", "citations": [made_up]})

    outcome = answer("?", sources=[HELP])
    assert "span=Span(start=0" not in repr(outcome)


def test_the_model_is_not_asked_for_a_place() -> None:
    assert "span" not in json.dumps(Answer.model_json_schema())


def test_an_instance_with_a_citation_gets_its_place_too() -> None:
    @guard(Policy(), returns=Plain)
    def answer(question: str, *, sources: Sequence[Source] = ()) -> Plain:
        return Plain(Citation("1", "5 days"))

    assert answer("?", sources=[HELP]).unwrap() == Plain(Citation("1", "5 days", Span(33, 39)))


def test_without_sources_nothing_is_looked_up() -> None:
    assert cited(Policy(), "1", "anything").span is None
