"""What is in the objects of SDKs, and calls that come in pieces."""

from __future__ import annotations

import json
from types import SimpleNamespace as Made

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guardrails_lib import Reply, ToolCall
from guardrails_lib._errors import ReplyError
from guardrails_lib.models.calls import Calls
from guardrails_lib.models.fields import (
    call_of,
    counted,
    field,
    kind_of,
    listed,
    readable,
    tokens_in,
)

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=5,
)


def test_a_dict_is_read_as_an_object_is() -> None:
    assert field({"a": 1}, "a") == field(Made(a=1), "a") == 1
    assert field({}, "a") is field(Made(), "a") is field(None, "a") is None


def test_where_there_is_no_list_nothing_is_in_it() -> None:
    assert listed(Made(parts="text"), "parts") == ()
    assert listed({"parts": [1]}, "parts") == [1]


def test_what_is_no_count_counts_nothing() -> None:
    assert counted({"a": None, "b": True, "c": "7", "d": 7}, "a", "b", "c", "d") == 7
    assert counted(None, "a") == 0


def test_a_count_below_nothing_gives_no_money_back() -> None:
    assert counted({"prompt_tokens": -1000}, "prompt_tokens") == 0


def test_a_kind_is_named_by_its_type_and_never_by_what_it_says() -> None:
    assert kind_of(Made(type="audio")) == "audio"
    assert kind_of({"type": "my number is 4111 1111"}) == "dict"
    assert kind_of("secret") == "str"


@pytest.mark.parametrize(
    "arguments", ['{"a":', "7", "[1]", "null", '{"a": 1, "a": 2}', '{"a": NaN}', "[" * 100_000]
)
def test_arguments_that_are_no_json_object_stay_text(arguments: str) -> None:
    assert call_of("f", arguments).arguments == arguments


@pytest.mark.parametrize("arguments", [None, "", {}])
def test_a_call_may_have_no_arguments(arguments: object) -> None:
    assert call_of("f", arguments).arguments == {}


@pytest.mark.parametrize("name", [None, "", 7])
def test_a_call_of_a_tool_without_a_name_cannot_be_read(name: object) -> None:
    with pytest.raises(ReplyError, match="no name"):
        call_of(name, "{}")


def test_arguments_of_another_type_cannot_be_read() -> None:
    with pytest.raises(ReplyError, match="are a list"):
        call_of("f", ["S3CRET"])


@given(st.dictionaries(st.text(max_size=3), JSON), st.data())
@settings(max_examples=30)
def test_how_a_call_is_cut_into_pieces_changes_nothing(
    arguments: dict[str, object], data: st.DataObject
) -> None:
    text = json.dumps(arguments)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=4)))
    calls = Calls()
    calls.add(0, name="f", call_id="1")
    for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True):
        calls.add(0, arguments=text[start:end])
    assert calls.whole() == (ToolCall("f", arguments, "1"),)


def test_pieces_of_two_calls_may_come_in_turns() -> None:
    calls = Calls()
    calls.add(0, name="f", call_id="1", arguments='{"a"')
    calls.add(1, name="g", call_id="2", arguments='{"b"')
    calls.add(0, arguments=": 1}")
    calls.add(1, arguments=": 2}")
    assert calls.whole() == (ToolCall("f", {"a": 1}, "1"), ToolCall("g", {"b": 2}, "2"))


def test_another_id_at_the_same_place_is_another_call() -> None:
    calls = Calls()
    calls.add(0, name="f", call_id="1", arguments="{}")
    calls.add(0, name="g", call_id="2", arguments="{}")
    assert [each.name for each in calls.whole()] == ["f", "g"]


def test_calls_without_a_place_are_whole() -> None:
    calls = Calls()
    calls.add(None, name="f", arguments={"a": 1})
    calls.add(None, name="f", arguments={"a": 2})
    assert [each.arguments for each in calls.whole()] == [{"a": 1}, {"a": 2}]


def test_arguments_do_not_come_in_two_ways() -> None:
    calls = Calls()
    calls.add(0, name="f", arguments='{"a"')
    with pytest.raises(ReplyError):
        calls.add(0, arguments={"a": 1})


def test_an_empty_reply_is_one_only_where_the_provider_says_why() -> None:
    assert readable("sdk", Reply(finish="length")).finish == "length"
    assert readable("sdk", Reply(finish="filter")).finish == "filter"
    with pytest.raises(ReplyError, match="a reply of sdk cannot be read: it has no text"):
        readable("sdk", Reply(finish="stop"))


def test_a_log_probability_that_is_missing_is_not_taken_for_certainty() -> None:
    assert tokens_in([("a", -0.5), ("b", None)]) == (None, None)
    assert tokens_in([("a", -0.5), (None, -1)]) == (None, (-0.5, -1.0))
    assert tokens_in([]) == (None, None)
