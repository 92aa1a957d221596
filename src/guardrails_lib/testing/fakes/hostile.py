"""A model that means harm."""

from __future__ import annotations

from ..._stand_ins import PLACEHOLDER
from .clock import FakeClock
from .heard import heard
from .model import FakeModel, Prompt, Turn
from .tricks import PLAYED, TRICKS, Heard

__all__ = ["HostileModel"]


class HostileModel(FakeModel):
    """It tries *tricks*, one each time it is asked, in their order and then again; or all.

    They leak what it was sent, give orders to whatever reads the answer, break a schema,
    forge placeholders and call tools that nobody offered. `TRICKS` has their names.

    >>> HostileModel("backwards", "unknown_tool")("Hello").text
    'olleH'
    """

    def __init__(self, *tricks: str, clock: FakeClock | None = None) -> None:
        for each in tricks:
            if each not in PLAYED:
                raise ValueError(f"there is no trick {each!r}; there are {', '.join(TRICKS)}")
        super().__init__(self._try, clock=clock)
        self._tricks = tricks

    def _try(self, prompt: Prompt, before: int) -> Turn:
        tricks = self._tricks or TRICKS
        others = dict.fromkeys(PLACEHOLDER.findall("\n".join(map(heard, self.sent[:before]))))
        return PLAYED[tricks[before % len(tricks)]](Heard(heard(prompt), tuple(others)))

    def __repr__(self) -> str:
        return f"HostileModel({', '.join(map(repr, self._tricks))})"
