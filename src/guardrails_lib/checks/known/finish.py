"""Replies that came to their end, and such as did not."""

from __future__ import annotations

from typing import Any

from ..._known import Known
from ..._types import Reply

__all__ = ["unfinished"]


def unfinished() -> Known[Reply[Any]]:
    """Replies by how they finished."""
    return Known(
        bad=[Reply("Your order will", finish="length"), Reply("It is", finish="filter")],
        good=[Reply("It has arrived.", finish="stop"), Reply("It has arrived.")],
    )
