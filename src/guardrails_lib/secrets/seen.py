"""A text as it is seen: without what takes no room, and with full-width letters as others."""

from __future__ import annotations

import re

__all__ = ["as_seen", "is_plain", "last_run"]

_INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200c\u200e\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff"
)
_OF_EMOJI = "\u200d\ufe00-\ufe0f"
"""They are part of most emoji, and then hide nothing."""

_WIDE = "\uff0d\uff10-\uff19\uff21-\uff3a\uff3f\uff41-\uff5a"
_ODD = re.compile(rf"[{_INVISIBLE}{_WIDE}]|(?<=[\x00-\x7f])[{_OF_EMOJI}]")
_ANY = re.compile(f"[{_INVISIBLE}{_OF_EMOJI}{_WIDE}]")
_ASCII = bytes(range(128))
_READ = re.compile(f"([{_INVISIBLE}{_OF_EMOJI}]+)|[{_WIDE}]+")
_PLAIN = {0xFEE0 + code: code for code in range(33, 127)}

_BREAK = re.compile(f"[^!-~{_INVISIBLE}{_OF_EMOJI}{_WIDE}]")
"""What no secret is written with."""


def is_plain(text: str) -> bool:
    """Whether *text* is seen as it stands."""
    if text.isascii():
        return True
    beyond = text.encode("utf-8", "surrogatepass").translate(None, _ASCII)  # few, as a rule
    if _ANY.search(beyond.decode("utf-8", "surrogatepass")) is None:
        return True
    return _ODD.search(text) is None


def as_seen(text: str) -> tuple[str, list[int]]:
    """*text* as it is seen, and where each of its characters stands."""
    pieces: list[str] = []
    places: list[int] = []
    at = 0
    for match in _READ.finditer(text):
        start, end = match.span()
        pieces.append(text[at:start])
        places += range(at, start)
        if match[1] is None:
            pieces.append(match[0].translate(_PLAIN))
            places += range(start, end)
        at = end
    places += range(at, len(text))
    return "".join([*pieces, text[at:]]), places


def last_run(text: str) -> int:
    """Where the last characters begin that are seen as one, without a blank."""
    found = _BREAK.search(text[::-1])
    return len(text) - found.start() if found else 0
