"""Whether rules guard: each is shown what its own check is known to find, by the real engine."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import pytest

from guardrails_lib import (
    Action,
    Budget,
    Check,
    Finding,
    Guard,
    Known,
    Label,
    Message,
    Policy,
    PolicyError,
    Rule,
    Source,
    Usage,
    abstain,
    block,
    check,
    drop,
    escalate,
    flag,
    guard,
    redact,
    retry,
)
from guardrails_lib.checks import (
    containing,
    in_argument,
    invisible,
    judged,
    leaked_prompt,
    longer_than,
    matching,
    no_sources,
    repaired,
    unanswerable,
    uncited,
    uncleared,
    unfinished,
    unfit_arguments,
    unknown_tool,
    unreadable,
    unsure,
)
from guardrails_lib.testing.known import Shown, Verdict, guard_of, shown, shown_alone

PIN = Known(bad=["my pin is 1234", "1234"], good=["my pin is safe", ""])


def pins(**params: object) -> Known[str]:
    return PIN


@check(known=pins)
def pin(text: str) -> Iterator[Finding]:
    """A pin."""
    at = text.find("1234")
    if at >= 0:
        yield Finding("a pin", (at, at + 4))  # type: ignore[arg-type]  # it takes a tuple too


@check(known=pins)
def blind(text: str) -> Iterator[Finding]:
    """Nothing, whatever it says of itself."""
    yield from ()


@check(known=pins)
def half_blind(text: str) -> Iterator[Finding]:
    """A pin at the end of a sentence alone."""
    if text.endswith("is 1234"):
        yield Finding("a pin")


@check(known=pins)
def nervous(text: str) -> Iterator[Finding]:
    """Everything."""
    yield Finding("it may be a pin")


@check(known=pins)
def broken(text: str) -> Iterator[Finding]:
    """Nothing: it breaks."""
    raise RuntimeError(f"what about {text}")
    yield


@check(known=pins)
def lacking(text: str) -> Iterator[Finding]:
    """Nothing: its extra is missing."""
    raise ImportError('it needs more: pip install "guardrails-lib[more]"')
    yield


@check(known=pins)
def unable(text: str) -> Iterator[Finding]:
    """Nothing: it cannot tell, and says so."""
    yield Finding("it could not tell", kind="error")


@check
def bare(text: str) -> Iterator[Finding]:
    """A check that says nothing of itself."""
    yield from ()


def impossible() -> Known[str]:
    raise ZeroDivisionError


@check(known=impossible)
def muddled(text: str) -> Iterator[Finding]:
    """A check whose samples cannot be made."""
    yield from ()


@check(known=lambda: Known(why="nobody knows"))
def secretive(text: str) -> Iterator[Finding]:
    """A check that has no samples."""
    yield from ()


@check(known=lambda: Known(good=["hello"]))
def modest(text: str) -> Iterator[Finding]:
    """A check that knows what it does not find."""
    yield from ()


@dataclass(frozen=True)
class Refund:
    """What a clerk grants."""

    amount: float


@check(known=lambda limit: Known(bad=[Refund(limit + 1)], good=[Refund(limit)]))
def over(refund: Refund, *, limit: float) -> Iterator[Finding]:
    """A refund that is too large."""
    if refund.amount > limit:
        yield Finding("too much")


@check(known=lambda: Known(bad=["a text"]))
def confused(refund: Refund) -> Iterator[Finding]:
    """A check whose samples are of another type."""
    yield Finding("too much")


@check(known=lambda: Known(bad=[Message("user", "x", name="bob")], good=[Message("user", "x")]))
def named(message: Message) -> Iterator[Finding]:
    """A message of somebody who has a name."""
    if message.name:
        yield Finding("a name")


@check(known=lambda: Known(bad=[Source("http://x", "y")], good=[Source("kb://x", "y")]))
def of_the_web(source: Source) -> Iterator[Finding]:
    """A source of the web."""
    if source.uri.startswith("http"):
        yield Finding("of the web")


@check(known=pins)
async def pin_later(text: str) -> AsyncIterator[Finding]:
    """A pin, found by waiting."""
    await asyncio.sleep(0)
    if "1234" in text:
        yield Finding("a pin")


@check(known=pins)
def pin_that_costs(text: str) -> Iterator[Finding | Usage]:
    """A pin, found by a model that costs."""
    yield Usage(10, 1, dollars=0.01)
    if "1234" in text:
        yield Finding("a pin")


def only(policy: Policy) -> Shown:
    (found,) = shown(policy)
    return found


def verdicts(subject: Any) -> list[Verdict]:
    return [each.verdict for each in shown(subject)]


GUARDING = [
    pytest.param(Policy(input=(rule,)), id=f"input-{name}")
    for name, rule in dict[str, Rule[Any]](
        {
            "flag": flag(pin()),
            "redact": redact(pin()),
            "restore": redact(pin(), restore=True),
            "drop": drop(pin()),
            "abstain": abstain(pin()),
            "escalate": escalate(pin()),
            "block": block(pin()),
            "async": block(pin_later()),
            "costs": block(pin_that_costs()),
            "slow": block(Check(pin().find, slow=True, known_of=pins)),
            "message": drop(named()),
            "request": abstain(no_sources()),
            "label": drop(uncleared()),
            "redacted label": redact(uncleared()),
        }
    ).items()
] + [
    pytest.param(policy, id=name)
    for name, policy in {
        "sources-text": Policy(sources=(drop(pin()),)),
        "sources-source": Policy(sources=(drop(of_the_web()),)),
        "sources-request": Policy(sources=(abstain(unanswerable()),)),
        "sources-label": Policy(sources=(drop(uncleared()),)),
        "output-redact": Policy(output=(redact(pin()),)),
        "output-retry": Policy(output=(retry(pin()),)),
        "output-retry-then-flag": Policy(output=(retry(pin(), then=Action.FLAG),)),
        "output-async": Policy(output=(redact(invisible()), block(pin_later()))),
        "tools-text": Policy(tools=(redact(pin()),)),
        "tools-drop": Policy(tools=(drop(unknown_tool()),)),
        "tools-retry": Policy(tools=(retry(unfit_arguments(), then=Action.ESCALATE),)),
        "tools-argument": Policy(tools=(block(in_argument(pin(), "query", tool="ask")),)),
        "validators-text": Policy(validators=(retry(pin()),)),
        "validators-reply": Policy(validators=(abstain(uncited()), block(leaked_prompt()))),
        "validators-request": Policy(validators=(abstain(unanswerable()),)),
        "validators-finish": Policy(validators=(abstain(unfinished()),)),
        "validators-value": Policy(validators=(escalate(over(limit=9.0)),)),
        "validators-unreadable": Policy(validators=(retry(unreadable()),)),
        "validators-repaired": Policy(validators=(flag(repaired()),)),
        "validators-samples": Policy(validators=(retry(unsure(samples=2)),)),
        "validators-field": Policy(validators=(abstain(unsure(field="lines.sure")),)),
        "attempts": Policy(output=(retry(pin(), then=Action.FLAG),), budget=Budget(attempts=1)),
    }.items()
]


def test_an_extra_that_samples_want_is_named() -> None:
    def wanting() -> Known[str]:
        raise ImportError('to read this needs readers: pip install "readers"')

    @check(known=wanting)
    def read(text: str) -> Iterator[Finding]:
        """A text that cannot be read here."""
        yield Finding("it is there")

    [row] = shown(Policy(input=(block(read()),)))
    assert (row.verdict, row.why) == (
        Verdict.FAILS,
        'to read this needs readers: pip install "readers"',
    )


@pytest.mark.parametrize("policy", GUARDING)
def test_a_rule_that_guards_is_seen_to(policy: Policy) -> None:
    rows = list(shown(policy))
    assert {each.verdict for each in rows} == {Verdict.GUARDS}, "; ".join(each.why for each in rows)


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        pytest.param(block(blind()), "it found nothing", id="finds nothing"),
        pytest.param(block(half_blind()), "it found nothing", id="finds some"),
        pytest.param(block(nervous()), "that it is known to leave alone", id="finds all"),
        pytest.param(block(broken()), "broken broke: RuntimeError", id="breaks"),
        pytest.param(
            block(broken(), on_error=Action.FLAG), "broken broke: RuntimeError", id="breaks softly"
        ),
        pytest.param(block(lacking()), 'pip install "guardrails-lib[more]"', id="lacks an extra"),
        pytest.param(block(unable()), "it could not tell", id="cannot tell"),
        pytest.param(block(muddled()), "cannot be made: ZeroDivisionError", id="no samples made"),
    ],
)
@pytest.mark.parametrize("stage", ["input", "sources", "output", "tools", "validators"])
def test_a_rule_that_does_not_guard_is_seen_to(stage: str, rule: Rule[str], why: str) -> None:
    rules: dict[str, Any] = {stage: (rule,)}
    found = only(Policy(**rules))
    assert found.verdict is Verdict.FAILS
    assert why in found.why


def test_what_a_check_breaks_with_is_not_quoted() -> None:
    assert "1234" not in repr(only(Policy(input=(block(broken()),))))


def test_a_pattern_that_is_wrong_is_seen_to() -> None:
    @check(known=lambda pattern: Known(bad=["order 17-4432"], good=["order"]))
    def order(text: str, pattern: str) -> Iterator[Finding]:
        """The number of an order."""
        yield from matching(pattern)(text)

    right, wrong = order(r"\d{2}-\d{4}"), order(r"\d{3}-\d{4}")
    assert verdicts(Policy(output=(block(right), block(wrong)))) == [
        Verdict.GUARDS,
        Verdict.FAILS,
    ]


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        pytest.param(block(bare()), "its check declares no samples", id="says nothing"),
        pytest.param(block(secretive()), "nobody knows", id="says why"),
        pytest.param(block(modest()), "nothing that it is known to find", id="only good ones"),
    ],
)
def test_a_rule_without_samples_is_untested(rule: Rule[str], why: str) -> None:
    found = only(Policy(input=(rule,)))
    assert found.verdict is Verdict.UNTESTED
    assert why in found.why


def test_a_judge_is_untested() -> None:
    rule = block(judged("Is it polite?", by=lambda prompt: "yes"))
    assert only(Policy(validators=(rule,))).verdict is Verdict.UNTESTED


def test_samples_of_another_type_than_the_check_looks_at_show_nothing() -> None:
    found = only(Policy(validators=(block(confused()),)))
    assert found.verdict is Verdict.UNTESTED


def test_the_samples_are_counted() -> None:
    found = only(Policy(input=(block(half_blind()),)))
    assert (found.found, found.bad, found.quiet, found.good) == (1, 2, 2, 2)


def test_rules_come_in_the_order_of_the_policy() -> None:
    policy = Policy(input=(block(pin()),), output=(redact(pin()), block(invisible())))
    assert [(each.stage, each.rule) for each in shown(policy)] == [
        ("input", policy.input[0]),
        ("output", policy.output[0]),
        ("output", policy.output[1]),
    ]


def test_a_rule_may_take_away_what_a_later_one_would_find() -> None:
    policy = Policy(output=(redact(pin()),), validators=(block(pin()),))
    assert verdicts(policy) == [Verdict.GUARDS] * 2


def test_a_rule_may_stop_the_call_before_a_later_one_sees_it() -> None:
    policy = Policy(input=(abstain(longer_than(limit=0)),), output=(block(pin()),))
    assert verdicts(policy) == [Verdict.GUARDS] * 2


def test_a_rule_that_is_stricter_does_not_count_against_another() -> None:
    policy = Policy(output=(redact(pin()), block(containing("1234"))))
    assert verdicts(policy) == [Verdict.GUARDS] * 2


def test_a_rule_that_the_whole_policy_keeps_from_guarding_is_seen_to(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """No policy can be written that does; so the engine is made to forget a rule."""
    from guardrails_lib import _plan

    whole = _plan.Group.__init__

    def forgetful(self: _plan.Group, rules: tuple[Rule[Any], ...]) -> None:
        whole(self, rules[:1])

    monkeypatch.setattr(_plan.Group, "__init__", forgetful)
    first, second = shown(Policy(output=(block(invisible()), block(pin()))))
    assert first.verdict is Verdict.GUARDS
    assert second.verdict is Verdict.FAILS
    assert second.why == "in the whole policy 2 of them end milder than block"


def test_an_engine_that_notes_and_does_nothing_is_seen_to(monkeypatch: pytest.MonkeyPatch) -> None:
    from guardrails_lib import _call

    monkeypatch.setattr(_call.Call, "decide", _call.Call.keep)
    assert only(Policy(validators=(block(pin()),))).why == "2 end milder than block"


def test_a_guard_without_a_clearance_lets_labels_pass() -> None:
    policy = Policy(input=(drop(uncleared()),))
    assert verdicts(policy) == [Verdict.GUARDS]
    assert verdicts(Guard(policy, cleared_for=Label.INTERNAL)) == [Verdict.GUARDS]
    assert verdicts(Guard(policy)) == [Verdict.FAILS]


def test_a_guarded_function_is_not_called() -> None:
    @guard(Policy(input=(block(pin()),), validators=(escalate(over(limit=1.0)),)), returns=Refund)
    def pay(prompt: str) -> str:
        raise AssertionError

    assert verdicts(pay) == [Verdict.GUARDS] * 2


def test_a_flow_has_to_be_taken_apart() -> None:
    from guardrails_lib.flows import fallback

    @guard(Policy())
    def one(prompt: str) -> str:
        return prompt

    @guard(Policy())
    def other(prompt: str) -> str:
        return prompt

    with pytest.raises(PolicyError, match="name one of the functions"):
        guard_of(fallback(one, other))


def test_nothing_of_the_world_is_behind_the_guard() -> None:
    told: list[object] = []
    guarded: Guard[str] = Guard(Policy(input=(escalate(pin()),)), observers=(told.append,))
    assert verdicts(guarded) == [Verdict.GUARDS]
    assert told == []


def test_one_rule_is_shown_its_samples_by_itself() -> None:
    assert shown_alone("input", block(pin())).verdict is Verdict.GUARDS


def test_what_a_policy_asks_of_a_request_is_asked_of_it_first() -> None:
    """A request that the policy refuses would show nothing of the later stages."""
    seen: list[str] = []

    @check(known=lambda: Known(bad=["hm"], good=["The code is 7."]))
    def uncoded(text: str) -> Iterator[Finding]:
        """A text without a code."""
        seen.append(text)
        if "code" not in text:
            yield Finding("no code")

    policy = Policy(input=(block(uncoded()),), output=(block(pin()),))
    assert verdicts(policy) == [Verdict.GUARDS] * 2
    assert seen[-1] == "The code is 7."


def test_a_value_prints() -> None:
    found = Shown("input", block(pin()), Verdict.GUARDS, 2, 2, 2, 2)
    assert repr(found).startswith("Shown(stage='input', rule=block(pin()), verdict=Verdict.GUARDS")


def test_a_check_that_is_late_does_not_guard() -> None:
    @check(known=pins, slow=True)
    def late(text: str) -> Iterator[Finding]:
        """A pin, too late."""
        time.sleep(0.2)
        yield Finding("a pin")

    found = only(Policy(input=(block(late(), timeout=0.01),)))
    assert found.verdict is Verdict.FAILS
    assert "no answer within" in found.why


@pytest.mark.parametrize("name", ["base", "rag", "support", "agent"])
def test_the_shipped_policies_guard(name: str) -> None:
    pytest.importorskip("presidio_analyzer", reason="the pii extra is not installed")
    pytest.importorskip("nh3", reason="the output extra is not installed")
    policy: Policy = getattr(import_module(f"guardrails_policies.{name}"), name.upper())
    bad = [each for each in shown(policy) if each.verdict is not Verdict.GUARDS]
    assert [(each.stage, each.rule.check.name, each.why) for each in bad] == []
