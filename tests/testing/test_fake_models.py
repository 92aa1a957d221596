"""Models that repeat, mean harm or fail; each is asked in four ways."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import find, given, settings
from hypothesis import strategies as st

from guardrails_lib import (
    Data,
    Guard,
    Message,
    Policy,
    Reply,
    Request,
    Source,
    ToolCall,
    Usage,
    redact,
)
from guardrails_lib.checks import matching
from guardrails_lib.testing.fakes import (
    OUTAGES,
    TRICKS,
    EchoModel,
    FakeClock,
    FakeModel,
    FlakyModel,
    HostileModel,
    Outage,
    ScriptedModel,
    Turn,
)
from guardrails_lib.testing.fakes.outage import Kind, ModelFailed, RateLimited
from guardrails_lib.testing.playing import play
from guardrails_lib.testing.strategies.outages import outages

Pieces = list[str | Reply[Any]]


def called(model: FakeModel, prompt: Any) -> Pieces:
    return [model(prompt)]


def awaited(model: FakeModel, prompt: Any) -> Pieces:
    return [asyncio.run(model.acall(prompt))]


def streamed(model: FakeModel, prompt: Any) -> Pieces:
    return list(model.stream(prompt))


def astreamed(model: FakeModel, prompt: Any) -> Pieces:
    async def all_of_it() -> Pieces:
        return [piece async for piece in model.astream(prompt)]

    return asyncio.run(all_of_it())


every_form = pytest.mark.parametrize("form", [called, awaited, streamed, astreamed])
Form = Callable[[FakeModel, Any], Pieces]


def text_of(pieces: Pieces) -> str:
    return "".join(piece if isinstance(piece, str) else piece.text for piece in pieces)


def calls_of(pieces: Pieces) -> list[ToolCall]:
    return [call for piece in pieces if isinstance(piece, Reply) for call in piece.tool_calls]


def finish_of(pieces: Pieces) -> str:
    return "".join(piece.finish for piece in pieces if isinstance(piece, Reply))


# -- what all share


@every_form
def test_a_model_may_be_made_of_a_function(form: Form) -> None:
    model = FakeModel(lambda prompt, before: f"{before}: {prompt}")
    assert [text_of(form(model, each)) for each in ("a", "b")] == ["0: a", "1: b"]
    assert model.sent == ["a", "b"]


@every_form
def test_a_turn_may_call_tools_and_say_why_it_ended(form: Form) -> None:
    call = ToolCall("pay")
    turn = Turn(("a", "b"), usage=Usage(1), tool_calls=(call,), finish="tools")
    pieces = form(ScriptedModel(turn), "Hi")
    assert text_of(pieces) == "ab"
    assert calls_of(pieces) == [call]
    assert finish_of(pieces) == "tools"
    assert [each.usage for each in pieces if isinstance(each, Reply)] == [Usage(1)]


@every_form
def test_what_takes_time_takes_it_on_the_clock_that_is_given(form: Form) -> None:
    clock = FakeClock()
    form(ScriptedModel(Turn(("a", "b"), seconds=3600.0), clock=clock), "Hi")
    assert clock() == (7200.0 if form in {streamed, astreamed} else 3600.0)


def test_a_script_prints_as_its_turns() -> None:
    assert repr(ScriptedModel("Hello.")) == "ScriptedModel(Turn(chunks=('Hello.',)))"


# -- the echo

EVERYTHING = Request(
    [
        Message("system", "as a system"),
        Message("user", parts=["as a part", Data({"a key": ["a leaf", 4711, date(2026, 1, 2)]})]),
        Message("assistant", "before", tool_calls=[ToolCall("look", {"for": {"in": "deep"}}, "1")]),
        Message("assistant", tool_calls=[ToolCall("raw", '{"cut')]),
        Message("tool", "a result", name="a name"),
    ],
    [Source("kb://a/uri", "a source")],
    [{"name": "a tool", "description": "what for"}],
)


@every_form
@pytest.mark.parametrize(
    "text",
    [
        *("as a system", "as a part", "a key", "a leaf", "4711", "2026-01-02", "before", "look"),
        *("for", "deep", '{"cut', "a result", "a name", "kb://a/uri", "a source", "what for"),
    ],
)
def test_an_echo_repeats_all_that_it_is_sent(form: Form, text: str) -> None:
    assert text in text_of(form(EchoModel(), EVERYTHING))


@every_form
def test_an_echo_repeats_a_text_and_a_chat_too(form: Form) -> None:
    chat = [{"role": "user", "content": [{"type": "text", "text": "in a chat"}]}]
    assert text_of(form(EchoModel(), "as it is")) == "as it is"
    assert "in a chat" in text_of(form(EchoModel(), chat)).splitlines()


def test_an_echo_says_each_text_once() -> None:
    twice = Request([Message("user", "again"), Message("user", "again")])
    assert EchoModel()(twice).text == "again"


def test_an_echo_of_an_echo_is_no_longer() -> None:
    said = [Message("user", "one"), Message("user", "two")]
    first = EchoModel()(Request(said)).text
    assert EchoModel()(Request([*said, Message("assistant", first)])).text == first


@every_form
def test_an_echo_calls_its_tool_with_all_of_it(form: Form) -> None:
    pieces = form(EchoModel(tool="search"), "Hello")
    assert calls_of(pieces) == [ToolCall("search", {"text": "Hello"})]
    assert text_of(pieces) == "Hello"


def test_a_stream_of_an_echo_has_small_chunks() -> None:
    assert list(EchoModel().stream("Hello")) == ["Hel", "lo"]
    assert list(EchoModel(chunk=1).stream("Hi")) == ["H", "i"]


def test_a_chunk_has_a_character() -> None:
    with pytest.raises(ValueError, match="chunk=0"):
        EchoModel(chunk=0)


def test_an_echo_prints_as_what_makes_it() -> None:
    assert repr([EchoModel(), EchoModel(tool="a")]) == "[EchoModel(), EchoModel(tool='a')]"


@given(st.text())
@settings(max_examples=50)
def test_whatever_is_said_to_an_echo_comes_back(text: str) -> None:
    assert EchoModel()(text).text == text_of(streamed(EchoModel(), text)) == text


# -- the one that means harm

HEARD = "My mail is [EMAIL_ADDRESS_KXQTMBWP]."


@every_form
@pytest.mark.parametrize("trick", TRICKS)
def test_a_trick_is_the_same_however_it_is_asked(form: Form, trick: str) -> None:
    whole = HostileModel(trick)(HEARD)
    pieces = form(HostileModel(trick), HEARD)
    assert text_of(pieces) == whole.text
    assert tuple(calls_of(pieces)) == whole.tool_calls
    assert finish_of(pieces) == whole.finish


@given(st.text(max_size=30), st.sampled_from(TRICKS))
@settings(max_examples=100)
def test_every_trick_works_with_any_text(text: str, trick: str) -> None:
    assert HostileModel(trick)(text) == HostileModel(trick)(text)


def test_tricks_are_tried_in_order_and_again() -> None:
    model = HostileModel("backwards", "spelled_out")
    assert [model("abc").text for _ in range(3)] == ["cba", "a-b-c", "cba"]


def test_without_a_name_all_tricks_are_tried() -> None:
    model = HostileModel()
    tried = {trick: model("abc").text for trick in TRICKS}
    assert tried == {trick: HostileModel(trick)("abc").text for trick in TRICKS}


def test_an_unknown_trick_is_said_where_it_is_written() -> None:
    with pytest.raises(ValueError, match="there is no trick 'nice'; there are nothing, echo"):
        HostileModel("nice")


def test_altered_placeholders_are_never_the_one_that_was_seen() -> None:
    said = HostileModel("placeholders_altered")(HEARD).text
    assert "KXQTMBWP" in said
    assert "[EMAIL_ADDRESS_KXQTMBWP]" not in said.replace("[[EMAIL_ADDRESS_KXQTMBWP]]", "")


def test_it_remembers_placeholders_of_other_conversations() -> None:
    model = HostileModel("nothing", "placeholders_of_others")
    model(HEARD)
    assert "[EMAIL_ADDRESS_KXQTMBWP]" in model("Another conversation.").text


@pytest.mark.parametrize("trick", ["two_values", "fenced", "not_a_number", "endless_nesting"])
def test_a_broken_value_is_no_json(trick: str) -> None:
    with pytest.raises((ValueError, RecursionError)):
        json.loads(HostileModel(trick)("a").text, parse_constant=_refuse)


def _refuse(constant: str) -> None:
    raise ValueError(constant)


def test_a_hostile_model_prints_as_what_makes_it() -> None:
    assert repr(HostileModel("base64")) == "HostileModel('base64')"


# -- the one that is not always there

WELL = "A long answer."


def suffers(form: Form, *suffered: Outage) -> Pieces:
    return form(FlakyModel(ScriptedModel([WELL[:7], WELL[7:]]), suffered), "Hi")


@every_form
def test_without_an_outage_all_is_well(form: Form) -> None:
    assert text_of(suffers(form)) == text_of(suffers(form, Outage())) == WELL


@every_form
def test_an_answer_may_be_cut_off(form: Form) -> None:
    pieces = suffers(form, Outage("cut_off", after=9))
    assert text_of(pieces) == WELL[:9]
    assert finish_of(pieces) == "length"


@every_form
def test_an_answer_may_be_empty(form: Form) -> None:
    assert text_of(suffers(form, Outage("empty"))) == ""


@every_form
@pytest.mark.parametrize(
    ("kind", "error"),
    [
        ("unreachable", ConnectionError),
        ("broken_off", ConnectionError),
        ("timed_out", TimeoutError),
        ("rate_limited", Exception),
        ("failed", Exception),
    ],
)
def test_an_outage_is_raised(form: Form, kind: Kind, error: type[Exception]) -> None:
    with pytest.raises(error):
        suffers(form, Outage(kind))


def test_a_connection_that_breaks_gives_what_came_before() -> None:
    model = FlakyModel(ScriptedModel([WELL[:7], WELL[7:]]), [Outage("broken_off", after=9)])
    seen: Pieces = []
    with pytest.raises(ConnectionError):
        for piece in model.stream("Hi"):
            seen.append(piece)  # it breaks off
    assert seen == [WELL[:7], WELL[7:9]]


@every_form
def test_a_slow_answer_is_an_answer(form: Form) -> None:
    clock = FakeClock()
    model = FlakyModel(ScriptedModel(WELL), [Outage("slow", seconds=60.0)], clock=clock)
    assert text_of(form(model, "Hi")) == WELL
    assert clock() == 60.0


def test_outages_are_suffered_in_order_and_then_it_is_well() -> None:
    model = FlakyModel(EchoModel(), [Outage("empty"), Outage("cut_off", after=1)])
    assert [model("Hi").text for _ in range(3)] == ["", "H", "Hi"]
    assert model.sent == ["Hi", "Hi", "Hi"]


def test_a_model_that_is_not_reached_is_not_asked() -> None:
    inner = ScriptedModel(WELL)
    model = FlakyModel(inner, [Outage("unreachable")])
    with pytest.raises(ConnectionError):
        model("Hi")
    assert (model.sent, inner.sent) == (["Hi"], [])
    assert model("Hi").text == WELL


def test_tool_calls_of_an_answer_that_breaks_off_never_arrive() -> None:
    model = FlakyModel(EchoModel(tool="pay"), [Outage("cut_off", after=1)])
    assert model("Hi") == Reply("H", finish="length")


def test_the_errors_are_those_that_an_application_asks_again_for() -> None:
    from guardrails_lib.flows.transient import asked_to_wait, is_transient

    for kind in ("unreachable", "timed_out", "rate_limited", "failed"):
        with pytest.raises(Exception) as caught:  # noqa: PT011  # which, is the next line
            FlakyModel(EchoModel(), [Outage(kind)])("Hi")
        assert is_transient(caught.value), kind
        assert asked_to_wait(caught.value) == (0.0 if kind == "rate_limited" else None)


def test_only_a_fake_model_can_be_flaky() -> None:
    wrong: Any = str.upper
    with pytest.raises(TypeError, match=r"write FakeModel\(answer\)"):
        FlakyModel(wrong, [])


def test_a_flaky_model_prints_as_what_makes_it() -> None:
    model = FlakyModel(EchoModel(), [Outage("slow", seconds=0.5)])
    assert repr(model) == "FlakyModel(EchoModel(), [Outage(kind='slow', seconds=0.5)])"


@pytest.mark.parametrize("wrong", [{"kind": "odd"}, {"after": -1}, {"seconds": float("nan")}])
def test_an_outage_that_cannot_be_is_refused(wrong: Any) -> None:
    with pytest.raises(ValueError, match=r"there is no outage|neither is negative"):
        Outage(**wrong)


@given(st.lists(outages(), max_size=3))
@settings(max_examples=60, deadline=None)
def test_any_outages_leave_an_answer_or_an_error(some: list[Outage]) -> None:
    model = FlakyModel(ScriptedModel(*[WELL] * 9), some)
    for _ in some:
        try:
            said = model("Hi").text
        except (OSError, RateLimited, ModelFailed):  # a time-out is one, and a lost connection
            continue
        assert WELL.startswith(said)
    assert model("Hi").text == WELL


@pytest.mark.parametrize("kind", OUTAGES)
def test_every_outage_is_among_those_that_are_tried(kind: Kind) -> None:
    assert find(outages(), lambda outage: outage.kind == kind).kind == kind


def test_the_simplest_outage_is_none() -> None:
    assert find(outages(), lambda outage: True) == Outage()


def test_outages_of_some_kinds_are_of_those() -> None:
    assert find(outages(["failed"]), lambda outage: True) == Outage("failed")
    with pytest.raises(ValueError, match="there is no outage 'odd'"):
        outages(["odd"])  # type: ignore[list-item]  # that is what is tried


# -- shared, and guarded


@pytest.mark.parametrize(
    "model",
    [EchoModel(), HostileModel("backwards"), FlakyModel(EchoModel(), [])],
    ids=lambda model: type(model).__name__,
)
def test_threads_may_share_a_model(model: FakeModel) -> None:
    start = threading.Barrier(8)

    def ask(who: int) -> None:
        start.wait()
        for n in range(20):
            assert len(text_of(streamed(model, f"{who} {n:02}"))) == 4

    threads = [threading.Thread(target=ask, args=(who,)) for who in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(map(str, model.sent))) == model.closed == 8 * 20


def test_an_echo_behind_a_guard_has_nothing_to_repeat() -> None:
    guarded: Guard[str] = Guard(Policy(input=(redact(matching(r"\d{4}")),)))
    played = play(guarded, EchoModel(), "My pin is 1234.")
    assert played.shown == "My pin is ████."
