"""Secrets that open nothing, put together here, and what is filled in elsewhere."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Collection, Iterable

from ..._known import Known
from ..parameters import is_fine
from .hidden_forms import LETTERS, WRITTEN

__all__ = ["secrets"]

_GOOD = (
    "Thank you!",
    "password: ${PASSWORD}",
    "client_secret = '<your secret>'",
    "postgres://app:${PASSWORD}@db.example.com/",
)


def secrets(
    providers: Collection[str] | None,
    threshold: float,
    allow: Iterable[str] | Callable[[str], bool],
) -> Known[str]:
    """One of each provider that is looked for, as certain as is wanted."""
    made = (
        _made(form)
        for provider, form, score in WRITTEN
        if (providers is None or provider in providers) and score >= threshold
    )
    bad = [text for text, value in made if not (is_fine(allow, text) or is_fine(allow, value))]
    return Known(bad, _GOOD, "" if bad else "no form is that certain, or all are allowed")


_BLANK = re.compile(r"<(\w)(\d+)>")


def _made(form: str) -> tuple[str, str]:
    """*form* filled in, always alike; and what was put into it."""
    letters = random.Random(form)  # noqa: S311  # it opens nothing, and is the same every time
    drawn: list[str] = []

    def fill(blank: re.Match[str]) -> str:
        drawn.append("".join(letters.choices(LETTERS[blank[1]], k=int(blank[2]))))
        return drawn[-1]

    return _BLANK.sub(fill, form), "".join(drawn)
