"""A desk and a clock that a test decides."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Sequence

import pytest

from guardrails_lib import (
    Abstained,
    Accepted,
    Amend,
    Approve,
    Blocked,
    Desk,
    Escalated,
    Guard,
    Outcome,
    Policy,
    Reject,
    ToDesk,
    Vault,
    escalate,
)
from guardrails_lib.checks import matching
from guardrails_lib.desk import MemoryDesk
from guardrails_lib.testing.fakes import FakeClock, FakeDesk, ScriptedModel
from guardrails_lib.testing.playing import play

MONEY = Policy(name="money", validators=(escalate(matching(r"[0-9]+ dollars")),))


def ask(desk: FakeDesk, times: int = 1) -> tuple[Guard[str], list[Outcome[str] | None]]:
    """A guard with *desk*, and what came of asking so often what must be decided."""
    guarded: Guard[str] = Guard(MONEY, desk=desk)
    model = ScriptedModel(*["You get 50 dollars."] * times)
    return guarded, [play(guarded, model, "What do I get?").outcome for _ in range(times)]


def kinds(outcomes: Sequence[Outcome[str] | None]) -> list[str]:
    """What became of each case."""
    told = []
    for outcome in outcomes:
        assert isinstance(outcome, Escalated)
        told += [e.kind for e in outcome.record.events if e.kind in {"opened", "unfiled"}]
    return told


def test_it_is_a_desk() -> None:
    desk: Desk = FakeDesk()
    assert desk.list() == ()


def test_it_keeps_what_it_was_given() -> None:
    desk = FakeDesk()
    _, (outcome,) = ask(desk)
    assert isinstance(outcome, Escalated)
    assert [case.id for case in desk.given] == [outcome.record.id]
    assert desk.get(outcome.record.id).reply == "You get 50 dollars."


def test_it_is_down_so_often() -> None:
    desk = FakeDesk(down=2)
    assert kinds(ask(desk, 3)[1]) == ["unfiled", "unfiled", "opened"]
    assert len(desk.given) == 3
    assert len(desk.list()) == 1


def test_it_can_go_down_later() -> None:
    desk = FakeDesk()
    first = ask(desk)[1]
    desk.down = 1
    assert kinds(first + ask(desk, 2)[1]) == ["opened", "unfiled", "opened"]


def test_it_is_slow_so_often_and_takes_the_case() -> None:
    clock = FakeClock(1_000.0)
    desk = FakeDesk(slow=2, seconds=60.0, clock=clock)
    assert kinds(ask(desk, 3)[1]) == ["opened"] * 3
    assert clock() == 1_120.0


def test_it_is_down_first_and_slow_then() -> None:
    clock = FakeClock()
    desk = FakeDesk(down=1, slow=1, seconds=60.0, clock=clock)
    assert kinds(ask(desk, 2)[1]) == ["unfiled", "opened"]
    assert clock() == 60.0


def test_it_can_be_full() -> None:
    desk = FakeDesk(most=1)
    assert kinds(ask(desk, 3)[1]) == ["opened", "unfiled", "unfiled"]


def test_a_full_desk_knows_a_case_that_it_has() -> None:
    desk = FakeDesk(most=1)
    ask(desk)
    assert desk.open(desk.given[0]).id == desk.given[0].id


def test_it_decides_with_its_verdicts_in_order() -> None:
    clock = FakeClock(1.0)
    desk = FakeDesk(Approve(), Amend("You get a voucher."), Reject(), clock=clock)
    guarded, _ = ask(desk, 4)
    first, second, third = desk.decide(guarded)
    assert isinstance(first, Accepted)
    assert first.value == "You get 50 dollars."
    assert isinstance(second, Accepted)
    assert second.value == "You get a voucher."
    assert isinstance(third, Blocked)
    assert len([case for case in desk.list() if case.resolution is None]) == 1


def test_a_case_that_nobody_decides_in_time_ends_as_its_fallback_says() -> None:
    clock = FakeClock(time.time())
    desk = FakeDesk(clock=clock)
    guarded: Guard[str] = Guard(MONEY, desk=ToDesk(desk, within=3600.0))
    play(guarded, ScriptedModel("50 dollars"), "Hi")
    assert isinstance(guarded.resume(desk.given[0].id), Escalated)
    clock.advance(7200.0)
    assert isinstance(guarded.resume(desk.given[0].id), Abstained)


def test_what_a_desk_does_with_cases_it_does_as_the_one_in_memory() -> None:
    clock = FakeClock(1.0)
    desk, other = FakeDesk(clock=clock), MemoryDesk(clock=clock)
    ask(desk)
    case = desk.given[0]
    other.open(case)
    assert desk.claim(case.id, "ann") == other.claim(case.id, "ann")
    assert desk.list() == other.list()


# -- the clock


def test_time_goes_on_when_it_is_told_to() -> None:
    clock = FakeClock(10.0)
    clock.advance(2.5)
    clock.sleep(1.5)
    asyncio.run(clock.asleep(1.0))
    assert clock() == 15.0
    assert repr(clock) == "FakeClock(15.0)"


@pytest.mark.parametrize("seconds", [-1.0, float("nan"), float("inf")])
def test_time_never_goes_back(seconds: float) -> None:
    clock = FakeClock(1.0)
    with pytest.raises(ValueError, match="time goes forward"):
        clock.advance(seconds)
    with pytest.raises(ValueError, match="time goes forward"):
        FakeClock(seconds)
    assert clock() == 1.0


def test_a_vault_forgets_by_it() -> None:
    clock = FakeClock()
    vault = Vault(lifetime=60.0, clock=clock)
    vault.placeholder("PIN", "1234")
    clock.advance(59.0)
    assert len(vault) == 1
    clock.advance(2.0)
    assert len(vault) == 0


def test_threads_may_share_it() -> None:
    clock = FakeClock()

    def wait() -> None:
        for _ in range(500):
            clock.advance(1.0)

    threads = [threading.Thread(target=wait) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert clock() == 4_000.0
