"""What a person decided, as lines of a golden set: the question, and the answer to expect."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from .._case import Case, Desk, Reject, State
from .._errors import DeskError
from .written import tree

__all__ = ["add_golden", "golden"]

_ENDS = {None: "accepted", "ABSTAIN": "abstained", "ESCALATE": "escalated", "BLOCK": "blocked"}

_PAGE = 100


def golden(cases: Desk | Iterable[Case]) -> Iterator[str]:
    """A line of JSON for each case that a person decided, in the order of their ids.

    ``expect`` says how the call should end: ``accepted`` with the ``answer`` that the person
    stood behind, or as the case was rejected. There is no line for a case whose deadline
    passed, nor for an answer of a person that the policy refused. What was redacted is in
    none of it, and what was sealed neither.
    """
    found = cases if isinstance(cases, Iterable) else _decided(cases)
    for case in sorted(found, key=lambda each: each.id):
        if case.resolution is not None and _stands(case):
            yield json.dumps(_line(case), sort_keys=True)


def add_golden(path: Path, lines: Iterable[str]) -> int:
    """Put *lines* into the file, by their ids, and say how many of them it did not have.

    A case that was decided anew takes the place of its older line. One process at a time: of
    two that write at once, one is not heard.
    """
    try:
        old = path.read_text("ascii").splitlines() if path.exists() else []
        had = {json.loads(line)["id"]: line for line in old}
        now = had | {json.loads(line)["id"]: line for line in lines}
    except (KeyError, TypeError, ValueError):
        raise DeskError("that is no golden set: each line is an object with an id") from None
    part = path.with_name(f".{path.name}.{os.getpid()}")
    part.write_text("".join(f"{now[id]}\n" for id in sorted(now)), "ascii")  # noqa: A001  # as there
    part.replace(path)
    return sum(had.get(each) != line for each, line in now.items())


def _decided(desk: Desk) -> Iterator[Case]:
    after = ""
    while page := desk.list(State.RESOLVED, after=after, limit=_PAGE):
        yield from page
        after = page[-1].id


def _stands(case: Case) -> bool:
    """Whether a person stands behind how it ended."""
    ended = case.resolution
    if ended is None or ended.verdict is None:
        return False
    return isinstance(ended.verdict, Reject) or ended.action is None


def _line(case: Case) -> dict[str, object]:
    ended = case.resolution
    assert ended is not None
    accepted = ended.action is None
    return {
        "id": case.id,
        "messages": tree(case.request.messages),
        "sources": tree(case.request.sources),
        "expect": _ENDS[None if ended.action is None else ended.action.name],
        "answer": ended.answer if accepted else None,
        "tool_calls": tree(ended.tool_calls) if accepted else [],
        "say": "" if accepted else ended.say,
        "tags": sorted(case.tags),
        "policy": case.policy,
        "kinds": sorted({each.kind for each in case.findings}),
    }
