"""What is told while tests run: which laws were tried, with which policies, how often."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import NamedTuple

from .._policy import Policy

__all__ = ["Trial", "Tried", "current_trial", "tried", "trying", "watchers"]


class Tried(NamedTuple):
    """One law, tried once over with many examples."""

    law: str
    policy: Policy | None
    """None where the law made policies up itself."""
    examples: int
    held: bool


@dataclass(eq=False, slots=True)
class Trial:
    """A law while it is tried."""

    law: str
    policy: Policy | None
    examples: int = 0


watchers: list[Callable[[Tried], object]] = []
"""Who is told. The pytest plugin is, while it runs a session."""

_trials: list[Trial] = []


def tried(done: Tried) -> None:
    """Tell whoever watches."""
    for watcher in tuple(watchers):
        watcher(done)


@contextmanager
def trying(law: str, policy: Policy | None) -> Iterator[Trial]:
    """Try *law* on *policy*; the guarded calls made meanwhile are made for that.

    It did not hold if anything is raised. Whoever tries counts the examples.
    """
    trial = Trial(law, policy)
    _trials.append(trial)
    held = False
    try:
        yield trial
        held = True
    finally:
        tried(Tried(law, policy, trial.examples, held))
        _trials.remove(trial)


def current_trial() -> Trial | None:
    """The law that is tried now, the innermost of several.

    It is the same in every thread: a law plays coroutines in a thread of their own.
    """
    return _trials[-1] if _trials else None
