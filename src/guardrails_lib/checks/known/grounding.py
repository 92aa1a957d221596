"""Answers that rest on their sources, and such as do not."""

from __future__ import annotations

from ..._known import Known
from ..._types import Reply, Request, Source

__all__ = ["ungrounded"]

_ASKED = Request(
    "How long is the warranty?",
    [Source("kb://help/7", "The warranty lasts five years from the day of purchase.")],
)


def ungrounded(below: float, by: object, most: int) -> Known[Reply[object]]:
    """Claims with the right number or name, and with a wrong one.

    A function of the user's is not asked about a wrong number or name; what it says of the
    others nobody knows here.
    """
    del most
    bad: list[Reply[object]] = [Reply("The warranty lasts 7 years.")] if below > _NUMBER else []
    if below > _NAME:
        bad.append(Reply("The warranty was written by Zebulon Quigley."))
    right = [] if by else [Reply[object]("The warranty lasts 5 years.")]
    talk = "Does that answer your question?", "How long have you had it?"
    good = [*right, *(Reply[object](each) for each in talk)]
    why = "" if bad else "a claim is hardly worth less than below="
    return Known(_of(bad), _of(good), why)


_NUMBER = 0.1
_NAME = 0.2
"""How much the source bears those out, at most."""


def _of(replies: list[Reply[object]]) -> list[Reply[object]]:
    return [Reply(each.text, request=_ASKED) for each in replies]
