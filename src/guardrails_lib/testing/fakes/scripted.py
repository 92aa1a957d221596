"""A model that does as it is told."""

from __future__ import annotations

from ..._types import Reply
from .clock import FakeClock
from .model import Answer, FakeModel, Prompt, Turn, as_turn

__all__ = ["ScriptEnded", "ScriptedModel"]


class ScriptEnded(AssertionError):
    """A model was asked more often than its script has turns."""


class ScriptedModel(FakeModel):
    """A model that plays its script, one turn each time it is asked.

    A turn is text, a list of chunks, an exception, a `Reply` or a `Turn`.

    >>> model = ScriptedModel("Hello.", ["Good", "bye."])
    >>> model("Hi").text, "".join(model.stream("Bye"))
    ('Hello.', 'Goodbye.')
    >>> model.sent
    ['Hi', 'Bye']
    """

    def __init__(self, *turns: Answer, clock: FakeClock | None = None) -> None:
        super().__init__(self._play, clock=clock)
        self._turns = [turn if isinstance(turn, Reply) else as_turn(turn) for turn in turns]

    def _play(self, prompt: Prompt, before: int) -> Turn | Reply[object]:
        if before >= len(self._turns):
            raise ScriptEnded(f"asked {before + 1} times, and the script has {len(self._turns)}")
        return self._turns[before]

    def __repr__(self) -> str:
        return f"ScriptedModel({', '.join(map(repr, self._turns))})"
