"""What a text is about: what the examples of a topic are about, or none of it."""

from __future__ import annotations

import base64
import gzip
import json
import pickle
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guardrails_lib import (
    Abstained,
    Accepted,
    Blocked,
    Check,
    Outcome,
    Policy,
    PolicyError,
    abstain,
    block,
    guard,
    redact,
)
from guardrails_lib.checks.topics import forbidden_topic, off_topic

DATA = Path(__file__).parents[2] / ".." / "shared" / "data"

BILLING = (
    "How do I pay my invoice?",
    "I was charged twice for the subscription.",
    "Send me a receipt for the last payment.",
)
SHIPPING = ("Where is my parcel?", "The package has not arrived.")
POLITICS = ("Who should I vote for?", "Which party should win the election?")
ALLOW = {"billing": BILLING, "shipping": SHIPPING}
DENY = {"politics": POLITICS}


def meaning(texts: Sequence[str]) -> list[list[float]]:
    """Money and anything else: what a model of meanings might say."""
    return [[1.0, 0.0] if {"invoice", "bill"} & {*text.split()} else [0.0, 1.0] for text in texts]


def broken(texts: Sequence[str]) -> list[list[float]]:
    raise OSError(f"no model for {texts}")


async def later(texts: Sequence[str]) -> list[list[float]]:
    return meaning(texts)


def answered(policy: Policy, text: str) -> Outcome[str]:
    @guard(policy)
    def answer(prompt: str) -> str:
        return prompt

    return answer(text)


@pytest.mark.parametrize(
    "text",
    [
        "Can I pay the invoice by card?",
        "My parcels have not come",
        "Hello, I am Ann. I live in Rome. Where is the invoice for May?",
        "WHERE IS MY PACKAGE",
    ],
)
def test_a_text_with_a_sentence_on_a_topic_is_on_it(text: str) -> None:
    assert not list(off_topic(allow=ALLOW)(text))


@pytest.mark.parametrize(
    "text", ["Write a poem about a lonely dragon.", "What is the capital of Mongolia?"]
)
def test_a_text_about_something_else_is_off_topic(text: str) -> None:
    [found] = off_topic(allow=ALLOW)(text)
    assert (found.kind, found.span) == ("off_topic", None)
    assert 0.0 <= found.score < 0.15


@pytest.mark.parametrize(
    "text", ["", " ", "hi", "Hello Ann", "Yes, thank you very much!", "?!", "🙂"]
)
def test_a_text_about_nothing_is_on_every_topic(text: str) -> None:
    assert not list(off_topic(allow=ALLOW)(text))


def test_so_many_words_are_least_what_a_text_is_judged_by() -> None:
    assert not list(off_topic(allow=ALLOW)("lonely dragons"))
    assert list(off_topic(allow=ALLOW, least=2)("lonely dragons"))
    assert not list(off_topic(allow=ALLOW, least=9)("Write a poem about lonely dragons"))


def test_how_like_it_must_be_can_be_said() -> None:
    text = "Can I pay the invoice by card?"
    [found] = off_topic(allow=ALLOW, below=0.9)(text)
    assert 0.15 < found.score < 0.9


def test_topics_need_no_names() -> None:
    assert not list(off_topic(allow=BILLING)("pay this invoice now"))
    assert list(off_topic(allow=BILLING)("where is my parcel"))
    assert [f.kind for f in forbidden_topic(deny=POLITICS)(POLITICS[0])] == ["forbidden_topic"]


def test_a_forbidden_topic_is_found_where_it_is() -> None:
    text = "Good day. Which party should I vote for? The parcel is here."
    [found] = forbidden_topic(deny=DENY)(text)
    assert found.kind == "politics"
    assert found.span
    assert text[slice(*found.span)] == "Which party should I vote for?"
    assert 0.25 < found.score <= 1.0


def test_a_text_about_something_else_is_not_forbidden() -> None:
    text = "Where is my parcel? It was a long party, with cakes and music in the garden."
    assert not list(forbidden_topic(deny=DENY)(text))


def test_sentences_of_one_topic_that_stand_together_are_one_finding() -> None:
    text = f"{POLITICS[0]} {POLITICS[1]} Where is my parcel? {POLITICS[1]}"
    found = list(forbidden_topic(deny=DENY)(text))
    said = [text[slice(*each.span)] for each in found if each.span]
    assert said == [f"{POLITICS[0]} {POLITICS[1]}", POLITICS[1]]
    assert [round(each.score, 3) for each in found] == [1.0, 1.0]


def test_each_topic_has_its_name() -> None:
    found = forbidden_topic(deny=ALLOW)("Where is my parcel? How do I pay my invoice?")
    assert [each.kind for each in found] == ["shipping", "billing"]


def test_it_is_found_in_the_middle_of_a_long_text() -> None:
    filler = "The quick brown fox jumps over a lazy dog. " * 600
    text = f"{filler}{POLITICS[1]} {filler}"
    [found] = forbidden_topic(deny=DENY)(text)
    assert found.span == (len(filler), len(filler) + len(POLITICS[1]))


@pytest.mark.parametrize(
    "disguise",
    [
        lambda text: base64.b64encode(text.encode()).decode(),
        "\u200b".join,
        lambda text: "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text),
    ],
    ids=["base64", "invisible", "full width"],
)
def test_it_is_seen_through_a_disguise(disguise: Callable[[str], str]) -> None:
    hidden = disguise(POLITICS[1])
    text = f"The parcel is here.\n{hidden}\nThank you."
    [found] = forbidden_topic(deny=DENY)(text)
    assert found.kind == "politics"
    assert found.span
    assert "vote" not in text[: found.span.start]
    assert found.span.start <= text.index(hidden) + 1
    assert found.span.end >= text.index(hidden) + len(hidden) - 1


def test_through_a_guard() -> None:
    policy = Policy(input=(abstain(off_topic(allow=ALLOW)), block(forbidden_topic(deny=DENY))))
    assert isinstance(answered(policy, "Where is my parcel?"), Accepted)
    assert isinstance(answered(policy, "Write a poem about dragons."), Abstained)
    assert isinstance(answered(policy, f"Where is my parcel? {POLITICS[0]}"), Blocked)


def test_a_forbidden_sentence_can_be_redacted() -> None:
    outcome = answered(Policy(output=(redact(forbidden_topic(deny=DENY)),)), "Yes. " + POLITICS[0])
    assert isinstance(outcome, Accepted)
    assert outcome.value == "Yes. " + "█" * len(POLITICS[0])


def test_an_embedding_function_says_what_is_alike() -> None:
    near = off_topic(allow=("one invoice",), below=0.5, embed=meaning)
    assert not list(near("that bill is wrong"))
    assert [each.score for each in near("that dragon is lonely")] == [0.0]
    deny = forbidden_topic(deny={"money": ("one invoice",)}, above=0.5, embed=meaning)
    assert [each.kind for each in deny("that bill is wrong")] == ["money"]


def test_an_embedding_function_runs_last() -> None:
    assert off_topic(allow=BILLING, below=0.5, embed=meaning).slow
    assert not off_topic(allow=BILLING, below=0.5).slow


def test_an_embedding_function_that_breaks_is_an_error_and_quotes_nothing() -> None:
    policy = Policy(input=(block(off_topic(allow=BILLING, below=0.5, embed=broken)),))
    outcome = answered(policy, "Where is the secret invoice?")
    assert isinstance(outcome, Blocked)
    assert [each.kind for each in outcome.findings] == ["error"]
    assert "secret" not in repr(outcome)


def test_vectors_that_cannot_be_are_an_error() -> None:
    policy = Policy(input=(block(off_topic(allow=BILLING, below=0.5, embed=lambda _: [])),))
    outcome = answered(policy, "Where is the invoice?")
    assert [each.kind for each in outcome.findings] == ["error"]


@pytest.mark.parametrize(
    ("write", "said"),
    [
        (lambda: off_topic(allow={}), "name each topic"),
        (lambda: off_topic(allow={"": BILLING}), "name each topic"),
        (lambda: off_topic(allow={7: BILLING}), "name each topic"),  # type: ignore[dict-item]  # the mistake that is tested
        (lambda: off_topic(allow=()), "needs examples"),
        (lambda: off_topic(allow={"billing": ()}), "needs examples"),
        (lambda: off_topic(allow="How do I pay?"), "several examples"),
        (lambda: off_topic(allow={"billing": "How do I pay?"}), "several examples"),
        (lambda: off_topic(allow=7), "several examples"),  # type: ignore[arg-type]  # the mistake that is tested
        (lambda: off_topic(allow=("How do I pay?", " ")), "example 1 is about nothing"),
        (lambda: off_topic(allow=("yes", "no")), "example 0 is about nothing"),
        (lambda: off_topic(allow=(7,)), "example 0 is about nothing"),  # type: ignore[arg-type]  # the mistake that is tested
        (lambda: off_topic(allow=BILLING, below=0), "between 0 and 1"),
        (lambda: off_topic(allow=BILLING, below=1.5), "between 0 and 1"),
        (lambda: off_topic(allow=BILLING, below=float("nan")), "between 0 and 1"),
        (lambda: off_topic(allow=BILLING, below=True), "between 0 and 1"),
        (lambda: off_topic(allow=BILLING, least=0), "number of words"),
        (lambda: off_topic(allow=BILLING, embed=meaning), "below= as well"),
        (lambda: off_topic(allow=BILLING, below=0.5, embed=later), "not async"),  # type: ignore[arg-type]  # the mistake that is tested
        (lambda: off_topic(allow=BILLING, below=0.5, embed=7), "not async"),  # type: ignore[arg-type]  # the mistake that is tested
        (lambda: forbidden_topic(deny=()), "needs examples"),
        (lambda: forbidden_topic(deny=POLITICS, above=1), "between 0 and 1"),
        (lambda: forbidden_topic(deny=POLITICS, embed=meaning), "above= as well"),
    ],
)
def test_a_policy_that_cannot_be_meant_says_so(write: Callable[[], object], said: str) -> None:
    with pytest.raises(PolicyError, match=said):
        write()


@pytest.mark.parametrize(
    "check",
    [
        off_topic(allow=ALLOW),
        off_topic(allow=BILLING, below=0.3),
        off_topic(allow=BILLING, below=0.5, embed=meaning),
        forbidden_topic(deny=DENY),
        forbidden_topic(deny=[*POLITICS]),
    ],
    ids=["topics", "sentences", "with a model", "forbidden", "forbidden sentences"],
)
def test_a_check_is_a_value(check: Check[str]) -> None:
    again = pickle.loads(pickle.dumps(check))
    assert (again, again.slow, repr(again)) == (check, check.slow, repr(check))
    assert hash(again) == hash(check)


def test_examples_may_come_in_any_iterable_and_stay() -> None:
    assert off_topic(allow=iter(BILLING)) == off_topic(allow=[*BILLING])
    assert (
        repr(off_topic(allow={"a": iter(BILLING[:1])}))
        == f"off_topic(allow={{'a': {BILLING[:1]!r}}})"
    )


@pytest.mark.parametrize(
    "unit", ["a", "pay ", "pay. ", "vote party election. ", "发票", "\ud800", "\0", "\u0301", ". "]
)
def test_a_long_text_of_anything_has_an_outcome(unit: str) -> None:
    text = unit * (200_000 // len(unit))
    policy = Policy(input=(abstain(off_topic(allow=ALLOW)), block(forbidden_topic(deny=DENY))))
    assert "error" not in {each.kind for each in answered(policy, text).findings}


@pytest.mark.skipif(not DATA.exists(), reason="the data lie beside the repository")
def test_no_naughty_string_breaks_a_check() -> None:
    with gzip.open(next((DATA / "uni_naughty_strings").glob("*.jsonl.gz")), "rt") as lines:
        texts = [str(each) for line in lines for each in json.loads(line).values()]
    for text in texts:
        assert all(0 <= each.score <= 1 for each in off_topic(allow=ALLOW)(text))
        assert all(each.span for each in forbidden_topic(deny=DENY)(text))


@given(st.text() | st.text("aehinotvwyp. \n发\ud800", max_size=500))
def test_a_finding_is_a_part_of_the_text(text: str) -> None:
    for each in forbidden_topic(deny=DENY, above=0.01)(text):
        assert each.span
        assert 0 <= each.span.start < each.span.end <= len(text)
    assert len(list(off_topic(allow=ALLOW)(text))) <= 1
