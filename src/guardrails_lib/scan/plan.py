"""What is known of one pattern: where its matches can be, and how far it must see for them."""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Iterable
from typing import Any, NamedTuple, TypeAlias

from .anchors import Anchor, anchors
from .characters import beside, letters, spaced
from .expression import expression
from .pattern import Pattern, compiled
from .shapes import before_digit, needs_digit
from .tree import REPEATS, ahead, around, inner, ops, parsed, reach, used, ways

__all__ = ["LETTER", "LONGEST", "WIDEST", "Plan", "Range", "Spans", "plan_of"]

Spans: TypeAlias = list[tuple[int, int]]

WIDEST = 64
"""A pattern wider than this is not told by the shape of some digits."""

LONGEST = 2048
"""A match without a bound, such as that of a URL, may be so long while a text is a stream."""

_STEPS = 10**6
"""Up to about so many steps a pattern is run without a clock, which costs 2 µs."""

_SECONDS = 1.0
"""How long one pattern may take for a million characters, where it has a clock."""


class Range(NamedTuple):
    """Where matches may begin, and how far the text is looked at for them."""

    low: int
    stop: int
    end: int


class Plan:
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
        bounded = width is not None and width <= WIDEST and looks <= WIDEST
        self.least = int(tree.getwidth()[0])
        self.width = width or 0
        self.steps = ways(tree)
        self.beyond = self.width + min(looks, WIDEST) + 1
        self.back = min((width or 0) + around(tree), LONGEST)
        if self.far:
            return
        in_runs = not spaced(tree, looks=looks > WIDEST)
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

    def find(self, text: str, ranges: Iterable[Range]) -> Spans:
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
def plan_of(source: str, flags: int) -> Plan:
    """Taken apart once: checks that differ share most of their patterns."""
    return Plan(source, flags)


def _as_pattern(source: str, flags: int) -> Pattern | None:
    letters = "".join(letter for letter, flag in _FLAGS.items() if flags & flag)
    try:
        return compiled(f"(?{letters}){source}" if letters else source)
    except ValueError:
        return None


_FLAGS = {"i": re.IGNORECASE, "m": re.MULTILINE, "s": re.DOTALL}


def _digit_near(tree: Any) -> bool:
    """Whether a pattern looks ahead, no blank being between, at a digit that must be there."""
    for op, value in tree:
        if op is ops.ASSERT and value[0] > 0:
            if needs_digit(value[1]) and not spaced(value[1], looks=True):
                return True
        elif op is ops.SUBPATTERN and _digit_near(value[-1]):
            return True
    return False


LETTER = re.compile("[A-Za-z\x80-\U0010ffff]")


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
