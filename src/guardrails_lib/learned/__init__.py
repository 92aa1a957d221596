"""Detectors that learned from examples, with their weights beside them.

`explain` says what weighed for a finding. `NamesRecognizer` finds names in an analyzer of
Presidio's own. ``python -m guardrails_lib.learned.evaluate`` measures how good they are, and
``python -m guardrails_lib.learned.train`` makes the weights again.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..presidio.names import NamesRecognizer
    from .explaining import Weighed, explain

__all__ = ["NamesRecognizer", "Weighed", "explain"]

_WHERE = {
    "NamesRecognizer": "..presidio.names",
    "Weighed": ".explaining",
    "explain": ".explaining",
}


def __getattr__(name: str) -> object:
    """What needs numpy, or Presidio, is imported when it is asked for."""
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_WHERE[name], __name__), name)
