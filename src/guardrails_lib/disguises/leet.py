"""Words in which digits and signs stand for the letters that they resemble."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from .view import Edit, View, edited

__all__ = ["leet"]

_WORD = re.compile(r"(?<![\w@$/+=])[\w@$](?:[\w@$!]{0,38}[\w@$])?(?![\w@$/+=])", re.ASCII)
_ADDRESS = re.compile(r"[\w.+-]*\w@\w[\w-]*\.", re.ASCII)
_INNER = re.compile(r"[A-Za-z][013456789$!]{1,4}(?=[A-Za-z])")
_DIGIT = re.compile(r"[013456789@$!]")
_LETTER = re.compile(r"[A-Za-z]")
_LIKE = str.maketrans("03456789@$", "oeasgtbgas")
_HEX = re.compile("[0-9A-Fa-f]{6,}")
_ONES = re.compile(r"[1!]+")

_NEAR = 240
"""So far from a word that is surely written so, another may be that has one digit at its end."""


def leet(text: str) -> Iterator[View]:
    """*text* with letters for the digits in its words. A one is an i, or an l; two are ll."""
    words = _words(text)
    if not words:
        return
    letters = (("i", "i"), ("i", "l"), ("l", "l"))
    for one, more in letters:
        yield from edited(text, (_read(match, one, more) for match in words), "leet")


def _read(word: re.Match[str], one: str, more: str) -> Edit:
    plain = _ONES.sub(
        lambda ones: one if len(ones[0]) == 1 else more * len(ones[0]), word[0].translate(_LIKE)
    )
    return Edit(*word.span(), plain, 1)


def _words(text: str) -> list[re.Match[str]]:
    """The words to be read: those that are surely written so, and what may be, near them."""
    words = [each for each in _WORD.finditer(text) if _may_be(each[0])]
    sure = [each for each in words if _INNER.search(each[0]) and not _is_name(each[0])]
    if not any(_is_plenty(each[0]) for each in sure) and not _are_near(sure):
        return []
    near: list[re.Match[str]] = []
    at = 0
    for each in words:
        while at + 1 < len(sure) and sure[at].end() + _NEAR < each.start():
            at += 1
        if sure[at].start() - _NEAR < each.end() and each.start() < sure[at].end() + _NEAR:
            near.append(each)
    return near


def _may_be(word: str) -> bool:
    return bool(_LETTER.search(word) and _DIGIT.search(word)) and not _ADDRESS.match(word)


def _is_name(word: str) -> bool:
    """Whether it is more likely a number, a name in code, or an abbreviation."""
    letters = len(_LETTER.findall(word))
    few = letters < 2 or 2 * letters < len(word) - 2
    return few or "_" in word or (len(word) < 6 and word.isupper()) or bool(_HEX.fullmatch(word))


def _is_plenty(word: str) -> bool:
    return len(_INNER.findall(word)) > 1 and len(word) > 5


def _are_near(sure: list[re.Match[str]]) -> bool:
    """Whether two words that differ stand together."""
    pairs = itertools.pairwise(sure)
    return any(
        two.start() - one.end() < _NEAR // 4 and one[0].lower() != two[0].lower()
        for one, two in pairs
    )
