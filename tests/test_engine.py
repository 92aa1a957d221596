"""The engine, driven by hand: no network, no loop, no clock but ours."""

from __future__ import annotations

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
    Escalated,
    Event,
    Finding,
    Label,
    Media,
    Message,
    Outcome,
    Policy,
    Reply,
    Request,
    Source,
    Span,
    ToolCall,
    Usage,
    _listen,
    abstain,
    block,
    check,
    drop,
    escalate,
    flag,
    redact,
    retry,
)
from guardrails_lib import _engine as engine
from guardrails_lib._call import Call
from guardrails_lib._effects import END, Ask, Emit, Flow, Late, Look, Pull
from guardrails_lib._plan import Plan
from guardrails_lib._schema import TEXT, Reader
from guardrails_lib.checks import containing, longer_than, matching
from guardrails_lib.schemas.reader import reader as reading


class Clock:
    """Time that passes when told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


class Run:
    """One call, its effects done by the test."""

    def __init__(
        self,
        policy: Policy,
        request: Request | str = "q",
        *,
        reader: Any = TEXT,
        streamed: bool = False,
        early: bool = False,
        strict: bool = False,
        shadow: Policy | None = None,
        observers: tuple[Any, ...] = (),
    ) -> None:
        self.clock = Clock()
        plan = Plan(shadow) if shadow else None
        self.call: Call[Any] = Call(
            Plan(policy), observers=observers, shadow=plan, clock=self.clock
        )
        request = Request(request) if isinstance(request, str) else request
        form = engine.Form("ask", streamed, early, strict)
        self.flow: Flow[Outcome[Any]] = engine.run(self.call, reader, request, form)
        self.asked: list[Request] = []
        self.shown: list[str] = []
        self.looks = 0

    def play(self, *replies: Any) -> Outcome[Any]:
        """Answer every effect, the model's with *replies*, each a list of pieces."""
        script = iter(replies)
        pieces: Iterator[Any] = iter(())
        answer: Any = None
        while True:
            try:
                effect = self.flow.send(answer)
            except StopIteration as stop:
                outcome: Outcome[Any] = stop.value
                return outcome
            answer = None
            if isinstance(effect, Ask):
                self.asked.append(effect.request)
                turn = next(script)
                pieces = iter(turn if isinstance(turn, list) else [turn])
            elif isinstance(effect, Pull):
                answer = next(pieces, END)
            elif isinstance(effect, Look):
                self.looks += 1
                answer = [[rule.check.look(sub) for rule in rules] for rules, sub in effect.jobs]
            else:
                assert isinstance(effect, Emit)  # nobody samples, and there is no desk
                self.shown.append(effect.piece)


def kinds(outcome: Outcome[Any]) -> list[str]:
    return [finding.kind for finding in outcome.findings]


def end(policy: Policy, reply: Any = "fine", request: Request | str = "q", **how: Any) -> Any:
    return Run(policy, request, **how).play(reply)


# -- effects


def test_an_empty_policy_asks_pulls_and_ends() -> None:
    run = Run(Policy(), "hello")
    assert next(run.flow) == Ask(Request("hello"))
    assert run.flow.send(None) == Pull()
    with pytest.raises(StopIteration) as stop:
        run.flow.send("hi")
    assert stop.value.value == Accepted("hi")


def test_a_stream_pulls_until_its_end_and_emits_on_the_way() -> None:
    run = Run(Policy(), streamed=True)
    effects = [next(run.flow), run.flow.send(None), run.flow.send("a"), run.flow.send(None)]
    assert effects == [Ask(Request("q")), Pull(), Emit("a"), Pull()]
    with pytest.raises(StopIteration) as stop:
        run.flow.send(END)
    assert stop.value.value == Accepted("a")


def test_a_look_names_rules_and_subject() -> None:
    rule = block(containing("x"))
    run = Run(Policy(input=(rule,)), "hello")
    assert next(run.flow) == Look([((rule,), "hello")])


def test_a_blocked_input_never_asks_the_model() -> None:
    run = Run(Policy(input=(block(containing("bad")),)), "bad")
    assert isinstance(run.play(), Blocked)
    assert run.asked == []


# -- every part is looked at


def parts(request: Request) -> list[str]:
    run = Run(Policy(input=(flag(matching("x")),), sources=(flag(matching("x")),)), request)
    return [finding.where for finding in run.play("fine").findings]


def test_every_user_assistant_and_tool_message_is_looked_at() -> None:
    roles = ["user", "user", "assistant", "tool", "user"]
    request = Request([Message(role, "x") for role in roles])
    assert parts(request) == [f"messages[{n}]" for n in range(5)]


def test_every_source_is_looked_at() -> None:
    request = Request("q", sources=(Source("a", "x"), Source("b", "x")))
    assert parts(request) == ["sources[0]", "sources[1]"]


def test_every_content_part_is_looked_at() -> None:
    request = Request(Message("user", parts=("x", Media("image_url"), "x")))
    assert parts(request) == ["messages[0].content[0]", "messages[0].content[2]"]


def test_names_and_arguments_of_past_tool_calls_are_looked_at() -> None:
    calls = (ToolCall("x", {"to": ["x", 1], "deep": {"er": "x"}}), ToolCall("y", "x"))
    assert parts(Request(Message("assistant", tool_calls=calls))) == [
        "messages[0].tool_calls[0].name",
        "messages[0].tool_calls[0].arguments.to[0]",
        "messages[0].tool_calls[0].arguments.deep.er",
        "messages[0].tool_calls[1].arguments",
    ]


def test_system_messages_are_the_developers_own() -> None:
    request = Request([Message("system", "x"), Message("developer", "x"), Message("user", "a")])
    assert parts(request) == []


def test_a_trusted_rule_looks_at_system_messages_too() -> None:
    policy = Policy(input=(flag(matching("x"), trusted=True),))
    outcome = end(policy, request=Request([Message("system", "x"), Message("user", "x")]))
    assert [finding.where for finding in outcome.findings] == ["messages[0]", "messages[1]"]


def test_the_coverage_lists_what_nobody_looked_at() -> None:
    request = Request(
        [Message("system", "s"), Message("user", parts=("t", Media("image_url")))],
        sources=(Source("u", "t"),),
        tools=({"name": "t"},),
    )
    record = end(Policy(input=(flag(matching("x")),)), request=request).record
    assert record.coverage == {
        "messages[0]": (),
        "messages[1].content[0]": ("matching",),
        "messages[1].content[1]": (),
        "sources[0]": (),
        "tools[0]": (),
        "reply": (),
    }
    assert record.unseen == (
        *("messages[0]", "messages[1].content[1]", "sources[0]", "tools[0]", "reply"),
    )


def test_the_same_check_twice_runs_twice_and_both_are_in_the_record() -> None:
    """Peers: guardrails-ai `use()` overwrites, llm-guard keys results by class name."""
    policy = Policy(input=(flag(containing("a")), flag(containing("b"))))
    outcome = end(policy, request="ab")
    assert outcome.record.coverage["messages[0]"] == ("containing", "containing")
    assert [finding.span for finding in outcome.findings] == [Span(0, 1), Span(1, 2)]


def test_strict_blocks_when_a_part_was_looked_at_by_nobody() -> None:
    run = Run(Policy(input=(flag(matching("x")),)), Request("q", (Source("u", "t"),)), strict=True)
    outcome = run.play()
    assert isinstance(outcome, Blocked)
    assert [(f.kind, f.where) for f in outcome.findings] == [("unseen", "sources[0]")]


def test_strict_lets_pass_what_was_looked_at() -> None:
    assert end(Policy(input=(flag(matching("x")),)), strict=True) == Accepted("fine")


def test_blank_text_is_looked_at() -> None:
    """Peers: llm-guard passes a blank prompt unseen."""
    assert end(Policy(input=(flag(matching("^$")),)), request="").record.coverage["messages[0]"]


@check
def over_request(request: Request) -> Iterator[Finding]:
    """More than one source."""
    if len(request.sources) > 1:
        yield Finding("too many", where="sources[0]")


def test_a_check_over_the_request_sees_all_of_it_and_covers_it() -> None:
    request = Request("q", (Source("a", ""), Source("b", "")))
    outcome = end(Policy(sources=(flag(over_request()),)), request=request)
    assert [finding.message for finding in outcome.findings] == ["too many"]
    assert outcome.record.coverage["sources[1]"] == ("over_request",)


def test_a_check_over_the_request_drops_what_it_names() -> None:
    run = Run(
        Policy(sources=(drop(over_request()),)), Request("q", (Source("a", ""), Source("b", "")))
    )
    run.play("fine")
    assert run.asked[0].sources == (Source("b", ""),)


@check
def aimless(request: Request) -> Iterator[Finding]:
    """Something, somewhere."""
    yield Finding("somewhere")


def test_a_drop_that_names_nothing_escalates() -> None:
    assert isinstance(end(Policy(input=(drop(aimless()),))), Escalated)


@check
def confidential(message: Message) -> Iterator[Finding]:
    """A message that must not leave."""
    if message.label >= Label.CONFIDENTIAL:
        yield Finding("confidential")


def test_a_check_over_messages_is_given_the_message() -> None:
    secret = Message("user", "b", Label.CONFIDENTIAL)
    run = Run(Policy(input=(drop(confidential()),)), Request([Message("user", "a"), secret]))
    run.play("fine")
    assert run.asked[0].messages == (Message("user", "a"),)


# -- the seven actions


def test_flag_notes_and_passes() -> None:
    outcome = end(Policy(output=(flag(containing("i")),)))
    assert outcome == Accepted("fine", outcome.findings)
    assert outcome.findings == (
        Finding("it contains a word of the list", Span(1, 2), check="containing", where="reply"),
    )


def test_a_flag_without_a_span_does_not_vanish() -> None:
    """A hole of the sketch."""
    outcome = end(Policy(output=(flag(longer_than(limit=1)),)))
    assert [finding.span for finding in outcome.findings] == [None]


def test_redact_reaches_the_model() -> None:
    run = Run(Policy(input=(redact(containing("pin")),)), "my pin")
    assert run.play("fine") == Accepted("fine", run.call.outcome.findings)  # type: ignore[union-attr]
    assert run.asked == [Request("my ███")]


@check
def whole(text: str) -> Iterator[Finding]:
    """Everything, and nowhere in particular."""
    yield Finding("all of it")


def test_redact_without_a_span_escalates() -> None:
    assert isinstance(end(Policy(output=(redact(whole()),))), Escalated)


def test_drop_removes_the_source_and_the_record_says_so() -> None:
    request = Request("q", (Source("a", "bad"), Source("b", "good")))
    run = Run(Policy(sources=(drop(containing("bad")),)), request)
    record = run.play("fine").record
    assert run.asked[0].sources == (Source("b", "good"),)
    assert [event.where for event in record.events if event.kind == "dropped"] == ["sources[0]"]


def test_when_every_message_is_dropped_there_is_nothing_to_ask() -> None:
    outcome = end(Policy(input=(drop(containing("q")),)))
    assert isinstance(outcome, Abstained)
    assert kinds(outcome) == ["", "empty"]


def test_no_messages_at_all_is_nothing_to_ask() -> None:
    assert kinds(end(Policy(), request=Request(()))) == ["empty"]


def test_abstain_says_what_its_rule_says() -> None:
    outcome = end(Policy(output=(abstain(containing("fine"), say="Not today."),)))
    assert (type(outcome), outcome.say) == (Abstained, "Not today.")


def test_the_first_rule_that_decides_speaks() -> None:
    policy = Policy(
        output=(
            flag(containing("i"), say="flag"),
            escalate(containing("f"), say="first"),
            escalate(containing("n"), say="second"),
        )
    )
    assert end(policy).say == "first"


def test_the_strictest_wins_and_milder_findings_are_kept() -> None:
    """A hole of the sketch: refusals dropped earlier flags."""
    policy = Policy(
        input=(flag(containing("q")),),
        output=(flag(containing("f")), abstain(containing("i")), block(containing("n"))),
    )
    outcome = end(policy)
    assert isinstance(outcome, Blocked)
    assert len(outcome.findings) == 4


def test_findings_of_a_later_stage_join_those_of_the_earlier() -> None:
    policy = Policy(input=(flag(containing("q")),), validators=(block(containing("fine")),))
    assert [finding.where for finding in end(policy).findings] == ["messages[0]", "reply"]


# -- errors of checks


@check
def broken(text: str) -> Iterator[Finding]:
    """A check that breaks on what it reads."""
    raise RuntimeError(text)
    yield


def play_broken(policy: Policy) -> Outcome[Any]:
    from guardrails_lib import guard

    return guard(policy)(lambda q: "fine")("s3cret")


def test_an_error_takes_the_action_of_its_rule() -> None:
    ends = [type(play_broken(Policy(input=(verb(broken()),)))) for verb in (flag, abstain, block)]
    assert ends == [Accepted, Abstained, Blocked]


def test_an_error_where_something_was_to_be_redacted_escalates() -> None:
    assert isinstance(play_broken(Policy(input=(redact(broken()),))), Escalated)


def test_on_error_says_what_an_error_means() -> None:
    policy = Policy(input=(block(broken(), on_error=Action.FLAG),))
    outcome = play_broken(policy)
    assert isinstance(outcome, Accepted)
    assert kinds(outcome) == ["error"]


def test_an_error_quotes_nothing() -> None:
    assert "s3cret" not in repr(play_broken(Policy(input=(block(broken()),))).record)


@check
def out_of_range(text: str, start: int, stop: int) -> Iterator[Finding]:
    """A place that the text may not have."""
    yield Finding("there", Span(start, stop))


@pytest.mark.parametrize(("start", "stop"), [(0, 5), (-1, 1), (3, 2), (9, 9)])
def test_a_span_outside_the_text_is_an_error(start: int, stop: int) -> None:
    outcome = end(Policy(output=(block(out_of_range(start, stop)),)))
    assert isinstance(outcome, Blocked)
    assert [(f.kind, f.span) for f in outcome.findings] == [("error", None)]


def test_a_finding_of_no_width_cannot_be_redacted() -> None:
    assert isinstance(end(Policy(output=(redact(out_of_range(2, 2)),))), Escalated)


def test_a_finding_of_no_width_counts_even_at_the_very_end() -> None:
    outcome = end(Policy(output=(flag(out_of_range(4, 4)),)))
    assert [finding.span for finding in outcome.findings] == [Span(4, 4)]


# -- asking again


class TestRetry:
    policy = Policy(validators=(retry(containing("bad")),), budget=Budget(attempts=3))

    def test_the_findings_are_fed_back_as_one_more_exchange(self) -> None:
        run = Run(self.policy)
        assert run.play("bad", "good") == Accepted("good")
        assert [m.role for m in run.asked[1].messages] == ["user", "assistant", "user"]
        assert run.asked[1].messages[1].text == "bad"
        assert "it contains a word of the list" in run.asked[1].messages[2].text

    def test_the_exchanges_do_not_pile_up(self) -> None:
        run = Run(self.policy)
        run.play("bad 1", "bad 2", "good")
        assert [m.text for m in run.asked[2].messages][:2] == ["q", "bad 2"]
        assert len(run.asked[2].messages) == 3

    def test_attempts_are_counted_and_end_in_abstaining(self) -> None:
        outcome = Run(self.policy).play("bad", "bad", "bad")
        assert isinstance(outcome, Abstained)
        assert outcome.record.attempts == 3

    def test_without_a_budget_it_is_asked_twice(self) -> None:
        policy = Policy(validators=(retry(containing("bad")),))
        assert Run(policy).play("bad", "bad").record.attempts == 2

    def test_then_says_what_spent_attempts_mean(self) -> None:
        policy = Policy(validators=(retry(containing("bad"), then=Action.BLOCK, say="No."),))
        outcome = Run(policy).play("bad", "bad")
        assert (type(outcome), outcome.say) == (Blocked, "No.")

    def test_then_may_be_to_let_it_pass_flagged(self) -> None:
        policy = Policy(validators=(retry(containing("bad"), then=Action.FLAG),))
        assert isinstance(Run(policy).play("bad", "bad"), Accepted)

    def test_the_feedback_is_looked_at_by_the_input_rules(self) -> None:
        """A hole of the sketch."""
        policy = self.policy + Policy(input=(block(containing("bad")),))
        run = Run(policy)
        outcome = run.play("bad")
        assert isinstance(outcome, Blocked)
        assert outcome.findings[-1].where == "retry[1].messages[0]"
        assert len(run.asked) == 1

    def test_the_feedback_is_in_the_coverage(self) -> None:
        policy = self.policy + Policy(input=(flag(containing("zzz")),))
        coverage = Run(policy).play("bad", "good").record.coverage
        assert coverage["retry[1].messages[1]"] == ("containing",)

    def test_a_stricter_finding_is_not_asked_about(self) -> None:
        policy = Policy(validators=(retry(containing("bad")), escalate(containing("bad"))))
        run = Run(policy)
        assert isinstance(run.play("bad"), Escalated)
        assert len(run.asked) == 1

    def test_beside_a_stricter_finding_a_retry_means_its_then(self) -> None:
        """Else adding a rule could make the call milder."""
        policy = Policy(
            validators=(retry(containing("bad"), then=Action.BLOCK), abstain(containing("bad")))
        )
        assert isinstance(Run(policy).play("bad"), Blocked)

    def test_findings_of_a_reply_that_is_gone_stay_in_the_record_alone(self) -> None:
        outcome = Run(self.policy).play("bad", "good")
        assert outcome.findings == ()
        assert [e.action for e in outcome.record.events if e.kind == "found"] == [Action.RETRY]

    def test_the_reply_is_fed_back_redacted(self) -> None:
        policy = self.policy + Policy(output=(redact(containing("pin")),))
        run = Run(policy)
        run.play("bad pin", "good")
        assert run.asked[1].messages[1].text == "bad ███"

    def test_an_output_rule_may_ask_again(self) -> None:
        run = Run(Policy(output=(retry(containing("bad")),)), streamed=True)
        assert run.play(["so ", "bad"], ["good"]) == Accepted("good")
        assert run.shown == ["good"]


# -- typed answers


@dataclass(frozen=True)
class Trip:
    city: str
    days: int


TRIP: Reader[Trip] = reading(Trip, repair=False)


@check
def too_long(trip: Trip, *, days: int) -> Iterator[Finding]:
    """A trip of more than so many days."""
    if trip.days > days:
        yield Finding(f"{trip.days} days")


class TestTyped:
    def test_the_value_is_read(self) -> None:
        assert end(Policy(), '{"city": "Rome", "days": 2}', reader=TRIP) == Accepted(
            Trip("Rome", 2)
        )

    def test_an_unreadable_reply_is_asked_for_again(self) -> None:
        run = Run(Policy(), reader=TRIP)
        assert run.play("no", '{"city": "Rome", "days": 2}') == Accepted(Trip("Rome", 2))
        assert "there is no JSON" in run.asked[1].messages[2].text

    def test_an_unreadable_reply_abstains_unless_told(self) -> None:
        outcome = Run(Policy(), reader=TRIP).play("no", "no")
        assert isinstance(outcome, Abstained)
        assert kinds(outcome) == ["unreadable"]

    def test_the_policy_says_what_an_unreadable_reply_means(self) -> None:
        """A hole of the sketch: a schema failure was always Abstained."""
        run = Run(Policy(unreadable=Action.ESCALATE), reader=TRIP)
        assert isinstance(run.play("no", "no"), Escalated)

    def test_the_feedback_names_the_path(self) -> None:
        run = Run(Policy(), reader=TRIP)
        run.play('{"city": "Rome", "days": "two"}', '{"city": "Rome", "days": 2}')
        assert "days: Input should be a valid integer" in run.asked[1].messages[2].text
        assert "two" not in run.asked[1].messages[2].text

    def test_a_validator_looks_at_the_value(self) -> None:
        policy = Policy(validators=(escalate(too_long(days=5)),))
        outcome = end(policy, '{"city": "Rome", "days": 9}', reader=TRIP)
        assert isinstance(outcome, Escalated)
        assert outcome.findings[0].where == "value"

    def test_an_instance_is_not_parsed_again(self) -> None:
        trip = Trip("Rome", 2)
        outcome = end(Policy(output=(flag(containing("x")),)), trip, reader=TRIP)
        assert outcome.unwrap() is trip

    def test_a_dict_is_read(self) -> None:
        assert end(Policy(), {"city": "Rome", "days": 2}, reader=TRIP) == Accepted(Trip("Rome", 2))

    def test_a_dict_that_does_not_fit_is_asked_for_again(self) -> None:
        run = Run(Policy(), reader=TRIP)
        assert run.play({"city": "Rome"}, {"city": "Rome", "days": 2}) == Accepted(Trip("Rome", 2))

    def test_a_value_inside_a_reply_is_taken(self) -> None:
        trip = Trip("Rome", 2)
        assert end(Policy(), Reply(value=trip), reader=TRIP).unwrap() is trip

    def test_output_rules_look_at_an_instance_and_redact_in_it(self) -> None:
        policy = Policy(output=(redact(containing("Rome")),))
        assert end(policy, Trip("Rome", 2), reader=TRIP).unwrap() == Trip("████", 2)

    def test_what_json_escapes_is_looked_at_as_it_is_read(self) -> None:
        policy = Policy(output=(redact(containing("Rome")),))
        outcome = end(policy, r'{"city": "\u0052ome", "days": 2}', reader=TRIP)
        assert outcome.unwrap() == Trip("████", 2)
        assert outcome.findings[0].where == "reply.city"

    def test_what_json_escapes_is_blocked_as_it_is_read(self) -> None:
        policy = Policy(output=(block(containing("a\nb")),))
        assert isinstance(end(policy, Trip("a\nb", 2), reader=TRIP), Blocked)

    def test_a_reply_that_redaction_made_unreadable_abstains(self) -> None:
        policy = Policy(output=(redact(matching(r"\d")),))
        run = Run(policy, reader=TRIP)
        text = '{"city": "Rome", "days": 2}'
        assert kinds(run.play(text, text))[-1] == "unreadable"

    def test_a_rule_for_another_type_does_not_look(self) -> None:
        either = reading(Trip | str, repair=False)
        policy = Policy(validators=(block(too_long(days=1)),))
        assert end(policy, '"Rome"', reader=either) == Accepted("Rome")


@pytest.mark.parametrize("given", [None, 5, b"text", object(), ("text",)])
def test_a_function_that_returns_anything_else_is_told_so(given: object) -> None:
    with pytest.raises(TypeError, match=r"ask returned .*returns text, a Reply"):
        end(Policy(), given)


def test_a_stream_yields_text() -> None:
    with pytest.raises(TypeError, match="ask yields str or Reply, not int"):
        Run(Policy(), streamed=True).play([5])


# -- tool calls


@check
def unknown_tool(call: ToolCall, *, known: tuple[str, ...]) -> Iterator[Finding]:
    """A tool that is not there."""
    if call.name not in known:
        yield Finding("unknown tool")


CALLS = (ToolCall("a", {"to": "x@y"}, "1"), ToolCall("b", {"n": 1}, "2"))
CALLING = Reply[Any]("", tool_calls=CALLS)


class TestTools:
    def test_accepted_calls_come_back_unchanged_and_in_order(self) -> None:
        """Peers: NeMo#2096, tool calls that no rail sees."""
        outcome = end(Policy(tools=(block(unknown_tool(known=("a", "b"))),)), CALLING)
        assert outcome.tool_calls == CALLS
        assert outcome.record.coverage["reply.tool_calls[1]"] == ("unknown_tool",)

    def test_a_call_is_blocked(self) -> None:
        assert isinstance(end(Policy(tools=(block(unknown_tool(known=())),)), CALLING), Blocked)

    def test_a_call_is_dropped(self) -> None:
        outcome = end(Policy(tools=(drop(unknown_tool(known=("b",))),)), CALLING)
        assert outcome.tool_calls == CALLS[1:]

    def test_arguments_are_redacted(self) -> None:
        outcome = end(Policy(tools=(redact(containing("x@y")),)), CALLING)
        assert outcome.tool_calls == (ToolCall("a", {"to": "███"}, "1"), CALLS[1])
        assert outcome.findings[0].where == "reply.tool_calls[0].arguments.to"

    def test_a_call_is_looked_at_with_the_tools_of_the_request(self) -> None:
        @check
        def not_offered(call: ToolCall) -> Iterator[Finding]:
            if call.name not in (call.offered or ()):
                yield Finding("not offered")

        request = Request("q", tools=("a",))
        outcome = end(Policy(tools=(drop(not_offered()),)), CALLING, request)
        assert outcome.tool_calls == CALLS[:1]
        assert outcome.tool_calls[0].offered is None

    def test_nobody_looking_is_in_the_record(self) -> None:
        assert "reply.tool_calls[0]" in end(Policy(), CALLING).record.unseen


# -- the reply as it arrives


def test_text_is_shown_as_soon_as_no_rule_can_still_match() -> None:
    run = Run(Policy(output=(block(containing("secret")),)), streamed=True)
    run.play(["a sec", "ond ", "sec"])
    assert run.shown == ["a ", "second ", "sec"]


def test_left_context_is_kept_at_the_edge_of_a_window() -> None:
    r"""A hole of the sketch: `\bab` misfired on "xab"."""
    run = Run(Policy(output=(block(matching(r"\bab")),)), streamed=True)
    assert run.play(list("xab xab")) == Accepted("xab xab")


def test_runs_do_not_depend_on_where_the_scan_begins() -> None:
    for cut in (["aaaa"], list("aaaa"), ["a", "aaa"], ["aa", "aa"]):
        outcome = Run(Policy(output=(flag(matching("aa")),)), streamed=True).play(cut)
        assert [finding.span for finding in outcome.findings] == [Span(0, 4)]


def test_a_finding_is_never_split() -> None:
    run = Run(Policy(output=(redact(containing("secret")),)), streamed=True)
    run.play(list("a secret b"))
    assert run.shown == ["a", " ", "██████", " ", "b"]


def test_findings_come_in_the_order_of_their_places() -> None:
    """A hole of the sketch: other orders in calls than in streams."""
    policy = Policy(output=(flag(containing("b")), flag(containing("a"))))
    for streamed, pieces in ((False, ["abab"]), (True, list("abab"))):
        outcome = Run(policy, streamed=streamed).play(pieces)
        assert [f.span.start for f in outcome.findings if f.span] == [0, 1, 2, 3]


def test_a_block_ends_the_stream_at_once() -> None:
    run = Run(Policy(output=(block(containing("bad")),)), streamed=True)
    assert isinstance(run.play(["so bad.", "never pulled"]), Blocked)
    assert run.shown == ["so "]


def test_a_milder_refusal_reads_on_for_a_stricter_one_and_shows_nothing_more() -> None:
    policy = Policy(output=(abstain(containing("hm")), block(containing("bad"))))
    run = Run(policy, streamed=True)
    assert isinstance(run.play(["so hm and", " then ", "bad."]), Blocked)
    assert run.shown == ["so "]


def test_a_check_without_a_width_shows_nothing_before_the_end() -> None:
    run = Run(Policy(output=(flag(longer_than(limit=99)),)), streamed=True)
    run.play(["a", "b"])
    assert run.shown == ["ab"]
    assert run.looks == 1


def test_validators_show_nothing_before_the_end() -> None:
    run = Run(Policy(validators=(flag(containing("a")),)), streamed=True)
    run.play(["a", "b"])
    assert run.shown == ["ab"]


def test_early_shows_what_validators_may_still_refuse() -> None:
    run = Run(Policy(validators=(block(containing("ab")),)), streamed=True, early=True)
    assert isinstance(run.play(["a", "b"]), Blocked)
    assert run.shown == ["a", "b"]


def test_nothing_is_asked_again_once_text_was_shown() -> None:
    run = Run(Policy(validators=(retry(containing("b")),)), streamed=True, early=True)
    assert isinstance(run.play(["a", "b"]), Abstained)


def test_an_empty_chunk_is_no_chunk() -> None:
    run = Run(Policy(output=(block(containing("x")),)), streamed=True)
    assert run.play(["", "a", ""]) == Accepted("a")
    assert run.shown == ["a"]


def test_a_reply_that_never_ends_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_listen, "LONGEST", 10_000)
    for piece in ("a", ""):
        endless = [piece] * 20_000
        outcome = Run(Policy(validators=(flag(containing("x")),)), streamed=True).play(endless)
        assert isinstance(outcome, Abstained)
        assert kinds(outcome) == ["budget"]


def test_what_a_stream_brings_beside_text_is_added_up() -> None:
    pieces = ["a", Reply("b", usage=Usage(1, 2)), Reply(usage=Usage(3), tool_calls=CALLS)]
    outcome = Run(Policy(), streamed=True).play(pieces)
    assert outcome == Accepted("ab", tool_calls=CALLS)
    assert outcome.record.spent == Usage(4, 2)


# -- budgets


class TestBudget:
    def test_time_is_checked_after_the_model(self) -> None:
        run = Run(Policy(budget=Budget(seconds=1.0)))
        assert next(run.flow) == Ask(Request("q"))
        assert run.flow.send(None) == Pull(101.0)
        run.clock.now += 2
        with pytest.raises(StopIteration) as stop:
            run.flow.send("too late")
        assert isinstance(stop.value.value, Abstained)
        assert kinds(stop.value.value) == ["budget"]

    def test_time_is_checked_after_a_look(self) -> None:
        run = Run(Policy(input=(flag(containing("x")),), budget=Budget(seconds=1.0)))
        next(run.flow)
        run.clock.now += 2
        with pytest.raises(StopIteration) as stop:
            run.flow.send([[[]]])
        assert kinds(stop.value.value) == ["budget"]

    def test_a_driver_that_stopped_waiting_says_so(self) -> None:
        run = Run(Policy(budget=Budget(seconds=1.0)))
        next(run.flow)
        run.flow.send(None)
        with pytest.raises(StopIteration) as stop:
            run.flow.throw(Late())
        assert kinds(stop.value.value) == ["budget"]

    def test_what_was_shown_in_time_stays_shown(self) -> None:
        run = Run(Policy(budget=Budget(seconds=1.0)), streamed=True)
        next(run.flow)
        run.flow.send(None)
        assert run.flow.send("in time") == Emit("in time")
        run.flow.send(None)
        run.clock.now += 2
        with pytest.raises(StopIteration) as stop:
            run.flow.send("too late")
        assert isinstance(stop.value.value, Abstained)

    @pytest.mark.parametrize("budget", [Budget(dollars=0.01), Budget(tokens=10)])
    def test_an_answer_over_the_budget_is_not_given(self, budget: Budget) -> None:
        outcome = end(Policy(budget=budget), Reply("dear", usage=Usage(6, 6, 0.02)))
        assert isinstance(outcome, Abstained)
        assert kinds(outcome) == ["budget"]
        assert outcome.record.spent == Usage(6, 6, 0.02)

    def test_an_answer_at_the_budget_is_given(self) -> None:
        budget = Budget(dollars=0.02, tokens=12)
        assert end(Policy(budget=budget), Reply("ok", usage=Usage(6, 6, 0.02))) == Accepted("ok")

    def test_attempts_add_up(self) -> None:
        policy = Policy(validators=(retry(containing("bad")),), budget=Budget(tokens=10))
        replies = [Reply[Any]("bad", usage=Usage(6)), Reply[Any]("good", usage=Usage(6))]
        assert kinds(Run(policy).play(*replies)) == ["budget"]

    def test_what_checks_spend_counts(self) -> None:
        policy = Policy(validators=(flag(costly()),), budget=Budget(dollars=0.5))
        outcome = end(policy)
        assert kinds(outcome) == ["budget"]
        assert outcome.record.spent == Usage(dollars=1.0)


@check
def costly(text: str) -> Iterator[Finding | Usage]:
    """A check that asks a model itself."""
    yield Usage(dollars=1.0)


def test_what_an_output_check_spends_is_in_the_record() -> None:
    assert end(Policy(output=(flag(costly()),))).record.spent == Usage(dollars=1.0)


# -- slow rules


@check(slow=True)
def slow(text: str) -> Iterator[Finding]:
    """Takes its time."""
    yield Finding("slow")


def test_slow_rules_run_last_and_not_after_a_block() -> None:
    policy = Policy(input=(flag(slow()), block(containing("q"))))
    outcome = end(policy)
    assert [finding.check for finding in outcome.findings] == ["containing"]
    assert outcome.record.coverage["messages[0]"] == ("containing",)


def test_slow_rules_run_when_nothing_blocks() -> None:
    policy = Policy(input=(flag(slow()), escalate(containing("q"))))
    assert {finding.check for finding in end(policy).findings} == {"containing", "slow"}


# -- events, observers, records


def test_the_record_tells_the_decision() -> None:
    policy = Policy(name="p", input=(flag(containing("q")),))
    record = end(policy).record
    assert (record.policy, record.fingerprint) == ("p", policy.fingerprint)
    assert [event.kind for event in record.events] == [
        *("started", "looked", "found", "asked", "answered", "decided"),
    ]


def test_every_record_has_an_id_of_its_own() -> None:
    assert len({end(Policy()).record.id for _ in range(100)}) == 100


def test_observers_hear_every_event_as_it_happens() -> None:
    heard: list[Event] = []
    outcome = end(Policy(), observers=(heard.append,))
    assert tuple(heard) == outcome.record.events


def test_an_observer_that_raises_is_reported_once_and_changes_nothing(
    caplog: pytest.LogCaptureFixture,
) -> None:
    heard: list[Event] = []

    def deaf(event: Event) -> None:
        raise RuntimeError("s3cret")

    outcome = end(Policy(), observers=(deaf, heard.append))
    assert outcome == Accepted("fine")
    assert [e.by for e in outcome.record.events if e.kind == "deaf"] == [("deaf",)]
    assert {e.kind for e in heard} == {e.kind for e in outcome.record.events}
    assert len(caplog.records) == 1
    assert "s3cret" not in caplog.text


# -- shadow


class TestShadow:
    def test_it_changes_nothing_and_its_differences_are_in_the_record(self) -> None:
        shadow = Policy(input=(block(containing("q")),), output=(redact(containing("i")),))
        outcome = end(Policy(), shadow=shadow)
        assert outcome == Accepted("fine")
        differences = outcome.record.differences
        assert [(d.stage, d.ours, d.shadow) for d in differences] == [
            ("boundary", None, Action.BLOCK),
            ("output", None, Action.REDACT),
        ]
        assert differences[0].findings[0].where == "messages[0]"

    def test_the_same_policy_has_no_differences(self) -> None:
        policy = Policy(input=(redact(containing("q")),), validators=(block(containing("zzz")),))
        assert end(policy, shadow=policy).record.differences == ()

    def test_it_sees_what_the_policy_saw_also_when_that_blocks(self) -> None:
        policy, shadow = Policy(input=(block(containing("q")),)), Policy()
        difference = end(policy, shadow=shadow).record.differences[0]
        assert (difference.ours, difference.shadow) == (Action.BLOCK, None)

    def test_it_is_not_held_against_the_stream(self) -> None:
        run = Run(Policy(), streamed=True, shadow=Policy(output=(flag(longer_than(limit=0)),)))
        outcome = run.play(["a", "b"])
        assert run.shown == ["a", "b"]
        assert [d.stage for d in outcome.record.differences] == ["output"]

    def test_it_is_not_charged(self) -> None:
        policy = Policy(budget=Budget(dollars=0.1))
        assert end(policy, shadow=Policy(output=(flag(costly()),))) == Accepted("fine")

    def test_it_looks_at_tools_values_and_requests(self) -> None:
        shadow = Policy(
            sources=(flag(over_request()),),
            tools=(block(unknown_tool(known=())),),
            validators=(block(containing("fine")),),
        )
        request = Request("q", (Source("a", ""), Source("b", "")))
        reply = Reply[Any]("fine", tool_calls=CALLS)
        stages = [d.stage for d in end(Policy(), reply, request, shadow=shadow).record.differences]
        assert stages == ["request", "tools", "validators"]


# -- nothing redacted is said anywhere


@check
def talkative(text: str) -> Iterator[Finding]:
    """A check that quotes what it must not."""
    at = text.find("hunter")
    if at >= 0:
        word = text[at : at + 7]
        yield Finding(f"found {word}", Span(at, at + 7), kind=word, where="", instead=None)


def test_a_check_that_quotes_what_is_redacted_is_not_repeated() -> None:
    secret = "".join(("hunter", "2"))
    policy = Policy(input=(redact(talkative()),), output=(redact(talkative()),))
    outcome = Run(policy, f"pin {secret}").play(f"your pin is {secret}")
    assert secret not in repr(outcome)
    assert secret not in repr(outcome.record)


def test_another_check_that_quotes_it_is_not_repeated_either() -> None:
    secret = "".join(("hunter", "2"))
    policy = Policy(input=(flag(talkative()), redact(containing(secret))))
    outcome = Run(policy, f"pin {secret}").play("fine")
    assert secret not in repr(outcome.record)
    assert outcome.findings[0].message == "found ███"


def test_feedback_never_repeats_what_was_redacted() -> None:
    secret = "".join(("hunter", "2"))
    policy = Policy(input=(redact(containing(secret)),), validators=(retry(quoting(word=secret)),))
    run = Run(policy, f"pin {secret}")
    run.play("one", "two")
    assert secret not in repr(run.asked)


@check
def quoting(text: str, *, word: str) -> Iterator[Finding]:
    """A check that quotes its own parameter."""
    yield Finding(f"say {word} no more")


def test_what_is_redacted_later_is_taken_out_of_what_was_said_before() -> None:
    secret = "".join(("hunter", "2"))
    policy = Policy(input=(flag(talkative()),), output=(redact(containing(secret)),))
    outcome = Run(policy, f"pin {secret}").play(f"your pin is {secret}")
    assert secret not in repr(outcome)
    assert secret not in repr(outcome.record)


def test_keys_that_hold_what_was_redacted_are_not_in_the_coverage() -> None:
    secret = "".join(("hunter", "2"))
    call = ToolCall("t", {secret: "b", "a": secret})
    policy = Policy(input=(redact(containing(secret)),))
    outcome = Run(policy, Request([Message("user", "q"), Message("assistant", tool_calls=(call,))]))
    assert secret not in repr(outcome.play("fine").record)


def test_two_observers_that_raise_are_each_reported_once(caplog: pytest.LogCaptureFixture) -> None:
    def one(event: Event) -> None:
        raise RuntimeError

    def two(event: Event) -> None:
        raise RuntimeError

    outcome = end(Policy(), observers=(one, two))
    assert [e.by for e in outcome.record.events if e.kind == "deaf"] == [("one",), ("two",)]
    assert len(caplog.records) == 2


def test_strict_minds_the_request_alone_also_when_it_asks_again() -> None:
    policy = Policy(input=(flag(matching("zzz")),), validators=(retry(containing("bad")),))
    assert Run(policy, strict=True).play("bad", "good") == Accepted("good")


def test_a_check_over_the_request_does_not_cover_what_no_check_can_read() -> None:
    request = Request(Message("user", parts=("t", Media("image_url"))), tools=({"name": "t"},))
    record = end(Policy(input=(flag(aimless()),)), request=request).record
    assert record.unseen == ("messages[0].content[1]", "reply")


def test_what_was_found_is_kept_when_the_budget_ends_the_call() -> None:
    policy = Policy(input=(flag(containing("q")), flag(costly())), budget=Budget(dollars=0.5))
    assert [f.check or f.kind for f in end(policy).findings] == ["containing", "budget"]


def test_the_longer_of_two_secrets_is_taken_out_first() -> None:
    policy = Policy(input=(redact(containing("hunter")), redact(containing("hunter99"))))
    policy += Policy(validators=(flag(quoting(word="hunter99")),))
    outcome = Run(policy, "hunter99").play("fine")
    assert outcome.findings[-1].message == "say ███ no more"


def test_a_reply_that_a_slow_output_check_made_late_is_not_given() -> None:
    run = Run(Policy(output=(flag(containing("x")),), budget=Budget(seconds=1.0)))
    next(run.flow)
    run.flow.send(None)
    run.flow.send("fine")
    run.clock.now += 2
    with pytest.raises(StopIteration) as stop:
        run.flow.send([[[]]])
    assert kinds(stop.value.value) == ["budget"]


def test_a_check_over_text_cannot_say_that_it_looked_elsewhere() -> None:
    """Else what it redacts would stay where it is."""

    @check
    def astray(text: str) -> Iterator[Finding]:
        yield Finding("here", Span(0, 1), where="sources[7]")

    outcome = end(Policy(output=(redact(astray()),)))
    assert outcome.findings[0].where == "reply"
