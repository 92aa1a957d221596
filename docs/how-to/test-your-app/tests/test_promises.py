"""What the policies promise, whatever is asked and answered: each law is one line."""

import pytest
from hypothesis import strategies as st

from guardrails_lib import Guard, Policy
from guardrails_lib.testing import laws
from guardrails_lib.testing.strategies import injections
from shop.policy import ASSISTANT, REFUNDS
from shop.refund import Refund

CALLS = [ASSISTANT, Guard(REFUNDS, returns=Refund)]
every_call = pytest.mark.parametrize("call", CALLS, ids=["assistant", "refunds"])


@every_call
def test_what_the_rules_take_out_reaches_nobody(call: Policy | Guard[Refund]) -> None:
    laws.never_leaks(call)


def test_no_number_of_a_customer_leaves() -> None:
    digits = st.integers(0, 9999).map("{:04}".format)
    numbers = st.builds("C-{}-{}".format, digits, digits)
    laws.never_leaks(ASSISTANT, values=numbers)


@every_call
def test_what_the_rules_take_out_is_in_no_log(call: Policy | Guard[Refund]) -> None:
    laws.nothing_in_the_log(call)


def test_the_number_of_a_customer_comes_back_to_himself_alone() -> None:
    laws.restores_exactly(ASSISTANT)


@every_call
def test_a_stream_is_no_way_round_the_rules(call: Policy | Guard[Refund]) -> None:
    laws.split_invariant(call)
    laws.sync_equals_async(call)


@every_call
def test_a_check_that_breaks_lets_nothing_through(call: Policy | Guard[Refund]) -> None:
    laws.error_is_never_a_pass(call)


@every_call
def test_the_budget_is_kept(call: Policy | Guard[Refund]) -> None:
    laws.stays_in_budget(call)


@every_call
def test_every_rule_finds_what_it_is_for(call: Policy | Guard[Refund]) -> None:
    laws.refuses_known_bad(call)
    laws.accepts_known_good(call)


def test_orders_to_forget_the_rules_are_refused() -> None:
    laws.refuses_known_bad(ASSISTANT, bad=injections(technique="override", where="prompt"))


def test_honest_questions_are_answered() -> None:
    honest = st.sampled_from(["Where is my parcel?", "Can I return shoes?", "Do you ship to Rome?"])
    laws.accepts_known_good(ASSISTANT, good=honest)
