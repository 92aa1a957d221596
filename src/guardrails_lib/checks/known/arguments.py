"""What a check over text is known to find, in an argument of a tool call."""

from __future__ import annotations

from ..._check import Check
from ..._known import Known
from ..._types import ToolCall

__all__ = ["in_argument"]


def in_argument(check: Check[str], argument: str, tool: str | None) -> Known[ToolCall]:
    """The samples of *check*, each where it is looked for; and elsewhere."""
    known = check.known
    if known is None:
        return Known(why=f"{check.name} declares no samples")
    name = tool or "run"
    bad = [ToolCall(name, {argument: each}) for each in known.bad]
    good = [ToolCall(name, {argument: each}) for each in known.good]
    elsewhere = [ToolCall(name, {f"{argument}_too": each}) for each in known.bad[:1]]
    return Known(bad, [*good, *elsewhere], known.why)
