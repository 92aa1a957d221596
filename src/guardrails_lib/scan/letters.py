"""Sets of characters, as `regex` sees them, and the UTF-8 bytes that they are written in."""

from __future__ import annotations

import functools
import itertools
from array import array
from collections.abc import Iterable, Iterator

from .pattern import compiled

__all__ = [
    "ASCII",
    "UNICODE",
    "Ranges",
    "both",
    "cased",
    "inverted",
    "matching",
    "merged",
    "stand_ins",
    "written",
]

Ranges = tuple[tuple[int, int], ...]
"""Code points: first and last of each run, in order, apart."""

ASCII = 0x7F
UNICODE = 0x10FFFF

_LIKE_ASCII: dict[str, Ranges] = {
    "i": ((0x130, 0x130),),
    "I": ((0x131, 0x131),),
    **dict.fromkeys("kK", ((0x212A, 0x212A),)),
    **dict.fromkeys("sS", ((0x17F, 0x17F),)),
}
"""The characters beyond ASCII that `regex` takes for ASCII letters where it ignores the case."""


@functools.cache
def stand_ins() -> dict[str, Ranges]:
    """What is read in place of some characters beyond ASCII: letters like its own, and digits.

    Digits of all scripts are rare in most texts, and looking for each of them is slow.
    """
    digits = both(matching(r"\d", UNICODE), ((ASCII + 1, UNICODE),), UNICODE)
    return {"i": ((0x130, 0x131),), "k": ((0x212A, 0x212A),), "s": ((0x17F, 0x17F),), "0": digits}


def merged(ranges: Iterable[tuple[int, int]]) -> Ranges:
    """All of *ranges* in one set."""
    out: list[tuple[int, int]] = []
    for low, high in sorted(ranges):
        if out and low <= out[-1][1] + 1:
            out[-1] = out[-1][0], max(high, out[-1][1])
        else:
            out.append((low, high))
    return tuple(out)


@functools.lru_cache(maxsize=1024)
def inverted(ranges: Ranges, top: int) -> Ranges:
    """Every character up to *top* that is not in *ranges*."""
    edges = itertools.chain([-1], *ranges, [top + 1])
    pairs = zip(edges, edges, strict=True)
    return tuple(
        (low + 1, min(high - 1, top)) for low, high in pairs if low + 1 < high and low < top
    )


@functools.lru_cache(maxsize=1024)
def both(one: Ranges, other: Ranges, top: int) -> Ranges:
    """The characters up to *top* that are in *one* and in *other*."""
    return inverted(merged(inverted(one, top) + inverted(other, top)), top)


def cased(ranges: Ranges) -> Ranges:
    """*ranges*, all in ASCII, with what equals one of them where the case is ignored."""
    letters = {code for low, high in ranges for code in range(low, high + 1)}
    other = {ord(chr(code).swapcase()) for code in letters}
    like = [_LIKE_ASCII.get(chr(code), ()) for code in letters]
    return merged([*itertools.chain(*like), *((code, code) for code in letters | other)])


@functools.lru_cache(maxsize=1024)
def matching(source: str, top: int) -> Ranges:
    """The characters up to *top* that the class *source* matches."""
    spans = compiled(f"{source}+").find(_alphabet(top))
    return tuple((start, end - 1) for start, end in spans)


@functools.cache
def _alphabet(top: int) -> str:
    """Every character up to *top*, each at the place of its number."""
    order = array("I", range(top + 1))
    return order.tobytes().decode("utf-32-" + _ORDER, "surrogatepass")


_ORDER = "le" if array("I", [1]).tobytes()[0] else "be"


def written(ranges: Ranges) -> list[list[Ranges]]:
    """The ways to write a character of *ranges*: for each byte, which.

    Together they hold all encodings of *ranges*, and may hold those of other characters.
    """
    ways: dict[int, list[Ranges]] = {}
    for low, high in _of_one_length(ranges):
        first, last = (chr(code).encode("utf-8", "surrogatepass") for code in (low, high))
        for lead in range(first[0], last[0] + 1):
            begin = first if lead == first[0] else bytes([lead]) + b"\x80" * (len(first) - 1)
            end = last if lead == last[0] else bytes([lead]) + b"\xbf" * (len(last) - 1)
            tail = _tail(begin[1:], end[1:])
            known = ways.get(lead, [()] * len(tail))
            ways[lead] = [merged(a + b) for a, b in zip(known, tail, strict=True)]
    groups: dict[str, list[Ranges]] = {}
    for lead, tail in ways.items():
        known = groups.setdefault(str(tail), [(), *tail])
        known[0] = merged([*known[0], (lead, lead)])
    return list(groups.values())


def _tail(first: bytes, last: bytes) -> list[Ranges]:
    """What each byte can be between two encodings with the same first byte."""
    out: list[Ranges] = []
    same = True
    for low, high in zip(first, last, strict=True):
        out.append(((low, high),) if same else ((0x80, 0xBF),))
        same = same and low == high
    return out


def _of_one_length(ranges: Ranges) -> Iterator[tuple[int, int]]:
    """*ranges*, cut where an encoding becomes longer."""
    for low, high in ranges:
        for first, last in ((0, 0x7F), (0x80, 0x7FF), (0x800, 0xFFFF), (0x10000, UNICODE)):
            if low <= last and high >= first:
                yield max(low, first), min(high, last)
