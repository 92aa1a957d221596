"""What was changed to make JSON of a text: every key and value is found in the text again."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from ..._schema import Unreadable
from ..._types import Finding, Span
from .writing import Leaf, Seen, seen

__all__ = ["Changes", "change", "changes"]


class Changes(NamedTuple):
    """What was changed in a text, what its value is, and where that ends."""

    findings: list[Finding]
    value: object
    end: int


def changes(text: str, value: object) -> Changes:
    """What differs between *text* and *value* as JSON.

    `Unreadable` if a key or value does not stand in the text, or if too much is left out.
    """
    findings: list[Finding] = []
    leaves: list[object] = []
    at = kept = lost = 0
    expected, proper = "", False
    for step in _steps(value):
        if isinstance(step, str):
            expected += step
            continue
        gap, found = _next(text, at, step)
        findings += _between(text, gap, expected)
        findings += (change(*each) for each in found.changes)
        proper = proper or found.proper
        leaves.append(found.value)
        kept += found.end - found.start
        lost += _size([word for word in gap.words if _SAYS.search(text, *word)])
        at, expected = found.end, ""
    gap = _last(text, at, expected)
    closing = [*_between(text, gap, expected)]
    lost += _size([word for word in gap.words if _SAYS.search(text, *word)])
    if not kept and closing:
        raise Unreadable("no value is left of it")
    if kept and not proper:
        raise Unreadable("it is prose in brackets: nothing in it is written as JSON writes it")
    if lost > kept:
        raise Unreadable("more of it would be left out than kept")
    return Changes(findings + closing, _made_of(iter(leaves), value), gap.end)


def _made_of(leaves: Iterator[Any], shape: object) -> object:
    """*leaves* in the shape of a value."""
    if isinstance(shape, dict):
        return {next(leaves): _made_of(leaves, each) for each in shape.values()}
    if isinstance(shape, list):
        return [_made_of(leaves, each) for each in shape]
    return next(leaves)


_SAYS = re.compile(r"\w")


def _steps(value: object) -> Iterator[str | Leaf]:
    """The punctuation, the keys and the scalars of *value*, in the order they are written."""
    if isinstance(value, dict):
        yield "{"
        for place, (key, each) in enumerate(value.items()):
            yield from "," if place else ""
            yield Leaf(key, is_key=True)
            yield ":"
            yield from _steps(each)
        yield "}"
    elif isinstance(value, list):
        yield "["
        for place, each in enumerate(value):
            yield from "," if place else ""
            yield from _steps(each)
        yield "]"
    else:
        yield Leaf(value, is_key=False)


class _Gap(NamedTuple):
    """What stands between two values."""

    start: int
    end: int
    marks: list[int]
    words: list[Span]
    comments: list[Span]
    cut: bool = False
    """The text ends in it."""


_LIGHT = re.compile(
    r"(?P<blank>[ \t\r\n]++)|(?P<mark>[{}\[\],:])"
    r"|(?P<comment>//[^\n]*+|#[^\n]*+|/\*(?:[^*]++|\*(?!/))*+(?:\*/|\Z))"
)
_WORD = re.compile(
    r"""
      "(?:[^"\\]++|\\.|"(?!\s*+(?:[,:}\]]|\Z)))*+(?:"|\Z)
    | '(?:[^'\\]++|\\.|'(?!\s*+(?:[,:}\]]|\Z)))*+(?:'|\Z)
    | [^\S \t\r\n]++
    | [`\u201c\u201d\u2018\u2019]
    | [^\s{}\[\],:"'`\u201c\u201d\u2018\u2019]++
    """,
    re.DOTALL | re.VERBOSE,
)
_MOST = 100
"""Words in one gap that are looked at: each might begin the value that is looked for."""


def _next(text: str, start: int, leaf: Leaf) -> tuple[_Gap, Seen]:
    """Where *leaf* stands, and what is before it; `Unreadable` if it stands nowhere."""
    gap, at = _Gap(start, start, [], [], []), start
    while at < len(text) and len(gap.words) < _MOST:
        if not _LIGHT.match(text, at) and (found := seen(text, at, leaf)):
            return gap._replace(end=at), found
        at = _put(gap, text, at)
    raise Unreadable(f"a {leaf.noun} is missing or unclear, and would have to be made up")


def _put(gap: _Gap, text: str, at: int) -> int:
    """Add what stands there to the gap; where it ends."""
    token = _LIGHT.match(text, at) or _WORD.match(text, at)
    assert token is not None  # each character begins one
    if token.lastgroup == "mark":
        gap.marks.append(at)
    elif token.lastgroup != "blank":
        (gap.comments if token.lastgroup else gap.words).append(Span(*token.span()))
    return token.end()


def _last(text: str, start: int, closing: str) -> _Gap:
    """What stands up to where all that is *closing* has come."""
    gap, at, met = _Gap(start, start, [], [], []), start, 0
    while at < len(text) and met < len(closing):
        met += text[at] == closing[met]
        at = _put(gap, text, at)
    return gap._replace(end=at, cut=met < len(closing))


def _between(text: str, gap: _Gap, expected: str) -> Iterator[Finding]:
    """How the punctuation of a gap differs from what JSON has there, and what is left out."""
    actual = "".join(text[mark] for mark in gap.marks)
    if any(actual.count(each) < expected.count(each) for each in "[{"):
        raise Unreadable("a bracket that opens would have to be made up")
    if actual != expected:
        before = _same(actual, expected)
        after = _same(actual[before:][::-1], expected[before:][::-1])
        removed = actual[before : len(actual) - after]
        if ":" in removed and (gap.words or removed != ":") and not gap.cut:
            raise Unreadable("a member would be left out: a key is there twice, or has no value")
        yield change(
            _said(removed, expected[before : len(expected) - after], gap),
            *_place(gap, before, len(removed)),
        )
    for comment in gap.comments:
        yield change(f"left out a comment ({_characters([comment])})", *comment)
    if gap.words:
        begin, end = gap.words[0].start, gap.words[-1].end
        what = "is cut off" if gap.cut else "is no JSON"
        yield change(f"left out what {what} ({_characters(gap.words)})", begin, end)


def _same(one: str, other: str) -> int:
    """How far both begin alike."""
    places = (place for place, pair in enumerate(zip(one, other, strict=False)) if len({*pair}) > 1)
    return next(places, min(len(one), len(other)))


def _place(gap: _Gap, before: int, count: int) -> Span:
    if count:
        return Span(gap.marks[before], gap.marks[before + count - 1] + 1)
    at = gap.marks[before - 1] + 1 if before else gap.start
    return Span(at, at)


def _said(removed: str, added: str, gap: _Gap) -> str:
    if not added:
        return f"removed {_quoted(removed)}"
    if removed:
        return f"replaced {_quoted(removed)} with {_quoted(added)}"
    return f"closed the end with {_quoted(added)}" if gap.cut else f"added {_quoted(added)}"


_LONGEST = 20


def _quoted(marks: str) -> str:
    return json.dumps(marks if len(marks) <= _LONGEST else f"{marks[:_LONGEST]}...")


def _characters(spans: list[Span]) -> str:
    size = _size(spans)
    return "1 character" if size == 1 else f"{size} characters"


def _size(spans: list[Span]) -> int:
    return sum(end - start for start, end in spans)


def change(message: str, start: int, end: int) -> Finding:
    """The finding for one change."""
    return Finding(message, Span(start, end), check="returns", kind="repaired", where="reply")
