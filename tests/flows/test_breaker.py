"""A model that keeps failing is left alone for a while."""

from __future__ import annotations

import asyncio
import threading
import time
from typing import Any

import pytest
from benchmarks.shapes import guarded, play
from hypothesis import given
from hypothesis import strategies as st

from guardrails_lib import (
    Abstained,
    Accepted,
    Blocked,
    Budget,
    Policy,
    PolicyError,
    block,
    guard,
)
from guardrails_lib._errors import ReplyError
from guardrails_lib._guarded import Guarded, Shape, guarded_as
from guardrails_lib.checks import containing
from guardrails_lib.flows import BreakerOpen, breaker
from guardrails_lib.testing import ScriptedModel, Turn

SHAPES = pytest.mark.parametrize("shape", Shape, ids=lambda shape: shape.name)
RESET = 0.1


def fail(flow: Any, times: int = 1) -> None:
    for _ in range(times):
        with pytest.raises(ConnectionError):
            play(flow)


@SHAPES
class TestInEveryShape:
    """Functions, coroutines, generators and async generators do the same."""

    def test_it_opens_after_so_many_failures(self, shape: Shape) -> None:
        model = ScriptedModel(ConnectionError(), ConnectionError())
        flow = breaker(guarded(shape, model), failures=2)
        fail(flow, 2)
        with pytest.raises(BreakerOpen):
            play(flow)
        assert len(model.sent) == 2

    def test_an_answer_between_them_begins_the_count_anew(self, shape: Shape) -> None:
        turns = (ConnectionError(), "fine", ConnectionError(), "fine")
        flow = breaker(guarded(shape, ScriptedModel(*turns)), failures=2)
        fail(flow)
        assert play(flow)[1] == Accepted("fine")
        fail(flow)
        assert play(flow)[1] == Accepted("fine")

    def test_it_closes_when_the_next_call_ends_well(self, shape: Shape) -> None:
        turns = (ConnectionError(), ConnectionError(), "one", ConnectionError(), "two")
        flow = breaker(guarded(shape, ScriptedModel(*turns)), failures=2, reset=RESET)
        fail(flow, 2)
        time.sleep(1.5 * RESET)
        assert play(flow)[1] == Accepted("one")
        fail(flow)
        assert play(flow)[1] == Accepted("two")

    def test_it_opens_again_when_the_next_call_fails(self, shape: Shape) -> None:
        model = ScriptedModel(*[ConnectionError()] * 4)
        flow = breaker(guarded(shape, model), failures=3, reset=4 * RESET)
        fail(flow, 3)
        time.sleep(5 * RESET)
        fail(flow)
        with pytest.raises(BreakerOpen):
            play(flow)

    def test_it_says_how_long_it_is_open(self, shape: Shape) -> None:
        flow = breaker(guarded(shape, ScriptedModel(ConnectionError())), failures=1, reset=60.0)
        fail(flow)
        with pytest.raises(BreakerOpen, match=r"asked again in (60\.0|59\.\d) s") as caught:
            play(flow)
        assert 59 < caught.value.seconds <= 60

    def test_a_refusal_is_no_failure(self, shape: Shape) -> None:
        policy = Policy(output=(block(containing("never")),))
        flow = breaker(guarded(shape, ScriptedModel("never", "never"), policy), failures=1)
        assert isinstance(play(flow)[1], Blocked)
        assert isinstance(play(flow)[1], Blocked)

    def test_a_call_that_took_too_long_has_failed(self, shape: Shape) -> None:
        slow = Policy(budget=Budget(seconds=0.01))
        model = ScriptedModel(Turn(("late",), seconds=0.05))
        flow = breaker(guarded(shape, model, slow), failures=1)
        assert isinstance(play(flow)[1], Abstained)
        with pytest.raises(BreakerOpen):
            play(flow)

    @pytest.mark.parametrize("problem", [TypeError("wrong"), PolicyError("wrong")])
    def test_wrong_use_tells_nothing_of_the_model(self, shape: Shape, problem: Exception) -> None:
        flow = breaker(guarded(shape, ScriptedModel(problem, "fine")), failures=1)
        with pytest.raises(type(problem)):
            play(flow)
        assert play(flow)[1] == Accepted("fine")

    def test_a_reply_that_cannot_be_read_is_a_failure(self, shape: Shape) -> None:
        flow = breaker(guarded(shape, ScriptedModel(ReplyError("no choices"))), failures=1)
        with pytest.raises(ReplyError):
            play(flow)
        with pytest.raises(BreakerOpen):
            play(flow)

    def test_on_names_the_failures(self, shape: Shape) -> None:
        model = ScriptedModel(ValueError(), ConnectionError())
        flow = breaker(guarded(shape, model), failures=1, on=ConnectionError)
        with pytest.raises(ValueError):  # noqa: PT011  # of the model, without words
            play(flow)
        fail(flow)
        with pytest.raises(BreakerOpen):
            play(flow)

    def test_an_interrupted_call_counts_as_neither(self, shape: Shape) -> None:
        turns = (ConnectionError(), KeyboardInterrupt(), ConnectionError())
        flow = breaker(guarded(shape, ScriptedModel(*turns)), failures=2)
        fail(flow)
        with pytest.raises(KeyboardInterrupt):
            play(flow)
        fail(flow)
        with pytest.raises(BreakerOpen):
            play(flow)

    def test_an_interrupted_trial_leaves_room_for_another(self, shape: Shape) -> None:
        turns = (ConnectionError(), KeyboardInterrupt(), "fine")
        flow = breaker(guarded(shape, ScriptedModel(*turns)), failures=1, reset=RESET)
        fail(flow)
        time.sleep(1.5 * RESET)
        with pytest.raises(KeyboardInterrupt):
            play(flow)
        assert play(flow)[1] == Accepted("fine")

    def test_the_outcome_and_its_record_are_those_of_the_call(self, shape: Shape) -> None:
        flow = breaker(guarded(shape, ScriptedModel("fine"), Policy(name="mine")))
        _, outcome = play(flow)
        assert outcome.record.policy == "mine"
        assert outcome.record.steps == ()
        assert guarded_as(flow) == Guarded(shape)

    def test_two_breakers_count_for_themselves(self, shape: Shape) -> None:
        call = guarded(shape, ScriptedModel(ConnectionError(), "fine"))
        one, other = breaker(call, failures=1), breaker(call, failures=1)
        fail(one)
        assert play(other)[1] == Accepted("fine")


def test_calls_of_threads_do_not_wait_for_each_other() -> None:
    """pybreaker holds its lock while it makes a call; it makes none of ours."""
    both = threading.Barrier(2, timeout=5)

    @guard(Policy())
    def ask(prompt: str) -> str:
        both.wait()
        return "fine"

    flow = breaker(ask)
    other = threading.Thread(target=flow, args=("q",))
    other.start()
    assert flow("q") == Accepted("fine")
    other.join()


def test_one_call_alone_is_let_through_to_decide() -> None:
    asked, answer = threading.Event(), threading.Event()
    fails = True

    @guard(Policy())
    def ask(prompt: str) -> str:
        if fails:
            raise ConnectionError
        asked.set()
        answer.wait(5)
        return "fine"

    flow = breaker(ask, failures=1, reset=RESET)
    fail(flow)
    fails = False
    time.sleep(1.5 * RESET)
    trial = threading.Thread(target=flow, args=("q",))
    trial.start()
    asked.wait(5)
    with pytest.raises(BreakerOpen):
        flow("q")
    answer.set()
    trial.join()
    assert flow("q") == Accepted("fine")


def test_a_stream_that_is_closed_counts_as_neither() -> None:
    turns = (ConnectionError(), ["a", "b"], ConnectionError())
    flow = breaker(guarded(Shape.STREAM, ScriptedModel(*turns)), failures=2)
    fail(flow)
    with flow("q") as stream:
        texts = iter(stream)
        next(texts)
    fail(flow)
    with pytest.raises(BreakerOpen):
        list(flow("q"))


@pytest.mark.parametrize("shape", [Shape.STREAM, Shape.ASTREAM], ids=lambda shape: shape.name)
def test_a_stream_that_was_not_begun_says_so(shape: Shape) -> None:
    flow = breaker(guarded(shape, ScriptedModel(ConnectionError())), failures=1)
    fail(flow)

    def read() -> Any:
        stream = flow("q")
        with pytest.raises(BreakerOpen):
            list(stream)
        return stream.outcome

    async def aread() -> Any:
        stream = flow("q")
        with pytest.raises(BreakerOpen):
            [text async for text in stream]
        return stream.outcome

    outcome = read() if shape is Shape.STREAM else asyncio.run(aread())
    assert isinstance(outcome, Abstained)
    assert [finding.kind for finding in outcome.findings] == ["failed"]


def test_a_cancelled_call_counts_as_neither() -> None:
    turns = (ConnectionError(), Turn(("a",), seconds=5), ConnectionError())
    flow = breaker(guarded(Shape.ACALL, ScriptedModel(*turns)), failures=2)
    fail(flow)

    async def cancelled() -> None:
        async with asyncio.timeout(0.01):
            await flow("q")

    with pytest.raises(TimeoutError):
        asyncio.run(cancelled())
    fail(flow)
    with pytest.raises(BreakerOpen):
        play(flow)


@pytest.mark.parametrize("failures", [0, -1, 1.5])
def test_failures_are_a_number(failures: Any) -> None:
    with pytest.raises(PolicyError, match="failures"):
        breaker(guarded(Shape.CALL, ScriptedModel()), failures=failures)


def test_it_waits_some_seconds() -> None:
    with pytest.raises(PolicyError, match="reset"):
        breaker(guarded(Shape.CALL, ScriptedModel()), reset=0)


@given(ends=st.lists(st.booleans(), max_size=12), failures=st.integers(1, 3))
def test_both_circuits_count_alike(ends: list[bool], failures: int) -> None:
    """Of pybreaker and of purgatory, while no time passes: asked until so many fail in a row."""
    wanted, row = 0, 0
    for well in ends:
        if row == failures:
            break
        wanted, row = wanted + 1, 0 if well else row + 1
    turns: list[Any] = ["fine" if well else ConnectionError() for well in ends]
    for shape in (Shape.CALL, Shape.ACALL):
        model = ScriptedModel(*turns)
        flow = breaker(guarded(shape, model), failures=failures)
        for _ in ends:
            try:
                play(flow)
            except (ConnectionError, BreakerOpen):
                continue
        assert len(model.sent) == wanted
