"""AGENT: tools that were offered, as they take them, and nothing private in their arguments."""

from __future__ import annotations

from typing import Any

import pytest

from guardrails_lib import Blocked, Escalated, Outcome, Reply, Request, ToolCall, guard
from guardrails_policies.agent import AGENT
from guardrails_policies.base import BASE

TOOLS: tuple[dict[str, Any], ...] = (
    {
        "type": "function",
        "function": {
            "name": "fetch",
            "parameters": {
                "type": "object",
                "properties": {"url": {"type": "string"}},
                "required": ["url"],
                "additionalProperties": False,
            },
        },
    },
)


def ask(*calls: ToolCall) -> Outcome[str]:
    @guard(AGENT)
    def model(request: Request) -> Reply[str]:
        return Reply("One moment.", tool_calls=calls)

    return model(Request("What is on that page?", tools=TOOLS))


def fetch(url: str) -> ToolCall:
    return ToolCall("fetch", {"url": url})


def test_it_has_the_rules_of_base() -> None:
    assert AGENT.input[: len(BASE.input)] == BASE.input
    assert AGENT.sources[: len(BASE.sources)] == BASE.sources


def test_a_call_of_a_tool_that_was_offered_is_run() -> None:
    call = fetch("https://example.com/page")
    outcome = ask(call)
    assert outcome.unwrap() == "One moment."
    assert outcome.tool_calls == (call,)  # type: ignore[union-attr]  # it was accepted


@pytest.mark.parametrize(
    "url",
    ["http://169.254.169.254/latest/", "http://localhost:8080/", "file:///etc/passwd"],
    ids=["metadata", "localhost", "file"],
)
def test_nothing_private_is_fetched(url: str) -> None:
    assert isinstance(ask(fetch(url)), Blocked)


def test_a_tool_that_nobody_offered_is_not_run() -> None:
    assert isinstance(ask(ToolCall("transfer", {"to": "me"})), Blocked)


def test_arguments_that_the_tool_does_not_take_need_a_person_in_the_end() -> None:
    assert isinstance(ask(ToolCall("fetch", {"uri": "https://example.com/"})), Escalated)


def test_a_secret_is_handed_to_no_tool() -> None:
    token = "ghp" + "_" + "A1b2C3d4E5f6G7h8I9j0" + "K1l2M3n4O5p6Q7r8"
    assert isinstance(ask(fetch(f"https://example.com/?token={token}")), Blocked)
