"""A POSIX command line as words, as long as every shell reads it as the same words."""

from __future__ import annotations

import re
from typing import NamedTuple, TypeAlias

from .doubt import Doubt

__all__ = ["LONGEST", "Command", "Word", "commands"]

LONGEST = 20_000
"""So many characters are read; no command line that a model writes is as long."""


class Word(NamedTuple):
    """One argument without its quotes, and where it is written."""

    text: str
    start: int
    end: int


Command: TypeAlias = tuple[Word, ...]

PLAIN = re.compile(r"[A-Za-z0-9_./:,@%+=-]+")
"""What means itself in every shell."""

SINGLE = re.compile(r"'([^'\x00-\x08\x0b-\x1f\x7f]*)'")
DOUBLE = re.compile(r'"([^"$`\\!\x00-\x08\x0b-\x1f\x7f]*)"')
"""In double quotes ``$`` and backquotes are expanded, and ``!`` where a person types."""

BLANK = re.compile(r"[ \t]+")

SIGNS = {
    **dict.fromkeys("$`", ("expansion", "a variable, or the output of a command")),
    **dict.fromkeys("*?[]", ("expansion", "a pattern for the names of files")),
    **dict.fromkeys("~{}!^", ("expansion", "a sign that shells put something else for")),
    **dict.fromkeys("<>", ("redirection", "what is read from a file, or written to one")),
    **dict.fromkeys(";&\n\r", ("several", "more than one command")),
    "|": ("several", "more than one command"),
    **dict.fromkeys("()", ("several", "a shell within the shell")),
    **dict.fromkeys("'\"", ("quoting", "a quote that is not closed, or has more than text in it")),
    "\\": ("quoting", "a backslash: use quotes"),
    "#": ("quoting", "a comment"),
}
"""What other signs do, for the message: none of them is allowed."""

ELSE = ("quoting", "a sign that shells read in different ways: put it in quotes")

ASSIGNMENT = re.compile(r"[A-Za-z_]\w*\+?=")


def commands(text: str, *, pipes: bool) -> tuple[list[Command], Doubt | None]:
    """The commands of *text* up to where it is doubtful, and that doubt."""
    found: list[Command] = []
    words: list[Word] = []
    at, end = 0, len(text)
    while at < end:
        if blank := BLANK.match(text, at):
            at = blank.end()
        elif pipes and text[at] == "|" and words and text[at : at + 2] not in {"||", "|&"}:
            found.append(tuple(words))
            words, at = [], at + 1
            if not text[at:].strip(" \t"):
                return found, Doubt("quoting", "a pipe that leads nowhere", at - 1, at)
        else:
            word = _word(text, at)
            if isinstance(word, Doubt):
                return [*found, tuple(words)] if words else found, word
            words.append(word)
            at = word.end
    return [*found, tuple(words)] if words else found, None


def _word(text: str, start: int) -> Word | Doubt:
    at, parts = start, ""
    while at < len(text) and not BLANK.match(text, at):
        if part := PLAIN.match(text, at):
            parts += part[0]
        elif part := SINGLE.match(text, at) or DOUBLE.match(text, at):
            parts += part[1]
        elif at > start and text[at] == "|":
            break
        elif at > start and text[at] == "~" and text[at - 1] not in "=:":
            parts, part = parts + "~", None  # ``HEAD~1``: it means a home at the start alone
        elif text[at] > "\x7f" and text[at].isalnum():
            parts, part = parts + text[at], None
        else:
            kind, message = SIGNS.get(text[at], ELSE)
            return Doubt(kind, message, at, at + 1)
        at = part.end() if part else at + 1
    return Word(parts, start, at)
