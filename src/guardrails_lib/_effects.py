"""What the engine asks of its driver."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias, TypeVar

from ._case import Case, Desk
from ._policy import Rule
from ._types import Request

__all__ = [
    "END",
    "Ask",
    "Effect",
    "Emit",
    "End",
    "Flow",
    "HandOver",
    "Late",
    "Look",
    "Pull",
    "Sample",
]

T = TypeVar("T")


@dataclass(slots=True)
class Look:
    """Run the checks of rules on their subjects; send back what each saw, in this order."""

    jobs: Sequence[tuple[Sequence[Rule[Any]], object]]
    until: float | None = None


@dataclass(slots=True)
class Ask:
    """Call the model."""

    request: Request


class End:
    """What is sent back when a reply has no more pieces."""


END = End()


@dataclass(slots=True)
class Pull:
    """Send back the next piece of the reply, or `END`."""

    until: float | None = None


@dataclass(slots=True)
class Emit:
    """Give *piece* to the caller: a text, or a value as it grows."""

    piece: Any


@dataclass(slots=True)
class Sample:
    """Call the model so many times more, at once; send back the pieces of each reply.

    A reply that fails, or takes longer than *until*, is not among them.
    """

    request: Request
    count: int
    until: float | None = None


@dataclass(slots=True)
class HandOver:
    """Open *case* at *desk*; send back the case as it lies there."""

    case: Case
    desk: Desk


class Late(Exception):
    """Thrown into the engine by a driver that stopped waiting at `until`."""


Effect: TypeAlias = Look | Ask | Pull | Emit | Sample | HandOver
Flow: TypeAlias = Generator[Effect, Any, T]
