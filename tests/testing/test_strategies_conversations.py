"""Conversations are well-formed, and what is planted in them is where it is said to be."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import find, given, settings
from hypothesis import strategies as st

from guardrails_lib import Blocked, Data, Label, Message, Policy, Request, ToolCall, block, guard
from guardrails_lib._chat import message_in
from guardrails_lib._parts import fixed_texts, texts_of
from guardrails_lib.checks import containing
from guardrails_lib.testing.hypotheses import InvalidArgument
from guardrails_lib.testing.strategies.conversations import (
    GUARDED,
    SPOTS,
    Planted,
    Spot,
    conversations,
    planted,
)

WORD = "SESAME"
LOOKING = Policy(input=(block(containing(WORD)),), sources=(block(containing(WORD)),))


@guard(LOOKING)
def answer(request: Request) -> str:
    return "yes"


def raw_of(message: Message) -> dict[str, Any]:
    return message.raw if isinstance(message.raw, dict) else {}


@settings(max_examples=60)
@given(conversations())
def test_a_result_answers_a_call_that_stands_before_it(request: Request) -> None:
    waiting: list[str] = []
    for message in request.messages:
        if message.role == "tool":
            assert raw_of(message)["tool_call_id"] == waiting.pop(0)
        else:
            assert not waiting
        waiting += [call.id for call in message.tool_calls]
    assert not waiting


@settings(max_examples=60)
@given(conversations())
def test_no_two_calls_have_one_id(request: Request) -> None:
    ids = [call.id for message in request.messages for call in message.tool_calls]
    assert len(ids) == len(set(ids))


@settings(max_examples=60)
@given(conversations())
def test_the_model_is_the_next_to_speak(request: Request) -> None:
    roles = [message.role for message in request.messages]
    assert roles[-1] in {"user", "tool"}
    assert "system" not in roles[1:]
    asked = [role for role in roles if role != "system"]
    assert asked[0] == "user"
    assert all(
        asked[n - 1] in {"assistant", "tool"} for n in range(1, len(asked)) if asked[n] == "user"
    )


@settings(max_examples=60)
@given(conversations())
def test_a_tool_that_was_called_is_offered(request: Request) -> None:
    offered = [tool["function"]["name"] for tool in request.tools if isinstance(tool, dict)]
    called = {call.name for message in request.messages for call in message.tool_calls}
    assert called == set(offered)


@settings(max_examples=60)
@given(conversations())
def test_a_message_is_as_it_would_be_read_from_its_chat_dict(request: Request) -> None:
    for message in request.messages:
        if message.raw is not None:
            assert message_in(0, message.raw, "read") == message


def test_the_shortest_is_one_message_of_a_user() -> None:
    assert find(conversations(), lambda _: True) == Request("Hello.")


def has_data(request: Request) -> bool:
    return any(isinstance(each, Data) for message in request.messages for each in message.parts)


@pytest.mark.parametrize(
    "has",
    [
        lambda request: request.messages[0].role == "system",
        lambda request: len(request.messages) > 5,
        lambda request: request.messages[-1].role == "tool",
        lambda request: any(len(each.tool_calls) > 1 for each in request.messages),
        lambda request: len(request.sources) > 1,
        has_data,
    ],
    ids=["developer", "turns", "result", "calls", "sources", "data"],
)
def test_there_are_conversations_with(has: Any) -> None:
    assert find(conversations(), has)


def test_labels_are_of_the_messages() -> None:
    secret = conversations(labels=st.just(Label.RESTRICTED))
    request = find(secret, lambda request: len(request.messages) > 2)
    assert {message.label for message in request.messages} == {Label.RESTRICTED}


def test_own_tools_are_offered_and_called() -> None:
    tools = ({"name": "pay", "parameters": {"type": "object"}},)
    own = conversations(tools=tools, calls=st.just(ToolCall("pay")))
    assert find(own, lambda _: True).tools == tools
    request = find(own, lambda request: request.messages[-1].role == "tool")
    calls = [call for message in request.messages for call in message.tool_calls]
    assert calls == [ToolCall("pay", id=f"call_{n}") for n in range(len(calls))]


@given(conversations(tools=[{"name": "pay", "parameters": {"type": "object"}}]))
def test_of_tools_that_are_given_calls_are_made(request: Request) -> None:
    assert request.tools
    assert {call.name for each in request.messages for call in each.tool_calls} <= {"pay"}


def holds(made: Planted, n: int) -> bool:
    """Whether the value stands in the message or source where it is said to be."""
    kind, _, number = made.places[n].where.rstrip("]").partition("[")
    if kind == "sources":
        return made.values[n] in made.request.sources[int(number)].text
    message = made.request.messages[int(number)]
    texts = [text for _, text in (*texts_of("", message), *fixed_texts("", message))]
    return any(made.values[n] in text for text in texts)


@settings(max_examples=100)
@given(planted(st.integers(100_000, 999_999).map("N{}N".format), SPOTS))
def test_each_value_is_where_it_is_said_to_be(made: Planted) -> None:
    assert 1 <= len(made.values) == len(made.places) <= 3
    assert all(holds(made, n) for n in range(len(made.values)))


@pytest.mark.parametrize("spot", SPOTS)
def test_a_value_can_be_planted_in(spot: Spot) -> None:
    @settings(max_examples=10)
    @given(planted(st.just(WORD), [spot]))
    def check(made: Planted) -> None:
        assert {place.spot for place in made.places} == {spot}
        assert set(made.values) == {WORD}

    check()


@pytest.mark.parametrize("spot", GUARDED)
def test_a_guard_looks_at(spot: Spot) -> None:
    @settings(max_examples=15)
    @given(planted(st.just(WORD), [spot]))
    def check(made: Planted) -> None:
        assert isinstance(answer(made.request), Blocked)

    check()


def test_what_the_developer_says_is_trusted() -> None:
    made = find(planted(st.just(WORD), ["system"]), lambda _: True)
    assert answer(made.request).unwrap() == "yes"


def test_several_values_may_stand_in_one_text() -> None:
    values = st.sampled_from(["A1", "B2"])
    made = find(planted(values, ["user"]), lambda made: set(made.values) == {"A1", "B2"})
    assert len(made.request.messages) == 1


def test_the_smallest_request_with_a_value_is_the_value() -> None:
    made = find(planted(st.just(WORD)), lambda _: True)
    assert made.request == Request(WORD)


def test_what_is_planted_prints_as_code() -> None:
    made = find(planted(st.just(WORD)), lambda _: True)
    assert repr(made) == (
        "Planted(request=Request(messages=(Message(role='user', text='SESAME'),)), "
        "values=('SESAME',), places=(Place(spot='user', where='messages[0]'),))"
    )


@pytest.mark.parametrize("wrong", [(), ("footnote",)])
def test_a_spot_that_there_is_not_is_refused(wrong: Any) -> None:
    with pytest.raises(InvalidArgument):
        planted(st.just(WORD), wrong)
