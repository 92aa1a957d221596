"""What the engine asks of its driver."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias, TypeVar

from ._policy import Rule
from ._types import Reply, Request

__all__ = [
    "END",
    "Ask",
    "Do",
    "Effect",
    "Emit",
    "End",
    "Flow",
    "Late",
    "Look",
    "Pull",
    "Sample",
    "Stopped",
    "left_over",
]

T = TypeVar("T")


@dataclass(slots=True)
class Look:
    """Run the checks of rules on their subjects; send back what each saw, in this order."""

    jobs: Sequence[tuple[Sequence[Rule[Any]], object]]
    until: float | None = None


@dataclass(slots=True)
class Ask:
    """Call the model, or take what was *given* for its reply."""

    request: Request
    given: Reply[Any] | None = None


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
class Do:
    """Call the method *verb* of *thing*; send back what it gives.

    An async driver awaits its async twin, *verb* with an ``a`` before it. Where there is none,
    it is called in a thread.
    """

    thing: object
    verb: str
    args: tuple[object, ...]
    until: float | None = None


class Late(Exception):
    """Thrown into the engine by a driver that stopped waiting at `until`."""


class Stopped(BaseException):
    """Thrown into the engine by a driver that goes on no further: nobody wants the rest."""


Effect: TypeAlias = Look | Ask | Pull | Emit | Sample | Do
Flow: TypeAlias = Generator[Effect, Any, T]


def left_over(flow: Flow[Any]) -> Iterator[Do]:
    """What must be done though nobody wants the rest of *flow*: money is given back."""
    try:
        effect = flow.throw(Stopped())
        while isinstance(effect, Do):
            yield effect
            effect = flow.send(None)
    except (Stopped, StopIteration):
        pass
    finally:
        flow.close()
