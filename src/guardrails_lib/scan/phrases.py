"""Many patterns of words, looked for together: in a text that has none it costs next to nothing.

A gate says which could match: one scan where the `fast` extra is there, else a search for
words of which every match has one. Those alone are run, and only around such words.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from .characters import folded, words
from .letters import UNICODE, matching
from .pattern import Pattern
from .tree import parsed

__all__ = ["Phrases"]

_TOGETHER = 512
"""So many gates share one database: there are words in each, so it is soon built."""

_FEW = 3
"""In a text of so few windows' width, a pattern is run over all of it."""


class Phrases:
    r"""Patterns of `regex`, looked for together.

    A pattern with a bound is found from every start, so what is found at a place depends
    only on the text around it.

    >>> greetings = Phrases([r"good\s{1,3}(?:day|evening)", "hello"])
    >>> list(greetings.find("hello and good  day"))
    [(1, 0, 5), (0, 10, 19)]
    """

    def __init__(self, patterns: Sequence[str]) -> None:
        self._patterns = [Pattern(source) for source in patterns]
        widths = [each.width for each in self._patterns]
        known = [width for width in widths if width is not None]
        self.width = max(known, default=1) if len(known) == len(widths) else None
        """The widest match, with what is looked at around it; None is no bound."""
        trees = [parsed(source) for source in patterns]
        self._words = [frozenset[str]() if tree is None else words(tree) for tree in trees]
        self._folds = _folds(letter for some in self._words for word in some for letter in word)
        self._could = _fast(patterns) or self._by_words()

    def could(self, text: str) -> Collection[int]:
        """The numbers of the patterns that could match somewhere in *text*; never too few."""
        return self._could(text)

    def find(self, text: str) -> Iterator[tuple[int, int, int]]:
        """Each match that is not empty: the number of its pattern, where it begins and ends."""
        if could := self._could(text):
            lower = self._lowered(text)
            found = [(start, end, n) for n in could for start, end in self._matches(n, text, lower)]
            yield from ((n, start, end) for start, end, n in sorted(found))

    def _matches(self, n: int, text: str, lower: str) -> Iterator[tuple[int, int]]:
        pattern, some = self._patterns[n], self._words[n]
        if pattern.width is None or not some or len(text) <= _FEW * pattern.width:
            yield from pattern.find(text)
            return
        for low, high in _windows(lower, some, pattern.width):
            yield from pattern.starting(text, low, high)

    def _lowered(self, text: str) -> str:
        """*text* in lower case, each character at its place."""
        return text.lower() if text.isascii() else text.translate(self._folds).lower()

    def _by_words(self) -> Callable[[str], Collection[int]]:
        """A gate that looks for words."""
        owners: dict[str, list[int]] = {}
        always = []
        for n, some in enumerate(self._words):
            if not some:
                always.append(n)
            for word in some:
                owners.setdefault(word, []).append(n)
        listed = list(owners.items())

        def could(text: str) -> Collection[int]:
            lower = self._lowered(text)
            found = set(always)
            for word, numbers in listed:
                if word in lower:
                    found.update(numbers)
            return found

        return could


def _folds(letters: Iterable[str]) -> dict[int, str]:
    """What each character beyond ASCII is to be read as that a pattern takes for a letter."""
    own = {letter for letter in letters if not letter.isascii()}
    some = "".join(f"\\U{ord(letter):08x}" for letter in sorted(own))
    alike = matching(f"(?i)[a-z{some}]", UNICODE)
    codes = (code for low, high in alike for code in range(max(low, 128), high + 1))
    return {code: folded(chr(code)) for code in codes}


def _windows(lower: str, some: Collection[str], width: int) -> Iterator[tuple[int, int]]:
    """Where matches that hold one of *some* words may begin, from and to, in order."""
    places = []
    for word in some:
        at = lower.find(word)
        while at >= 0:
            places.append((at + len(word), at))
            at = lower.find(word, at + 1)
    places.sort()
    low, high = 0, -1
    for end, at in places:
        begin = max(0, end - width)
        if begin > high:
            if high >= 0:
                yield low, high
            low = begin
        high = max(high, at)
    if high >= 0:
        yield low, high


def _fast(patterns: Sequence[str]) -> Callable[[str], Collection[int]] | None:
    """What tells with one scan which patterns could match, if the `fast` extra is installed."""
    try:
        from .multi import Multi  # noqa: PLC0415  # it is an extra
    except ImportError:
        return None
    return Multi([(source, 0) for source in patterns], together=_TOGETHER).could_match
