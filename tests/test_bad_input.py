"""Bad input has a defined outcome: nothing hangs, nothing leaks, nothing is lost."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guardrails_lib import (
    Accepted,
    Blocked,
    Budget,
    Finding,
    Message,
    Outcome,
    Policy,
    Reply,
    Request,
    Source,
    Span,
    ToolCall,
    block,
    check,
    drop,
    flag,
    guard,
    redact,
)
from guardrails_lib.checks import containing, longer_than, matching

POLICY = Policy(
    input=(redact(matching(r"\d{4}")), flag(containing("word"))),
    sources=(drop(containing("word")),),
    output=(redact(matching(r"\d{4}")), flag(matching(r"\bab"))),
)


def echo(prompt: str) -> str:
    return prompt


def pieces(prompt: str) -> Iterator[str]:
    yield from prompt


def kept(into: list[Any]) -> Callable[[Any], Outcome[str]]:
    """A guarded function that keeps what it is sent."""

    @guard(POLICY)
    def keep(chat: Any) -> str:
        into.extend(chat)
        return "ok"

    return keep


ask = guard(POLICY)(echo)
stream = guard(POLICY)(pieces)

ODD = [
    "",
    " ",
    "\x00",
    "a\x00b",
    "\ud800",
    "\udfff\ud800",
    "\u202eabc",
    "e\u0301",
    "\ufeff",
    "𝟙𝟚𝟛𝟜",
]


@pytest.mark.parametrize("text", ODD)
def test_odd_text_passes_as_it_is(text: str) -> None:
    assert ask(text).unwrap().replace("█", "") in (text, "")
    assert "".join(stream(text)) == ask(text).unwrap()


@given(st.text(st.characters()))
def test_whatever_is_not_found_is_not_changed(text: str) -> None:
    assert guard(Policy(output=(redact(containing("\uffff\uffff")),)))(echo)(text) == Accepted(text)


@given(st.text(st.characters(), max_size=20))
def test_a_call_of_any_text_has_an_outcome(text: str) -> None:
    assert ask(text).record.events[-1].kind == "decided"


def test_ten_megabytes_are_looked_at_in_linear_time() -> None:
    text = "The quick brown fox has 12 legs. " * 300_000
    began = time.monotonic()
    assert ask(text) == Accepted(text)
    assert time.monotonic() - began < 20


def test_ten_megabytes_full_of_findings() -> None:
    policy = Policy(input=(redact(matching(r"\d{4}")),))
    text = "pin 1234 " * 20_000
    outcome = guard(policy)(echo)(text)
    assert outcome.unwrap() == "pin ████ " * 20_000
    assert len(outcome.findings) == 20_000


def test_ten_thousand_messages() -> None:
    messages = [{"role": "user", "content": f"pin {n:04} word"} for n in range(10_000)]
    seen: list[Any] = []
    kept(seen)(messages)
    assert seen[9_999] == {"role": "user", "content": "pin ████ word"}


def test_ten_thousand_sources() -> None:
    sources = [Source(f"kb://{n}", "word" if n % 2 else "fine") for n in range(10_000)]
    kept: list[Source] = []

    @guard(POLICY)
    def answer(request: Request) -> str:
        kept.extend(request.sources)
        return "ok"

    answer(Request("q", sources))
    assert len(kept) == 5_000


def test_a_stream_of_a_hundred_thousand_characters_one_by_one() -> None:
    text = "The quick brown fox has 1234 legs. " * 3_000
    assert "".join(stream(text)) == text.replace("1234", "████")


@pytest.mark.parametrize("given_", [5, None, b"x", object()])
def test_wrong_types_are_named_and_not_quoted(given_: Any) -> None:
    for make in (
        lambda: Message("user", given_),
        lambda: Source("u", given_),
        lambda: Request((given_,)),
        lambda: ToolCall("t", given_),
    ):
        with pytest.raises(TypeError) as raised:
            make()
        assert "object at" not in str(raised.value)


@check
def overlapping(text: str) -> Iterator[Finding]:
    """Places that lie over one another, beside one another, and nowhere."""
    for start, end in [(0, 4), (2, 6), (2, 3), (6, 8), (9, 9), (8, 9)]:
        if end <= len(text):
            yield Finding("here", Span(start, end))


def test_overlapping_spans_are_redacted_together() -> None:
    outcome = guard(Policy(output=(flag(overlapping()),)))(echo)("0123456789")
    assert [finding.span for finding in outcome.findings] == [
        *(Span(0, 6), Span(6, 8), Span(8, 9), Span(9, 9)),
    ]


def test_overlapping_spans_of_two_rules_leave_nothing() -> None:
    policy = Policy(output=(redact(matching("0123")), redact(matching("2345"))))
    assert guard(policy)(echo)("0123456").unwrap() == "██████6"


@check
def wrong(text: str) -> Iterator[Finding]:
    """Yields what is no finding."""
    yield text  # type: ignore[misc]  # the mistake


def test_a_check_that_yields_something_else_is_an_error() -> None:
    outcome = guard(Policy(input=(block(wrong()),)))(echo)("s3cret")
    assert isinstance(outcome, Blocked)
    assert outcome.findings[0].kind == "error"
    assert "s3cret" not in str(outcome.why)


def test_a_model_that_returns_none_is_an_error_and_not_an_empty_answer() -> None:
    with pytest.raises(TypeError, match="returned NoneType"):
        guard(POLICY)(lambda prompt: None)("x")  # type: ignore[arg-type,return-value]


def test_a_stream_that_yields_none_is_an_error() -> None:
    @guard(POLICY)
    def model(prompt: str) -> Iterator[str]:
        yield None  # type: ignore[misc]  # the mistake

    with pytest.raises(TypeError, match="yields str or Reply, not NoneType"):
        list(model("x"))


def test_a_stream_that_never_ends_is_ended_by_its_budget() -> None:
    from dataclasses import replace

    @guard(replace(POLICY, budget=Budget(seconds=0.05)))
    def model(prompt: str) -> Iterator[str]:
        while True:
            yield "on and "

    stream = model("x")
    assert len("".join(stream)) > 0
    assert [finding.kind for finding in stream.outcome.findings] == ["budget"]


def test_a_pattern_that_backtracks_for_ever_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    from guardrails_lib.scan import pattern

    monkeypatch.setattr(pattern, "_SECONDS", 0.05)
    outcome = guard(Policy(input=(block(matching(r"(a|a)*$")),)))(echo)("a" * 40 + "!")
    assert isinstance(outcome, Blocked)
    assert outcome.findings[0].kind == "error"


def test_arguments_that_are_no_json_are_looked_at_as_text() -> None:
    calls = [{"id": "1", "function": {"name": "t", "arguments": '{"pin": "1234", '}}]
    sent: list[Any] = []
    chat = [{"role": "assistant", "content": None, "tool_calls": calls}]
    kept(sent)(chat)
    assert sent[0]["tool_calls"][0]["function"]["arguments"] == '{"pin": "████", '


def test_a_key_that_stands_twice_hides_nothing() -> None:
    arguments = '{"pin": "1234", "pin": "none"}'
    calls = [{"id": "1", "function": {"name": "t", "arguments": arguments}}]
    sent: list[Any] = []
    kept(sent)([{"role": "assistant", "content": None, "tool_calls": calls}])
    assert "1234" not in json.dumps(sent)


def test_nested_data_keeps_its_shape() -> None:
    call = ToolCall("t", {"a": [{"b": "1234"}, 1, None, True], "c": ("1234",)})
    policy = Policy(tools=(redact(matching(r"\d{4}")),))
    outcome = guard(policy)(lambda q: Reply("", tool_calls=(call,)))("q")
    assert isinstance(outcome, Accepted)
    assert outcome.tool_calls[0].arguments == {
        "a": [{"b": "████"}, 1, None, True],
        "c": ("████",),
    }


def test_a_reply_that_is_too_long_says_so() -> None:
    outcome = guard(Policy(output=(block(longer_than(limit=3)),)))(echo)("abcd")
    assert isinstance(outcome, Blocked)
