"""A model that is not always there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..._types import Reply
from .clock import FakeClock
from .model import FakeModel, Prompt, Turn
from .outage import Outage

__all__ = ["FlakyModel"]


class FlakyModel(FakeModel):
    """*model*, of which the first answers suffer *outages*, one each; after these it is well.

    A *clock* lets slow answers take no time of the test.

    >>> from guardrails_lib.testing.fakes import ScriptedModel
    >>> model = FlakyModel(ScriptedModel("A long answer."), [Outage("cut_off", after=6)])
    >>> model("Hi")
    Reply(text='A long', finish='length')
    """

    def __init__(
        self, model: FakeModel, outages: Iterable[Outage], *, clock: FakeClock | None = None
    ) -> None:
        if not isinstance(model, FakeModel):
            raise TypeError(
                f"a {type(model).__name__} is no fake model: write FakeModel(answer), with a "
                "function that is given the prompt and how often it was asked before"
            )
        super().__init__(self._suffer, clock=clock)
        self._model = model
        self._outages = tuple(outages)

    def _suffer(self, prompt: Prompt, before: int) -> Turn | Reply[Any]:
        outage = self._outages[before] if before < len(self._outages) else Outage()
        return outage.befalls(lambda: self._model.turn(prompt))

    def __repr__(self) -> str:
        return f"FlakyModel({self._model!r}, {list(self._outages)!r})"
