"""Answers to questions that are near."""

from __future__ import annotations

import asyncio
import logging
import math
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guardrails_lib import (
    Blocked,
    Label,
    Message,
    Policy,
    PolicyError,
    Reply,
    Request,
    Source,
    block,
    guard,
    redact,
)
from guardrails_lib.checks import matching
from guardrails_lib.flows.cached import cached
from guardrails_lib.flows.near import Near, Neighbours, Place
from guardrails_lib.flows.stores import MemoryStore
from guardrails_lib.testing import ScriptedModel

ANY = Policy()
PINS = Policy(input=(redact(matching(r"\b\d{4}\b"), restore=True),))
Vectors = Sequence[Sequence[float]]


class Embedding:
    """Texts of the same first letter are the same, and others are nothing alike."""

    def __init__(self) -> None:
        self.given: list[str] = []

    def __call__(self, texts: Sequence[str]) -> Vectors:
        self.given += texts
        return [[float(text[:1].lower() == letter) + 0.01 for letter in "chmw"] for text in texts]


def asking(model: Any, near: Near, policy: Policy = ANY, store: Any = None) -> Any:
    @guard(policy)
    def ask(request: Request) -> Reply[Any]:
        return model(request)  # type: ignore[no-any-return]  # it is scripted

    return cached(ask, store or MemoryStore(), model="gpt-5-mini", near=near)


@pytest.fixture
def embed() -> Embedding:
    return Embedding()


def kinds(outcome: Any) -> list[str]:
    return [each.kind for each in outcome.findings]


# -- what is near


def test_a_near_question_gets_the_answer_and_a_finding(embed: Embedding) -> None:
    ask = asking(ScriptedModel("42"), Near(embed, threshold=1.0))
    assert kinds(ask(Request("How do I pay?"))) == []
    outcome = ask(Request("How can I pay?"))
    assert outcome.unwrap() == "42"
    (finding,) = outcome.findings
    assert (finding.kind, finding.check) == ("near", "near")
    assert finding.score == 1.0


def test_the_same_question_is_not_embedded_again(embed: Embedding) -> None:
    ask = asking(ScriptedModel("42"), Near(embed))
    for _ in range(2):
        assert kinds(ask(Request("How do I pay?"))) == []
    assert embed.given == ["How do I pay?"]


def test_another_question_is_asked(embed: Embedding) -> None:
    ask = asking(ScriptedModel("one", "two"), Near(embed))
    ask(Request("How do I pay?"))
    assert ask(Request("Where do I pay?")).unwrap() == "two"


def test_a_chat_has_near_questions_too(embed: Embedding) -> None:
    model = ScriptedModel("one")

    @guard(Policy())
    def ask(messages: list[dict[str, str]]) -> Reply[Any]:
        return model(messages)

    near = cached(ask, MemoryStore(), model="gpt-5-mini", near=Near(embed))
    for question in ("How do I pay?", "How can I pay?"):
        asked = [{"role": "system", "content": "Be kind."}, {"role": "user", "content": question}]
        assert near(asked).unwrap() == "one"
    assert embed.given == ["How do I pay?", "How can I pay?"]


@pytest.mark.parametrize(
    "other",
    [
        "How can I not pay?",
        "How can't I pay?",
        "How can I never pay?",
        "How can I pay 7?",
        "How can I pay without a card?",
        "How can I pay [PERSON_1]?",
        "How can I unpay?",
    ],
)
def test_numbers_and_negations_are_never_near(embed: Embedding, other: str) -> None:
    """To any embedding "can I" is next to "can I not"."""
    ask = asking(ScriptedModel("one", "two"), Near(embed))
    ask(Request("How can I pay?"))
    assert ask(Request(other)).unwrap() == "two"


def test_other_numbers_are_never_near(embed: Embedding) -> None:
    ask = asking(ScriptedModel("one", "two", "three"), Near(embed))
    answers = [ask(Request(f"How do I send {n}?")).unwrap() for n in ("10", "1.0", "10", "1,0")]
    assert answers == ["one", "two", "one", "three"]


@pytest.mark.parametrize(
    "other",
    [
        Request([Message("system", "Be brief."), Message("user", "How can I pay?")]),
        Request([Message("user", "How can I pay?", Label.INTERNAL)]),
        Request([Message("user", "How can I pay?", name="ann")]),
        Request("How can I pay?", [Source("kb://1", "Pay here.")]),
        Request("How can I pay?", meta={"user": "ann"}),
    ],
    ids=["a system prompt", "a label", "a name", "a source", "meta"],
)
def test_only_the_last_question_may_differ(embed: Embedding, other: Request) -> None:
    ask = asking(ScriptedModel("one", "two"), Near(embed))
    ask(Request("How do I pay?"))
    assert ask(other).unwrap() == "two"


def test_the_text_is_embedded_redacted(embed: Embedding) -> None:
    ask = asking(ScriptedModel("fine"), Near(embed), PINS)
    ask(Request("my pin is 1234"))
    (text,) = embed.given
    assert "1234" not in text
    assert text.startswith("my pin is [")
    assert "\0" not in text


def test_of_two_with_other_values_each_gets_its_own(embed: Embedding) -> None:
    model = []

    @guard(PINS)
    def ask(prompt: str) -> str:
        model.append(prompt)
        return f"so: {prompt.partition(' is ')[2]}"

    near = cached(ask, MemoryStore(), model="gpt-5-mini", near=Near(embed))
    assert near("my pin is 1234").unwrap() == "so: 1234"
    assert near("my new pin is 9876").unwrap() == "so: 9876"
    assert len(model) == 1


def test_the_rules_look_at_the_answer_to_a_near_question(embed: Embedding) -> None:
    class Poisoned(MemoryStore):
        def get(self, key: str, /) -> bytes | None:
            found = super().get(key)
            return found and found.replace(b"a plan", b"a bomb")

    policy = Policy(output=(block(matching("bomb")),))
    ask = asking(ScriptedModel("a plan"), Near(embed), policy, store=Poisoned())
    ask(Request("How do I pay?"))
    assert isinstance(ask(Request("How can I pay?")), Blocked)


def test_what_is_no_longer_kept_is_no_longer_near(embed: Embedding) -> None:
    ask = asking(ScriptedModel("one", "two"), Near(embed), store=MemoryStore(most=1))
    ask(Request("How do I pay?"))
    ask.__guarded__.guard.cache._shelf._store.put("other", b"", 60)
    assert ask(Request("How can I pay?")).unwrap() == "two"


def test_a_refused_answer_is_not_near(embed: Embedding) -> None:
    policy = Policy(output=(block(matching("secret")),))
    ask = asking(ScriptedModel("a secret", "fine"), Near(embed), policy)
    ask(Request("How do I pay?"))
    assert ask(Request("How can I pay?")).unwrap() == "fine"
    assert not ask.__guarded__.guard.cache._neighbours._sought


def test_only_the_last_are_looked_at(embed: Embedding) -> None:
    ask = asking(ScriptedModel("one", "two", "three"), Near(embed, most=1))
    ask(Request("How do I pay?"))
    ask(Request("Where do I pay?"))
    assert ask(Request("How can I pay?")).unwrap() == "three"


def test_an_embedding_may_be_awaited() -> None:
    async def embed(texts: Sequence[str]) -> Vectors:
        await asyncio.sleep(0)
        return [[1.0, 0.0] for _ in texts]

    async def run(embed: Any) -> list[str]:
        model = ScriptedModel("one")

        @guard(Policy())
        async def ask(prompt: str) -> Reply[Any]:
            return await model.acall(prompt)

        near = cached(ask, MemoryStore(), model="gpt-5-mini", near=Near(embed))
        return [(await near(text)).unwrap() for text in ("How do I pay?", "How can I pay?")]

    assert asyncio.run(run(embed)) == ["one", "one"]
    assert asyncio.run(run(Embedding())) == ["one", "one"]


def test_equal_questions_at_one_time_are_embedded_once(embed: Embedding) -> None:
    ask = asking(ScriptedModel("one"), Near(embed))
    with ThreadPoolExecutor(20) as pool:
        outcomes = [*pool.map(ask, [Request("How do I pay?")] * 20)]
    assert {each.unwrap() for each in outcomes} == {"one"}
    assert embed.given == ["How do I pay?"]


# -- what fails


def raises(texts: Sequence[str]) -> Vectors:
    raise OSError("the pin is 1234")


@pytest.mark.parametrize(
    ("bad", "what"),
    [
        (raises, "embed a question (OSError)"),
        (lambda texts: None, "embed a question (TypeError)"),
        (lambda texts: [["a"]], "embed a question (ValueError)"),
        (lambda texts: [], "place a question (ValueError)"),
        (lambda texts: [[1.0], [1.0]], "place a question (ValueError)"),
        (lambda texts: [[]], "place a question (ValueError)"),
        (lambda texts: [[0.0, 0.0]], "place a question (ValueError)"),
        (lambda texts: [[math.nan]], "place a question (ValueError)"),
        (lambda texts: [[math.inf]], "place a question (ValueError)"),
    ],
    ids=lambda _: None,
)
def test_an_embedding_that_fails_is_a_miss(
    bad: Callable[[Sequence[str]], Any], what: str, caplog: pytest.LogCaptureFixture
) -> None:
    ask = asking(ScriptedModel("one", "two"), Near(bad))
    with caplog.at_level(logging.WARNING):
        answers = [ask(Request(text)).unwrap() for text in ("How do I pay?", "How can I pay?")]
    assert answers == ["one", "two"]
    assert [each.getMessage() for each in caplog.records] == [
        f"a cache could not {what}: calls go on without it"
    ]


def test_vectors_of_another_length_are_a_miss() -> None:
    lengths: Iterator[int] = iter((2, 3))
    ask = asking(ScriptedModel("one", "two"), Near(lambda texts: [[1.0] * next(lengths)]))
    assert ask(Request("How do I pay?")).unwrap() == "one"
    assert ask(Request("How can I pay?")).unwrap() == "two"


@pytest.mark.parametrize("threshold", [0.0, -1.0, 1.1, math.nan])
def test_a_threshold_is_a_cosine(threshold: float) -> None:
    with pytest.raises(PolicyError, match="threshold"):
        Near(Embedding(), threshold)


def test_what_embeds_is_a_function() -> None:
    with pytest.raises(PolicyError, match="embed="):
        Near("model")  # type: ignore[arg-type]  # that is what is tested


def test_an_async_embedding_is_for_async_functions() -> None:
    async def embed(texts: Sequence[str]) -> Vectors:
        return [[1.0] for _ in texts]

    with pytest.raises(PolicyError, match="embed= is async"):
        asking(ScriptedModel(), Near(embed))


# -- laws

VECTORS = st.lists(st.floats(-9, 9), min_size=3, max_size=3).filter(any)


@settings(max_examples=50)
@given(st.lists(VECTORS, min_size=1, max_size=6), VECTORS, st.floats(0.1, 1.0))
def test_what_is_given_is_all_that_is_near_enough_and_the_nearest_comes_first(
    held: list[list[float]], sought: list[float], threshold: float
) -> None:
    neighbours = Neighbours(Near(Embedding(), threshold))

    def place(vector: list[float]) -> Place | None:
        return neighbours.place("p", "?", [vector])

    for n, vector in enumerate(held):
        found = place(vector)
        if found is not None:  # it has a length
            neighbours.remember(f"{n}:0", found)
            neighbours.add(f"{n}:0", str(n))
    here = place(sought)
    if here is None:
        return
    cosines = [cosine for cosine, _ in neighbours.around(here)]
    assert cosines == sorted(cosines, reverse=True)
    assert all(threshold <= each <= 1.0 for each in cosines)
