"""What every call of a flow spends is charged, and money that is gone ends it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import pytest

from guardrails_lib import Abstained, Accepted, Charge, Outcome, Policy, Usage, abstain, guard
from guardrails_lib._guarded import Shape, guarded_as
from guardrails_lib.checks import containing
from guardrails_lib.flows import cascade, fallback, hedged, retried
from guardrails_lib.spend import Limit, MemoryLedger
from guardrails_lib.testing import ScriptedModel, Turn

ANN = {"user": "ann"}
UNSURE = Policy(validators=(abstain(containing("unsure")),))
SHAPES = pytest.mark.parametrize("shape", Shape, ids=lambda shape: shape.name)
SOON = 0.01


def costing(dollars: float, text: str = "fine", seconds: float = 0.0) -> Turn:
    return Turn((text,), seconds=seconds, usage=Usage(10, 10, dollars))


@pytest.fixture
def ledger() -> MemoryLedger:
    return MemoryLedger(Limit(1.0, per="user", every=None))


def spent(ledger: MemoryLedger) -> float:
    (dollars,) = ledger.spent(ANN).values()
    return round(dollars, 6)


def guarded(shape: Shape, model: ScriptedModel, ledger: MemoryLedger) -> Any:
    """*model*, guarded and charged, as a function of that shape."""

    def call(prompt: str) -> Any:
        return model(prompt)

    async def acall(prompt: str) -> Any:
        return await model.acall(prompt)

    def stream(prompt: str) -> Iterator[Any]:
        yield from model.stream(prompt)

    async def astream(prompt: str) -> AsyncIterator[Any]:
        async for piece in model.astream(prompt):
            yield piece

    forms: dict[Shape, Any] = {
        Shape.CALL: call,
        Shape.ACALL: acall,
        Shape.STREAM: stream,
        Shape.ASTREAM: astream,
    }
    return guard(UNSURE, ledger=Charge(ledger, 0.05, by=lambda _: ANN))(forms[shape])


def play(flow: Any, prompt: str = "q") -> Outcome[Any]:
    """How *flow* ends."""
    shape = guarded_as(flow).shape
    made = flow(prompt)

    async def read() -> Any:
        if shape is Shape.ACALL:
            return await made
        return [text async for text in made]

    given: Any = made
    if shape is Shape.STREAM:
        list(made)
    elif shape is not Shape.CALL:
        given = asyncio.run(read())
    ended: Outcome[Any] = given if shape in {Shape.CALL, Shape.ACALL} else made.outcome
    return ended


@SHAPES
class TestInEveryShape:
    """Functions, coroutines, generators and async generators do the same."""

    def test_every_step_of_a_cascade_is_charged(self, shape: Shape, ledger: Any) -> None:
        small = guarded(shape, ScriptedModel(costing(0.02, "unsure")), ledger)
        large = guarded(shape, ScriptedModel(costing(0.3)), ledger)
        outcome = play(cascade(small, large))
        assert outcome == Accepted("fine", outcome.findings)
        assert spent(ledger) == outcome.record.spent.dollars == 0.32

    def test_every_attempt_is_charged(self, shape: Shape, ledger: Any) -> None:
        """One that failed may have cost something, which nobody was told: its estimate."""
        model = ScriptedModel(ConnectionError(), costing(0.3))
        play(retried(guarded(shape, model, ledger), first=0.001))
        assert spent(ledger) >= 0.3
        assert ledger.unsettled() == ()

    def test_where_no_money_is_left_no_step_is_made(self, shape: Shape, ledger: Any) -> None:
        model = ScriptedModel()
        small = guarded(shape, ScriptedModel(costing(0.98, "unsure")), ledger)
        outcome = play(cascade(small, guarded(shape, model, ledger)))
        assert isinstance(outcome, Abstained)
        assert model.sent == []

    def test_where_no_money_is_left_no_other_model_is_asked(
        self, shape: Shape, ledger: Any
    ) -> None:
        """It is a refusal and no failure."""
        poor = guarded(shape, ScriptedModel(costing(0.98)), ledger)
        play(poor)
        model = ScriptedModel()
        assert isinstance(play(fallback(poor, guarded(shape, model, ledger))), Abstained)
        assert model.sent == []

    def test_a_hedge_is_paid_twice(self, shape: Shape, ledger: Any) -> None:
        model = ScriptedModel(costing(0.3, seconds=0.25), costing(0.2))
        play(hedged(guarded(shape, model, ledger), after=SOON))
        eventually(lambda: ledger.unsettled() == ())
        assert spent(ledger) > 0.2


def eventually(true: Callable[[], bool]) -> None:
    """What threads do in their own time."""
    for _ in range(500):
        if true():
            return
        threading.Event().wait(0.01)
    raise AssertionError("it has not come true")
