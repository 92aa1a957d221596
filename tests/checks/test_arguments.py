"""A check over text looks at one argument of a tool call."""

from __future__ import annotations

import pickle
from collections.abc import AsyncIterator
from typing import Any

import pytest

from guardrails_lib import (
    Blocked,
    Finding,
    Outcome,
    Policy,
    PolicyError,
    Reply,
    ToolCall,
    block,
    check,
    guard,
)
from guardrails_lib.checks import containing, in_argument, longer_than, matching, unsafe_shell

PIN = matching(r"\d{4}")


def found(call: ToolCall, **how: Any) -> list[str]:
    return [each.message for each in in_argument(PIN, "note", **how)(call)]


def test_it_finds_what_its_check_finds_in_that_argument() -> None:
    assert found(ToolCall("save", {"note": "4711"})) == ["note: it matches a pattern"]


def test_it_looks_at_no_other_argument() -> None:
    assert not found(ToolCall("save", {"title": "4711", "4711": "x"}))


def test_it_may_look_at_one_tool_alone() -> None:
    assert found(ToolCall("save", {"note": "4711"}), tool="save")
    assert not found(ToolCall("send", {"note": "4711"}), tool="save")


@pytest.mark.parametrize(
    "value", [["a", {"b": "4711"}], {"4711": 1}, 4711, [[4711.0]], {4711: "a"}]
)
def test_it_looks_at_all_that_is_in_the_argument(value: object) -> None:
    assert found(ToolCall("save", {"note": value}))


def test_arguments_that_came_as_text_are_read() -> None:
    assert found(ToolCall("save", '{"note": "4711"}'))
    assert not found(ToolCall("save", '{"title": "4711"}'))


@pytest.mark.parametrize("text", ["4711", "[4711]", "{", "[" * 100_000, ""])
def test_arguments_that_are_no_object_are_an_error(text: str) -> None:
    (finding,) = in_argument(PIN, "note")(ToolCall("save", text))
    assert finding.kind == "error"


def test_a_call_without_the_argument_is_fine() -> None:
    assert not found(ToolCall("save", {}))


def test_it_is_a_rule_for_tools() -> None:
    policy = Policy(tools=(block(in_argument(unsafe_shell(allow=("ls",)), "command")),))

    def run(command: str) -> Outcome[str]:
        call = ToolCall("run", {"command": command, "why": "I want to; really"})
        return guard(policy)(lambda question: Reply[str]("ok", tool_calls=(call,)))("?")

    assert run("ls -l").unwrap() == "ok"
    assert isinstance(run("rm x"), Blocked)


def test_a_finding_has_no_place_in_the_call() -> None:
    (finding,) = in_argument(PIN, "note")(ToolCall("save", {"note": "is 4711"}))
    assert finding == Finding("note: it matches a pattern", check="matching")


@check
async def later(text: str) -> AsyncIterator[Finding]:
    """An async check."""
    yield Finding("later")


@check
def of_calls(call: ToolCall) -> Any:
    """A check over calls."""
    yield Finding("a call")


@pytest.mark.parametrize("given", [later(), of_calls(), matching, "x", None])
def test_only_a_check_over_text_can_look(given: Any) -> None:
    with pytest.raises(PolicyError, match="a check over text"):
        in_argument(given, "note")


@pytest.mark.parametrize(
    "wrong", [{"argument": ""}, {"argument": 7}, {"argument": "a", "tool": ""}]
)
def test_names_are_texts(wrong: dict[str, Any]) -> None:
    with pytest.raises(PolicyError):
        in_argument(PIN, **wrong)


def test_twins_are_equal_and_it_can_be_pickled() -> None:
    one = in_argument(containing("x"), "note", tool="save")
    assert one == in_argument(containing("x"), "note", tool="save")
    assert one != in_argument(longer_than(limit=1), "note", tool="save")
    assert pickle.loads(pickle.dumps(one)) == one
