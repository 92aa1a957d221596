"""What is in a completion, of any shape."""

from __future__ import annotations

from types import SimpleNamespace as Made
from typing import Any

import pytest

from guardrails_lib import Usage
from guardrails_lib.models.completion import calls_in, chunk_in, is_cut_off, spent, text_in


def whole(**message: Any) -> Made:
    return Made(choices=[Made(message=Made(**message), finish_reason="stop")])


def chunk(**delta: Any) -> Made:
    return Made(choices=[Made(delta=Made(**delta))])


def test_the_text_is_that_of_the_first_call() -> None:
    call = Made(function=Made(name="f", arguments='{"a": 1}'))
    other = Made(function=Made(name="g", arguments="{}"))
    assert text_in(whole(content="Let me see.", tool_calls=[call, other])) == '{"a": 1}'
    assert list(calls_in(whole(tool_calls=[call, other]))) == [("f", '{"a": 1}'), ("g", "{}")]


def test_arguments_may_have_been_read_already() -> None:
    assert text_in(whole(tool_calls=[Made(function=Made(name="f", arguments={"a": 1}))])) == (
        '{"a": 1}'
    )


def test_an_old_function_call_is_a_call() -> None:
    assert text_in(whole(function_call=Made(name="f", arguments="{}"))) == "{}"


def test_without_a_call_the_text_is_what_was_said() -> None:
    assert text_in(whole(content="Hi", tool_calls=None)) == "Hi"
    assert text_in(whole(content=None, refusal="No.")) == "No."


@pytest.mark.parametrize("other", [None, Made(), Made(choices=[]), Made(choices=None), "text", {}])
def test_another_shape_holds_nothing(other: object) -> None:
    assert (text_in(other), chunk_in(other), is_cut_off(other)) == ("", "", False)
    assert list(calls_in(other)) == []
    assert spent(other) == Usage()


def test_a_chunk_brings_arguments_or_text() -> None:
    assert chunk_in(chunk(content="Hi")) == "Hi"
    call = Made(index=0, function=Made(name=None, arguments='{"a'))
    assert chunk_in(chunk(content=None, tool_calls=[call])) == '{"a'


def test_a_chunk_of_a_second_call_brings_nothing() -> None:
    call = Made(index=1, function=Made(name=None, arguments='{"a'))
    assert chunk_in(chunk(content=None, tool_calls=[call])) == ""


def test_tokens_are_counted_under_either_name() -> None:
    assert spent(Made(usage=Made(prompt_tokens=3, completion_tokens=4))) == Usage(3, 4)
    assert spent(Made(usage=Made(input_tokens=3, output_tokens=4))) == Usage(3, 4)


def test_an_end_for_want_of_tokens_is_seen() -> None:
    assert is_cut_off(Made(choices=[Made(finish_reason="length")]))
    assert not is_cut_off(Made(choices=[Made(finish_reason="stop")]))
