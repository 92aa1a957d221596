"""What a policy takes out reaches nobody: the laws of leaks hold, and say clearly where not."""

from __future__ import annotations

import importlib
import re
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument

from guardrails_lib import (
    Action,
    Data,
    Finding,
    Guard,
    Known,
    Message,
    Policy,
    PolicyError,
    Request,
    Rule,
    Span,
    abstain,
    block,
    check,
    drop,
    escalate,
    flag,
    guard,
    label,
    mask,
    redact,
    retry,
)
from guardrails_lib.checks import containing, longer_than, matching
from guardrails_lib.desk import MemoryDesk
from guardrails_lib.flows import fallback
from guardrails_lib.testing import EchoModel, laws
from guardrails_lib.testing.laws.planting import found, plants_of

KEY = matching("key_[a-z]{6}")
LAWS = pytest.mark.parametrize("law", [laws.never_leaks, laws.nothing_in_the_log])
SHIPPED = ("base", "rag", "support", "agent")


def shipped(name: str) -> Policy:
    """A policy of ours; it may need extras."""
    made: Policy = getattr(importlib.import_module(f"guardrails_policies.{name}"), name.upper())
    return made


@pytest.fixture
def as_it_is_found() -> Iterator[None]:
    """Nothing is made smaller, which takes long."""
    usual = settings.get_current_profile_name()
    settings.register_profile("as it is found", deadline=None, phases=[Phase.generate])
    settings.load_profile("as it is found")
    yield
    settings.load_profile(usual)


def before(verb: Callable[..., Rule[Any]], **how: Any) -> Policy:
    return Policy(input=(verb(KEY, **how),), sources=(verb(KEY, **how),))


POLICIES = [
    *(before(verb) for verb in (redact, drop, abstain, escalate, block)),
    before(redact, restore=True),
    before(redact, with_=label()),
    before(redact, with_=mask("*")),
    *(Policy(output=(verb(KEY),)) for verb in (redact, retry, abstain, escalate, block)),
    *(Policy(tools=(verb(KEY),)) for verb in (redact, drop, retry, abstain, escalate, block)),
    Policy(input=(redact(KEY), flag(longer_than(limit=3))), output=(redact(containing("shop")),)),
]


@LAWS
@pytest.mark.parametrize("policy", POLICIES, ids=str)
def test_they_hold_whatever_a_finding_means(law: Callable[..., None], policy: Policy) -> None:
    law(policy, examples=15)


@LAWS
@pytest.mark.parametrize("name", SHIPPED)
def test_they_hold_for_the_shipped_policies(law: Callable[..., None], name: str) -> None:
    law(shipped(name), examples=30)


@check(known=lambda: Known(bad=["key_abcdef"]))
async def awaited(text: str) -> AsyncIterator[Finding]:
    """A key, after some waiting."""
    for each in KEY(text):
        yield each


@LAWS
def test_they_hold_for_what_only_a_coroutine_can_run(law: Callable[..., None]) -> None:
    law(Policy(input=(block(awaited()),)), examples=15)


@LAWS
def test_a_function_that_asks_the_fake_itself_is_called_as_it_is(law: Callable[..., None]) -> None:
    model = EchoModel()

    @guard(before(redact))
    def ask(request: Request) -> Any:
        return model(request)

    law(ask, model=model, examples=20)
    assert model.sent


def test_your_own_values_are_planted_where_you_say() -> None:
    model = EchoModel()
    guarded = guard(Policy(input=(block(containing("Ann")),)))(model.__call__)
    laws.never_leaks(guarded, values=st.just("Ann"), where=["user", "data"], examples=20)


@pytest.mark.usefixtures("as_it_is_found")
def test_what_gets_through_is_told_with_all_that_led_to_it() -> None:
    policy = Policy(input=(redact(KEY),), sources=(flag(KEY),))
    with pytest.raises(laws.LawBroken) as caught:
        laws.never_leaks(policy, values=st.just("key_abcdef"), examples=200)
    said = str(caught.value)
    assert caught.value.law == "never_leaks"
    assert said.startswith("never_leaks does not hold: the model is sent what the policy takes out")
    assert "sources=(Source(" in said
    assert f"  record   a policy {policy.fingerprint[:12]}" in said
    assert "Event(kind='asked')" in said


@pytest.mark.usefixtures("as_it_is_found")
def test_your_own_values_are_blotted_out_of_what_is_told() -> None:
    with pytest.raises(laws.LawBroken) as caught:
        laws.never_leaks(Policy(input=(flag(KEY),)), values=st.just("0123-me"), examples=20)
    assert "███████" in str(caught.value)
    assert "0123-me" not in str(caught.value)


def test_the_smallest_request_is_told() -> None:
    with pytest.raises(laws.LawBroken) as caught:
        laws.never_leaks(Policy(), values=st.just("0123-me"), where=["user"], examples=20)
    assert "Request(messages=(Message(role='user', text='███████'),))" in str(caught.value)


@check(known=lambda: Known(bad=["key_abcdef"]))
def quoting(text: str) -> Iterator[Finding]:
    """A key, which it quotes, though no check should."""
    if "key_abcdef" in text:
        yield Finding("key_abcdef is there")


@pytest.mark.usefixtures("as_it_is_found")
def test_a_finding_that_quotes_is_told() -> None:
    with pytest.raises(laws.LawBroken, match="nothing_in_the_log does not hold: the record has"):
        laws.nothing_in_the_log(Policy(output=(block(quoting()),)), examples=5)


def test_your_own_values_are_blotted_out_of_the_record_that_is_told() -> None:
    with pytest.raises(laws.LawBroken) as caught:
        laws.nothing_in_the_log(
            Policy(input=(flag(quoting()),)), values=st.just("key_abcdef"), examples=20
        )
    assert "finding=Finding(message='████████ is there'" in str(caught.value)
    assert "key_abcdef" not in str(caught.value)


def asking_with(key: str) -> Request:
    return Request([Message("user", parts=["Hello.", Data({key: 1})])])


def recorded(verb: Callable[..., Rule[Any]]) -> str:
    guarded = guard(Policy(input=(verb(KEY),)))(lambda request: "Yes.")
    return repr(guarded(asking_with("key_abcdef")).record)


@pytest.mark.parametrize("verb", [redact, drop, abstain, block])
def test_a_key_that_is_taken_out_is_not_in_the_record(verb: Callable[..., Rule[Any]]) -> None:
    assert "key_abcdef" not in recorded(verb)


@pytest.mark.parametrize("verb", [flag, escalate])
def test_a_key_that_is_noted_or_for_a_person_is(verb: Callable[..., Rule[Any]]) -> None:
    assert "key_abcdef" in recorded(verb)


def test_each_place_has_its_plants() -> None:
    policy = before(redact) + Policy(output=(redact(KEY),), tools=(drop(KEY),))
    assert len(plants_of(policy)) == 11 + 1 + 5


@check(known=lambda: Known(bad=("code: key_abcdef",), good=("no key",)))
def by_company(text: str) -> Iterator[Finding]:
    """A key; and a word with which the text begins."""
    if text.startswith("code:"):
        yield Finding("a word", Span(0, 4))
    for place in re.finditer("key_[a-z]{6}", text):
        yield Finding("a key", Span(*place.span()))


def test_what_is_found_by_what_stands_around_it_is_not_meant() -> None:
    rule = redact(by_company())
    assert found(rule, "code: key_abcdef") == ("key_abcdef",)
    laws.never_leaks(Policy(input=(rule,)), examples=100)


def test_what_is_found_of_a_sample_alone_is_meant_if_nothing_else_is() -> None:
    assert found(redact(by_company()), "code: none") == ("code",)


def test_what_stands_beside_by_chance_is_no_leak() -> None:
    """The addresses of sources have it as well, and no rule over texts looks there."""
    laws.never_leaks(Policy(input=(redact(containing("example.com")),)), examples=100)


@LAWS
def test_a_policy_with_nothing_to_plant_is_told_so(law: Callable[..., None]) -> None:
    with pytest.raises(ValueError, match="has nothing to plant: no check of the policy that") as e:
        law(Policy(input=(flag(KEY),)))
    assert str(e.value).startswith(law.__name__)


@LAWS
def test_a_fake_needs_a_function_that_asks_it(law: Callable[..., None]) -> None:
    for each in (before(redact), Guard[str](before(redact))):
        with pytest.raises(TypeError, match="model= is the fake that a guarded function asks"):
            law(each, model=EchoModel())


@LAWS
def test_one_policy_is_wanted(law: Callable[..., None]) -> None:
    with pytest.raises(TypeError, match="takes one policy, guard or guarded function"):
        law(st.just(before(redact)))


@LAWS
def test_a_flow_has_several_guards(law: Callable[..., None]) -> None:
    def ask(request: Request) -> str:
        return "Yes."

    guarded = guard(before(redact))(ask)
    with pytest.raises(TypeError, match="a flow has several guards"):
        law(fallback(guarded, guarded))


@LAWS
def test_a_function_that_is_not_guarded_is_refused(law: Callable[..., None]) -> None:
    with pytest.raises(PolicyError, match="is not guarded: put @guard"):
        law(len)


@LAWS
@pytest.mark.parametrize("where", [[], ["attic"]], ids=["nowhere", "unknown"])
def test_a_place_must_be_known(law: Callable[..., None], where: list[Any]) -> None:
    with pytest.raises(InvalidArgument):
        law(before(redact), values=st.just("x"), where=where)


def test_a_guard_that_wants_all_to_be_looked_at_has_its_laws_of_severity() -> None:
    """Where one stage is tried alone, nobody looks at the others."""
    strict = Guard[str](before(redact), strict=True)
    for law in (laws.error_is_never_a_pass, laws.strictest_wins, laws.monotone):
        law(strict, examples=15)


def test_a_rule_that_lets_errors_pass_redacts_what_is_no_error() -> None:
    @check(width=3)
    def unsure(text: str) -> Iterator[Finding]:
        """A letter, of which it cannot tell."""
        if "c" in text:
            yield Finding("cannot tell", Span(text.index("c"), text.index("c") + 1), kind="error")

    policy = Policy(output=(redact(unsure(), on_error=Action.FLAG),))
    laws.redaction_is_clean(policy, texts=st.text("abc", max_size=9), examples=20)


def test_what_is_redacted_is_not_in_the_case_of_a_desk() -> None:
    policy = before(redact) + Policy(output=(escalate(longer_than(limit=0)),))
    laws.nothing_in_the_log(Guard[str](policy, desk=MemoryDesk()), examples=30)


def test_what_a_person_must_decide_on_may_be_in_the_case() -> None:
    laws.nothing_in_the_log(Guard[str](before(escalate), desk=MemoryDesk()), examples=30)


def test_what_a_model_says_is_looked_at_before_it_goes_back_to_it() -> None:
    policy = Policy(input=(redact(KEY),), validators=(retry(longer_than(limit=0)),))
    assert len(plants_of(policy)) == 11
    laws.never_leaks(policy, examples=40)
    laws.nothing_in_the_log(policy, examples=40)
