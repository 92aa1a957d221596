"""Answers that are used again."""

from __future__ import annotations

import asyncio
import logging
import os
import threading
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("redis", reason="the redis extra is not installed")

import redis
import redis.asyncio
from benchmarks.redis_server import Server, found, server
from hypothesis import given, settings
from hypothesis import strategies as st
from redis.backoff import NoBackoff
from redis.retry import Retry

from guardrails_lib import (
    Abstained,
    Accepted,
    Blocked,
    Finding,
    Guard,
    Label,
    Outcome,
    Policy,
    PolicyError,
    Reply,
    Request,
    Source,
    ToolCall,
    Usage,
    Vault,
    abstain,
    block,
    check,
    deadline,
    escalate,
    flag,
    guard,
    redact,
)
from guardrails_lib._guarded import Guarded, Shape
from guardrails_lib.checks import matching
from guardrails_lib.flows.cached import cached
from guardrails_lib.flows.cascade import cascade
from guardrails_lib.flows.disk_store import DiskStore
from guardrails_lib.flows.redis_store import AsyncRedisStore, RedisStore
from guardrails_lib.flows.stores import MemoryStore
from guardrails_lib.testing import ScriptedModel, Turn

PIN = r"\b\d{4}\b"
PINS = Policy(input=(redact(matching(PIN), restore=True),))
NAMES = Policy(input=(redact(matching(r"\b[A-Z][a-z]+\b"), restore=True),))
PLANS = Policy(output=(flag(matching("plan")),))
BOMBS = Policy(output=(block(matching("bomb")),))
DOUBTS = Policy(validators=(flag(matching("perhaps")),))
KEPT = "gpt-5-mini"
PROMPTS = ["1234", "9876", "1234 9876", "9876 1234", "1234 1234", "so 1234", "so 9876", "so", ""]
ANSWERING: list[Callable[[str], str]] = [
    str,
    lambda prompt: f"{prompt} and {prompt}",
    lambda prompt: prompt.split()[-1] if prompt else "nothing",
    lambda prompt: str(len(prompt.split())),
]


def called(model: ScriptedModel, shape: Shape, how: Guard[Any], store: Any, **more: Any) -> Any:
    """A function that calls *model* in that shape, cached, as a plain function."""

    def ask(prompt: str) -> Any:
        return model(prompt)

    async def aask(prompt: str) -> Any:
        return await model.acall(prompt)

    def stream(prompt: str) -> Iterator[Any]:
        yield from model.stream(prompt)

    async def astream(prompt: str) -> AsyncIterator[Any]:
        async for chunk in model.astream(prompt):
            yield chunk

    fn: Any = {"CALL": ask, "ACALL": aask, "STREAM": stream, "ASTREAM": astream}[shape.name]
    asking: Any = cached(how(fn), store, model=KEPT, **more)

    async def awaited(prompt: str) -> Outcome[Any]:
        if shape is Shape.ACALL:
            return await asking(prompt)  # type: ignore[no-any-return]  # it is an outcome
        given = asking(prompt)
        async for _ in given:
            pass
        return given.outcome  # type: ignore[no-any-return]  # as above

    def plainly(prompt: str) -> Outcome[Any]:
        if shape is Shape.CALL:
            return asking(prompt)  # type: ignore[no-any-return]  # as above
        if shape is Shape.STREAM:
            given = asking(prompt)
            list(given)
            return given.outcome  # type: ignore[no-any-return]  # as above
        return asyncio.run(awaited(prompt))

    return plainly


class Peeked(MemoryStore):
    """A store of which one sees what was put there."""

    def __init__(self) -> None:
        super().__init__()
        self.put_there: dict[str, bytes] = {}

    def put(self, key: str, value: bytes, ttl: float, /) -> None:
        self.put_there[key] = value
        super().put(key, value, ttl)

    @property
    def all(self) -> bytes:
        return b"".join(
            each for pair in self.put_there.items() for each in (pair[0].encode(), pair[1])
        )


SHAPES = pytest.mark.parametrize("shape", Shape, ids=lambda each: each.name)


# -- an answer is used again


@SHAPES
def test_the_second_time_the_model_is_not_asked(shape: Shape) -> None:
    model = ScriptedModel("42")
    ask = called(model, shape, guard(Policy()), MemoryStore())
    assert [ask("6 * 7?").unwrap() for _ in range(3)] == ["42"] * 3
    assert len(model.sent) == 1


@SHAPES
def test_what_is_used_again_costs_nothing_and_says_so(shape: Shape) -> None:
    model = ScriptedModel(Turn(("42",), usage=Usage(10, 2, 0.5)))
    ask = called(model, shape, guard(Policy()), MemoryStore())
    first, second = ask("6 * 7?"), ask("6 * 7?")
    assert first.record.spent == Usage(10, 2, 0.5)
    assert second.record.spent == Usage()
    assert "recalled" in {each.kind for each in second.record.events}
    assert "recalled" not in {each.kind for each in first.record.events}


@SHAPES
def test_a_refusal_is_never_kept(shape: Shape) -> None:
    model = ScriptedModel("a secret", "a secret")
    store = Peeked()
    how = guard(Policy(output=(block(matching("secret")),)))
    ask = called(model, shape, how, store)
    assert [type(ask("?")) for _ in range(2)] == [Blocked, Blocked]
    assert store.put_there == {}


@pytest.mark.parametrize("verb", [abstain, escalate, block])
def test_what_validators_refuse_is_never_kept(verb: Callable[[Any], Any]) -> None:
    model = ScriptedModel("perhaps", "perhaps")
    store = Peeked()
    how = guard(Policy(validators=(verb(matching("perhaps")),)))
    ask = called(model, Shape.CALL, how, store)
    assert not any(isinstance(ask("?"), Accepted) for _ in range(2))
    assert store.put_there == {}


@SHAPES
def test_a_model_that_fails_leaves_nothing_and_the_next_asks_again(shape: Shape) -> None:
    model = ScriptedModel(ConnectionError("gone"), "42")
    store = Peeked()
    ask = called(model, shape, guard(Policy()), store)
    with pytest.raises(ConnectionError):
        ask("?")
    assert store.put_there == {}
    assert ask("?").unwrap() == "42"


def test_an_answer_that_was_cut_off_is_never_kept() -> None:
    model = ScriptedModel(*(Reply("half an", finish="length") for _ in range(2)))
    store = Peeked()
    ask = called(model, Shape.CALL, guard(Policy()), store)
    ask("?")
    ask("?")
    assert len(model.sent) == 2
    assert store.put_there == {}


def test_a_stream_that_is_broken_off_is_never_kept_and_blocks_nobody() -> None:
    model = ScriptedModel(["one", "two"], "three")
    store = Peeked()

    @guard(Policy())
    def stream(prompt: str) -> Iterator[str | Reply[Any]]:
        yield from model.stream(prompt)

    asking = cached(stream, store, model=KEPT)
    with asking("?") as begun:
        next(iter(begun))
    assert store.put_there == {}
    assert "".join(asking("?")) == "three"


def test_it_is_asked_again_when_the_time_has_passed() -> None:
    class Clock:
        now = 0.0

        def __call__(self) -> float:
            return self.now

    clock = Clock()
    model = ScriptedModel("one", "two")
    ask = called(model, Shape.CALL, guard(Policy()), MemoryStore(clock=clock), ttl=60)
    first = ask("?").unwrap()
    clock.now = 59.0
    assert ask("?").unwrap() == first
    clock.now = 60.0
    assert ask("?").unwrap() == "two"


def test_an_answer_is_kept_between_processes_on_disk(tmp_path: Path) -> None:
    def ask_once(answer: str) -> str:
        with DiskStore(tmp_path / "answers.db") as store:
            return called(ScriptedModel(answer), Shape.CALL, guard(Policy()), store)("?").unwrap()  # type: ignore[no-any-return]  # it is a text

    assert [ask_once("one"), ask_once("two")] == ["one", "one"]


# -- labels, policies, models


def test_another_policy_does_not_get_it() -> None:
    """GoModel#971, tale#1596: what one policy let pass was served under another."""
    store = MemoryStore()
    loose, strict = ScriptedModel("pin 1234"), ScriptedModel("no")
    assert called(loose, Shape.CALL, guard(Policy()), store)("?").unwrap() == "pin 1234"
    strictly = guard(Policy(output=(block(matching("pin")),)))
    assert called(strict, Shape.CALL, strictly, store)("?").unwrap() == "no"


def test_another_clearance_does_not_get_it() -> None:
    """tale#1596: data of a class went to whoever asked the same."""
    store = MemoryStore()
    model = ScriptedModel("one", "two")
    for cleared_for, answer in ((Label.PUBLIC, "one"), (Label.INTERNAL, "two")):
        how = guard(Policy(), cleared_for=cleared_for)
        assert called(model, Shape.CALL, how, store)("?").unwrap() == answer


def test_the_label_of_the_source_is_part_of_the_key_and_of_the_answer() -> None:
    """tale#1596, instructor#2585: an entry keeps its label, and labels are apart."""
    model = ScriptedModel("one", "two")

    @guard(Policy())
    def ask(request: Request) -> Reply[Any]:
        return model(request)

    asking = cached(ask, MemoryStore(), model=KEPT)
    for label, answer in ((Label.PUBLIC, "one"), (Label.RESTRICTED, "two")):
        for _ in range(2):
            outcome = asking(Request("?", [Source("kb://1", "text", label)]))
            assert outcome.unwrap() == answer
            assert outcome.record.label is label
    assert len(model.sent) == 2


def test_another_model_does_not_get_it() -> None:
    """litellm-rs#1341: the key had no model in it."""
    store = MemoryStore()
    model = ScriptedModel("small", "large")

    @guard(Policy())
    def ask(prompt: str) -> Reply[Any]:
        return model(prompt)

    for name in ("small", "large"):
        assert cached(ask, store, model=name)("?").unwrap() == name


def test_another_function_does_not_get_it() -> None:
    store = MemoryStore()

    def asking(prompt: str) -> Callable[[str], Outcome[str]]:
        @guard(Policy())
        def ask(text: str) -> str:
            return prompt + text

        return cached(ask, store, model=KEPT)

    assert asking("Translate: ")("ja").unwrap() == "Translate: ja"
    assert asking("Shorten: ")("ja").unwrap() == "Shorten: ja"


def test_another_argument_does_not_get_it() -> None:
    @guard(Policy())
    def ask(prompt: str, *, temperature: float) -> str:
        return f"{temperature}"

    asking = cached(ask, MemoryStore(), model=KEPT)
    assert asking("?", temperature=0.0).unwrap() == "0.0"
    assert asking("?", temperature=1.0).unwrap() == "1.0"


# -- what is redacted


def test_nothing_redacted_is_in_the_store() -> None:
    """GoModel#971: the key was made of the text before it was redacted, and served."""
    store = Peeked()
    ask = called(ScriptedModel("fine"), Shape.CALL, guard(PINS), store)
    ask("my pin is 1234")
    assert store.put_there
    assert b"1234" not in store.all
    assert b"my pin" not in store.all


def echo(prompt: str) -> str:
    return f"so: {prompt}"


def test_restored_values_are_never_in_the_store() -> None:
    store = Peeked()
    asking = cached(guard(PINS)(echo), store, model=KEPT)
    assert asking("my pin is 1234").unwrap() == "so: my pin is 1234"
    assert store.put_there
    assert b"1234" not in store.all


def test_two_who_ask_the_same_with_other_names_share_an_answer_and_get_their_own() -> None:
    """GoModel#971: the answer to another person had that person's name in it."""
    asked: list[str] = []

    def ask(prompt: str) -> str:
        asked.append(prompt)
        return f"so: {prompt}"

    asking = cached(guard(PINS)(ask), MemoryStore(), model=KEPT)
    assert asking("my pin is 1234").unwrap() == "so: my pin is 1234"
    assert asking("my pin is 9876").unwrap() == "so: my pin is 9876"
    assert len(asked) == 1


def test_conversations_with_vaults_of_their_own_share_an_answer() -> None:
    asked: list[str] = []

    def ask(prompt: str) -> str:
        asked.append(prompt)
        return f"so: {prompt}"

    asking: Any = cached(guard(PINS)(ask), MemoryStore(), model=KEPT)
    assert asking("my pin is 1234", vault=Vault()).unwrap() == "so: my pin is 1234"
    assert asking("my pin is 9876", vault=Vault()).unwrap() == "so: my pin is 9876"
    assert len(asked) == 1


def test_another_argument_that_cannot_be_read_is_refused() -> None:
    @guard(Policy())
    def ask(prompt: str, session: object) -> str:
        return "fine"

    asking = cached(ask, MemoryStore(), model=KEPT)
    with pytest.raises(PolicyError, match="cannot tell one"):
        asking("?", object())


def test_who_owes_whom_is_not_mixed_up() -> None:
    asking = cached(guard(NAMES)(echo), MemoryStore(), model=KEPT)
    assert asking("Ann owes five to Bob").unwrap() == "so: Ann owes five to Bob"
    assert asking("Bob owes five to Ann").unwrap() == "so: Bob owes five to Ann"
    assert asking("Ann owes five to Ann").unwrap() == "so: Ann owes five to Ann"


# -- the rules look again


def test_output_rules_look_at_an_answer_that_is_used_again() -> None:
    """aisix#490: what came from the cache was looked at by nobody."""
    ask = called(ScriptedModel("a plan"), Shape.CALL, guard(PLANS), MemoryStore())
    for outcome in (ask("?"), ask("?")):
        assert [each.where for each in outcome.findings] == ["reply"]
        assert outcome.record.coverage["reply"]


@SHAPES
def test_what_was_put_into_the_store_by_others_is_looked_at(shape: Shape) -> None:
    """aisix#490: whoever can write to the store is no model, and no policy."""

    class Poisoned(MemoryStore):
        def get(self, key: str, /) -> bytes | None:
            found = super().get(key)
            return found and found.replace(b"a plan", b"a bomb")

    ask = called(ScriptedModel("a plan"), shape, guard(BOMBS), Poisoned())
    assert ask("?").unwrap() == "a plan"
    assert isinstance(ask("?"), Blocked)


def test_tool_calls_are_kept_and_looked_at_again() -> None:
    @check
    def dear(call: ToolCall) -> Iterator[Finding]:
        """A call that costs."""
        yield Finding("it costs")

    reply: Reply[Any] = Reply(tool_calls=(ToolCall("pay", {"to": "Ann", "n": 5}, "c1"),))
    model = ScriptedModel(reply)
    ask = called(model, Shape.CALL, guard(Policy(tools=(flag(dear()),))), MemoryStore())
    first, second = ask("?"), ask("?")
    assert first.tool_calls == second.tool_calls == reply.tool_calls
    assert len(first.findings) == len(second.findings) == 1


def test_what_validators_flagged_is_there_again() -> None:
    ask = called(ScriptedModel("perhaps"), Shape.CALL, guard(DOUBTS), MemoryStore())
    first, second = ask("?"), ask("?")
    assert first.findings == second.findings
    assert len(second.findings) == 1


def test_a_typed_answer_is_read_again() -> None:
    model = ScriptedModel("[1, 2]")
    ask = called(model, Shape.CALL, guard(Policy(), returns=list[int]), MemoryStore())
    assert [ask("?").unwrap(), ask("?").unwrap()] == [[1, 2], [1, 2]]


def test_another_type_is_asked_for_anew() -> None:
    store = MemoryStore()
    model = ScriptedModel("[1]", "[1.5]")
    assert called(model, Shape.CALL, guard(Policy(), returns=list[int]), store)("?").unwrap() == [1]
    assert called(model, Shape.CALL, guard(Policy(), returns=list[float]), store)("?").unwrap() == [
        1.5
    ]


# -- at the same time


class Slow:
    """A model that answers when it may, and counts."""

    def __init__(self, *answers: str) -> None:
        self.asked = 0
        self.answers = answers
        self.may = threading.Event()

    def __call__(self, prompt: str) -> str:
        self.asked += 1
        answer = self.answers[self.asked - 1]
        self.may.wait(20)
        return answer

    async def acall(self, prompt: str) -> str:
        self.asked += 1
        answer = self.answers[self.asked - 1]
        while not self.may.is_set():
            await asyncio.sleep(0.001)
        return answer


def waiters(asking: Callable[..., Any]) -> int:
    flying = asking.__guarded__.guard.cache._flights._flying  # type: ignore[attr-defined]  # it is guarded
    return sum(len(each.waiting) for each in flying.values())


def wait_for(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not true():
        assert time.monotonic() < end
        time.sleep(0.001)


def test_a_hundred_threads_ask_once() -> None:
    model = Slow("42")
    asking = cached(guard(Policy())(model), MemoryStore(), model=KEPT)
    with ThreadPoolExecutor(100) as pool:
        calls = [pool.submit(asking, "?") for _ in range(100)]
        wait_for(lambda: waiters(asking) == 99)
        model.may.set()
        assert {each.result(20).unwrap() for each in calls} == {"42"}
    assert model.asked == 1


async def aslow(model: Slow) -> Callable[[str], Awaitable[Outcome[str]]]:
    @guard(Policy())
    async def ask(prompt: str) -> str:
        return await model.acall(prompt)

    return cached(ask, MemoryStore(), model=KEPT)


def test_a_hundred_tasks_ask_once() -> None:
    async def run() -> None:
        model = Slow("42")
        asking = await aslow(model)
        calls = [asyncio.ensure_future(asking("?")) for _ in range(100)]
        while waiters(asking) < 99:
            await asyncio.sleep(0)
        model.may.set()
        assert {(await each).unwrap() for each in calls} == {"42"}
        assert model.asked == 1

    asyncio.run(run())


def test_when_the_first_is_cancelled_the_second_asks() -> None:
    async def run() -> None:
        model = Slow("one", "two", "three")
        asking = await aslow(model)
        calls = [asyncio.ensure_future(asking("?")) for _ in range(5)]
        while waiters(asking) < 4:
            await asyncio.sleep(0)
        calls[0].cancel()
        model.may.set()
        assert {(await each).unwrap() for each in calls[1:]} == {"two"}
        assert calls[0].cancelled()
        assert model.asked == 2

    asyncio.run(run())


def test_who_is_cancelled_while_the_answer_is_kept_gives_it_to_the_others() -> None:
    class Slowly(MemoryStore):
        async def aput(self, key: str, value: bytes, ttl: float, /) -> None:
            keeping.set()
            await asyncio.Event().wait()

    keeping = asyncio.Event()

    async def run() -> None:
        model = Slow("42")
        model.may.set()

        @guard(Policy())
        async def ask(prompt: str) -> str:
            await asyncio.sleep(0)
            return await model.acall(prompt)

        asking = cached(ask, Slowly(), model=KEPT)
        first, second = (asyncio.ensure_future(asking("?")) for _ in range(2))
        await keeping.wait()
        first.cancel()
        assert (await second).unwrap() == "42"
        assert model.asked == 1

    asyncio.run(run())


def test_when_the_first_is_refused_the_second_asks() -> None:
    model = Slow("a secret", "fine", "fine")

    @guard(Policy(output=(block(matching("secret")),)))
    def ask(prompt: str) -> str:
        return model(prompt)

    asking = cached(ask, MemoryStore(), model=KEPT)
    with ThreadPoolExecutor(5) as pool:
        calls = [pool.submit(asking, "?") for _ in range(5)]
        wait_for(lambda: waiters(asking) == 4)
        model.may.set()
        outcomes = [each.result(20) for each in calls]
    assert sorted(type(each).__name__ for each in outcomes) == ["Accepted"] * 4 + ["Blocked"]
    assert model.asked == 2


def test_when_the_first_fails_the_second_asks() -> None:
    model = ScriptedModel(Turn(error=ConnectionError("gone"), seconds=0.05), "fine")
    asking = cached(guard(Policy())(model), MemoryStore(), model=KEPT)
    with ThreadPoolExecutor(4) as pool:
        calls = [pool.submit(asking, "?") for _ in range(4)]
        errors = [each.exception(20) for each in calls]
    assert sorted(type(each).__name__ for each in errors) == ["ConnectionError"] + ["NoneType"] * 3


def test_who_has_no_time_left_does_not_wait() -> None:
    model = Slow("42", "43")
    asking = cached(guard(Policy())(model), MemoryStore(), model=KEPT)

    def hurried() -> Outcome[str]:
        with deadline(0.05):
            return asking("?")

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(asking, "?")
        wait_for(lambda: model.asked == 1)
        assert isinstance(pool.submit(hurried).result(20), Abstained)
        model.may.set()
        assert first.result(20).unwrap() == "42"
    assert model.asked == 1


# -- laws


@settings(max_examples=40)
@given(st.lists(st.sampled_from(PROMPTS), max_size=8), st.sampled_from(ANSWERING))
def test_with_a_cache_everybody_gets_what_they_would_have_got(
    prompts: list[str], answering: Callable[[str], str]
) -> None:
    """GoModel#971: whatever was asked before, and by whom."""

    def ask(prompt: str) -> str:
        return answering(prompt)

    plain = guard(PINS)(ask)
    asking = cached(plain, MemoryStore(), model=KEPT)
    assert [asking(each).unwrap() for each in prompts] == [plain(each).unwrap() for each in prompts]


# -- a store that fails


class Broken:
    """A store that can do nothing, and says why in words that nobody may read."""

    def __init__(self) -> None:
        self.asked = 0

    def get(self, key: str, /) -> bytes | None:
        self.asked += 1
        raise OSError("the pin is 1234")

    def put(self, key: str, value: bytes, ttl: float, /) -> None:
        raise OSError("the pin is 1234")

    def delete(self, key: str, /) -> None:
        raise OSError("the pin is 1234")


@SHAPES
def test_a_store_that_fails_is_a_miss(shape: Shape, caplog: pytest.LogCaptureFixture) -> None:
    model = ScriptedModel("one", "two")
    ask = called(model, shape, guard(Policy()), Broken())
    with caplog.at_level(logging.WARNING):
        assert [ask("?").unwrap(), ask("?").unwrap()] == ["one", "two"]
    assert [each.getMessage() for each in caplog.records] == [
        "a cache could not give an answer (OSError): calls go on without it"
    ]


def test_a_store_that_failed_is_left_alone_for_a_while() -> None:
    """Each time may take as long as its time-out."""
    store = Broken()
    ask = called(ScriptedModel("one", "two"), Shape.CALL, guard(Policy()), store)
    ask("?")
    ask("?")
    assert store.asked == 1


def test_redis_that_is_gone_is_a_miss(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    client = redis.Redis(unix_socket_path=str(tmp_path / "none"), retry=Retry(NoBackoff(), 0))
    with client, caplog.at_level(logging.WARNING):
        ask = called(ScriptedModel("one"), Shape.CALL, guard(Policy()), RedisStore(client))
        assert ask("?").unwrap() == "one"
    assert "ConnectionError" in caplog.text


def test_a_disk_that_is_full_is_a_miss(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with DiskStore(tmp_path / "answers.db") as store, caplog.at_level(logging.WARNING):
        store._connection().execute("PRAGMA max_page_count = 8")
        ask = called(ScriptedModel("a" * 100_000), Shape.CALL, guard(Policy()), store)
        assert len(ask("?").unwrap()) == 100_000
    assert "could not keep an answer (OperationalError)" in caplog.text


def test_a_folder_that_is_not_there_is_a_miss(tmp_path: Path) -> None:
    with DiskStore(tmp_path / "none" / "answers.db") as store:
        ask = called(ScriptedModel("one"), Shape.CALL, guard(Policy()), store)
        assert ask("?").unwrap() == "one"


@pytest.fixture
def running() -> Iterator[Server]:
    """A server of its own: it is killed."""
    if found() is None:
        if os.environ.get("CI") == "true":
            pytest.fail("CI runs with a Redis server: redis-server is not there")
        pytest.skip("no Redis server is installed")
    with server() as made:
        yield made


def test_redis_that_goes_between_two_calls_is_a_miss(running: Server) -> None:
    client = redis.Redis(unix_socket_path=running.path, retry=Retry(NoBackoff(), 0))
    with client:
        model = ScriptedModel("one", "two")
        ask = called(model, Shape.CALL, guard(Policy()), RedisStore(client))
        assert [ask("?").unwrap() for _ in range(2)] == ["one", "one"]
        running.stop()
        assert ask("?").unwrap() == "two"


def test_redis_that_goes_while_the_model_answers_changes_nothing(running: Server) -> None:
    client = redis.Redis(unix_socket_path=running.path, retry=Retry(NoBackoff(), 0))

    def model(prompt: str) -> str:
        running.stop()
        return "one"

    with client:
        asking = cached(guard(Policy())(model), RedisStore(client), model=KEPT)
        assert asking("?").unwrap() == "one"


def test_an_async_function_has_a_store_that_is_awaited(running: Server) -> None:
    async def run() -> list[str]:
        async with redis.asyncio.Redis(unix_socket_path=running.path) as client:
            model = ScriptedModel("one")

            @guard(Policy())
            async def ask(prompt: str) -> Reply[Any]:
                return await model.acall(prompt)

            asking = cached(ask, AsyncRedisStore(client), model=KEPT)
            return [(await asking("?")).unwrap() for _ in range(2)]

    assert asyncio.run(run()) == ["one", "one"]


@SHAPES
def test_every_function_has_a_store_that_is_not_awaited(shape: Shape, tmp_path: Path) -> None:
    with DiskStore(tmp_path / "answers.db") as store:
        ask = called(ScriptedModel("one"), shape, guard(Policy()), store)
        assert [ask("?").unwrap() for _ in range(2)] == ["one", "one"]


def test_what_cannot_be_read_is_a_miss_and_replaced() -> None:
    class Garbled(Peeked):
        def get(self, key: str, /) -> bytes | None:
            return b"\xff" if len(self.put_there) < 2 else super().get(key)

    model = ScriptedModel("one", "two")
    ask = called(model, Shape.CALL, guard(Policy()), Garbled())
    assert [ask("?").unwrap(), ask("?").unwrap()] == ["one", "two"]


def test_a_store_that_gives_something_else_is_a_miss() -> None:
    class Odd(MemoryStore):
        def get(self, key: str, /) -> Any:
            return memoryview(b"[]")

    ask = called(ScriptedModel("one"), Shape.CALL, guard(Policy()), Odd())
    assert ask("?").unwrap() == "one"


# -- in a flow


def test_a_step_of_a_cascade_may_be_cached() -> None:
    small, large = ScriptedModel("perhaps"), ScriptedModel("42", "42")
    unsure = guard(Policy(validators=(abstain(matching("perhaps")),)))
    surely = cached(guard(Policy())(large), MemoryStore(), model="large")
    asking = cascade(unsure(lambda prompt: small("?")), surely)
    assert asking("?").unwrap() == "42"
    assert surely("?").record.spent == Usage()
    assert len(large.sent) == 1


# -- wrong use


def test_what_is_not_guarded_is_not_cached() -> None:
    with pytest.raises(PolicyError, match="is not guarded"):
        cached(echo, MemoryStore(), model=KEPT)


def test_a_flow_is_not_cached() -> None:
    def flow(prompt: str) -> str:
        return prompt

    flow.__guarded__ = Guarded(Shape.CALL)  # type: ignore[attr-defined]  # as flows have it
    with pytest.raises(PolicyError, match="a flow is not cached"):
        cached(flow, MemoryStore(), model=KEPT)


def test_nothing_is_cached_twice() -> None:
    asking = cached(guard(Policy())(echo), MemoryStore(), model=KEPT)
    with pytest.raises(PolicyError, match="cached already"):
        cached(asking, MemoryStore(), model=KEPT)


@pytest.mark.parametrize("ttl", [0, -1, float("nan"), float("inf"), True])
def test_the_time_is_some_seconds(ttl: float) -> None:
    with pytest.raises(PolicyError, match="more than 0"):
        cached(guard(Policy())(echo), MemoryStore(), ttl, model=KEPT)


def test_the_model_has_a_name() -> None:
    with pytest.raises(PolicyError, match="name of the model"):
        cached(guard(Policy())(echo), MemoryStore(), model="")


@pytest.mark.parametrize("store", [None, {}, "answers.db", object()], ids=lambda _: None)
def test_a_store_is_a_store(store: Any) -> None:
    with pytest.raises(PolicyError):
        cached(guard(Policy())(echo), store, model=KEPT)


def test_a_function_that_is_not_async_has_a_store_that_is_not() -> None:
    class Later:
        async def aget(self, key: str, /) -> bytes | None: ...
        async def aput(self, key: str, value: bytes, ttl: float, /) -> None: ...
        async def adelete(self, key: str, /) -> None: ...

    with pytest.raises(PolicyError, match="for async functions alone"):
        cached(guard(Policy())(echo), Later(), model=KEPT)


def test_what_cannot_be_told_apart_is_refused() -> None:
    @guard(Policy())
    def ask(request: Request) -> str:
        return "fine"

    asking = cached(ask, MemoryStore(), model=KEPT)
    with pytest.raises(PolicyError, match="cannot tell one"):
        asking(Request("?", tools=[print]))


def test_the_function_as_it_was_is_not_cached() -> None:
    model = ScriptedModel("one", "two", "three")
    ask = guard(Policy())(model)
    asking = cached(ask, MemoryStore(), model=KEPT)
    asking("?")
    assert ask("?").unwrap() == "two"
    assert ask("?").unwrap() == "three"
