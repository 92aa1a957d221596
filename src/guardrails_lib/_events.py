"""What happened in a call, as data: events while it runs, the record when it has ended."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple, TypeAlias

from ._policy import Action
from ._types import Finding, Label, Usage
from ._values import FrozenDict, code

__all__ = ["Difference", "Event", "Observer", "Record"]


class Event(NamedTuple):
    """One thing that happened, with no text of the call in it.

    *kind* is one of ``started``, ``looked``, ``found``, ``dropped``, ``asked``,
    ``answered``, ``sampled`` (it was asked for more answers), ``shown`` (the first text was
    given out), ``failed`` (the model raised), ``deaf`` (an observer raised), ``resumed`` (a
    person has decided), ``decided``; of money ``degraded`` (little is left), ``unreached`` and
    ``unsettled`` (the ledger does not answer); of answers that are kept ``recalled`` and
    ``uncached``; and of a case ``opened``, ``spooled`` (the desk is down,
    and the case waits) or ``unfiled`` (it lies nowhere but in the outcome).
    """

    kind: str
    at: float = 0.0
    """Seconds since the call began."""
    where: str = ""
    by: tuple[str, ...] = ()
    """The checks that looked, or what it is that failed."""
    action: Action | None = None
    """What a finding means, or what was decided; None is accepted."""
    finding: Finding | None = None
    usage: Usage | None = None

    def __repr__(self) -> str:
        return code(self)


Observer: TypeAlias = Callable[[Event], object]


class Difference(NamedTuple):
    """Where a shadow policy would have decided otherwise."""

    stage: str
    ours: Action | None
    shadow: Action | None
    findings: tuple[Finding, ...] = ()
    """What the shadow found and the policy did not."""

    def __repr__(self) -> str:
        return code(self)


class Record(NamedTuple):
    """The decision and how it came about. No text of the call is in it."""

    id: str = ""
    policy: str = ""
    fingerprint: str = ""
    started: float = 0.0
    """Seconds since the epoch."""
    seconds: float = 0.0
    attempts: int = 0
    spent: Usage = Usage()
    coverage: Mapping[str, tuple[str, ...]] = FrozenDict()
    """Each part of the call, with the checks that looked at it."""
    events: tuple[Event, ...] = ()
    differences: tuple[Difference, ...] = ()
    label: Label = Label.PUBLIC
    """How far what came of the call may travel.

    Of an answer: the highest label of what the model saw, and of what was put back. Of a
    refusal, where a person may have to look at the question: the highest of what was asked.
    """
    steps: tuple[Record, ...] = ()
    """The calls that it was made of, in their order, where a flow made several."""

    def __repr__(self) -> str:
        return code(self)

    @property
    def unseen(self) -> tuple[str, ...]:
        """The parts that nobody looked at."""
        return tuple(where for where, by in self.coverage.items() if not by)
