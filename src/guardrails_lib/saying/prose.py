"""What of a text is read as prose: no code, no tags, no addresses."""

from __future__ import annotations

import re

__all__ = ["prose"]

_NO_PROSE = re.compile(
    r"(?ms:^[ \t]*(?P<fence>`{3,}|~{3,}).*?(?:^[ \t]*(?P=fence)|\Z))"
    r"|`[^`\n]{0,1000}`"
    r"|</?[A-Za-z][^<>\n]{0,300}>"
    r"|\b[a-z][a-z0-9+.-]{1,20}://\S{1,2000}|\bwww\.\S{1,2000}"
    r"|(?<!\S)[\w.+-]{1,64}@\S{1,255}"
    r"|(?<![^\s,;:])[^\s,;:]{0,100}[\\/_=$#{}][^\s,;:]{0,100}"
)
"""Code, tags, addresses, names of files: whatever language they are in, nobody reads it."""


def prose(text: str) -> str:
    """*text* with blanks instead of what is no prose, each character at its place.

    >>> prose("Call `ls` now")
    'Call      now'
    """
    return _NO_PROSE.sub(lambda match: " " * len(match[0]), text)
