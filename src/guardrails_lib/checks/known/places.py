"""An address that a pattern of addresses stands for."""

from __future__ import annotations

__all__ = ["listed"]


def listed(pattern: str) -> str | None:
    """One that fits *pattern*; None where that has to be read by whoever wrote it."""
    scheme, mark, rest = pattern.partition("://")
    if not mark or "*" in scheme:
        return None
    host, slash, path = rest.partition("/")
    host = host.replace("*.", "docs.", 1)
    if "*" in host or not host:
        return None
    return f"{scheme}://{host}{slash}{path.replace('**', 'page').replace('*', 'page')}"
