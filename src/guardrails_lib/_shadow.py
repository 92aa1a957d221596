"""Where a shadow policy would have decided otherwise."""

from __future__ import annotations

from typing import Any

from ._call import Call
from ._effects import Flow, Look
from ._events import Difference
from ._judged import joined, judge, strictest
from ._types import Finding

__all__ = ["compare"]


def compare(call: Call[Any]) -> Flow[None]:
    """Run the shadow policy on what the policy saw, and keep where they differ."""
    different = []
    for stage, jobs, ours, last in call.afterwards:
        answers = yield Look([(job.group.rules, job.subject) for job in jobs])
        theirs = [
            judged
            for job, answer in zip(jobs, answers, strict=True)
            for rule, seen in zip(job.group.rules, answer, strict=True)
            for judged in joined(
                judge(job, rule, each, last) for each in seen if isinstance(each, Finding)
            )
        ]
        found = {call.clean(each.finding) for each in ours}
        more = [call.clean(each.finding) for each in theirs]
        actions = strictest(ours), strictest(theirs)
        if actions[0] is not actions[1] or found != set(more):
            new = tuple(finding for finding in more if finding not in found)
            different.append(Difference(stage, *actions, new))
    call.differences = tuple(different)
