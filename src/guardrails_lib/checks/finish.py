"""Whether a reply came to its end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from .._check import check
from .._types import UNFINISHED, Finding, Reply
from .knowing import known_in

__all__ = ["unfinished"]


@check(known=known_in("finish.unfinished"))
def unfinished(reply: Reply[Any]) -> Iterator[Finding]:
    """A reply that was cut off at its limit of tokens, or that a filter of the provider stopped.

    >>> from guardrails_lib import Reply
    >>> [f.kind for f in unfinished()(Reply("Your order will", finish="length"))]
    ['cut_off']
    >>> list(unfinished()(Reply("It has arrived.", finish="stop")))
    []

    The engine notes that of any reply which says how it finished: one that an SDK gave, or a
    `Reply` with ``finish=``. A typed answer that was cut off counts as unreadable. For a text,
    this check is how a policy makes more of it: ``abstain(unfinished())``.
    """
    if found := UNFINISHED.get(reply.finish):
        yield replace(found, where="")
