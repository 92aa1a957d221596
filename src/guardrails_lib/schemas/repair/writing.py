"""How one key or value is written in a text that is almost JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from math import isfinite
from typing import NamedTuple

from ..._schema import Unreadable

__all__ = ["Leaf", "Seen", "seen"]


class Leaf(NamedTuple):
    """A key, or a value that holds no others."""

    value: object
    is_key: bool

    @property
    def noun(self) -> str:
        """What a message calls it."""
        return "key" if self.is_key else "value"


class Seen(NamedTuple):
    """Where a leaf stands, and what was changed to read it there."""

    value: object
    start: int
    end: int
    changes: tuple[tuple[str, int, int], ...] = ()
    proper: bool = True
    """Something tells that it was meant as a value: quotes, or a number or literal."""


def seen(text: str, at: int, leaf: Leaf) -> Seen | None:
    """How *leaf* is written at a place of *text*; None if something else stands there."""
    if isinstance(leaf.value, str):
        return _string(text, at, leaf.value, leaf)
    if isinstance(leaf.value, int | float) and not isinstance(leaf.value, bool):
        return _number(text, at, leaf.value)
    return _literal(text, at, leaf.value)


_LITERAL = re.compile(r"(?:true|false|null|none)\b", re.IGNORECASE)
_MEANT = {"true": True, "false": False, "null": None, "none": None}


def _literal(text: str, at: int, value: object) -> Seen | None:
    word = _LITERAL.match(text, at)
    if word is None or _MEANT[word[0].lower()] is not value:
        return None
    if word[0] == json.dumps(value):
        return Seen(value, at, word.end())
    message = f"a literal is written {json.dumps(value)}"
    return Seen(value, at, word.end(), ((message, at, word.end()),))


_NUMBER = re.compile(r"[-+]?(?:\d[\d_]*+\.?[\d_]*+|\.\d[\d_]*+)(?:[eE][-+]?\d++)?(?![\w.+-])")
_STRICT_NUMBER = re.compile(r"-?(?:0|[1-9]\d*+)(?:\.\d++)?(?:[eE][-+]?\d++)?", re.ASCII)
_LEADING_ZERO = re.compile(r"[-+]?0_*\d")


def _number(text: str, at: int, value: float) -> Seen | None:
    number = _NUMBER.match(text, at)
    if number is None or _LEADING_ZERO.match(text, at):
        return None
    if number.end() == len(text):
        raise Unreadable("it ends within a number, which may be another")
    written = number[0].replace("_", "")
    same = int(written) == value if _is_whole(value, written) else float(written) == value
    if not same or not isfinite(value):
        return None
    if _STRICT_NUMBER.fullmatch(number[0]):
        return Seen(value, at, number.end())
    message = "a number is written as JSON writes it"
    return Seen(value, at, number.end(), ((message, at, number.end()),))


def _is_whole(value: float, written: str) -> bool:
    return isinstance(value, int) and written.lstrip("+-").isdigit()


_QUOTES = re.compile(r"""["'\u201c\u201d\u2018\u2019`]++""")
_STRICT = re.compile(r'"[^"\\\x00-\x1f]*+(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\x00-\x1f]*+)*+"')


def _string(text: str, at: int, value: str, leaf: Leaf) -> Seen | None:
    strict = _STRICT.match(text, at)
    if strict and json.loads(strict[0]) == value:
        return Seen(value, at, strict.end())
    quotes = _QUOTES.match(text, at)
    for begin in (at + 1, quotes.end()) if quotes else ():
        end = _content_end(text, begin, value)
        if end is not None and (found := _quoted(text, Opened(at, begin, end), leaf)):
            return found
    return None if quotes else _bare(text, at, value, leaf)


class Opened(NamedTuple):
    """A string from its quotes on: where they are, and where what it holds begins and ends."""

    at: int
    begin: int
    end: int


_CLOSING = re.compile(r"""((?:\s|\\[nrt])*+)(["'\u201c\u201d\u2018\u2019`]*+)""")
_STOP = re.compile(r"\s*+[,:}\]]|[^\S\n]*+\n")


def _quoted(text: str, opened: Opened, leaf: Leaf) -> Seen | None:
    """A string with the quote before it. What it holds is read anew: its end is not trimmed."""
    at, begin, end = opened
    closing = _CLOSING.match(text, end)
    assert closing is not None  # it may match nothing
    changes: list[tuple[str, int, int]] = []
    if closing[2]:
        end = closing.start(2)
        stop = end + min(len(closing[2]), begin - at)
        if (quote := text[begin - 1]) != '"' or text[stop - 1] != '"':
            name = "single" if quote == "'" else "other"
            changes.append((f"{name} quotes around a {leaf.noun} are replaced", at, stop))
        if begin - at > 1:
            changes.append((f"quotes around a {leaf.noun} are left out", at, begin - 1))
    elif closing.end() == len(text):
        if begin == end or leaf.is_key:
            return None
        end = stop = len(text)
        changes.append(("it ends within a string: what follows is lost", at, stop))
    elif _STOP.match(text, end):
        stop = end
        changes.append((f"the closing quote of a {leaf.noun} is added", end, end))
    else:
        return None
    if leaf.is_key and _RAW_QUOTE.match(text[begin:end]):
        return None  # it swallowed the members before it
    value = _ESCAPE.sub(lambda escape: _decoded(escape[0]), text[begin:end])
    return Seen(value, at, stop, (*changes, *_of_content(text, begin, end)))


_NO_TEXT = re.compile(
    r"t(?:r(?:ue?)?)?|f(?:a(?:l(?:se?)?)?)?|n(?:u(?:ll?)?)?|none|nil|undefined|[-+]?(?:nan|inf(?:inity)?)"
    r"|[-+]?[.\d][\w.,+]*",
    re.IGNORECASE,
)
"""Bare words that were meant for something else than text."""


def _bare(text: str, at: int, value: str, leaf: Leaf) -> Seen | None:
    """A string without the quote before it."""
    if not value or not text.startswith(value, at):
        return None
    end = at + len(value)
    if text.startswith('"', end) and _STOP.match(text, end + 1):
        return Seen(value, at, end + 1, ((f"the opening quote of a {leaf.noun} is added", at, at),))
    if not text[end:].strip():
        raise Unreadable("it ends within a word, which may be another")
    if not _STOP.match(text, end) or (not leaf.is_key and _NO_TEXT.fullmatch(value)):
        return None
    message = f"quotes are added around a {leaf.noun}"
    return Seen(value, at, end, ((message, at, end),), proper=False)


_ESCAPE = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\[^u]",
    re.DOTALL,
)
_CONTROLS = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_ESCAPED = {**{char: char for char in "\"'\\/"}, **_CONTROLS}


def _content_end(text: str, begin: int, value: str) -> int | None:
    """Where *value* ends, written from *begin* on as it is or with escapes; None if it is not.

    json-repair does not read every escape, so one may stand for what is written as well.
    """
    if "\\" not in value and text.startswith(value, begin):
        return begin + len(value)
    at, place = begin, 0
    while place < len(value):
        escape = _ESCAPE.match(text, at)
        if escape and value[place] == (char := _decoded(escape[0])):
            at, place = escape.end(), place + len(char)
        elif text.startswith(value[place], at):
            at, place = at + 1, place + 1
        else:
            return None
    return at


def _decoded(escape: str) -> str:
    if escape[1] == "u":
        char: str = json.loads(f'"{escape}"')
        return char
    return _ESCAPED.get(escape[1], escape)


_CONTENT = re.compile(_STRICT.pattern[1:-1])
_CONTROL = re.compile(r"[\x00-\x1f]")
_RAW_QUOTE = re.compile(r'(?:[^"\\]++|\\.)*+"', re.DOTALL)


def _of_content(text: str, begin: int, end: int) -> Iterator[tuple[str, int, int]]:
    content = text[begin:end]
    if _CONTENT.fullmatch(content):
        return
    quoted, control = _RAW_QUOTE.match(content), _CONTROL.search(content)
    if quoted:
        yield "quotes within a string are escaped", begin, end
    if control:
        yield "control characters within a string are escaped", begin, end
    if not quoted and not control:
        yield "escapes within a string are corrected", begin, end
