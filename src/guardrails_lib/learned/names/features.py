"""What tells that a token is part of a name: itself, and what stands within a few tokens of it."""

from __future__ import annotations

from ..hashing import buckets, mixed
from ..numbers import Hashes, Integers, NDArray, Truths, np
from .tokens import LETTERS, SPACES, Shape, Tokens

__all__ = [
    "AHEAD",
    "BITS",
    "COMMON",
    "FEATURES",
    "REACH",
    "STAND_IN",
    "commonness",
    "features",
    "walls",
]

BITS = 20
"""The table of weights has ``2 ** BITS`` rows."""

COMMON = 16
"""The table of how common words are has ``2 ** COMMON`` places."""

REACH = 6
"""No token farther back counts."""

AHEAD = 3
"""No token farther on counts."""

STAND_IN = 64
"""No name of what was removed is longer."""

_ENDS = (1, 2, 3, 4, 5)
"""So many letters of a word's beginning and of its end are looked at."""


FEATURES = (
    *("the word", "the word and its capitals"),
    *(f"its first {count} letters" for count in _ENDS),
    *(f"its last {count} letters" for count in _ENDS),
    *("its shape and length", "how common it is", "how common it is, and the case around it"),
    *("the word before", "the second word before", "the third word before"),
    *("the word after", "the second word after", "the third word after"),
    *("the two words before", "the word before, and it", "it, and the word after"),
    *("the two words after", "the words on both sides", "the two words before, and its shape"),
    *("the second word before, and its shape", "the word before, and its shape"),
    *("the word after, and its shape", "the second word after, and its shape"),
    *("the word before, and how common it is", "the word after, and how common it is"),
    *("the shapes on both sides", "the shapes two on both sides", "the shapes, and how common"),
    *("how common the word before is", "how common the word after is", "how common all three are"),
    *("how the word before ends", "how the word after ends", "how the word before begins"),
    *("its end and its shape", "its end and how common it is", "its beginning and its shape"),
    *("its shape in the case around it", "what it is glued to, and its shape"),
    *("what it is glued to, and the word before", "what it is glued to, and how common it is"),
    *("the word before, and its end", "the word after, and its end", "nothing but being a word"),
)
"""What each column of `features` looks at, in words."""


def commonness(words: Hashes) -> Integers:
    """Where in the table of how common words are each of *words* is."""
    return buckets(words, COMMON)


def features(found: Tokens, common: NDArray[np.uint8]) -> Integers:
    """The features of each token, as rows of the table of weights."""
    shape = found.shapes
    known = common[commonness(found.words)].astype(np.int64)
    known[(shape == Shape.MARK) | (shape >= Shape.LINE)] = 0
    length = np.minimum(found.told - found.starts, 12)
    glued = np.zeros(len(shape) + 1, dtype=np.int64)
    glued[1:-1] = found.starts[1:] == found.ends[:-1]
    word = found.words.copy()
    word[shape == Shape.LONG] = 0

    places = _places(walls(found))
    w = _Beside(word, places)
    s = _Beside(_spread(shape), places)
    k = _Beside(_spread(known), places)
    heads, tails = _ends(found)
    p3, s3 = _Beside(heads[2], places), _Beside(tails[2], places)
    g = _spread(glued[:-1] + 2 * glued[1:])
    a = _spread(_around(shape, places))
    own = s[0] + _TURN * k[0]
    wide = s[-1] + _TURN * (s[0] + _TURN * s[1])
    told = [
        *(w[0], w[0] + _TURN * s[0], *heads, *tails),
        *(s[0] + _TURN * _spread(length), own, own + _TURN * a),
        *(w[-1], w[-2], w[-3], w[1], w[2], w[3]),
        *(w[-2] + _TURN * w[-1], w[-1] + _TURN * w[0], w[0] + _TURN * w[1], w[1] + _TURN * w[2]),
        *(w[-1] + _TURN * w[1], w[-2] + _TURN * (w[-1] + _TURN * s[0])),
        *(each + _TURN * s[0] for each in (w[-2], w[-1], w[1], w[2])),
        *(w[-1] + _TURN * own, w[1] + _TURN * own),
        *(wide, wide + _TURN * (s[-2] + _TURN * s[2]), wide + _TURN * k[0]),
        *(k[-1] + _TURN * (s[0] + _TURN * s[-1]), k[1] + _TURN * (s[0] + _TURN * s[1])),
        k[-1] + _TURN * (k[0] + _TURN * k[1]),
        *(s3[-1] + _TURN * s[0], s3[1] + _TURN * s[0], p3[-1] + _TURN * s[0]),
        *(tails[2] + _TURN * s[0], tails[1] + _TURN * own, heads[3] + _TURN * s[0]),
        *(a + _TURN * s[0], g + _TURN * s[0], g + _TURN * w[-1], g + _TURN * own),
        *(w[-1] + _TURN * tails[2], w[1] + _TURN * tails[2]),
        np.zeros(len(word), dtype=np.uint64),
    ]
    salted = np.stack(told, axis=1)
    salted += _SALT[: len(told)]
    return buckets(mixed(salted), BITS)


def walls(found: Tokens) -> Truths:
    """The tokens that nothing is seen through: what is longer than words and gaps are."""
    shape, length = found.shapes, found.ends - found.starts
    are: Truths = (
        ((shape == Shape.NUMBER) & (length > LETTERS))
        | ((shape == Shape.LINE) & (length > SPACES))
        | (shape == Shape.GAP)
        | (shape == Shape.LONG)
        | ((shape == Shape.STAND_IN) & (length > STAND_IN))
    )
    return are


_TURN = np.uint64(0xC2B2AE3D27D4EB4F)
_SALT = np.cumprod(np.full(64, 0x165667B19E3779F9, dtype=np.uint64))
"""One for each kind of feature, so that equal hashes of two kinds fall apart."""


def _places(are_walls: Truths) -> Integers:
    """Where each token stands, with as much room at each wall as nothing reaches over."""
    rooms = np.cumsum(are_walls) * REACH
    rooms[1:] += rooms[:-1].copy()
    return np.arange(REACH, REACH + len(are_walls)) + rooms


class _Beside:
    """What is at some distance of each token; nothing beyond the ends, and beyond a wall."""

    def __init__(self, values: Hashes, places: Integers) -> None:
        self._padded = np.zeros(int(places[-1]) + REACH + 1, dtype=np.uint64)
        self._padded[places] = values
        self._places = places

    def __getitem__(self, distance: int) -> Hashes:
        return self._padded[self._places + distance]


def _spread(values: Integers) -> Hashes:
    return mixed((values + 1).astype(np.uint64) * _TURN)


def _ends(found: Tokens) -> tuple[list[Hashes], list[Hashes]]:
    """The first letters of each token, and the last."""
    starts, ends, hashed = found.starts, found.told, found.hashed
    heads = [hashed.pieces(starts, np.minimum(starts + n, ends)) for n in _ENDS]
    tails = [hashed.pieces(np.maximum(ends - n, starts), ends) for n in _ENDS]
    return heads, tails


def _around(shapes: Integers, places: Integers) -> Integers:
    """Whether capitals or small letters begin the words around each token."""
    small = _near(shapes == Shape.LOWER, places)
    title = _near((shapes == Shape.TITLE) | (shapes == Shape.MIXED), places)
    upper = _near(shapes == Shape.UPPER, places)
    words = small + title + upper
    every = np.maximum(words, 1)
    around: Integers = 4 * (3 * title // every) + 2 * upper // every + 16 * (words == 0)
    return around


def _near(are: Truths, places: Integers) -> Integers:
    """How many of the tokens within reach *are*."""
    padded = np.zeros(int(places[-1]) + REACH + 2, dtype=np.int64)
    padded[places + 1] = are
    sums: Integers = np.cumsum(padded)
    return sums[places + AHEAD + 1] - sums[places - REACH]
