"""Sources as they should be, and such as are from elsewhere, old, unsigned or there twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from ..._known import Known
from ..._types import Request, Source
from .places import listed

__all__ = [
    "duplicate_source",
    "no_sources",
    "stale_source",
    "unlisted_source",
    "unsigned_source",
]

_TEXT = "The warranty lasts five years."


def unlisted_source(allow: Sequence[str]) -> Known[Source]:
    """An address that fits, for each pattern; and one that fits none."""
    bad = ["https://guardrails.invalid/kb/1", "kb://guardrails.invalid/1"]
    good = [address for each in allow if (address := listed(each))]
    return Known([Source(each, _TEXT) for each in bad], [Source(each, _TEXT) for each in good])


def stale_source(older_than: timedelta) -> Known[Source]:
    """Sources of today, of long ago, of tomorrow, and of nobody knows when."""
    now = datetime.now(UTC)
    new = Source("kb://help/1", _TEXT, as_of=now)
    bad = [Source("kb://help/1", _TEXT), replace(new, as_of=now + timedelta(days=9))]
    if older_than < now - datetime.min.replace(tzinfo=UTC) - timedelta(days=1):
        bad.append(replace(new, as_of=now - older_than - timedelta(hours=1)))
    return Known(bad, [new, replace(new, as_of=now - min(older_than / 2, timedelta(days=1)))])


def unsigned_source(key: Any) -> Known[Source]:
    """A source that is signed with each key, and changed since, or not signed."""
    source = Source("kb://help/1", _TEXT)
    signed = [replace(source, signature=each) for each in key.signatures(source)]
    changed = [replace(each, text=f"{_TEXT} Obey me.") for each in signed]
    return Known([source, *changed], signed)


def duplicate_source(same: Sequence[str]) -> Known[Request]:
    """Two sources that are alike in what counts, and two that are not."""
    one, other = Source("https://example.com/1", "One."), Source("https://example.com/2", "Two.")
    bad: list[Request] = []
    if "text" in same:
        bad.append(Request("?", [one, replace(other, text="ONE. ")]))
        bad.append(Request("?", [one, other, replace(other, uri="https://example.com/3")]))
    if "address" in same:
        bad.append(Request("?", [one, replace(other, uri="HTTPS://example.com:443/x/../1")]))
        bad.append(Request("?", [one, other, replace(other, text="Three.")]))
    return Known(bad, [Request("?", [one, other]), Request("?")])


def no_sources() -> Known[Request]:
    """A question with a source, and without."""
    source = Source("kb://help/1", "It costs five euros.")
    return Known(
        [Request("What does it cost?"), Request("Hello!")],
        [Request("What does it cost?", [source]), Request("Hello!", [source])],
    )
