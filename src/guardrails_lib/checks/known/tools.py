"""Calls of tools that are there, with what they take; and others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..._known import Known
from ..._types import ToolCall
from .fitting import fitting

__all__ = ["unfit_arguments", "unknown_tool"]

_TOOLS: tuple[Mapping[str, Any], ...] = (
    {
        "name": "pay",
        "parameters": {
            "type": "object",
            "properties": {"to": {"type": "string"}, "sum": {"type": "number"}},
            "required": ["to", "sum"],
        },
    },
    {"name": "ask_the_time", "parameters": {"type": "object", "properties": {}}},
)
"""What is offered where the check is told of no tools."""

_STRANGE = "guardrails_no_such_tool"


def unknown_tool(tools: Sequence[object] | None) -> Known[ToolCall]:
    """A call of a tool that is there, and of one that is not."""
    offered = _TOOLS if tools is None else tuple(tools)
    return Known(
        [ToolCall(_STRANGE, offered=offered), ToolCall(f"{_STRANGE}_2", offered=offered)],
        [ToolCall(tool.name, offered=offered) for tool in _tools(offered)],
    )


def unfit_arguments(tools: Sequence[object] | None) -> Known[ToolCall]:
    """What each tool takes, and what it does not."""
    offered = _TOOLS if tools is None else tuple(tools)
    bad: list[ToolCall] = []
    good: list[ToolCall] = []
    for tool in _tools(offered):
        if (given := fitting(tool)) is not None:
            good.append(ToolCall(tool.name, given, offered=offered))
            bad.append(ToolCall(tool.name, "no object", offered=offered))
    if tools is None:
        bad += [
            ToolCall("pay", {"to": "Ann"}, offered=offered),
            ToolCall("pay", {"to": "Ann", "sum": "five"}, offered=offered),
        ]
    return Known(bad, good, "" if bad else "nothing is known of what these tools take")


def _tools(offered: Sequence[object]) -> list[Any]:
    from ...schemas.tools.offered import tools_in  # noqa: PLC0415  # jsonschema takes 90 ms

    return [tool for each in offered for tool in tools_in(each)]
