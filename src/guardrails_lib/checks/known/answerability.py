"""Questions that the sources answer, and such as they do not."""

from __future__ import annotations

from typing import Any

from ..._known import Known
from ..._types import Reply, Request, Source

__all__ = ["unanswerable"]

_SOURCE = Source("kb://help/7", "The museum was opened in 1901. It has 40 rooms.")


def unanswerable(below: float, by: object) -> Known[Request | Reply[Any]]:
    """Questions about what is in a source, and about what is not."""
    if by is not None or below <= _NEAR:  # without sources, or a question, nobody is asked
        questions = ("Who designed the castle's garden?", "When was the museum opened?")
        talk = [Request(each, [_SOURCE]) for each in ("Hello!", "Thank you!")]
        return _shown([Request(each) for each in questions], talk)
    return _shown(
        [
            Request("Who designed the castle's garden?", [_SOURCE]),
            Request("When was the museum opened?"),
        ],
        [
            Request("When was the museum opened?", [_SOURCE]),
            Request("Hello!", [_SOURCE]),
        ],
    )


_NEAR = 0.1
"""How near the question about the garden comes to the source, at most."""


def _shown(bad: list[Request], good: list[Request]) -> Known[Request | Reply[Any]]:
    """The requests, and replies to them: it may be told before the model is asked, or after."""
    return Known([*bad, *map(_replied, bad)], [*good, *map(_replied, good)])


def _replied(request: Request) -> Reply[Any]:
    return Reply("I had to look that up.", request=request)
