"""A typed citation comes back with the place of its quote."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from pydantic import BaseModel, TypeAdapter

from guardrails_lib import Source, Span
from guardrails_lib._citation import Citation
from guardrails_lib.citing.placed import placed

SOURCES = (
    Source("kb://help/7", "You may return it\nwithin 30 days."),
    Source("kb://help/8", "No."),
)


class Answer(BaseModel):
    text: str
    citations: list[Citation] = []


@dataclass
class Plain:
    cited: Citation
    other: Citation | None = None


def test_the_model_is_shown_a_source_and_a_quote_and_no_more() -> None:
    shown = Answer.model_json_schema()["$defs"]["Citation"]
    assert set(shown["properties"]) == set(shown["required"]) == {"source", "quote"}
    assert ">>>" not in shown["description"]


def test_a_place_that_the_model_writes_is_not_believed() -> None:
    text = '{"text": "", "citations": [{"source": "7", "quote": "it", "span": [0, 3]}]}'
    assert Answer.model_validate_json(text).citations == [Citation("7", "it")]


def test_it_can_be_a_field_of_a_dataclass() -> None:
    read = TypeAdapter(Plain).validate_python({"cited": {"source": "1", "quote": "30 days"}})
    assert placed(read, SOURCES).cited.span == Span(25, 32)
    assert read.cited.span is None


def test_the_place_is_that_in_its_source() -> None:
    answer = Answer(text="Yes.", citations=[Citation("kb://help/7", "return it within 30 days")])
    [citation] = placed(answer, SOURCES).citations
    assert citation.span
    assert SOURCES[0].text[slice(*citation.span)] == "return it\nwithin 30 days"


@pytest.mark.parametrize(
    "citation",
    [
        Citation("1", "within 40 days"),
        Citation("2", "within 30 days"),
        Citation("3", "within 30 days"),
        Citation("1", ""),
        Citation("1", "within 40 days", Span(0, 3)),
    ],
)
def test_a_quote_that_is_not_there_has_no_place(citation: Citation) -> None:
    assert placed([citation], SOURCES) == [Citation(citation.source, citation.quote)]


def test_a_value_without_citations_stays_as_it_is() -> None:
    value = {"text": "within 30 days"}
    assert placed(value, SOURCES) is value


def test_a_citation_is_a_value() -> None:
    assert Citation("1", "a") == Citation("1", "a")
    assert hash(Citation("1", "a")) == hash(Citation("1", "a"))
    assert repr(Citation("1", "a", Span(0, 1))) == (
        "Citation(source='1', quote='a', span=Span(start=0, end=1))"
    )


def test_what_is_written_can_be_read_again() -> None:
    answer = placed(Answer(text="", citations=[Citation("1", "30 days")]), SOURCES)
    again = Answer.model_validate_json(answer.model_dump_json())
    assert placed(again, SOURCES) == answer
