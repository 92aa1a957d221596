"""What every ledger does: in memory, in Redis, and in Redis from asyncio."""

from __future__ import annotations

import asyncio
import itertools
import os
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Protocol

import pytest
from benchmarks.redis_server import found, server
from hypothesis import given, settings
from hypothesis import strategies as st

from guardrails_lib import AsyncLedger, Held, Ledger, LedgerError, Overspent
from guardrails_lib.spend import AsyncRedisLedger, Limit, MemoryLedger, RedisLedger, scripts

ANN, BOB = {"user": "ann@example.com"}, {"user": "bob@example.com"}
NEW_YEAR = 4_102_444_800
"""The year 2100 begins, on a Friday: later than now, as Redis drops what has ended."""
DAY = 86_400
NAMES = itertools.count()


class Clock:
    """A time that is what one says it is, for a ledger in memory and for Redis."""

    def __init__(self) -> None:
        self.now = float(NEW_YEAR)
        self.told: Callable[[float], object] = lambda now: None

    def __call__(self) -> float:
        return self.now

    def wait(self, seconds: float) -> None:
        self.now += seconds
        self.told(self.now)


class Books(Protocol):
    """What all of them have."""

    def reserve(self, who: Mapping[str, str], dollars: float, /) -> Held | Overspent: ...
    def settle(self, held: Held, dollars: float, /) -> None: ...
    def spent(self, who: Mapping[str, str]) -> dict[Limit, float]: ...
    def left(self, who: Mapping[str, str]) -> dict[Limit, float]: ...
    def unsettled(self, *, older_than: float = 0.0) -> tuple[Held, ...]: ...


class Awaited:
    """A ledger of asyncio, run by somebody who waits."""

    def __init__(self, ledger: AsyncRedisLedger, runner: asyncio.Runner) -> None:
        self._ledger = ledger
        self._run = runner.run

    def reserve(self, who: Mapping[str, str], dollars: float, /) -> Held | Overspent:
        return self._run(self._ledger.areserve(who, dollars))

    def settle(self, held: Held, dollars: float, /) -> None:
        self._run(self._ledger.asettle(held, dollars))

    def spent(self, who: Mapping[str, str]) -> dict[Limit, float]:
        return self._run(self._ledger.aspent(who))

    def left(self, who: Mapping[str, str]) -> dict[Limit, float]:
        return self._run(self._ledger.aleft(who))

    def unsettled(self, *, older_than: float = 0.0) -> tuple[Held, ...]:
        return self._run(self._ledger.aunsettled(older_than=older_than))


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """A server, started for these tests. CI has one; elsewhere it may be missing."""
    pytest.importorskip("redis", reason="the redis extra is not installed")
    if found() is None:
        if os.environ.get("CI") == "true":
            pytest.fail("CI runs with a Redis server: redis-server is not there")
        pytest.skip("no Redis server is installed")
    with server() as started:
        yield started.url


@pytest.fixture(scope="module")
def client(url: str) -> Iterator[Any]:
    import redis

    with redis.Redis.from_url(url) as made:
        yield made


@pytest.fixture(scope="module")
def runner() -> Iterator[asyncio.Runner]:
    with asyncio.Runner() as made:
        yield made


@pytest.fixture(scope="module")
def aclient(url: str, runner: asyncio.Runner) -> Iterator[Any]:
    """It gives texts and not bytes, as some clients are told."""
    import redis.asyncio

    made = redis.asyncio.Redis.from_url(url, decode_responses=True)
    yield made
    runner.run(made.aclose())


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def told(client: Any, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A client of a Redis whose time is the clock's."""
    key = f"now:{next(NAMES)}"
    clock.told = lambda now: client.set(key, now)
    clock.wait(0)
    for name in ("RESERVE", "SETTLE", "READ", "LIST"):
        text = getattr(scripts, name).text
        real = "local time = redis.call('TIME')"
        assert real in text
        other = f"local time = {{redis.call('GET', '{key}'), 0}}"
        monkeypatch.setattr(scripts, name, scripts._script(text.replace(real, other)))
    return client


Make = Callable[..., Books]


@pytest.fixture(params=["memory", "redis", "asyncio"])
def make(request: pytest.FixtureRequest, clock: Clock) -> Make:
    """Makes a ledger with some limits."""
    if request.param == "memory":
        return lambda *limits: MemoryLedger(*limits, clock=clock)
    client = request.getfixturevalue("told")
    if request.param == "redis":
        return lambda *limits: RedisLedger(client, *limits, prefix=f"test-{next(NAMES)}")
    aclient = request.getfixturevalue("aclient")
    runner = request.getfixturevalue("runner")
    return lambda *limits: Awaited(
        AsyncRedisLedger(aclient, *limits, prefix=f"test-{next(NAMES)}"), runner
    )


def held(answer: Held | Overspent) -> Held:
    assert isinstance(answer, Held)
    return answer


# -- reserving and settling


def test_what_is_reserved_is_not_there_for_others(make: Make) -> None:
    ledger = make(Limit(1.0))
    held(ledger.reserve({}, 0.75))
    assert ledger.reserve({}, 0.5) == Overspent("1 dollar per day")
    assert ledger.left({}) == {Limit(1.0): 0.25}


def test_settling_frees_what_was_not_spent(make: Make) -> None:
    ledger = make(Limit(1.0))
    ledger.settle(held(ledger.reserve({}, 0.75)), 0.125)
    assert ledger.spent({}) == {Limit(1.0): 0.125}
    held(ledger.reserve({}, 0.875))


def test_ten_dimes_are_a_dollar(make: Make) -> None:
    """Floats would say 0.9999999999999999, and give an eleventh."""
    ledger = make(Limit(1.0))
    for _ in range(10):
        held(ledger.reserve({}, 0.1))
    assert ledger.left({}) == {Limit(1.0): 0.0}
    assert isinstance(ledger.reserve({}, 0.000000001), Overspent)


def test_settling_twice_changes_nothing(make: Make) -> None:
    ledger = make(Limit(1.0))
    once = held(ledger.reserve({}, 0.5))
    ledger.settle(once, 0.25)
    ledger.settle(once, 0.0)
    ledger.settle(once, 1.0)
    assert ledger.spent({}) == {Limit(1.0): 0.25}


def test_what_cost_more_than_reserved_is_booked_all_the_same(make: Make) -> None:
    ledger = make(Limit(1.0))
    ledger.settle(held(ledger.reserve({}, 0.5)), 1.5)
    assert ledger.spent({}) == {Limit(1.0): 1.5}
    assert ledger.left({}) == {Limit(1.0): 0.0}
    assert isinstance(ledger.reserve({}, 0.01), Overspent)


def test_each_who_has_an_account(make: Make) -> None:
    ledger = make(Limit(1.0, per="user"))
    held(ledger.reserve(ANN, 1.0))
    held(ledger.reserve(BOB, 1.0))
    assert ledger.reserve(ANN, 0.01) == Overspent("1 dollar per user and day")


def test_all_limits_hold_or_nothing_is_taken(make: Make) -> None:
    user, total = Limit(1.0, per="user"), Limit(1.5)
    ledger = make(user, total)
    held(ledger.reserve(ANN, 1.0))
    assert ledger.reserve(BOB, 1.0) == Overspent("1.5 dollars per day")
    assert ledger.spent(BOB) == {user: 0.0, total: 1.0}


def test_who_is_told_how_near_the_tightest_limit_is(make: Make) -> None:
    ledger = make(Limit(1.0, per="user"), Limit(10.0))
    assert [held(ledger.reserve(ANN, 0.25)).used for _ in range(3)] == [0.25, 0.5, 0.75]


def test_what_is_held_says_what_it_was_taken_from_and_not_whose_it_was(make: Make) -> None:
    accounts = held(make(Limit(1.0, per="user"), Limit(9.0)).reserve(ANN, 0.5)).accounts
    assert accounts == ("day/user/54fbac21935feba22be0348490cde588", "day")


def test_a_free_call_is_one_too(make: Make) -> None:
    ledger = make(Limit(0.0))
    ledger.settle(held(ledger.reserve({}, 0.0)), 0.0)
    assert isinstance(ledger.reserve({}, 0.01), Overspent)


@pytest.mark.parametrize("dollars", [-1.0, float("nan"), float("inf")])
def test_what_is_no_money_is_refused(make: Make, dollars: float) -> None:
    ledger = make(Limit(1.0))
    with pytest.raises(LedgerError, match="dollars: a number from 0"):
        ledger.reserve({}, dollars)
    once = held(ledger.reserve({}, 0.5))
    with pytest.raises(LedgerError, match="dollars: a number from 0"):
        ledger.settle(once, dollars)
    assert ledger.spent({}) == {Limit(1.0): 0.5}


@pytest.mark.parametrize("who", [{}, {"user": ["ann"]}])
def test_a_call_of_nobody_is_refused(make: Make, who: dict[str, str]) -> None:
    with pytest.raises(LedgerError, match="a limit is per user"):
        make(Limit(1.0, per="user")).reserve(who, 0.5)


def test_what_another_ledger_holds_is_not_settled(make: Make) -> None:
    ledger = make(Limit(1.0))
    with pytest.raises(LedgerError, match="reserved in another ledger"):
        ledger.settle(held(MemoryLedger(Limit(1.0)).reserve({}, 0.5)), 0.0)


@pytest.mark.parametrize("limits", [(), ("a dollar",), (Limit(1.0), Limit(2.0))])
def test_limits_that_cannot_hold_together_are_refused(make: Make, limits: tuple[Limit]) -> None:
    with pytest.raises(LedgerError):
        make(*limits)


# -- windows


def test_the_next_day_has_its_own_money(make: Make, clock: Clock) -> None:
    ledger = make(Limit(1.0))
    held(ledger.reserve({}, 1.0))
    clock.wait(DAY - 1)
    assert isinstance(ledger.reserve({}, 1.0), Overspent)
    clock.wait(1)
    assert ledger.spent({}) == {Limit(1.0): 0.0}
    held(ledger.reserve({}, 1.0))


def test_what_is_settled_the_next_day_is_of_the_day_before(make: Make, clock: Clock) -> None:
    ledger = make(Limit(1.0), Limit(5.0, every="month"))
    clock.wait(DAY - 60)
    late = held(ledger.reserve({}, 1.0))
    clock.wait(60)
    held(ledger.reserve({}, 0.5))
    ledger.settle(late, 0.25)
    assert list(ledger.spent({}).values()) == [0.5, 0.75]


def test_what_is_for_ever_does_not_come_back(make: Make, clock: Clock) -> None:
    ledger = make(Limit(1.0, every=None))
    ledger.settle(held(ledger.reserve({}, 1.0)), 1.0)
    clock.wait(1000 * DAY)
    assert isinstance(ledger.reserve({}, 0.01), Overspent)


def test_a_clock_that_goes_back_gives_no_money(make: Make, clock: Clock) -> None:
    ledger = make(Limit(1.0, every="hour"))
    held(ledger.reserve({}, 1.0))
    clock.wait(-7200)
    assert isinstance(ledger.reserve({}, 1.0), Overspent)


# -- what was never settled


def test_what_was_never_settled_is_shown_and_can_be_settled(make: Make, clock: Clock) -> None:
    ledger = make(Limit(1.0, per="user"))
    lost = held(ledger.reserve(ANN, 0.5))
    clock.wait(600)
    held(ledger.reserve(ANN, 0.25))
    (shown,) = ledger.unsettled(older_than=300)
    assert shown == Held(lost.id, 0.5, lost.accounts)
    ledger.settle(shown, 0.0)
    assert ledger.spent(ANN) == {Limit(1.0, per="user"): 0.25}
    assert len(ledger.unsettled()) == 1


def test_it_counts_as_spent_and_for_good_after_a_day(make: Make, clock: Clock) -> None:
    ledger = make(Limit(1.0, every="month"))
    lost = held(ledger.reserve({}, 0.5))
    clock.wait(DAY)
    assert ledger.unsettled() == ()
    ledger.settle(lost, 0.0)
    assert ledger.spent({}) == {Limit(1.0, every="month"): 0.5}


# -- in memory


def test_a_ledger_in_memory_is_for_both() -> None:
    ledger = MemoryLedger(Limit(1.0))
    assert isinstance(ledger, Ledger)
    assert isinstance(ledger, AsyncLedger)

    async def ask() -> None:
        await ledger.asettle(held(await ledger.areserve({}, 1.0)), 0.5)

    asyncio.run(ask())
    assert ledger.spent({}) == {Limit(1.0): 0.5}


def test_ledgers_in_redis_are_for_one_each() -> None:
    assert issubclass(RedisLedger, Ledger)
    assert not issubclass(RedisLedger, AsyncLedger)
    assert issubclass(AsyncRedisLedger, AsyncLedger)
    assert not issubclass(AsyncRedisLedger, Ledger)


def test_memory_does_not_grow_with_those_who_came_once(clock: Clock) -> None:
    ledger = MemoryLedger(Limit(1.0, per="user", every="minute"), clock=clock)
    for number in range(10_000):
        held(ledger.reserve({"user": f"user-{number}"}, 0.5))  # and never settles
        clock.wait(60)
    assert len(ledger._windows) + len(ledger._groups) < 5000
    assert len(ledger._held) < 5000


def test_those_who_have_spent_are_not_forgotten_for_others(clock: Clock) -> None:
    ledger = MemoryLedger(Limit(1.0, per="user"), clock=clock)
    first = held(ledger.reserve(ANN, 1.0))
    for number in range(5000):
        held(ledger.reserve({"user": f"user-{number}"}, 0.5))
    assert isinstance(ledger.reserve(ANN, 0.01), Overspent)
    ledger.settle(first, 0.0)
    held(ledger.reserve(ANN, 1.0))


def test_a_call_that_is_collected_while_another_reserves_is_settled() -> None:
    """A stream that nobody reads on ends when it is collected, which may be at any time."""
    abandoned: list[Held] = []

    def collect() -> float:
        if abandoned:
            ledger.settle(abandoned.pop(), 0.0)
        return NEW_YEAR

    ledger = MemoryLedger(Limit(1.0), clock=collect)
    abandoned.append(held(ledger.reserve({}, 1.0)))
    held(ledger.reserve({}, 1.0))
    assert ledger.spent({}) == {Limit(1.0): 1.0}


# -- laws

MONEY = st.integers(0, 120).map(lambda cents: cents / 100)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("reserve"), st.sampled_from([ANN, BOB]), MONEY),
        st.tuples(st.just("settle"), st.integers(0, 9), MONEY),
        st.tuples(st.just("wait"), st.sampled_from([1, 59, 3601, DAY, 9 * DAY]), st.just(0.0)),
    ),
    max_size=25,
)
LIMITS = st.lists(
    st.builds(
        Limit,
        MONEY,
        st.sampled_from([(), ("user",)]),
        st.sampled_from(["minute", "hour", "day", "week", "month", None]),
    ),
    min_size=1,
    max_size=4,
    unique_by=lambda limit: (limit.per, limit.every),
)


def test_memory_and_redis_agree_at_every_step(told: Any, clock: Clock) -> None:
    @settings(max_examples=60)
    @given(LIMITS, STEPS)
    def law(limits: list[Limit], steps: list[tuple[str, Any, float]]) -> None:
        agree(told, clock, limits, steps)

    law()


def agree(
    told: Any, clock: Clock, limits: list[Limit], steps: list[tuple[str, Any, float]]
) -> None:
    """Two ledgers take the same *steps*, and say the same after each."""
    memory = MemoryLedger(*limits, clock=clock)
    redis = RedisLedger(told, *limits, prefix=f"test-{next(NAMES)}")
    pairs: list[tuple[Held, Held]] = []
    for step, what, dollars in steps:
        if step == "wait":
            clock.wait(what)
        elif step == "reserve":
            one, other = memory.reserve(what, dollars), redis.reserve(what, dollars)
            assert one[1:] == other[1:]
            if isinstance(one, Held) and isinstance(other, Held):
                pairs.append((one, other))
            else:
                assert one == other
        elif pairs:
            one, other = pairs[what % len(pairs)]
            memory.settle(one, dollars)
            redis.settle(other, dollars)
        for who in (ANN, BOB):
            assert memory.spent(who) == redis.spent(who)
            assert memory.left(who) == redis.left(who)
    ours, theirs = memory.unsettled(), redis.unsettled()
    assert sorted(each.dollars for each in ours) == sorted(each.dollars for each in theirs)


@given(LIMITS, STEPS)
def test_no_limit_is_passed_where_nothing_costs_more_than_reserved(
    limits: list[Limit], steps: list[tuple[str, Any, float]]
) -> None:
    clock = Clock()
    ledger = MemoryLedger(*limits, clock=clock)
    open_: list[Held] = []
    for step, what, dollars in steps:
        if step == "wait":
            clock.wait(what)
        elif step == "reserve":
            answer = ledger.reserve(what, dollars)
            open_ += [answer] if isinstance(answer, Held) else []
        elif open_:
            one = open_[what % len(open_)]
            ledger.settle(one, min(dollars, one.dollars))
        for who in (ANN, BOB):
            assert all(0 <= spent <= limit.dollars for limit, spent in ledger.spent(who).items())


@pytest.mark.parametrize("make", ["memory", "redis"], indirect=True)
def test_a_thousand_calls_of_threads_spend_what_there_is(make: Make) -> None:
    ledger = make(Limit(1.0, per="user"), Limit(1.0))

    def ask(_: int) -> int:
        answer = ledger.reserve(ANN, 0.01)
        if isinstance(answer, Overspent):
            return 0
        ledger.settle(answer, 0.005)
        return 1

    with ThreadPoolExecutor(16) as pool:
        answered = sum(pool.map(ask, range(1000)))
    assert 160 <= answered <= 200  # the first is refused when up to 16 are open
    assert ledger.spent(ANN) == dict.fromkeys([Limit(1.0, per="user"), Limit(1.0)], answered / 200)


def test_a_thousand_tasks_at_once_spend_what_there_is_in_memory() -> None:
    ledger = MemoryLedger(Limit(1.0))

    async def ask() -> bool:
        answer = await ledger.areserve({}, 0.01)
        await asyncio.sleep(0)
        if isinstance(answer, Held):
            await ledger.asettle(answer, 0.01)
        return isinstance(answer, Held)

    async def all_() -> int:
        return sum(await asyncio.gather(*(ask() for _ in range(1000))))

    assert asyncio.run(all_()) == 100
    assert ledger.spent({}) == {Limit(1.0): 1.0}
