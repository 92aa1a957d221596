"""A policy is a value: what it refuses, how it adds up, and its fingerprint."""

from __future__ import annotations

import functools
import re
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guardrails_lib import (
    Action,
    Budget,
    Check,
    Finding,
    Message,
    Policy,
    PolicyError,
    Reply,
    Request,
    Rule,
    Source,
    ToolCall,
    abstain,
    block,
    check,
    drop,
    escalate,
    flag,
    redact,
    retry,
)
from guardrails_lib.checks import containing, longer_than, matching

VERBS: dict[Action, Callable[..., Rule[Any]]] = {
    Action.FLAG: flag,
    Action.REDACT: redact,
    Action.DROP: drop,
    Action.RETRY: retry,
    Action.ABSTAIN: abstain,
    Action.ESCALATE: escalate,
    Action.BLOCK: block,
}
NAMES: dict[str, Any] = {verb.__name__: verb for verb in VERBS.values()}
NAMES |= {"Action": Action, "matching": matching, "Budget": Budget}
every_verb = pytest.mark.parametrize("action", VERBS)
PIN = matching(r"\d{4}")


@dataclass(frozen=True)
class Refund:
    amount: float


@dataclass(frozen=True)
class Words:
    """A parameter that is a dataclass."""

    words: frozenset[str]
    tone: object = None


@check
def seen_text(text: str, *, how: object = None) -> Iterator[Finding]:
    yield Finding(f"{text}{how}")


@check
def seen_source(source: Source) -> Iterator[Finding]:
    yield Finding(source.uri)


@check
def seen_message(message: Message) -> Iterator[Finding]:
    yield Finding(message.role)


@check
def seen_call(call: ToolCall) -> Iterator[Finding]:
    yield Finding(call.name)


@check
def seen_request(request: Request) -> Iterator[Finding]:
    yield Finding(request.text)


@check
def seen_reply(reply: Reply[Any]) -> Iterator[Finding]:
    yield Finding(reply.text)


@check
def seen_refund(refund: Refund) -> Iterator[Finding]:
    yield Finding(str(refund.amount))


@check
def seen_refunds(refunds: list[Refund]) -> Iterator[Finding]:
    yield Finding(str(refunds))


CHECKS: dict[str, Check[Any]] = {
    "str": seen_text(),
    "Source": seen_source(),
    "Message": seen_message(),
    "ToolCall": seen_call(),
    "Request": seen_request(),
    "Reply": seen_reply(),
    "Refund": seen_refund(),
    "list[Refund]": seen_refunds(),
}

# -- verbs


@every_verb
def test_a_verb_makes_a_rule_of_its_action(action: Action) -> None:
    assert VERBS[action](PIN) == Rule(action, PIN)


@every_verb
def test_a_rule_prints_as_its_verb_around_its_check(action: Action) -> None:
    verb = action.name.lower()
    assert repr(VERBS[action](PIN)) == rf"{verb}(matching(pattern='\\d{{4}}'))"


@every_verb
@pytest.mark.parametrize(
    "how",
    [
        {"say": "No."},
        {"timeout": 0.5},
        {"on_error": Action.ESCALATE},
        {"trusted": True},
        {"say": "No.", "timeout": 2.0, "on_error": Action.FLAG, "trusted": True},
    ],
)
def test_every_verb_takes_the_same_options(action: Action, how: dict[str, Any]) -> None:
    rule = VERBS[action](PIN, **how)
    assert {name: getattr(rule, name) for name in how} == how
    assert eval(repr(rule), dict(NAMES)) == rule
    assert all(f"{name}=" in repr(rule) for name in how)


@pytest.mark.parametrize("then", [Action.FLAG, Action.ABSTAIN, Action.ESCALATE, Action.BLOCK])
def test_retry_says_what_holds_when_attempts_are_spent(then: Action) -> None:
    rule = retry(PIN, then=then)
    assert rule.then is then
    assert eval(repr(rule), dict(NAMES)) == rule


@every_verb
def test_a_verb_refuses_an_option_that_it_does_not_know(action: Action) -> None:
    with pytest.raises(TypeError, match="sya"):
        VERBS[action](PIN, sya="No.")


@every_verb
def test_the_options_of_a_verb_are_given_by_name(action: Action) -> None:
    with pytest.raises(TypeError, match="positional"):
        VERBS[action](PIN, "No.")


@every_verb
def test_a_verb_around_a_factory_says_to_call_it(action: Action) -> None:
    verb = action.name.lower()
    with pytest.raises(PolicyError, match=rf"write {verb}\(matching\(\.\.\.\)\)"):
        VERBS[action](matching)


@every_verb
@pytest.mark.parametrize("wrong", [None, "secret words", 5, lambda text: text])
def test_a_verb_around_anything_else_says_what_it_takes(action: Action, wrong: object) -> None:
    with pytest.raises(PolicyError, match=rf"{action.name.lower()}\(\) takes a check") as caught:
        VERBS[action](wrong)
    assert "secret words" not in str(caught.value)


@pytest.mark.parametrize("name", [name for name in CHECKS if name != "str"])
def test_what_is_no_text_cannot_be_redacted(name: str) -> None:
    with pytest.raises(PolicyError, match=r"needs a check over text.*drop, escalate or block"):
        redact(CHECKS[name])


@pytest.mark.parametrize("then", [Action.REDACT, Action.DROP, Action.RETRY])
def test_what_cannot_hold_when_attempts_are_spent_is_refused(then: Action) -> None:
    with pytest.raises(PolicyError, match=f"then={then}: use FLAG, ABSTAIN, ESCALATE or BLOCK"):
        retry(PIN, then=then)


@every_verb
@pytest.mark.parametrize("timeout", [0, -1, 0.0, float("nan")])
def test_a_timeout_that_is_no_time_is_refused(action: Action, timeout: float) -> None:
    with pytest.raises(PolicyError, match=r"timeout=.*seconds, more than 0"):
        VERBS[action](PIN, timeout=timeout)


# -- which rule fits where

FITS = {
    "input": {"str", "Message", "Request"},
    "sources": {"str", "Source", "Request"},
    "output": {"str"},
    "tools": {"str", "ToolCall"},
    "validators": {"str", "Reply", "Refund", "list[Refund]"},
}
every_stage = pytest.mark.parametrize("stage", FITS)


def in_stage(stage: str, *rules: object) -> Policy:
    return Policy(**{stage: rules})  # type: ignore[arg-type]  # a name that is not written out


@every_stage
@pytest.mark.parametrize("name", CHECKS)
def test_a_rule_fits_where_its_check_can_see_its_subject(stage: str, name: str) -> None:
    rule = flag(CHECKS[name])
    if name in FITS[stage]:
        assert in_stage(stage, rule).rules == (rule,)
    else:
        with pytest.raises(PolicyError, match=f"can never see its subject in {stage}="):
            in_stage(stage, rule)


@pytest.mark.parametrize(
    ("name", "stage", "better"),
    [
        ("Source", "input", "sources"),
        ("Message", "sources", "input"),
        ("ToolCall", "output", "tools"),
        ("Request", "validators", "input"),
        ("Reply", "output", "validators"),
        ("Refund", "input", "validators"),
    ],
)
def test_a_rule_in_the_wrong_stage_is_told_the_right_one(
    name: str, stage: str, better: str
) -> None:
    with pytest.raises(PolicyError, match=f"put it in {better}="):
        in_stage(stage, block(CHECKS[name]))


@pytest.mark.parametrize(
    ("stage", "action", "instead"),
    [
        ("input", Action.RETRY, "use abstain, escalate or block"),
        ("sources", Action.RETRY, "use drop, abstain or block"),
        ("output", Action.DROP, "use redact, retry, abstain or block"),
        ("validators", Action.REDACT, r"put redact\(\.\.\.\) in output=, or use retry"),
        ("validators", Action.DROP, r"put redact\(\.\.\.\) in output=, or use retry"),
    ],
)
@pytest.mark.parametrize("how", ["the action", "on_error"])
def test_an_action_that_makes_no_sense_in_a_stage_is_refused(
    stage: str, action: Action, instead: str, how: str
) -> None:
    rule = VERBS[action](PIN) if how == "the action" else flag(PIN, on_error=action)
    with pytest.raises(PolicyError, match=f"{stage}= cannot {action.name.lower()}: .*{instead}"):
        in_stage(stage, rule)


@every_stage
@every_verb
def test_every_other_action_is_taken_in_every_stage(stage: str, action: Action) -> None:
    senseless = {
        "input": {Action.RETRY},
        "sources": {Action.RETRY},
        "output": {Action.DROP},
        "tools": set(),
        "validators": {Action.REDACT, Action.DROP},
    }
    if action not in senseless[stage]:
        rule = VERBS[action](PIN)
        assert in_stage(stage, rule).rules == (rule,)


@every_stage
def test_a_rule_that_stands_alone_is_no_stage(stage: str) -> None:
    with pytest.raises(PolicyError, match=rf"write {stage}=\(rule,\)"):
        Policy(**{stage: block(PIN)})  # type: ignore[arg-type]  # on purpose


@every_stage
@pytest.mark.parametrize("wrong", [None, 5])
def test_what_holds_no_rules_is_no_stage(stage: str, wrong: object) -> None:
    with pytest.raises(PolicyError, match=f"{stage}= takes a tuple of rules"):
        Policy(**{stage: wrong})  # type: ignore[arg-type]  # on purpose


@every_stage
@pytest.mark.parametrize("wrong", [PIN, matching, "pii", block])
def test_what_has_no_verb_around_it_is_no_rule(stage: str, wrong: object) -> None:
    with pytest.raises(PolicyError, match=rf"{stage}= takes rules, not \w+: put a verb around it"):
        in_stage(stage, wrong)


@every_stage
def test_a_list_of_rules_becomes_a_tuple(stage: str) -> None:
    for rules in ([flag(PIN)], iter([flag(PIN)])):
        policy = Policy(**{stage: rules})  # type: ignore[arg-type]  # a list is taken, a tuple kept
        assert getattr(policy, stage) == (flag(PIN),)
        assert hash(policy) == hash(in_stage(stage, flag(PIN)))


@every_stage
@pytest.mark.parametrize(
    "other", [{"say": "Never."}, {"say": ""}, {"say": "No.", "then": Action.BLOCK}]
)
def test_two_rules_that_contradict_each_other_are_refused(
    stage: str, other: dict[str, Any]
) -> None:
    with pytest.raises(PolicyError, match=f"two rules of {stage}= contradict each other"):
        in_stage(stage, flag(PIN, say="No."), Rule(Action.FLAG, PIN, **other))


def test_rules_that_contradict_each_other_may_stand_in_two_stages() -> None:
    policy = Policy(input=(block(PIN, say="No."),), output=(block(PIN, say="Never."),))
    assert len(policy.rules) == 2


def test_the_same_rule_may_stand_twice() -> None:
    assert len(Policy(input=(block(PIN), block(PIN))).rules) == 2


def test_one_check_may_have_two_verbs() -> None:
    assert len(Policy(input=(flag(PIN, say="a"), block(PIN, say="b"))).rules) == 2


@pytest.mark.parametrize("action", [Action.FLAG, Action.REDACT, Action.DROP, Action.RETRY])
def test_what_cannot_be_read_is_never_taken(action: Action) -> None:
    with pytest.raises(PolicyError, match=rf"unreadable={action}: use ABSTAIN, ESCALATE or BLOCK"):
        Policy(unreadable=action)


@pytest.mark.parametrize("action", [Action.ABSTAIN, Action.ESCALATE, Action.BLOCK])
def test_what_cannot_be_read_may_be_refused_in_three_ways(action: Action) -> None:
    assert Policy(unreadable=action).unreadable is action


def test_a_policy_is_written_with_names() -> None:
    with pytest.raises(TypeError, match="positional"):
        Policy("support")  # type: ignore[call-arg]  # on purpose


def test_the_rules_of_a_policy_come_in_the_order_of_a_call() -> None:
    policy = Policy(
        validators=(retry(PIN),),
        tools=(escalate(PIN),),
        output=(redact(PIN),),
        sources=(drop(PIN),),
        input=(block(PIN),),
    )
    actions = [rule.action.name for rule in policy.rules]
    assert actions == ["BLOCK", "DROP", "REDACT", "ESCALATE", "RETRY"]


# -- budgets


@pytest.mark.parametrize("limit", ["seconds", "dollars", "tokens", "attempts"])
@pytest.mark.parametrize("low", [-1, -0.5, float("nan")])
def test_a_budget_below_nothing_is_refused(limit: str, low: float) -> None:
    with pytest.raises(PolicyError, match=rf"Budget\({limit}=.*cannot be that low"):
        Budget(**{limit: low})  # type: ignore[arg-type]  # a name that is not written out


def test_a_budget_may_be_nothing_but_one_attempt_there_must_be() -> None:
    assert Budget(seconds=0, dollars=0, tokens=0).seconds == 0
    with pytest.raises(PolicyError, match="attempts=0"):
        Budget(attempts=0)


LIMITS = st.none() | st.integers(1, 9)
BUDGETS = st.builds(Budget, seconds=LIMITS, dollars=LIMITS, tokens=LIMITS, attempts=LIMITS)


@given(BUDGETS, BUDGETS)
def test_two_budgets_give_the_tighter_limit_of_each_kind(one: Budget, other: Budget) -> None:
    both = one & other
    for name in ("seconds", "dollars", "tokens", "attempts"):
        limits = [getattr(one, name), getattr(other, name)]
        assert getattr(both, name) == min([x for x in limits if x is not None], default=None)


@given(BUDGETS, BUDGETS, BUDGETS)
def test_budgets_may_be_taken_together_in_any_order(a: Budget, b: Budget, c: Budget) -> None:
    assert (a & b) & c == a & (b & c)
    assert a & b == b & a
    assert a & a == a == a & Budget()


# -- a monoid

TEXTS = st.sampled_from(["", "a", "b"])
RULES = st.builds(
    lambda verb, on, say: verb(on, say=say),
    st.sampled_from([flag, block, abstain]),
    st.sampled_from([PIN, longer_than(limit=3), seen_text(how=1), seen_text(how=2)]),
    st.just("No."),
)
STAGE = st.lists(RULES, max_size=3).map(tuple)
POLICIES = st.builds(
    Policy,
    name=TEXTS,
    input=STAGE,
    sources=STAGE,
    output=STAGE,
    tools=STAGE,
    validators=STAGE,
    budget=BUDGETS,
    unreadable=st.sampled_from([Action.ABSTAIN, Action.ESCALATE, Action.BLOCK]),
)


@given(POLICIES, POLICIES, POLICIES)
def test_policies_add_up_in_any_grouping(p: Policy, q: Policy, r: Policy) -> None:
    assert (p + q) + r == p + (q + r)


@given(POLICIES)
def test_the_empty_policy_changes_nothing(p: Policy) -> None:
    assert p + Policy() == p == Policy() + p


@given(st.lists(POLICIES, max_size=3))
def test_policies_can_be_summed(policies: list[Policy]) -> None:
    total = sum(policies, Policy())
    assert total.input == tuple(rule for policy in policies for rule in policy.input)


@given(POLICIES, POLICIES)
def test_two_policies_run_the_rules_of_both(p: Policy, q: Policy) -> None:
    assert sorted(map(repr, (p + q).rules)) == sorted(map(repr, p.rules + q.rules))
    assert (p + q).budget == p.budget & q.budget
    assert (p + q).unreadable == max(p.unreadable, q.unreadable)


def test_two_policies_that_contradict_each_other_do_not_add_up() -> None:
    with pytest.raises(PolicyError, match="contradict"):
        Policy(input=(block(PIN, say="No."),)) + Policy(input=(block(PIN, say="Never."),))


@given(TEXTS, TEXTS)
def test_the_name_of_a_sum_is_made_of_both_names(one: str, other: str) -> None:
    name = (Policy(name=one) + Policy(name=other)).name
    assert name == "+".join(each for each in (one, other) if each)


# -- the fingerprint


@given(POLICIES)
def test_equal_policies_have_one_fingerprint(p: Policy) -> None:
    assert replace(p).fingerprint == p.fingerprint
    assert (p + Policy()).fingerprint == p.fingerprint


@given(POLICIES, POLICIES)
def test_different_policies_have_different_fingerprints(p: Policy, q: Policy) -> None:
    assert (p == q) == (p.fingerprint == q.fingerprint)


def fingerprint(how: object) -> str:
    return Policy(input=(block(seen_text(how=how)),)).fingerprint


SAME: dict[str, tuple[object, object]] = {
    "sets": ({"a", "b", "c"}, {"c", "b", "a"}),
    "frozen sets": (frozenset({1, 2}), frozenset({2, 1})),
    "dicts": ({"a": 1, "b": 2}, {"b": 2, "a": 1}),
    "numbers": (1, 1.0),
    "booleans": (1, True),
    "a set and a frozen set": ({"a"}, frozenset({"a"})),
    "dataclasses": (Words(frozenset({"a", "b"})), Words(frozenset({"b", "a"}))),
    "enumerations": (Action.BLOCK, 7),
    "partials": (functools.partial(max, 1), functools.partial(max, 1)),
}


@pytest.mark.parametrize("name", SAME)
def test_equal_parameters_give_one_fingerprint(name: str) -> None:
    one, other = SAME[name]
    if Policy(input=(block(seen_text(how=one)),)) == Policy(input=(block(seen_text(how=other)),)):
        assert fingerprint(one) == fingerprint(other)


class Slotted:
    """A thing with a value and no way of its own to print it."""

    __slots__ = ("value",)

    def __init__(self, value: int) -> None:
        self.value = value


class Plain:
    """The same, without slots."""

    def __init__(self, value: object) -> None:
        self.value = value

    def method(self) -> None:
        """Do nothing."""


class Callable_(Plain):  # noqa: N801  # Callable is another
    """The same, and it can be called."""

    def __call__(self) -> None:
        """Do nothing."""


def closure(value: int) -> Callable[[], int]:
    return lambda: value


DIFFERENT: dict[str, tuple[object, object]] = {
    "texts": ("a", "b"),
    "text and number": ("1", 1),
    "text and nothing": ("None", None),
    "tuples": (("a", "b"), ("a, b",)),
    "nested tuples": ((("a",), "b"), ("a", ("b",))),
    "a tuple and a set": (("a",), frozenset({"a"})),
    "sets": (frozenset({"a"}), frozenset({"a", "b"})),
    "an empty set and an empty dict": (frozenset(), {}),
    "dicts": ({"a": 1}, {"a": 2}),
    "functions": (len, max),
    "lambdas of one line": (lambda: 1, lambda: 2),
    "closures": (closure(1), closure(2)),
    "partials": (functools.partial(max, 1), functools.partial(max, 2)),
    "classes": (Plain, Slotted),
    "objects": (Plain(1), Plain(2)),
    "objects with slots": (Slotted(1), Slotted(2)),
    "objects that can be called": (Callable_(1), Callable_(2)),
    "methods": (Plain(1).method, Plain(2).method),
    "functions in functions": (lambda: lambda: 1, lambda: lambda: 2),
    "defaults by name": (lambda *, a=1: a, lambda *, a=2: a),
    "patterns that begin alike": (re.compile(300 * "a" + "b"), re.compile(300 * "a" + "c")),
    "dataclasses": (Words(frozenset("a")), Words(frozenset("b"))),
    "dataclasses, one level down": (
        Words(frozenset(), tone=Plain(1)),
        Words(frozenset(), tone=Plain(2)),
    ),
}


@pytest.mark.parametrize("name", DIFFERENT)
def test_different_parameters_give_different_fingerprints(name: str) -> None:
    one, other = DIFFERENT[name]
    assert fingerprint(one) != fingerprint(other)


@pytest.mark.parametrize(
    "how",
    [{"say": "a"}, {"timeout": 1.0}, {"on_error": Action.FLAG}, {"trusted": True}],
)
def test_each_option_of_a_rule_is_in_the_fingerprint(how: dict[str, Any]) -> None:
    plain = Policy(input=(block(PIN),))
    assert Policy(input=(block(PIN, **how),)).fingerprint != plain.fingerprint


@pytest.mark.parametrize(
    "change",
    [
        {"name": "a"},
        {"budget": Budget(tokens=1)},
        {"unreadable": Action.BLOCK},
        {"input": (block(PIN),)},
        {"output": (block(PIN),)},
        {"input": (flag(PIN), block(PIN))},
        {"input": (block(PIN), flag(PIN))},
    ],
)
def test_each_field_of_a_policy_is_in_the_fingerprint(change: dict[str, Any]) -> None:
    others: list[dict[str, Any]] = [{}, {"sources": (block(PIN),)}, {"budget": Budget(attempts=1)}]
    ours = replace(Policy(), **change).fingerprint
    assert ours not in {replace(Policy(), **other).fingerprint for other in others}


def nested(depth: int, inside: str) -> object:
    """A dict in a dict in a dict."""
    value: object = inside
    for _ in range(depth):
        value = {"properties": value}
    return value


def test_what_differs_deep_inside_has_different_fingerprints() -> None:
    """A JSON Schema of a tool is nested, and two may differ at its end alone."""
    assert fingerprint(nested(40, "a")) != fingerprint(nested(40, "b"))


def test_functions_that_take_other_types_have_different_fingerprints() -> None:
    def one() -> Callable[..., object]:
        def tool(amount: int) -> None: ...

        return tool

    def other() -> Callable[..., object]:
        def tool(amount: str) -> None: ...

        return tool

    first, second = one(), other()
    second.__qualname__ = first.__qualname__
    assert fingerprint(first) != fingerprint(second)


def test_two_checks_of_one_name_have_different_fingerprints() -> None:
    def made(word: str) -> Check[str]:
        @check
        def found(text: str) -> Iterator[Finding]:
            if word in text:
                yield Finding("a word")

        return found()

    one, other = Policy(input=(block(made("a")),)), Policy(input=(block(made("b")),))
    assert one != other
    assert one.fingerprint != other.fingerprint


class Client:
    """What talks to a model: its parts know it, it knows them, and it holds a lock."""

    def __init__(self, parts: int, *, key: str = "a") -> None:
        self.key = key
        self.lock = threading.Lock()
        self.parts = [Plain(self) for _ in range(parts)]

    def ask(self, text: str) -> str:
        return text


def test_a_parameter_may_be_an_object_whose_parts_know_it() -> None:
    began = time.process_time()
    assert len(fingerprint(Client(7))) == 16
    assert len(fingerprint(Client(7).ask)) == 16
    assert time.process_time() - began < 0.5


def test_a_parameter_may_hold_itself() -> None:
    words: list[object] = ["a"]
    words.append(words)
    assert len(fingerprint(words)) == 16


def test_two_objects_that_hold_the_same_have_one_fingerprint() -> None:
    """Where a lock of theirs lies in memory tells nothing of them."""
    assert fingerprint(Client(1)) == fingerprint(Client(1))
    assert fingerprint(Client(1)) != fingerprint(Client(1, key="b"))


def test_the_fingerprint_is_short_and_readable() -> None:
    assert len(Policy().fingerprint) == 16
    assert int(Policy().fingerprint, 16) >= 0


def test_a_lone_surrogate_does_not_break_the_fingerprint() -> None:
    assert Policy(name="\ud800").fingerprint != Policy(name="\ud801").fingerprint


def test_the_fingerprint_is_neither_given_nor_printed_nor_compared() -> None:
    with pytest.raises(TypeError):
        Policy(fingerprint="a")  # type: ignore[call-arg]  # on purpose
    assert "fingerprint" not in repr(Policy())


SCRIPT = textwrap.dedent(
    """
    import functools
    from collections.abc import Iterator
    from guardrails_lib import *
    from guardrails_lib.checks import matching

    class Tone:
        def __init__(self, words):
            self.words = words

    @check
    def found(text: str, how: object) -> Iterator[Finding]:
        yield Finding(str(how))

    hows = [
        {"alpha", "beta", "gamma", "delta"}, {"a": {1, 2}, "b": frozenset("xyz")}, len, Tone,
        Tone({"alpha", "beta", "gamma"}), lambda text: text, functools.partial(max, 1),
        (Action.BLOCK, Label.PUBLIC), Finding("a", Span(1, 2)), Tone(1).__init__,
    ]
    rules = [block(found(how)) for how in hows] + [redact(matching("a"))]
    print(Policy(name="a", input=rules[:-1], output=rules[-1:]).fingerprint)
    """
)


def test_the_fingerprint_is_the_same_in_every_process() -> None:
    """Whatever the order of its sets, and wherever its objects lie."""
    seen = set()
    for seed in ("0", "1", "4711"):
        padding = f"pad = [object() for _ in range({int(seed) * 7})]\n"
        done = subprocess.run(
            [sys.executable, "-c", padding + SCRIPT],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
            capture_output=True,
            text=True,
            check=True,
        )
        seen.add(done.stdout.strip())
    assert len(seen) == 1
    assert len(seen.pop()) == 16


def test_a_policy_may_be_a_key() -> None:
    assert {Policy(name="a"): 1}[Policy(name="a")] == 1


def test_words_in_a_list_may_be_a_parameter() -> None:
    words = containing(("a", "b"))
    assert Policy(input=(block(words),)) == Policy(input=(block(containing(("a", "b"))),))
