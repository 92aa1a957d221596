"""Which source a citation means: by its place, its address, or the last part of that."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from urllib.parse import unquote

from .._types import Source

__all__ = ["known_names", "meant"]

_NUMBERED = re.compile(
    r"(?:(?:sources?|documents?|docs?|refs?|references?|citations?|passages?|results?|chunks?"
    r"|quelle|dokument|fuente|documento|fonte|bron|s|d)[\s_.:#-]{0,3}|[#№]\s?)?(\d{1,6})",
    re.IGNORECASE,
)
"""A place among the sources, as people and models count: from 1."""


def meant(name: str, sources: Sequence[Source]) -> tuple[int, ...]:
    """The places of the sources that *name* may mean: one, none, or several.

    A bare number is a place, from 1. Anything else is first an address, then the last part
    of one, and then a place with a word before it.

    >>> sources = [Source("kb://help/prices.md"), Source("kb://old/prices.md")]
    >>> meant("2", sources), meant("prices", sources), meant("doc-1", sources), meant("3", sources)
    ((1,), (0, 1), (0,), ())
    """
    name = name.strip().strip("<>\"'`")
    number = _NUMBERED.fullmatch(name)
    place = int(number[1]) - 1 if number else -1
    known = 0 <= place < len(sources)
    if known and name.isdecimal():
        return (place,)
    for read in (_exact, _address, _last_part, _stem):
        wanted = read(name)
        found = tuple(n for n, each in enumerate(sources) if wanted and read(each.uri) == wanted)
        if found:
            return found
    return (place,) if known else ()


def _exact(name: str) -> str:
    return name


def _address(name: str) -> str:
    """An address without what leads to a place in it, its host in small letters."""
    scheme, colon, rest = name.partition("://")
    if not colon:
        return ""
    host, slash, path = rest.partition("#")[0].partition("/")
    return f"{scheme.casefold()}://{host.casefold()}{slash}{unquote(path)}".rstrip("/")


def _last_part(name: str) -> str:
    path = name.partition("#")[0].partition("?")[0].rstrip("/")
    return unquote(path.rpartition("/")[2]).casefold() if "/" in path else path.casefold()


def _stem(name: str) -> str:
    last = _last_part(name)
    stem, dot, ending = last.rpartition(".")
    return stem if dot and ending.isalnum() and len(ending) < 6 else last  # as .html


def known_names(sources: Iterable[Source]) -> frozenset[str]:
    """What the sources may be called in a text that looks like no name, in small letters."""
    return frozenset(
        name
        for each in sources
        for name in (each.uri.casefold(), _last_part(each.uri), _stem(each.uri))
        if name
    )
