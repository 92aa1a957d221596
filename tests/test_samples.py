"""Other answers of the model, for checks that compare them."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest

from guardrails_lib import (
    Abstained,
    Accepted,
    Budget,
    Finding,
    Policy,
    PolicyError,
    Reply,
    Usage,
    abstain,
    check,
    guard,
)


@check(samples=lambda samples: samples)
def differs(reply: Reply[str], *, samples: int) -> Iterator[Finding]:
    """Tells of each sample that is another answer."""
    for each in reply.samples:
        yield Finding(f"{len(each)} characters", kind="differs" if each != reply.text else "same")


def kinds(outcome: object) -> list[str]:
    assert isinstance(outcome, Accepted | Abstained)
    return [each.kind for each in outcome.findings]


def asking(samples: int, **how: Any) -> Policy:
    return Policy(validators=(abstain(differs(samples=samples)),), **how)


class Numbered:
    """A model that counts its answers."""

    def __init__(self) -> None:
        self.asked = 0
        self.threads: set[int] = set()
        self._lock = threading.Lock()

    def __call__(self, question: str) -> Reply[str]:
        with self._lock:
            self.asked += 1
            self.threads.add(threading.get_ident())
            return Reply(f"answer {self.asked}", usage=Usage(1, 2))


def test_a_check_gets_as_many_other_answers_as_it_wants() -> None:
    model = Numbered()
    outcome = guard(asking(3))(model)("?")
    assert kinds(outcome) == ["differs"] * 3
    assert model.asked == 4


def test_what_the_other_answers_cost_is_charged() -> None:
    outcome = guard(asking(3))(Numbered())("?")
    assert outcome.record.spent == Usage(4, 8)
    assert [e.usage for e in outcome.record.events if e.kind == "sampled"] == [Usage(3, 6)]


def test_other_answers_count_against_the_budget() -> None:
    outcome = guard(asking(3, budget=Budget(tokens=9)))(Numbered())("?")
    assert kinds(outcome) == ["budget"]


def test_they_are_asked_for_at_once() -> None:
    together = threading.Barrier(3, timeout=10)
    first = threading.Event()

    def model(question: str) -> str:
        if not first.is_set():
            first.set()
            return "one"
        together.wait()
        return "one"

    assert kinds(guard(asking(3))(model)("?")) == ["same"] * 3


def test_async_answers_are_asked_for_at_once() -> None:
    async def called() -> object:
        together = asyncio.Barrier(3)
        asked: list[str] = []

        @guard(asking(3))
        async def model(question: str) -> str:
            asked.append(question)
            if len(asked) > 1:
                async with asyncio.timeout(10):
                    await together.wait()
            return "one"

        return await model("?")

    assert kinds(asyncio.run(called())) == ["same"] * 3


def test_an_answer_that_fails_is_not_there() -> None:
    asked: list[str] = []

    @guard(asking(3))
    def model(question: str) -> str:
        asked.append(question)
        if len(asked) == 3:
            raise ConnectionError("cut")
        return "one"

    assert len(kinds(model("?"))) == 2


def test_an_async_answer_that_fails_is_not_there() -> None:
    asked: list[str] = []

    @guard(asking(3))
    async def model(question: str) -> str:
        asked.append(question)
        if len(asked) == 3:
            raise ConnectionError("cut")
        return "one"

    assert len(kinds(asyncio.run(model("?")))) == 2


@pytest.mark.parametrize("late", [True, False])
def test_an_answer_that_comes_too_late_is_not_waited_for(late: bool) -> None:
    over = threading.Event()
    asked: list[str] = []

    @guard(asking(1, budget=Budget(seconds=0.3 if late else 20.0)))
    def model(question: str) -> str:
        asked.append(question)
        if len(asked) == 2 and late:
            over.wait(20)
        return "one"

    began = time.monotonic()
    outcome = model("?")
    over.set()
    assert kinds(outcome) == (["budget"] if late else ["same"])
    assert time.monotonic() - began < 15


def test_the_other_answers_of_a_stream_are_read_to_their_ends() -> None:
    @guard(asking(2))
    def model(question: str) -> Iterator[str]:
        yield "one "
        yield "more"

    assert kinds(model("?").outcome) == ["abandoned"]
    stream = model("?")
    list(stream)
    assert kinds(stream.outcome) == ["same", "same"]


def test_an_async_stream_is_sampled_too() -> None:
    @guard(asking(2))
    async def model(question: str) -> AsyncIterator[str]:
        yield "one "
        yield "more"

    async def called() -> object:
        stream = model("?")
        async for _ in stream:
            pass
        return stream.outcome

    assert kinds(asyncio.run(called())) == ["same", "same"]


def test_an_answer_that_is_a_value_is_compared_as_json() -> None:
    @guard(asking(1), returns=dict[str, int])
    def model(question: str) -> dict[str, int]:
        return {"a": 1}

    assert kinds(model("?")) == ["same"]


def test_nobody_is_asked_more_than_once_where_no_check_wants_it() -> None:
    model = Numbered()
    guard(asking(0))(model)("?")
    assert model.asked == 1


def test_only_a_check_over_the_reply_may_want_them() -> None:
    with pytest.raises(PolicyError, match="looks at a Reply"):

        @check(samples=2)
        def wrong(text: str) -> Iterator[Finding]:
            """It would never see them."""
            yield Finding("no")

        wrong()
