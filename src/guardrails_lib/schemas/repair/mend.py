"""JSON that was written wrongly, repaired; every change is a finding, and nothing is made up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple, Self, SupportsIndex

try:
    import json_repair
except ImportError as missing:
    raise ImportError(
        'repair=True needs json-repair: pip install "guardrails-lib[repair]"'
    ) from missing

from ..._schema import Unreadable, as_json
from ..._types import Finding
from ..find import Block, blocks
from ..strict import strictly
from .changes import change, changes

__all__ = ["Repaired", "repair"]

SIZE = 1 << 17
"""Characters that are repaired at most: json-repair takes the square of the time for long ones."""
DEPTH = 100
"""Brackets in brackets that are repaired at most: a level takes several frames."""
READS = 2_000_000
"""Characters that json-repair may look at: it goes back and forth, for some texts without end."""


class Repaired(NamedTuple):
    """A reply that is JSON now, and each change that made it so."""

    text: str
    """Strict JSON."""
    findings: tuple[Finding, ...]
    """One for each change; the span is a place in the text that was given."""


def repair(text: str) -> Repaired:
    """The value that a reply meant to be JSON holds, where nothing has to be made up for it.

    >>> mended = repair("{'order': 17,}")
    >>> mended.text
    '{"order":17}'
    >>> [finding.message for finding in mended.findings]
    ['single quotes around a key are replaced', 'removed ","']
    """
    block = _only(text)
    if block.problem is None:
        return Repaired(as_json(strictly(block.text)), ())
    broken = _CUT.sub(r"\1", block.text)
    if not _BEGIN.match(broken):
        raise Unreadable("there is no JSON in it: what is in brackets is prose")
    if _depth(broken) > DEPTH:
        raise Unreadable(f"it is nested too deep to be repaired: more than {DEPTH}")
    inner = broken[: _end(broken)]
    changed = changes(inner, _proposed(inner))
    findings = [*changed.findings, *_after(broken, changed.end, changed.value)]
    mended = as_json(changed.value)
    strictly(mended)
    return Repaired(mended, tuple(map(block.placed, findings)))


def _only(text: str) -> Block:
    """The one text in *text* that may be a value."""
    if len(text) > SIZE:
        raise Unreadable(f"it is too long to be repaired: more than {SIZE} characters")
    found = blocks(text)
    if not found:
        raise Unreadable("there is no JSON in it")
    if len(found) > 1:
        raise Unreadable("it holds several values")
    return found[0]


_SPACE = r"(?:\s++|//[^\n]*+|\#[^\n]*+|/\*(?:[^*]++|\*(?!/))*+\*/)*+"
_BEGIN = re.compile(
    rf"""
      \{{{_SPACE}(?:["'\u201c\u201d\u2018\u2019`\}}]|[\w$-]++{_SPACE}:)
    | \[{_SPACE}(?:["'\u201c\u201d\u2018\u2019`{{\[\]]|[-+]?\.?\d|(?i:true|false|null|none)\b)
    """,
    re.VERBOSE,
)
"""How a value begins that was meant to be JSON, and not a note in brackets."""


_CUT = re.compile(
    r"(?<!\\)((?:\\\\)*+)(?:\\u[dD][89abAB][0-9a-fA-F]{2})?(?:\\(?:u[0-9a-fA-F]{0,3})?)?\Z"
)
"""Part of an escape, with which a text that was cut off may end."""


def _depth(text: str) -> int:
    """How deep brackets stand in brackets, those in strings too."""
    depth = deepest = 0
    for bracket in re.findall(r"[{}\[\]()]", text):
        depth = depth + 1 if bracket in "{[(" else max(0, depth - 1)
        deepest = max(deepest, depth)
    return deepest


_PIECE = re.compile(
    r"""
      "(?:[^"\\]++|\\.|"(?!\s*+(?:[,:}\]]|\Z)))*+(?:"|\Z)
    | (?<=[{\[,:\s])'(?:[^'\\]++|\\.|'(?!\s*+(?:[,:}\]]|\Z)))*+(?:'|\Z)
    | //[^\n]*+ | /\*(?:[^*]++|\*(?!/))*+(?:\*/|\Z)
    | [{}\[\]]
    """,
    re.DOTALL | re.VERBOSE,
)


_COMMA = re.compile(r"\s*+,")
_OPENED_BY = {"}": "{", "]": "["}


def _end(text: str) -> int:
    """Where the bracket that begins *text* is closed; the end of it, if it never is."""
    opened: list[str] = []
    for piece in _PIECE.finditer(text):
        if piece[0] in "{[":
            opened.append(piece[0])
            if len(opened) > DEPTH:
                break
        elif (opening := _OPENED_BY.get(piece[0])) in opened:
            if opening not in opened[1:] and _COMMA.match(text, piece.end()):
                opened[-1] = opening  # the bracket is a wrong one, not one too early
            while opened.pop() != opening:
                pass
            if not opened:
                return piece.end()
    return len(text)


def _proposed(text: str) -> object:
    """What json-repair makes of *text*."""
    try:
        value: object = json_repair.repair_json(_Metered(text, [READS]), return_objects=True)
    except Exception as problem:  # it has no errors of its own: what it trips over, it raises
        raise Unreadable(f"it cannot be repaired ({type(problem).__name__})") from None
    if isinstance(value, dict) != (text[0] == "{") or not isinstance(value, dict | list):
        raise Unreadable("it cannot be repaired: it would become another kind of value")
    return value


class TooFar(Exception):
    """json-repair looked at too many characters."""


class _Metered(str):
    """A text that counts how often it is looked at: no other bound can be given to json-repair."""

    __slots__ = ("_left",)
    _left: list[int]

    def __new__(cls, text: str, left: list[int]) -> Self:
        self = super().__new__(cls, text)
        self._left = left
        return self

    def __getitem__(self, place: SupportsIndex | slice) -> str:
        found = super().__getitem__(place)
        self._left[0] -= 1 + len(found) // 16
        if self._left[0] < 0:
            raise TooFar
        return _Metered(found, self._left) if isinstance(place, slice) else found

    def __add__(self, other: str) -> _Metered:
        return _Metered(super().__add__(other), self._left)


_EXTRA = re.compile(r"(?:\s*+[}\]])++")
_REST_OF_LINE = re.compile(r"[ \t\r]*+(?:`{3}`*+\s*+)?(?:\n|\Z)")


def _after(text: str, end: int, value: object) -> Iterator[Finding]:
    """What follows the value that ends there: a bracket too many, or prose on other lines."""
    if extra := _EXTRA.match(text, end):
        yield change("removed brackets after the end", *extra.span())
        end = extra.end()
    if not _REST_OF_LINE.match(text, end):
        raise Unreadable("something follows the value on its line")
    if not value and text[end:].strip():
        raise Unreadable("there is no JSON in it but empty brackets")
    if blocks(text[end:]):
        raise Unreadable("it holds several values")
