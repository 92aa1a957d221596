"""The value of a reply that still arrives: what stands before it goes by."""

from __future__ import annotations

import re
from collections.abc import Callable

from ..._schema import MISSING, Unreadable
from ..find import BLANK, FENCE, LONGEST_TAG, OPENED, closing, past_blank
from .growing import Growing
from .watched import Watched

__all__ = ["Led"]

_LINE = 200


class Led:
    """A value that grows once its first bracket has come, as `find` would find it.

    A reply that begins with its value can be stopped where that does not fit. In a reply
    that begins with prose, what does not fit may not be what is meant: the next is tried.
    """

    def __init__(
        self, make: Callable[[], Growing | Watched], opens: str, *, sure: bool = True
    ) -> None:
        self._make = make
        self._opens = opens
        self._sure = sure  # what does not fit now will not, whatever is made of the whole
        self._growing: Growing | Watched | None = None
        self._leads = False
        self._prose = False
        self._ends: re.Pattern[str] | None = None  # what ends the preamble
        self._before = ""  # what came and cannot be told yet

    @property
    def problem(self) -> Unreadable | None:
        """Why a part that has arrived does not fit."""
        return self._growing.problem if self._growing is not None and self._leads else None

    @property
    def broken(self) -> bool:
        """Whether it has turned out to be no JSON."""
        return self._growing is not None and self._growing.broken

    @property
    def paused(self) -> str | None:
        """What a string says that somebody must look at before it is shown."""
        return self._growing.paused if isinstance(self._growing, Watched) else None

    def resume(self, text: str, /) -> bool:
        """Go on with *text* for that string; False if some of it was shown otherwise."""
        return isinstance(self._growing, Watched) and self._growing.resume(text)

    def feed(self, text: str, /) -> int | None:
        """Take more of the reply; where in *text* it is known not to fit."""
        if self._growing is not None and self._leads and self._sure:
            return self._growing.feed(text)
        rest = text
        if self._growing is None:
            if (begun := self._value_in(text)) is None:
                return None
            rest, self._growing = begun, self._make()
        at = self._growing.feed(rest)
        if self._leads:
            return len(text) - len(rest) + at if self._sure and at is not None else None
        if at is not None or self._growing.broken:
            self._growing = None
        return None

    def value(self) -> object:
        """What there is of it; `MISSING` if nothing can be shown."""
        return MISSING if self._growing is None else self._growing.value()

    def _value_in(self, text: str) -> str | None:
        """What of the reply is the value, as far as it has come; None if it has not begun."""
        reply = self._before + text
        if self._prose:
            at = reply.find(self._opens)
            return None if at < 0 else reply[at:]
        self._before = ""
        at = self._past_preamble(reply)
        answer = reply[at:]
        if self._ends or _may_go_on(answer):
            self._before = answer
            return None
        fence = FENCE.match(answer)
        inner = answer[fence.end() :].lstrip(BLANK) if fence else answer
        self._leads = inner[:1] == self._opens or answer[:1] in {"{", "["}
        self._prose = not self._leads
        return inner if self._leads else self._value_in(answer)

    def _past_preamble(self, reply: str) -> int:
        """Where the answer begins; within a preamble, what may begin its end."""
        at = 0
        while True:
            if self._ends is not None:
                ended = self._ends.search(reply, at)
                if ended is None:
                    return max(at, len(reply) - LONGEST_TAG)
                at = ended.end()
                self._ends = None
            at = past_blank(reply, at)
            opened = OPENED.match(reply, at)
            if opened is None:
                return at
            at = opened.end()
            self._ends = closing(opened)


def _may_go_on(answer: str) -> bool:
    """Whether more must come to tell how *answer* begins."""
    if not answer:
        return True
    if answer[0] == "<":
        return len(answer) < LONGEST_TAG and ">" not in answer
    if answer[0] in "`~":
        line, newline, inner = answer.partition("\n")
        return len(line) < _LINE and (not newline or not inner.lstrip(BLANK))
    return False
