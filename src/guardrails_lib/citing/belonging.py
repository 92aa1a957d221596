"""Which citations belong to which claim of a text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Literal, NamedTuple, TypeAlias

from ..grounding import Claim, claims
from .forms import Mark

__all__ = ["MOST", "Cited", "Within", "cited"]

MOST = 2_000
"""So many claims are looked at; a reply with more is no answer that a person reads."""

Within: TypeAlias = Literal["paragraph", "sentence"]


class Cited(NamedTuple):
    """A claim, and the citations that stand for it."""

    claim: Claim
    marks: tuple[Mark, ...]


_BREAK = re.compile(r"\n[ \t]*\n\s*|\n(?=[ \t]*(?:[-*+\u2022\u2013][ \t]|\d{1,3}[.)][ \t]|#|\||>))")
"""Where a paragraph, an item or a row ends."""
_NOTHING = re.compile(r"[\s.,;:!?*_)\]}\"'|\u201d\u2019\u00bb\u3002]*")
_NEAR = 200
"""Between what is last and the end there are at most so many marks."""
_LEAD_IN = 12
"""A line of so many words that ends with a colon leads to what follows."""


def cited(text: str, found: Sequence[Mark], within: Within) -> Iterator[Cited]:
    """The claims of *text*, each with those of the citations *found* in it that stand for it.

    They stand in its sentence, or right behind that. Within a *paragraph* those at its end
    stand for all of its sentences that have none.

    >>> from .forms import marks
    >>> text = "It is 5. It was 4. [1]"
    >>> [len(each.marks) for each in cited(text, marks(text), "paragraph")]
    [1, 1]
    >>> [len(each.marks) for each in cited(text, marks(text), "sentence")]
    [0, 1]
    """
    breaks = [0, *(each.end() for each in _BREAK.finditer(text))]
    stated = (each for each in claims(_unmarked(text, found)) if _LETTER.search(each.text))
    said = list(islice(stated, MOST + 1))
    used = [each for each in found if not each.label]
    own = _own(text, said, used, breaks)
    last = _last_marks(text, used, breaks) if within == "paragraph" else {}
    for number, claim in enumerate(said):
        if claim.text.rstrip(" *_").endswith(":") and _leads_in(claim.text):
            continue
        its = own.get(number) or last.get(_block(breaks, claim.span.end - 1)) or []
        yield Cited(claim, tuple(its))


_LETTER = re.compile(r"[^\W\d_]")
_NO_END = re.compile(r"</\w{1,10}\s{0,5}>|(?:\.{3}|\u2026)(?=[\])]?\s+[a-z])")
"""A tag, and an ellipsis in a sentence."""


def _unmarked(text: str, found: Sequence[Mark]) -> str:
    """*text* with blanks for the citations in it, but for the words of links."""
    pieces, end = [], 0
    for mark in found:
        start, stop = mark.span
        said = text[start:stop]
        pieces.append(text[end:start])
        if said.startswith("[") and (words := said.find("](")) > 0:
            pieces.append(f" {said[1:words]}")
            start += words
        pieces.append(" " * (stop - start))
        end = stop
    pieces.append(text[end:])
    return _NO_END.sub(lambda match: " " * len(match[0]), "".join(pieces))


def _leads_in(said: str) -> bool:
    return len(said.split()) <= _LEAD_IN and not any(each.isdigit() for each in said)


def _block(breaks: Sequence[int], place: int) -> int:
    return bisect_right(breaks, place) - 1


def _own(
    text: str, said: Sequence[Claim], used: Sequence[Mark], breaks: Sequence[int]
) -> dict[int, list[Mark]]:
    """The citations of each claim, by its number."""
    own: dict[int, list[Mark]] = defaultdict(list)
    blocks = [_block(breaks, each.span.start) for each in said]
    starts = list(_starts(text, said, used, breaks))
    ends = [each.span.end for each in said]
    for mark in used:
        if mark.around is not None:
            first = bisect_right(ends, mark.around.start)
            for number in range(first, bisect_right(starts, mark.around.end - 1)):
                own[number].append(mark)
            continue
        number = bisect_right(starts, mark.span.start) - 1
        if number >= 0 and blocks[number] == _block(breaks, mark.span.start):
            own[number].append(mark)
    return own


_BEFORE_WORDS = " \t\n-*+>|#\u2022.)(0123456789"


def _starts(
    text: str, said: Sequence[Claim], used: Sequence[Mark], breaks: Sequence[int]
) -> Iterator[int]:
    """From where on citations belong to each claim: its first word, or the end of the one before.

    That is where the paragraph begins with a citation, so each sentence has its own in front.
    """
    leading = set()
    for mark in used:
        block = _block(breaks, mark.span.start)
        if not text[breaks[block] : mark.span.start].strip(_BEFORE_WORDS):
            leading.add(block)
    end = 0
    for claim in said:
        block = _block(breaks, claim.span.start)
        yield max(end, breaks[block]) if block in leading else claim.span.start
        end = claim.span.end


def _last_marks(text: str, used: Sequence[Mark], breaks: Sequence[int]) -> dict[int, list[Mark]]:
    """The citations at the end of each paragraph."""
    last: dict[int, list[Mark]] = defaultdict(list)
    for mark in reversed(used):
        block = _block(breaks, mark.span.start)
        stop = last[block][-1].span.start if last[block] else _end(text, breaks, block)
        start = mark.around.end if mark.around else mark.span.end
        if stop - start > _NEAR:
            continue
        between = re.sub(r"</\w{1,10}>", "", text[start:stop])
        if _NOTHING.fullmatch(between):
            last[block].append(mark)
    return last


def _end(text: str, breaks: Sequence[int], block: int) -> int:
    return breaks[block + 1] if block + 1 < len(breaks) else len(text)
