"""What there is of a value of which the bracket, or the quote, has not closed yet."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from typing import Any

from ..._schema import MISSING
from .shapes import NOTHING, Part

__all__ = ["OpenString", "OpenValue", "since"]

_UNSEEN = Part(NOTHING)


class OpenValue:
    """An object or an array that has begun."""

    __slots__ = ("held", "inside", "is_array", "keys", "now", "shape", "start", "step", "sure")

    def __init__(self, part: Part, start: tuple[int, int], sure: bool, bracket: str) -> None:
        self.shape = part.shape
        self.start = start
        self.sure = sure
        """Whether what does not fit in it fits nowhere."""
        self.is_array = bracket == "["
        inside = part.shape.inside
        self.inside = inside if inside and inside.opens == bracket else None
        self.held: Any = None
        """What there is of it; None once that cannot be told."""
        if self.inside is not None:
            self.held = [] if self.is_array else {}
        self.keys: set[str] = set()
        self.step: str | int = -1 if self.is_array else ""
        self.now = _UNSEEN
        """What stands at the step."""

    def reach(self, step: str | int) -> Part:
        """What stands at *step*, which is where the text is now."""
        self.step = step
        if self.inside is not None:
            self.now = self.inside.parts.get(step, self.inside.rest)
        return self.now

    def hold(self, value: object) -> None:
        """Have *value* where the text is now; MISSING is what nobody can tell."""
        held = self.held
        if held is None:
            return
        if self.is_array:
            if value is MISSING:
                self.held = None
            else:
                held.append(value)
        elif value is not MISSING:
            name = self.now.name or self.step
            if self.now.sure or name not in held:
                held[name] = value

    def shown(self, inner: object) -> object:
        """What there is of it, with *inner* where the text is now; MISSING if it is hidden."""
        held, inside = self.held, self.inside
        if held is None or inside is None or inside.shown is None:
            return MISSING
        make = inside.shown
        if self.is_array:
            return make(held[:] if inner is MISSING else [*held, inner])
        held = held.copy()
        if inner is not MISSING:
            name = self.now.name or self.step
            if self.now.sure or name not in held:
                held[name] = inner
        return make(held)

    def whole(self) -> object:
        """What it is, now closed, by what is held of it; MISSING if it must be read again."""
        if self.held is None or self.inside is None or self.inside.whole is None:
            return MISSING
        count = int(self.step) + 1 if self.is_array else len(self.keys)
        return self.inside.whole(self.held) if len(self.held) == count else MISSING


class OpenString:
    """A string that has begun: what can be shown of it, decoded as it arrives."""

    __slots__ = ("_next", "_restored", "_shown", "_start", "_stuck", "_undecoded")

    def __init__(self, start: tuple[int, int], restored: Callable[[str], str]) -> None:
        self._start = self._next = start
        self._restored = restored
        self._shown = ""
        self._undecoded = ""
        self._stuck = False  # at what is shown when the string has closed, or never

    def shown(self, pieces: Sequence[str]) -> str:
        """What can be shown, *pieces* having arrived."""
        if self._stuck:
            return self._shown
        if self._restored is not str:  # what is put back may have begun in any piece
            self._next, self._undecoded, self._shown = self._start, "", ""
        text = self._undecoded + since(pieces, self._next, len(pieces[-1]))
        self._next = len(pieces) - 1, len(pieces[-1])
        text = self._restored(text)
        if "\\" not in text:
            self._undecoded = ""
            self._shown += text
        else:
            self._decode(text)
        return self._shown

    def _decode(self, text: str) -> None:
        whole = _DECODABLE(text)
        assert whole is not None  # it matches nothing, too
        end = whole.end()
        self._undecoded = text[end:]
        self._stuck = len(self._undecoded) > _LONGEST_ESCAPE
        self._shown += json.loads(f'"{text[:end]}"', strict=False)


_DECODABLE = re.compile(
    r"""(?: [^"\\]++ | \\["\\/bfnrt]
      | \\u (?![dD][89a-fA-F]) [0-9a-fA-F]{4}
      | \\u [dD][89abAB][0-9a-fA-F]{2} \\u [dD][c-fC-F][0-9a-fA-F]{2}
    )*+""",
    re.VERBOSE,
).match
"""Characters and escapes that are whole: half a surrogate pair is none."""
_LONGEST_ESCAPE = 12
"""Of a surrogate pair. What is longer and cannot be decoded is no escape."""


def since(pieces: Sequence[str], start: tuple[int, int], end: int) -> str:
    """The text from *start*, a piece and a place in it, to *end* in the last piece."""
    piece, at = start
    last = len(pieces) - 1
    if piece == last:
        return pieces[piece][at:end]
    if piece == last - 1:
        return pieces[piece][at:] + pieces[last][:end]
    parts = [*pieces[piece:]]
    parts[0] = parts[0][at:]
    parts[-1] = parts[-1][:end]
    return "".join(parts)
