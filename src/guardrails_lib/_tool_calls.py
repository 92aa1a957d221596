"""The tool calls of a reply, held to the rules of ``tools=``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from ._call import Call
from ._effects import Flow
from ._judged import Job, redacted_texts, text_jobs
from ._plan import Plan
from ._restore import restored_call
from ._tree import replaced
from ._types import ToolCall

__all__ = ["allowed"]


def allowed(
    call: Call[Any], calls: tuple[ToolCall, ...], offered: tuple[object, ...], last: bool
) -> Flow[tuple[ToolCall, ...]]:
    """The tool calls that may be run."""
    named = [(f"reply.tool_calls[{n}]", each) for n, each in enumerate(calls)]
    for where, _ in named:
        call.coverage.setdefault(where, ())
    as_run = [replace(restored_call(call, each), offered=offered) for each in calls]
    jobs = _jobs(call.plan, named, as_run)
    judged = yield from call.look(jobs, last)
    if call.shadow:
        call.shadowed("tools", _jobs(call.shadow, named, as_run), judged, last)
    if judged:
        call.decide(judged)
        dropped = call.dropped(judged)
        texts = redacted_texts(jobs, judged)
        calls = tuple(
            replace(each, arguments=replaced(each.arguments, texts, f"{where}.arguments"))
            for where, each in named
            if where not in dropped
        )
        call.calls = calls
    return tuple(restored_call(call, each) for each in calls)


def _jobs(
    plan: Plan, named: Iterable[tuple[str, ToolCall]], as_run: Iterable[ToolCall]
) -> list[Job]:
    """Texts are looked at as the model wrote them, calls as they would be run."""
    jobs: list[Job] = []
    for (where, each), run_so in zip(named, as_run, strict=True):
        jobs += text_jobs(plan.tool_texts, where, each)
        if plan.tools.rules:
            jobs.append(Job(plan.tools, run_so, where, where))
    return jobs
