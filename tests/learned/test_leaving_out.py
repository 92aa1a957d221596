"""What is left out of training, to be measured on it."""

from __future__ import annotations

from pathlib import Path

import pytest

from guardrails_lib.learned.intent.examples import given
from guardrails_lib.learned.measuring.intent_left_out import HONEST, SOURCES
from guardrails_lib.learned.sets import PROMPT_SETS, own
from guardrails_lib.learned.writing.grammar import grammars

DATA = Path(__file__).parents[2] / ".." / "shared" / "data"


def test_sets_that_are_measured_together_are_all_prompts_or_all_documents() -> None:
    for sets in SOURCES.values():
        documents = {
            name.startswith("bipia") or name.endswith(("read", "contexts")) for name in sets
        }
        assert len(documents) == 1
        assert set(sets) <= set(PROMPT_SETS)


def test_families_of_our_own_are_attacks_and_measured_with_others() -> None:
    for name in grammars("attacks"):
        family = own(name, "attacks")
        assert all(prompt.hostile for prompt in family.prompts)
        assert family.family == "prompts"


@pytest.mark.skipif(not DATA.is_dir(), reason="the public data is not beside the repository")
def test_what_is_left_out_is_known_by_that_name() -> None:
    others = given(DATA)
    sources = {each.source for some in others for each in some}
    sources |= {f"{folder}/{name}" for folder in ("attacks", "honest") for name in grammars(folder)}
    assert {name for names in SOURCES for name in names} | set(HONEST) <= sources
