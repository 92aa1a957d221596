"""Texts in which a model declines, and in which it helps."""

from __future__ import annotations

from ..._known import Known

__all__ = ["refused"]


def refused(threshold: float) -> Known[str]:
    """Refusals as they are usually put."""
    surely = "I'm sorry, but I can't help with that."
    likely = "I cannot assist with this request."
    bad = [surely, likely] if threshold <= _SURE else []
    return Known(
        bad,
        ["Sorry for the wait! Your parcel arrives tomorrow.", "Of course. It costs five euros."],
        "" if bad else "no refusal is that certain",
    )


_SURE = 0.8
