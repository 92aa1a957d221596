"""The same call again, where the error may be gone."""

from __future__ import annotations

import threading
import time
from typing import Any

import pytest
from benchmarks.shapes import guarded, play
from hypothesis import given
from hypothesis import strategies as st

from guardrails_lib import Accepted, Blocked, Policy, PolicyError, Usage, block
from guardrails_lib._deadline import deadline
from guardrails_lib._guarded import Guarded, Shape, guarded_as
from guardrails_lib.checks import containing
from guardrails_lib.flows import retried
from guardrails_lib.flows.backoff import Backoff
from guardrails_lib.testing import ScriptedModel, Turn

SHAPES = pytest.mark.parametrize("shape", Shape, ids=lambda shape: shape.name)
QUICK = 0.001


class AnswerOf:
    """What an SDK's error holds of the answer."""

    def __init__(self, headers: dict[str, str]) -> None:
        self.headers = headers


class RateLimitError(Exception):
    """As those of openai and anthropic."""

    status_code = 429

    def __init__(self, wait: str = "0") -> None:
        super().__init__("slow down")
        self.response = AnswerOf({"retry-after": wait})


@SHAPES
class TestInEveryShape:
    """Functions, coroutines, generators and async generators do the same."""

    def test_what_may_be_gone_is_tried_again(self, shape: Shape) -> None:
        model = ScriptedModel(RateLimitError(), ConnectionError(), "fine")
        assert play(retried(guarded(shape, model), first=QUICK))[1] == Accepted("fine")

    def test_so_many_times_and_no_more(self, shape: Shape) -> None:
        model = ScriptedModel(*[ConnectionError()] * 3)
        with pytest.raises(ConnectionError):
            play(retried(guarded(shape, model), attempts=3, first=QUICK))
        assert len(model.sent) == 3

    def test_other_errors_are_raised_at_once(self, shape: Shape) -> None:
        model = ScriptedModel(ValueError("wrong"))
        with pytest.raises(ValueError, match="wrong"):
            play(retried(guarded(shape, model)))
        assert len(model.sent) == 1

    def test_a_refusal_is_not_tried_again(self, shape: Shape) -> None:
        model = ScriptedModel("never")
        policy = Policy(output=(block(containing("never")),))
        assert isinstance(play(retried(guarded(shape, model, policy)))[1], Blocked)

    @pytest.mark.parametrize("problem", [PolicyError("wrong"), TypeError("wrong")])
    def test_wrong_use_is_not_tried_again(self, shape: Shape, problem: Exception) -> None:
        model = ScriptedModel(problem)
        with pytest.raises(type(problem)):
            play(retried(guarded(shape, model), on=lambda _: True))
        assert len(model.sent) == 1

    def test_on_names_the_errors(self, shape: Shape) -> None:
        model = ScriptedModel(ValueError(), "fine")
        flow = retried(guarded(shape, model), on=ValueError, first=QUICK)
        assert play(flow)[1] == Accepted("fine")

    def test_the_record_holds_every_attempt(self, shape: Shape) -> None:
        model = ScriptedModel(RateLimitError(), Turn(("fine",), usage=Usage(1, 2, 0.5)))
        record = play(retried(guarded(shape, model)))[1].record
        failed = [event.by for event in record.steps[0].events if event.kind == "failed"]
        assert failed == [("RateLimitError",)]
        assert record.attempts == len(record.steps) == 2
        assert record.spent == Usage(1, 2, 0.5)

    def test_it_waits_as_long_as_the_server_asks(self, shape: Shape) -> None:
        flow = retried(guarded(shape, ScriptedModel(RateLimitError("0.05"), "fine")))
        began = time.monotonic()
        play(flow)
        assert time.monotonic() - began >= 0.05

    @pytest.mark.parametrize("asked", ["60", "Fri, 31 Dec 2100 23:59:59 GMT"])
    def test_it_does_not_wait_past_its_seconds(self, shape: Shape, asked: str) -> None:
        flow = retried(
            guarded(shape, ScriptedModel(RateLimitError(asked))), longest=1e12, seconds=5
        )
        with pytest.raises(RateLimitError):
            play(flow)

    def test_it_does_not_wait_past_the_deadline(self, shape: Shape) -> None:
        model = ScriptedModel(RateLimitError("20"))
        with deadline(5), pytest.raises(RateLimitError):
            play(retried(guarded(shape, model)))
        assert len(model.sent) == 1

    def test_it_does_not_wait_longer_than_it_may(self, shape: Shape) -> None:
        model = ScriptedModel(RateLimitError("20"))
        with pytest.raises(RateLimitError):
            play(retried(guarded(shape, model), longest=5))
        assert len(model.sent) == 1

    def test_it_is_guarded_and_of_that_shape(self, shape: Shape) -> None:
        assert guarded_as(retried(guarded(shape, ScriptedModel()))) == Guarded(shape)


@pytest.mark.parametrize("shape", [Shape.STREAM, Shape.ASTREAM], ids=lambda shape: shape.name)
class TestStreams:
    """Tried again only while nothing was shown."""

    def test_text_is_shown_once(self, shape: Shape) -> None:
        model = ScriptedModel(ConnectionError(), ["fi", "ne"])
        assert play(retried(guarded(shape, model), first=QUICK))[0] == ["fi", "ne"]

    def test_one_that_broke_off_is_not_begun_anew(self, shape: Shape) -> None:
        model = ScriptedModel(Turn(("half",), error=ConnectionError()))
        with pytest.raises(ConnectionError):
            play(retried(guarded(shape, model)))
        assert len(model.sent) == 1


def test_a_stream_may_be_read_in_another_thread() -> None:
    """tenacity counts per thread."""
    model = ScriptedModel(*[ConnectionError()] * 2, ["a", "b"])
    stream = retried(guarded(Shape.STREAM, model), first=QUICK)("q")
    texts = iter(stream)
    seen: list[str] = []
    for _ in range(2):
        thread = threading.Thread(target=lambda: seen.append(next(texts)))
        thread.start()
        thread.join()
    assert seen == ["a", "b"]
    assert list(texts) == []


def test_the_longest_wait_grows_and_is_drawn_by_chance() -> None:
    allowed: list[float] = []

    def waits() -> list[float]:
        backoff = Backoff(9, 1.0, 10.0, lambda _: None, lambda pause: pause <= 10)
        found = [backoff.after(ConnectionError()) for _ in range(8)]
        return [each for each in found if each is not None]

    drawn = [waits() for _ in range(200)]
    allowed = [max(each) for each in zip(*drawn, strict=True)]
    bounds = [1, 2, 4, 8, 10, 10, 10, 10]
    assert all(most <= bound for most, bound in zip(allowed, bounds, strict=True))
    assert allowed[3] > 4
    assert len(set(drawn[0])) == 8


@given(
    fails=st.lists(st.sampled_from([ConnectionError, ValueError]), max_size=5),
    attempts=st.integers(1, 4),
    shape=st.sampled_from(Shape),
)
def test_it_is_asked_until_it_answers_or_enough_is_enough(
    fails: list[type[Exception]], attempts: int, shape: Shape
) -> None:
    asked, raised = 0, None
    for kind in fails:
        asked, raised = asked + 1, kind
        if kind is ValueError or asked == attempts:
            break
    else:
        asked, raised = asked + 1, None
    model = ScriptedModel(*[kind() for kind in fails], "fine")
    flow = retried(guarded(shape, model), attempts=attempts, first=1e-6)
    if raised is None:
        assert play(flow)[1] == Accepted("fine")
    else:
        with pytest.raises(raised):
            play(flow)
    assert len(model.sent) == asked


class TestMisuse:
    """It is found where the flow is written."""

    @pytest.mark.parametrize("attempts", [0, 2.5])
    def test_attempts_are_a_number(self, attempts: Any) -> None:
        with pytest.raises(PolicyError, match="attempts"):
            retried(guarded(Shape.CALL, ScriptedModel()), attempts=attempts)

    @pytest.mark.parametrize("option", ["first", "longest", "seconds"])
    def test_seconds_are_more_than_none(self, option: str) -> None:
        wrong: Any = {option: 0}
        with pytest.raises(PolicyError, match=option):
            retried(guarded(Shape.CALL, ScriptedModel()), **wrong)
