"""How SQL is written: what parsers may read in two ways, before any of them reads it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Protocol

from .doubt import Doubt

__all__ = ["LONGEST", "doubts"]

LONGEST = 20_000
"""So many characters are read; a parser in Python takes some 5 µs for each."""

DEEPEST = 30
"""So many brackets may be open; a parser that recurses ends near 60 of them."""

MOST_OPEN_JOINS = 6
"""So many joins may wait for their ON; for each the time to read them doubles."""

MOST_PREFIXES = 30
"""So many words or signs in a row may wait for what they stand before."""

OPENING = {"L_PAREN", "L_BRACKET", "L_BRACE", "CASE"}
CLOSING = {"R_PAREN", "R_BRACKET", "R_BRACE", "END"}
PREFIXES = {"NOT", "DASH", "PLUS", "TILDE", "INTERVAL", "STRUCT", "IF", "ANY", "ALL", "SOME"}
QUOTED = {"STRING", "NATIONAL_STRING", "RAW_STRING", "HEX_STRING", "IDENTIFIER"}
OTHER_QUOTED = {"BYTE_STRING", "BIT_STRING", "HEREDOC_STRING", "UNICODE_STRING", "HINT"}

BETWEEN = re.compile(r"[ \t\r\n]*")
"""What may stand between tokens. Comments may not: no two parsers agree where they end."""

SIMPLE_NAME = re.compile(r"[\w $#.:*/@+-]+")
"""What a quoted name may hold: nothing that could end it elsewhere."""

CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x85\u2028\u2029\ud800-\udfff]")

ENDS_DIFFER = re.compile(r"""(?<!\\)(?:\\\\)*\\['"`]""")
"""A backslash before a quote: an escape here and the end of the text there."""

ESCAPED_BY_SETTING = {"mysql", "postgres", "redshift"}
"""Dialects where a setting of the server says whether a backslash escapes."""


class _Kind(Protocol):
    @property
    def name(self) -> str: ...


class Written(Protocol):
    """A token and where it stands, its last character included."""

    @property
    def token_type(self) -> _Kind: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


def doubts(text: str, tokens: Sequence[Written], dialect: str) -> Iterator[Doubt]:
    """What makes it doubtful that the server reads *text* as these *tokens*."""
    if odd := CONTROL.search(text):
        yield Doubt("control", "a control character", *odd.span())
    at, wordy, before = 0, False, ""
    for token in tokens:
        start, end = token.start, token.end + 1
        if end <= start:
            continue  # some tokens are made of nothing
        if not BETWEEN.fullmatch(text, at, start):
            yield Doubt("comment", "a comment, or what is no token: leave it out", at, start)
        elif wordy and at == start and _is_wordy(text[start]):
            yield Doubt("quoting", "two tokens with nothing between them", at, end)
        elif before == token.token_type.name == "STRING":
            yield Doubt("quoting", "a text right after a text", start, end)
        yield from _quoting(text, start, end, token.token_type.name, dialect)
        at, wordy, before = end, _is_wordy(text[end - 1]), token.token_type.name
    if not BETWEEN.fullmatch(text, at):
        yield Doubt("comment", "a comment, or what is no token: leave it out", at, len(text))
    yield from _depth(tokens)


def _is_wordy(char: str) -> bool:
    return char.isalnum() or char in "_'\"`" or char > "\x7f"


def _quoting(text: str, start: int, end: int, kind: str, dialect: str) -> Iterator[Doubt]:
    written = text[start:end]
    if kind in OTHER_QUOTED or (kind == "L_BRACE" and text[end : end + 1] in {"{", "%"}):
        yield Doubt("quoting", "a quoted text of a special form", start, end)
    elif kind == "IDENTIFIER":
        if not SIMPLE_NAME.fullmatch(written, 1, len(written) - 1):
            yield Doubt("quoting", "a quoted name with signs in it", start, end)
    elif kind in QUOTED:
        if written[-3:] in {"'''", '"""'} and written[:1] == written[-1] and _tripled(written):
            yield Doubt("quoting", "a quoted text of a special form", start, end)
        inner = written[written.find(written[-1]) + 1 :]
        if kind == "RAW_STRING" and (written[0] not in "rR" or ENDS_DIFFER.search(inner)):
            yield Doubt("quoting", "a quoted text of a special form", start, end)
        elif dialect in ESCAPED_BY_SETTING and ENDS_DIFFER.search(inner):
            yield Doubt("quoting", "a backslash before a quote: double the quote", start, end)
    elif kind == "VAR" and not written.isascii() and not written.isidentifier():
        yield Doubt("quoting", "a name with signs in it", start, end)


def _tripled(written: str) -> bool:
    return len(written) >= 6 and written[:3] == written[-3:]


def _depth(tokens: Sequence[Written]) -> Iterator[Doubt]:
    joins, prefixes, before = [0], 0, ""
    for token in tokens:
        kind = token.token_type.name
        if kind in OPENING:
            joins.append(0)
        elif kind in CLOSING and len(joins) > 1:
            joins.pop()
        elif kind == "JOIN" and before not in {"CROSS", "NATURAL"}:
            joins[-1] += 1
        elif kind in {"ON", "USING"}:
            joins[-1] = max(0, joins[-1] - 1)
        prefixes = prefixes + 1 if kind in PREFIXES else 0
        before = kind
        if len(joins) > DEEPEST or joins[-1] > MOST_OPEN_JOINS or prefixes > MOST_PREFIXES:
            yield Doubt("too_deep", "it is too deep to be read", token.start, token.end + 1)
            return
