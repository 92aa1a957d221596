"""Which citations belong to which claim."""

from __future__ import annotations

from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guardrails_lib.citing.belonging import cited
from guardrails_lib.citing.forms import marks


def found(text: str, within: Literal["paragraph", "sentence"] = "paragraph") -> list[list[str]]:
    return [
        [name for mark in each.marks for name in mark.names]
        for each in cited(text, marks(text), within)
    ]


@pytest.mark.parametrize(
    ("text", "belong"),
    [
        ("Fire is covered [1]. Floods cost more.", [["1"], []]),
        ("Fire is covered. [1] Floods cost more. [2]", [["1"], ["2"]]),
        ("Fire is covered.\u00b9 Floods cost more.\u00b2", [["1"], ["2"]]),
        ("[1] Fire is covered. [2] Floods cost more.", [["1"], ["2"]]),
        ("- Fire is covered [1]\n- Floods cost more\n", [["1"], []]),
        ("1. Fire is covered.\n2. Floods cost more [2].", [[], ["2"]]),
        ("| Risk | Cost |\n|---|---|\n| Fire | 5 [1] |\n| Flood | 9 |", [["1"], []]),
        ("Fire is covered.\n\nFloods cost more. [1]", [[], ["1"]]),
    ],
)
def test_a_citation_belongs_to_its_sentence(text: str, belong: list[list[str]]) -> None:
    assert found(text) == belong


@pytest.mark.parametrize(
    "text",
    [
        "Fire is covered. Floods cost more. [1]",
        "Fire is covered. Floods cost more [1].",
        "- Fire is covered. Floods cost more (source: 1).",
        "Fire is covered. Floods cost more.\nSource: 1",
        "Fire is covered. Floods cost more. I hope this helps! [1]",
        "<cite id=1>Fire is covered. Floods cost more.</cite>",
    ],
)
def test_a_citation_at_its_end_stands_for_the_paragraph(text: str) -> None:
    assert found(text) == [["1"], ["1"]]


def test_each_sentence_may_need_its_own() -> None:
    assert found("Fire is covered. Floods cost more. [1]", "sentence") == [[], ["1"]]


def test_what_leads_to_a_list_needs_none() -> None:
    assert found("These risks are covered:\n\n- Fire costs more [1]") == [["1"]]
    assert found("It costs 5 euros:\n\n- Fire costs more [1]") == [[], ["1"]]


def test_what_defines_a_footnote_claims_nothing() -> None:
    assert found("Fire is covered.[^1]\n\n[^1]: The terms cover fire, kb://a/1") == [["kb://a/1"]]


@given(st.text() | st.text("[]()<>1. \nabFire is\u00b9#|-", max_size=200))
def test_any_text_is_read(text: str) -> None:
    for within in ("paragraph", "sentence"):
        for each in cited(text, marks(text), within):
            assert 0 <= each.claim.span.start < each.claim.span.end <= len(text)
