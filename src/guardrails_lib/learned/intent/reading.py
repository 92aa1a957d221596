"""A text as words, sentence ends and lines, with the place of each: all at once, in numpy.

Case, accents and full width are undone, and every digit is 0, one character for one, so that
places stay places.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import NamedTuple

from ..hashing import Hashed
from ..numbers import Hashes, Integers, NDArray, Truths, np

__all__ = ["BLOCK", "SEGMENT", "Reading", "folded", "reading"]

BLOCK = 8192
"""So many characters are read together at most."""
SEGMENT = 40
"""So many words a sentence has at most. What is longer is taken for several."""

_GAP, _OTHER, _WORD, _ALONE, _PAUSE, _NEAR_END, _END, _LINE = range(8)
"""Of a character: space, a mark, part of a word, a word by itself, what is read before a space
without being an end, an end before a space, an end anywhere, and the end of a line."""
_TABLE = 1 << 16
_ENDS = (0x3002, 0xFF01, 0xFF1F)
"""The Chinese full stop and its marks of shouting and asking, which no space follows."""


class Reading(NamedTuple):
    """The words and the sentence ends of a text, in their order."""

    hashed: Hashed
    starts: Integers
    ends: Integers
    """Where each word or sentence end begins and is over; where words are not spaced, a word is
    two characters."""
    is_word: Truths
    segments: Integers
    """The first word of each sentence or line."""
    length: int
    """How many characters there are."""


def folded(text: str) -> str:
    """*text* with what is undone undone.

    >>> folded("Écoute, 12")
    'ecoute, 00'
    """
    fold, _ = _folds()
    return "".join(chr(int(fold[min(ord(each), _TABLE - 1)])) for each in text)


def reading(text: str) -> Reading:
    """What is read in *text*, which is no longer than `BLOCK`."""
    fold, kinds = _folds()
    raw = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    characters = fold.take(raw, mode="clip")
    kind = kinds.take(raw, mode="clip")
    word = kind == _WORD
    first, last = word.copy(), word.copy()
    np.greater(word[1:], word[:-1], out=first[1:])
    np.greater(word[:-1], word[1:], out=last[:-1])
    single = _singles(kind)
    first[single] = last[single] = True
    starts, ends = first.nonzero()[0], last.nonzero()[0] + 1
    read = kind[starts]
    ends = np.minimum(ends + (read == _ALONE), len(kind))
    segments = _segments(read <= _PAUSE)
    return Reading(Hashed(characters), starts, ends, read <= _ALONE, segments, len(kind))


def _singles(kind: NDArray[np.uint8]) -> Integers:
    """Where a character is read by itself: a word, or an end with no other before it."""
    marks = (kind >= _ALONE).nonzero()[0]
    which = kind[marks]
    after = kind.take(marks + 1, mode="clip")
    if len(marks) and marks[-1] == len(kind) - 1:
        after[-1] = _GAP
    is_end = which >= _PAUSE
    is_end &= (which >= _END) | (after == _GAP) | (after == _LINE)
    again = is_end[1:] & is_end[:-1]
    again &= marks[1:] - marks[:-1] == 1
    is_end[1:] ^= again
    is_end |= which == _ALONE
    return marks[is_end]


def _segments(goes_on: Truths) -> Integers:
    """Where a sentence begins: behind the end of another, or where that grows too long."""
    if not len(goes_on):
        return np.zeros(0, dtype=np.int64)
    begins = np.ones(len(goes_on), dtype=np.bool_)
    np.greater(goes_on[1:], goes_on[:-1], out=begins[1:])
    places = begins.nonzero()[0]
    sizes = np.concatenate((places[1:], (len(goes_on),))) - places
    if sizes.max() <= SEGMENT:
        return places
    long = sizes > SEGMENT
    more = [
        np.arange(place + SEGMENT, place + size, SEGMENT)
        for place, size in zip(places[long], sizes[long], strict=True)
    ]
    return np.sort(np.concatenate((places, *more)))


@cache
def _folds() -> tuple[Hashes, NDArray[np.uint8]]:
    """What each character is folded to, and of which kind it is."""
    fold = np.arange(_TABLE, dtype=np.uint64)
    kinds = np.full(_TABLE, _GAP, dtype=np.uint8)
    for code in (*range(0x3000), *range(0xFB00, 0xFFF0)):
        character = chr(code)
        plain = unicodedata.normalize("NFKD", character)[0].lower()
        category = unicodedata.category(character)
        kinds[code] = _kind(character, category)
        fold[code] = ord("0") if category == "Nd" else ord(plain[0])
    kinds[0x3040:0x3100] = kinds[0x3400:0xA000] = _ALONE
    kinds[0xA000:0xD7B0] = _WORD
    kinds[list(_ENDS)] = _END
    fold[0x2019] = ord("'")
    return fold, kinds


def _kind(character: str, category: str) -> int:
    if character in "\n\r\u2028\x0b\x0c":
        return _LINE
    if character in ".!?…؟।":
        return _NEAR_END
    if character in ":;":
        return _PAUSE
    if category[0] in "LMN":
        return _WORD
    return _GAP if category[0] in "ZC" else _OTHER
