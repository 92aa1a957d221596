"""What tests have shown of each policy, counted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guardrails_lib import Finding, Policy, Span, block, check, flag, guard, redact
from guardrails_lib.checks import containing, matching
from guardrails_lib.testing.laws import LawBroken, error_is_never_a_pass, split_invariant
from guardrails_lib.testing.tallies import PolicyTally, Tally, gathering
from guardrails_lib.testing.watching import Tried, tried, trying

SUPPORT = Policy(
    name="support",
    input=(redact(matching("[0-9]+")), block(containing("ignore"))),
    output=(redact(containing("secret")),),
)


def ask(policy: Policy, prompt: str = "Hi.", reply: str = "Hello.") -> None:
    @guard(policy)
    def model(prompt: str) -> str:
        return reply

    model(prompt)


def tallied(test: Callable[[], object], *about: Policy, failed: bool = False) -> Tally:
    """What a test shows that is *about* policies."""
    with gathering(about) as gathered:
        test()
    return gathered.tally(failed=failed)


def only(tally: Tally) -> PolicyTally:
    [policy] = tally.policies.values()
    return policy


def counts(policy: PolicyTally) -> list[tuple[int, int]]:
    return [(rule.looked, rule.fired) for rule in policy.rules]


def test_a_rule_is_counted_once_in_each_call() -> None:
    @guard(SUPPORT)
    def stream(prompt: str) -> Iterator[str]:
        yield from ["a sec", "ret", " is a ", "secret"]

    def test() -> None:
        list(stream("1 and 2"))
        ask(SUPPORT)

    assert counts(only(tallied(test))) == [(2, 1), (2, 0), (2, 1)]


def test_a_policy_is_in_it_though_nothing_ran() -> None:
    shown = only(tallied(lambda: None, SUPPORT))
    assert (shown.name, shown.fingerprint, shown.calls) == ("support", SUPPORT.fingerprint, 0)
    assert counts(shown) == [(0, 0)] * 3
    assert len(shown.silent) == 3


def test_a_check_that_breaks_has_not_fired() -> None:
    @check
    def breaking(text: str) -> Iterator[Finding]:
        """It breaks."""
        raise RuntimeError("on purpose")
        yield

    [rule] = only(tallied(lambda: ask(Policy(name="x", input=(flag(breaking()),))))).rules
    assert (rule.looked, rule.fired, rule.broke) == (1, 0, 1)


def test_a_stream_that_was_never_read_to_its_end_counts() -> None:
    @guard(SUPPORT)
    def stream(prompt: str) -> Iterator[str]:
        yield "Hello."

    held = []
    tally = tallied(lambda: held.append(stream("1")))
    assert only(tally).calls == 1
    held[0].close()


def test_policies_of_one_name_are_told_apart() -> None:
    other = replace(SUPPORT, output=())

    def test() -> None:
        ask(SUPPORT)
        ask(other)

    assert {key[1] for key in tallied(test).policies} == {SUPPORT.fingerprint, other.fingerprint}


def test_policies_without_a_name_are_counted_together() -> None:
    tally = tallied(lambda: ask(Policy()))
    assert (tally.policies, tally.nameless) == ({}, 1)


def test_a_policy_without_a_name_counts_in_a_test_that_is_about_it() -> None:
    policy = replace(SUPPORT, name="")
    assert only(tallied(lambda: ask(policy), policy)).calls == 1


def test_what_a_law_makes_of_a_policy_counts_for_that_policy() -> None:
    def law() -> None:
        with trying("monotone", SUPPORT) as trial:
            trial.examples = 2
            ask(Policy(input=SUPPORT.input[1:]), "ignore")
            ask(Policy(output=SUPPORT.output), reply="a secret")

    shown = only(tallied(law))
    assert counts(shown) == [(0, 0), (1, 1), (1, 1)]
    assert shown.calls == 2
    assert [(law.law, law.times, law.examples, law.broken) for law in shown.laws.values()] == [
        ("monotone", 1, 2, 0)
    ]


def test_a_rule_that_a_law_puts_there_is_not_one_of_the_policy() -> None:
    more = (*SUPPORT.input, SUPPORT.input[0], flag(containing("Hi")))

    def law() -> None:
        with trying("monotone", SUPPORT):
            ask(Policy(input=more), "Hi. 1")

    assert counts(only(tallied(law))) == [(1, 1), (1, 0), (0, 0)]


def test_a_policy_with_another_name_that_a_law_reaches_counts_for_itself() -> None:
    other = replace(SUPPORT, name="other")

    def law() -> None:
        with trying("monotone", SUPPORT):
            ask(other)

    tally = tallied(law)
    assert {each.name: each.calls for each in tally.policies.values()} == {"support": 0, "other": 1}


def test_policies_that_a_strategy_made_up_are_not_under_test() -> None:
    def law() -> None:
        with trying("monoid", None) as trial:
            trial.examples = 5
            ask(SUPPORT)

    tally = tallied(law)
    assert tally.policies == {}
    assert tally.made_up["monoid"].examples == 5


def breaks() -> None:
    with pytest.raises(AssertionError), trying("monotone", replace(SUPPORT, output=())):
        ask(Policy(input=SUPPORT.input))
        raise AssertionError


def test_a_law_that_breaks_in_a_test_that_passes_was_broken_on_purpose() -> None:
    assert tallied(breaks).policies == {}


def test_a_law_that_breaks_in_a_test_that_fails_did_not_hold() -> None:
    assert only(tallied(breaks, failed=True)).laws["monotone"].broken == 1


def test_a_law_that_is_tried_again_and_again_until_it_breaks_was_broken_on_purpose() -> None:
    def test() -> None:
        with trying("machine", SUPPORT):
            ask(SUPPORT)
        with pytest.raises(AssertionError), trying("machine", SUPPORT):
            raise AssertionError

    assert tallied(test).policies == {}
    assert only(tallied(test, failed=True)).laws["machine"].times == 2


def test_a_law_that_breaks_without_any_call_leaves_other_calls_alone() -> None:
    def test() -> None:
        ask(SUPPORT)
        tried(Tried("monoid", SUPPORT, 1, held=False))

    assert only(tallied(test)).calls == 1
    assert only(tallied(test)).laws == {}


def test_what_the_test_called_itself_counts_though_a_law_broke_on_purpose() -> None:
    def test() -> None:
        ask(SUPPORT)
        breaks()

    assert only(tallied(test)).calls == 1


def test_a_real_law_lets_rules_fire() -> None:
    policy = Policy(name="digits", input=(block(matching("[0-9]")),))
    shown = only(tallied(lambda: error_is_never_a_pass(policy, examples=20)))
    assert shown.laws["error_is_never_a_pass"].examples >= 1
    assert shown.rules[0].looked > 0
    assert shown.rules[0].broke == 0


def test_a_real_law_that_breaks_is_counted_as_such() -> None:
    @check(width=1)
    def lying(text: str) -> Iterator[Finding]:
        """A word of two letters, with the promise to need only one."""
        if "ab" in text:
            yield Finding("ab", Span(text.index("ab"), text.index("ab") + 2))

    def test() -> None:
        policy = Policy(name="lying", output=(block(lying()),))
        with pytest.raises(LawBroken):
            split_invariant(policy, texts=st.just("ab ab"), examples=20)

    assert only(tallied(test, failed=True)).laws["split_invariant"].broken == 1
    assert tallied(test).policies == {}


SEEN = st.lists(
    st.tuples(st.sampled_from(["Hi.", "1", "ignore"]), st.sampled_from(["Hello.", "a secret"])),
    max_size=4,
)


@settings(max_examples=25)
@given(SEEN, st.integers(0, 4))
def test_two_processes_see_together_what_one_would(calls: list[tuple[str, str]], cut: int) -> None:
    def of(some: list[tuple[str, str]]) -> Tally:
        def test() -> None:
            for prompt, reply in some:
                ask(SUPPORT, prompt, reply)

        return tallied(test, SUPPORT)

    together = of(calls[:cut])
    together.add(Tally.read(of(calls[cut:]).plain()))
    assert together.plain() == of(calls).plain()


def test_laws_add_up() -> None:
    def law() -> None:
        for policy in (SUPPORT, None):
            with trying("monotone", policy) as trial:
                trial.examples = 2

    tally = tallied(law)
    tally.add(tallied(law))
    assert (only(tally).laws["monotone"].examples, tally.made_up["monotone"].times) == (4, 2)


def test_to_add_up_leaves_what_was_added_alone() -> None:
    one, two, whole = (tallied(lambda: ask(SUPPORT)) for _ in range(3))
    whole = Tally()
    whole.add(one)
    whole.add(two)
    assert [only(each).calls for each in (one, two, whole)] == [1, 1, 2]
