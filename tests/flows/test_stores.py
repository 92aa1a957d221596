"""Where answers are kept."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

pytest.importorskip("redis", reason="the redis extra is not installed")

import redis
import redis.asyncio
from benchmarks.redis_server import Server, found, server
from hypothesis import given, settings
from hypothesis import strategies as st
from redis.backoff import NoBackoff
from redis.retry import Retry

from guardrails_lib import Evidence, Finding, Label, PolicyError, Span, ToolCall
from guardrails_lib._kept import Kept
from guardrails_lib.flows.disk_store import DiskStore
from guardrails_lib.flows.kept_json import kept_of, written
from guardrails_lib.flows.redis_store import AsyncRedisStore, RedisStore
from guardrails_lib.flows.stores import AsyncStore, MemoryStore, Store


class Clock:
    """A time that passes when it is told to."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(scope="module")
def running() -> Iterator[Server]:
    """A server, started for these tests. CI has one; elsewhere it may be missing."""
    if found() is None:
        if os.environ.get("CI") == "true":
            pytest.fail("CI runs with a Redis server: redis-server is not there")
        pytest.skip("no Redis server is installed")
    with server() as made:
        yield made


@pytest.fixture(params=["memory", "disk", "redis", "redis that decodes"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    if request.param == "memory":
        yield MemoryStore()
    elif request.param == "disk":
        with DiskStore(tmp_path / "answers.db") as made:
            yield made
    else:
        path = request.getfixturevalue("running").path
        decodes = "decodes" in request.param
        with redis.Redis(unix_socket_path=path, decode_responses=decodes) as client:
            client.flushall()
            yield RedisStore(client)


# -- every store


def test_it_is_a_store(store: Store) -> None:
    assert isinstance(store, Store)


def test_what_is_put_is_there(store: Store) -> None:
    store.put("k", b"answer", 60)
    assert store.get("k") == b"answer"


def test_what_is_not_put_is_not_there(store: Store) -> None:
    assert store.get("k") is None


def test_what_is_put_last_is_there(store: Store) -> None:
    store.put("k", b"one", 60)
    store.put("k", "zwei: ä".encode(), 60)
    assert store.get("k") == "zwei: ä".encode()


def test_what_is_deleted_is_not_there(store: Store) -> None:
    store.put("k", b"answer", 60)
    store.delete("k")
    store.delete("k")
    assert store.get("k") is None


def test_it_is_gone_when_its_time_has_passed(store: Store) -> None:
    store.put("k", b"answer", 0.02)
    store.put("other", b"answer", 60)
    end = time.monotonic() + 10
    while store.get("k") is not None:
        assert time.monotonic() < end
    assert store.get("other") == b"answer"


def test_many_threads_use_it_at_once(store: Store) -> None:
    def use(n: int) -> bytes | None:
        store.put(f"k{n % 5}", b"answer", 60)
        return store.get(f"k{n % 5}")

    with ThreadPoolExecutor(8) as pool:
        assert {*pool.map(use, range(80))} == {b"answer"}


# -- in memory


def test_the_least_asked_for_goes_first() -> None:
    store = MemoryStore(most=2)
    store.put("a", b"1", 60)
    store.put("b", b"2", 60)
    store.get("a")
    store.put("c", b"3", 60)
    assert [store.get(key) for key in "abc"] == [b"1", None, b"3"]
    assert len(store._held) == 2


def test_in_memory_time_is_the_clock_s() -> None:
    clock = Clock()
    store = MemoryStore(clock=clock)
    store.put("k", b"answer", 60)
    clock.now += 59.9
    assert store.get("k") == b"answer"
    clock.now += 0.1
    assert store.get("k") is None
    assert len(store._held) == 0


def test_in_memory_it_is_awaited_too() -> None:
    async def run() -> list[bytes | None]:
        store = MemoryStore()
        await store.aput("k", b"answer", 60)
        before = await store.aget("k")
        await store.adelete("k")
        return [before, await store.aget("k")]

    assert asyncio.run(run()) == [b"answer", None]
    assert isinstance(MemoryStore(), AsyncStore)


@pytest.mark.parametrize("most", [0, -1, 1.5, True])
@pytest.mark.parametrize("kind", [MemoryStore, lambda most: DiskStore("answers.db", most)])
def test_how_many_is_a_whole_number(kind: Callable[[float], Store], most: float) -> None:
    with pytest.raises(PolicyError, match="at least 1"):
        kind(most)


# -- on disk


def test_making_a_store_touches_nothing(tmp_path: Path) -> None:
    DiskStore(tmp_path / "answers.db")
    assert [*tmp_path.iterdir()] == []


def test_the_files_are_for_their_owner_alone(tmp_path: Path) -> None:
    with DiskStore(tmp_path / "answers.db") as store:
        store.put("k", b"answer", 60)
        modes = {stat.S_IMODE(each.stat().st_mode) for each in tmp_path.iterdir()}
    assert modes == {0o600}


def test_it_is_there_when_it_is_opened_again(tmp_path: Path) -> None:
    with DiskStore(tmp_path / "answers.db") as store:
        store.put("k", b"answer", 60)
    with DiskStore(tmp_path / "answers.db") as store:
        assert store.get("k") == b"answer"


def test_a_closed_store_opens_again(tmp_path: Path) -> None:
    with DiskStore(tmp_path / "answers.db") as store:
        store.put("k", b"answer", 60)
        store.close()
        assert store.get("k") == b"answer"


def test_of_too_many_the_oldest_go(tmp_path: Path) -> None:
    with DiskStore(tmp_path / "answers.db", most=3) as store:
        for n in range(10):
            store.put(f"k{n}", b"answer", 60)
        assert [n for n in range(10) if store.get(f"k{n}")] == [7, 8, 9]


def test_what_is_too_old_leaves_the_file(tmp_path: Path) -> None:
    clock = Clock()
    with DiskStore(tmp_path / "answers.db", clock=clock) as store:
        store.put("old", b"answer", 60)
        clock.now += 60
        store.put("new", b"answer", 60)
        with closing(sqlite3.connect(tmp_path / "answers.db")) as file:
            assert file.execute("SELECT key FROM answers").fetchall() == [("new",)]


def test_several_processes_use_one_file(tmp_path: Path) -> None:
    path = tmp_path / "answers.db"
    work = (
        "import sys\n"
        "from guardrails_lib.flows.disk_store import DiskStore\n"
        "with DiskStore(sys.argv[1], seconds=20) as store:\n"
        "    for n in range(20):\n"
        "        store.put(f'{sys.argv[2]}-{n}', b'answer', 60)\n"
    )
    running = [subprocess.Popen([sys.executable, "-c", work, path, str(n)]) for n in range(3)]
    assert [each.wait(60) for each in running] == [0, 0, 0]
    with DiskStore(path) as store:
        assert all(store.get(f"{p}-{n}") == b"answer" for p in range(3) for n in range(20))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork")
def test_a_fork_opens_the_file_for_itself(tmp_path: Path) -> None:
    work = (
        "import os, sys\n"
        "from guardrails_lib.flows.disk_store import DiskStore\n"
        "store = DiskStore(sys.argv[1])\n"
        "store.put('k', b'answer', 60)\n"
        "child = os.fork()\n"
        "if child == 0:\n"
        "    store.put('child', store.get('k'), 60)\n"
        "    store.close()\n"
        "    os._exit(0)\n"
        "os.waitpid(child, 0)\n"
        "assert store.get('child') == b'answer'\n"
        "store.close()\n"
    )
    subprocess.run([sys.executable, "-c", work, tmp_path / "answers.db"], check=True)


def test_a_locked_file_raises_soon(tmp_path: Path) -> None:
    path = tmp_path / "answers.db"
    with DiskStore(path, seconds=0.01) as store:
        store.put("k", b"answer", 60)
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            with pytest.raises(sqlite3.OperationalError):
                store.put("k", b"another", 60)
            assert store.get("k") == b"answer"  # who reads does not wait for who writes


def test_a_file_that_is_no_database_raises(tmp_path: Path) -> None:
    (tmp_path / "answers.db").write_bytes(b"something else" * 100)
    with (
        DiskStore(tmp_path / "answers.db") as store,
        pytest.raises(sqlite3.DatabaseError),
    ):
        store.get("k")


# -- in Redis


def test_redis_forgets_by_itself(running: Server) -> None:
    with redis.Redis(unix_socket_path=running.path) as client:
        client.flushall()
        RedisStore(client, prefix="mine:").put("k", b"answer", 60)
        assert client.keys() == [b"mine:k"]
        assert 59_000 < int(str(client.pttl("mine:k"))) <= 60_000


def test_in_redis_it_is_awaited_too(running: Server) -> None:
    async def run() -> list[bytes | None]:
        async with redis.asyncio.Redis(unix_socket_path=running.path) as client:
            await client.flushall()
            store = AsyncRedisStore(client)
            assert isinstance(store, AsyncStore)
            await store.aput("k", b"answer", 60)
            before = await store.aget("k")
            await store.adelete("k")
            return [before, await store.aget("k")]

    assert asyncio.run(run()) == [b"answer", None]


def test_the_client_must_fit_the_store() -> None:
    with pytest.raises(PolicyError, match="use AsyncRedisStore"):
        RedisStore(redis.asyncio.Redis())
    with pytest.raises(PolicyError, match="use RedisStore"):
        AsyncRedisStore(redis.Redis())


def test_a_server_that_is_gone_raises(tmp_path: Path) -> None:
    with (
        redis.Redis(unix_socket_path=str(tmp_path / "none"), retry=Retry(NoBackoff(), 0)) as client,
        pytest.raises(redis.ConnectionError),
    ):
        RedisStore(client).get("k")


# -- the codec

TEXTS = st.text(max_size=5) | st.sampled_from(["\ud83d\ude00", "😀", "\x00[PERSON_1]", '"'])
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXTS,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(TEXTS, inner, max_size=2),
    max_leaves=4,
)
SPANS = st.none() | st.builds(Span, st.integers(0, 9), st.integers(0, 9))
SCORES = st.floats(0, 1)
EVIDENCE = st.none() | st.builds(Evidence, TEXTS, TEXTS, SPANS, SCORES)
FINDINGS = st.builds(
    Finding, TEXTS, SPANS, SCORES, TEXTS, TEXTS, TEXTS, st.none() | TEXTS, EVIDENCE
)
CALLS = st.builds(ToolCall, TEXTS, st.dictionaries(TEXTS, PLAIN, max_size=2) | TEXTS, TEXTS)
KEPT = st.builds(
    Kept,
    TEXTS,
    st.lists(CALLS, max_size=2).map(tuple),
    st.lists(FINDINGS, max_size=2).map(tuple),
    st.sampled_from(Label),
    TEXTS,
)


@settings(max_examples=60)
@given(KEPT)
def test_what_is_written_is_read_again_the_same_or_not_written(kept: Kept) -> None:
    data = written(kept)
    finite = "inf" not in repr(kept.tool_calls)
    assert data is not None or not finite
    assert data is None or kept_of(data) == kept


@pytest.mark.parametrize(
    "arguments",
    [{"day": (1, 2)}, {"n": {1: "a"}}, {"x": float("nan")}, {"b": b"1"}, {"s": {1}}],
    ids=str,
)
def test_what_is_no_json_is_not_written(arguments: dict[str, object]) -> None:
    assert written(Kept("", (ToolCall("add", arguments),))) is None


WHOLE = written(Kept("text", (ToolCall("add", {"a": 1}, "1"),), (Finding("m", Span(0, 1)),)))


@pytest.mark.parametrize(
    "data",
    [
        *(b"", b"null", b"[]", b"{}", b"answer", b"\xff\xfe", b"[1]", b"[" * 100_000),
        *(b'[2,"text",[],[],0,""]', b'[1,"text",[],[],9,""]', b'[1,"text",[],[],-1,""]'),
        *(b'[1,5,[],[],0,""]', b'[1,"text",{},[],0,""]', b'[1,"text",[],"",0,""]'),
        *(b'[1,"text",[],[],0,null]', b'[1,"text",[["a"]],[],0,""]', b'[1,"text",[5],[],0,""]'),
        *(b'[1,"text",[["a",5,""]],[],0,""]', b'[1,"text",[["a",{},5]],[],0,""]'),
        *(b'[1,"text",[],[["m"]],0,""]', b'[1,"text",[["a",{"x":NaN},""]],[],0,""]'),
        *(b'[1,"text",[],[],0,"",7]', b'{"0":1,"1":"","2":[],"3":[],"4":0,"5":""}'),
        *(b'[1,"text",[],[],true,""]', b'[1,"text",[],[],0.0,""]'),
    ],
    ids=lambda _: None,
)
def test_what_is_something_else_is_no_answer(data: bytes) -> None:
    assert kept_of(data) is None


def test_part_of_what_was_written_is_no_answer() -> None:
    assert WHOLE is not None
    assert kept_of(WHOLE) is not None
    assert [n for n in range(len(WHOLE)) if kept_of(WHOLE[:n]) is not None] == []
