"""Which value of a reply is meant: the rule, and the same rule for a reply that still arrives.

1. A byte order mark, blanks and a reasoning preamble (``<think>...</think>``) are skipped.
2. A reply that begins with a value, bare or fenced, is that value. On the line where a
   bare one ends nothing may follow.
3. A reply that begins with prose holds its fenced blocks or, having none, the outermost
   objects and arrays in it that are not empty.
4. Of several values that fit, all must be equal: nobody guesses which is meant.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from typing import NamedTuple

from .._schema import Unreadable
from .._types import Finding, Span
from .strict import Malformed, first_value

__all__ = [
    "BLANK",
    "FENCE",
    "LONGEST_TAG",
    "OPENED",
    "Block",
    "answer_in",
    "blocks",
    "closing",
    "past_blank",
]


class Block(NamedTuple):
    """A text in a reply that may be the value."""

    text: str
    start: int
    leads: bool = False
    """The reply begins with it, so it is the value, or none is."""
    problem: Unreadable | None = None
    """Why it is none, where that is known already."""

    def placed(self, finding: Finding) -> Finding:
        """*finding*, which is about the text, at its place in the reply."""
        if finding.span is None:
            return finding
        start, end = finding.span
        return replace(finding, span=Span(self.start + start, self.start + end))


MOST = 1_000
"""So many blocks, or brackets in prose, are looked at."""

_UNDECODED = "\ufffd"
BLANK = " \t\r\n\ufeff"
_NO_BLANK = re.compile(f"[^{BLANK}]")
_REASONING = ("think", "thinking", "thought", "reasoning", "analysis", "scratchpad")
OPENED = re.compile(rf"<({'|'.join(_REASONING)})>", re.IGNORECASE)
LONGEST_TAG = max(map(len, _REASONING)) + 3
"""With its brackets and its stroke."""
FENCE = re.compile(r"^[ \t]*(`{3,}|~{3,})[ \t]*(\w*)[^\n]*(?:\n|\Z)", re.MULTILINE)
_BRACKET = re.compile(r"[{\[]")
_PAIRS = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*(?:"|\Z)|[{}\[\]]', re.DOTALL)
_ENDS_THERE = re.compile(r"[ \t\r]*(?:`{3,}[ \t\r]*)?(?:\n(?!\s*[}\]])|\Z)")
"""What may follow a value: no more on its line but the end of a block, and no bracket too many."""
_JSON = {"json", "jsonc", "json5", "jsonl"}


def blocks(reply: str) -> list[Block]:
    """The texts of *reply* that may be the value, in their order.

    >>> [block.text for block in blocks('Sure: {"a": 1}. Anything else?')]
    ['{"a": 1}']
    """
    begin = answer_in(reply)
    answer = reply[begin:]
    if answer[:1] in {"{", "["}:
        first = _bare(answer)
        found = [first] if first.problem else [first, *_in_prose(answer, len(first.text))]
    else:
        found = _in_prose(answer, 0)
        fence = FENCE.match(answer)
        if found and fence and past_blank(answer, fence.end()) == found[0].start:
            found[0] = found[0]._replace(leads=True)
    return [block._replace(start=begin + block.start) for block in found]


def answer_in(reply: str) -> int:
    """Where in *reply* the answer begins, behind blanks and reasoning."""
    try:
        reply.encode()
    except UnicodeEncodeError:
        raise Malformed("no JSON: it is not valid Unicode") from None
    begin = _past_preamble(reply)
    if reply[begin : begin + 1] == _UNDECODED:
        raise Malformed("no JSON: it begins with bytes that are no text")
    return begin


def _past_preamble(reply: str) -> int:
    """Where the answer begins; `Malformed` if the reply ends before that."""
    at = past_blank(reply, 0)
    while opened := OPENED.match(reply, at):
        closed = closing(opened).search(reply, opened.end())
        if closed is None:
            raise Malformed("no JSON: the reply ends within its reasoning")
        at = past_blank(reply, closed.end())
    return at


def closing(opened: re.Match[str]) -> re.Pattern[str]:
    """What ends the preamble that *opened* begins."""
    return re.compile(f"</{opened[1]}>", re.IGNORECASE)


def past_blank(text: str, start: int) -> int:
    """Where, from *start* on, there is more than blanks."""
    found = _NO_BLANK.search(text, start)
    return len(text) if found is None else found.start()


def _bare(answer: str) -> Block:
    """The value with which the answer begins."""
    try:
        end = first_value(answer, 0)
        if not _ENDS_THERE.match(answer, end):
            raise Malformed("no JSON: something follows the value")
    except Unreadable as problem:
        return Block(answer, 0, leads=True, problem=problem)
    return Block(answer[:end], 0, leads=True)


def _in_prose(answer: str, start: int) -> list[Block]:
    fenced, outside = _fenced(answer, start)
    if any(block.problem is None for block in fenced):
        return [block for block in fenced if block.problem is None or block is fenced[0]]
    return fenced or [block for begin, end in outside for block in _scattered(answer, begin, end)]


def _fenced(answer: str, start: int) -> tuple[list[Block], list[tuple[int, int]]]:
    """The fenced blocks that are JSON, or say so; and where there is other text."""
    found: list[Block] = []
    outside: list[tuple[int, int]] = []
    at = start
    while opening := FENCE.search(answer, at):
        outside.append((at, opening.start()))
        if len(outside) > MOST:
            raise Malformed(f"it has more than {MOST:,} fenced blocks")
        begin, mark = opening.end(), opening[1]
        end = at = len(answer)
        if closed := _closing_fence(mark).search(answer, begin):
            end, at = closed.start(), closed.end()
        begin = min(past_blank(answer, begin), end)
        inner = answer[begin:end].rstrip(BLANK)
        if inner[:1] in {"{", "["} or opening[2].lower() in _JSON:
            found.append(Block(inner, begin, problem=_flaw(inner)))
    outside.append((at, len(answer)))
    return found, outside


def _closing_fence(mark: str) -> re.Pattern[str]:
    """What closes a block that *mark* has opened: on a line of its own, or right behind a value."""
    return re.compile(rf"(?:^[ \t]*|(?<=[}}\]])){mark}{mark[0]}*[ \t\r]*(?:\n|\Z)", re.MULTILINE)


def _flaw(text: str) -> Unreadable | None:
    """Why *text* is not one JSON value."""
    try:
        end = first_value(text, 0)
    except Unreadable as problem:
        return problem
    return None if end == len(text) else Malformed("no JSON: something follows the value")


def _scattered(answer: str, start: int, end: int) -> list[Block]:
    """The outermost objects and arrays; what is within a bracket that is no JSON is none."""
    text = answer[start:end]
    found: list[Block] = []
    at = 0
    for count in itertools.count():
        bracket = _BRACKET.search(text, at)
        if bracket is None:
            break
        if count == MOST:
            raise Malformed(f"it has more than {MOST:,} brackets in its prose")
        begin = bracket.start()
        try:
            at = first_value(text, begin)
            if text[begin + 1 : at - 1].strip():  # "nothing: {}" is prose
                found.append(Block(text[begin:at], start + begin))
        except Malformed as problem:
            at = _closed(text, begin)
            if _LIKE_JSON.match(text, begin):
                found.append(Block(text[begin:at], start + begin, problem=problem))
    return found


_LIKE_JSON = re.compile(r"[{\[]\s*(?:[\"'{\[]|\w+\s*:)")
"""How a value begins that was meant to be JSON, and not a note in brackets."""


def _closed(text: str, start: int) -> int:
    """Where the bracket at *start* is closed; the end, if it never is."""
    depth = 0
    for each in _PAIRS.finditer(text, start):
        if each[0][0] != '"':
            depth += 1 if each[0] in "{[" else -1
            if depth == 0:
                return each.end()
    return len(text)
