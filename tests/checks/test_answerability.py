"""Whether the sources hold what is asked."""

from __future__ import annotations

import asyncio
import pickle
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from guardrails_lib import (
    Abstained,
    Accepted,
    Blocked,
    Check,
    Finding,
    Message,
    Policy,
    PolicyError,
    Reply,
    Request,
    Source,
    Usage,
    abstain,
    block,
    check,
    guard,
    retry,
)
from guardrails_lib.checks.answerability import unanswerable

SOURCES = (
    Source("kb://1", "Buses leave at the gate."),
    Source("kb://2", "The museum was opened in 1901 by Anna Berg. It has 40 rooms."),
)
HELD = "When was the museum opened?"
NOT_HELD = "Which ferry leads to the castle of Elsinore?"


def certain(question: str, text: str) -> float:
    return 1.0


def nothing(question: str, text: str) -> float:
    return 0.0


async def later(question: str, text: str) -> Reply[float]:
    return Reply(value=0.1, usage=Usage(5, 1))


def broken(question: str, text: str) -> float:
    raise OSError(f"no model for {question} in {text}")


def kinds(seen: Request | Reply[Any], **how: Any) -> list[str]:
    return [each.kind for each in unanswerable(**how)(seen)]


def test_what_the_sources_hold_is_fine() -> None:
    assert kinds(Request(HELD, SOURCES)) == []


def test_what_they_do_not_hold_is_found_with_its_score() -> None:
    [found] = unanswerable()(Request(NOT_HELD, SOURCES))
    assert found.kind == "unanswerable"
    assert found.score > 0.7


def test_the_nearest_place_is_told() -> None:
    [found] = unanswerable(below=1.0)(Request(HELD, SOURCES))
    assert found.evidence
    assert (found.evidence.where, found.evidence.uri) == ("sources[1]", "kb://2")
    assert found.evidence.score == pytest.approx(1.0 - found.score, abs=0.001)


def test_a_reply_is_looked_at_with_what_the_model_was_given() -> None:
    assert kinds(Reply("In 1901.", request=Request(HELD, SOURCES))) == []
    assert kinds(Reply("By ferry 9.", request=Request(NOT_HELD, SOURCES))) == ["unanswerable"]


def test_without_sources_nothing_is_answerable() -> None:
    assert kinds(Request(HELD)) == ["no_sources"]
    assert kinds(Request(HELD, [Source("kb://1", " ")])) == ["no_sources"]
    assert kinds(Reply("In 1901.")) == ["no_sources"]


def test_the_question_is_the_last_that_the_user_said_of_anything() -> None:
    asked = [
        Message("user", NOT_HELD),
        Message("assistant", "I do not know."),
        Message("user", HELD),
        Message("assistant", "In 1901."),
        Message("user", "And why?"),
    ]
    assert kinds(Request(asked, SOURCES)) == []
    assert kinds(Request(asked[:1], SOURCES)) == ["unanswerable"]


@pytest.mark.parametrize("text", ["Hello!", "Thank you", ""])
def test_what_asks_nothing_is_not_unanswerable(text: str) -> None:
    assert kinds(Request(text, SOURCES)) == []


def test_a_question_about_nothing_cannot_be_told() -> None:
    assert kinds(Request("Who is he?", SOURCES)) == ["error"]
    assert kinds(Request([Message("system", HELD)], SOURCES)) == ["error"]


def test_a_function_may_know_better() -> None:
    assert kinds(Request(NOT_HELD, SOURCES), by=certain) == []
    [found] = unanswerable(by=nothing)(Request(HELD, SOURCES))
    assert (found.kind, found.score) == ("unanswerable", 1.0)


def test_the_function_is_given_the_question_and_the_sources() -> None:
    given: list[tuple[str, str]] = []

    def ask(question: str, text: str) -> float:
        given.append((question, text))
        return 1.0

    assert kinds(Request(HELD, SOURCES), by=ask) == []
    assert given == [(HELD, f"{SOURCES[0].text}\n\n{SOURCES[1].text}")]


def test_of_long_sources_it_is_given_what_is_near() -> None:
    given: list[str] = []

    def ask(question: str, text: str) -> float:
        given.append(text)
        return 1.0

    long = Source("kb://3", "Nothing of that is told here at all. " * 2_000)
    assert kinds(Request(HELD, (long, *SOURCES)), by=ask) == []
    assert "1901" in given[0]
    assert len(given[0]) < 20_000


@pytest.mark.parametrize("answer", [float("nan"), -0.1, 1.1, True, None, "0.5", broken])
def test_a_function_that_gives_no_score_is_an_error(answer: object) -> None:
    def ask(question: str, text: str) -> Any:
        return answer

    by = broken if answer is broken else ask
    found = list(unanswerable(by=by)(Request(HELD, SOURCES)))
    assert [each.kind for each in found] == ["error"]
    assert "1901" not in repr(found)


def test_an_async_function_is_awaited_and_charged() -> None:
    made = unanswerable(by=later)
    assert made.is_async
    seen = asyncio.run(made.alook(Request(HELD, SOURCES)))
    assert seen[0] == Usage(5, 1)
    assert [getattr(each, "kind", "") for each in seen[1:]] == ["unanswerable"]


def test_a_check_with_a_function_runs_last() -> None:
    assert unanswerable(by=certain).slow
    assert not unanswerable().slow


def test_before_the_model_is_called() -> None:
    called = []

    @guard(Policy(sources=(abstain(unanswerable()),)))
    def answer(question: str, *, sources: tuple[Source, ...]) -> str:
        called.append(question)
        return "In 1901."

    assert isinstance(answer(HELD, sources=SOURCES), Accepted)
    assert isinstance(answer(NOT_HELD, sources=SOURCES), Abstained)
    assert called == [HELD]


def test_after_the_model_was_called() -> None:
    @guard(Policy(validators=(block(unanswerable()),)))
    def answer(question: str, *, sources: tuple[Source, ...]) -> str:
        return "In 1901."

    assert isinstance(answer(HELD, sources=SOURCES), Accepted)
    outcome = answer(NOT_HELD, sources=SOURCES)
    assert isinstance(outcome, Blocked)
    assert [each.kind for each in outcome.findings] == ["unanswerable"]


def test_what_the_engine_says_of_a_reply_is_no_question() -> None:
    replies = iter(["By ferry.", "In 1901."])

    @check
    def by_ferry(text: str) -> Iterator[Finding]:
        """A ferry."""
        if "ferry" in text:
            yield Finding("it names no year")

    rule = abstain(unanswerable())

    @guard(Policy(sources=(rule,), validators=(retry(by_ferry()), rule)))
    def answer(question: str, *, sources: tuple[Source, ...]) -> str:
        return next(replies)

    assert isinstance(answer(HELD, sources=SOURCES), Accepted)


def test_async_through_a_guard() -> None:
    @guard(Policy(sources=(abstain(unanswerable(by=later)),)))
    async def answer(question: str, *, sources: tuple[Source, ...]) -> str:
        return "In 1901."

    outcome = asyncio.run(answer(HELD, sources=SOURCES))
    assert isinstance(outcome, Abstained)
    assert [each.kind for each in outcome.findings] == ["unanswerable"]


@pytest.mark.parametrize(
    ("write", "said"),
    [
        (lambda: unanswerable(below=2), "from 0 to 1"),
        (lambda: unanswerable(below=True), "from 0 to 1"),
        (lambda: unanswerable(by=7), "by= is a function"),  # type: ignore[arg-type]  # the mistake that is tested
    ],
)
def test_a_policy_that_cannot_be_meant_says_so(write: Callable[[], object], said: str) -> None:
    with pytest.raises(PolicyError, match=said):
        write()


@pytest.mark.parametrize(
    "made", [unanswerable(), unanswerable(below=0.5, by=certain), unanswerable(by=later)]
)
def test_a_check_is_a_value(made: Check[Any]) -> None:
    again = pickle.loads(pickle.dumps(made))
    assert (again, again.slow, repr(again)) == (made, made.slow, repr(made))
    assert hash(again) == hash(made)
