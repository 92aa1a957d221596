"""One flight for equal concurrent calls."""

from __future__ import annotations

import asyncio
import gc
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guardrails_lib._deadline import deadline
from guardrails_lib.flows.flights import Flights, Seat


def elsewhere(fn: Callable[[], Any]) -> Any:
    """What *fn* gives in another thread."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(fn).result(20)


def ticket(given: Seat[str] | str) -> str:
    assert isinstance(given, str)
    return given


def waiting(flights: Flights[str], key: str) -> int:
    flight = flights._flying.get(key)
    return len(flight.waiting) if flight else 0


def wait_until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not true():
        assert time.monotonic() < end
        time.sleep(0.001)


def until_they_wait(flights: Flights[str], count: int) -> None:
    wait_until(lambda: waiting(flights, "k") >= count)


class Fetching:
    """A model that says how often it was asked, and waits until it may answer."""

    def __init__(self) -> None:
        self.flights: Flights[str] = Flights()
        self.asked = 0
        self.may_answer = threading.Event()

    def call(self, _: object = None) -> str:
        seat = self.flights.join("k")
        given = seat if isinstance(seat, str) else self.flights.wait(seat)
        if given.startswith("k:"):
            self.asked += 1
            self.may_answer.wait(20)
            self.flights.land(given, "answer")
            return "answer"
        return given

    async def acall(self) -> str:
        seat = self.flights.join("k", asyncio.current_task())
        given = seat if isinstance(seat, str) else await self.flights.await_(seat)
        if given.startswith("k:"):
            self.asked += 1
            await asyncio.sleep(0)
            while not self.may_answer.is_set():
                await asyncio.sleep(0.001)
            self.flights.land(given, "answer")
            return "answer"
        return given


# -- the first fetches, the others wait


def test_a_hundred_threads_fetch_once() -> None:
    fetching = Fetching()
    with ThreadPoolExecutor(100) as pool:
        calls = [pool.submit(fetching.call) for _ in range(100)]
        until_they_wait(fetching.flights, 99)
        fetching.may_answer.set()
        assert {each.result(20) for each in calls} == {"answer"}
    assert fetching.asked == 1


async def gathered(fetching: Fetching, count: int) -> list[str]:
    return await asyncio.gather(*(fetching.acall() for _ in range(count)))


def test_a_hundred_tasks_fetch_once() -> None:
    fetching = Fetching()
    fetching.may_answer.set()
    assert asyncio.run(gathered(fetching, 100)) == ["answer"] * 100
    assert fetching.asked == 1


def test_threads_and_tasks_of_three_loops_fetch_once_together() -> None:
    fetching = Fetching()
    with ThreadPoolExecutor(20) as pool:
        loops = [pool.submit(lambda: asyncio.run(gathered(fetching, 20))) for _ in range(3)]
        calls = [pool.submit(fetching.call) for _ in range(10)]
        until_they_wait(fetching.flights, 69)
        fetching.may_answer.set()
        assert {each for loop in loops for each in loop.result(20)} == {"answer"}
        assert {each.result(20) for each in calls} == {"answer"}
    assert fetching.asked == 1


def test_another_key_does_not_wait() -> None:
    flights: Flights[str] = Flights()
    assert ticket(flights.join("a")) != ticket(flights.join("b"))


def test_after_it_has_landed_the_next_fetches() -> None:
    flights: Flights[str] = Flights()
    flights.land(ticket(flights.join("k")), "answer")
    assert flights.landed == 1
    ticket(elsewhere(lambda: flights.join("k")))


# -- the first does not bring anything


def test_when_it_is_released_one_of_those_who_wait_fetches() -> None:
    """The others still wait: no herd."""
    flights: Flights[str] = Flights()
    first = ticket(flights.join("k"))
    with ThreadPoolExecutor(3) as pool:
        seats = [pool.submit(flights.join, "k").result() for _ in range(3)]
        assert all(isinstance(each, Seat) for each in seats)
        calls = [pool.submit(flights.wait, each) for each in seats if isinstance(each, Seat)]
        flights.release(first)
        second = calls[0].result(20)
        assert second.startswith("k:")
        assert not calls[1].done()
        flights.land(second, "answer")
        assert [each.result(20) for each in calls[1:]] == ["answer", "answer"]


def test_released_twice_it_is_passed_on_once() -> None:
    flights: Flights[str] = Flights()
    first = ticket(flights.join("k"))
    with ThreadPoolExecutor(2) as pool:
        seats = [pool.submit(flights.join, "k").result() for _ in range(2)]
        flights.release(first)
        flights.release(first)
        assert waiting(flights, "k") == 1
    assert len(seats) == 2


def test_nobody_waits_and_it_is_forgotten() -> None:
    flights: Flights[str] = Flights()
    flights.release(ticket(flights.join("k")))
    assert flights._flying == {}


def test_a_task_that_is_cancelled_while_it_fetches_makes_room() -> None:
    async def run() -> str:
        flights: Flights[str] = Flights()
        joined = asyncio.Event()

        async def leads() -> None:
            mine = ticket(flights.join("k", asyncio.current_task()))
            joined.set()
            try:
                await asyncio.sleep(60)
            finally:
                flights.release(mine)

        leading = asyncio.create_task(leads())
        await joined.wait()
        seat = flights.join("k", asyncio.current_task())
        assert isinstance(seat, Seat)
        leading.cancel()
        return await flights.await_(seat)

    assert asyncio.run(run()).startswith("k:")


def test_a_task_that_is_cancelled_while_it_waits_is_passed_over() -> None:
    async def run() -> str:
        flights: Flights[str] = Flights()
        first = ticket(flights.join("k", asyncio.current_task()))

        async def waits() -> str:
            seat = flights.join("k", asyncio.current_task())
            assert isinstance(seat, Seat)
            return await flights.await_(seat)

        one, other = asyncio.create_task(waits()), asyncio.create_task(waits())
        while waiting(flights, "k") < 2:
            await asyncio.sleep(0)
        one.cancel()
        await asyncio.wait({one})
        flights.release(first)
        return await other

    assert asyncio.run(run()).startswith("k:")


def test_a_ticket_that_comes_to_a_cancelled_task_goes_to_the_next() -> None:
    async def run() -> str:
        flights: Flights[str] = Flights()
        first = ticket(flights.join("k", asyncio.current_task()))

        async def waits() -> str:
            seat = flights.join("k", asyncio.current_task())
            assert isinstance(seat, Seat)
            return await flights.await_(seat)

        one, other = asyncio.create_task(waits()), asyncio.create_task(waits())
        while waiting(flights, "k") < 2:
            await asyncio.sleep(0)
        flights.release(first)  # it is for the first, which hears of it in the next round
        one.cancel()
        await asyncio.wait({one})
        assert one.cancelled()
        return await other

    assert asyncio.run(run()).startswith("k:")


def test_a_loop_that_is_closed_while_its_task_fetches_makes_room() -> None:
    flights: Flights[str] = Flights()

    async def leads() -> None:
        ticket(flights.join("k", asyncio.current_task()))
        await asyncio.Event().wait()

    def begin() -> tuple[asyncio.AbstractEventLoop, asyncio.Task[None]]:
        loop = asyncio.new_event_loop()
        leading = loop.create_task(leads())
        loop.run_until_complete(asyncio.sleep(0))
        return loop, leading

    with ThreadPoolExecutor(1) as pool:
        loop, leading = pool.submit(begin).result()
        seat = flights.join("k")
        assert isinstance(seat, Seat)
        pool.submit(loop.close).result()
        assert flights.wait(seat).startswith("k:")
    leading._log_destroy_pending = False  # type: ignore[attr-defined]  # it is meant to be


def test_a_thread_that_ends_without_a_word_makes_room() -> None:
    flights: Flights[str] = Flights()
    elsewhere(lambda: ticket(flights.join("k")))
    seat = flights.join("k")
    assert isinstance(seat, Seat)
    assert flights.wait(seat).startswith("k:")


# -- nobody waits for ever


def test_who_takes_too_long_is_not_waited_for_by_one_of_them() -> None:
    """The others wait for that one: no herd, however long a stream is not read on."""
    flights: Flights[str] = Flights(patience=0.02)
    first = ticket(flights.join("k"))
    with ThreadPoolExecutor(2) as pool:
        seats = [pool.submit(flights.join, "k").result() for _ in range(2)]
        one, other = (pool.submit(flights.wait, each) for each in seats)  # type: ignore[arg-type]  # seats
        wait_until(lambda: one.done() or other.done())
        assert not (one.done() and other.done())
        flights.land(first, "answer")
        assert "answer" in {one.result(20), other.result(20)}


def test_nobody_waits_past_the_deadline_of_its_call() -> None:
    flights: Flights[str] = Flights()
    ticket(flights.join("k"))

    def waits(by: float | None) -> str:
        seat = flights.join("k", by=by)
        assert isinstance(seat, Seat)
        return flights.wait(seat)

    assert elsewhere(lambda: waits(time.monotonic() + 0.02)).startswith("k:")

    def within() -> str:
        with deadline(0.02):
            return waits(None)

    assert elsewhere(within).startswith("k:")


def test_what_somebody_brings_who_would_not_wait_is_for_all() -> None:
    flights: Flights[str] = Flights()
    first = ticket(flights.join("k"))
    with ThreadPoolExecutor(1) as pool:
        seat = pool.submit(flights.join, "k").result()
        alone = ticket(flights.join("k"))
        assert isinstance(seat, Seat)
        waits = pool.submit(flights.wait, seat)
        flights.land(alone, "answer")
        assert waits.result(20) == "answer"
    flights.release(first)
    assert flights._flying == {}


def test_a_thread_does_not_wait_for_itself() -> None:
    """A stream that it has begun and not ended would never end."""
    flights: Flights[str] = Flights()
    assert ticket(flights.join("k")) != ticket(flights.join("k"))


def test_a_thread_does_not_wait_for_a_task_that_it_runs() -> None:
    async def run() -> None:
        flights: Flights[str] = Flights()
        ticket(flights.join("k", asyncio.current_task()))
        ticket(flights.join("k"))
        ticket(flights.join("k", asyncio.current_task()))

    asyncio.run(run())


def test_a_ticket_is_released_from_a_finalizer_wherever_that_runs() -> None:
    """Even where its own thread holds the lock."""
    flights: Flights[str] = Flights()

    class Left:
        def __init__(self) -> None:
            self.mine = ticket(flights.join("k"))
            self.me = self

        def __del__(self) -> None:
            flights.release(self.mine)

    Left()
    with flights._locked():
        gc.collect()
        assert "k" in flights._flying
    assert flights._flying == {}


# -- laws


@settings(max_examples=40)
@given(st.lists(st.sampled_from(["join", "land", "release"]), max_size=30))
def test_at_each_time_one_fetches_and_nobody_is_forgotten(steps: list[str]) -> None:
    flights: Flights[str] = Flights()
    loop = asyncio.new_event_loop()
    try:
        holder: str | None = None
        seats: list[Seat[str]] = []
        for step in steps:
            if step == "join":
                task = asyncio.Task(asyncio.sleep(0), loop=loop)
                given = flights.join("k", task)
                if isinstance(given, str):
                    assert holder is None
                    holder = given
                else:
                    assert holder is not None
                    seats.append(given)
            elif holder is not None and step == "land":
                flights.land(holder, "answer")
                assert all(each.given.result(0) == "answer" for each in seats)
                holder, seats = None, []
            elif holder is not None:
                flights.release(holder)
                holder = seats.pop(0).given.result(0) if seats else None
                assert not any(each.given.done() for each in seats)
        assert len(flights._flying) == (holder is not None)
        loop.run_until_complete(asyncio.sleep(0))
    finally:
        loop.close()


@pytest.mark.parametrize("rounds", [30])
def test_whoever_wins_the_race_it_ends(rounds: int) -> None:
    """Land, release, give up and cancel at the same time: no call hangs, no ticket is lost."""
    for _ in range(rounds):
        flights: Flights[str] = Flights()

        def call(n: int, flights: Flights[str] = flights) -> str:
            seat = flights.join("k", by=time.monotonic() + n / 5000)
            given = seat if isinstance(seat, str) else flights.wait(seat)
            if given.startswith("k:"):
                (flights.release if n % 3 else lambda each: flights.land(each, "answer"))(given)
            return given

        with ThreadPoolExecutor(8) as pool:
            assert len([*pool.map(call, range(24))]) == 24
        assert flights._flying == {}
