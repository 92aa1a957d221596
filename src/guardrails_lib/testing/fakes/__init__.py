"""What stands in a test for the world: models, a desk, a clock."""

from .clock import FakeClock
from .desk import FakeDesk
from .echo import EchoModel
from .flaky import FlakyModel
from .hostile import HostileModel
from .model import FakeModel, Turn
from .outage import OUTAGES, Outage, RateLimited
from .scripted import ScriptedModel, ScriptEnded
from .tricks import TRICKS

__all__ = [
    "OUTAGES",
    "TRICKS",
    "EchoModel",
    "FakeClock",
    "FakeDesk",
    "FakeModel",
    "FlakyModel",
    "HostileModel",
    "Outage",
    "RateLimited",
    "ScriptEnded",
    "ScriptedModel",
    "Turn",
]
