"""A conversation as a chat application keeps it: what was said, and its vault."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .._outcome import Accepted
from .._stand_ins import PLACEHOLDER
from .._types import Data, Message, Request, Source, ToolCall
from .._vault import Vault
from .fakes import FakeClock
from .playing import Played, strings_in
from .strategies.turns import spoken

__all__ = ["Chat"]

_INSTRUCTION = Message("system", "You help the customers of a shop.")


class Chat:
    """Exchanges that were accepted, and the turn that is not answered yet.

    The developer speaks first; documents are given with the next question alone. What is
    refused is taken back, with the exchange before it, so that the conversation can go on.
    """

    def __init__(self, clock: FakeClock, tools: Iterable[object] = ()) -> None:
        self.vault = Vault(lifetime=3600.0, clock=clock)
        self.turn: list[Message] = []
        self.documents: list[Source] = []
        self.open_calls: tuple[ToolCall, ...] = ()
        """Tools that the model has called and that have not answered."""
        self.tools = tuple(tools)
        self.answer = ""
        """What was shown last."""
        self.placeholders: dict[str, None] = {}
        """Those that the model was sent, in order."""
        self._exchanges: list[list[Message]] = []
        self._heard: list[str] = [_INSTRUCTION.text]
        self._secrets: dict[str, None] = {}
        self._plain: list[str] = []

    def says(self, role: str, text: str, secrets: Iterable[str] = ()) -> None:
        """Somebody writes: a user, or a tool that the model has called."""
        if role == "tool":
            call, *rest = self.open_calls
            self.open_calls = tuple(rest)
            found: list[str | Data] = [Data({"found": [text], "count": 1})]
            self.turn.append(spoken("tool", found, _INSTRUCTION.label, answers=call.id))
        else:
            self.turn.append(Message(role, text))
        self._keep(text, secrets)

    def consults(self, text: str, secrets: Iterable[str] = ()) -> None:
        """A document is found."""
        self.documents.append(Source(f"kb://help/{len(self.documents)}", text))
        self._keep(text, secrets)

    def request(self) -> Request:
        """All of it, as it is sent to the guarded model."""
        before = [message for exchange in self._exchanges for message in exchange]
        return Request([_INSTRUCTION, *before, *self.turn], self.documents, self.tools)

    def ends(self, played: Played[Any]) -> None:
        """A call of this conversation has ended; after an error it is asked again."""
        for text in strings_in(played.sent):
            self.placeholders |= dict.fromkeys(PLACEHOLDER.findall(text))
        outcome = played.outcome
        if isinstance(outcome, Accepted):
            self._answered(str(outcome.value), outcome.tool_calls)
        elif outcome is not None:
            self._refused()

    @property
    def secrets(self) -> list[str]:
        """What was said here and no model may see; what is in a plain text as well is none."""
        return [each for each in self._secrets if not any(each in text for text in self._plain)]

    def heard(self, value: str) -> bool:
        """Whether *value* was said here by anybody."""
        return any(value in text for text in self._heard)

    def _answered(self, text: str, calls: tuple[ToolCall, ...]) -> None:
        """The answer is shown, and stays in the conversation."""
        said = spoken("assistant", text, _INSTRUCTION.label, calls=calls)
        self._exchanges.append([*self.turn, said])
        self._heard += strings_in(said)
        self.turn, self.documents, self.open_calls, self.answer = [], [], calls, text

    def _refused(self) -> None:
        """There is no answer: the turn is taken back, and the exchange before it."""
        self.turn, self.documents, self.open_calls, self.answer = [], [], (), ""
        del self._exchanges[-1:]

    def _keep(self, text: str, secrets: Iterable[str]) -> None:
        self._heard.append(text)
        found = dict.fromkeys(secrets)
        self._secrets |= found
        if not found:
            self._plain.append(text)
