"""How much the sources bear out a claim, and what speaks against it."""

from __future__ import annotations

import gzip
import hashlib
import json
from pathlib import Path

import pytest
from benchmarks.grounded_claims import BORNE_OUT, CHANGED, SOURCE
from benchmarks.interval import auc
from hypothesis import given
from hypothesis import strategies as st

from guardrails_lib.grounding import around, claims, index, nearest, support, supports

DATA = Path(__file__).parents[2] / ".." / "shared" / "data" / "ground_begin_dev"

WRONG = [(kind, claim) for kind, those in CHANGED.items() for claim in those]


@pytest.mark.parametrize("claim", BORNE_OUT)
def test_a_claim_in_other_words_or_forms_is_borne_out(claim: str) -> None:
    (said,) = claims(claim)
    assert support(index((SOURCE,)), said.text).score >= 0.7


@pytest.mark.parametrize(("kind", "claim"), WRONG)
def test_a_claim_with_one_thing_changed_is_not(kind: str, claim: str) -> None:
    found = support(index((SOURCE,)), claim)
    assert found.score < 0.7, kind
    assert found.reason


@pytest.mark.parametrize(
    ("claim", "reason"),
    [
        ("The company has 1,350 employees.", "number"),
        ("Acme Corp was founded in 1989.", "date"),
        ("The X200 weighs 2.5 pounds.", "unit"),
        ("Acme Corp was founded in Madrid in 1998.", "name"),
        ("The device is waterproof.", "negation"),
        ("Only premium members get free shipping.", "quantity"),
        ("The committee rejected seventeen proposals about fishing.", "words"),
    ],
)
def test_the_reason_says_what_is_wrong(claim: str, reason: str) -> None:
    assert support(index((SOURCE,)), claim).reason in {reason, "number"}


def test_a_number_must_stand_near_the_words_it_is_about() -> None:
    source = "Model A weighs 5 kg. " + "It is sold in many shops. " * 5 + "Model B weighs 9 kg."
    assert support(index((source,)), "Model A weighs 9 kg.").score < 0.2


def test_a_name_that_is_put_together_from_two_is_no_name_of_the_source() -> None:
    source = "Alice Moreno met Robert Keller in the office."
    assert support(index((source,)), "She met Robert Moreno in the office.").reason == "name"


def test_a_name_in_the_place_of_another_is_wrong() -> None:
    source = "It was invented in China during the war. It was sold in Peru."
    assert support(index((source,)), "It was invented in Peru during the war.").reason == "name"


def test_first_letters_stand_for_a_name_and_a_name_for_them() -> None:
    long, short = "The World Health Organization decided.", "The WHO decided."
    assert support(index((long,)), "It is what the WHO decided.").reason != "name"
    assert support(index((short,)), "The World Health Organization decided.").reason != "name"


def test_a_known_name_needs_no_source() -> None:
    sources = index(("The refund takes ten days.",))
    claim = "The refund for Alice takes ten days."
    assert support(sources, claim).reason == "name"
    assert support(sources, claim, {"alice"}).reason != "name"


def test_each_source_has_its_own_support() -> None:
    sources = index(("Fire is covered.", "", "Floods cost 5 dollars."))
    found = supports(sources, "Floods cost 5 dollars.")
    assert [each.score > 0.7 for each in found] == [False, False, True]
    assert found[2].place
    assert found[2].place.source == 2


def test_the_place_is_where_the_evidence_stands() -> None:
    source = "Fire is covered. Floods are not."
    place = support(index((source,)), "Fire is covered.").place
    assert place
    assert source[slice(*place.span)] == "Fire is covered."


def test_the_nearest_sentences_come_first() -> None:
    sources = index(("Fire is covered. Theft is covered too. The moon is far.",))
    assert [each.place and each.place.first for each in nearest(sources, "Theft is covered.")] == [
        1,
        0,
    ]


def test_what_is_around_a_claim_has_the_sentences_beside_it() -> None:
    sources = index(("One is here. Fire is covered. Two is there. " + "Much else is far. " * 9,))
    assert around(sources, "Fire is covered.", 1) == "One is here.\nFire is covered.\nTwo is there."


def test_a_claim_that_shares_no_word_has_no_support() -> None:
    found = support(index(("The moon is far.",)), "Refunds take days.")
    assert (found.score, found.place, found.reason) == (0.0, None, "words")


def test_words_that_every_sentence_has_still_lead_somewhere() -> None:
    many = "The plan covers fire. " * 3_000 + "The plan covers fire and hail."
    assert support(index((many,)), "The plan covers fire.").score > 0.7


@pytest.mark.parametrize(
    "text", ["日本は島国です。首都は東京です。", "Die Garantie gilt fünf Jahre."]
)
def test_a_text_in_another_language_bears_itself_out(text: str) -> None:
    assert support(index((text,)), text.split("。", maxsplit=1)[0]).score > 0.7


@given(st.lists(st.text(), max_size=3), st.text())
def test_any_claim_has_a_score_of_any_sources(texts: list[str], claim: str) -> None:
    found = support(index(texts), claim)
    assert 0.0 <= found.score <= 1.0
    assert len(supports(index(texts), claim)) == len(texts)


@given(st.sampled_from(BORNE_OUT), st.sampled_from(BORNE_OUT))
def test_support_does_not_depend_on_what_was_asked_before(one: str, other: str) -> None:
    sources = index((SOURCE,))
    before = support(sources, one)
    support(sources, other)
    assert support(sources, one) == before


def test_people_agree_with_the_support_of_a_response() -> None:
    """On the half of BEGIN's development set that nothing was fitted on."""
    if not DATA.exists():
        pytest.skip("BEGIN's development set is not beside the repository")
    scores: dict[str, list[float]] = {}
    for part in ("wow", "cmu", "tc"):
        with gzip.open(DATA / f"dev_{part}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for row in map(json.loads, lines):
                if hashlib.sha256(row["knowledge"].encode()).digest()[0] % 2:
                    score = support(index((row["knowledge"],)), row["response"]).score
                    scores.setdefault(row["label"], []).append(score)
    assert auc(scores["Fully attributable"], scores["Not fully attributable"]) >= 0.95


def test_each_of_equal_sources_bears_a_claim_out() -> None:
    one, other = supports(index(["It is 42.", "It is 42."]), "It is 42.")
    assert one.score == other.score > 0.9


def test_a_source_is_not_hidden_by_one_that_says_much_of_it() -> None:
    much = " ".join(f"The pump of hall {n} is new." for n in range(200))
    few = "The pump runs at night."
    assert supports(index([much, few]), "The pump runs at night.")[1].score > 0.9
