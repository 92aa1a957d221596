"""How a guarded call can end."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Generic, NoReturn, TypeAlias, TypeVar

from ._case import Case
from ._errors import Refused
from ._events import Record
from ._types import Finding, Span, ToolCall
from ._values import code, pretty

__all__ = ["Abstained", "Accepted", "Blocked", "Escalated", "Outcome", "Passage", "Refusal"]

T_co = TypeVar("T_co", covariant=True)
T = TypeVar("T")

_NO_RECORD = Record()


@dataclass(frozen=True, repr=False, init=False)
class Accepted(Generic[T_co]):
    """The answer may be used. *findings* are what was flagged, redacted or dropped."""

    value: T_co
    findings: tuple[Finding, ...] = ()
    tool_calls: tuple[ToolCall, ...] = ()
    say: str = ""
    record: Record = field(default=_NO_RECORD, compare=False, repr=False)

    __repr__ = code
    _repr_pretty_ = pretty

    def __init__(
        self,
        value: T_co,
        findings: tuple[Finding, ...] = (),
        tool_calls: tuple[ToolCall, ...] = (),
        say: str = "",
        record: Record = _NO_RECORD,
    ) -> None:
        put = self.__dict__  # in half the time that a frozen dataclass takes
        put["value"] = value
        put["findings"] = findings
        put["tool_calls"] = tool_calls
        put["say"] = say
        put["record"] = record

    def unwrap(self) -> T_co:
        """The value."""
        return self.value


@dataclass(frozen=True, slots=True, repr=False)
class Refusal:
    """There is no answer to use. *say* is for the person, *findings* are why."""

    say: str = ""
    findings: tuple[Finding, ...] = ()
    record: Record = field(default=_NO_RECORD, compare=False, repr=False)

    __repr__ = code
    _repr_pretty_ = pretty

    def unwrap(self) -> NoReturn:
        """Raise `Refused`: there is nothing to give."""
        raise Refused(self)

    @property
    def why(self) -> str:
        """One line for a log: what was found where, and by which check."""
        seen = [
            f"{f.check or 'the engine'} at {f.where or 'the call'}: {f.message}"
            for f in self.findings
        ]
        return f"{type(self).__name__}: {'; '.join(seen) or 'no finding'}"


@dataclass(frozen=True, slots=True, repr=False)
class Passage:
    """A piece of a source, to be offered where there is no answer."""

    text: str = field(repr=False)
    uri: str = ""
    where: str = ""
    """The source that it is from: ``sources[2]``."""
    span: Span | None = None
    """Its place in that source, as the model saw it."""
    score: float = 0.0
    """How much it bears out what was wanted."""

    __repr__ = code
    _repr_pretty_ = pretty


@dataclass(frozen=True, slots=True, repr=False)
class Abstained(Refusal):
    """No answer is good enough to give."""

    say: str = "I don't know."
    near: tuple[Passage, ...] = field(default=(), compare=False)
    """What comes nearest to an answer in the sources, the best first."""


@dataclass(frozen=True, slots=True, repr=False)
class Escalated(Refusal):
    """A person must decide."""

    say: str = "A person will look at this."
    case: Case | None = field(default=None, compare=False)
    """What is to be decided, where the guard has a desk."""


@dataclass(frozen=True, slots=True, repr=False)
class Blocked(Refusal):
    """Policy forbids this exchange."""

    say: str = "I can't help with that."


Outcome: TypeAlias = Accepted[T] | Abstained | Escalated | Blocked
