"""Deadlines: guarded calls share what is left of the time."""

from __future__ import annotations

import asyncio
import re
import threading
import time
from collections.abc import AsyncIterator, Iterator

import pytest

from guardrails_lib import Abstained, Accepted, Budget, Outcome, Policy, Request, deadline, guard
from guardrails_lib._deadline import until


def is_late(outcome: Outcome[str]) -> bool:
    (finding,) = outcome.findings
    said = re.fullmatch(r"more than [0-9.]+ seconds", finding.message)
    return isinstance(outcome, Abstained) and finding.kind == "budget" and said is not None


@guard(Policy())
def slow(prompt: str) -> str:
    time.sleep(0.05)
    return prompt


def test_a_call_that_ends_after_it_has_no_answer() -> None:
    with deadline(0.01):
        outcome = slow("Hello.")
    assert is_late(outcome)


def test_a_call_that_ends_before_it_has_one() -> None:
    with deadline(60.0):
        assert isinstance(slow("Hello."), Accepted)


def test_after_it_there_is_none() -> None:
    with deadline(0.0):
        pass
    assert until() is None


def test_calls_share_what_is_left() -> None:
    with deadline(0.08):
        outcomes = [slow("Hello.") for _ in range(3)]
    assert is_late(outcomes[-1])


def test_an_earlier_one_holds() -> None:
    with deadline(1.0) as outer, deadline(60.0) as inner:
        assert inner == outer


def test_none_sets_none() -> None:
    with deadline(None) as by:
        assert by is None


@pytest.mark.parametrize("seconds", [-1.0, float("nan")])
def test_it_is_no_less_than_nothing(seconds: float) -> None:
    with pytest.raises(ValueError, match="not less than 0"), deadline(seconds):
        pass


def test_the_budget_of_a_policy_may_be_tighter() -> None:
    @guard(Policy(budget=Budget(seconds=0.01)))
    def ask(prompt: str) -> str:
        time.sleep(0.05)
        return prompt

    with deadline(60.0):
        outcome = ask("Hello.")
    assert [each.message for each in outcome.findings] == ["more than 0.01 seconds"]


def test_the_request_tells_the_model() -> None:
    seen = []

    @guard(Policy())
    def ask(request: Request) -> str:
        seen.append(request.deadline)
        return "Hello."

    with deadline(60.0) as by:
        ask(Request("Hi"))
    assert seen == [by]


def test_a_coroutine_is_not_waited_for() -> None:
    @guard(Policy())
    async def ask(prompt: str) -> str:
        await asyncio.sleep(30)
        return prompt

    async def main() -> Outcome[str]:
        with deadline(0.02):
            return await ask("Hello.")

    began = time.monotonic()
    assert is_late(asyncio.run(main()))
    assert time.monotonic() - began < 10


def test_a_stream_ends_with_what_was_safe() -> None:
    @guard(Policy())
    def ask(prompt: str) -> Iterator[str]:
        yield "It is "
        time.sleep(0.6)
        yield "sunny."

    with deadline(0.4):
        stream = ask("How is it?")
    assert "".join(stream) == "It is "
    assert is_late(stream.outcome)


def test_an_async_stream_ends_with_what_was_safe() -> None:
    @guard(Policy())
    async def ask(prompt: str) -> AsyncIterator[str]:
        yield "It is "
        await asyncio.sleep(30)
        yield "sunny."

    async def main() -> tuple[str, Outcome[str]]:
        with deadline(0.4):
            stream = ask("How is it?")
        return "".join([text async for text in stream]), stream.outcome

    shown, outcome = asyncio.run(main())
    assert shown == "It is "
    assert isinstance(outcome, Abstained)


def test_a_time_out_of_the_sdk_at_the_end_of_the_time_is_no_failure() -> None:
    @guard(Policy())
    def ask(prompt: str) -> str:
        time.sleep(0.02)
        raise TimeoutError(prompt)

    with deadline(0.01):
        outcome = ask("Hello.")
    assert is_late(outcome)


def test_another_thread_has_its_own() -> None:
    seen: list[float | None] = []
    with deadline(1.0):
        thread = threading.Thread(target=lambda: seen.append(until()))
        thread.start()
        thread.join()
    assert seen == [None]
