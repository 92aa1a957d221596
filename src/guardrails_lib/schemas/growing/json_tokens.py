"""Where the strings and numbers of a JSON text end, and what they say."""

from __future__ import annotations

import re

from ..strict import strictly

__all__ = ["as_number", "end_of_number", "end_of_string", "past_blank", "unquoted"]

_CHARACTERS = re.compile(r'(?:[^"\\]++|\\.)*+', re.DOTALL).match
_CONTROL = re.compile(r"[\x00-\x1f]").search
_WHOLE = r"-?(?:0|[1-9][0-9]{0,14})"
_BLANKS = frozenset(" \t\n\r")
_NO_BLANK = re.compile(r"[^ \t\n\r]").search

end_of_number = re.compile(r"[^-+.0-9A-Za-z]").search
"""What stands behind a number, or behind true, false or null."""
as_number = re.compile(rf"({_WHOLE})|{_WHOLE}\.[0-9]{{1,15}}|true|false|null").fullmatch
"""What needs no second look to be JSON; a whole number is a group. Others may be, too."""


def end_of_string(text: str, at: int) -> int:
    """Where a string ends that is open at *at*: at its quote, or at a backslash that is the last.

    It is -1 if the string goes on behind the text.
    """
    end = text.find('"', at)
    if text.find("\\", at, end if end >= 0 else len(text)) < 0:
        return end
    characters = _CHARACTERS(text, at)
    assert characters is not None  # it matches nothing, too
    return characters.end() if characters.end() < len(text) else -1


def unquoted(token: str) -> str:
    """What a string says that stands between quotes; `Malformed` if that is no JSON."""
    if "\\" not in token and (token.isprintable() or not _CONTROL(token)):
        return token[1:-1]
    return str(strictly(token))


def past_blank(text: str, at: int) -> int:
    """Where the blanks end of which one is at *at*."""
    at += 1
    if text[at : at + 1] not in _BLANKS:
        return at
    found = _NO_BLANK(text, at)
    return len(text) if found is None else found.start()
