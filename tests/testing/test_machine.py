"""Conversations that hypothesis makes up, with good applications and with broken ones."""

from __future__ import annotations

import asyncio
import functools
import logging
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument
from hypothesis.stateful import invariant, run_state_machine_as_test

from guardrails_lib import (
    Budget,
    Finding,
    Guard,
    Known,
    Policy,
    Reply,
    Request,
    Span,
    Vault,
    block,
    check,
    flag,
    guard,
    redact,
)
from guardrails_lib.checks import containing, matching
from guardrails_lib.testing.fakes import HostileModel
from guardrails_lib.testing.laws import LawBroken
from guardrails_lib.testing.machine import ConversationMachine, Sample
from guardrails_lib.testing.watching import Tried, watchers

CARD = redact(matching("[0-9]{4}-[0-9]{4}"), restore=True)
CARDS = st.sampled_from(["1234-5678", "8765-4321", "1111-2222"])
GOOD = Policy(name="good", input=(CARD,), sources=(CARD,), output=(block(containing("swordfish")),))

MODEL = HostileModel("echo", "placeholders_of_others")


@guard(GOOD)
def ask(request: Request) -> Reply[Any]:
    return MODEL(request)


@guard(GOOD)
async def aask(request: Request) -> Reply[Any]:
    return await MODEL.acall(request)


@guard(GOOD)
def stream(request: Request) -> Iterator[Any]:
    yield from MODEL.stream(request)


@guard(GOOD)
async def astream(request: Request) -> AsyncIterator[Any]:
    async for piece in MODEL.astream(request):
        yield piece


def plays(machine: type[ConversationMachine], examples: int = 12, **how: Any) -> None:
    """Play some conversations."""
    run_state_machine_as_test(
        machine,
        settings=settings(
            machine.TestCase.settings,
            max_examples=examples,
            stateful_step_count=12,
            derandomize=True,
            database=None,
            **how,
        ),
    )


def caught(machine: type[ConversationMachine], examples: int = 100) -> LawBroken:
    """The law that is found not to hold."""
    with pytest.raises(LawBroken) as found:
        plays(machine, examples, phases=[Phase.generate])
    return found.value


# -- what is as it should be


def test_a_good_policy_keeps_every_law() -> None:
    plays(ConversationMachine.of(GOOD, planted=CARDS), 25)


@pytest.mark.parametrize(
    "policy",
    [
        Policy(input=(redact(matching("[0-9]{4}-[0-9]{4}")),), sources=(CARD,)),
        Policy(input=(block(matching("[0-9]{4}-[0-9]{4}")),), sources=(CARD,)),
        GOOD + Policy(budget=Budget(attempts=1, tokens=50)),
        GOOD + Policy(tools=(block(containing("swordfish")),)),
    ],
    ids=["masked", "refused", "short of money", "tools"],
)
def test_other_good_policies_keep_every_law_too(policy: Policy) -> None:
    plays(ConversationMachine.of(policy, planted=CARDS))


def test_a_guard_may_be_played_with() -> None:
    plays(ConversationMachine.of(Guard(GOOD, early=True), planted=CARDS))


@pytest.mark.parametrize("own", [ask, aask, stream, astream], ids=lambda own: own.__name__)
def test_a_guarded_function_of_any_shape_may_be_played_with(own: Callable[..., Any]) -> None:
    plays(ConversationMachine.of(own, model=MODEL, planted=CARDS))


def _known() -> Known[str]:
    return Known(bad=["my PIN-4711"], good=["my pin"])


@check(width=9, known=_known)
def pins(text: str) -> Iterator[Finding]:
    """The one PIN that there is."""
    at = text.find("PIN-4711")
    while at >= 0:
        yield Finding("a PIN", Span(at, at + 8), kind="PIN")
        at = text.find("PIN-4711", at + 1)


def test_without_planted_values_it_plants_what_checks_are_known_to_find() -> None:
    said: list[Sample] = []

    class Watched(ConversationMachine):
        guarded = Policy(input=(redact(pins()),), output=(redact(pins()),))

        @invariant()
        def looked_at(self) -> None:
            said.extend(Sample("", (each,)) for each in self._chat.secrets)

    plays(Watched)
    assert set(said) == {Sample("", ("PIN-4711",))}


def test_a_function_that_takes_a_chat_is_called_with_one() -> None:
    taken: list[Any] = []

    @guard(GOOD)
    def chat(messages: list[dict[str, Any]]) -> Reply[Any]:
        taken.append(messages)
        return MODEL(messages)

    class Chatting(ConversationMachine):
        guarded = chat
        model = MODEL
        planted = CARDS

        def ask(self, request: Request, **given: Any) -> Any:
            said = [{"role": each.role, "content": each.text} for each in request.messages]
            return chat(said, **given)

    plays(Chatting)
    assert {type(each) for each in taken} == {list}


# -- planted bugs


def test_a_policy_that_forgets_the_sources_is_caught() -> None:
    problem = caught(ConversationMachine.of(Policy(input=(CARD,)), planted=CARDS))
    assert problem.law == "never_leaks"


def test_a_rule_that_only_flags_is_caught() -> None:
    flags = (flag(CARD.check),)
    problem = caught(ConversationMachine.of(Policy(input=flags, sources=flags), planted=CARDS))
    assert problem.law == "never_leaks"


def test_a_vault_that_is_shared_with_a_stranger_is_caught() -> None:
    shared = Vault(lifetime=None)

    @functools.wraps(ask)
    def broken(request: Request, *, vault: Vault) -> Any:
        return ask(request, vault=shared)  # type: ignore[call-arg]  # every guarded one takes it

    problem = caught(ConversationMachine.of(broken, model=MODEL, planted=CARDS))
    assert problem.law == "restores_exactly"
    assert "what somebody else has said" in str(problem)


def test_an_application_that_logs_the_question_is_caught() -> None:
    @functools.wraps(ask)
    def broken(request: Request, *, vault: Vault) -> Any:
        logging.getLogger("app").debug("asked: %s", request.messages[-1].text)
        return ask(request, vault=vault)  # type: ignore[call-arg]  # as above

    problem = caught(ConversationMachine.of(broken, model=MODEL, planted=CARDS))
    assert problem.law == "nothing_in_the_log"


def test_an_application_that_asks_past_its_guard_is_caught() -> None:
    @functools.wraps(ask)
    def broken(request: Request, *, vault: Vault) -> Any:
        MODEL(request)
        return ask(request, vault=vault)  # type: ignore[call-arg]  # as above

    problem = caught(ConversationMachine.of(broken, model=MODEL, planted=CARDS))
    assert problem.law == "never_leaks"


def test_an_observer_that_cannot_keep_quiet_is_no_part_of_it() -> None:
    """A policy or a guard is played with alone: what hears of its calls elsewhere does not."""
    heard: list[Any] = []
    plays(ConversationMachine.of(Guard(GOOD, observers=(heard.append,)), planted=CARDS), 3)
    assert heard == []


def test_a_check_that_finds_less_when_it_is_awaited_is_caught() -> None:
    @check(width=None)
    def moody(text: str) -> Iterator[Finding]:
        """Any text, unless an event loop runs."""
        try:
            asyncio.get_running_loop()
        except RuntimeError:
            yield Finding("no loop")

    machine = ConversationMachine.of(Policy(output=(block(moody()),)), planted=st.nothing())
    assert caught(machine).law == "sync_equals_async"


def test_what_is_broken_is_told_with_the_steps_that_lead_to_it() -> None:
    with pytest.raises(LawBroken) as found:
        plays(
            ConversationMachine.of(
                Policy(input=(CARD,)), planted=st.just("1234-5678"), texts=st.just("Hello.")
            ),
            50,
            phases=[Phase.generate, Phase.shrink],
        )
    steps = "".join(found.value.__notes__)
    assert "document_is_found(said=Sample(text='1234-5678', values=('1234-5678',)))" in steps
    assert "user_asks(" in steps
    assert "never_leaks does not hold: the model is sent what" in str(found.value)


# -- how it is used


def test_no_health_check_is_suppressed() -> None:
    of = ConversationMachine.of(GOOD, planted=CARDS)
    assert of.TestCase.settings.suppress_health_check == ()


def test_it_is_a_test_case() -> None:
    case = ConversationMachine.of(GOOD, planted=CARDS).TestCase
    case.settings = settings(case.settings, max_examples=2, stateful_step_count=3, database=None)
    case("runTest").debug()


def test_the_calls_are_told_to_whoever_watches() -> None:
    told: list[Tried] = []
    watchers.append(told.append)
    try:
        plays(ConversationMachine.of(GOOD, planted=CARDS), 3)
    finally:
        watchers.remove(told.append)
    assert {(each.law, each.policy, each.held) for each in told} == {
        ("ConversationMachine", GOOD, True)
    }


def test_conversations_do_not_hang_on_those_before() -> None:
    of = ConversationMachine.of(ask, model=MODEL, planted=CARDS)
    of()
    assert MODEL.sent == []


@pytest.mark.parametrize(
    ("how", "told"),
    [
        ({"guarded": None}, r"guarded is no policy, guard or function"),
        ({"guarded": ask}, r"model= is the fake that the guarded function asks"),
        ({"guarded": Policy()}, r"nothing can be planted: .* Give planted="),
    ],
    ids=["nothing guarded", "no model", "nothing to plant"],
)
def test_a_mistake_is_said_before_anything_is_played(how: Any, told: str) -> None:
    with pytest.raises(InvalidArgument, match=told):
        ConversationMachine.of(**how)()
