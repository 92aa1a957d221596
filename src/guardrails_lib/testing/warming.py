"""Checks look once before a test is timed: some load what they need with their first text."""

from __future__ import annotations

import contextlib
import functools

from .._guard import Guard
from .._policy import Policy
from .._types import Message, Request, Source
from .fakes import EchoModel
from .laws.subjects import samples, shapes_of
from .playing import play

__all__ = ["warm"]

_TEXTS = (
    "Good morning, ann@example.com.",
    "Доброе утро, καλημέρα, صباح الخير, बोल, 早上好, おはよう, 안녕 👋 \ufb01ne c\u200bafé",
)


@functools.lru_cache(maxsize=256)
def warm(policy: Policy) -> None:
    """Let each check of *policy* look at texts of several scripts and at its samples, once."""
    for rule in policy.rules:
        if rule.check.subject is str and not rule.check.is_async:
            for text in (*_TEXTS, *samples(rule)):
                with contextlib.suppress(Exception):  # the call will say so
                    rule.check.look(text)
    request = Request(
        [Message("user", text) for text in _TEXTS],
        [Source(f"kb://help/{n}", text) for n, text in enumerate(_TEXTS)],
    )
    play(Guard(policy), EchoModel(tool="warm_up"), request, shape=shapes_of(policy)[0])
