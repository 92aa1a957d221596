"""How a call ends when it does not end well, and what its record says of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from guardrails_lib import (
    Abstained,
    Accepted,
    Action,
    Blocked,
    Budget,
    Charge,
    Check,
    Escalated,
    Event,
    Evidence,
    Finding,
    Outcome,
    Policy,
    Reply,
    Request,
    Rule,
    Source,
    ToDesk,
    ToolCall,
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
from guardrails_lib import _engine as engine
from guardrails_lib._call import Call
from guardrails_lib._effects import END, Ask, Do, Emit, Flow, Late, Look, Pull
from guardrails_lib._plan import Plan
from guardrails_lib._schema import TEXT
from guardrails_lib._types import UNFINISHED
from guardrails_lib.checks import containing, matching, unreadable
from guardrails_lib.desk import MemoryDesk
from guardrails_lib.flows.cached import cached
from guardrails_lib.flows.stores import MemoryStore
from guardrails_lib.schemas.reader import reader as reading
from guardrails_lib.spend import Limit, MemoryLedger
from guardrails_lib.testing import ScriptedModel


@dataclass(frozen=True)
class Trip:
    city: str
    days: int


TRIP = reading(Trip, repair=False)
ROME = '{"city": "Rome", "days": 2}'


class Run:
    """One call, its effects done by the test; a reply that is an exception is raised."""

    def __init__(
        self, policy: Policy, request: Request | str = "q", *, reader: Any = TEXT, **form: bool
    ) -> None:
        self.now = 100.0
        self.call: Call[Any] = Call(Plan(policy), clock=lambda: self.now)
        asked = Request(request) if isinstance(request, str) else request
        self.flow: Flow[Outcome[Any]] = engine.run(
            self.call, reader, asked, engine.Form("ask", **form)
        )
        self.asked: list[Request] = []
        self.shown: list[str] = []
        self.looks = 0

    def play(self, *replies: Any) -> Outcome[Any]:
        """Answer every effect, the model's with *replies*, each a list of pieces."""
        script, pieces = iter(replies), iter(())
        answer: Any = None
        step = self.flow.send
        while True:
            try:
                effect = step(answer)
            except StopIteration as stop:
                outcome: Outcome[Any] = stop.value
                return outcome
            answer, step = None, self.flow.send
            if isinstance(effect, Ask):
                self.asked.append(effect.request)
                turn = next(script)
                pieces = iter(turn if isinstance(turn, list) else [turn])
            elif isinstance(effect, Pull):
                answer = next(pieces, END)
                if isinstance(answer, Exception):
                    step = self.flow.throw
            elif isinstance(effect, Look):
                self.looks += 1
                answer = _looks(effect)
            elif isinstance(effect, Do):
                answer = getattr(effect.thing, effect.verb)(*effect.args)
            else:
                assert isinstance(effect, Emit)
                self.shown.append(effect.piece)

    @property
    def told(self) -> list[str]:
        """The kinds of the events, in their order."""
        return [event.kind for event in self.call.events]


def _only(outcome: Outcome[Any] | None) -> Finding:
    assert outcome is not None
    (finding,) = outcome.findings
    return finding


# -- without a decision


def test_a_call_that_is_abandoned_says_so() -> None:
    run = Run(Policy(), streamed=True)
    next(run.flow)
    run.flow.close()
    assert isinstance(run.call.outcome, Abstained)
    assert _only(run.call.outcome) == Finding("nobody wanted the rest", kind="abandoned")


def test_what_the_model_raises_is_raised() -> None:
    problem = ValueError("no")
    with pytest.raises(ValueError, match="no") as caught:
        Run(Policy()).play(problem)
    assert caught.value is problem


def test_what_the_model_raised_is_named_and_not_quoted() -> None:
    run = Run(Policy())
    with pytest.raises(ValueError, match="secret"):
        run.play(ValueError("secret"))
    assert _only(run.call.outcome) == Finding("the model raised ValueError", kind="failed")
    assert next(each for each in run.call.events if each.kind == "failed").by == ("ValueError",)


def test_a_model_that_fails_when_it_is_asked_is_named_too() -> None:
    run = Run(Policy())
    next(run.flow)
    with pytest.raises(KeyError):
        run.flow.throw(KeyError("x"))
    assert _only(run.call.outcome).message == "the model raised KeyError"


def test_what_was_safe_is_shown_before_the_model_fails() -> None:
    run = Run(Policy(output=(block(containing("bad")),)), streamed=True)
    with pytest.raises(OSError, match="gone"):
        run.play(["all is well", OSError("gone")])
    assert "".join(run.shown) == "all is well"


def test_a_model_that_fails_when_its_time_is_over_is_late() -> None:
    run = Run(Policy(budget=Budget(seconds=5.0)))
    next(run.flow)
    run.now += 6.0
    with pytest.raises(StopIteration) as stop:
        run.flow.throw(ValueError("cut off"))
    assert _only(stop.value.value).message == "more than 5 seconds"


def test_a_model_that_fails_just_before_its_time_is_over_is_late() -> None:
    run = Run(Policy(budget=Budget(seconds=5.0)))
    next(run.flow)
    run.now += 4.995
    with pytest.raises(StopIteration) as stop:
        run.flow.throw(ValueError("cut off"))
    assert isinstance(stop.value.value, Abstained)


def test_a_model_that_fails_well_before_that_has_failed() -> None:
    run = Run(Policy(budget=Budget(seconds=5.0)))
    next(run.flow)
    run.now += 4.9
    with pytest.raises(ValueError, match="cut off"):
        run.flow.throw(ValueError("cut off"))


def test_to_be_late_is_no_way_round_what_was_found() -> None:
    worse = block(containing("worse"))
    policy = Policy(output=(escalate(containing("bad"), say="Wait."), worse))
    outcome = _late(policy)
    assert isinstance(outcome, Escalated)
    assert (outcome.say, len(outcome.findings)) == ("Wait.", 2)


def test_a_person_is_shown_what_a_late_model_had_said() -> None:
    policy = Policy(output=(escalate(containing("bad")), block(containing("worse"))))
    run = Run(policy + Policy(budget=Budget(seconds=5.0)), streamed=True)
    run.call.handing = ToDesk(MemoryDesk())
    outcome = run.play(["this is bad, and ", "more ", Late()])
    assert isinstance(outcome, Escalated)
    assert outcome.case is not None
    assert (outcome.case.reply or "").startswith("this is bad, and")


def test_who_is_late_is_told_so_if_nothing_worse_was_found() -> None:
    policy = Policy(output=(abstain(containing("bad"), say="Sorry."), block(containing("worse"))))
    outcome = _late(policy)
    assert isinstance(outcome, Abstained)
    assert outcome.say != "Sorry."


def _late(policy: Policy) -> Outcome[Any]:
    limited = policy + Policy(budget=Budget(seconds=5.0))
    return Run(limited, streamed=True).play(["this is bad, and ", "more ", Late()])


def test_late_ends_the_call_as_the_budget_says() -> None:
    run = Run(Policy(budget=Budget(seconds=2.5)))
    next(run.flow)
    with pytest.raises(StopIteration) as stop:
        run.flow.throw(Late())
    assert _only(stop.value.value) == Finding("more than 2.5 seconds", kind="budget")


# -- money


class ReadTimeout(Exception):
    """No TimeoutError, and yet one."""


class Gone(TimeoutError):
    """One, by another name."""


@pytest.mark.parametrize(
    ("problem", "dollars"),
    [(ReadTimeout(), 0.5), (Gone(), 0.5), (TimeoutError(), 0.5), (ValueError(), 0.0)],
    ids=["by name", "by kind", "both", "another"],
)
def test_a_model_that_timed_out_may_have_cost_what_was_set_aside(
    problem: Exception, dollars: float
) -> None:
    money = MemoryLedger(Limit(1.0, "user"), clock=lambda: 0.0)

    @guard(Policy(), ledger=Charge(money, 0.5))
    def ask(request: Request) -> str:
        raise problem

    with pytest.raises(type(problem)):
        ask(Request("q", meta={"user": "ann"}))
    assert [*money.spent({"user": "ann"}).values()] == [dollars]


def test_a_call_that_is_thrown_away_asks_for_nothing_more() -> None:
    money = MemoryLedger(Limit(1.0, "user"), clock=lambda: 0.0)
    run = Run(Policy(), Request("q", meta={"user": "ann"}))
    run.call.charge = Charge(money, 0.5)
    reserve = next(run.flow)
    assert isinstance(reserve, Do)
    assert isinstance(run.flow.send(money.reserve({"user": "ann"}, 0.5)), Ask)
    run.flow.close()
    assert run.call.held


# -- the record of a call that goes well


def test_a_call_has_four_events() -> None:
    run = Run(Policy())
    run.play("fine")
    assert run.told == ["started", "asked", "answered", "decided"]


def test_an_answer_tells_what_it_cost() -> None:
    run = Run(Policy())
    run.play(Reply("fine", usage=Usage(input_tokens=3, output_tokens=4)))
    (answered,) = [event for event in run.call.events if event.kind == "answered"]
    assert answered.usage == Usage(input_tokens=3, output_tokens=4)


def test_each_attempt_is_told() -> None:
    run = Run(Policy(output=(retry(containing("bad")),)))
    outcome = run.play("bad", "fine")
    assert run.told.count("asked") == outcome.record.attempts == 2


def test_what_is_asked_again_has_a_place_of_its_own() -> None:
    seen: list[str] = []

    def hear(event: Event) -> None:
        seen.append(event.where)

    policy = Policy(input=(flag(containing("zzz")),), output=(retry(containing("bad")),))
    answers = iter(["bad", "fine"])
    guard(policy, observers=[hear])(lambda question: next(answers))("q")
    assert "messages[0]" in seen
    assert any(each.startswith("retry[1].messages[") for each in seen)


def test_findings_about_a_reply_that_is_gone_are_not_in_the_outcome() -> None:
    run = Run(Policy(input=(flag(containing("q")),), output=(retry(containing("bad")),)))
    assert [each.where for each in run.play("bad", "fine").findings] == ["messages[0]"]


# -- what cannot be read


def test_what_cannot_be_read_is_a_finding_of_the_type_that_was_wanted() -> None:
    outcome = Run(Policy(), reader=TRIP).play("no", "no")
    finding = outcome.findings[-1]
    assert (finding.check, finding.kind, finding.where) == ("returns", "unreadable", "reply")
    assert isinstance(outcome, Abstained)


def test_what_cannot_be_read_ends_as_the_policy_says() -> None:
    policy = Policy(unreadable=Action.BLOCK)
    assert isinstance(Run(policy, reader=TRIP).play("no", "no"), Blocked)


def test_the_first_that_cannot_be_read_is_asked_for_again() -> None:
    run = Run(Policy(unreadable=Action.BLOCK), reader=TRIP)
    assert run.play("no", ROME) == Accepted(Trip("Rome", 2))


@pytest.mark.parametrize("finish", UNFINISHED)
def test_half_a_reply_is_noted(finish: str) -> None:
    outcome = Run(Policy()).play(Reply("half a", finish=finish))
    assert isinstance(outcome, Accepted)
    assert _only(outcome) == UNFINISHED[finish]


def test_half_a_reply_with_nothing_in_it_is_no_answer() -> None:
    assert isinstance(Run(Policy()).play(Reply("", finish="length")), Abstained)


def test_half_a_reply_that_calls_a_tool_is_an_answer() -> None:
    reply = Reply[Any]("", tool_calls=(ToolCall("a", {}),), finish="length")
    assert isinstance(Run(Policy()).play(reply), Accepted)


def test_there_is_no_value_in_half_a_reply() -> None:
    run = Run(Policy(), reader=TRIP)
    half = Reply[Any](ROME, finish="length")
    assert run.play(half, ROME) == Accepted(Trip("Rome", 2))
    assert len(run.asked) == 2


# -- what a guarded function may give


@pytest.mark.parametrize("given", [5, None, b"text", {"text": "fine"}])
def test_what_is_no_answer_is_told_what_is_one(given: object) -> None:
    with pytest.raises(TypeError) as caught:
        Run(Policy()).play(given)
    assert str(caught.value).startswith(
        f"ask returned {type(given).__name__}; a guarded function returns text, a Reply, "
        "or with returns= a dict or an instance of that type ("
    )


def test_rules_look_at_the_text_of_an_instance() -> None:
    outcome = Run(Policy(output=(flag(matching("Rome")),)), reader=TRIP).play(Trip("Rome", 2))
    assert isinstance(outcome, Accepted)
    assert outcome.findings


def test_the_text_of_an_instance_is_its_json() -> None:
    heard, policy = _listening()
    Run(policy, reader=TRIP).play(Trip("Rome", 2))
    assert json.loads(heard[0].text) == json.loads(ROME)


def test_a_stream_that_yields_values_is_told_what_it_yields() -> None:
    with pytest.raises(TypeError) as caught:
        Run(Policy(), reader=TRIP, streamed=True).play([Trip("Rome", 2)])
    assert str(caught.value) == "ask yields str or Reply, not Trip"


def test_a_text_beside_a_value_is_the_text() -> None:
    reply = Reply(ROME.replace(" ", "  "), value=Trip("Rome", 2))
    run = Run(Policy(output=(flag(containing("  ")),)), reader=TRIP)
    assert run.play(reply).findings


def test_a_value_where_text_is_wanted_is_let_go() -> None:
    assert Run(Policy()).play(Reply("fine", value=5)) == Accepted("fine")


# -- what validators are given


def _listening() -> tuple[list[Reply[Any]], Policy]:
    heard: list[Reply[Any]] = []

    @check
    def listening(reply: Reply[Any]) -> Iterator[Finding]:
        """All that a validator may know."""
        heard.append(reply)
        yield from ()

    return heard, Policy(validators=(block(listening()),))


def test_a_validator_is_given_all_that_came() -> None:
    heard, policy = _listening()
    call = ToolCall("a", {"n": 1}, "1")
    usage = Usage(input_tokens=3, output_tokens=4)
    request = Request("q")
    Run(policy, request).play(
        Reply(
            "fine",
            tool_calls=(call,),
            usage=usage,
            logprobs=(-0.5,),
            tokens=("fine",),
            finish="stop",
            model="m-1",
        )
    )
    assert heard == [
        Reply(
            "fine",
            value="fine",
            tool_calls=(call,),
            usage=usage,
            logprobs=(-0.5,),
            request=request,
            tokens=("fine",),
            finish="stop",
            model="m-1",
        )
    ]


def test_what_a_stream_brings_in_parts_is_put_together() -> None:
    heard, policy = _listening()
    parts = [
        Reply[Any]("fi", logprobs=(-0.5,), tokens=("fi",), usage=Usage(output_tokens=1)),
        Reply[Any]("ne", logprobs=(-0.25,), tokens=("ne",), usage=Usage(output_tokens=2)),
        Reply[Any]("", tool_calls=(ToolCall("a", {}, "1"),), finish="tool_calls", model="m-1"),
        Reply[Any]("", tool_calls=(ToolCall("b", {}, "2"),)),
    ]
    Run(policy, streamed=True).play(parts)
    (reply,) = heard
    assert (reply.text, reply.logprobs, reply.tokens) == ("fine", (-0.5, -0.25), ("fi", "ne"))
    assert (reply.usage.output_tokens, reply.finish, reply.model) == (3, "tool_calls", "m-1")
    assert [each.name for each in reply.tool_calls] == ["a", "b"]


def test_where_no_part_has_probabilities_there_are_none() -> None:
    heard, policy = _listening()
    Run(policy, streamed=True).play([Reply[Any]("fi"), Reply[Any]("ne")])
    assert (heard[0].logprobs, heard[0].tokens) == (None, None)


def test_a_validator_over_the_value_is_given_the_value() -> None:
    heard: list[Trip] = []

    @check
    def listening(trip: Trip) -> Iterator[Finding]:
        """A value."""
        heard.append(trip)
        yield Finding("seen")

    outcome = Run(Policy(validators=(flag(listening()),)), reader=TRIP).play(ROME)
    assert (heard, outcome.findings[0].where) == ([Trip("Rome", 2)], "value")


def test_a_validator_over_text_is_given_the_text() -> None:
    outcome = Run(Policy(validators=(flag(containing("fine")),))).play("fine")
    assert _only(outcome).where == "reply"


@check
def anything(trips: list[int]) -> Iterator[Finding]:
    """A type that no instance can be asked for."""
    yield Finding(f"{len(trips)} numbers")


def test_a_validator_over_a_type_with_parameters_is_given_the_value() -> None:
    any_list: Check[list[int]] = anything()
    outcome = Run(
        Policy(validators=(flag(any_list),)), reader=reading(list[int], repair=False)
    ).play("[1, 2]")
    assert _only(outcome).message == "2 numbers"


def test_evidence_is_told_by_where_its_source_was_when_it_was_given() -> None:
    @check
    def bearing(reply: Reply[Any]) -> Iterator[Finding]:
        """What the first source that is left says."""
        yield Finding("it says so", evidence=Evidence("sources[0]"))

    policy = Policy(sources=(drop(containing("bad")),), validators=(flag(bearing()),))
    request = Request("q", sources=(Source("a", "bad text"), Source("b", "good text")))
    evidence = Run(policy, request).play("fine").findings[-1].evidence
    assert evidence is not None
    assert evidence.where == "sources[1]"


def test_where_nothing_is_found_no_source_is_looked_for() -> None:
    _, policy = _listening()
    assert Run(policy, Request("q", sources=(Source("a", "text"),))).play("fine") == Accepted(
        "fine"
    )


# -- the last attempt


def test_a_tool_call_is_asked_for_again_once() -> None:
    @check
    def unknown(call: ToolCall) -> Iterator[Finding]:
        """A tool that is not there."""
        yield Finding("unknown tool")

    reply = Reply[Any]("", tool_calls=(ToolCall("a", {}),))
    outcome = Run(Policy(tools=(retry(unknown(), then=Action.BLOCK),))).play(reply, reply)
    assert isinstance(outcome, Blocked)
    assert outcome.record.attempts == 2


def test_what_json_escapes_is_asked_for_again_once() -> None:
    policy = Policy(output=(retry(containing("Rome"), then=Action.BLOCK),))
    escaped = r'{"city": "\u0052ome", "days": 2}'
    outcome = Run(policy, reader=TRIP).play(escaped, escaped)
    assert isinstance(outcome, Blocked)
    assert outcome.record.attempts == 2


def test_a_rule_over_what_cannot_be_read_has_looked_at_the_reply() -> None:
    policy = Policy(validators=(retry(unreadable(), then=Action.BLOCK),))
    outcome = Run(policy, reader=TRIP).play("no", "no")
    assert isinstance(outcome, Blocked)
    assert "unreadable" in outcome.record.coverage["reply"]


def test_without_such_a_rule_nobody_looks() -> None:
    run = Run(Policy(), reader=TRIP)
    run.play("no", "no")
    assert run.looks == 0


@pytest.mark.parametrize(
    ("attempts", "then"), [(1, Action.BLOCK), (2, Action.RETRY)], ids=["last", "first"]
)
def test_a_shadow_has_as_many_attempts_as_the_policy(attempts: int, then: Action) -> None:
    shadow = Policy(validators=(retry(containing("bad"), then=Action.BLOCK),))
    guarded = guard(Policy(budget=Budget(attempts=attempts)), shadow=shadow)
    outcome = guarded(lambda question: "bad")("q")
    (difference,) = outcome.record.differences
    assert difference.shadow is then


# -- answers that are there already


def test_what_was_flagged_in_a_kept_answer_is_told_again() -> None:
    model = ScriptedModel(["perhaps"])
    asking = cached(
        guard(Policy(validators=(flag(containing("perhaps")),)))(model), MemoryStore(), model="m"
    )
    first, again = asking("q"), asking("q")
    assert first.findings == again.findings != ()
    (found,) = [event for event in again.record.events if event.kind == "found"]
    assert found.action is Action.FLAG


def test_validators_do_not_look_at_a_kept_answer_again() -> None:
    heard, policy = _listening()
    asking = cached(guard(policy)(ScriptedModel(["fine"])), MemoryStore(), model="m")
    assert asking("q") == asking("q")
    assert len(heard) == 1


# -- answers to compare


@check(samples=2)
def lonely(reply: Reply[Any]) -> Iterator[Finding]:
    """An answer that no other is like."""
    if reply.text not in reply.samples:
        yield Finding("no other answer is like it")


def test_for_each_answer_to_compare_money_is_set_aside() -> None:
    money = MemoryLedger(Limit(1.0, "user"), clock=lambda: 0.0)
    guarded = guard(Policy(validators=(abstain(lonely()),)), ledger=Charge(money, 0.4))
    outcome = guarded(lambda request: "fine")(Request("q", meta={"user": "ann"}))
    assert isinstance(outcome, Abstained)
    assert outcome.findings[0].message.startswith("no more is left of ")


def test_a_stream_costs_what_the_model_does_that_it_named_before() -> None:
    money = MemoryLedger(Limit(9.0, "user"), clock=lambda: 0.0)
    guarded = guard(
        Policy(),
        ledger=Charge(money, 0.5),
        prices=lambda model, usage: {"dime": 0.1}[model],
    )
    parts = [Reply[Any]("fi", model="dime"), Reply[Any]("ne", usage=Usage(1, 1))]

    @guarded
    def ask(request: Request) -> Iterator[Reply[Any]]:
        yield from parts

    stream = ask(Request("q", meta={"user": "ann"}))
    assert "".join(stream) == "fine"
    assert stream.outcome.record.spent.dollars == pytest.approx(0.1)


def test_an_answer_to_compare_costs_what_its_model_does() -> None:
    money = MemoryLedger(Limit(9.0, "user"), clock=lambda: 0.0)
    guarded = guard(
        Policy(validators=(abstain(lonely()),)),
        ledger=Charge(money, 0.5),
        prices=lambda model, usage: {"dime": 0.1}[model],
    )
    reply = Reply[Any]("fine", usage=Usage(1, 1), model="dime")
    outcome = guarded(lambda request: reply)(Request("q", meta={"user": "ann"}))
    assert outcome.record.spent.dollars == pytest.approx(0.3)


# -- what was redacted


QUOTED = Policy(input=(redact(matching('a "b" c'), restore=True),))


@pytest.mark.parametrize("streamed", [False, True])
def test_what_is_put_back_into_a_text_is_written_as_it_was(streamed: bool) -> None:
    outcome, shown = _echoed(QUOTED, streamed=streamed)
    assert outcome.unwrap() == 'so a "b" c'
    assert shown == ('so a "b" c' if streamed else "")


def test_what_is_put_back_at_the_end_is_written_as_it_was() -> None:
    patient = QUOTED + Policy(validators=(flag(containing("zzz")),))
    assert _echoed(patient, streamed=True)[1] == 'so a "b" c'


@pytest.mark.parametrize("late", [(), (flag(containing("zzz")),)], ids=["live", "patient"])
def test_half_a_placeholder_is_shown_at_the_end(late: tuple[Rule[Any], ...]) -> None:
    outcome, shown = _echoed(QUOTED + Policy(validators=late), streamed=True, cut=5)
    assert outcome.unwrap() == shown != "so "


def _echoed(policy: Policy, *, streamed: bool, cut: int | None = None) -> tuple[Outcome[Any], str]:
    """A model that repeats what it is sent, and what was shown of it."""
    run = Run(policy, 'a "b" c', streamed=streamed)
    effect = next(run.flow)
    while not isinstance(effect, Ask):
        assert isinstance(effect, Look)
        effect = run.flow.send(_looks(effect))
    pieces = iter(["so ", effect.request.text[:cut]])
    whole = Reply[Any]("so " + effect.request.text[:cut])
    answer: Any = None
    try:
        while True:
            effect = run.flow.send(answer)
            answer = None
            if isinstance(effect, Pull):
                answer = next(pieces, END) if streamed else whole
            elif isinstance(effect, Look):
                answer = _looks(effect)
            elif isinstance(effect, Emit):
                run.shown.append(effect.piece)
    except StopIteration as stop:
        return stop.value, "".join(run.shown)


def _looks(effect: Look) -> list[Any]:
    return [[rule.check.look(sub) for rule in rules] for rules, sub in effect.jobs]


def test_an_instance_that_redaction_changes_is_not_taken_as_it_was() -> None:
    policy = Policy(output=(redact(matching(r"\d")),))
    trip = Trip("Rome", 2)
    outcome = Run(policy, reader=TRIP).play(trip, trip)
    assert isinstance(outcome, Abstained)
    assert outcome.findings[-1].kind == "unreadable"


# -- streams


def test_what_is_shown_is_what_is_accepted() -> None:
    run = Run(Policy(output=(redact(matching("[0-9]+")),)), streamed=True)
    outcome = run.play(["call 12", "34 now"])
    assert "".join(run.shown) == outcome.unwrap() == "call ████ now"


def test_an_early_stream_shows_what_validators_have_not_seen() -> None:
    policy = Policy(validators=(block(containing("bad")),))
    run = Run(policy, streamed=True, early=True)
    assert isinstance(run.play(["bad", "ly"]), Blocked)
    assert run.shown


def test_another_stream_shows_nothing_that_validators_refuse() -> None:
    run = Run(Policy(validators=(block(containing("bad")),)), streamed=True)
    assert isinstance(run.play(["bad", "ly"]), Blocked)
    assert run.shown == []


def test_a_typed_stream_shows_its_text_at_the_end() -> None:
    run = Run(Policy(), reader=TRIP, streamed=True)
    run.play([ROME[:9], ROME[9:]])
    assert "".join(run.shown) == ROME


def test_sources_are_given_to_the_model() -> None:
    source = Source("a", "text")
    run = Run(Policy(), Request("q", sources=(source,)))
    run.play("fine")
    assert run.asked[0].sources == (source,)
