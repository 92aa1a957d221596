"""A call as a person reads it, in lines of at most 100 characters."""

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from guardrails_lib import Accepted, Event, Outcome, Policy, Record

from .support_bot import Refund

__all__ = ["Shown", "call", "policy"]

WIDTH = 98
MARGIN = 4
LABEL = 10
"""How wide the column is that says what a line is about."""

BOLD, DIM, RESET = "\033[1m", "\033[2m", "\033[0m"
COLOURS = {
    "Accepted": "\033[32m",
    "Abstained": "\033[36m",
    "Escalated": "\033[33m",
    "Blocked": "\033[31m",
}


class Shown(NamedTuple):
    """One call that has ended."""

    title: str
    asked: Sequence[str]
    sent: Sequence[str]
    answered: Sequence[str]
    outcome: Outcome[Refund]
    decided: Outcome[Refund] | None = None
    """What came of it at the desk."""


def policy(of: Policy, *, colour: bool) -> Iterator[str]:
    """The rules of a policy, stage by stage."""
    yield _styled(f" Policy {of.name!r}, fingerprint {of.fingerprint}", BOLD, colour=colour)
    yield ""
    for stage in ("input", "sources", "output", "validators"):
        yield from _field(stage, [repr(rule) for rule in getattr(of, stage)], colour=colour)
    yield from _field("budget", [repr(of.budget)], colour=colour)


def call(number: int, shown: Shown, *, colour: bool) -> Iterator[str]:
    """What was asked, how it ended and why."""
    kind = type(shown.outcome).__name__
    rule = f"── {number} ── {shown.title} "
    yield _styled(f" {rule:─<{WIDTH - 1}}", BOLD + COLOURS[kind], colour=colour)
    yield ""
    turns: list[tuple[str, list[str]]] = [("asked", list(shown.asked))]
    for attempt, sent in enumerate(shown.sent):
        turns.append(("sent" if attempt == 0 else "sent again", sent.splitlines()))
        turns.append(("answered", [shown.answered[attempt]]))
    if not shown.sent:
        turns.append(("sent", ["(nothing: the model was not asked)"]))
    for label, lines in turns:
        yield from _field(label, lines, colour=colour)
    yield ""
    yield from _field("ended", [_styled(kind, BOLD + COLOURS[kind], colour=colour)], colour=colour)
    yield from _field("because", _findings(shown.outcome.record.events), colour=colour)
    yield from _field("told", [f"“{_told(shown.outcome)}”"], colour=colour)
    if shown.decided is not None:
        said = f"Ann approves the case: {type(shown.decided).__name__}, “{_told(shown.decided)}”"
        yield from _field("desk", [said], colour=colour)
    yield from _field("record", [_figures(shown.outcome.record)], colour=colour)


def _told(outcome: Outcome[Refund]) -> str:
    """What the customer reads."""
    match outcome:
        case Accepted(refund):
            return refund.reply
        case refusal:
            return refusal.say


def _findings(events: Iterable[Event]) -> list[str]:
    """What was found, where, by which check and what it meant."""
    rows = [
        (str(event.action.name).lower(), event.where, event.finding.check, event.finding.message)
        for event in events
        if event.finding is not None and event.action is not None
    ]
    if not rows:
        return ["(nothing was found)"]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    return [
        "  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[3]])
        for row in rows
    ]


def _figures(record: Record) -> str:
    seen = len(record.coverage) - len(record.unseen)
    attempts = f"{record.attempts} attempt{'s' if record.attempts != 1 else ''}"
    events = f"{len(record.events)} events"
    return f"{attempts}, {events}, {seen} of {len(record.coverage)} parts looked at"


def _field(label: str, lines: Iterable[str], *, colour: bool) -> Iterator[str]:
    """*lines* behind their label, wrapped."""
    room = WIDTH - MARGIN - LABEL - 2
    name = _styled(f"{label:<{LABEL}}", DIM, colour=colour)
    for line in lines:
        for piece in textwrap.wrap(line, room, subsequent_indent="  ") or [""]:
            yield f"{' ' * MARGIN}{name}  {piece}".rstrip()
            name = " " * LABEL


def _styled(text: str, style: str, *, colour: bool) -> str:
    return f"{style}{text}{RESET}" if colour else text
