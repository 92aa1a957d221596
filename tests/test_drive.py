"""The drivers: threads, loops, time-outs, cancellation."""

from __future__ import annotations

import asyncio
import gc
import threading
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from guardrails_lib import (
    Abstained,
    Accepted,
    Blocked,
    Budget,
    Finding,
    Outcome,
    Policy,
    Span,
    Usage,
    block,
    check,
    flag,
    guard,
    redact,
)
from guardrails_lib.checks import containing, matching

RUNNERS: list[Callable[[Coroutine[Any, Any, Any]], Any]] = [asyncio.run]
try:
    import uvloop

    RUNNERS.append(uvloop.run)
except ImportError:  # not on this platform
    pass

run_in = pytest.mark.parametrize("run", RUNNERS)


@check
async def gate(text: str, *, held: bool = True) -> AsyncIterator[Finding]:
    """Finds once every check of the look has begun."""
    GATES.append(text)
    while held and len(GATES) < 3:
        await asyncio.sleep(0)
    yield Finding("through")


GATES: list[str] = []


@run_in
def test_async_checks_of_one_look_run_side_by_side(run: Callable[..., Any]) -> None:
    """A hole of the sketch: they ran one after another, and would wait for ever here."""
    GATES.clear()

    @guard(Policy(input=(flag(gate()), flag(gate()), flag(gate()))))
    async def ask(prompt: str) -> str:
        return prompt

    outcome = run(asyncio.wait_for(ask("x"), 5))
    assert len(outcome.findings) == 3


@check
async def abroken(text: str) -> AsyncIterator[Finding]:
    """Breaks."""
    raise RuntimeError(text)
    yield


@check
async def cancelled(text: str) -> AsyncIterator[Finding]:
    """Cancels itself."""
    raise asyncio.CancelledError
    yield


@pytest.mark.parametrize("bad", [abroken(), cancelled()])
@pytest.mark.parametrize("beside", [(), (flag(gate(held=False)),)])
def test_an_async_check_that_breaks_is_a_finding(bad: Any, beside: Any) -> None:
    @guard(Policy(input=(block(bad), *beside)))
    async def ask(prompt: str) -> str:
        return prompt

    outcome = asyncio.run(ask("s3cret"))
    assert isinstance(outcome, Blocked)
    assert outcome.findings[0].kind == "error"
    assert "s3cret" not in repr(outcome.record)


@check
def endless(text: str) -> Iterator[Finding]:
    """Does not come back before the test is over."""
    RELEASE.wait(20)
    return
    yield


RELEASE = threading.Event()


@check
async def aendless(text: str) -> AsyncIterator[Finding]:
    """Never comes back."""
    await asyncio.Event().wait()
    yield Finding("never")


def test_a_check_that_takes_too_long_is_an_error() -> None:
    outcome = guard(Policy(input=(block(endless(), timeout=0.02),)))(lambda q: "x")("q")
    assert isinstance(outcome, Blocked)
    assert outcome.findings == (
        Finding(
            "endless gave no answer within 0.02 s",
            check="endless",
            kind="error",
            where="messages[0]",
        ),
    )


@run_in
@pytest.mark.parametrize("slow", [endless(), aendless()])
def test_a_check_that_takes_too_long_is_an_error_in_a_loop(
    run: Callable[..., Any], slow: Any
) -> None:
    @guard(Policy(input=(block(slow, timeout=0.02),)))
    async def ask(prompt: str) -> str:
        return prompt

    assert isinstance(run(ask("x")), Blocked)


def test_a_check_with_a_timeout_sees_the_context_of_the_call() -> None:
    from contextvars import ContextVar

    who: ContextVar[str] = ContextVar("who")

    @check
    def asker(text: str) -> Iterator[Finding]:
        """Who asks."""
        yield Finding(who.get())

    who.set("me")
    outcome = guard(Policy(input=(flag(asker(), timeout=5.0),)))(lambda q: "x")("q")
    assert outcome.findings[0].message == "me"


@check(slow=True)
def blocking(text: str) -> Iterator[Finding]:
    """A slow check that is not async."""
    THREADS.append(threading.current_thread())
    return
    yield


THREADS: list[threading.Thread] = []


def test_a_slow_sync_check_leaves_the_loop_ticking() -> None:
    """Peers: openai-guardrails blocks the loop."""

    @guard(Policy(input=(flag(blocking()),)))
    async def ask(prompt: str) -> str:
        return prompt

    asyncio.run(ask("x"))
    assert THREADS.pop() is not threading.main_thread()


def test_a_slow_sync_check_stays_in_its_thread_where_nobody_awaits() -> None:
    guard(Policy(input=(flag(blocking()),)))(lambda q: "x")("q")
    assert THREADS.pop() is threading.main_thread()


# -- budgets of time


@run_in
def test_an_async_model_is_cancelled_at_the_deadline(run: Callable[..., Any]) -> None:
    ended: list[str] = []

    @guard(Policy(budget=Budget(seconds=0.02)))
    async def ask(prompt: str) -> str:
        try:
            await asyncio.Event().wait()
        finally:
            ended.append("cancelled")
        return "never"

    outcome = run(ask("x"))
    assert isinstance(outcome, Abstained)
    assert [finding.kind for finding in outcome.findings] == ["budget"]
    assert ended == ["cancelled"]


@run_in
def test_an_async_stream_ends_politely_at_the_deadline(run: Callable[..., Any]) -> None:
    @guard(Policy(output=(block(containing("zz")),), budget=Budget(seconds=0.02)))
    async def ask(prompt: str) -> AsyncIterator[str]:
        yield "what was safe"
        await asyncio.Event().wait()

    async def read() -> tuple[list[str], Outcome[str]]:
        stream = ask("x")
        return [text async for text in stream], stream.outcome

    shown, outcome = run(read())
    assert shown == ["what was safe"]
    assert isinstance(outcome, Abstained)


def test_async_checks_are_cancelled_at_the_deadline() -> None:
    @guard(Policy(input=(flag(aendless()),), budget=Budget(seconds=0.02)))
    async def ask(prompt: str) -> str:
        return "never asked"

    outcome = asyncio.run(ask("x"))
    assert [finding.kind for finding in outcome.findings] == ["budget"]


def test_a_timeout_of_the_model_is_its_own() -> None:
    @guard(Policy(budget=Budget(seconds=20)))
    async def ask(prompt: str) -> str:
        raise TimeoutError("mine")

    with pytest.raises(TimeoutError, match="mine"):
        asyncio.run(ask("x"))


def test_a_sync_model_that_is_late_gives_no_answer() -> None:
    @guard(Policy(budget=Budget(seconds=0.001)))
    def ask(prompt: str) -> str:
        time.sleep(0.01)
        return "late"

    assert isinstance(ask("x"), Abstained)


# -- cancellation


@run_in
@pytest.mark.parametrize("where", ["model", "check"])
def test_cancellation_passes_through_and_leaves_no_task(
    run: Callable[..., Any], where: str
) -> None:
    rules = (flag(aendless()), flag(aendless())) if where == "check" else ()

    @guard(Policy(input=rules))
    async def ask(prompt: str) -> str:
        await asyncio.Event().wait()
        return "never"

    async def cancel() -> int:
        task = asyncio.ensure_future(ask("x"))
        await asyncio.sleep(0.01)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        return len(asyncio.all_tasks())

    assert run(cancel()) == 1


def test_a_cancelled_stream_closes_its_model() -> None:
    closed: list[str] = []

    @guard(Policy())
    async def ask(prompt: str) -> AsyncIterator[str]:
        try:
            yield "a"
            await asyncio.Event().wait()
        finally:
            closed.append("model")

    async def read() -> None:
        async for _ in ask("x"):
            pass

    async def cancel() -> None:
        task = asyncio.ensure_future(read())
        await asyncio.sleep(0.01)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(cancel())
    assert closed == ["model"]


def test_an_interrupt_passes_through() -> None:
    def model(prompt: str) -> str:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        guard(Policy())(model)("x")


# -- many at once

MIX = Policy(
    input=(redact(matching(r"\d{6}")),),
    output=(redact(containing("secret")), flag(matching(r"n\d{1,4};"))),
)


def letters(prompt: str) -> str:
    return f"{prompt} secret"


@run_in
def test_a_thousand_tasks_of_one_guard_mix_nothing(run: Callable[..., Any]) -> None:
    @guard(MIX)
    async def ask(prompt: str) -> AsyncIterator[str]:
        for piece in letters(prompt):
            await asyncio.sleep(0)
            yield piece

    async def one(n: int) -> bool:
        stream = ask(f"123456 n{n};")
        shown = "".join([text async for text in stream])
        spans = [finding.span for finding in stream.outcome.findings]
        size = len(str(n)) + 2
        expected = [Span(0, 6), Span(7, 7 + size), Span(8 + size, 14 + size)]
        return shown == f"██████ n{n}; ██████" and spans == expected

    async def many() -> list[bool]:
        return await asyncio.gather(*(one(n) for n in range(1000)))

    assert all(run(many()))


def test_sixteen_threads_of_one_guard_mix_nothing() -> None:
    ask = guard(MIX)(letters)

    def one(n: int) -> bool:
        outcome = ask(f"123456 n{n};")
        return outcome.unwrap() == f"██████ n{n}; ██████" and len(outcome.findings) == 3

    with ThreadPoolExecutor(16) as pool:
        assert all(pool.map(one, range(800)))


def test_two_interleaved_streams_never_share_text() -> None:
    """Peers: guardrails-ai#1255, a chunk buffer on the validator."""

    @guard(MIX)
    def ask(prompt: str) -> Iterator[str]:
        yield from letters(prompt)

    one, two = iter(ask("one")), iter(ask("two"))
    shown = ["", ""]
    for _ in range(20):
        shown[0] += next(one, "")
        shown[1] += next(two, "")
    assert shown == ["one ██████", "two ██████"]


def test_a_sync_guard_works_inside_a_running_loop() -> None:
    """Peers: openai-guardrails runs the loop to completion, and cannot."""

    async def inside() -> Outcome[str]:
        return guard(MIX)(letters)("hi")

    assert asyncio.run(inside()).unwrap() == "hi ██████"


def test_parallel_calls_agree_with_serial_ones() -> None:
    """Peers: guardrails#1375."""

    @guard(MIX)
    async def ask(prompt: str) -> str:
        await asyncio.sleep(0)
        return letters(prompt)

    async def both() -> tuple[list[Outcome[str]], list[Outcome[str]]]:
        parallel = await asyncio.gather(*(ask(str(n)) for n in range(20)))
        return list(parallel), [await ask(str(n)) for n in range(20)]

    parallel, serial = asyncio.run(both())
    assert parallel == serial


def test_a_call_leaves_nothing_behind() -> None:
    ask = guard(MIX)(letters)
    ask("warm")
    gc.collect()
    before = len(gc.get_objects())
    for _ in range(200):
        ask("123456")
    gc.collect()
    assert len(gc.get_objects()) - before < 50


def test_an_async_check_that_spends_is_charged() -> None:
    @check
    async def judged(text: str) -> AsyncIterator[Finding | Usage]:
        """Asks a model."""
        yield Usage(dollars=2.0)

    @guard(Policy(validators=(flag(judged()),), budget=Budget(dollars=1.0)))
    async def ask(prompt: str) -> str:
        return "x"

    outcome = asyncio.run(ask("x"))
    assert [finding.kind for finding in outcome.findings] == ["budget"]


def test_a_sync_check_in_a_loop_is_run_in_place() -> None:
    @guard(Policy(input=(flag(containing("x")),)))
    async def ask(prompt: str) -> str:
        return prompt

    assert isinstance(asyncio.run(ask("x")), Accepted)


@pytest.fixture(autouse=True, scope="module")
def _release() -> Iterator[None]:
    yield
    RELEASE.set()
