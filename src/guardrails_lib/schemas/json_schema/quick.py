"""The fast engine, where it is installed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

__all__ = ["nothing", "quick"]

Yes = Callable[[object], bool]


Formats = Mapping[str, Callable[[str], bool]]


def quick(
    schema: Any, draft: str, documents: Mapping[str, Any], formats: Formats, *, bounded: bool
) -> Callable[[str], Yes | None]:
    """What makes, for a JSON pointer into *schema*, what says yes there, or None."""
    try:
        from .fast import fast_schema  # noqa: PLC0415  # an extra
    except ImportError:
        return nothing
    return fast_schema(schema, draft, documents, formats, bounded=bounded)


def nothing(_: str) -> Yes | None:
    """Nothing is quicker there: the reference decides alone."""
    return None
