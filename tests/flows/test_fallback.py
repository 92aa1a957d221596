"""Another model where the first fails."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guardrails_lib import (
    Abstained,
    Accepted,
    Blocked,
    Budget,
    Label,
    Message,
    Outcome,
    Policy,
    PolicyError,
    Request,
    Usage,
    abstain,
    block,
    guard,
)
from guardrails_lib._guarded import Shape, guarded_as
from guardrails_lib.checks import containing
from guardrails_lib.flows import BreakerOpen, breaker, fallback
from guardrails_lib.testing import ScriptedModel, Turn

ANYTHING = Policy()
SHAPES = pytest.mark.parametrize("shape", Shape, ids=lambda shape: shape.name)
UNSURE = abstain(containing("unsure"))
PRIVATE = Request(Message("user", "my salary", Label.CONFIDENTIAL))
STREAMS = pytest.mark.parametrize("shape", [Shape.STREAM, Shape.ASTREAM], ids=lambda s: s.name)


class OutOfOrderError(Exception):
    """What an SDK may raise."""


def guarded(
    shape: Shape, model: ScriptedModel, policy: Policy = ANYTHING, guarded_for: Label | None = None
) -> Any:
    """*model*, guarded, as a function of that shape."""

    def call(prompt: Any) -> Any:
        return model(prompt)

    async def acall(prompt: Any) -> Any:
        return await model.acall(prompt)

    def stream(prompt: Any) -> Iterator[Any]:
        yield from model.stream(prompt)

    async def astream(prompt: Any) -> AsyncIterator[Any]:
        async for piece in model.astream(prompt):
            yield piece

    forms: dict[Shape, Any] = {
        Shape.CALL: call,
        Shape.ACALL: acall,
        Shape.STREAM: stream,
        Shape.ASTREAM: astream,
    }
    return guard(policy, cleared_for=guarded_for)(forms[shape])


def play(flow: Any, prompt: Any = "q") -> tuple[list[str], Outcome[Any]]:
    """What *flow* shows, and how it ends."""
    shape = guarded_as(flow).shape
    if shape is Shape.CALL:
        return [], flow(prompt)
    if shape is Shape.ACALL:
        return [], asyncio.run(flow(prompt))
    if shape is Shape.STREAM:
        stream = flow(prompt)
        return list(stream), stream.outcome

    async def read() -> tuple[list[str], Outcome[Any]]:
        stream = flow(prompt)
        return [text async for text in stream], stream.outcome

    return asyncio.run(read())


@SHAPES
class TestInEveryShape:
    """Functions, coroutines, generators and async generators do the same."""

    def test_the_second_is_not_asked_while_the_first_answers(self, shape: Shape) -> None:
        second = ScriptedModel()
        first = guarded(shape, ScriptedModel("fine"))
        assert play(fallback(first, guarded(shape, second)))[1] == Accepted("fine")
        assert second.sent == []

    def test_where_the_first_raises_the_second_answers(self, shape: Shape) -> None:
        first = guarded(shape, ScriptedModel(OutOfOrderError()))
        second = guarded(shape, ScriptedModel("fine"))
        assert play(fallback(first, second))[1] == Accepted("fine")

    def test_the_last_error_is_raised(self, shape: Shape) -> None:
        first = guarded(shape, ScriptedModel(OutOfOrderError()))
        second = guarded(shape, ScriptedModel(ConnectionError("gone")))
        with pytest.raises(ConnectionError, match="gone"):
            play(fallback(first, second))

    def test_an_open_breaker_is_passed_by(self, shape: Shape) -> None:
        broken = breaker(guarded(shape, ScriptedModel(OutOfOrderError())), failures=1)
        second = guarded(shape, ScriptedModel("one", "two"))
        flow = fallback(broken, second)
        assert play(flow)[1] == Accepted("one")
        with pytest.raises(BreakerOpen):
            play(broken)
        assert play(flow)[1] == Accepted("two")

    def test_what_the_second_may_not_see_it_does_not_get(self, shape: Shape) -> None:
        """Peers: QuillCode#1549, a fallback that left the enclave."""
        model = ScriptedModel("fine")
        first = guarded(shape, ScriptedModel(OutOfOrderError()))
        second = guarded(shape, model, guarded_for=Label.INTERNAL)
        outcome = play(fallback(first, second), PRIVATE)[1]
        assert isinstance(outcome, Blocked)
        assert model.sent == []

    def test_the_record_says_what_was_raised(self, shape: Shape) -> None:
        first = guarded(shape, ScriptedModel(OutOfOrderError()), Policy(name="first"))
        second = guarded(shape, ScriptedModel(Turn(("fine",), usage=Usage(1, 1, 0.5))))
        record = play(fallback(first, second))[1].record
        assert [event.by for event in record.steps[0].events if event.kind == "failed"] == [
            ("OutOfOrderError",)
        ]
        assert record.steps[0].policy == "first"
        assert record.attempts == 2
        assert record.spent.dollars == 0.5

    def test_a_refusal_is_no_failure(self, shape: Shape) -> None:
        first = guarded(shape, ScriptedModel("unsure"), Policy(output=(UNSURE,)))
        outcome = play(fallback(first, guarded(shape, ScriptedModel())))[1]
        assert isinstance(outcome, Abstained)

    def test_outcomes_names_those_that_are(self, shape: Shape) -> None:
        first = guarded(shape, ScriptedModel("unsure"), Policy(output=(UNSURE,)))
        flow = fallback(first, guarded(shape, ScriptedModel("fine")), outcomes=Abstained)
        assert play(flow)[1] == Accepted("fine")

    def test_on_names_the_errors(self, shape: Shape) -> None:
        first = guarded(shape, ScriptedModel(OutOfOrderError()))
        with pytest.raises(OutOfOrderError):
            play(fallback(first, guarded(shape, ScriptedModel()), on=ConnectionError))

    def test_on_may_be_a_function(self, shape: Shape) -> None:
        first = guarded(shape, ScriptedModel(ValueError("teapot")))
        second = guarded(shape, ScriptedModel("fine"))
        flow = fallback(first, second, on=lambda problem: "teapot" in str(problem))
        assert play(flow)[1] == Accepted("fine")

    @pytest.mark.parametrize("problem", [TypeError("no such argument"), PolicyError("wrong")])
    def test_wrong_use_is_raised(self, shape: Shape, problem: Exception) -> None:
        second = ScriptedModel()
        first = guarded(shape, ScriptedModel(problem))
        with pytest.raises(type(problem)):
            play(fallback(first, guarded(shape, second)))
        assert second.sent == []

    def test_wrong_use_is_passed_by_where_on_names_it(self, shape: Shape) -> None:
        first = guarded(shape, ScriptedModel(TypeError("of the SDK")))
        flow = fallback(first, guarded(shape, ScriptedModel("fine")), on=TypeError)
        assert play(flow)[1] == Accepted("fine")

    def test_what_ends_the_program_is_raised(self, shape: Shape) -> None:
        first = guarded(shape, ScriptedModel(KeyboardInterrupt()))
        with pytest.raises(KeyboardInterrupt):
            play(fallback(first, guarded(shape, ScriptedModel())))

    def test_a_call_that_took_too_long_has_failed(self, shape: Shape) -> None:
        slow = Policy(budget=Budget(seconds=0.01))
        first = guarded(shape, ScriptedModel(Turn(("late",), seconds=0.05)), slow)
        flow = fallback(first, guarded(shape, ScriptedModel("fine")))
        assert play(flow)[1] == Accepted("fine")

    def test_a_call_that_spent_too_much_has_not(self, shape: Shape) -> None:
        poor = Policy(budget=Budget(dollars=0.01))
        first = guarded(shape, ScriptedModel(Turn(("dear",), usage=Usage(1, 1, 5.0))), poor)
        second = ScriptedModel()
        assert isinstance(play(fallback(first, guarded(shape, second)))[1], Abstained)
        assert second.sent == []


@STREAMS
class TestStreams:
    """Goes on only while nothing was shown."""

    def test_an_error_is_raised_once_text_was_shown(self, shape: Shape) -> None:
        second = ScriptedModel()
        first = guarded(shape, ScriptedModel(Turn(("a", "b"), error=OutOfOrderError())))
        with pytest.raises(OutOfOrderError):
            play(fallback(first, guarded(shape, second)))
        assert second.sent == []

    def test_an_error_before_any_text_shows_the_second_alone(self, shape: Shape) -> None:
        first = guarded(shape, ScriptedModel(OutOfOrderError()))
        shown, _ = play(fallback(first, guarded(shape, ScriptedModel(["fi", "ne"]))))
        assert shown == ["fi", "ne"]

    def test_what_was_held_back_was_not_shown(self, shape: Shape) -> None:
        """A guard that looks at the whole reply has shown nothing when the model breaks off."""
        whole = Policy(validators=(block(containing("secret")),))
        first = guarded(shape, ScriptedModel(Turn(("half of",), error=OutOfOrderError())), whole)
        shown, outcome = play(fallback(first, guarded(shape, ScriptedModel("whole"))))
        assert shown == ["whole"]
        assert outcome == Accepted("whole")

    def test_the_outcome_of_one_that_broke_off_says_so(self, shape: Shape) -> None:
        broken = guarded(shape, ScriptedModel(Turn(("a",), error=OutOfOrderError())))
        flow = fallback(broken, guarded(shape, ScriptedModel()))

        def read() -> Any:
            stream = flow("q")
            with pytest.raises(OutOfOrderError):
                list(stream)
            return stream.outcome

        async def aread() -> Any:
            stream = flow("q")
            with pytest.raises(OutOfOrderError):
                [text async for text in stream]
            return stream.outcome

        outcome = read() if shape is Shape.STREAM else asyncio.run(aread())
        assert [finding.kind for finding in outcome.findings] == ["failed"]
        assert outcome.record.events[-1].kind == "decided"


TURNS: dict[str, Any] = {
    "fails": Turn(error=ConnectionError()),
    "breaks off": Turn(("shown ",), error=ConnectionError()),
    "answers": Turn(("all ", "of it")),
}


@given(
    does=st.lists(st.sampled_from(sorted(TURNS)), min_size=1, max_size=4),
    shape=st.sampled_from([Shape.STREAM, Shape.ASTREAM]),
)
def test_nothing_is_shown_of_two(does: list[str], shape: Shape) -> None:
    """What a reader sees is what the first that showed anything has shown."""
    models = [ScriptedModel(TURNS[each]) for each in does]
    flow = fallback(*[guarded(shape, model) for model in models])
    first = next((n for n, each in enumerate(does) if each != "fails"), len(does) - 1)
    if does[first] == "answers":
        shown, outcome = play(flow)
        assert "".join(shown) == outcome.unwrap() == "all of it"
    else:
        with pytest.raises(ConnectionError):
            play(flow)
    assert [len(model.sent) for model in models] == [int(n <= first) for n in range(len(does))]
