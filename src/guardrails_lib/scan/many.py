"""Many patterns, one pass: the matches of each, looked for only where they can be.

Every pattern is taken apart when it is given. Most need a digit, and where there are
digits their shape tells which patterns could match there; the rest need a character that
is rare, such as ``@``. Only where that is so `regex` is run, in a window as wide as
the pattern can reach. The matches are those of `finditer` over the whole text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

from .anchors import Anchors
from .expression import expression
from .plan import LETTER, LONGEST, WIDEST, Range, Spans, plan_of
from .shapes import DIGIT_BEYOND, Shapes

__all__ = ["Many", "Spans", "has_digit"]

_BLANK = re.compile("[ \t\n]")


class Many:
    """Patterns of `regex`, each with its flags, looked for together."""

    def __init__(self, patterns: Sequence[tuple[str, int]]) -> None:
        self._plans = [plan_of(source, flags) for source, flags in patterns]
        self._shapes = Shapes(
            (n, plan.digital) for n, plan in enumerate(self._plans) if plan.digital
        )
        self._anchors = Anchors(
            (n, plan.anchors) for n, plan in enumerate(self._plans) if plan.anchors
        )
        self._near = [n for n, plan in enumerate(self._plans) if plan.digit_near]
        self._digital = any(plan.digital for plan in self._plans) or bool(self._near)
        opened: dict[int, list[tuple[int, Any]]] = {}
        for n, plan in enumerate(self._plans):
            if plan.open:
                opened.setdefault(max(plan.width or LONGEST, WIDEST), []).append((n, plan.open))
        self._open = [(width, Shapes(some)) for width, some in opened.items()]
        self._partial = [plan.partial for plan in self._plans if plan.partial]
        self.width = _widest(plan.locality for plan in self._plans)
        """How wide a text decides what is found at a place; None is all of it."""
        self.back = max((plan.back for plan in self._plans), default=0)
        """How far before a place that is settled the text must be seen again."""
        self._plain_far = any(each.far and not each.digital_far for each in self._plans)
        self._far = [n for n, plan in enumerate(self._plans) if plan.far]
        self._rest = [
            n
            for n, plan in enumerate(self._plans)
            if not (plan.digital or plan.anchors or plan.digit_near or plan.far)
        ]
        self._could = _fast([patterns[n] for n in self._rest]) if self._rest else None

    def is_quiet(self, text: str) -> bool:
        """Whether nothing is in *text*, which has no digit, that any pattern needs."""
        return not (self._rest or self._plain_far) and self._anchors.is_quiet(text)

    def find(self, text: str, digits: bool) -> Mapping[int, Spans | None]:
        """The matches in *text*, which has *digits* or has not, of each pattern, by its number.

        A pattern that took too long has None.
        """
        found: dict[int, Spans | None] = {}
        for n, where in self.candidates(text, digits).items():
            try:
                if spans := self._plans[n].find(text, where):
                    found[n] = spans
            except TimeoutError:
                found[n] = None
        return found

    def candidates(self, text: str, digits: bool) -> Mapping[int, Sequence[Range]]:
        """Where in *text* each pattern could match, by its number."""
        ranges: dict[int, list[Range]] = {}
        if self._digital and digits:
            self._around_digits(text, ranges)
        for members, places in self._anchors(text):
            self._around(places, members, text, ranges)
        for n in self._far:
            if digits or not self._plans[n].digital_far:
                self._before(n, text, ranges)
        if self._rest:
            could = range(len(self._rest)) if self._could is None else self._could(text)
            for n in could:
                ranges[self._rest[n]] = [Range(0, len(text) + 1, len(text))]
        return ranges

    def tail(self, text: str) -> int:
        """Where the end of *text* begins that more text could still make part of a match."""
        held = [1 + max(map(text.rfind, " \t\n"))]
        held += (pattern.tail(text) for pattern in self._partial)
        for width, shapes in self._open:
            low = max(0, len(text) - width)
            held.append(low + shapes.tail(text[low:]))
        return min(held)

    def _around_digits(self, text: str, ranges: dict[int, list[Range]]) -> None:
        plans = self._plans
        missing: dict[int, bool] = {}
        lower = text.lower() if text.isascii() else None
        for start, end, could in self._shapes(text):
            for n in could:
                plan = plans[n]
                if plan.words and lower is not None:
                    if n not in missing:
                        missing[n] = not any(word in lower for word in plan.words)
                    if missing[n]:
                        continue
                _add(ranges, n, start - plan.lead, end, end + plan.beyond)
        if self._near:
            places = [match.start() for match in _DIGITS.finditer(text)]
            self._around(places, self._near, text, ranges)

    def _around(
        self,
        places: Sequence[int],
        members: Iterable[int],
        text: str,
        ranges: dict[int, list[Range]],
    ) -> None:
        runs: Spans | None = None
        for n in members:
            plan = self._plans[n]
            if plan.in_runs:
                runs = _runs(text, places) if runs is None else runs
                ranges[n] = [
                    Range(low, high, high + plan.beyond - plan.width)
                    for low, high in runs
                    if high - low >= plan.least
                    and (not plan.lettered or LETTER.search(text, low, high))
                ]
            else:
                for place in places:
                    _add(ranges, n, place - plan.width + 1, place + 1, place + plan.beyond)

    def _before(self, n: int, text: str, ranges: dict[int, list[Range]]) -> None:
        stop = len(text)
        for last in self._plans[n].far or ():
            match = last.search(text)
            if match is None:
                return
            stop = min(stop, match.start() + 1)
        plan = self._plans[n]
        ranges[n] = [Range(0, stop, stop + plan.beyond if plan.width else len(text))]


def _add(ranges: dict[int, list[Range]], n: int, low: int, stop: int, end: int) -> None:
    """Put one range more into those of a pattern, or make the last one longer."""
    have = ranges.get(n)
    if have is None:
        ranges[n] = [Range(max(low, 0), stop, end)]
    elif low <= have[-1].stop:
        have[-1] = Range(have[-1].low, stop, end)
    else:
        have.append(Range(low, stop, end))


def _runs(text: str, places: Iterable[int]) -> Spans:
    """What stands between two blanks around each of *places*."""
    runs: Spans = []
    high = -1
    for place in places:
        if place < high:
            continue
        match = _BLANK.search(text, place)
        high = match.start() if match else len(text)
        low = 1 + max(text.rfind(blank, 0, place) for blank in " \t\n")
        runs.append((low, high))
    return runs


def _widest(widths: Iterable[int | None]) -> int | None:
    widest = 1
    for width in widths:
        if width is None:
            return None
        widest = max(widest, width)
    return widest


def _fast(patterns: Sequence[tuple[str, int]]) -> Callable[[str], Collection[int]] | None:
    """What tells quickly which patterns could match, if the `fast` extra is installed."""
    try:
        from .multi import Multi  # noqa: PLC0415  # it is an extra
    except ImportError:
        return None
    return Multi(patterns).could_match


_DIGITS = expression(r"\d+")


def has_digit(text: str) -> bool:
    """Whether *text* has a digit, of whatever script."""
    return (
        ("0" in text or "1" in text or "2" in text or "3" in text or "4" in text)
        or ("5" in text or "6" in text or "7" in text or "8" in text or "9" in text)
        or not (text.isascii() or DIGIT_BEYOND.search(text) is None)
    )
