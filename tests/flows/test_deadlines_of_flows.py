"""The seconds of a flow are the deadline of its calls, and nobody else's."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import pytest
from benchmarks.shapes import guarded, play

from guardrails_lib import Abstained, Accepted, Budget, Policy, abstain, guard
from guardrails_lib._deadline import deadline, until
from guardrails_lib._guarded import Shape
from guardrails_lib.checks import containing
from guardrails_lib.flows import cascade, fallback, retried
from guardrails_lib.testing import ScriptedModel, Turn

UNSURE = Policy(validators=(abstain(containing("unsure")),))
SHAPES = pytest.mark.parametrize("shape", Shape, ids=lambda shape: shape.name)
STREAMS = pytest.mark.parametrize("shape", [Shape.STREAM, Shape.ASTREAM], ids=lambda s: s.name)


class Watching(ScriptedModel):
    """A model that notes by when it must have answered."""

    def __init__(self, *turns: Any) -> None:
        super().__init__(*turns)
        self.left: list[float | None] = []

    def turn(self, prompt: Any) -> Any:
        by = until()
        self.left.append(None if by is None else by - time.monotonic())
        return super().turn(prompt)


FLOWS: dict[str, Callable[..., Any]] = {
    "cascade": cascade,
    "fallback": fallback,
    "retried": retried,
}


@SHAPES
class TestInEveryShape:
    """Functions, coroutines, generators and async generators do the same."""

    @pytest.mark.parametrize("name", FLOWS)
    def test_its_calls_have_its_seconds(self, shape: Shape, name: str) -> None:
        model = Watching("fine")
        play(FLOWS[name](guarded(shape, model), seconds=60.0))
        assert model.left[0] is not None
        assert 50 < model.left[0] <= 60

    @pytest.mark.parametrize("name", FLOWS)
    def test_an_earlier_deadline_holds(self, shape: Shape, name: str) -> None:
        model = Watching("fine")
        with deadline(20):
            play(FLOWS[name](guarded(shape, model), seconds=60.0))
        assert model.left[0] is not None
        assert model.left[0] <= 20

    def test_without_seconds_there_is_no_deadline(self, shape: Shape) -> None:
        model = Watching("fine")
        play(cascade(guarded(shape, model)))
        assert model.left == [None]

    def test_they_shrink_along_the_cascade(self, shape: Shape) -> None:
        small, large = Watching(Turn(("unsure",), seconds=0.05)), Watching("fine")
        play(cascade(guarded(shape, small, UNSURE), guarded(shape, large), seconds=60.0))
        assert small.left[0] is not None
        assert large.left[0] is not None
        assert large.left[0] <= small.left[0] - 0.05

    def test_no_step_is_made_once_they_are_over(self, shape: Shape) -> None:
        small, large = Watching(Turn(("unsure",), seconds=0.05)), Watching()
        flow = cascade(guarded(shape, small, UNSURE), guarded(shape, large), seconds=0.02)
        assert isinstance(play(flow)[1], Abstained)
        assert large.sent == []

    def test_nothing_is_fallen_back_on_once_they_are_over(self, shape: Shape) -> None:
        first, second = Watching(Turn(error=ConnectionError(), seconds=0.05)), Watching()
        with contextlib.suppress(ConnectionError):  # or it abstains, where it need not wait
            play(fallback(guarded(shape, first), guarded(shape, second), seconds=0.02))
        assert second.sent == []

    def test_they_are_of_the_flow_and_not_of_who_calls_it(self, shape: Shape) -> None:
        play(cascade(guarded(shape, ScriptedModel("fine")), seconds=60.0))
        assert until() is None


@STREAMS
class TestStreams:
    """What a generator puts into its context is seen by whoever reads it."""

    def test_the_reader_has_no_deadline_between_two_texts(self, shape: Shape) -> None:
        flow = cascade(guarded(shape, ScriptedModel(["a", "b", "c"])), seconds=60.0)

        def read() -> list[float | None]:
            return [until() for _ in flow("q")]

        async def aread() -> list[float | None]:
            return [until() async for _ in flow("q")]

        seen = read() if shape is Shape.STREAM else asyncio.run(aread())
        assert seen == [None, None, None]

    def test_the_model_has_it_all_the_time(self, shape: Shape) -> None:
        seen: list[float | None] = []

        def stream(prompt: str) -> Iterator[str]:
            for text in ("a", "b"):
                seen.append(until())
                yield text

        async def astream(prompt: str) -> AsyncIterator[str]:
            for text in ("a", "b"):
                seen.append(until())
                yield text

        asked: Any = stream if shape is Shape.STREAM else astream
        play(cascade(guard(Policy())(asked), seconds=60.0))
        assert len(seen) == 2
        assert None not in seen

    def test_the_deadline_of_the_call_holds_while_it_is_read(self, shape: Shape) -> None:
        """It may be read elsewhere, after the block that set it."""
        model = Watching("fine")
        with deadline(20):
            stream = cascade(guarded(shape, model))("q")

        async def aread() -> list[str]:
            return [text async for text in stream]

        shown = list(stream) if shape is Shape.STREAM else asyncio.run(aread())
        assert shown == ["fine"]
        assert model.left[0] is not None
        assert model.left[0] <= 20


ASYNC = pytest.mark.parametrize("shape", [Shape.ACALL, Shape.ASTREAM], ids=lambda s: s.name)


@ASYNC
class TestModelsThatHang:
    """What is awaited need not be waited for."""

    def test_a_cascade_ends_when_its_seconds_are_over(self, shape: Shape) -> None:
        large = ScriptedModel()
        small = guarded(shape, ScriptedModel(Turn(("late",), seconds=30)))
        _, outcome = play(cascade(small, guarded(shape, large), seconds=0.05))
        assert isinstance(outcome, Abstained)
        assert [finding.kind for finding in outcome.findings] == ["budget"]
        assert large.sent == []

    def test_a_budget_of_the_first_leaves_time_for_the_second(self, shape: Shape) -> None:
        quick = Policy(budget=Budget(seconds=0.05))
        first = guarded(shape, ScriptedModel(Turn(("late",), seconds=30)), quick)
        second = guarded(shape, ScriptedModel("fine"))
        assert play(fallback(first, second, seconds=20))[1] == Accepted("fine")


def test_the_deadlines_of_two_tasks_do_not_mix() -> None:
    models = [Watching(["a", "b"]) for _ in range(2)]
    flows = [
        cascade(guarded(Shape.ASTREAM, model), seconds=seconds)
        for model, seconds in zip(models, (30.0, 60.0), strict=True)
    ]

    async def read(flow: Any) -> None:
        async for _ in flow("q"):
            await asyncio.sleep(0)

    async def main() -> None:
        await asyncio.gather(*(read(flow) for flow in flows))

    asyncio.run(main())
    (soon,), (late,) = (model.left for model in models)
    assert soon is not None
    assert late is not None
    assert soon <= 30 < late <= 60
