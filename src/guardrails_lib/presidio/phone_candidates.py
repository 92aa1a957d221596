"""Where in a text libphonenumber would look for a number.

It tries a candidate first as a whole, then its parts. Most of the digits in a text are too few
for any number; a gate says so before anything else is asked, and never wrongly.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from re import Pattern

from . import libphonenumber as library

__all__ = ["ASCII_PLAIN", "PLAIN", "Candidates", "gate"]

PLAIN = library.PUNCTUATION.replace("x", "").replace("~", "").replace("\uff5e", "")
"""The punctuation that no extension begins with, as the inside of a class."""

ASCII_PLAIN = r"-() .\[\]/"

_CARRIED = re.compile(
    rf"[{library.PUNCTUATION}\d+\uff0b,:;=#\uff03\texanotsi\uff45\uff58\uff54\uff4e\uff49\u00f3\u0301\u0434\u043e\u0431]*",
    re.IGNORECASE,
)
"""All that a candidate may hold, its extension included."""

_ASCII_WORDS = "[xX]|[eE][xX][tT]|[aA][nN][eE][xX][oO]|[iI][nN][tT]"
"""How an extension begins in ASCII, as `re` is quick to see."""

_ASCII = re.compile(
    rf"(?:[(\[+][{ASCII_PLAIN}~xX]{{0,4}}){{0,2}}[0-9]{{1,20}}"
    rf"(?:[{ASCII_PLAIN}~xX]{{0,4}}[0-9]{{1,20}}){{0,20}}"
    rf"(?:(?=;|[- ]+[0-9]|[ \t,]*(?:[#~]|{_ASCII_WORDS}))())?"
)
"""A candidate in ASCII, but for its extension; the group says that there could be one."""

_DIVIDED = re.compile(r"[/(.\s\u2012-\u2015\uff0d]")
"""Without one of these a candidate has no parts."""


class Candidates:
    """The candidates in a text, but for those that the gate shuts out."""

    def __init__(self, text: str, opens: Pattern[str]) -> None:
        self._text = text
        self._opens = opens
        self._search = (_ASCII if text.isascii() else library.CANDIDATE).search
        self._digits = self._opened = -1
        self._from = 0

    def after(self, place: int) -> tuple[int, str] | None:
        """The next candidate from *place*, which never goes back.

        What libphonenumber takes for a candidate depends on where it began to look. So it
        looks again from where no candidate reaches over: behind what none can hold.
        """
        text = self._text
        if place > self._digits and not self._look_from(place):
            return None
        match = self._search(text, max(place, self._from))
        if match is not None and match.lastindex:
            match = library.CANDIDATE.match(text, match.start())
        assert match is not None  # there are digits
        whole = match[0]
        if "x" in whole and (second := library.SECOND.search(whole)):
            whole = whole[: second.start()]
        return match.start(), whole

    def _look_from(self, place: int) -> bool:
        """Whether there are digits enough from *place*; where they are is kept."""
        text = self._text
        if text[place - 1 : place + 1].isdecimal() and 0 < place < len(text):
            self._digits = self._from = place  # amid digits the gate does not look
            self._opened = len(text) + 1
            return True
        found = self._opens.search(text, place)
        if found is None:
            return False
        self._digits, self._opened = found.span()
        before = _CARRIED.match(text[place : self._digits][::-1])
        self._from = self._digits - (before.end() if before else 0)
        return True

    def parts(self, start: int, whole: str) -> Iterator[tuple[int, str]]:
        """What could be a number in a candidate, and where, in libphonenumber's order."""
        within = start <= self._digits and self._opened <= start + len(whole)
        if not (within or self._opens.search(whole)) or _is_time(self._text, start, whole):
            return
        if len(whole) <= library.LONGEST:
            yield start, whole
        if not _DIVIDED.search(whole):
            return
        tried = set()
        for offset, part in _inner(whole):
            if (offset, part) in tried or len(part) > library.LONGEST:
                continue
            tried.add((offset, part))
            if self._opens.search(part):
                yield start + offset, part


def gate(digits: int, *, ascii_text: bool, plus: bool, besides: str = "") -> Pattern[str]:
    """What every number holds that has so many digits, or is what *besides* matches.

    libphonenumber reads three letters or more as digits. Such a number holds an `x`, or is
    what is left of one before an extension. Behind a *plus* there may be fewer digits.
    """
    ten, inside, signs = (r"\d", f"{PLAIN}~\uff5e", "+\uff0b")
    if ascii_text:
        ten, inside, signs = "0-9", f"{ASCII_PLAIN}~", "+"
    digit = f"[{ten}]"
    begin = f"(?<!{digit}{digit})"
    few = f"(?:[{inside}xX]{{0,4}}{digit}){{{min(digits, library.FEWEST) - 1}}}"
    if digits <= library.FEWEST:
        return re.compile(f"{digit}{begin}{few}")
    more = f"[{inside}]{{0,4}}{digit}"
    letters = rf"[{inside}\t,]*(?:{_ASCII_WORDS if ascii_text else '(?i:x|e?xt|anexo|int)'})"
    either = f"{besides}|" if besides else ""
    many = f"(?:{either}(?:{more}){{0,{digits - 2}}}+(?:{more}|{letters}))"
    if not plus:
        return re.compile(f"{digit}{begin}{many}")
    lead = f"[{inside}{signs}xX]{{0,9}}{digit}"
    return re.compile(f"[{ten}{signs}](?:(?<={digit}){begin}{many}|(?<=[{signs}]){lead}{few})")


def _is_time(text: str, start: int, whole: str) -> bool:
    """Whether a candidate is a date or a time."""
    if "/" in whole and library.SLASHED.search(whole):
        return True
    end = start + len(whole)
    stamp = text.startswith(":", end) and library.STAMP_END.match(text, end)
    return bool(stamp and library.STAMP.search(whole))


def _inner(whole: str) -> Iterator[tuple[int, str]]:
    """The parts of a candidate, cut in six ways.

    Each way goes on from the next character, and often to the same part again. To look on
    from right before the part finds all others; parts up to the end that are too long to be
    numbers are passed over. So the work grows with the candidate and not with its square.
    """
    near_end = len(whole[: max(0, len(whole) - library.LONGEST)].rstrip()) - 2
    for pattern in library.INNER:
        match = pattern.search(whole)
        if match is None:
            continue
        yield 0, _trimmed(whole[: match.start()])
        last = -1
        while match is not None:
            start, end = match.span(1)
            if start != last:
                last = start
                yield start, _trimmed(match[1])
            following = max(match.start() + 1, start - 1)
            if end == len(whole):
                following = max(following, near_end)
            match = pattern.search(whole, following)


def _trimmed(part: str) -> str:
    """Without what no number ends with: all but letters, digits and the hash."""
    end = len(part)
    while end and not (part[end - 1].isalnum() or part[end - 1] == "#"):
        end -= 1
    return part[:end]
