"""Guarded calls that share money: what they set aside, what they book, and where they end."""

from __future__ import annotations

import asyncio
import gc
import itertools
import threading
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from typing import Any

import pytest

from guardrails_lib import (
    Abstained,
    Accepted,
    Action,
    Approve,
    Blocked,
    Budget,
    Charge,
    Escalated,
    Finding,
    Held,
    LedgerError,
    Outcome,
    Overspent,
    Policy,
    Refused,
    Reply,
    Request,
    Usage,
    abstain,
    block,
    check,
    escalate,
    flag,
    guard,
    retry,
)
from guardrails_lib.checks import containing
from guardrails_lib.desk import MemoryDesk
from guardrails_lib.flows import cascade, fallback, hedged, retried
from guardrails_lib.flows.cached import cached
from guardrails_lib.flows.stores import MemoryStore
from guardrails_lib.spend import Limit, MemoryLedger, Price, Prices
from guardrails_lib.testing import ScriptedModel

ANN = Request("Where is my order?", meta={"user": "ann", "tenant": "shop"})
BOB = Request("Where is my order?", meta={"user": "bob", "tenant": "shop"})
DIME = Reply[Any]("On its way.", usage=Usage(100, 0), model="dime")
"""It costs ten cents."""
PRICES = Prices(own={"dime": Price(1000.0, 1000.0), "free": Price(0, 0)})
PLAIN = Policy()


def ledger(dollars: float = 1.0, per: str = "user") -> MemoryLedger:
    return MemoryLedger(Limit(dollars, per), clock=lambda: 0.0)


def spent(of: MemoryLedger, who: Request = ANN) -> float:
    (dollars,) = of.spent({name: str(each) for name, each in who.meta.items()}).values()
    return dollars


def nothing_open(of: MemoryLedger) -> bool:
    return of.unsettled() == ()


# -- what is booked


def test_a_call_books_what_it_cost() -> None:
    money = ledger()

    @guard(PLAIN, ledger=Charge(money, 0.5), prices=PRICES)
    def ask(request: Request) -> Reply[Any]:
        return DIME

    assert isinstance(ask(ANN), Accepted)
    assert spent(money) == 0.1
    assert nothing_open(money)


def test_the_record_says_what_was_spent() -> None:
    @guard(PLAIN, ledger=Charge(ledger(), 0.5), prices=PRICES)
    def ask(request: Request) -> Reply[Any]:
        return DIME

    assert ask(ANN).record.spent == Usage(100, 0, 0.1)


def test_money_is_set_aside_before_the_model_is_asked() -> None:
    money = ledger()
    during: list[float] = []

    @guard(PLAIN, ledger=Charge(money, 0.5), prices=PRICES)
    def ask(request: Request) -> Reply[Any]:
        during.append(spent(money))
        return DIME

    ask(ANN)
    assert during == [0.5]


def test_the_budget_of_the_policy_is_set_aside_unless_told() -> None:
    money = ledger()
    during: list[float] = []

    @guard(Policy(budget=Budget(dollars=0.25)), ledger=money, prices=PRICES)
    def ask(request: Request) -> Reply[Any]:
        during.append(spent(money))
        return DIME

    ask(ANN)
    assert during == [0.25]


def test_an_estimate_may_be_a_function_of_the_request() -> None:
    money = ledger()
    during: list[float] = []
    estimate = PRICES.estimate("dime", output_tokens=100)

    @guard(PLAIN, ledger=Charge(money, estimate), prices=PRICES)
    def ask(request: Request) -> Reply[Any]:
        during.append(spent(money))
        return DIME

    ask(ANN)
    assert during == [estimate(ANN)]
    assert 0.1 < during[0] < 0.11


def test_a_free_model_spends_nothing() -> None:
    money = ledger()

    @guard(PLAIN, ledger=Charge(money, 0.5), prices=PRICES)
    def ask(request: Request) -> Reply[Any]:
        return Reply("On its way.", usage=Usage(100, 100), model="free")

    assert isinstance(ask(ANN), Accepted)
    assert spent(money) == 0.0


def test_a_model_without_a_price_is_not_free() -> None:
    """What it cost is not known: what was set aside is booked, and the call says so."""
    money = ledger()

    @guard(PLAIN, ledger=Charge(money, 0.5), prices=PRICES)
    def ask(request: Request) -> Reply[Any]:
        return Reply("On its way.", usage=Usage(100, 100), model="who-knows")

    outcome = ask(ANN)
    assert not isinstance(outcome, Accepted)
    assert "who-knows" in outcome.findings[0].message
    assert spent(money) == 0.5


@pytest.mark.parametrize("dollars", [float("nan"), -5.0])
def test_a_usage_that_is_no_amount_of_dollars_is_not_known(dollars: float) -> None:
    """No limit is ever passed by what is no number, and less than nothing gives others' money."""
    money = ledger()

    @guard(Policy(budget=Budget(dollars=0.5)), ledger=Charge(money), prices=PRICES)
    def ask(request: Request) -> Reply[Any]:
        return Reply("On its way.", usage=Usage(100, 100, dollars), model="dime")

    outcome = ask(ANN)
    assert isinstance(outcome, Abstained)
    assert "give 0 or more" in outcome.findings[0].message
    assert spent(money) == 0.5


@pytest.mark.parametrize("dollars", [float("nan"), -5.0])
def test_prices_that_give_no_amount_of_dollars_are_not_known(dollars: float) -> None:
    @guard(Policy(budget=Budget(dollars=0.5)), prices=lambda model, usage: dollars)
    def ask(request: Request) -> Reply[Any]:
        return Reply("On its way.", usage=Usage(100, 100))

    outcome = ask(ANN)
    assert isinstance(outcome, Abstained)
    assert "prices= gave" in outcome.findings[0].message


def test_what_is_no_amount_is_not_in_the_record() -> None:
    """Without a limit the call goes on, and a finding says what is wrong."""

    @guard(Policy())
    def ask(request: Request) -> Reply[Any]:
        return Reply("On its way.", usage=Usage(100, 100, float("nan")))

    outcome = ask(ANN)
    assert isinstance(outcome, Accepted)
    assert outcome.record.spent == Usage(100, 100)
    assert [each.kind for each in outcome.findings] == ["error"]


@pytest.mark.parametrize("dollars", [float("nan"), -5.0])
def test_a_check_that_says_no_amount_of_dollars_ends_a_call_that_has_a_limit(
    dollars: float,
) -> None:
    @check
    def asked(text: str) -> Iterator[Usage]:
        yield Usage(0, 0, dollars)

    @guard(Policy(output=(block(asked()),), budget=Budget(dollars=0.5)))
    def ask(request: Request) -> Reply[Any]:
        return Reply("On its way.")

    outcome = ask(ANN)
    assert isinstance(outcome, Abstained)
    assert outcome.record.spent == Usage()


def test_a_model_that_does_not_say_what_it_used_costs_what_was_set_aside() -> None:
    money = ledger()

    @guard(PLAIN, ledger=Charge(money, 0.25), prices=PRICES)
    def ask(request: Request) -> str:
        return "On its way."

    assert isinstance(ask(ANN), Accepted)
    assert spent(money) == 0.25
    assert nothing_open(money)


def test_a_call_that_is_blocked_before_the_model_spends_nothing() -> None:
    money = ledger()

    @check
    def anything(text: str) -> Iterator[Finding]:
        yield Finding("something")

    @guard(Policy(input=(block(anything()),)), ledger=Charge(money, 0.5), prices=PRICES)
    def ask(request: Request) -> Reply[Any]:
        raise AssertionError("it is not asked")

    assert isinstance(ask(ANN), Blocked)
    assert spent(money) == 0.0


def test_a_refused_answer_cost_what_it_cost() -> None:
    money = ledger()

    @check
    def anything(text: str) -> Iterator[Finding]:
        yield Finding("something")

    @guard(Policy(output=(block(anything()),)), ledger=Charge(money, 0.5), prices=PRICES)
    def ask(request: Request) -> Reply[Any]:
        return DIME

    assert isinstance(ask(ANN), Blocked)
    assert spent(money) == 0.1


# -- whose money it is


def asking(charge: Charge) -> Callable[[Request], Outcome[str]]:
    @guard(PLAIN, ledger=charge, prices=PRICES)
    def ask(request: Request) -> Reply[Any]:
        return DIME

    return ask


def test_who_has_no_money_left_is_told_so_and_others_go_on() -> None:
    ask = asking(Charge(ledger(0.25), 0.1))
    assert [type(ask(ANN)) for _ in range(3)] == [Accepted, Accepted, Abstained]
    assert isinstance(ask(BOB), Accepted)


def test_the_limit_that_is_passed_is_named_and_the_user_is_not() -> None:
    outcome = asking(Charge(ledger(0.05), 0.1))(ANN)
    assert isinstance(outcome, Abstained)
    assert "0.05 dollars per user and day" in outcome.findings[0].message
    assert "ann" not in repr(outcome.record)


def test_a_tenant_has_one_account() -> None:
    ask = asking(Charge(ledger(0.25, per="tenant"), 0.1))
    assert [type(ask(each)) for each in (ANN, BOB, ANN)] == [Accepted, Accepted, Abstained]


def test_a_limit_may_be_per_model() -> None:
    money = ledger(0.1, per="model")
    cheap = asking(Charge(money, 0.1, by=lambda request: {"model": "cheap"}))
    dear = asking(Charge(money, 0.1, by=lambda request: {"model": "dear"}))
    assert [type(ask(ANN)) for ask in (cheap, dear, cheap)] == [Accepted, Accepted, Abstained]


def test_another_day_has_other_money() -> None:
    now = [0.0]
    money = MemoryLedger(Limit(0.1), clock=lambda: now[0])
    ask = asking(Charge(money, 0.1))
    assert [type(ask(ANN)) for _ in range(2)] == [Accepted, Abstained]
    now[0] = 86_400.0
    assert isinstance(ask(ANN), Accepted)


@pytest.mark.parametrize("meta", [{}, {"user": None}, {"user": ""}])
def test_a_call_of_nobody_is_an_error_of_the_program(meta: dict[str, object]) -> None:
    with pytest.raises(LedgerError, match=r"Charge\(by="):
        asking(Charge(ledger(), 0.1))(Request("Where is my order?", meta=meta))


def test_a_user_may_be_a_number() -> None:
    money = ledger()
    asking(Charge(money, 0.1))(Request("Where is my order?", meta={"user": 17}))
    assert money.spent({"user": "17"}) == {Limit(1.0, "user"): 0.1}


# -- what else spends


def test_what_a_judge_spends_counts() -> None:
    money = ledger()

    @check
    def judged(text: str) -> Iterator[Finding | Usage]:
        yield Usage(10, 1, dollars=0.02)

    @guard(Policy(validators=(abstain(judged()),)), ledger=Charge(money, 0.5), prices=PRICES)
    def ask(request: Request) -> Reply[Any]:
        return DIME

    assert isinstance(ask(ANN), Accepted)
    assert spent(money) == pytest.approx(0.12)


def test_each_time_that_the_model_is_asked_counts() -> None:
    money = ledger()
    during: list[float] = []

    @check
    def first(text: str) -> Iterator[Finding]:
        if len(during) < 3:
            yield Finding("not yet")

    policy = Policy(validators=(retry(first()),), budget=Budget(attempts=3))

    @guard(policy, ledger=Charge(money, 0.25), prices=PRICES)
    def ask(request: Request) -> Reply[Any]:
        during.append(spent(money))
        return DIME

    assert isinstance(ask(ANN), Accepted)
    assert spent(money) == pytest.approx(0.3)
    assert len(during) == 3
    assert nothing_open(money)


def test_a_retry_ends_where_the_money_does() -> None:
    money = ledger(0.25)
    asked: list[Request] = []

    @check
    def never(text: str) -> Iterator[Finding]:
        yield Finding("not good enough")

    policy = Policy(validators=(retry(never()),), budget=Budget(attempts=9))

    @guard(policy, ledger=Charge(money, 0.1), prices=PRICES)
    def ask(request: Request) -> Reply[Any]:
        asked.append(request)
        return DIME

    assert isinstance(ask(ANN), Abstained)
    assert len(asked) == 2
    assert spent(money) == pytest.approx(0.2)


# -- flows


@check
def poor(text: str) -> Iterator[Finding]:
    yield Finding("poor")


GOOD_ENOUGH = Policy(validators=(abstain(poor()),))


def test_every_model_of_a_cascade_counts() -> None:
    money = ledger()

    @guard(GOOD_ENOUGH, ledger=Charge(money, 0.2), prices=PRICES)
    def cheap(request: Request) -> Reply[Any]:
        return DIME

    @guard(PLAIN, ledger=Charge(money, 0.5), prices=PRICES)
    def dear(request: Request) -> Reply[Any]:
        return Reply("On its way.", usage=Usage(300, 0), model="dime")

    outcome = cascade(cheap, dear)(ANN)
    assert isinstance(outcome, Accepted)
    assert outcome.record.spent.dollars == spent(money) == pytest.approx(0.4)
    assert nothing_open(money)


def test_a_fallback_counts_and_what_failed_before_an_answer_does_not() -> None:
    money = ledger()

    @guard(PLAIN, ledger=Charge(money, 0.5), prices=PRICES)
    def broken(request: Request) -> Reply[Any]:
        raise ConnectionError("gone")

    assert isinstance(fallback(broken, asking(Charge(money, 0.2)))(ANN), Accepted)
    assert spent(money) == 0.1
    assert nothing_open(money)


def test_a_call_that_was_overtaken_costs_what_was_set_aside() -> None:
    money = ledger()
    asked = itertools.count()

    @guard(PLAIN, ledger=Charge(money, 0.25), prices=PRICES)
    async def ask(request: Request) -> Reply[Any]:
        if next(asked) == 0:
            await asyncio.sleep(60)
        return DIME

    async def once() -> Outcome[str]:
        return await hedged(ask, after=0.01)(ANN)

    assert isinstance(asyncio.run(once()), Accepted)
    assert spent(money) == pytest.approx(0.35)
    assert nothing_open(money)


def test_each_call_of_a_retry_counts() -> None:
    money = ledger()
    asked = itertools.count()

    @guard(PLAIN, ledger=Charge(money, 0.25), prices=PRICES)
    def ask(request: Request) -> Reply[Any]:
        if next(asked) == 0:
            raise ConnectionError("busy")
        return DIME

    assert isinstance(retried(ask, first=0.001)(ANN), Accepted)
    assert spent(money) == 0.1
    assert nothing_open(money)


def test_an_answer_of_the_cache_is_paid_for_once() -> None:
    money = ledger(0.1, per="tenant")
    ask = cached(asking(Charge(money, 0.1)), MemoryStore(), model="dime")
    assert [type(ask(ANN)) for _ in range(3)] == [Accepted] * 3
    assert spent(money) == 0.1
    assert nothing_open(money)


# -- near the limit


def test_near_the_limit_another_function_is_called() -> None:
    money = ledger()

    def cheaper(request: Request) -> Reply[Any]:
        return Reply("In short: soon.", usage=Usage(10, 0), model="dime")

    @guard(PLAIN, ledger=Charge(money, 0.1, degrade=cheaper), prices=PRICES)
    def ask(request: Request) -> Reply[Any]:
        return DIME

    answers = [ask(ANN).unwrap() for _ in range(10)]
    assert answers[:7] == ["On its way."] * 7
    assert set(answers[7:]) == {"In short: soon."}


def test_near_the_limit_calls_may_end() -> None:
    money = ledger()
    ask = asking(Charge(money, 0.1, degrade=Action.ESCALATE, near=0.2))
    assert isinstance(ask(ANN), Accepted)
    with pytest.raises(Refused):
        ask(ANN).unwrap()
    assert spent(money) == 0.1
    assert nothing_open(money)


# -- what goes wrong


class Gone:
    """A ledger that cannot be reached."""

    def reserve(self, who: Mapping[str, str], dollars: float, /) -> Held | Overspent:
        raise ConnectionError("the network is down")

    def settle(self, held: Held, dollars: float, /) -> None:
        raise ConnectionError("the network is down")


class Going(MemoryLedger):
    """A ledger that cannot be reached when there is something to settle."""

    def settle(self, held: Held, dollars: float, /) -> None:
        raise ConnectionError("the network is down")


def test_without_a_ledger_no_money_is_spent() -> None:
    outcome = asking(Charge(Gone(), 0.1))(ANN)
    assert isinstance(outcome, Abstained)
    assert "ConnectionError" in outcome.findings[0].message


def test_without_a_ledger_an_estimate_of_this_process_may_do() -> None:
    here = ledger(0.25)
    ask = asking(Charge(Gone(), 0.1, on_error=here))
    assert [type(ask(ANN)) for _ in range(3)] == [Accepted, Accepted, Abstained]
    assert spent(here) == 0.2
    assert nothing_open(here)


def test_a_ledger_that_is_gone_meanwhile_changes_no_answer() -> None:
    """It has what was set aside as spent."""
    money = Going(Limit(1.0))
    outcome = asking(Charge(money, 0.25))(ANN)
    assert isinstance(outcome, Accepted)
    assert "unsettled" in {event.kind for event in outcome.record.events}
    assert money.spent({}) == {Limit(1.0): 0.25}


def test_a_model_that_raises_has_cost_nothing() -> None:
    money = ledger()

    @guard(PLAIN, ledger=Charge(money, 0.5), prices=PRICES)
    def ask(request: Request) -> Reply[Any]:
        raise ConnectionError("the model is down")

    with pytest.raises(ConnectionError):
        ask(ANN)
    assert spent(money) == 0.0
    assert nothing_open(money)


def test_a_call_that_is_cancelled_costs_what_was_set_aside() -> None:
    """The provider has the question, and goes on."""
    money = ledger()

    @guard(PLAIN, ledger=Charge(money, 0.25), prices=PRICES)
    async def ask(request: Request) -> Reply[Any]:
        await asyncio.sleep(60)
        return DIME

    async def leave() -> None:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(ask(ANN), 0.01)

    asyncio.run(leave())
    assert spent(money) == 0.25
    assert nothing_open(money)


# -- streams


def stream(money: MemoryLedger) -> Callable[[Request], Any]:
    @guard(PLAIN, ledger=Charge(money, 0.25), prices=PRICES)
    def ask(request: Request) -> Iterator[str | Reply[Any]]:
        yield "On "
        yield "its way."
        yield Reply(usage=Usage(100, 0), model="dime")

    return ask


def test_a_stream_books_what_it_cost() -> None:
    money = ledger()
    assert "".join(stream(money)(ANN)) == "On its way."
    assert spent(money) == 0.1
    assert nothing_open(money)


def test_a_stream_that_is_left_costs_what_was_set_aside() -> None:
    money = ledger()
    with stream(money)(ANN) as answer:
        next(iter(answer))
    assert spent(money) == 0.25
    assert nothing_open(money)


def test_a_stream_that_is_forgotten_costs_what_was_set_aside() -> None:
    money = ledger()
    answer = iter(stream(money)(ANN))
    next(answer)
    del answer
    gc.collect()
    assert spent(money) == 0.25
    assert nothing_open(money)


def test_an_async_stream_books_what_it_cost() -> None:
    money = ledger()

    @guard(PLAIN, ledger=Charge(money, 0.25), prices=PRICES)
    async def ask(request: Request) -> AsyncIterator[str | Reply[Any]]:
        yield "On its way."
        yield Reply(usage=Usage(100, 0), model="dime")

    async def read() -> str:
        return "".join([text async for text in ask(ANN)])

    assert asyncio.run(read()) == "On its way."
    assert spent(money) == 0.1
    assert nothing_open(money)


def test_an_async_stream_that_is_left_costs_what_was_set_aside() -> None:
    money = ledger()

    @guard(PLAIN, ledger=Charge(money, 0.25), prices=PRICES)
    async def ask(request: Request) -> AsyncIterator[str | Reply[Any]]:
        yield "On "
        yield "its way."

    async def leave() -> None:
        async with ask(ANN) as answer:
            async for _ in answer:
                break

    asyncio.run(leave())
    assert spent(money) == 0.25
    assert nothing_open(money)


# -- many at once


def test_a_thousand_guarded_tasks_spend_what_there_is() -> None:
    """harness PR#549: concurrent runs each passed the budget."""
    money = ledger()

    @guard(PLAIN, ledger=Charge(money, 0.1), prices=PRICES)
    async def ask(request: Request) -> Reply[Any]:
        await asyncio.sleep(0)
        return DIME

    async def all_() -> list[Outcome[str]]:
        return await asyncio.gather(*(ask(ANN) for _ in range(1000)))

    outcomes = asyncio.run(all_())
    assert sum(isinstance(each, Accepted) for each in outcomes) == 10
    assert spent(money) == 1.0
    assert nothing_open(money)


def test_guarded_threads_spend_what_there_is() -> None:
    money = ledger()
    ask = asking(Charge(money, 0.1))
    ends: list[Outcome[str]] = []
    threads = [
        threading.Thread(target=lambda: ends.extend(ask(ANN) for _ in range(20))) for _ in range(8)
    ]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sum(isinstance(each, Accepted) for each in ends) == 10
    assert spent(money) == 1.0


def test_a_rule_that_flags_spends_as_one_that_blocks() -> None:
    """The money of a judge is gone whatever its finding means."""

    @check
    def judged(text: str) -> Iterator[Finding | Usage]:
        yield Usage(10, 1, dollars=0.02)
        yield Finding("something")

    booked = []
    for rule in (flag(judged()), block(judged())):
        money = ledger()

        @guard(Policy(output=(rule,)), ledger=Charge(money, 0.5), prices=PRICES)
        def ask(request: Request) -> Reply[Any]:
            return DIME

        ask(ANN)
        booked.append(spent(money))
    assert booked == [pytest.approx(0.12), pytest.approx(0.12)]


def test_the_spend_is_the_same_in_any_order_of_rules() -> None:
    """harness PR#549: who came first decided what was spent."""

    @check
    def dear(text: str) -> Iterator[Finding | Usage]:
        yield Usage(10, 1, dollars=0.05)
        yield Finding("something")

    @check
    def cheap(text: str) -> Iterator[Finding | Usage]:
        yield Usage(10, 1, dollars=0.01)
        yield Finding("something")

    rules = (block(dear()), abstain(cheap()), flag(cheap()))
    booked = set()
    for order in itertools.permutations(rules):
        money = ledger()

        @guard(Policy(validators=order), ledger=Charge(money, 0.5), prices=PRICES)
        def ask(request: Request) -> Reply[Any]:
            return DIME

        assert isinstance(ask(ANN), Blocked)
        booked.add(spent(money))
    assert len(booked) == 1


def test_what_is_asked_again_costs_no_more_each_time() -> None:
    """instructor#2056: feedback piled up, and ten retries took 506 times the context."""
    estimates: list[float] = []
    estimate = PRICES.estimate("dime", output_tokens=0)

    @check
    def never(text: str) -> Iterator[Finding]:
        yield Finding("not good enough")

    policy = Policy(validators=(retry(never()),), budget=Budget(attempts=6))

    @guard(policy, ledger=Charge(ledger(9.0), 0.1), prices=PRICES)
    def ask(request: Request) -> Reply[Any]:
        estimates.append(estimate(request))
        return DIME

    ask(ANN)
    assert len(estimates) == 6
    assert max(estimates[2:]) <= 1.1 * estimates[1]


# -- what a person decides


def test_an_answer_that_a_person_approves_costs_no_more() -> None:
    till, desk = ledger(), MemoryDesk()
    asking = guard(
        Policy(validators=(escalate(containing("way")),)),
        desk=desk,
        ledger=Charge(till, estimate=0.5),
        prices=PRICES,
    )
    outcome = asking(ScriptedModel(DIME))(ANN)
    assert isinstance(outcome, Escalated)
    assert asking.resolve(outcome.record.id, Approve(), by="ben").unwrap() == "On its way."
    assert spent(till) == pytest.approx(0.1)
    assert nothing_open(till)
