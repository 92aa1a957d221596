"""Many patterns, one pass: the matches of each, looked for only where they can be.

Every pattern is taken apart when it is given. Most need a digit, and where there are
digits their shape tells which patterns could match there; the rest need a character that
is rare, such as ``@``. Only where that is so `regex` is run, in a window as wide as
the pattern can reach. The matches are those of `finditer` over the whole text.
"""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

from .anchors import Anchor, Anchors, anchors
from .expression import expression
from .pattern import Pattern, compiled
from .shapes import DIGIT_BEYOND, Shapes, before_digit, needs_digit
from .tree import (
    REPEATS,
    ahead,
    around,
    beside,
    inner,
    letters,
    ops,
    parsed,
    reach,
    spaced,
    used,
    ways,
)

__all__ = ["Many", "Spans", "has_digit"]

Spans: TypeAlias = list[tuple[int, int]]

_WIDEST = 64
"""A pattern wider than this is not told by the shape of some digits."""

LONGEST = 2048
"""A match without a bound, such as that of a URL, may be so long while a text is a stream."""

_STEPS = 10**6
"""Up to about so many steps a pattern is run without a clock, which costs 2 µs."""

_SECONDS = 1.0
"""How long one pattern may take for a million characters, where it has a clock."""

_BLANK = re.compile("[ \t\n]")


class _Range(NamedTuple):
    """Where matches may begin, and how far the text is looked at for them."""

    low: int
    stop: int
    end: int


class _Plan:
    """What is known of one pattern."""

    locality: int | None = None
    """How wide a text decides what it finds at a place; None is all of it."""
    back = 0
    """How far before a match it looks, and matches that a match of its own might cut off."""
    partial: Pattern | None = None
    """Tells what could still become a match, where more than the last run could."""
    digital: Any = None  # its tree, if each match of it has a digit
    words: frozenset[str] = frozenset()  # one of them must be near, in an ASCII text
    lettered = False  # every match has a letter
    lead = 0  # so many characters may stand before that digit
    anchors: list[Anchor] | None = None
    open: Any = None  # its tree, if its shape tells what could still become a match
    digit_near = False
    in_runs = False  # every match lies between two blanks
    beyond = 0  # how far from a place that a match has it may reach, and be looked at

    def __init__(self, source: str, flags: int) -> None:
        self.steps = math.inf
        self.width = self.least = 0
        self.far, self.digital_far, source = _far(source, flags)
        self.regex = expression(source, flags)
        tree = parsed(source, flags)
        if tree is None or tree.getwidth()[0] == 0 or ops.GROUPREF_EXISTS in used(tree):
            return
        width, looks = reach(tree), around(tree, behind=False)
        bounded = width is not None and width <= _WIDEST and looks <= _WIDEST
        self.least = int(tree.getwidth()[0])
        self.width = width or 0
        self.steps = ways(tree)
        self.beyond = self.width + min(looks, _WIDEST) + 1
        self.back = min((width or 0) + around(tree), LONGEST)
        if self.far:
            return
        in_runs = not spaced(tree, looks=looks > _WIDEST)
        self.locality = min((width or LONGEST) + around(tree), LONGEST)
        if ahead(tree) > 1 and spaced(tree, looks=True):
            self.partial = _as_pattern(source, flags)
        elif spaced(tree, looks=False):
            self.partial = None if needs_digit(tree) or not width else _as_pattern(source, flags)
            self.open = None if self.partial else tree
        if bounded and needs_digit(tree):
            self.digital = tree
            self.words = beside(tree)
            lead = before_digit(tree)
            self.lead = self.width - 1 if lead is None else min(lead, self.width - 1)
        elif bounded or in_runs:
            self.in_runs = not bounded
            self.digit_near = in_runs and _digit_near(tree)
            self.in_runs |= self.digit_near
            self.lettered = _needs_letter(tree)
            if not self.digit_near:
                self.anchors = anchors(tree)

    def find(self, text: str, ranges: Iterable[_Range]) -> Spans:
        """The matches that begin in *ranges*, as `finditer` finds them."""
        if not self.least:  # where it matched nothing, it is tried for more; there is one range
            every = self.regex.finditer(text, timeout=_SECONDS + _SECONDS * len(text) / 1_000_000)
            return [match.span() for match in every if match.end() > match.start()]
        spans: Spans = []
        last = 0
        search = self.regex.search
        for low, stop, end in ranges:
            limit = None
            if self.steps * (end - low) > _STEPS:
                limit = _SECONDS + _SECONDS * (end - low) / 1_000_000
            at = max(low, last)
            while at < stop:
                match = search(text, at, end, timeout=limit) if limit else search(text, at, end)
                if match is None:
                    break
                start, at = match.span()
                if start >= stop:
                    break
                last = at
                spans.append((start, at))
        return spans


@functools.lru_cache(maxsize=2048)
def _plan(source: str, flags: int) -> _Plan:
    """Taken apart once: checks that differ share most of their patterns."""
    return _Plan(source, flags)


class Many:
    """Patterns of `regex`, each with its flags, looked for together."""

    def __init__(self, patterns: Sequence[tuple[str, int]]) -> None:
        self._plans = [_plan(source, flags) for source, flags in patterns]
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
                opened.setdefault(max(plan.width or LONGEST, _WIDEST), []).append((n, plan.open))
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
        ranges: dict[int, list[_Range]] = {}
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
                ranges[self._rest[n]] = [_Range(0, len(text) + 1, len(text))]
        found: dict[int, Spans | None] = {}
        for n, where in ranges.items():
            try:
                if spans := self._plans[n].find(text, where):
                    found[n] = spans
            except TimeoutError:
                found[n] = None
        return found

    def tail(self, text: str) -> int:
        """Where the end of *text* begins that more text could still make part of a match."""
        held = [1 + max(map(text.rfind, " \t\n"))]
        held += (pattern.tail(text) for pattern in self._partial)
        for width, shapes in self._open:
            low = max(0, len(text) - width)
            held.append(low + shapes.tail(text[low:]))
        return min(held)

    def _around_digits(self, text: str, ranges: dict[int, list[_Range]]) -> None:
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
        ranges: dict[int, list[_Range]],
    ) -> None:
        runs: Spans | None = None
        for n in members:
            plan = self._plans[n]
            if plan.in_runs:
                runs = _runs(text, places) if runs is None else runs
                ranges[n] = [
                    _Range(low, high, high + plan.beyond - plan.width)
                    for low, high in runs
                    if high - low >= plan.least
                    and (not plan.lettered or _LETTER.search(text, low, high))
                ]
            else:
                for place in places:
                    _add(ranges, n, place - plan.width + 1, place + 1, place + plan.beyond)

    def _before(self, n: int, text: str, ranges: dict[int, list[_Range]]) -> None:
        stop = len(text)
        for last in self._plans[n].far or ():
            match = last.search(text)
            if match is None:
                return
            stop = min(stop, match.start() + 1)
        plan = self._plans[n]
        ranges[n] = [_Range(0, stop, stop + plan.beyond if plan.width else len(text))]


def _add(ranges: dict[int, list[_Range]], n: int, low: int, stop: int, end: int) -> None:
    """Put one range more into those of a pattern, or make the last one longer."""
    have = ranges.get(n)
    if have is None:
        ranges[n] = [_Range(max(low, 0), stop, end)]
    elif low <= have[-1].stop:
        have[-1] = _Range(have[-1].low, stop, end)
    else:
        have.append(_Range(low, stop, end))


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


def _as_pattern(source: str, flags: int) -> Pattern | None:
    letters = "".join(letter for letter, flag in _FLAGS.items() if flags & flag)
    try:
        return compiled(f"(?{letters}){source}" if letters else source)
    except ValueError:
        return None


_FLAGS = {"i": re.IGNORECASE, "m": re.MULTILINE, "s": re.DOTALL}
_DIGITS = expression(r"\d+")


def has_digit(text: str) -> bool:
    """Whether *text* has a digit, of whatever script."""
    return (
        ("0" in text or "1" in text or "2" in text or "3" in text or "4" in text)
        or ("5" in text or "6" in text or "7" in text or "8" in text or "9" in text)
        or not (text.isascii() or DIGIT_BEYOND.search(text) is None)
    )


def _digit_near(tree: Any) -> bool:
    """Whether a pattern looks ahead, no blank being between, at a digit that must be there."""
    for op, value in tree:
        if op is ops.ASSERT and value[0] > 0:
            if needs_digit(value[1]) and not spaced(value[1], looks=True):
                return True
        elif op is ops.SUBPATTERN and _digit_near(value[-1]):
            return True
    return False


_LETTER = re.compile("[A-Za-z\x80-\U0010ffff]")


def _needs_letter(tree: Any) -> bool:
    """Whether every match has a letter, or what stands for one."""
    for op, value in tree:
        one = letters(op, value)
        if one is not None:
            if one.ascii and all(map(str.isalpha, one.ascii)):
                return True
        elif (op is ops.SUBPATTERN or (op in REPEATS and value[0] > 0)) and _needs_letter(
            inner(op, value)[0]
        ):
            return True
    return False


_LOOKS_FAR = re.compile(r"\(\?=\.\*\??((?:\[[^\]\\]+\]|\\d|\w)(?:\{\d+\})?)\)")
"""``(?=.*X)``, where X is of one length: a match may begin no later than the last X does."""


def _far(source: str, flags: int) -> tuple[list[Any] | None, bool, str]:
    r"""The X of a pattern that begins with ``\b(?=.*X)``, if one is a digit, and the rest.

    As it stands, such a pattern takes time with the square of the text.
    """
    found = _LOOKS_FAR.findall(source)
    if not found or not flags & re.DOTALL or "|" in source:
        return None, False, source
    rest = _LOOKS_FAR.sub("", source)
    tree, other = parsed(source, flags), parsed(rest, flags)
    if tree is None or other is None or ops.ASSERT in used(other):
        return None, False, source
    if _looks_first(tree) != len(found) or not tree.getwidth()[0]:
        return None, False, source
    digital = any(needs_digit(parsed(each, flags) or ()) for each in found)
    last = [expression(f"(?r){each}", flags) for each in found]
    return last, digital, rest


def _looks_first(tree: Any) -> int:
    """How often a pattern looks ahead before it takes a character, once and for all."""
    times = 0
    for op, value in tree:
        if op is ops.ASSERT:
            times += value[0] > 0
        elif op is ops.SUBPATTERN and not (value[1] or value[2]):
            return times + _looks_first(value[-1])
        elif op not in (ops.AT, ops.ASSERT_NOT):
            break
    return times
