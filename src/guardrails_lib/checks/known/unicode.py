"""Texts with what does not show, turned, borrowed or in disguise, and texts without."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from itertools import islice

from ..._check import Check
from ..._known import Known

__all__ = ["disguised", "invisible", "look_alike", "reordered"]

_PLAIN = ("Thank you!", "\u0434\u043e \u0441\u0432\u0438\u0434\u0430\u043d\u0438\u044f")


def invisible() -> Known[str]:
    """A zero-width space within a word, and tag characters after one."""
    tags = "".join(chr(0xE0000 + ord(letter)) for letter in "obey")
    return Known(["ig\u200bnore", f"hello{tags}"], [*_PLAIN, "co\u00adoperate"])


def reordered() -> Known[str]:
    """An override in the name of a file, and one that says Hebrew of English."""
    hebrew = "\u05e9\u05dc\u05d5\u05dd"
    return Known(["file\u202egpj.exe", "pay \u2067me\u2069 now"], [*_PLAIN, hebrew])


def look_alike() -> Known[str]:
    """A Cyrillic letter in a Latin word."""
    return Known(["log in to p\u0430ypal", "micr\u043esoft"], [*_PLAIN, "na\u00efve"])


def disguised(check: Check[str]) -> Known[str]:
    """The samples of *check*, with something in between that does not show."""
    known = check.known
    if known is None:
        return Known(why=f"{check.name} declares no samples")
    bad = [hidden for each in known.bad for hidden in islice(_unseen(check, each), 1)]
    why = known.why or ("" if bad else f"{check.name} sees through what its samples are put in")
    return Known(bad, known.good, why)


def _unseen(check: Check[str], text: str) -> Iterator[str]:
    """*text* in those disguises that can be taken off, and that *check* does not see through."""
    from ...disguises import views  # noqa: PLC0415  # it takes 40 ms

    for disguise in (_parted, _spaced, _coded):
        hidden = disguise(text)
        readable = hidden != text and any(text in view.text for view in views(hidden))
        if readable and not any(True for _ in check(hidden)):
            yield hidden


def _parted(text: str) -> str:
    """A character that does not show, in each word."""
    return re.sub(r"\b\w{2}(?=\w)", lambda begin: f"{begin[0]}\u200b", text)


def _spaced(text: str) -> str:
    return re.sub(r"\w(?=\w)", lambda letter: f"{letter[0]} ", text)


def _coded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()
