"""What a flow asks of its driver, and is told."""

from __future__ import annotations

from collections.abc import Callable, Generator
from concurrent.futures import Future
from typing import Any, NamedTuple, TypeAlias

__all__ = ["Begin", "Flow", "Fn", "Take", "Tried", "Try", "Wait"]

Fn: TypeAlias = Callable[..., Any]


class Try(NamedTuple):
    """Make a call. The driver answers with a `Tried`."""

    call: Fn
    held: bool = False
    """Whether its text is shown once the flow gives it, and not as it arrives."""


class Wait(NamedTuple):
    """Do nothing for a time."""

    seconds: float


class Take(NamedTuple):
    """Wait for a place. The driver answers whether it came in time."""

    place: Future[None]


class Tried:
    """How a call ended: with an outcome or with a problem."""

    __slots__ = ("outcome", "problem", "shown", "texts")

    def __init__(self) -> None:
        self.outcome: Any = None
        self.problem: Exception | None = None
        self.shown = False
        """Whether any of its text was shown."""
        self.texts: list[Any] = []
        """What was held of it."""


Flow: TypeAlias = Generator[Try | Wait | Take, Any, Tried]
"""It does no I/O, and gives the one of what was tried that counts."""

Begin: TypeAlias = Callable[[float | None], Flow]
"""A flow, given by when it is to have ended."""
