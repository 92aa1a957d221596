"""Calls of tools that are taken, and those that are not: the checks of tools tell them apart."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Callable
from typing import Any, Literal, TypeVar

import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st
from hypothesis.errors import FailedHealthCheck, InvalidArgument
from pydantic import BaseModel, ConfigDict, Field

from guardrails_lib import ToolCall
from guardrails_lib.checks import unfit_arguments, unknown_tool
from guardrails_lib.testing.strategies.broken_tool_calls import (
    CALL_FAULTS,
    BrokenCall,
    broken_tool_calls,
)
from guardrails_lib.testing.strategies.tool_calls import tool_calls

T = TypeVar("T")

SCHEMA = {
    "type": "object",
    "properties": {
        "to": {"type": "string", "pattern": "^[A-Z][a-z]+$"},
        "sum": {"type": "integer", "minimum": 1},
        "how": {"enum": ["card", "cash"]},
    },
    "required": ["to", "sum"],
}


def pay(to: str, sum: int, *, how: Literal["card", "cash"] = "card") -> None:  # noqa: A002  # it is what they pay
    """Pay somebody."""


def book(day: datetime.date, seats: list[int], note=None) -> None:  # type: ignore[no-untyped-def]  # some have no annotation
    """Book seats."""


class Pay(BaseModel):
    model_config = ConfigDict(title="pay")

    to: str = Field(min_length=1)
    sum: float = Field(gt=0)


TOOLS: dict[str, list[object]] = {
    "function": [pay],
    "functions": [pay, book],
    "partial": [functools.partial(pay, how="cash")],
    "model": [Pay],
    "chat": [{"type": "function", "function": {"name": "pay", "parameters": SCHEMA}}],
    "responses": [{"type": "function", "name": "pay", "parameters": SCHEMA}],
    "input schema": [{"name": "pay", "input_schema": SCHEMA}],
    "gemini": [
        {
            "function_declarations": [
                {
                    "name": "pay",
                    "parameters": {
                        "type": "OBJECT",
                        "properties": {"to": {"type": "STRING", "nullable": True}},
                        "required": ["to"],
                    },
                }
            ]
        }
    ],
    "closed": [{"name": "pay", "parameters": {**SCHEMA, "additionalProperties": False}}],
    "no arguments": [{"type": "function", "function": {"name": "stop"}}],
    "built in": [{"type": "web_search"}, pay],
}

few = settings(max_examples=12, database=None)


def first(strategy: st.SearchStrategy[T], is_one: Callable[[T], bool] = lambda _: True) -> T:
    return find(
        strategy,
        is_one,
        settings=settings(max_examples=2_000, phases=[Phase.generate], database=None),
    )


def found(call: ToolCall, tools: list[object]) -> set[str]:
    checks = (unknown_tool(tools=tools), unfit_arguments(tools=tools))
    return {finding.kind for check in checks for finding in check(call)}


@pytest.mark.parametrize("name", TOOLS)
def test_in_a_call_the_checks_find_nothing(name: str) -> None:
    @few
    @given(tool_calls(TOOLS[name]))
    def law(call: ToolCall) -> None:
        assert found(call, TOOLS[name]) == set()

    law()


@pytest.mark.parametrize("name", TOOLS)
def test_in_each_broken_call_they_find_something(name: str) -> None:
    @few
    @given(broken_tool_calls(TOOLS[name]))
    def law(broken: BrokenCall) -> None:
        assert broken.fault in CALL_FAULTS
        assert found(broken.call, TOOLS[name])

    law()


KINDS = {
    "unknown_tool": {"unknown_tool", "error"},
    "missing_argument": {"arguments"},
    "wrong_type": {"arguments"},
    "extra_argument": {"unknown_argument"},
    "injected_argument": {"unknown_argument"},
    "not_json": {"arguments"},
    "huge": {"arguments"},
}


@pytest.mark.parametrize("fault", CALL_FAULTS)
def test_each_fault_is_found_as_what_it_is(fault: str) -> None:
    @few
    @given(broken_tool_calls([pay], fault))
    def law(broken: BrokenCall) -> None:
        assert broken.fault == fault
        assert found(broken.call, [pay]) == KINDS[fault]

    law()


@pytest.mark.parametrize("tool", ["pay", "book"])
def test_each_tool_is_called(tool: str) -> None:
    assert first(tool_calls([pay, book]), lambda call: call.name == tool).name == tool


def test_what_need_not_be_given_is_left_out_at_times() -> None:
    with_it = first(tool_calls([pay]), lambda call: "how" in call.arguments)
    without = first(tool_calls([pay]), lambda call: "how" not in call.arguments)
    assert len(with_it.arguments) == 3
    assert len(without.arguments) == 2


def test_what_is_bound_already_is_not_given_again() -> None:
    calls = tool_calls([functools.partial(pay, how="cash")])
    assert first(calls).arguments == {"to": "", "sum": 0}


def test_the_simplest_call_can_be_read_by_people() -> None:
    call = first(tool_calls([{"name": "pay", "parameters": SCHEMA}]))
    assert call == ToolCall("pay", {"to": "Aa", "sum": 1}, "call_1")


@pytest.mark.parametrize(
    ("tools", "said"),
    [
        ([], "there are no tools to call"),
        (pay, "give several tools"),
        ({"name": "pay", "parameters": SCHEMA}, "give several tools"),
        (["pay"], "there is a tool that cannot be read: a str is no tool"),
        ([{"name": "pay", "parameters": {"type": "text"}}], "cannot be read: what pay takes"),
    ],
)
def test_what_is_no_list_of_tools_is_refused(tools: Any, said: str) -> None:
    for make in (tool_calls, broken_tool_calls):
        with pytest.raises(InvalidArgument, match=said):
            make(tools)


def test_there_is_no_such_fault() -> None:
    with pytest.raises(InvalidArgument, match="'late' is no fault of a call; there are: unknown"):
        broken_tool_calls([pay], "late")


def test_a_fault_that_no_tool_can_have_is_said_soon() -> None:
    @few
    @given(broken_tool_calls([{"type": "function", "function": {"name": "stop"}}], "wrong_type"))
    def law(broken: BrokenCall) -> None: ...

    with pytest.raises(FailedHealthCheck, match="no call with the fault 'wrong_type' was made"):
        law()
