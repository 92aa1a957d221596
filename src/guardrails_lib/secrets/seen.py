"""A text as it is seen: without what takes no room, and with full-width letters as others."""

from __future__ import annotations

import re

__all__ = ["FOLDED", "as_seen", "is_plain"]

_INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff"
)
_WIDE = "\uff01-\uff5e"
_ODD = re.compile(f"[{_INVISIBLE}{_WIDE}]")
FOLDED = re.compile(f"[!-~{_INVISIBLE}{_WIDE}]")
"""What a secret can be written with."""

_APART = 0xFEE0


def is_plain(text: str) -> bool:
    """Whether *text* is seen as it stands."""
    return text.isascii() or _ODD.search(text) is None


def as_seen(text: str) -> tuple[str, list[int]]:
    """*text* as it is seen, and where each of its characters stands."""
    letters: list[str] = []
    places: list[int] = []
    for at, letter in enumerate(text):
        if letter.isascii() or not _ODD.match(letter):
            letters.append(letter)
        elif "\uff01" <= letter <= "\uff5e":
            letters.append(chr(ord(letter) - _APART))
        else:
            continue
        places.append(at)
    return "".join(letters), places
