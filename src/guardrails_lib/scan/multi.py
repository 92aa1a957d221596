"""Many patterns in one scan: which of them could match a text. It needs Hyperscan."""

from __future__ import annotations

import functools
import threading
from collections.abc import Iterable, Sequence
from typing import cast

from .gate import gate
from .letters import stand_ins
from .spelling import EDGE, spelled_exactly

try:
    import hyperscan
except ImportError as missing:
    raise ImportError(
        'many patterns in one scan need Hyperscan: pip install "guardrails-lib[fast]"'
    ) from missing

__all__ = ["Multi"]

_TOGETHER = 4
"""So many gates share one database. To build a larger one takes more than its share longer."""

_LEAST = 128
"""So many bytes are scanned at least. In 17 to 69 of them, Hyperscan 5.4.12 loses matches."""


class Multi:
    """Patterns, of which a scan says which could match.

    What it says is never too little: a pattern that `regex` finds in a text is among those
    that could match. It may say too much.

    >>> many = Multi([(r"[0-9]{4}", 0), (r"[a-z]+@", 0)])
    >>> many.could_match("in 1984")
    frozenset({0})
    """

    def __init__(self, patterns: Sequence[tuple[str, int]], *, together: int = _TOGETHER) -> None:
        """*patterns* are sources with the flags that `regex` compiles them with.

        So many as *together* share a database: the more they are, the sooner a text is
        scanned, and the longer it takes to build, unless they are words for the most part.
        """
        self._patterns = tuple(patterns)
        self._together = together
        self._lock = threading.Lock()
        self._ascii = self._scan(ascii_only=True)
        self._other: _Scan | None = None

    @property
    def always(self) -> frozenset[int]:
        """The patterns that are in every answer: no scan says anything about them."""
        return self._ascii.always

    def could_match(self, text: str) -> frozenset[int]:
        """The indexes of the patterns that could match somewhere in *text*."""
        if text.isascii():
            return self._ascii.hits(text.encode("ascii"))
        other = self._other or self._beyond_ascii()
        return other.hits(_read(text))

    def _scan(self, *, ascii_only: bool) -> _Scan:
        gates = (gate(*each, ascii_only=ascii_only) for each in self._patterns)
        return _Scan(gates, self._together)

    def _beyond_ascii(self) -> _Scan:
        """The scan for texts beyond ASCII, built once, for many programs never need it."""
        with self._lock:
            if self._other is None:
                self._other = self._scan(ascii_only=False)
            return self._other


class _Scan:
    """The databases of some gates, in the order of their patterns, for one kind of text."""

    def __init__(self, sources: Iterable[str | None], together: int = _TOGETHER) -> None:
        owners: dict[str | None, list[int]] = {}
        for index, source in enumerate(sources):
            owners.setdefault(source, []).append(index)
        always = owners.pop(None, [])
        gates = sorted(filter(None, owners))  # those that begin alike share their states
        databases: list[hyperscan.Database] = []
        for start in range(0, len(gates), together):
            built, refused = _built(gates, range(start, min(start + together, len(gates))))
            databases += built
            always += (index for number in refused for index in owners[gates[number]])
        self.always = frozenset(always)
        self._owners = [owners[each] for each in gates]
        self._databases = databases
        self._threads = threading.local()

    def hits(self, data: bytes) -> frozenset[int]:
        """The patterns that could match in *data*."""
        try:
            scans = self._threads.scans
        except AttributeError:  # a scratch is for one thread
            scans = [(each.scan, hyperscan.Scratch(each)) for each in self._databases]
            self._threads.scans = scans
        found: set[int] = set()
        whole = (EDGE + data + EDGE).ljust(_LEAST, EDGE)
        for scan, scratch in scans:
            scan(whole, _note, 0, found, scratch)
        if not found:
            return self.always
        return self.always.union(*map(self._owners.__getitem__, found))


def _note(number: int, start: int, end: int, flags: int, found: object) -> None:
    """The gate *number* was found."""
    cast("set[int]", found).add(number)


def _built(gates: list[str], numbers: Iterable[int]) -> tuple[list[hyperscan.Database], list[int]]:
    """The databases for some of *gates*, and the numbers of those that Hyperscan refuses."""
    some = list(numbers)
    database = hyperscan.Database()
    try:
        database.compile(
            expressions=[gates[number].encode("ascii") for number in some],
            ids=some,
            elements=len(some),
            flags=[hyperscan.HS_FLAG_SINGLEMATCH] * len(some),
        )
    except hyperscan.error:
        if len(some) == 1:
            return [], some
        half = len(some) // 2
        each = [_built(gates, some[:half]), _built(gates, some[half:])]
        return [one for built, _ in each for one in built], [no for _, bad in each for no in bad]
    return [database], []


@functools.cache
def _stood_for() -> tuple[_Scan, dict[int, str]]:
    """What finds the characters that something stands for, and what does."""
    pairs = stand_ins().items()
    places = {
        code: like for like, each in pairs for low, high in each for code in range(low, high + 1)
    }
    return _Scan([spelled_exactly(each) for _, each in pairs]), places


def _read(text: str) -> bytes:
    """*text*, not all in ASCII, as gates read it."""
    data = text.encode("utf-8", "surrogatepass")
    scan, places = _stood_for()
    return text.translate(places).encode("utf-8", "surrogatepass") if scan.hits(data) else data
