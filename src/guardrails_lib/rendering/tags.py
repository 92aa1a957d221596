"""The tags of a text, if there is no other markup in it.

Each text is taken that two readers of HTML cannot read differently, and no other.
"""

from __future__ import annotations

import html
import re
from typing import NamedTuple

__all__ = ["OPENS", "STARTS", "TAG", "Tag", "tags"]

_BLANK = r"[ \t\r\n\f]"
_NAMED = r"[a-zA-Z][a-zA-Z0-9_:.-]*+"
_VALUE = r"""(?:"([^"\0]*+)"|'([^'\0]*+)'|([^ \t\r\n\f"'=<>`\0][^ \t\r\n\f"'<>`\0]*+))"""
_ATTRIBUTE = re.compile(f"({_NAMED})(?:{_BLANK}*+={_BLANK}*+{_VALUE})?+")
TAG = re.compile(
    rf"<(/?)([a-zA-Z][a-zA-Z0-9]*+)"
    rf"((?:{_BLANK}++{_NAMED}(?:{_BLANK}*+={_BLANK}*+{_VALUE})?+)*+){_BLANK}*+/?>"
)
OPENS = re.compile(r"<[a-zA-Z]")
STARTS = re.compile(r"<[a-zA-Z/!?]")
"""What else stands after `<` makes it a character like others."""


class Tag(NamedTuple):
    """A tag as it was written; `rel` aside, which nh3 writes itself."""

    closes: bool
    name: str
    attributes: tuple[tuple[str, str], ...]


def tags(text: str) -> list[Tag] | None:
    """The tags of *text*; None where something in it is more than plain tags and text.

    In what it takes, no two readers of HTML can differ.
    """
    found = []
    at = 0
    while start := STARTS.search(text, at):
        match = TAG.match(text, start.start())
        if match is None:
            return None
        attributes = _attributes(match[3]) if match[3] else ()
        found.append(Tag(bool(match[1]), match[2].lower(), attributes))
        at = match.end()
    return found


def _attributes(text: str) -> tuple[tuple[str, str], ...]:
    found = []
    for name, double, single, unquoted in _ATTRIBUTE.findall(text):
        value = double or single or unquoted
        if name.lower() != "rel":  # which nh3 writes itself
            value = value.replace("\r\n", "\n").replace("\r", "\n")
            found.append((name.lower(), html.unescape(value) if "&" in value else value))
    return tuple(sorted(found))
