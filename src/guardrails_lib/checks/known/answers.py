"""Replies that had to be mended, and such as cannot be read."""

from __future__ import annotations

from ..._known import Known
from ..._schema import Unreadable, Wrong
from ..._types import Finding, Reply

__all__ = ["repaired", "unreadable"]

_MENDED = Finding("it was mended", kind="repaired")


def repaired() -> Known[Reply[object]]:
    """Replies that are nearly JSON."""
    return Known(
        bad=[
            Reply('{"order": 17,}', repairs=(_MENDED,)),
            Reply("{'order': 17}", repairs=(_MENDED,)),
        ],
        good=[Reply('{"order": 17}'), Reply("It has arrived.")],
    )


def unreadable() -> Known[Unreadable]:
    """What is wrong with a reply; where nothing is, there is no such value."""
    return Known(
        bad=[
            Unreadable("there is no JSON in it"),
            Unreadable(Wrong(("lines", 3), "a number is needed")),
        ]
    )
