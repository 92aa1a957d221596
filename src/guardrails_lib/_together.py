"""Rules that look at the whole request, as often as they take something out of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeAlias

from ._call import Call
from ._effects import Flow
from ._judged import Job, Judged, borne_out_at
from ._plan import Plan
from ._policy import Action
from ._types import Finding, Message, Request, Source

__all__ = ["Held", "looked_at_together"]

Held: TypeAlias = tuple[str, Message | Source]
"""A message or source, and where it was when the request was given."""

MOST = 8
"""So often what is left is looked at again; a rule that takes out more then escalates."""


def looked_at_together(
    call: Call[Any], request: Request, held: Sequence[Held], covers: tuple[str, ...]
) -> Flow[Request]:
    """What the rules over a `Request` leave of *request*, which is made of what is *held*.

    Once something was dropped, what is left is another request: its neighbours are others.
    """
    told: set[tuple[Action, Finding]] = set()
    for _ in range(MOST):
        judged = yield from call.look(_jobs(call.plan, request, covers))
        if call.shadow and not told:
            theirs = _jobs(call.shadow, request, covers)
            call.shadowed("request", theirs, judged, last=True)
        if not judged:
            return request
        named = _named(held)
        judged = [_placed(each, named) for each in judged]
        judged = [each for each in judged if (each.action, each.finding) not in told]
        told.update((each.action, each.finding) for each in judged)
        call.decide(judged)
        dropped = call.dropped(judged)
        if not dropped:
            return request
        held = [(where, each) for where, each in held if where not in dropped]
        request = replace(
            request,
            messages=tuple(each for _, each in held if isinstance(each, Message)),
            sources=tuple(each for _, each in held if isinstance(each, Source)),
        )
    more = Finding(f"{MOST} times over, rules found more to drop", kind="unsettled")
    call.decide([Judged(Action.ESCALATE, more)])
    return request


def _jobs(plan: Plan, request: Request, covers: tuple[str, ...]) -> list[Job]:
    return [Job(plan.requests, request, "request", "", covers)]


def _named(held: Sequence[Held]) -> dict[str, str]:
    """Where each part was that is now at a place of the request."""
    messages = [where for where, each in held if isinstance(each, Message)]
    sources = [where for where, each in held if isinstance(each, Source)]
    return {
        **{f"messages[{n}]": where for n, where in enumerate(messages)},
        **{f"sources[{n}]": where for n, where in enumerate(sources)},
    }


def _placed(judged: Judged, named: Mapping[str, str]) -> Judged:
    """*judged* by where its part was; a drop that names none escalates."""
    judged = borne_out_at(judged, named)
    place, dot, rest = judged.finding.where.partition(".")
    where = named.get(place)
    if where is None:
        drops = judged.action is Action.DROP
        return judged._replace(action=Action.ESCALATE) if drops else judged
    finding = replace(judged.finding, where=f"{where}{dot}{rest}")
    return judged._replace(finding=finding, holder=where)
