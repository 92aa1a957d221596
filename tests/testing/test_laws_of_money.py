"""The laws of budgets, caches and shadows hold for policies that hypothesis makes up."""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st

from guardrails_lib import (
    Budget,
    Finding,
    Guard,
    Known,
    Label,
    Policy,
    PolicyError,
    Reply,
    Usage,
    block,
    check,
    guard,
    redact,
    retry,
)
from guardrails_lib._ledger import Held, Overspent
from guardrails_lib.checks import containing, longer_than, matching
from guardrails_lib.flows import MemoryStore, cached
from guardrails_lib.testing import laws
from guardrails_lib.testing.fakes import FakeModel
from guardrails_lib.testing.laws.steps import in_budget
from guardrails_lib.testing.playing import Played, play
from guardrails_lib.testing.strategies import policies

LONG = retry(longer_than(limit=3))
SHIPPED = ("base", "rag", "support", "agent")


def shipped(name: str) -> Policy:
    """A policy of ours; it may need extras."""
    made: Policy = getattr(importlib.import_module(f"guardrails_policies.{name}"), name.upper())
    return made


@pytest.fixture(autouse=True)
def as_it_is_found() -> Iterator[None]:
    """Nothing is made smaller, which takes long."""
    usual = settings.get_current_profile_name()
    settings.register_profile("as it is found", deadline=None, phases=[Phase.generate])
    settings.load_profile("as it is found")
    yield
    settings.load_profile(usual)


# -- budgets


def test_no_call_takes_more_than_it_may() -> None:
    laws.stays_in_budget(policies(), examples=60)


@pytest.mark.parametrize("name", SHIPPED)
def test_no_call_of_a_shipped_policy_takes_more_than_it_may(name: str) -> None:
    laws.stays_in_budget(shipped(name), examples=15)


def test_the_budget_of_the_policy_counts() -> None:
    laws.stays_in_budget(Policy(validators=(LONG,), budget=Budget(attempts=3, dollars=0.01)))


class Untouched:
    """A ledger that nobody may ask."""

    def reserve(self, who: Mapping[str, str], dollars: float) -> Held | Overspent:
        raise AssertionError("it was touched")

    def settle(self, held: Held, dollars: float) -> None:
        raise AssertionError("it was touched")


def test_a_ledger_is_not_touched_by_a_law() -> None:
    policy = Policy(validators=(LONG,), budget=Budget(dollars=1.0))
    laws.stays_in_budget(Guard[str](policy, ledger=Untouched()), examples=10)


def paid(policy: Policy, *costs: Usage) -> tuple[Played[Any], list[Usage]]:
    """A call of which the answers cost that."""
    model = FakeModel(lambda _, before: Reply[Any]("long", usage=costs[before]))
    played = play(Guard[str](policy), model, "x")
    return played, list(costs[: len(played.sent)])


def test_each_limit_has_its_reason() -> None:
    policy = Policy(validators=(LONG,))
    played, costs = paid(policy, Usage(5), Usage(7))
    in_budget(played, policy.budget, costs)
    for budget, usages, why in (
        (Budget(attempts=1), costs, "more often than attempts allow"),
        (Budget(tokens=4), costs, "though a limit is passed"),
        (Budget(), [Usage(5), Usage(8)], r"was paid, and the record has Usage\(input_tokens=12\)"),
    ):
        with pytest.raises(laws.LawBroken, match=why):
            in_budget(played, budget, usages)


def test_an_answer_that_costs_too_much_is_told() -> None:
    played, costs = paid(Policy(), Usage(5))
    with pytest.raises(laws.LawBroken, match="an answer is accepted that cost more than it may"):
        in_budget(played, Budget(tokens=4), costs)


# -- caches


def test_calls_that_share_a_cache_end_as_without() -> None:
    laws.cached_changes_nothing(policies(restore=True), examples=80)


@pytest.mark.parametrize("name", SHIPPED)
def test_a_cache_changes_nothing_of_a_shipped_policy(name: str) -> None:
    laws.cached_changes_nothing(shipped(name), examples=15)


def test_values_that_are_put_back_are_those_of_the_call() -> None:
    policy = Policy(input=(redact(matching("[0-9]{4}"), restore=True),))
    laws.cached_changes_nothing(policy, texts=st.sampled_from(["1234", "5678"]), examples=60)


def test_a_guard_that_is_cached_is_tried_without_its_own_cache() -> None:
    store = MemoryStore()
    ask = cached(guard(Policy())(lambda request: "Yes."), store, model="x")
    laws.cached_changes_nothing(ask, examples=10)


def test_a_clearance_of_the_guard_is_one_of_several() -> None:
    laws.cached_changes_nothing(Guard(Policy(), cleared_for=Label.INTERNAL), examples=20)


# -- shadows


def test_a_shadow_changes_nothing() -> None:
    laws.shadow_changes_nothing(policies(), policies(), examples=60)


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shadow_changes_nothing_of_a_shipped_policy(name: str) -> None:
    laws.shadow_changes_nothing(shipped(name), Policy(output=(block(longer_than(limit=3)),)))


def test_a_shipped_policy_is_a_good_shadow() -> None:
    laws.shadow_changes_nothing(Policy(), shipped("agent"), examples=20)


def test_what_the_shadow_is_known_to_find_is_said_to_it() -> None:
    heard: set[str] = set()

    @check(known=lambda: Known(bad=["a secret"]))
    def hearing(text: str) -> Iterator[Finding]:
        """All that it hears."""
        heard.add(text)
        yield from containing("secret")(text)

    laws.shadow_changes_nothing(Policy(), Policy(input=(block(hearing()),)), examples=20)
    assert any("secret" in text for text in heard)


# -- what is no policy


def test_a_function_that_is_not_guarded_has_no_law() -> None:
    for law in (laws.stays_in_budget, laws.cached_changes_nothing):
        with pytest.raises(PolicyError, match="is not guarded"):
            law(len)
