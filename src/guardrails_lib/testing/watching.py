"""What is told while tests run: which laws were tried, with which policies, how often."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from .._policy import Policy

__all__ = ["Tried", "tried", "watchers"]


class Tried(NamedTuple):
    """One law, tried once over with many examples."""

    law: str
    policy: Policy | None
    """None where the law made policies up itself."""
    examples: int
    held: bool


watchers: list[Callable[[Tried], object]] = []
"""Who is told. The pytest plugin is, while it runs a session."""


def tried(done: Tried) -> None:
    """Tell whoever watches."""
    for watcher in watchers:
        watcher(done)
