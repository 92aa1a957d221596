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

_WORD = re.compile(r"[^\W_]+(?:[-'\u2019./][^\W_]+)*")
_SENTENCE = re.compile(r"(?:^|[.!?:;\u2026]|[\"\u201c\u201e(\[]|\n|^[-*+#>|\s]+)\s*$")
_JOIN = listed("of the de la van von der and & di da del du al bin ibn for")
_NO_CODE = re.compile(
    r"\d+(?:[.,]\d+)*(?:st|nd|rd|th|s|k|K|m|M|bn|B|mn|tn|T)?|[12]\d{3}s|\d+(?:[-/.]\d+)+"
)
_GERMAN = re.compile(r"\b(?:der|die|das|und|ist|ein|eine|nicht|mit|f\u00fcr|von|auf|werden|wird)\b")
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


class Name(NamedTuple):
    """A name, and its words in small letters."""

    span: Span
    words: tuple[str, ...]
    exact: bool
    """For a code, which has no forms: GPT-4, B12."""


def names(text: str) -> list[Name]:
    """The names in *text*, in their order.

    >>> [name.words for name in names("Yesterday Marie Curie flew a B-52 for NASA.")]
    [('marie', 'curie'), ('b-52',), ('nasa',)]
    """
    words = list(_WORD.finditer(text))
    small = any(m[0][0].islower() and len(m[0]) > 3 and m[0] not in LITTLE for m in words)
    titled = len(words) > 3 and not small
    german = len(_GERMAN.findall(text)) >= 2
    found: list[Name] = []
    run: list[re.Match[str]] = []
    for match in [*words, None]:
        if match and _is_code(match[0]):
            found += _name(text, run, titled, german)
            run = []
            found.append(Name(Span(*match.span()), (plain(match[0]),), exact=True))
            continue
        if match and run and _goes_on(text, run[-1], match):
            run.append(match)
            continue
        found += _name(text, run, titled, german)
        run = [match] if match and match[0][0].isupper() else []
    return found


def _is_code(word: str) -> bool:
    if not any(letter.isdigit() for letter in word) or word.isdigit():
        return False
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


def _goes_on(text: str, last: re.Match[str], match: re.Match[str]) -> bool:
    between = text[last.end() : match.start()]
    return match[0][0].isupper() and between in {" ", ". ", "-", " & "}


def _name(text: str, run: list[re.Match[str]], titled: bool, german: bool) -> list[Name]:
    """The name that some capitalised words are, if they are one."""
    while run and plain(run[0][0]) in _BEFORE:
        run = run[1:]
    while run and plain(run[-1][0]) in CALENDAR | {"i"}:
        run = run[:-1]
    if not run:
        return []
    first = run[0][0]
    acronym = len(first) > 1 and first.isupper()
    if len(run) == 1 and not acronym and not any(letter.isupper() for letter in first[1:]):
        begins = bool(_SENTENCE.search(text[max(0, run[0].start() - 8) : run[0].start()]))
        if titled or german or run[0].start() == 0 or begins or len(first) < 2:
            return []
    if titled and not acronym:
        return []
    words = tuple(part for match in run for part in re.split(r"[-/.]", plain(match[0])) if part)
    kept = tuple(word.removesuffix("'s") for word in words if word not in _JOIN)
    return [Name(Span(run[0].start(), run[-1].end()), kept, exact=False)]


def initials(text: str) -> set[str]:
    """The first letters of the capitalised words in *text* that stand together.

    >>> sorted(initials("The World Health Organization"))
    ['ho', 'twho', 'who']
    """
    found: set[str] = set()
    run = ""
    for match in [*_WORD.finditer(text), None]:
        if match and match[0][0].isupper():
            run += match[0][0].lower()
        elif not match or match[0] not in _JOIN:
            found.update(run[n:] for n in range(max(0, len(run) - 1)))
            run = ""
    return found
