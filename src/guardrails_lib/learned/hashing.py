"""Hashes of many pieces of a text at once.

The hash of a piece depends on its characters alone, not on where it stands: sums over all
characters before a place are made once, and a piece is a difference of two.
"""

from __future__ import annotations

from .numbers import Hashes, Integers, np

__all__ = ["LONGEST", "Hashed", "buckets", "codes", "hash_of", "mixed"]

LONGEST = 1 << 14
"""So many characters are hashed together at most. A longer text is cut by its reader."""

_BASE = 0x9E3779B97F4A7C15
_TURN = np.uint64(0xD6E8FEB86659FD93)
_HALF = np.uint64(32)


def _powers(of: int) -> Hashes:
    """The powers of *of*, modulo 2**64."""
    every = np.full(LONGEST + 1, of, dtype=np.uint64)
    every[0] = 1
    return np.cumprod(every, dtype=np.uint64)


_UP = _powers(_BASE)
_DOWN = _powers(pow(_BASE, -1, 1 << 64))


def codes(text: str) -> Hashes:
    """The characters of *text* as numbers; half a surrogate pair is one."""
    raw = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    return raw.astype(np.uint64)


class Hashed:
    """A text whose pieces can be hashed, many at once.

    >>> hashed = Hashed(codes("the cat, the dog"))
    >>> the, cat, again = hashed.pieces(np.array([0, 4, 9]), np.array([3, 7, 12]))
    >>> bool(the == again), bool(the == cat)
    (True, False)
    """

    def __init__(self, characters: Hashes) -> None:
        sums = np.zeros(len(characters) + 1, dtype=np.uint64)
        worth = characters + np.uint64(1)
        worth *= _UP[: len(characters)]
        np.cumsum(worth, out=sums[1:])
        self._sums = sums

    def pieces(self, starts: Integers, ends: Integers) -> Hashes:
        """The hash of each piece from a start to its end."""
        sums = self._sums[ends]
        sums -= self._sums[starts]
        sums *= _DOWN[starts]
        return mixed(sums)

    def runs(self, length: int) -> Hashes:
        """The hash of every *length* characters beside each other."""
        sums = self._sums
        return mixed((sums[length:] - sums[:-length]) * _DOWN[: len(sums) - length])


def mixed(hashes: Hashes) -> Hashes:
    """*hashes* with each bit spread over all of them."""
    turned = hashes >> _HALF
    turned ^= hashes
    turned *= _TURN
    spread = turned >> _HALF
    spread ^= turned
    return spread


def buckets(hashes: Hashes, bits: int) -> Integers:
    """Which of ``2 ** bits`` buckets each of *hashes* falls into."""
    return (hashes >> np.uint64(64 - bits)).astype(np.int64)


def hash_of(text: str) -> int:
    """The hash of a whole text, as `Hashed` has it for a piece."""
    whole = Hashed(codes(text))
    return int(whole.pieces(np.array([0]), np.array([len(text)]))[0])
