"""How sure the model is of what it says."""

from __future__ import annotations

import enum
import math
import pickle
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from guardrails_lib import Abstained, Accepted, Check, Policy, PolicyError, Reply, abstain, guard
from guardrails_lib.checks.confidence import unsure


class Level(enum.Enum):
    LOW = "low"
    HIGH = "high"


@dataclass
class Line:
    text: str
    confidence: float


class Answer(BaseModel):
    text: str
    confidence: float | str | Level | bool | None = None


def found(check: Check[Reply[object]], reply: Reply[object]) -> list[tuple[str, float]]:
    return [(each.kind, each.score) for each in check(reply)]


def kinds(check: Check[Reply[object]], reply: Reply[object]) -> list[str]:
    return [each.kind for each in check(reply)]


def test_likely_tokens_are_sure() -> None:
    assert kinds(unsure(), Reply("It is 5.", logprobs=(-0.01, -0.02, 0.0))) == []


def test_unlikely_tokens_are_found() -> None:
    [each] = unsure()(Reply("It is 5.", logprobs=(-2.0, -2.0)))
    assert (each.kind, each.span) == ("logprobs", None)
    assert each.score == round(1 - math.exp(-2), 4)


def test_the_mean_is_of_all_tokens_and_the_minimum_of_the_least_likely() -> None:
    reply: Reply[object] = Reply("It is 5.", logprobs=(-0.01,) * 9 + (-3.0,))
    assert kinds(unsure(logprobs="mean"), reply) == []
    assert kinds(unsure(logprobs="minimum"), reply) == ["logprobs"]


@pytest.mark.parametrize(
    "logprobs",
    [
        None,
        (),
        (math.nan,),
        (-0.1, math.nan),
        (math.inf,),
        (-math.inf,),
        (0.5,),
        (-0.1, None),
        ("-0.1",),
        (False,),
    ],
)
def test_log_probabilities_that_are_missing_or_cannot_be_are_an_error(
    logprobs: tuple[float, ...] | None,
) -> None:
    for measure in ("mean", "minimum"):
        check = unsure(below=1, logprobs=measure)
        assert kinds(check, Reply("It is 5.", logprobs=logprobs)) == ["error"]


def test_a_likelihood_of_one_may_be_rounded() -> None:
    assert kinds(unsure(), Reply("It is 5.", logprobs=(1e-9,))) == []


def test_where_the_tokens_are_known_those_count_that_carry_the_claim() -> None:
    tokens = ("It", " opened", " in", " ", "18", "89", ".", " It", " is", " big", ".")
    sure = (-3.0, -3.0, -3.0, -3.0, -0.1, -0.1, -3.0, -0.1, -0.1, -0.1, -0.1)
    text = "".join(tokens)
    check = unsure(logprobs="minimum")
    assert kinds(check, Reply(text, logprobs=sure, tokens=tokens)) == []
    unsure_of_year = (*sure[:5], -3.0, *sure[6:])
    [each] = check(Reply(text, logprobs=unsure_of_year, tokens=tokens))
    assert each.span
    assert text[slice(*each.span)] == "It opened in 1889."


def test_tokens_that_do_not_fit_the_log_probabilities_are_an_error() -> None:
    reply: Reply[object] = Reply("It is 5.", logprobs=(-0.1,), tokens=("It", " is 5."))
    assert kinds(unsure(), reply) == ["error"]


def test_tokens_of_another_text_give_no_span() -> None:
    reply: Reply[object] = Reply("It is █.", logprobs=(-3.0, -3.0), tokens=("It is", " 5."))
    [each] = unsure()(reply)
    assert (each.kind, each.span) == ("logprobs", None)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (0.9, []),
        (1, []),
        (0.5, []),
        (0.25, [("field", 0.75)]),
        (0, [("field", 1.0)]),
        ("high", []),
        ("Very High", []),
        ("medium", []),
        ("very_low", [("field", 0.9)]),
        (Level.LOW, [("field", 0.75)]),
        (Level.HIGH, []),
    ],
)
def test_a_field_says_how_sure_it_is(given: object, expected: list[tuple[str, float]]) -> None:
    check = unsure(field="confidence")
    assert found(check, Reply(value={"confidence": given})) == expected
    assert found(check, Reply(value=Answer.model_construct(text="", confidence=given))) == expected


@pytest.mark.parametrize(
    "given", [None, True, 1.5, -0.1, 85, math.nan, math.inf, "sure", "0.9", "", [], {}]
)
def test_a_field_that_cannot_be_a_confidence_is_an_error(given: object) -> None:
    [each] = unsure(field="confidence")(Reply(value={"confidence": given}))
    assert each.kind == "error"


@pytest.mark.parametrize("value", [None, "text", 7, {}, {"conf": 1.0}, [], Line])
def test_a_field_that_is_not_there_is_an_error(value: object) -> None:
    assert kinds(unsure(field="confidence"), Reply(value=value)) == ["error"]


def test_a_field_may_be_in_each_item_of_a_list() -> None:
    value = {"lines": [Line("a", 0.9), Line("b", 0.1), {"text": "c"}]}
    findings = list(unsure(field="lines.confidence")(Reply(value=value)))
    assert [(each.kind, each.where) for each in findings] == [
        ("field", "reply.lines[1].confidence"),
        ("error", "reply.lines[2].confidence"),
    ]


def test_answers_that_agree_are_sure() -> None:
    samples = ("It lasts five years.", "5 years.", "The warranty is for 5 years.")
    reply: Reply[object] = Reply("The warranty lasts 5 years.", samples=samples)
    assert kinds(unsure(samples=3), reply) == []


def test_answers_that_do_not_agree_are_found_where_they_differ() -> None:
    text = "The warranty lasts 5 years. It covers fire."
    samples = ("It lasts 3 years. It covers fire.", "It lasts 2 years and covers fire.")
    [each] = unsure(samples=2)(Reply(text, samples=samples))
    assert each.kind == "samples"
    assert each.span
    assert text[slice(*each.span)] == "The warranty lasts 5 years."


@pytest.mark.parametrize(
    ("text", "other"),
    [("Yes.", "No."), ("42", "41"), ("Paris", "Lyon"), ("It is covered.", "It is not covered.")],
)
def test_a_short_answer_has_its_opposite(text: str, other: str) -> None:
    assert kinds(unsure(samples=1), Reply(text, samples=(other,))) == ["samples"]
    assert kinds(unsure(samples=1), Reply(text, samples=(text,))) == []


def test_samples_that_did_not_come_are_an_error() -> None:
    assert kinds(unsure(samples=3), Reply("42", samples=("42", "42"))) == ["error"]
    assert kinds(unsure(samples=3), Reply("42")) == ["error"]


def test_the_check_says_how_many_samples_it_wants() -> None:
    assert unsure(samples=4).samples == 4
    assert unsure(hedges=True).samples == 0


def test_a_guard_fetches_the_samples() -> None:
    answers = iter(("5 years", "5 years", "3 years", "2 years"))

    @guard(Policy(validators=(abstain(unsure(samples=3)),)))
    def answer(prompt: str) -> str:
        return next(answers)

    outcome = answer("How long does the warranty last?")
    assert isinstance(outcome, Abstained)
    assert [each.kind for each in outcome.findings] == ["samples"]


def test_words_that_hedge_are_found_where_they_are() -> None:
    text = "The parcel is in Graz. I think it arrives on Monday."
    [each] = unsure(hedges=True)(Reply(text))
    assert (each.kind, each.score) == ("hedges", 0.6)
    assert each.span
    assert text[slice(*each.span)] == "I think"


def test_each_source_of_confidence_is_named() -> None:
    check = unsure(logprobs="mean", field="confidence", samples=1, hedges=True)
    reply: Reply[object] = Reply(
        "I guess it is 5.", value={"confidence": "low"}, logprobs=(-5.0,), samples=("It is 7.",)
    )
    assert kinds(check, reply) == ["logprobs", "field", "samples", "hedges"]


def test_one_that_is_missing_is_an_error_beside_those_that_are_there() -> None:
    check = unsure(logprobs="mean", hedges=True)
    assert kinds(check, Reply("Perhaps it is 5.")) == ["error", "hedges"]


def test_without_a_name_it_takes_the_log_probabilities() -> None:
    assert unsure(below=0.5) == unsure(below=0.5, logprobs="mean")


def test_below_is_the_confidence_that_is_wanted() -> None:
    reply: Reply[object] = Reply("It may be 5.")
    assert kinds(unsure(hedges=True), reply) == []
    assert kinds(unsure(below=0.7, hedges=True), reply) == ["hedges"]


def test_an_unsure_answer_is_abstained_from() -> None:
    @guard(Policy(validators=(abstain(unsure(hedges=True)),)))
    def answer(prompt: str) -> str:
        return prompt

    assert isinstance(answer("I am not sure, but it is 5."), Abstained)
    assert isinstance(answer("It is 5."), Accepted)


@pytest.mark.parametrize(
    "write",
    [
        lambda: unsure(below=2),
        lambda: unsure(below=math.nan),
        lambda: unsure(logprobs="median"),  # type: ignore[arg-type]  # the mistake that is tested
        lambda: unsure(logprobs=True),  # type: ignore[arg-type]  # the mistake that is tested
        lambda: unsure(field=""),
        lambda: unsure(field="a b"),
        lambda: unsure(field=7),  # type: ignore[arg-type]  # the mistake that is tested
        lambda: unsure(samples=-1),
        lambda: unsure(samples=True),
        lambda: unsure(samples=1000),
    ],
)
def test_a_policy_that_cannot_be_meant_says_so(write: Callable[[], object]) -> None:
    with pytest.raises(PolicyError):
        write()


@given(
    st.text(max_size=60),
    st.lists(st.tuples(st.text(max_size=6), st.floats(max_value=0, allow_nan=False)), min_size=1),
)
def test_any_tokens_give_findings_that_can_be(text: str, pairs: list[tuple[str, float]]) -> None:
    tokens, logprobs = zip(*pairs, strict=True)
    for said in (text, "".join(tokens)):
        reply: Reply[object] = Reply(said, logprobs=logprobs, tokens=tokens)
        for each in unsure(below=1, logprobs="minimum")(reply):
            assert 0 <= each.score <= 1
            assert each.span is None or 0 <= each.span.start <= each.span.end <= len(said)


@pytest.mark.parametrize("measure", ["mean", "minimum"])
@pytest.mark.parametrize("tokens", [None, ("on", "ly")])
def test_logprobs_may_be_as_low_as_numbers_go(
    measure: Literal["mean", "minimum"], tokens: tuple[str, ...] | None
) -> None:
    reply: Reply[object] = Reply("only", logprobs=(-1.7e308, -(10**400)), tokens=tokens)
    assert [each.score for each in unsure(logprobs=measure)(reply)] == [1.0]


@pytest.mark.parametrize("text", ["", "\ud800", "\0", "I think " * 200_000, "a" * 2_000_000])
def test_any_text_has_findings_in_time(text: str) -> None:
    check = unsure(logprobs="mean", samples=1, hedges=True)
    for each in check(Reply(text, samples=(text,), logprobs=(-1.0,) * 100)):
        assert each.span is None or 0 <= each.span.start <= each.span.end <= len(text)


def test_a_check_is_a_value() -> None:
    check = unsure(below=0.6, logprobs="minimum", samples=2)
    again = pickle.loads(pickle.dumps(check))
    assert (again, again.samples) == (check, 2)
    assert repr(check) == "unsure(below=0.6, logprobs='minimum', samples=2)"
