"""What a person is to decide: the case, the verdict, and the desk where cases lie."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias

from ._errors import PolicyError
from ._events import Record
from ._policy import Action
from ._types import Finding, Label, Request, ToolCall
from ._values import code, pretty

__all__ = [
    "Amend",
    "Approve",
    "Case",
    "Desk",
    "Fallback",
    "Reject",
    "Resolution",
    "State",
    "Step",
    "ToDesk",
    "Verdict",
]


class State(enum.Enum):
    """Where a case stands."""

    OPEN = "open"
    CLAIMED = "claimed"
    RESOLVED = "resolved"

    def __repr__(self) -> str:
        return f"State.{self.name}"


@dataclass(frozen=True, slots=True, repr=False)
class Approve:
    """The answer stands as it is."""

    note: str = ""

    __repr__ = code
    _repr_pretty_ = pretty


@dataclass(frozen=True, slots=True, repr=False)
class Amend:
    """Another answer is given in its place, and the same policy looks at it."""

    answer: str = field(repr=False)
    note: str = ""

    __repr__ = code
    _repr_pretty_ = pretty


@dataclass(frozen=True, slots=True, repr=False)
class Reject:
    """No answer is given. *say* is for the person who asked."""

    say: str = ""
    note: str = ""

    __repr__ = code
    _repr_pretty_ = pretty


Verdict: TypeAlias = Approve | Amend | Reject


@dataclass(frozen=True, slots=True, repr=False)
class Fallback:
    """How a case ends that nobody decides in time."""

    action: Action = Action.ABSTAIN
    say: str = ""

    __repr__ = code
    _repr_pretty_ = pretty


@dataclass(frozen=True, slots=True, repr=False)
class Resolution:
    """How a case was resolved, with all that is needed to give its outcome again."""

    verdict: Verdict | None
    """None: its deadline passed."""
    by: str
    at: float
    """Seconds since the epoch."""
    action: Action | None = None
    """How the call ends: None is accepted."""
    say: str = ""
    answer: str | None = field(default=None, repr=False)
    """What was accepted, with nothing in it that was redacted."""
    tool_calls: tuple[ToolCall, ...] = field(default=(), repr=False)
    findings: tuple[Finding, ...] = ()

    __repr__ = code
    _repr_pretty_ = pretty


@dataclass(frozen=True, slots=True, repr=False)
class Step:
    """One thing that was done with a case: the trail of who did what, when."""

    kind: str
    """``opened``, ``spooled``, ``claimed``, ``resolved``, ``reopened`` or ``expired``."""
    at: float
    by: str = ""
    note: str = ""

    __repr__ = code
    _repr_pretty_ = pretty


@dataclass(frozen=True, slots=True, repr=False)
class Case:
    """A call that a person must decide. What rules redacted is in none of its texts."""

    id: str
    """The id of the record: a call has one case at most."""
    request: Request = field(repr=False)
    """What the model saw, or would have seen."""
    reply: str | None = field(default=None, repr=False)
    """What the model answered; None if it was not asked."""
    tool_calls: tuple[ToolCall, ...] = field(default=(), repr=False)
    findings: tuple[Finding, ...] = ()
    say: str = ""
    """What the person who asked was told."""
    record: Record = field(default=Record(), repr=False)
    opened: float = 0.0
    """Seconds since the epoch."""
    deadline: float | None = None
    """By when somebody must have decided, in seconds since the epoch."""
    fallback: Fallback = Fallback()
    sealed: str = field(default="", repr=False)
    """What was redacted to be restored, encrypted; empty if the guard has no key."""
    state: State = State.OPEN
    claimed_by: str = ""
    claimed_until: float | None = None
    resolution: Resolution | None = None
    steps: tuple[Step, ...] = ()
    tags: tuple[str, ...] = ()

    __repr__ = code
    _repr_pretty_ = pretty

    @property
    def label(self) -> Label:
        """How far the case may travel."""
        return self.record.label

    @property
    def policy(self) -> str:
        """The fingerprint of the policy that the call had."""
        return self.record.fingerprint

    @property
    def spooled(self) -> bool:
        """Whether it waits for a desk that was down."""
        return bool(self.steps) and self.steps[-1].kind == "spooled"


class Desk(Protocol):
    """Where cases lie until a person decides. Threads and processes may share one.

    `DeskError` is raised for what cannot be done: no such case, claimed by another,
    resolved already in another way.
    """

    def open(self, case: Case, /) -> Case:
        """Take *case*, once: the one with its id that is there, if there is one.

        It is given back `spooled` where it lies in wait, because the desk is down.
        """
        ...

    def get(self, id: str, /) -> Case:  # noqa: A002  # it is the case's own word
        """The case as it stands: one whose deadline has passed is resolved, by its fallback."""
        ...

    def list(
        self, state: State | None = None, *, after: str = "", limit: int = 100
    ) -> Sequence[Case]:
        """Cases in *state*, or all, the oldest first; those behind the one with the id *after*."""
        ...

    def claim(self, id: str, /, by: str, *, seconds: float = 900.0) -> Case:  # noqa: A002  # as above
        """Take the case in hand, so that nobody else does for so many *seconds*."""
        ...

    def resolve(self, id: str, resolution: Resolution, /) -> Case:  # noqa: A002  # as above
        """Close the case. The same verdict twice is one; another one is a `DeskError`."""
        ...

    def reopen(self, id: str, /, by: str, note: str = "") -> Case:  # noqa: A002  # as above
        """Take a resolved case up again."""
        ...


@dataclass(frozen=True, slots=True)
class ToDesk:
    """How cases are handed over to a desk: ``guard(policy, desk=ToDesk(DESK, within=3600))``."""

    desk: Desk
    key: bytes | None = field(default=None, repr=False)
    """32 bytes that seal what was redacted to be restored; else it is lost to the case."""
    within: float | None = None
    """So many seconds a person has."""
    fallback: Fallback = Fallback()
    """How a case ends that nobody decides in that time."""
    tags: tuple[str, ...] = ()
    follows: tuple[str, ...] = ()
    """Fingerprints of policies before this one, whose cases are decided by its rules."""

    def __post_init__(self) -> None:
        if not callable(getattr(self.desk, "open", None)):
            raise PolicyError(f"desk= takes a Desk, not a {type(self.desk).__name__}")
        if self.within is not None and not self.within > 0:
            raise PolicyError(f"within={self.within}: seconds, more than 0")
        if isinstance(self.tags, str) or isinstance(self.follows, str):
            raise PolicyError('tags= and follows= take several: write tags=("refund",)')
        if self.fallback.action not in {Action.ABSTAIN, Action.BLOCK}:
            raise PolicyError(f"Fallback({self.fallback.action}): use ABSTAIN or BLOCK")
        if self.key is not None:
            from ._sealed import sealed  # noqa: PLC0415  # it imports cryptography

            sealed(b"", self.key)  # what is wrong with the key is said here, not in a call
