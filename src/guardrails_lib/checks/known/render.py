"""Texts that are safe to show or to fetch, and such as run, send or pretend."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..._known import Known
from .places import listed

__all__ = ["unsafe_html", "unsafe_markdown", "unsafe_url"]

_SENDS = "https://guardrails.invalid/?q=told"


def unsafe_html(
    tags: Sequence[str] | None,
    attributes: Mapping[str, Sequence[str]] | None,
    links: Sequence[str] | None,
    images: Sequence[str],
) -> Known[str]:
    """Tags that run, and such as show text."""
    del attributes
    bad = ["<script>alert(1)</script>", '<b onclick="alert(1)">x</b>']
    if "**" not in images:
        bad.append(f'<img src="{_SENDS}">')
    if links is not None:
        bad.append(f'<a href="{_SENDS}">x</a>')
    good = ["2 < 3", "Hello!"]
    if tags is None or "b" in tags:
        good.append("<b>Hello!</b>")
    return Known(bad, good)


def unsafe_markdown(links: Sequence[str] | None, images: Sequence[str], html: bool) -> Known[str]:
    """Images and links that tell, and plain marks."""
    del images
    bad = [f"![ok]({_SENDS})", "[ok](javascript:alert(1))"]
    if links is not None:
        bad.append(f"[ok]({_SENDS})")
    if not html:
        bad.append('<b onclick="alert(1)">x</b>')
    return Known(bad, ["**Hello!**", "- one\n- two", "`![ok](x)`"])


def unsafe_url(allow: Sequence[str]) -> Known[str]:
    """Addresses that run code, lead inside, or are not listed; and such as are."""
    bad = ["javascript:alert(1)", "http://169.254.169.254/latest"]
    if not allow:
        return Known(bad, ["https://example.com/", "Hello!"])
    return Known([*bad, _SENDS], [*filter(None, map(listed, allow)), "Hello!"])
