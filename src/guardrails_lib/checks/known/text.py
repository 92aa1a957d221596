"""Texts of a length, with words, names, or a match of a pattern, and without."""

from __future__ import annotations

from ..._known import Known
from .patterns import is_match, match_of

__all__ = ["containing", "longer_than", "matching", "naming"]

_PLAIN = ("", "Thank you!", "The parcel is here.", "2 + 2 = 4", "\u00bfQu\u00e9 tal?")
"""What is said every day. What a check is told to find may be in one of them."""


def longer_than(limit: int) -> Known[str]:
    """One character too many, and as many as there may be."""
    if limit >= _LONGEST:
        return Known(good=["", "a"], why="a text as long as that is not put together here")
    least = max(limit + 1, 0)
    good = dict.fromkeys(("", "a" * limit, "b" * limit)) if limit >= 0 else ()
    return Known(["a" * least, "a b " * least], good)


_LONGEST = 1_000_000


def containing(words: str | tuple[str, ...], ignore_case: bool) -> Known[str]:
    """Each of the words, within others."""
    each = (words,) if isinstance(words, str) else words
    bad = [*each, *(f"It says {word} here." for word in each)]
    if ignore_case:
        bad += [word.swapcase() for word in each if len(word) == len(word.swapcase())]
    lowered = [word.lower() for word in each]
    return Known(
        dict.fromkeys(bad),
        [text for text in _PLAIN if not any(word in text.lower() for word in lowered)],
    )


def naming(names: str | tuple[str, ...], ignore_case: bool) -> Known[str]:
    """Each of the names, alone and in a sentence; and as a part of a longer word."""
    each = (names,) if isinstance(names, str) else names
    stripped = [name.strip() for name in each]
    bad = [*stripped, *(f"Have you heard of {name}, by chance?" for name in stripped)]
    if ignore_case:
        bad += [name.upper() for name in stripped if name.isascii()]
    lowered = [name.lower() for name in stripped]
    return Known(
        dict.fromkeys(bad),
        [text for text in _PLAIN if not any(name in text.lower() for name in lowered)],
    )


def matching(pattern: str) -> Known[str]:
    """A text that matches, put together from the pattern; and such as do not."""
    found = match_of(pattern)
    if found is None:
        return Known(why="no text is put together for such a pattern")
    bad = [text for text in (found, f"It says {found} here.") if is_match(pattern, text)]
    return Known(bad, [text for text in _PLAIN if is_match(pattern, text) is False])
