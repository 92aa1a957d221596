"""The words of a text, with what each looks like; all of it told from close by."""

from __future__ import annotations

import re
from typing import NamedTuple

from ..hashing import LONGEST, Hashed, codes
from ..numbers import Bytes, Hashes, Integers, Truths, np

__all__ = ["ADDRESS", "LETTERS", "PIECE", "SPACES", "Shape", "Tokens", "lowered", "tokens"]

LETTERS = 32
"""A longer run of letters is no word."""

SPACES = 8
"""More white space than that ends what belongs together, as the end of a line may."""

PIECE = LONGEST - 2 * LETTERS
"""So many characters are cut into words together at most."""


class Shape:
    """What a token looks like."""

    MARK, LOWER, TITLE, UPPER, CAPITAL, MIXED = range(6)
    NUMBER, LINE, GAP, UNCASED, LONG, STAND_IN, PAGE = range(6, 13)


ADDRESS = 96
"""So much of the address of a page is one token."""

_PAGE = re.compile(r"(?i:https?://|www\.)")

_TOKEN = re.compile(
    rf"(?i:https?://|www\.)\S{{1,{ADDRESS}}}"
    r"|\u2588+|\*{3,}|\[[A-Z][A-Z0-9_]{1,40}(?::[A-Z]{8,16})?\]|<[A-Z][A-Z_]{1,40}>"
    r"|[^\W\d_]+(?:[\u0300-\u036f\u0900-\u0903\u093a-\u094f]+[^\W\d_]*)*"
    r"|\d+|\s*\n\s*|\s{9,}|[^\w\s]|_"
)


class Tokens(NamedTuple):
    """The tokens of a text."""

    starts: Integers
    ends: Integers
    told: Integers
    """Where each ends for who reads it: of what stands for something removed, and of the address
    of a page, nothing is read."""
    shapes: Integers
    words: Hashes
    """Each in lower case, and with each digit a nought."""
    hashed: Hashed


def tokens(text: str) -> Tokens:
    """The words, numbers, marks and line ends of *text*, which is no longer than `PIECE`.

    >>> found = tokens("Ann paid 20!")
    >>> list(zip(found.starts.tolist(), found.ends.tolist(), found.shapes.tolist()))
    [(0, 3, 2), (4, 8, 1), (9, 11, 6), (11, 12, 0)]
    """
    spans = np.array([match.span() for match in _TOKEN.finditer(text)], dtype=np.int64)
    starts, ends = spans.reshape(-1, 2).T
    low = lowered(text)
    as_written, lower = codes(text), codes(low)
    digits = (lower - np.uint64(48)) < np.uint64(10)
    plain = np.where(digits, np.uint64(48), lower)
    hashed = Hashed(plain)
    shapes = _shapes(starts, ends, as_written, lower)
    for at in np.flatnonzero((ends - starts > _SHORTEST) & _may_be_page(lower[starts])).tolist():
        if _PAGE.match(text, int(starts[at])):
            shapes[at] = Shape.PAGE
    told = np.where(shapes >= Shape.STAND_IN, starts, ends)
    return Tokens(starts, ends, told, shapes, hashed.pieces(starts, told), hashed)


def lowered(text: str) -> str:
    """*text* in lower case, each character at its place."""
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(each.lower()[0] for each in text)


_KNOWN = 0x3000
"""Beyond are scripts that know no capitals; but for full-width letters, which are rare."""


def _sort(letter: str) -> int:
    if letter.isspace():
        return _SPACE
    if letter.isdecimal():
        return _DIGIT
    if letter.isalpha():
        return _CASED if letter.isupper() or letter.islower() else _PLAIN
    return _OTHER


_SPACE, _DIGIT, _CASED, _PLAIN, _OTHER = range(5)
_SORTS = np.array([_sort(chr(code)) for code in range(_KNOWN)], dtype=np.int8)


def _sorts(firsts: Hashes) -> Bytes:
    """What sort of character each of *firsts* is."""
    if firsts.max(initial=0) < _KNOWN:
        return _SORTS[firsts]
    return np.array([_sort(chr(code)) for code in firsts.tolist()], dtype=np.int8)


def _shapes(starts: Integers, ends: Integers, written: Hashes, lower: Hashes) -> Integers:
    """The shape of each token of a text that is *written* so, and so in *lower* case."""
    upper = np.zeros(len(written) + 1, dtype=np.int64)
    np.cumsum(written != lower, out=upper[1:])
    breaks = np.zeros(len(written) + 1, dtype=np.int64)
    np.cumsum(written == _LINE_FEED, out=breaks[1:])
    lengths = ends - starts
    capitals = upper[ends] - upper[starts]
    first = upper[starts + 1] - upper[starts]
    sorts = _sorts(written[starts])
    shapes = np.full(len(starts), Shape.MIXED)
    shapes[(capitals == 1) & (first == 1)] = Shape.TITLE
    shapes[capitals == lengths] = Shape.UPPER
    shapes[(lengths == 1) & (capitals == 1)] = Shape.CAPITAL
    shapes[capitals == 0] = Shape.LOWER
    shapes[sorts == _PLAIN] = Shape.UNCASED
    shapes[lengths > LETTERS] = Shape.LONG
    shapes[sorts == _OTHER] = Shape.MARK
    shapes[sorts == _DIGIT] = Shape.NUMBER
    shapes[sorts == _SPACE] = Shape.GAP
    shapes[(breaks[ends] > breaks[starts]) & (sorts == _SPACE)] = Shape.LINE
    shapes[(sorts == _OTHER) & (lengths > 1)] = Shape.STAND_IN
    shapes[written[starts] == _BLOT] = Shape.STAND_IN
    return shapes


_SHORTEST = 4


def _may_be_page(firsts: Hashes) -> Truths:
    are: Truths = (firsts == np.uint64(ord("h"))) | (firsts == np.uint64(ord("w")))
    return are


_LINE_FEED = np.uint64(10)
_BLOT = np.uint64(0x2588)
