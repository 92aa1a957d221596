"""The list in ``{"tasks": [...]}``, while it arrives: so instructor has several values written."""

from __future__ import annotations

import re

__all__ = ["Tasks"]

_BEGIN = re.compile(r'\{\s{0,64}"tasks"\s{0,64}:\s{0,64}(?=\[)')
_LONGEST = 256
"""More than what `_BEGIN` can match."""
_TOKEN = re.compile(r'["\\\[\]{}]')


class Tasks:
    """Takes a text in pieces and gives the list in it on; what is around the list is left out.

    >>> tasks = Tasks()
    >>> [tasks(piece) for piece in ('{"ta', 'sks": [1, "]"', ', 2', ']}')]
    ['', '[1, "]"', ', 2', ']']
    """

    def __init__(self) -> None:
        self._before: list[str] = []
        self._tail = ""  # of that, what may be the begin
        self._begun = False
        self._depth = 0
        self._quoted = False
        self._escaped = False

    def __call__(self, text: str) -> str:
        """What *text* brings of the list."""
        if self._begun:
            return text[: self._end(text)] if self._depth else ""
        self._before.append(text)
        text = self._tail + text
        begin = _BEGIN.search(text)
        if begin is None:
            start = text.rfind("{")
            self._tail = text[start:] if start >= 0 and len(text) - start < _LONGEST else ""
            return ""
        self._begun = True
        text = text[begin.end() :]
        return text[: self._end(text)]

    def rest(self) -> str:
        """The whole text, if no list began in it."""
        return "" if self._begun else "".join(self._before)

    def _end(self, text: str) -> int:
        """Where the list ends in *text*."""
        escaped_at = 0 if self._escaped else -1
        self._escaped = False
        for token in _TOKEN.finditer(text):
            at, each = token.start(), token[0]
            if at == escaped_at:
                continue
            if self._quoted:
                if each == "\\":
                    escaped_at = at + 1
                self._quoted = each != '"'
            elif each == '"':
                self._quoted = True
            elif each in "[{":
                self._depth += 1
            elif each in "]}":
                self._depth -= 1
                if not self._depth:
                    return token.end()
        self._escaped = escaped_at == len(text)
        return len(text)
