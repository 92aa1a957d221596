"""The sentences of a source: the places that an answer can rest on."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .._types import Span

__all__ = ["LONGEST", "sentences"]

LONGEST = 600
"""What goes on longer is cut, between words where it has any."""

_END = re.compile(
    r"[.!?\u2026\n\r\u2028\u2029\uff01\uff1f\uff61\u3002\u061f\u06d4\u0964](?:"
    r"(?<=[.!?\u2026])(?<![.!?\u2026]{2})[.!?\u2026]*+"
    r"[\"')\]\u00bb\u201d\u2019*_]{0,4}(?:\[[^\[\]\s]{1,20}\])*(?=\s)"
    r"|(?<=\n)(?:\s*\n|(?<=[:;|,]\n)|(?<=[:;|,][ \t]\n)"
    r"|(?=[ \t]*(?:[-*+\u2022#>|]|\d{1,3}[.)]\s|[A-Z\u00c0-\u00de])))"
    r"|(?<=[\r\u2028\u2029\uff01\uff1f\uff61\u3002\u061f\u06d4\u0964]))"
)
"""What ends a sentence. A line that ends may be the end of one, or only of a line."""

_SHORT = re.compile(
    r"(?:^|[\s(\"'])(?:[A-Z](?:\.[A-Z])*|[a-z](?:\.[a-z])+|Dr|Mr|Mrs|Ms|Prof|St|Jr|Sr|vs|No|Nr|cf|al"
    r"|e\.g|i\.e|etc|approx|ca|Inc|Ltd|Co|Corp|Gen|Col|Lt|Sgt|Rev|Hon|Fig|Vol|pp|bzw|z\.B|d\.h"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec|[0-3]?\d)\.$"
)
"""What has a point and goes on: an initial, a short form, an ordinal as Germans write it."""

_GOES_ON = re.compile(
    r"\s+(?:[a-z\u00df-\u00ff\d(]|(?:Jan|Feb|M\u00e4r|Apr|Ma|Jun|Jul|Aug|Sep|Okt|Nov|Dez)[a-z]*\b)"
)
_LETTER = re.compile(r"[^\W_]")


def sentences(text: str, start: int = 0, end: int | None = None) -> Iterator[Span]:
    """Where the sentences of *text* are: all that has letters is in one of them.

    >>> text = "Dr. Lee came in 2010. She left."
    >>> [text[a:b] for a, b in sentences(text)]
    ['Dr. Lee came in 2010.', 'She left.']
    """
    stop = len(text) if end is None else end
    for match in _END.finditer(text, start, stop):
        if match[0] == "." and _is_short(text, start, match.end()):
            continue
        yield from _pieces(text, start, match.end())
        start = match.end()
    yield from _pieces(text, start, stop)


def _is_short(text: str, start: int, end: int) -> bool:
    found = _SHORT.search(text, max(0, start - 1, end - 12), end)
    if not found:
        return False
    word = found[0].strip(" \t\n(\"'")
    if word[0].isdigit() and (found.start() == 0 or text[found.start()] == "\n"):
        return True  # the number of an item
    if word[0].isdigit() or word in {"etc.", "al.", "Inc.", "Ltd.", "Co.", "Corp.", "Jr.", "Sr."}:
        return bool(_GOES_ON.match(text, end))
    if len(word) > 2 and word.replace(".", "").isupper():  # U.S. may end a sentence
        return not re.match(r"\s+(?:The|It|He|She|They|This|In|A|An|We|I)\b", text[end : end + 12])
    return True


def _pieces(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end:
        while start < end and text[start].isspace():
            start += 1
        stop = end
        while stop > start and text[stop - 1].isspace():
            stop -= 1
        if stop - start > LONGEST:
            blank = text.rfind(" ", start + 1, start + LONGEST)
            stop = blank if blank > start else start + LONGEST
        if _LETTER.search(text, start, stop):
            yield Span(start, stop)
        if stop <= start:
            return
        start = stop
