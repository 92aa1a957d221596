"""A value that grows no faster than somebody has looked at what it says."""

from __future__ import annotations

import json
import re

from ..._schema import Unreadable, Watch
from .growing import Growing

__all__ = ["Watched"]

_STRING_ENDS = re.compile(r'(?:[^"\\]++|\\.)*+"', re.DOTALL).match
_MARK = re.compile(r'["\\]').search


class Watched:
    """A value that waits at a string that JSON has escaped until somebody has looked at it.

    Whoever looks at the text as it is written does not see what such a string says. What
    may still become a placeholder waits as well.
    """

    def __init__(self, growing: Growing, watch: Watch) -> None:
        self._growing = growing
        self._unfinished = watch.unfinished
        self._pauses = not watch.escapes
        self._rest = ""  # what has come and not been fed
        self._inside = False  # in a string
        self._said = ""  # what was fed of it
        self._end = 0  # where it ends in the rest, while somebody looks at it
        self.paused: str | None = None

    @property
    def problem(self) -> Unreadable | None:
        """Why a part that has arrived does not fit."""
        return self._growing.problem

    @property
    def broken(self) -> bool:
        """Whether it has turned out to be no JSON."""
        return self._growing.broken

    def value(self) -> object:
        """What there is of the value; `MISSING` if nothing can be shown."""
        return self._growing.value()

    def feed(self, text: str, /) -> int | None:
        """Take more of the text; it may have to wait before it is read."""
        self._rest += text
        if self.paused is None:
            self._go_on()
        return None if self._growing.problem is None else len(text)

    def resume(self, text: str, /) -> bool:
        """Go on with *text* for the string at which it waits; False if that cannot be."""
        said = self.paused
        self.paused = None
        if said is None or not text.startswith(self._said):
            return False
        if text == said:
            self._give(self._end)
        else:
            self._growing.feed(json.dumps(text[len(self._said) :], ensure_ascii=False)[1:])
            self._rest = self._rest[self._end :]
        self._inside = False
        self._go_on()
        return True

    def _go_on(self) -> None:
        while self._rest:
            if not self._inside:
                at = self._rest.find('"') + 1
                self._give(at or len(self._rest))
                self._inside, self._said = at > 0, ""
            elif not self._say():
                return

    def _say(self) -> bool:
        """Give what there is of a string; whether anything follows it."""
        mark = _MARK(self._rest)
        if mark is not None and mark[0] == '"':
            self._give(mark.end())
            self._inside = False
            return True
        if mark is not None and self._pauses:
            self._give_said(mark.start())
            ended = _STRING_ENDS(self._rest)
            if ended is not None:
                self._end = ended.end()
                self.paused = self._said + _decoded(self._rest[: self._end - 1])
            return False
        ended = _STRING_ENDS(self._rest) if mark is not None else None
        if ended is not None:
            self._give(ended.end())
            self._inside = False
            return True
        self._give_said(len(self._rest) - self._unfinished(self._rest))
        return False

    def _give_said(self, end: int) -> None:
        self._said += self._rest[:end]
        self._give(end)

    def _give(self, end: int) -> None:
        self._growing.feed(self._rest[:end])
        self._rest = self._rest[end:]


def _decoded(text: str) -> str:
    """What a string says; as it is written, if it is no JSON, which then shows."""
    try:
        return str(json.loads(f'"{text}"'))
    except ValueError:
        return text
