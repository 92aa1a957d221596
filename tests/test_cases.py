"""What escalates becomes a case at a desk, and a verdict makes an outcome of it."""

from __future__ import annotations

import asyncio
import json
import re
import secrets
import threading
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from guardrails_lib import (
    Abstained,
    Accepted,
    Action,
    Amend,
    Approve,
    Blocked,
    Budget,
    Case,
    Data,
    DeskError,
    Escalated,
    Fallback,
    Finding,
    Guard,
    Label,
    Message,
    Policy,
    PolicyError,
    Refusal,
    Reject,
    Reply,
    Request,
    Source,
    State,
    ToDesk,
    ToolCall,
    Usage,
    Vault,
    abstain,
    block,
    check,
    drop,
    escalate,
    guard,
    redact,
    retry,
)
from guardrails_lib.checks import containing, longer_than, matching
from guardrails_lib.desk import MemoryDesk, to_json

KEY = secrets.token_bytes(32)
PIN = matching(r"\d{4}")


class Refund(BaseModel):
    order: str
    amount: float


@check
def over_limit(refund: Refund, *, limit: float) -> Iterator[Finding]:
    """A refund larger than a clerk may grant."""
    if refund.amount > limit:
        yield Finding("it is over the limit", kind="limit")


REFUNDS = Policy(
    name="refunds",
    input=(redact(PIN, restore=True),),
    output=(block(containing("idiot")),),
    validators=(escalate(over_limit(limit=100.0), say="Somebody will look at it."),),
)


def refunding(desk: Any, **how: Any) -> Guard[Refund]:
    return guard(REFUNDS, returns=Refund, desk=ToDesk(desk, key=KEY, **how))


def decided(guarded: Guard[Refund], answer: str | None = None) -> Escalated:
    @guarded
    def decide(question: str) -> str:
        order = question.rsplit(maxsplit=1)[-1]
        return answer or json.dumps({"order": order, "amount": 250})

    outcome = decide("refund order 47114711")
    assert isinstance(outcome, Escalated)
    return outcome


def case_of(outcome: object) -> Case:
    assert isinstance(outcome, Escalated)
    assert outcome.case is not None
    return outcome.case


# -- opening


def test_what_escalates_is_a_case_at_the_desk() -> None:
    desk = MemoryDesk()
    case = case_of(decided(refunding(desk)))
    assert desk.get(case.id) == case
    assert [each.id for each in desk.list(State.OPEN)] == [case.id]


def test_a_case_has_the_id_of_its_record() -> None:
    outcome = decided(refunding(MemoryDesk()))
    assert case_of(outcome).id == outcome.record.id


def test_a_case_holds_what_there_is_to_decide() -> None:
    case = case_of(decided(refunding(MemoryDesk())))
    assert case.findings[-1].kind == "limit"
    assert case.say == "Somebody will look at it."
    assert case.policy == REFUNDS.fingerprint
    assert case.reply is not None
    assert json.loads(case.reply)["amount"] == 250


def test_what_was_redacted_is_in_no_text_of_a_case() -> None:
    case = case_of(decided(refunding(MemoryDesk())))
    assert "47114711" not in to_json(case)
    assert "47114711" not in repr(case)


def test_originals_are_in_a_case_only_if_there_is_a_key() -> None:
    desk = MemoryDesk()
    assert case_of(decided(refunding(desk))).sealed
    assert not case_of(decided(guard(REFUNDS, returns=Refund, desk=desk))).sealed


def test_the_record_says_that_the_case_was_opened() -> None:
    outcome = decided(refunding(MemoryDesk()))
    assert [(e.kind, e.by) for e in outcome.record.events if e.kind == "opened"] == [
        ("opened", ("MemoryDesk",))
    ]


def test_without_a_desk_there_is_no_case() -> None:
    assert decided(guard(REFUNDS, returns=Refund)).case is None


def test_what_does_not_escalate_opens_no_case() -> None:
    desk = MemoryDesk()
    for policy in (Policy(input=(block(PIN),)), Policy(input=(abstain(PIN),)), Policy()):
        guard(policy, desk=desk)(lambda question: "ok")("47114711")
    assert desk.list() == ()


class Broken:
    """A desk that is down."""

    def open(self, case: Case, /) -> Case:
        raise ConnectionError("4711 is none of your business")

    def get(self, id: str, /) -> Case:  # noqa: A002  # the protocol's name
        raise DeskError("the desk is down")

    def list(
        self, state: State | None = None, *, after: str = "", limit: int = 100
    ) -> Sequence[Case]:
        raise DeskError("the desk is down")

    claim: Any = get
    resolve: Any = get
    reopen: Any = get


def test_a_desk_that_is_down_leaves_the_case_in_the_outcome() -> None:
    outcome = decided(refunding(Broken()))
    assert case_of(outcome).reply is not None
    assert [(e.kind, e.by) for e in outcome.record.events if e.kind == "unfiled"] == [
        ("unfiled", ("ConnectionError",))
    ]
    assert "47114711" not in repr(outcome)


def test_data_that_nobody_can_blot_makes_no_case_and_no_other_outcome() -> None:
    class Fixed(Mapping[str, str]):
        """A mapping that can be neither copied nor made anew."""

        def __init__(self) -> None:
            self.text = "47114711"

        def __getitem__(self, key: str) -> str:
            return {"47114711": "x"}[key]

        def __iter__(self) -> Iterator[str]:
            return iter(("47114711",))

        def __len__(self) -> int:
            return 1

    ask = guard(Policy(input=(redact(PIN),)), desk=MemoryDesk())(lambda question: "ok")
    outcome = ask(Request(Message("user", parts=[Data(Fixed())])))
    assert isinstance(outcome, Escalated)
    assert outcome.case is None
    assert "unfiled" in [each.kind for each in outcome.record.events]


def test_a_case_that_waits_in_a_spool_is_told_of() -> None:
    class Spooling(MemoryDesk):
        def open(self, case: Case, /) -> Case:
            from guardrails_lib import Step

            return replace(super().open(case), steps=(Step("spooled", 1.0),))

    assert "spooled" in [e.kind for e in decided(refunding(Spooling())).record.events]


@pytest.mark.parametrize("streamed", [False, True])
def test_async_calls_and_streams_open_cases_too(streamed: bool) -> None:
    desk = MemoryDesk()
    policy = Policy(output=(escalate(containing("secret")),))

    async def plain(question: str) -> str:
        return "a secret"

    async def stream(question: str) -> AsyncIterator[str]:
        yield "a "
        yield "secret"

    async def called() -> object:
        if not streamed:
            return await guard(policy, desk=desk)(plain)("?")
        answer = guard(policy, desk=desk)(stream)("?")
        async for _ in answer:
            pass
        return answer.outcome

    assert case_of(asyncio.run(called())).reply == "a secret"


def test_a_desk_is_not_asked_in_the_event_loop() -> None:
    asked: list[threading.Thread] = []

    class Noting(MemoryDesk):
        def open(self, case: Case, /) -> Case:
            asked.append(threading.current_thread())
            return super().open(case)

    @guard(Policy(input=(escalate(PIN),)), desk=Noting())
    async def answer(question: str) -> str:
        return "ok"

    asyncio.run(answer("47114711"))
    assert asked != [threading.main_thread()]


def test_a_reply_in_a_case_is_redacted_though_another_rule_escalates() -> None:
    policy = Policy(output=(redact(PIN), escalate(containing("boss"))))
    outcome = guard(policy, desk=MemoryDesk())(lambda question: "boss: 4711, 4712")("?")
    assert case_of(outcome).reply == "boss: ████, ████"


def test_a_request_in_a_case_is_redacted_though_another_rule_escalates() -> None:
    policy = Policy(input=(redact(PIN), escalate(containing("boss"))))
    ask = guard(policy, desk=MemoryDesk())(lambda question: "ok")
    assert case_of(ask("boss: 4711")).request.text == "boss: ████"


def test_a_full_vault_makes_nothing_milder_and_blots_what_it_cannot_hold() -> None:
    policy = Policy(input=(redact(PIN, restore=True), escalate(containing("boss"))))

    @guard(policy, desk=MemoryDesk())
    def ask(question: str, *, vault: Vault | None = None) -> str:
        return "ok"

    case = case_of(ask("boss: 4711, 4712", vault=Vault(limit=1)))
    assert case.request.text == "boss: ███, ███"


def test_a_key_that_cannot_be_redacted_is_blotted_in_its_case() -> None:
    policy = Policy(input=(redact(PIN),))
    ask = guard(policy, desk=MemoryDesk())(lambda question: "ok")
    case = case_of(ask({"47114711": "x", "pin": 4712}))
    assert "47114711" not in repr(case.request)
    assert "4712" not in repr(case.request)


def test_what_no_rule_looks_at_is_not_in_a_case() -> None:
    message = Message(
        "user", "47114711", raw={"role": "user", "content": "47114711", "x": "hidden"}
    )
    request = Request(message, meta={"user": "ann@example.com"})
    policy = Policy(input=(escalate(PIN),))
    case = case_of(guard(policy, desk=MemoryDesk())(lambda question: "ok")(request))
    assert case.request.meta == {}
    assert case.request.messages[0].raw is None


def test_a_case_has_the_label_of_what_was_asked() -> None:
    policy = Policy(input=(escalate(PIN),))
    ask = guard(policy, desk=MemoryDesk())(lambda question: "ok")
    case = case_of(ask(Request(Message("user", "47114711", Label.RESTRICTED))))
    assert case.label is Label.RESTRICTED


def test_tool_calls_come_with_the_case() -> None:
    @check
    def dear(call: ToolCall) -> Iterator[Finding]:
        """A call that costs."""
        yield Finding("it costs", kind="dear")

    guarded = guard(Policy(tools=(escalate(dear()),)), desk=MemoryDesk())
    call = ToolCall("pay", {"euros": 7})
    outcome = guarded(lambda question: Reply[str]("paying", tool_calls=(call,)))("pay!")
    assert case_of(outcome).tool_calls == (call,)
    assert guarded.resolve(case_of(outcome).id, Approve(), by="ann") == Accepted(
        "paying",
        (Finding("it costs", check="dear", kind="dear", where="reply.tool_calls[0]"),),
        (call,),
    )


def paying(text: str, *euros: object) -> Reply[str]:
    return Reply(text, tool_calls=tuple(ToolCall("pay", {"note": each}) for each in euros))


@pytest.mark.parametrize("stage", ["output", "tools", "validators"])
def test_tool_calls_are_given_as_the_rules_leave_them_whatever_stage_escalates(stage: str) -> None:
    rules: dict[str, Any] = {
        "input": (redact(PIN, restore=True),),
        "tools": (redact(containing("hunter2")),),
    }
    rules[stage] = (*rules.get(stage, ()), escalate(containing("boss")))
    desk = MemoryDesk()
    guarded = guard(Policy(**rules), desk=ToDesk(desk, key=KEY))

    @guarded
    def answer(question: str) -> Reply[str]:
        return paying("for the boss", f"hunter2, {question}, boss")

    case = case_of(answer("47114711"))
    assert "hunter2" not in to_json(case)
    assert "47114711" not in to_json(case)
    given = (ToolCall("pay", {"note": "███████, 47114711, boss"}),)
    assert guarded.resolve(case.id, Approve(), by="ann") == guarded.resume(case.id)
    approved = guarded.resume(case.id)
    assert isinstance(approved, Accepted)
    assert approved.tool_calls == given
    assert "hunter2" not in to_json(desk.get(case.id))


def test_a_call_that_a_rule_drops_is_not_given_when_the_rest_is_approved() -> None:
    @check
    def dear(call: ToolCall) -> Iterator[Finding]:
        """A call that nobody wants."""
        if call.arguments["note"] == "no":  # type: ignore[index]  # they are a mapping here
            yield Finding("no")

    policy = Policy(output=(escalate(containing("boss")),), tools=(drop(dear()),))
    guarded = guard(policy, desk=MemoryDesk())
    case = case_of(guarded(lambda question: paying("boss", "no", "yes"))("?"))
    outcome = guarded.resolve(case.id, Approve(), by="ann")
    assert isinstance(outcome, Accepted)
    assert [each.arguments for each in outcome.tool_calls] == [{"note": "yes"}]


def test_what_a_model_calls_that_is_asked_after_all_is_given() -> None:
    guarded = guard(Policy(input=(escalate(PIN),)), desk=MemoryDesk())
    case = case_of(guarded(lambda question: "ok")("47114711"))
    outcome = guarded.resolve(case.id, Approve(), by="ann", ask=lambda request: paying("ok", "7"))
    assert isinstance(outcome, Accepted)
    assert outcome.tool_calls == (ToolCall("pay", {"note": "7"}),)
    assert guarded.resume(case.id) == outcome


def test_a_stream_that_escalates_is_read_to_its_end_and_shown_no_further() -> None:
    desk = MemoryDesk()
    guarded = guard(Policy(output=(redact(PIN), escalate(containing("boss")))), desk=desk)

    @guarded
    def answer(question: str) -> Iterator[str]:
        yield from ("Dear ", "boss, ", "your pin ", "is 4711.")

    stream = answer("?")
    assert "".join(stream) == "Dear "
    case = case_of(stream.outcome)
    assert case.reply == "Dear boss, your pin is ████."
    assert guarded.resolve(case.id, Approve(), by="ann").unwrap() == case.reply


@pytest.mark.parametrize("desk", [MemoryDesk(), None], ids=["desk", "none"])
def test_to_run_out_of_budget_is_no_way_round_an_escalation(desk: Any) -> None:
    rules = (escalate(containing("boss")), block(containing("idiot")))
    guarded = guard(Policy(output=rules, budget=Budget(tokens=5)), desk=desk)

    @guarded
    def answer(question: str) -> Iterator[Reply[str]]:
        yield Reply("the boss, ")
        yield Reply("and so on", usage=Usage(10, 10))

    stream = answer("?")
    list(stream)
    assert isinstance(stream.outcome, Escalated)
    assert {each.kind for each in stream.outcome.findings} == {"", "budget"}


# -- deciding


def test_an_approved_answer_is_what_the_call_would_have_given() -> None:
    guarded = refunding(MemoryDesk())
    case = case_of(decided(guarded))
    outcome = guarded.resolve(case.id, Approve(), by="ann")
    assert isinstance(outcome, Accepted)
    assert outcome.value == Refund(order="47114711", amount=250)
    assert outcome.findings[-1].kind == "limit"


def test_what_was_found_at_first_is_found_in_the_end() -> None:
    guarded = refunding(MemoryDesk())
    first = decided(guarded)
    outcome = guarded.resolve(case_of(first).id, Approve(), by="ann")
    assert isinstance(outcome, Accepted)
    assert outcome.findings == first.findings


def test_what_was_found_in_a_reply_that_is_gone_is_not_said_of_the_new_one() -> None:
    guarded = refunding(MemoryDesk())
    case = case_of(decided(guarded))
    outcome = guarded.resolve(case.id, Amend('{"order": "17", "amount": 90}'), by="ann")
    assert isinstance(outcome, Accepted)
    assert [each.where for each in outcome.findings] == ["messages[0]"]


def test_an_amended_answer_is_validated_and_given() -> None:
    guarded = refunding(MemoryDesk())
    case = case_of(decided(guarded))
    outcome = guarded.resolve(case.id, Amend('{"order": "17", "amount": 90}'), by="ann")
    assert outcome.unwrap() == Refund(order="17", amount=90)


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ('{"order": "17", "amount": 900}', Escalated),
        ('{"order": "idiot", "amount": 9}', Blocked),
        ("nine euros", Abstained),
    ],
)
def test_an_amended_answer_that_the_policy_refuses_leaves_the_case_open(
    answer: str, kind: type[Refusal]
) -> None:
    desk = MemoryDesk()
    guarded = refunding(desk)
    case = case_of(decided(guarded))
    assert isinstance(guarded.resolve(case.id, Amend(answer), by="ann"), kind)
    assert desk.get(case.id) == case


def test_what_a_rule_blocks_no_person_can_approve() -> None:
    @check
    def never(reply: Reply[str]) -> Iterator[Finding]:
        """What must never be said."""
        yield Finding("never")

    policy = Policy(output=(escalate(containing("boss")),), validators=(block(never()),))
    desk = MemoryDesk()
    guarded = guard(policy, desk=desk)
    case = case_of(guarded(lambda question: "the boss")("?"))
    assert isinstance(guarded.resolve(case.id, Approve(), by="ann"), Blocked)
    assert desk.get(case.id).state is State.OPEN


def test_what_milder_rules_found_is_approved_with_the_rest() -> None:
    policy = Policy(
        output=(escalate(containing("boss")),),
        validators=(abstain(longer_than(limit=3)), retry(longer_than(limit=2))),
    )
    guarded = guard(policy, desk=MemoryDesk())
    case = case_of(guarded(lambda question: "the boss")("?"))
    assert guarded.resolve(case.id, Approve(), by="ann").unwrap() == "the boss"


def test_a_rejected_answer_is_not_given() -> None:
    guarded = refunding(MemoryDesk())
    case = case_of(decided(guarded))
    outcome = guarded.resolve(case.id, Reject("We cannot refund this."), by="ann")
    assert outcome == Blocked("We cannot refund this.", case.findings)
    assert guarded.resume(case.id) == outcome


@pytest.mark.parametrize("verdict", [Approve(), Amend('{"order":"1","amount":1}'), Reject("no")])
def test_the_same_verdict_again_gives_the_same_outcome(verdict: Any) -> None:
    desk = MemoryDesk()
    guarded = refunding(desk)
    case = case_of(decided(guarded))
    first = guarded.resolve(case.id, verdict, by="ann")
    held = desk.get(case.id)
    assert guarded.resolve(case.id, verdict, by="bob") == first
    assert guarded.resume(case.id) == first
    assert desk.get(case.id) == held


def test_another_verdict_is_refused() -> None:
    guarded = refunding(MemoryDesk())
    case = case_of(decided(guarded))
    guarded.resolve(case.id, Approve(), by="ann")
    with pytest.raises(DeskError, match="resolved already by ann"):
        guarded.resolve(case.id, Reject(), by="bob")


def test_a_case_that_is_reopened_can_be_decided_otherwise() -> None:
    desk = MemoryDesk()
    guarded = refunding(desk)
    case = case_of(decided(guarded))
    guarded.resolve(case.id, Approve(), by="ann")
    desk.reopen(case.id, by="bob")
    assert isinstance(guarded.resume(case.id), Escalated)
    assert isinstance(guarded.resolve(case.id, Reject(), by="bob"), Blocked)


def test_what_is_kept_of_an_approved_answer_has_nothing_put_back() -> None:
    desk = MemoryDesk()
    guarded = refunding(desk)
    case = case_of(decided(guarded))
    assert guarded.resolve(case.id, Approve(), by="ann").unwrap().order == "47114711"
    assert "47114711" not in to_json(desk.get(case.id))


def test_what_is_kept_of_an_amended_answer_was_looked_at() -> None:
    policy = Policy(input=(escalate(PIN),), output=(redact(containing("hunter2")),))
    desk = MemoryDesk()
    guarded = guard(policy, desk=desk)
    case = case_of(guarded(lambda question: "ok")("47114711"))
    outcome = guarded.resolve(case.id, Amend("It is hunter2."), by="ann")
    assert outcome.unwrap() == "It is ███████."
    held = desk.get(case.id).resolution
    assert held is not None
    assert held.verdict == Amend("It is ███████.")
    assert held.answer == "It is ███████."


def test_an_open_case_resumes_as_escalated() -> None:
    guarded = refunding(MemoryDesk())
    first = decided(guarded)
    assert guarded.resume(case_of(first).id) == first


def test_another_guard_with_the_same_policy_and_key_may_resolve() -> None:
    desk = MemoryDesk()
    case = case_of(decided(refunding(desk)))
    outcome = refunding(desk).resolve(case.id, Approve(), by="ann")
    assert outcome.unwrap().order == "47114711"


def test_what_is_sealed_needs_its_key() -> None:
    desk = MemoryDesk()
    case = case_of(decided(refunding(desk)))
    with pytest.raises(DeskError, match="give ToDesk its key="):
        guard(REFUNDS, returns=Refund, desk=desk).resolve(case.id, Approve(), by="ann")


def test_a_case_of_another_policy_is_not_decided_by_this_one() -> None:
    desk = MemoryDesk()
    case = case_of(decided(refunding(desk)))
    with pytest.raises(DeskError, match="another policy"):
        guard(Policy(), desk=desk).resolve(case.id, Approve(), by="ann")


def test_a_policy_may_follow_another_and_decide_its_cases_by_its_own_rules() -> None:
    desk = MemoryDesk()
    case = case_of(decided(refunding(desk)))
    stricter = replace(REFUNDS, output=(*REFUNDS.output, block(containing("250"))))
    follower = guard(
        stricter, returns=Refund, desk=ToDesk(desk, key=KEY, follows=(REFUNDS.fingerprint,))
    )
    assert isinstance(follower.resolve(case.id, Approve(), by="ann"), Blocked)
    assert isinstance(
        follower.resolve(case.id, Amend('{"order":"1","amount":1}'), by="b"), Accepted
    )


def test_a_case_of_another_policy_can_be_rejected() -> None:
    desk = MemoryDesk()
    case = case_of(decided(refunding(desk)))
    assert isinstance(guard(Policy(), desk=desk).resolve(case.id, Reject(), by="ann"), Blocked)


def test_an_approved_question_is_asked_after_all() -> None:
    guarded = guard(
        Policy(input=(redact(PIN, restore=True), escalate(containing("boss")))),
        desk=ToDesk(MemoryDesk(), key=KEY),
    )
    case = case_of(guarded(lambda question: "ok")("the boss has 4711"))
    asked: list[str] = []

    def ask(request: Request) -> str:
        asked.append(request.text)
        return f"You said: {request.text}"

    outcome = guarded.resolve(case.id, Approve(), by="ann", ask=ask)
    assert outcome.unwrap() == "You said: the boss has 4711"
    assert "47114711" not in asked[0]


def test_a_question_that_was_not_asked_cannot_be_approved_without_a_model() -> None:
    guarded = guard(Policy(input=(escalate(PIN),)), desk=MemoryDesk())
    case = case_of(guarded(lambda question: "ok")("47114711"))
    with pytest.raises(DeskError, match="ask="):
        guarded.resolve(case.id, Approve(), by="ann")


def test_what_a_rule_over_the_request_escalates_is_redacted_in_its_case() -> None:
    @check
    def odd(request: Request) -> Iterator[Finding]:
        """An odd request."""
        yield Finding("odd")

    policy = Policy(input=(redact(PIN, restore=True), escalate(odd())))
    guarded = guard(policy, desk=ToDesk(MemoryDesk(), key=KEY))
    case = case_of(guarded(lambda question: "ok")("4711, please"))
    assert re.fullmatch(r"\[\w+\], please", case.request.text)
    approved = guarded.resolve(case.id, Approve(), by="ann", ask=lambda request: request.text)
    assert approved.unwrap() == "4711, please"


def test_an_approved_question_may_still_be_blocked() -> None:
    @check
    def two(request: Request) -> Iterator[Finding]:
        """What only the whole request shows."""
        yield Finding("split")

    guarded = guard(Policy(input=(escalate(PIN), block(two()))), desk=MemoryDesk())
    case = case_of(guarded(lambda question: "ok")("47114711"))
    assert isinstance(
        guarded.resolve(case.id, Approve(), by="ann", ask=lambda request: "ok"), Blocked
    )


def test_an_approved_question_may_not_see_what_the_model_is_not_cleared_for() -> None:
    guarded = guard(Policy(input=(escalate(PIN),)), desk=MemoryDesk(), cleared_for=Label.PUBLIC)

    @guarded
    def answer(question: str, *, sources: Sequence[Source] = ()) -> str:
        return "ok"

    case = case_of(answer("47114711", sources=[Source("kb://1", "x", Label.RESTRICTED)]))
    outcome = guarded.resolve(case.id, Approve(), by="ann", ask=lambda request: "ok")
    assert isinstance(outcome, Blocked)


def test_a_case_that_nobody_decides_in_time_ends_as_its_fallback_says() -> None:
    now = [1_000.0]
    desk = MemoryDesk(clock=lambda: now[0])
    guarded = refunding(desk, within=60.0, fallback=Fallback(Action.ABSTAIN, "Please call us."))
    case = case_of(decided(guarded))
    assert case.deadline is not None
    now[0] = case.deadline - 1
    assert isinstance(guarded.resume(case.id), Escalated)
    now[0] = case.deadline + 1
    assert guarded.resume(case.id) == Abstained("Please call us.", case.findings)
    with pytest.raises(DeskError, match="reopen"):
        guarded.resolve(case.id, Approve(), by="ann")


PINS = st.integers(1000, 9999).map(str)


@given(
    asked=st.lists(PINS | st.sampled_from(["boss", "is", "ä", "["]), max_size=6),
    said=st.lists(PINS | st.sampled_from(["boss", "so", "\\", '"']), max_size=6),
    restore=st.booleans(),
    stage=st.sampled_from(["input", "sources", "output", "validators", "tools"]),
    key=st.sampled_from([None, KEY]),
)
def test_what_rules_redact_is_in_no_case(
    asked: list[str], said: list[str], restore: bool, stage: str, key: bytes | None
) -> None:
    hidden = redact(PIN, restore=restore)
    rules: dict[str, Any] = {"input": (hidden,), "sources": (hidden,)}
    rules |= {"output": (redact(PIN),), "tools": (redact(PIN),)}
    rules[stage] = (*rules.get(stage, ()), escalate(longer_than(limit=0)))
    guarded = guard(Policy(**rules), desk=ToDesk(MemoryDesk(), key=key))

    @guarded
    def answer(question: Any, *, sources: Sequence[Source] = ()) -> Reply[str]:
        return Reply(" ".join(said), tool_calls=(ToolCall("note", {"text": " ".join(said)}),))

    question = {"text": " ".join(asked), "more": asked}
    outcome = answer(question, sources=[Source("kb://1", " ".join(asked))])
    if isinstance(outcome, Escalated):
        written = to_json(case_of(outcome))
        assert not [pin for pin in (*asked, *said) if pin.isdecimal() and pin in _texts(written)]


def _texts(written: str) -> str:
    """What is written of a case, but for its times and what is sealed, which are numbers."""
    held = json.loads(written)["case"]
    looked_at = [held.get(each) for each in ("request", "reply", "tool_calls", "findings")]
    return json.dumps(looked_at, ensure_ascii=False)  # a blot is U+2588, which is four digits


def test_of_two_who_decide_at_once_one_is_told_that_he_is_late() -> None:
    guarded = refunding(MemoryDesk())
    case = case_of(decided(guarded))
    verdicts = [Approve(), Reject("no")] * 8
    ready = threading.Barrier(len(verdicts))

    def decide(verdict: Any) -> object:
        ready.wait()
        try:
            return guarded.resolve(case.id, verdict, by="ann")
        except DeskError:
            return None

    with ThreadPoolExecutor(len(verdicts)) as pool:
        outcomes = list(pool.map(decide, verdicts))
    told = [each for each in outcomes if each is not None]
    assert len(told) == 8
    assert all(each == told[0] for each in told)


def test_async_policies_are_resolved_with_aresolve() -> None:
    @check
    async def slow(text: str) -> AsyncIterator[Finding]:
        """An async check."""
        yield Finding("boss", kind="boss")

    async def called() -> tuple[object, object]:
        guarded = guard(Policy(output=(escalate(slow()),)), desk=MemoryDesk())

        async def answer(question: str) -> str:
            return "ok"

        case = case_of(await guarded(answer)("?"))
        with pytest.raises(PolicyError, match="aresolve"):
            guarded.resolve(case.id, Approve(), by="ann")
        outcome = await guarded.aresolve(case.id, Approve(), by="ann")
        rejected = case_of(await guarded(answer)("?"))
        return outcome, await guarded.aresolve(rejected.id, Reject("no"), by="ann")

    accepted, refused = asyncio.run(called())
    assert isinstance(accepted, Accepted)
    assert isinstance(refused, Blocked)


def test_an_async_model_may_be_asked_after_all() -> None:
    guarded = guard(Policy(input=(escalate(PIN),)), desk=MemoryDesk())

    async def ask(request: Request) -> str:
        return "ok"

    async def called() -> object:
        case = case_of(await guarded(lambda_async)("47114711"))
        return (await guarded.aresolve(case.id, Approve(), by="ann", ask=ask)).unwrap()

    async def lambda_async(question: str) -> str:
        return "never"

    assert asyncio.run(called()) == "ok"


@pytest.mark.parametrize("by", ["", None])
def test_whoever_decides_is_named(by: Any) -> None:
    guarded = refunding(MemoryDesk())
    case = case_of(decided(guarded))
    with pytest.raises(TypeError, match="by= names"):
        guarded.resolve(case.id, Approve(), by=by)


def test_a_verdict_is_one_of_three() -> None:
    guarded = refunding(MemoryDesk())
    with pytest.raises(TypeError, match="Approve, Amend or Reject"):
        guarded.resolve("x", "approve", by="ann")  # type: ignore[arg-type]  # the mistake that is tried


def test_a_guard_without_a_desk_resolves_nothing() -> None:
    with pytest.raises(DeskError, match="no desk"):
        guard(Policy()).resume("x")


@pytest.mark.parametrize(
    "wrong",
    [
        {"desk": "cases.db"},
        {"desk": MemoryDesk(), "within": 0},
        {"desk": MemoryDesk(), "follows": "0123456789abcdef"},
        {"desk": MemoryDesk(), "tags": "refund"},
        {"desk": MemoryDesk(), "fallback": Fallback(Action.ESCALATE)},
    ],
)
def test_what_cannot_work_is_refused_where_it_is_written(wrong: dict[str, Any]) -> None:
    with pytest.raises(PolicyError):
        ToDesk(**wrong)


def test_a_key_of_the_wrong_length_is_refused_where_it_is_written() -> None:
    from guardrails_lib import VaultError

    with pytest.raises(VaultError, match="32 bytes"):
        ToDesk(MemoryDesk(), key=b"short")


def test_a_budget_holds_for_what_is_resumed_too() -> None:
    policy = Policy(input=(escalate(PIN),), budget=Budget(tokens=10))
    guarded = guard(policy, desk=MemoryDesk())
    case = case_of(guarded(lambda question: "ok")("47114711"))

    def ask(request: Request) -> Reply[str]:
        return Reply("ok", usage=Usage(20, 20))

    assert isinstance(guarded.resolve(case.id, Approve(), by="ann", ask=ask), Abstained)
