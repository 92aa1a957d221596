"""What every flow does: it ends what runs of it, and passes on what a guarded call takes."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import pytest
from benchmarks.shapes import guarded, play

from guardrails_lib import (
    Abstained,
    Accepted,
    Outcome,
    Policy,
    Usage,
    Vault,
    abstain,
    guard,
    redact,
)
from guardrails_lib._guarded import Shape
from guardrails_lib.checks import containing, matching
from guardrails_lib.flows import breaker, cascade, fallback, hedged, limited, retried
from guardrails_lib.testing import ScriptedModel, Turn

UNSURE = Policy(validators=(abstain(containing("unsure")),))

FLOWS: dict[str, Callable[[Any], Any]] = {
    "cascade": cascade,
    "fallback": fallback,
    "breaker": breaker,
    "limited": lambda call: limited(call, concurrency=1, rate="9/second"),
    "retried": retried,
    "hedged": hedged,
}
EVERY = pytest.mark.parametrize("flow", FLOWS.values(), ids=FLOWS)
EVERY_INNER = pytest.mark.parametrize("inner", FLOWS.values(), ids=FLOWS)


@EVERY
class TestEveryFlow:
    """Whichever it is, and around whichever others."""

    def test_a_cancelled_call_is_cancelled_all_the_way_down(self, flow: Any) -> None:
        ended: list[str] = []

        @guard(Policy())
        async def ask(prompt: str) -> str:
            try:
                await asyncio.sleep(30)
            except asyncio.CancelledError:
                ended.append("cancelled")
                raise
            return "fine"

        async def main() -> None:
            asking = asyncio.create_task(flow(ask)("q"))
            await asyncio.sleep(0.01)
            asking.cancel()
            with pytest.raises(asyncio.CancelledError):
                await asking
            assert asyncio.all_tasks() == {asyncio.current_task()}

        asyncio.run(main())
        assert ended == ["cancelled"]

    def test_closing_a_stream_closes_the_model(self, flow: Any) -> None:
        model = ScriptedModel(["a", "b", "c"])
        stream = flow(guarded(Shape.STREAM, model))("q")
        with stream:
            texts = iter(stream)
            assert next(texts) == "a"
        assert model.closed == 1
        assert [finding.kind for finding in stream.outcome.findings] == ["abandoned"]

    def test_asking_for_the_outcome_closes_the_model(self, flow: Any) -> None:
        model = ScriptedModel(["a", "b", "c"])
        stream = flow(guarded(Shape.STREAM, model))("q")
        texts = iter(stream)
        next(texts)
        assert isinstance(stream.outcome, Abstained)
        assert model.closed == 1
        assert list(texts) == []

    def test_closing_an_async_stream_closes_the_model(self, flow: Any) -> None:
        model = ScriptedModel(["a", "b", "c"])

        async def main() -> Outcome[str]:
            stream = flow(guarded(Shape.ASTREAM, model))("q")
            texts = aiter(stream)
            assert await anext(texts) == "a"
            await texts.aclose()
            assert asyncio.all_tasks() == {asyncio.current_task()}
            outcome: Outcome[str] = stream.outcome
            return outcome

        outcome = asyncio.run(main())
        assert model.closed == 1
        assert [finding.kind for finding in outcome.findings] == ["abandoned"]

    def test_the_outcome_of_an_async_stream_can_be_asked_for_early(self, flow: Any) -> None:
        model = ScriptedModel(["a", "b", "c"])

        async def main() -> list[str]:
            stream = flow(guarded(Shape.ASTREAM, model))("q")
            texts = aiter(stream)
            await anext(texts)
            assert isinstance(stream.outcome, Abstained)
            return [text async for text in texts]

        assert asyncio.run(main()) == []
        assert model.closed == 1

    def test_a_cancelled_reader_closes_the_model(self, flow: Any) -> None:
        model = ScriptedModel(Turn(("a", "b"), seconds=0.02))

        async def read() -> None:
            async for _ in flow(guarded(Shape.ASTREAM, model))("q"):
                await asyncio.sleep(30)

        async def main() -> None:
            reading = asyncio.create_task(read())
            await asyncio.sleep(0.08)
            reading.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await reading

        asyncio.run(main())
        assert model.closed == 1

    def test_one_that_nobody_reads_has_an_outcome(self, flow: Any) -> None:
        model = ScriptedModel("a")
        outcome = flow(guarded(Shape.STREAM, model))("q").outcome
        assert [finding.kind for finding in outcome.findings] == ["abandoned"]
        assert model.sent == []

    @EVERY_INNER
    def test_flows_may_be_put_into_each_other(self, flow: Any, inner: Any) -> None:
        for shape in Shape:
            made = flow(inner(guarded(shape, ScriptedModel("fine"))))
            assert play(made)[1] == Accepted("fine")

    def test_a_typed_value_grows_over_it(self, flow: Any) -> None:
        typed = guard(Policy(), returns=dict[str, int])
        texts = ('{"year": ', "1889}")

        @typed
        def ask(prompt: str) -> Iterator[str]:
            yield from texts

        @typed
        async def aask(prompt: str) -> AsyncIterator[str]:
            for text in texts:
                yield text

        async def aread() -> list[Any]:
            return [value async for value in flow(aask)("q").partials()]

        assert list(flow(ask)("q").partials())[-1] == {"year": 1889}
        assert asyncio.run(aread())[-1] == {"year": 1889}

    def test_the_vault_of_the_conversation_goes_with_it(self, flow: Any) -> None:
        names = Policy(input=(redact(matching("Ann"), restore=True),))
        model = ScriptedModel("Hello!")
        vault = Vault()
        outcome = flow(guarded(Shape.CALL, model, names))("I am Ann", vault=vault)
        assert outcome == Accepted("Hello!", outcome.findings)
        assert "Ann" not in str(model.sent)
        assert len(vault) == 1


def test_what_was_spent_before_it_was_abandoned_is_in_the_record() -> None:
    small = guarded(Shape.STREAM, ScriptedModel(Turn(("unsure",), usage=Usage(1, 1, 0.5))), UNSURE)
    large = guarded(Shape.STREAM, ScriptedModel(["a", "b"]), Policy(name="large"))
    stream = cascade(small, large)("q")
    texts = iter(stream)
    next(texts)
    record = stream.outcome.record
    assert record.spent.dollars == 0.5
    assert [step.policy for step in record.steps] == ["", "large"]


def test_what_it_says_is_in_the_language_of_the_call() -> None:
    @guard(Policy(), language="de")
    def ask(prompt: str) -> Iterator[str]:
        yield "a"
        yield "b"

    alone, flow = ask("q"), cascade(ask)("q")
    for stream in (alone, flow):
        texts = iter(stream)
        next(texts)
    assert isinstance(flow.outcome, Abstained)
    assert flow.outcome.say == alone.outcome.say != Abstained().say
