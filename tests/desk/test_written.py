"""A case as JSON, and back again."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guardrails_lib import (
    Action,
    Amend,
    Approve,
    Case,
    Data,
    DeskError,
    Difference,
    Event,
    Evidence,
    Fallback,
    Finding,
    Label,
    Media,
    Message,
    Record,
    Reject,
    Request,
    Resolution,
    Source,
    Span,
    State,
    Step,
    ToolCall,
    Usage,
)
from guardrails_lib.desk import from_json, to_json
from guardrails_lib.desk.plain import DEEPEST, plain
from guardrails_lib.desk.written import left_out

FULL = Case(
    "17",
    Request(
        [
            Message("system", "Be kind.", Label.INTERNAL),
            Message("user", parts=["Where?", Data({"order": [17, None, 1.5]}), Media("image")]),
            Message("assistant", tool_calls=[ToolCall("find", {"id": 17}, "c1")], name="bot"),
        ],
        [Source("kb://1", "Here.", Label.CONFIDENTIAL, datetime(2026, 1, 2, tzinfo=UTC), "s")],
        [{"type": "function"}],
        {"user": {"plan": "gold"}},
    ),
    reply="On its way.",
    tool_calls=(ToolCall("refund", "not json", "c2"),),
    findings=(
        Finding(
            "a number",
            Span(1, 2),
            0.5,
            "ungrounded",
            "number",
            "reply",
            "[N]",
            Evidence("sources[0]", "kb://1", Span(0, 4), 0.25),
        ),
    ),
    say="A person will look.",
    record=Record(
        "17",
        "support",
        "abc",
        1.0,
        0.5,
        2,
        Usage(3, 4, 0.01),
        {"reply": ("ungrounded",), "messages[0]": ()},
        (
            Event("found", 0.1, "reply", ("a", "b"), Action.ESCALATE, Finding("x"), Usage(1)),
            Event("decided"),
        ),
        (Difference("output", None, Action.BLOCK, (Finding("y"),)),),
        Label.RESTRICTED,
    ),
    opened=2.0,
    deadline=3.0,
    fallback=Fallback(Action.BLOCK, "no"),
    sealed="c2VhbGVk",
    state=State.RESOLVED,
    claimed_by="Ann",
    claimed_until=2.5,
    resolution=Resolution(
        Amend("Tomorrow.", "checked"),
        "Ann",
        2.4,
        None,
        "",
        "Tomorrow.",
        (ToolCall("refund", {"amount": 1}),),
        (Finding("z"),),
    ),
    steps=(Step("opened", 2.0), Step("resolved", 2.4, "Ann", "amend")),
    tags=("orders", "late"),
)
"""A case with something in every field."""


def case_with(value: object) -> Case:
    return Case("1", Request([Message("user", parts=[Data(value)])]))


# -- strategies

texts = st.text(st.characters(exclude_categories=())) | st.sampled_from(["", "\ud83d\ude00", "\0"])
numbers = st.floats(allow_nan=False)
times = st.none() | numbers
actions = st.none() | st.sampled_from(Action)
jsons = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)
mappings = st.dictionaries(texts, jsons, max_size=3)
spans = st.none() | st.builds(Span, st.integers(), st.integers())
evidence = st.none() | st.builds(Evidence, texts, texts, spans, numbers)
findings = st.builds(
    Finding, texts, spans, numbers, texts, texts, texts, st.none() | texts, evidence
)
some_findings = st.lists(findings, max_size=2).map(tuple)
calls = st.lists(st.builds(ToolCall, texts, mappings | texts, texts), max_size=2).map(tuple)
parts = st.lists(texts | jsons.map(Data) | texts.map(Media), max_size=3)
messages = st.builds(Message, texts, texts, st.sampled_from(Label), parts, calls, texts)
zones = st.integers(-1439, 1439).map(lambda minutes: timezone(timedelta(minutes=minutes)))
sources = st.builds(
    Source,
    texts,
    texts,
    st.sampled_from(Label),
    st.none() | st.datetimes(timezones=zones),
    texts,
)
requests = st.builds(
    Request,
    st.lists(messages, max_size=3),
    st.lists(sources, max_size=2),
    st.lists(jsons, max_size=2),
    mappings,
)
usages = st.builds(Usage, st.integers(), st.integers(), numbers)
words = st.lists(texts, max_size=2).map(tuple)
events = st.builds(
    Event, texts, numbers, texts, words, actions, st.none() | findings, st.none() | usages
)
differences = st.builds(Difference, texts, actions, actions, some_findings)
records = st.builds(
    Record,
    texts,
    texts,
    texts,
    numbers,
    numbers,
    st.integers(),
    usages,
    st.dictionaries(texts, words, max_size=2),
    st.lists(events, max_size=2).map(tuple),
    st.lists(differences, max_size=2).map(tuple),
    st.sampled_from(Label),
    st.just(()),
)
flows = st.builds(Record._replace, records, steps=st.lists(records, max_size=2).map(tuple))
verdicts = (
    st.none()
    | st.builds(Approve, texts)
    | st.builds(Amend, texts, texts)
    | st.builds(Reject, texts, texts)
)
resolutions = st.builds(
    Resolution, verdicts, texts, numbers, actions, texts, st.none() | texts, calls, some_findings
)
cases = st.builds(
    Case,
    texts,
    requests,
    st.none() | texts,
    calls,
    some_findings,
    texts,
    records | flows,
    numbers,
    times,
    st.builds(Fallback, st.sampled_from(Action), texts),
    texts,
    st.sampled_from(State),
    texts,
    times,
    st.none() | resolutions,
    st.lists(st.builds(Step, texts, numbers, texts, texts), max_size=2).map(tuple),
    words,
)


# -- there and back


@given(cases)
def test_a_case_comes_back_as_it_was(case: Case) -> None:
    written = to_json(case)
    assert from_json(written) == case
    assert to_json(from_json(written)) == written
    assert left_out(case) == ()


def test_a_case_with_every_field_comes_back_as_it_was() -> None:
    empty = Case("", Request(""))
    assert [
        each.name for each in fields(Case) if getattr(FULL, each.name) == getattr(empty, each.name)
    ] == []
    assert from_json(to_json(FULL)) == FULL


def test_what_is_written_is_ascii_and_names_its_form() -> None:
    written = to_json(case_with("ärger \U0001f600 \0"))
    assert written.isascii()
    assert json.loads(written)["v"] == 1


def test_two_halves_of_a_character_stay_two() -> None:
    case = Case("1", Request("\ud83d" + "\ude00"))
    assert len(from_json(to_json(case)).request.text) == 2


def test_a_number_that_json_has_not_comes_back() -> None:
    case = Case(
        "1", Request(""), findings=(Finding("x", score=math.inf), Finding("y", score=math.nan))
    )
    scores = [each.score for each in from_json(to_json(case)).findings]
    assert scores[0] == math.inf
    assert math.isnan(scores[1])
    assert "NaN" not in to_json(case)


def test_what_is_at_its_default_is_not_written() -> None:
    assert json.loads(to_json(Case("1", Request("hello"))))["case"] == {
        "id": "1",
        "request": {"messages": [{"role": "user", "text": "hello"}]},
    }


def test_a_key_that_says_is_stays_the_users() -> None:
    case = Case("1", Request("", meta={"is": "Media"}), tool_calls=(ToolCall("f", {"is": "Data"}),))
    assert from_json(to_json(case)) == case


# -- what is not kept


@dataclass
class Person:
    name: str


ODD: list[Any] = [
    object(),
    Person("Ann"),
    {1: "key"},
    {"a", "b"},
    b"bytes",
    math.nan,
    datetime.now(UTC),
    10**5000,
]


@pytest.mark.parametrize("value", ODD, ids=lambda value: type(value).__name__)
def test_what_json_has_not_is_left_out_and_said(value: object) -> None:
    case = case_with({"a": [1, value]})
    assert left_out(case) == ("request.messages[0].parts[0].value",)
    kept = from_json(to_json(case)).request.messages[0].parts[0]
    assert isinstance(kept, Data)
    assert kept.value in ({"a": [1, None]}, {"a": [1, {}]})


def test_nothing_is_asked_how_it_prints() -> None:
    class Telling:
        def __repr__(self) -> str:
            raise AssertionError

    to_json(case_with(Telling()))


def test_media_keep_their_kind_alone() -> None:
    case = Case("1", Request([Message("user", parts=[Media("image", {"url": "https://x"})])]))
    assert "https" not in to_json(case)
    assert left_out(case) == ("request.messages[0].parts[0]",)
    assert from_json(to_json(case)).request.messages[0].parts == (Media("image"),)


def test_what_a_message_was_read_from_is_not_written() -> None:
    case = Case("1", Request([Message("user", "hello", raw={"content": "secret"})]))
    assert "secret" not in to_json(case)


def test_a_tuple_becomes_a_list() -> None:
    assert plain((1, (2,))) == ([1, [2]], True)


def test_a_value_that_holds_itself_is_left_out_where_it_begins_anew() -> None:
    loop: list[object] = []
    loop += [loop, loop]
    _, whole = plain(loop[:1])
    assert not whole


def test_data_is_kept_down_to_a_depth() -> None:
    deep: object = "text"
    for _ in range(DEEPEST):
        deep = [deep]
    assert plain(deep) == (deep, True)
    assert not plain([deep])[1]


def test_data_nested_without_end_is_written() -> None:
    deep: object = "text"
    for _ in range(100_000):
        deep = [deep]
    assert left_out(case_with({"a": 1})) == ()
    assert left_out(Case("1", Request("", meta={"deep": deep}))) == ("request.meta",)


# -- what cannot be read


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "[]",
        "{}",
        '{"v": 1}',
        '{"v": 1, "case": []}',
        '{"v": 1, "case": {"id": 7, "request": {"messages": []}}}',
        '{"v": 1, "case": {"id": "7"}}',
        '{"v": 1, "case": {"id": "7", "request": {"messages": {}}}}',
        '{"v": 1, "case": {"id": "7", "request": {"messages": []}, "state": "GONE"}}',
        '{"v": 1, "case": {"id": "7", "request": {"messages": []}, "newer": 1}}',
        '{"v": 1, "case": {"id": "7", "request": {"messages": []}, "opened": "x"}}',
        '{"v": 1, "base64": "%"}',
        '{"v": 1, "base64": 7}',
        "[" * 100_000,
        '{"v": 1, "case": {"id": "7", "request": {"messages": []}, "opened": %s}}' % ("9" * 5000),
    ],
    ids=range(16),
)
def test_what_is_no_case_is_an_error_that_quotes_nothing(text: str) -> None:
    with pytest.raises(DeskError, match=r"^that is no case, as `to_json` writes it$"):
        from_json(text)


def test_another_form_is_not_read() -> None:
    with pytest.raises(DeskError, match="form 2: this one reads 1"):
        from_json('{"v": 2, "case": {}}')


def test_a_value_that_no_case_has_is_an_error_that_names_its_place() -> None:
    wrong: Any = b"reply"
    with pytest.raises(DeskError, match=r"^reply of the case is a value of type bytes$"):
        to_json(replace(FULL, reply=wrong))


def test_a_case_of_ten_megabytes_is_written_and_read() -> None:
    case = Case("1", Request("\ud800\0é" * 3_000_000))
    assert from_json(to_json(case)) == case
