"""The same call twice, where the first takes long."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import AsyncIterator, Callable
from contextvars import ContextVar
from typing import Any

import pytest
from benchmarks.shapes import guarded, play

from guardrails_lib import Abstained, Accepted, Blocked, Outcome, Policy, PolicyError, block, guard
from guardrails_lib._deadline import deadline, until
from guardrails_lib._guarded import Guarded, Shape, guarded_as
from guardrails_lib.checks import containing
from guardrails_lib.flows import hedged
from guardrails_lib.testing import ScriptedModel, Turn

SHAPES = pytest.mark.parametrize("shape", Shape, ids=lambda shape: shape.name)
SOON = 0.01
NEVER = 0.25
"""Longer than a test takes that does not wait for it."""


@SHAPES
class TestInEveryShape:
    """Functions, coroutines, generators and async generators do the same."""

    def test_one_that_is_quick_is_asked_once(self, shape: Shape) -> None:
        model = ScriptedModel("fine")
        _, outcome = play(hedged(guarded(shape, model), after=5.0))
        assert outcome == Accepted("fine")
        assert outcome.record.steps == ()

    def test_one_that_is_slow_is_asked_again(self, shape: Shape) -> None:
        model = ScriptedModel(Turn(("slow",), seconds=NEVER), "quick")
        assert play(hedged(guarded(shape, model), after=SOON))[1] == Accepted("quick")
        assert len(model.sent) == 2

    def test_the_first_may_win_yet(self, shape: Shape) -> None:
        turns = (Turn(("first",), seconds=5 * SOON), Turn(("second",), seconds=NEVER))
        flow = hedged(guarded(shape, ScriptedModel(*turns)), after=SOON)
        assert play(flow)[1] == Accepted("first")

    def test_it_is_asked_no_more_than_so_often(self, shape: Shape) -> None:
        model = ScriptedModel(*[Turn(("a",), seconds=NEVER)] * 3)
        play(hedged(guarded(shape, model), after=SOON, most=3))
        assert len(model.sent) == 3

    def test_an_error_is_raised_where_the_first_fails_in_time(self, shape: Shape) -> None:
        model = ScriptedModel(ConnectionError("gone"))
        with pytest.raises(ConnectionError, match="gone"):
            play(hedged(guarded(shape, model), after=5.0))
        assert len(model.sent) == 1

    def test_the_error_of_one_does_not_count_while_another_runs(self, shape: Shape) -> None:
        turns = (Turn(("fine",), seconds=10 * SOON), Turn(error=ConnectionError()))
        flow = hedged(guarded(shape, ScriptedModel(*turns)), after=SOON)
        assert play(flow)[1] == Accepted("fine")

    def test_the_first_error_is_raised_where_all_fail(self, shape: Shape) -> None:
        turns = (Turn(error=ConnectionError("late"), seconds=NEVER), ValueError("early"))
        with pytest.raises(ValueError, match="early"):
            play(hedged(guarded(shape, ScriptedModel(*turns)), after=SOON))

    def test_a_refusal_wins_as_an_answer_does(self, shape: Shape) -> None:
        policy = Policy(output=(block(containing("never")),))
        turns = (Turn(("fine",), seconds=NEVER), "never")
        flow = hedged(guarded(shape, ScriptedModel(*turns), policy), after=SOON)
        assert isinstance(play(flow)[1], Blocked)

    def test_the_record_has_a_step_for_each(self, shape: Shape) -> None:
        turns = (Turn(("slow",), seconds=NEVER), "quick")
        flow = hedged(guarded(shape, ScriptedModel(*turns), Policy(name="mine")), after=SOON)
        record = play(flow)[1].record
        assert [step.policy for step in record.steps] == ["mine", "mine"]
        assert record.id == record.steps[-1].id
        assert record.attempts == 2

    def test_the_calls_see_the_context_of_the_caller(self, shape: Shape) -> None:
        seen: list[Any] = []

        class Looking(ScriptedModel):
            def turn(self, prompt: Any) -> Any:
                seen.append((TENANT.get(), until()))
                return super().turn(prompt)

        model = Looking(Turn(("slow",), seconds=NEVER), "quick")
        token = TENANT.set("acme")
        try:
            with deadline(60) as by:
                play(hedged(guarded(shape, model), after=SOON))
        finally:
            TENANT.reset(token)
        assert seen == [("acme", by)] * 2

    def test_it_is_guarded_and_of_that_shape(self, shape: Shape) -> None:
        assert guarded_as(hedged(guarded(shape, ScriptedModel()))) == Guarded(shape)


TENANT: ContextVar[str] = ContextVar("tenant")


@pytest.mark.parametrize("shape", [Shape.STREAM, Shape.ASTREAM], ids=lambda shape: shape.name)
class TestStreams:
    """The first to show anything wins."""

    def test_nothing_is_shown_of_the_other(self, shape: Shape) -> None:
        turns = (Turn(("slow ", "one"), seconds=NEVER), ["quick ", "one"])
        shown, _ = play(hedged(guarded(shape, ScriptedModel(*turns)), after=SOON))
        assert shown == ["quick ", "one"]

    def test_one_that_showed_something_is_no_more_overtaken(self, shape: Shape) -> None:
        model = ScriptedModel(["a", "b"])

        async def aread() -> list[str]:
            texts = []
            async for text in flow("q"):
                texts.append(text)  # time passes between them
                await asyncio.sleep(3 * SOON)
            return texts

        flow = hedged(guarded(shape, model), after=SOON)
        assert (list(flow("q")) if shape is Shape.STREAM else asyncio.run(aread())) == ["a", "b"]
        assert len(model.sent) == 1

    def test_an_error_is_raised_once_text_was_shown(self, shape: Shape) -> None:
        model = ScriptedModel(Turn(("a",), error=ConnectionError()))
        with pytest.raises(ConnectionError):
            play(hedged(guarded(shape, model), after=5.0))


def test_the_streams_that_lose_are_closed() -> None:
    model = ScriptedModel(Turn(("slow", "er"), seconds=5 * SOON), ["quick"])
    play(hedged(guarded(Shape.STREAM, model), after=SOON))
    eventually(lambda: model.closed == 2)


def test_what_loses_in_tasks_is_cancelled() -> None:
    cancelled = 0

    @guard(Policy())
    async def ask(prompt: str) -> str:
        nonlocal cancelled
        try:
            await asyncio.sleep(0 if cancelled or until() else 30)
        except asyncio.CancelledError:
            cancelled += 1
            raise
        return "fine"

    async def main() -> None:
        asking = asyncio.create_task(hedged(ask, after=SOON, most=3)("q"))
        await asyncio.sleep(5 * SOON)
        asking.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await asking
        assert asyncio.all_tasks() == {asyncio.current_task()}

    asyncio.run(main())
    assert cancelled == 3


def test_a_call_that_cancels_itself_is_raised_and_not_waited_for() -> None:
    @guard(Policy())
    async def ask(prompt: str) -> str:
        raise asyncio.CancelledError

    async def main() -> None:
        async with asyncio.timeout(5):
            with pytest.raises(asyncio.CancelledError):
                await hedged(ask)("q")

    asyncio.run(main())


def test_no_task_is_left_of_a_stream() -> None:
    model = ScriptedModel(Turn(("slow",), seconds=30), ["a", "b", "c", "d"])

    async def main() -> Outcome[str]:
        stream: Any = hedged(guarded(Shape.ASTREAM, model), after=SOON)("q")
        async with stream:
            texts = aiter(stream)
            assert await anext(texts) == "a"
            await texts.aclose()
        assert asyncio.all_tasks() == {asyncio.current_task()}
        outcome: Outcome[str] = stream.outcome
        return outcome

    outcome = asyncio.run(main())
    assert isinstance(outcome, Abstained)
    assert [finding.kind for finding in outcome.findings] == ["abandoned"]
    assert model.closed == 2


def test_a_stream_stays_in_one_task() -> None:
    """What is entered in a generator must be left in the same task: a time-out, a task group."""

    @guard(Policy())
    async def ask(prompt: str) -> AsyncIterator[str]:
        async with asyncio.timeout(30), asyncio.TaskGroup():
            yield "a"
            yield "b"

    async def main() -> list[str]:
        return [text async for text in hedged(ask)("q")]

    assert asyncio.run(main()) == ["a", "b"]


class TestMisuse:
    """It is found where the flow is written."""

    def test_after_is_some_time(self) -> None:
        with pytest.raises(PolicyError, match="after"):
            hedged(guarded(Shape.CALL, ScriptedModel()), after=0)

    @pytest.mark.parametrize("most", [0, 1, 2.5])
    def test_there_is_a_second(self, most: Any) -> None:
        with pytest.raises(PolicyError, match="most"):
            hedged(guarded(Shape.CALL, ScriptedModel()), most=most)


def eventually(true: Callable[[], bool]) -> None:
    """What threads do in their own time."""
    for _ in range(500):
        if true():
            return
        threading.Event().wait(0.01)
    raise AssertionError("it has not come true")
