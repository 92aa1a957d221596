"""An expression, compiled: the one place where `regex` is asked to."""

from __future__ import annotations

from typing import Any

import regex

__all__ = ["expression"]


def expression(source: str, flags: int = 0) -> Any:
    """*source* past `regex`'s own cache, which draws on the application's `random` when full.

    What is no pattern is a `ValueError`.
    """
    try:
        return regex.compile(source, flags, cache_pattern=False)
    except regex.error as problem:
        raise ValueError(f"{source!r} is not a pattern: {problem}") from None
