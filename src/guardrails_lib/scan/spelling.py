"""A set of characters as an expression over the bytes of UTF-8, for an engine of bytes."""

from __future__ import annotations

import functools

from .letters import ASCII, UNICODE, Ranges, both, inverted, merged, stand_ins, written

__all__ = ["EDGE", "MANY", "spelled", "spelled_beside", "spelled_exactly"]

EDGE = b"\xff"
"""What a text stands between when it is scanned: no text has it, and no anchor is needed."""

_EDGE = (0xFF, 0xFF)
_NEVER = ((0xFE, 0xFE),)
"""A byte that no text has."""

_BEYOND = (0x80, 0xF4)
"""The bytes that characters beyond ASCII are written in."""

MANY = 16
"""A repeat is counted up to so many times, and past it only that there are more."""

_FEW = 6
"""Characters that are written in more ways than this are taken for any beyond ASCII."""


@functools.lru_cache(maxsize=1024)
def _stood(ranges: Ranges) -> Ranges:
    """*ranges* with what is read in place of some of them."""
    if not ranges or ranges[-1][1] <= ASCII:
        return ranges
    read = stand_ins().items()
    held = [(ord(like), ord(like)) for like, each in read if both(ranges, each, UNICODE)]
    gone = merged(pair for _, each in read for pair in each)
    return merged([*both(ranges, inverted(gone, UNICODE), UNICODE), *held])


@functools.lru_cache(maxsize=1024)
def spelled(ranges: Ranges, low: int = 1, high: int = 1) -> str:
    """From *low* to *high* characters of *ranges*, in bytes."""
    ways = written(_stood(ranges)) or [[_NEVER]]
    times = "" if low == high == 1 else f"{{{low},{'' if high > MANY and high != low else high}}}"
    if len(ways) > _FEW:
        plain = next((way[0] for way in ways if len(way) == 1), ())
        most = "" if 4 * high > MANY else 4 * high
        return f"{_byte(merged([*plain, _BEYOND]))}{{{low},{most}}}"
    each = ["".join(map(_byte, way)) for way in ways]
    return each[0] + times if len(ways) == len(ways[0]) == 1 else f"(?:{'|'.join(each)}){times}"


@functools.lru_cache(maxsize=1024)
def spelled_beside(allowed: Ranges, edge: bool) -> str:
    """The byte on one side of a match: of a character of *allowed*, or the text's *edge*."""
    plain = both(_stood(allowed), ((0, ASCII),), ASCII)
    more = [_BEYOND] * any(high > ASCII for _, high in allowed)
    return _byte(merged([*plain, *more, *[_EDGE] * edge]) or _NEVER)


def spelled_exactly(ranges: Ranges) -> str:
    """The expression for a character of *ranges*, and for no other."""
    return "|".join("".join(map(_byte, way)) for each in ranges for way in written((each,)))


def _byte(ranges: Ranges) -> str:
    if len(ranges) == 1 and ranges[0][0] == ranges[0][1]:
        return f"\\x{ranges[0][0]:02x}"
    return "[" + "".join(f"\\x{low:02x}-\\x{high:02x}" for low, high in ranges) + "]"
