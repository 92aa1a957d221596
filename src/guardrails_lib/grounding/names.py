"""Names: what a text writes with capitals, and what has letters and digits in one word."""

from __future__ import annotations

import re
from typing import NamedTuple

from .._types import Span
from .dates import CALENDAR
from .spelled import SPELLED
from .units import SCALES, units_of
from .words import LITTLE, listed, plain

__all__ = ["Name", "initials", "names"]

_SENTENCE = re.compile(r"(?:^|[.!?:;\u2026]|[\"\u201c\u201e(\[]|\n|^[-*+#>|\s]+)\s*$")
_JOIN = listed("of the de la van von der and & di da del du al bin ibn for")
_NO_CODE = re.compile(
    r"\d+(?:[.,]\d+)*(?:st|nd|rd|th|s|k|K|m|M|bn|B|mn|tn|T)?|[12]\d{3}s|\d+(?:[-/.]\d+)+"
)
_GERMAN = listed("der die das und ist ein eine nicht mit f\u00fcr von auf werden wird")
_SMALL = re.compile(r"\b[a-z]{4,}")
_LONGER = re.compile(r"\b[^\W\d_]{4,}")
_CAPITAL = re.compile(
    r"[A-Z0-9\u00c0-\u00de\u0100-\u017f\u0386-\u03ab\u0400-\u042f](?<![^\W_].)"
    r"[^\W_]*(?:[-'\u2019./][^\W_]+)*"
)
_SMALL_CODE = re.compile(r"\b[a-z]{1,20}\d[^\W_]*")
_DIGIT = re.compile(r"\d")
_PART = re.compile(r"[-/.]")
_BETWEEN = frozenset({" ", ". ", "-", " & "})
_RUN = re.compile(
    r"[A-Z][^\W_]*(?:[ \n-]{1,2}(?:(?:of|the|and|for|de|la|&)[ \n]){0,2}[A-Z][^\W_]*)+"
)
_INITIAL = re.compile(r"\b[A-Z]")
_BEFORE = (
    LITTLE
    | CALENDAR
    | SPELLED
    | listed(
        "mr mrs ms dr prof sir lady lord president king queen prince princess pope saint yesterday "
        "tomorrow later recently currently originally former formerly according "
        "additionally moreover furthermore finally overall both while despite unlike like "
        "customers users"
    )
)
"""What stands with a capital before a name and is none of it."""

_NO_END = CALENDAR | {"i"}


class Name(NamedTuple):
    """A name, and its words in small letters."""

    span: Span
    words: tuple[str, ...]
    exact: bool
    """For a code, which has no forms: GPT-4, B12."""


def names(text: str) -> list[Name]:
    """The names in *text*, the codes first.

    >>> [name.words for name in names("Yesterday Marie Curie flew a B-52 for NASA.")]
    [('b-52',), ('marie', 'curie'), ('nasa',)]
    """
    found: list[Name] = []
    runs: list[list[re.Match[str]]] = []
    end = -2
    for match in _CAPITAL.finditer(text):
        word = match[0]
        if _DIGIT.search(word) and _is_code(word):
            found.append(Name(Span(*match.span()), (plain(word),), exact=True))
        elif word[0].isupper():
            if runs and text[end : match.start()] in _BETWEEN:
                runs[-1].append(match)
            else:
                runs.append([match])
            end = match.end()
    if _DIGIT.search(text):
        small = _SMALL_CODE.finditer(text)
        found += (Name(Span(*match.span()), (match[0],), exact=True) for match in small)
    if runs and not _is_title(text):
        found += (name for run in runs if (name := _name(text, run)))
    elif runs:
        acronyms = (run for run in runs if len(run[0][0]) > 1 and run[0][0].isupper())
        found += (name for run in acronyms if (name := _name(text, run)))
    return found


def _is_code(word: str) -> bool:
    if _NO_CODE.fullmatch(word):
        return False
    letters = [part for part in re.split(r"[\d\W]+", word) if part]
    if word[0].isdigit() and all(
        units_of(part)
        or part.lower() in SCALES
        or part.lower() in {"old", "long", "a", "p"}
        or part.islower()
        for part in letters
    ):
        return False
    return bool(letters)


def _name(text: str, run: list[re.Match[str]]) -> Name | None:
    """The name that some capitalised words are, if they are one."""
    led = len(run)
    while run and plain(run[0][0]) in _BEFORE:
        run = run[1:]
    led -= len(run)
    while run and plain(run[-1][0]) in _NO_END:
        run = run[:-1]
    if not run:
        return None
    first, start = run[0][0], run[0].start()
    alone = len(run) == 1 and (len(first) == 1 or first[1:].islower())
    if alone and (len(first) == 1 or (not led and _begins(text, start)) or _is_german(text)):
        return None
    words = [plain(match[0]).removesuffix("'s") for match in run]
    if any(map(_PART.search, words)):
        words = [part for word in words for part in _PART.split(word) if part]
    kept = tuple(word for word in words if word not in _JOIN)
    return Name(Span(start, run[-1].end()), kept, exact=False)


def _is_german(text: str) -> bool:
    """Whether any noun may have a capital."""
    return len(_GERMAN.intersection(text.split())) > 1


def _begins(text: str, start: int) -> bool:
    """Whether a sentence begins there, where any word has a capital."""
    return start == 0 or bool(_SENTENCE.search(text[max(0, start - 8) : start]))


def _is_title(text: str) -> bool:
    """Whether all its longer words have capitals, which say nothing then."""
    if any(match[0] not in LITTLE for match in _SMALL.finditer(text)):
        return False
    return len(_LONGER.findall(text)) > 2


def initials(text: str) -> set[str]:
    """The first letters of the capitalised words in *text* that stand together.

    >>> sorted(initials("by the World Health Organization"))
    ['ho', 'who']
    """
    found: set[str] = set()
    for run in _RUN.findall(text):
        letters = "".join(_INITIAL.findall(run)).lower()[:20]
        found.update(letters[n:] for n in range(len(letters) - 1))
    return found
