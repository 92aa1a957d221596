"""Answers that say where they have it from, rightly or wrongly, or do not say it."""

from __future__ import annotations

from typing import Any

from ..._known import Known
from ..._types import Reply, Request, Source

__all__ = ["miscited", "uncited"]

_ASKED = Request(
    "How long is the warranty?",
    [
        Source("kb://help/7", "The warranty lasts 5 years from the day of purchase."),
        Source("kb://help/8", "The shop in Lyon is open from nine to five on weekdays."),
    ],
)


def uncited(within: str, below: float) -> Known[Reply[Any]]:
    """Claims with a citation, and without one."""
    del within, below  # each text is one claim, and no answer is typed
    return Known(
        bad=_replies("The warranty lasts 5 years.", "The shop in Lyon is open on weekdays."),
        good=_replies("The warranty lasts 5 years [1].", "Does that answer your question?"),
    )


def miscited(within: str, below: float) -> Known[Reply[Any]]:
    """Citations of a source that is not there, and of one that does not say so."""
    del within
    unsupported = ["The warranty lasts 9 years [1]."] if below > 0.0 else []
    return Known(
        bad=_replies("The warranty lasts 5 years [3].", "It lasts 5 years [9].", *unsupported),
        good=_replies("The warranty lasts 5 years [1].", "The warranty lasts 5 years."),
    )


def _replies(*texts: str) -> list[Reply[Any]]:
    return [Reply(text, request=_ASKED) for text in texts]
