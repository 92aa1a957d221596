"""What another model is asked nobody knows before it has answered."""

from __future__ import annotations

from typing import Any

from ..._known import Known
from ..._types import Reply

__all__ = ["judged"]


def judged(**params: object) -> Known[Reply[Any]]:
    """None: the judge is yours."""
    del params
    return Known(why="it asks a model of yours, so try it with replies of your own")
