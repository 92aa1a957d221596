"""The addresses in a text, or the one that a text is, and what is wrong with each."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from typing import NamedTuple

from ..addresses.allowed import misfit
from ..addresses.url import LONGEST, Unreadable, read
from . import url
from .url import Patterns

__all__ = ["Wrong", "wrong"]

_THAT_RUN = "|".join(sorted(url.RUNS))
_IN_TEXT = re.compile(
    rf"""(?:
        (?<![a-z0-9+.-])[a-z][a-z0-9+.-]{{1,30}}:[/\\]{{2}}
        |\bhttps?:
        |\b(?:{_THAT_RUN}):(?!:)
        |(?<![\w:/\\.])(?:[/\\]{{2}}(?=\[|[\w%@-]+[.:@])|www\.(?=\w)|localhost:(?=\d))
    )[^\s<>"`]+""",
    re.IGNORECASE | re.VERBOSE,
)
_MARKS = re.compile(r":(?=[^\s:])|[/\\][/\\]|[wW][wW][wW]\.")
_NAMES = 32
_OF_NAMES = string.ascii_letters + string.digits + "+.-"
_WITH_PORT = re.compile(r"(?=[^:]*[a-z.])[a-z0-9.-]+:\d{1,5}(?:[/?#].*)?", re.IGNORECASE)
_BEGUN = re.compile(r"[a-z0-9+.-]*:?[/\\]*", re.IGNORECASE)
"""The first letters of an address, in which a browser does not see a tab or the end of a line."""

_CALLS = re.compile(r"\w[(\[`=]")
"""What code has, and no title: *JavaScript: The Good Parts (2008)*."""

_BESIDE = """?!.,;*_~'|\\"""
"""What at its end is of the sentence."""

_PAIRS = {")": "(", "]": "[", "}": "{"}


class Wrong(NamedTuple):
    """An address from *start* to *end*, and what is wrong with it."""

    start: int
    end: int
    kind: str


def wrong(text: str, listed: Patterns) -> Iterator[Wrong]:
    """What is wrong with the addresses in *text*.

    >>> list(wrong("Call http://169.254.169.254/ now", ()))
    [Wrong(start=5, end=28, kind='private')]
    """
    if ":" not in text and "/" not in text and "\\" not in text and "www." not in text.lower():
        return
    if len(text) <= LONGEST and _is_one(text):
        kind = _of_one(url.bare(text), listed)
        if kind:
            yield Wrong(0, len(text), kind)
            return
    for start, written in _in_text(text):
        address = _trimmed(written) if len(written) <= LONGEST else written
        kind = _of_one(address, listed)
        if kind:
            yield Wrong(start, start + len(address), kind)


def _in_text(text: str) -> Iterator[tuple[int, str]]:
    """What stands in *text* like an address, and where that begins."""
    end = 0
    for mark in _MARKS.finditer(text):
        if mark.start() < end:
            continue
        at = mark.start()
        start = at
        if mark[0] == ":":
            before = text[max(at - _NAMES, end) : at]
            start = at - len(before) + len(before.rstrip(_OF_NAMES))
        match = _IN_TEXT.match(text, start)
        if match:
            end = match.end()
            yield start, match[0]


def _is_one(text: str) -> bool:
    """Whether all of *text* may be one address, as the argument of a tool is."""
    words = text.split(maxsplit=1)
    if len(words) < 2 or url.runs(text):
        return True
    if _BEGUN.fullmatch(words[0]) is None:
        return False
    return words[0][0] in "/\\" or url.scheme(url.bare(text)) in url.WEB


def _of_one(address: str, listed: Patterns) -> str:
    named = url.scheme(address)
    rest = address[len(named) + 1 :]
    if len(named) == 1 or (named and not rest):  # a drive, or a word before a colon
        return ""
    if url.runs(address):
        return "" if rest[:1] == " " and not _CALLS.search(rest) else "scheme"
    if not named or named == "localhost" or _WITH_PORT.fullmatch(address):
        if address[:1] in {"/", "\\"} and address[1:2] in {"/", "\\"}:
            address = f"https:{address}"
        elif address.lower().startswith("www.") or _WITH_PORT.fullmatch(address):
            address = f"https://{address}"
        else:  # it stays where it is
            return ""
    elif named not in url.WEB and not listed:
        return "scheme" if rest[:1] in {"/", "\\"} and named not in url.FINE else ""
    try:
        seen = read(address)
    except Unreadable:
        return "unreadable"
    if listed:
        return "unlisted" if misfit(seen, listed) else ""
    if seen.user or seen.has_password:
        return "user"
    return "private" if url.private(seen.host) else ""


def _trimmed(address: str) -> str:
    """*address* without what closes the sentence, or a bracket that it does not open."""
    while True:
        last = address[-1:]
        opens = _PAIRS.get(last, "")
        if last not in _BESIDE and (not opens or address.count(last) <= address.count(opens)):
            return address
        if not last:
            return ""
        address = address[:-1]
