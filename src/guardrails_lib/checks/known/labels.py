"""Texts that the model is cleared for, and others."""

from __future__ import annotations

from ..._known import Known
from ..._types import Label, Uncleared

__all__ = ["uncleared"]


def uncleared() -> Known[str]:
    """The same text with a label above what the model may see, and with none."""
    return Known(
        bad=[
            Uncleared("The merger is in May.", Label.RESTRICTED),
            Uncleared("The prices for next year.", Label.RESTRICTED),
        ],
        good=["The merger is in May.", "Hello!"],
    )
