"""What drivers do for the engine beside asking and looking, and what is left over of a flow."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest

from guardrails_lib import Reply, Request
from guardrails_lib._adrive import adrive
from guardrails_lib._drive import drive
from guardrails_lib._effects import Ask, Do, Emit, Flow, Late, Pull, Stopped, left_over


class Till:
    """A thing that remembers what was done with it."""

    def __init__(self) -> None:
        self.did: list[str] = []
        self.thread: int | None = None

    def put(self, what: str) -> str:
        self.did.append(what)
        self.thread = threading.get_ident()
        return f"put {what}"

    def fail(self) -> None:
        raise OSError("gone")


class AsyncTill(Till):
    async def aput(self, what: str) -> str:
        self.did.append(f"awaited {what}")
        return what

    async def ahang(self) -> None:
        await asyncio.sleep(30)


def no_model(request: Request) -> Iterator[object]:
    raise AssertionError(request)


def no_async_model(request: Request) -> AsyncIterator[object]:
    raise AssertionError(request)


def run(flow: Flow[Any]) -> list[Any]:
    return list(drive(flow, no_model))


def arun(flow: Flow[Any]) -> list[Any]:
    async def main() -> list[Any]:
        return [each async for each in adrive(flow, no_async_model)]

    return asyncio.run(main())


def doing(*effects: Do) -> Flow[None]:
    """Shows what each of *effects* gives, or how it fails."""
    for effect in effects:
        try:
            given = yield effect
        except (OSError, Late) as problem:
            given = type(problem).__name__
        yield Emit(given)


def test_a_method_is_called() -> None:
    assert run(doing(Do(Till(), "put", ("a",)))) == ["put a"]


def test_what_it_raises_is_thrown_into_the_engine() -> None:
    assert run(doing(Do(Till(), "fail", ()))) == ["OSError"]


def test_an_async_driver_awaits_its_twin() -> None:
    till = AsyncTill()
    assert arun(doing(Do(till, "put", ("a",)))) == ["a"]
    assert till.did == ["awaited a"]


def test_without_a_twin_it_is_called_in_a_thread() -> None:
    till = Till()
    assert arun(doing(Do(till, "put", ("a",)))) == ["put a"]
    assert till.thread != threading.get_ident()


def test_a_twin_is_waited_for_so_long() -> None:
    assert arun(doing(Do(AsyncTill(), "hang", (), until=0.0))) == ["Late"]


def test_a_reply_that_is_given_takes_the_place_of_the_models() -> None:
    def flow() -> Flow[None]:
        yield Ask(Request("a"), Reply("kept"))
        while isinstance(piece := (yield Pull()), Reply):
            yield Emit(piece.text)

    assert run(flow()) == ["kept"]
    assert arun(flow()) == ["kept"]


# -- what is left over


def giving_back(till: Till) -> Flow[None]:
    try:
        yield Emit("shown")
        yield Emit("never shown")
    except Stopped:
        yield Do(till, "fail", ())
        yield Do(till, "put", ("back",))
        raise


def test_what_is_left_over_is_done() -> None:
    till = Till()
    stream = drive(giving_back(till), no_model)
    assert next(stream) == "shown"
    stream.close()
    assert till.did == ["back"]


def test_what_is_left_over_is_done_in_a_loop() -> None:
    till = AsyncTill()

    async def main() -> None:
        stream = adrive(giving_back(till), no_async_model)
        assert await anext(stream) == "shown"
        await stream.aclose()

    asyncio.run(main())
    assert till.did == ["awaited back"]


def test_of_a_flow_that_has_ended_nothing_is_left() -> None:
    flow = doing(Do(Till(), "put", ("a",)))
    run(flow)
    assert list(left_over(flow)) == []


def test_a_flow_that_minds_nothing_is_closed() -> None:
    flow = doing(Do(Till(), "put", ("a",)))
    next(flow)
    assert list(left_over(flow)) == []
    with pytest.raises(StopIteration):
        next(flow)
