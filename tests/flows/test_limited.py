"""Not more calls than the provider takes."""

from __future__ import annotations

import asyncio
import contextlib
import threading
import time
from concurrent.futures import CancelledError, Future
from typing import Any

import pytest
from benchmarks.shapes import guarded, play
from hypothesis import given
from hypothesis import strategies as st

from guardrails_lib import Accepted, Outcome, Policy, PolicyError, guard
from guardrails_lib._deadline import deadline
from guardrails_lib._guarded import Guarded, Shape, guarded_as
from guardrails_lib.flows import Limited, limited
from guardrails_lib.flows.pace import Pace
from guardrails_lib.flows.places import Places
from guardrails_lib.testing import ScriptedModel

SHAPES = pytest.mark.parametrize("shape", Shape, ids=lambda shape: shape.name)


@SHAPES
class TestInEveryShape:
    """Functions, coroutines, generators and async generators do the same."""

    def test_a_call_that_is_allowed_is_made(self, shape: Shape) -> None:
        flow = limited(guarded(shape, ScriptedModel("a", "b")), concurrency=1, rate="2/minute")
        assert play(flow)[1] == Accepted("a")
        assert play(flow)[1] == Accepted("b")

    def test_one_over_the_rate_is_refused_at_once_where_it_is_in_vain_to_wait(
        self, shape: Shape
    ) -> None:
        model = ScriptedModel("a")
        flow = limited(guarded(shape, model), rate="1/minute")
        with deadline(5):
            play(flow)
            with pytest.raises(Limited, match="1/minute"):
                play(flow)
        assert len(model.sent) == 1

    def test_a_call_that_fails_gives_its_place_back(self, shape: Shape) -> None:
        flow = limited(guarded(shape, ScriptedModel(ConnectionError(), "b")), concurrency=1)
        with pytest.raises(ConnectionError):
            play(flow)
        assert play(flow)[1] == Accepted("b")

    def test_it_is_guarded_and_of_that_shape(self, shape: Shape) -> None:
        assert guarded_as(limited(guarded(shape, ScriptedModel()), concurrency=1)) == Guarded(shape)


def test_one_over_the_rate_waits_where_there_is_time() -> None:
    flow = limited(guarded(Shape.CALL, ScriptedModel("a", "b")), rate="1/second")
    with deadline(30):
        play(flow)
        assert play(flow)[1] == Accepted("b")


class TestAtTheSameTime:
    """So many calls and no more."""

    def test_threads_share_the_places(self) -> None:
        most = Most()

        @guard(Policy())
        def ask(prompt: str) -> str:
            with most:
                time.sleep(0.002)
            return "fine"

        flow = limited(ask, concurrency=3)
        threads = [threading.Thread(target=flow, args=("q",)) for _ in range(12)]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
        assert 1 <= most.seen <= 3

    def test_tasks_share_the_places(self) -> None:
        most = Most()

        @guard(Policy())
        async def ask(prompt: str) -> str:
            with most:
                await asyncio.sleep(0.002)
            return "fine"

        flow = limited(ask, concurrency=3)

        async def main() -> list[Outcome[str]]:
            return await asyncio.gather(*(flow("q") for _ in range(12)))

        assert asyncio.run(main()) == [Accepted("fine")] * 12
        assert most.seen == 3

    def test_event_loops_share_the_places(self) -> None:
        """An asyncio.Semaphore belongs to the loop in which somebody first waited."""
        most = Most()

        @guard(Policy())
        async def ask(prompt: str) -> str:
            with most:
                await asyncio.sleep(0.002)
            return "fine"

        flow = limited(ask, concurrency=2)

        async def main() -> None:
            await asyncio.gather(*(flow("q") for _ in range(5)))

        threads = [threading.Thread(target=asyncio.run, args=(main(),)) for _ in range(3)]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
        assert most.seen <= 2

    def test_who_waits_past_the_deadline_is_told(self) -> None:
        inside, leave = threading.Event(), threading.Event()

        @guard(Policy())
        def ask(prompt: str) -> str:
            inside.set()
            leave.wait(5)
            return "fine"

        flow = limited(ask, concurrency=1)
        other = threading.Thread(target=flow, args=("q",))
        other.start()
        inside.wait(5)
        with deadline(0.01), pytest.raises(Limited, match="1 calls were being made"):
            flow("q")
        leave.set()
        other.join()
        assert flow("q") == Accepted("fine")

    def test_a_task_that_waits_past_the_deadline_is_told(self) -> None:
        @guard(Policy())
        async def ask(prompt: str) -> str:
            await asyncio.sleep(0.05)
            return "fine"

        flow = limited(ask, concurrency=1)

        async def main() -> Outcome[str]:
            async with asyncio.TaskGroup() as group:
                group.create_task(flow("q"))
                await asyncio.sleep(0)
                with deadline(0.01), pytest.raises(Limited):
                    await flow("q")
            return await flow("q")

        assert asyncio.run(main()) == Accepted("fine")

    def test_a_task_that_is_cancelled_while_it_waits_leaves_the_line(self) -> None:
        @guard(Policy())
        async def ask(prompt: str) -> str:
            await asyncio.sleep(0.01)
            return "fine"

        flow = limited(ask, concurrency=1)

        async def main() -> Outcome[str]:
            first = asyncio.create_task(flow("q"))
            second = asyncio.create_task(flow("q"))
            await asyncio.sleep(0)
            second.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await second
            await first
            return await flow("q")

        assert asyncio.run(main()) == Accepted("fine")


@pytest.mark.parametrize("shape", [Shape.STREAM, Shape.ASTREAM], ids=lambda shape: shape.name)
class TestStreams:
    """A stream keeps its place until it ends."""

    def test_an_open_stream_keeps_its_place(self, shape: Shape) -> None:
        flow = limited(guarded(shape, ScriptedModel(["a", "b"], "c")), concurrency=1)

        def read() -> list[str]:
            with flow("q") as stream:
                texts = iter(stream)
                next(texts)
                with deadline(0.01), pytest.raises(Limited):
                    list(flow("q"))
            return list(flow("q"))

        async def aread() -> list[str]:
            async with flow("q") as stream:
                texts = aiter(stream)
                await anext(texts)
                with deadline(0.01), pytest.raises(Limited):
                    [text async for text in flow("q")]
                await texts.aclose()
            return [text async for text in flow("q")]

        assert (read() if shape is Shape.STREAM else asyncio.run(aread())) == ["c"]

    def test_one_that_nobody_reads_takes_no_place(self, shape: Shape) -> None:
        flow = limited(guarded(shape, ScriptedModel("a")), concurrency=1)
        unread = flow("q")
        with deadline(5):
            assert play(flow)[1] == Accepted("a")
        del unread


class Most:
    """How many were inside at the same time."""

    def __init__(self) -> None:
        self.seen = self._now = 0
        self._lock = threading.Lock()

    def __enter__(self) -> None:
        with self._lock:
            self._now += 1
            self.seen = max(self.seen, self._now)

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self._now -= 1


@given(
    count=st.integers(1, 3),
    steps=st.lists(st.tuples(st.booleans(), st.integers(0, 9)), max_size=30),
)
def test_no_place_is_given_twice_or_lost(count: int, steps: list[tuple[bool, int]]) -> None:
    """Whoever comes first is served first, whether others wait, leave or give up."""
    places = Places(count)
    line: list[Future[None]] = []
    for comes, which in steps:
        if comes:
            line.append(places.wanted())
        elif line:
            places.given_back(line.pop(which % len(line)))
        assert [place.done() for place in line] == [n < count for n in range(len(line))]


def test_a_place_that_was_given_up_never_comes() -> None:
    places = Places(1)
    places.wanted()
    waiting = places.wanted()
    places.given_back(waiting)
    with pytest.raises(CancelledError):
        waiting.result(0)


def test_a_pace_says_when_to_ask_again() -> None:
    pace = Pace("2/minute")
    assert [pace.pause(), pace.pause()] == [0.0, 0.0]
    assert 58 < pace.pause() <= 60


class TestMisuse:
    """It is found where the flow is written."""

    def test_a_limit_is_named(self) -> None:
        with pytest.raises(PolicyError, match="concurrency=, rate= or both"):
            limited(guarded(Shape.CALL, ScriptedModel()))

    @pytest.mark.parametrize("concurrency", [0, -1, 2.5])
    def test_concurrency_is_a_number(self, concurrency: Any) -> None:
        with pytest.raises(PolicyError, match="concurrency"):
            limited(guarded(Shape.CALL, ScriptedModel()), concurrency=concurrency)

    @pytest.mark.parametrize("rate", ["", "many", "10", "10/fortnight"])
    def test_a_rate_can_be_read(self, rate: str) -> None:
        with pytest.raises(PolicyError, match="rate"):
            limited(guarded(Shape.CALL, ScriptedModel()), rate=rate)
