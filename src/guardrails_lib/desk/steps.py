"""What can be done with a case, as functions from a case to the next.

They read no clock and keep nothing: *now* is given, in seconds since the epoch. Each leaves
a `Step` behind. Where nothing is to be done, the case that was given is given back.
"""

from __future__ import annotations

import re
from dataclasses import replace

from .._case import Amend, Approve, Case, Reject, Resolution, State, Step
from .._errors import DeskError
from .written import left_out

__all__ = [
    "claimed",
    "expired",
    "known",
    "opened",
    "reopened",
    "resolved",
    "seen",
    "several",
    "spooled",
]

_ID = re.compile(r"[!-~]{1,200}")

_VERBS = {Approve: "approve", Amend: "amend", Reject: "reject"}


def known(id: str) -> str:  # noqa: A002  # it is the case's own word
    """*id*, if a case may be called so: up to 200 characters of ASCII, none of them blank."""
    if not isinstance(id, str) or not _ID.fullmatch(id):
        raise DeskError("the id of a case is up to 200 characters of ASCII, none of them blank")
    return id


def several(limit: int) -> int:
    """*limit*, if so many cases can be listed."""
    if limit < 1:
        raise DeskError(f"limit={limit}: how many cases to list, 1 or more")
    return limit


def opened(case: Case, now: float) -> Case:
    """A desk has it. What cannot be kept is named in the note."""
    return _begun(case, Step("opened", now, note=_lost(case)))


def spooled(case: Case, now: float, why: str = "") -> Case:
    """It lies in wait for a desk that is down."""
    return _begun(case, Step("spooled", now, note="; ".join(filter(None, (why, _lost(case))))))


def seen(case: Case, now: float) -> Case:
    """The case as it stands: a claim may have run out, or the deadline have passed."""
    if case.state is State.RESOLVED:
        return case
    if case.deadline is not None and case.deadline <= now:
        return expired(case, now)
    if case.state is State.CLAIMED and (case.claimed_until or 0.0) <= now:
        return _free(case)
    return case


def expired(case: Case, now: float) -> Case:
    """It ends by its fall-back. The time is that of its deadline, whoever looks, and when."""
    at = now if case.deadline is None else case.deadline
    fallback = case.fallback
    return replace(
        _free(case),
        state=State.RESOLVED,
        resolution=Resolution(None, "", at, fallback.action, fallback.say),
        steps=(*case.steps, Step("expired", at)),
    )


def claimed(case: Case, by: str, now: float, *, seconds: float) -> Case:
    """*by* has it in hand. Who has it may take it again, for longer."""
    case = seen(case, now)
    _somebody(by)
    if not 0 < seconds < float("inf"):
        raise DeskError(f"seconds={seconds}: how long the case is in hand, more than 0")
    if case.state is State.RESOLVED:
        raise DeskError(f"the case is closed: {_closed(case)}")
    _not_anothers(case, by)
    return replace(
        case,
        state=State.CLAIMED,
        claimed_by=by,
        claimed_until=now + seconds,
        steps=(*case.steps, Step("claimed", now, by)),
    )


def resolved(case: Case, resolution: Resolution, now: float) -> Case:
    """It is closed. An equal verdict again, of whomever, changes nothing."""
    case = seen(case, now)
    if case.resolution is not None:
        if case.resolution.verdict == resolution.verdict:
            return case
        raise DeskError(f"{_closed(case)}: reopen it first")
    verdict = resolution.verdict
    if verdict is None:
        raise DeskError("its deadline has not passed: a verdict is needed")
    _somebody(resolution.by)
    _not_anothers(case, resolution.by)
    note = ": ".join(filter(None, (_VERBS[type(verdict)], verdict.note)))
    return replace(
        _free(case),
        state=State.RESOLVED,
        resolution=resolution,
        steps=(*case.steps, Step("resolved", now, resolution.by, note)),
    )


def reopened(case: Case, by: str, now: float, *, note: str) -> Case:
    """It is open once more, and its trail stays. A deadline that has passed is no more."""
    case = seen(case, now)
    _somebody(by)
    if case.state is not State.RESOLVED:
        raise DeskError("the case is not closed: there is nothing to reopen")
    late = case.deadline is not None and case.deadline <= now
    return replace(
        case,
        state=State.OPEN,
        resolution=None,
        deadline=None if late else case.deadline,
        steps=(*case.steps, Step("reopened", now, by, note)),
    )


def _begun(case: Case, step: Step) -> Case:
    known(case.id)
    return replace(case, opened=case.opened or step.at, steps=(*case.steps, step))


def _lost(case: Case) -> str:
    lost = left_out(case)
    return f"left out: {', '.join(lost)}" if lost else ""


def _free(case: Case) -> Case:
    return replace(case, state=State.OPEN, claimed_by="", claimed_until=None)


def _closed(case: Case) -> str:
    if case.resolution is None or case.resolution.verdict is None:
        return "its deadline passed"
    return f"resolved already by {case.resolution.by}"


def _not_anothers(case: Case, by: str) -> None:
    if case.state is State.CLAIMED and case.claimed_by != by:
        raise DeskError(f"the case is claimed by {case.claimed_by}")


def _somebody(by: str) -> None:
    if not isinstance(by, str) or not by.strip():
        raise DeskError("by= names who does it")
