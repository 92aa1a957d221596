"""For the tests of applications: fakes to guard, laws that every policy keeps, strategies.

What is here needs no hypothesis. `laws`, `strategies`, `given` and `machine` do, and are
imported by their names.
"""

from .fakes import (
    OUTAGES,
    TRICKS,
    EchoModel,
    FakeClock,
    FakeDesk,
    FakeModel,
    FlakyModel,
    HostileModel,
    Outage,
    RateLimited,
    ScriptedModel,
    ScriptEnded,
    Turn,
)
from .known import Shown, Verdict, shown
from .playing import Model, Played, play, play_all
from .seeing import GuardReport, watched

__all__ = [
    "OUTAGES",
    "TRICKS",
    "EchoModel",
    "FakeClock",
    "FakeDesk",
    "FakeModel",
    "FlakyModel",
    "GuardReport",
    "HostileModel",
    "Model",
    "Outage",
    "Played",
    "RateLimited",
    "ScriptEnded",
    "ScriptedModel",
    "Shown",
    "Turn",
    "Verdict",
    "play",
    "play_all",
    "shown",
    "watched",
]
