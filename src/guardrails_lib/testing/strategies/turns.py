"""The turns of a conversation, one after the other, with values planted in them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple, TypeAlias

from ..._types import Data, Label, Message, Source, ToolCall
from ..hypotheses import st

__all__ = ["Kit", "Place", "Spot", "Turns", "Wanted", "spoken"]

Spot: TypeAlias = Literal[
    "user",
    "earlier",
    "assistant",
    "part",
    "data",
    "key",
    "name",
    "argument",
    "argument_key",
    "result",
    "source",
    "system",
]
"""Where in a request a value can stand."""

Wanted: TypeAlias = Mapping[Spot, Sequence[str]]
"""What is to be planted, by where."""


class Place(NamedTuple):
    """Where a value was planted: in what sort of place, and in which message or source."""

    spot: Spot
    where: str


@dataclass(frozen=True, slots=True)
class Kit:
    """What a conversation is made of."""

    texts: st.SearchStrategy[str]
    calls: st.SearchStrategy[ToolCall]
    sources: st.SearchStrategy[Source]
    labels: st.SearchStrategy[Label]


class Turns:
    """A conversation as it grows, and what was planted in it, where."""

    def __init__(self, draw: st.DrawFn, kit: Kit) -> None:
        self.messages: list[Message] = []
        self.sources: list[Source] = []
        self.values: list[str] = []
        self.places: list[Place] = []
        self._draw = draw
        self._kit = kit
        self.called: list[str] = []
        """The names of the tools that were called, in order."""

    def instruct(self, wanted: Wanted) -> None:
        """What the developer says."""
        self._say("system", self._text("system", wanted))

    def exchange(self, wanted: Wanted, *, answered: bool) -> None:
        """A question, maybe tools that are called for it, and the answer, where there is one."""
        self._ask(wanted, "earlier" if answered else "user")
        if any(wanted.get(each) for each in _OF_TOOLS) or self._draw(_RARELY):
            self._call_tools(wanted)
        if answered:
            self._say("assistant", self._text("assistant", wanted))

    def consult(self, wanted: Wanted) -> None:
        """A document that the answer may rest on."""
        source = self._draw(self._kit.sources)
        if wanted.get("source"):
            text = self._text("source", wanted, f"sources[{len(self.sources)}]")
            source = replace(source, text=text)
        self.sources.append(source)

    def _ask(self, wanted: Wanted, spot: Spot) -> None:
        text = self._text(spot, wanted)
        name = " ".join(self._planted("name", wanted))
        shape = self._draw(_SHAPES)
        of_data = wanted.get("data") or wanted.get("key")
        if not (of_data or wanted.get("part") or shape):
            self._say("user", text, name=name)
            return
        parts: list[str | Data] = [text]
        if wanted.get("part") or shape == "part":
            parts.append(self._text("part", wanted))
        if of_data or shape == "data":
            parts.insert(self._draw(_FIRST_OR_LAST), Data(self._form(wanted)))
        self._say("user", parts, name=name)

    def _call_tools(self, wanted: Wanted) -> None:
        calls = [self._call(wanted)]
        if self._draw(_RARELY):
            calls.append(self._draw(self._kit.calls))
        numbered = [
            replace(call, id=f"call_{n}") for n, call in enumerate(calls, start=len(self.called))
        ]
        self.called += [call.name for call in calls]
        self._say("assistant", "", calls=numbered)
        for call in numbered:
            told: str | list[str | Data] = self._text("result", wanted)
            wanted = {**wanted, "result": ()}
            if self._draw(_RARELY):
                told = [Data({"found": told, "count": self._draw(_COUNTS)})]
            self._say("tool", told, answers=call.id)

    def _call(self, wanted: Wanted) -> ToolCall:
        call = self._draw(self._kit.calls)
        values, names = wanted.get("argument"), self._planted("argument_key", wanted)
        if not (values or names):
            return call
        given = call.arguments if isinstance(call.arguments, Mapping) else {}
        arguments: dict[str, object] = dict(given)
        if values:
            texts = [key for key, each in given.items() if isinstance(each, str)]
            arguments[self._draw(st.sampled_from(texts or ["note"]))] = self._text(
                "argument", wanted
            )
        return replace(call, arguments=arguments | dict.fromkeys(names, True))

    def _form(self, wanted: Wanted) -> object:
        """Nested data: what was asked for, some way down."""
        form: dict[str, object] = {"note": self._text("data", wanted), "count": self._draw(_COUNTS)}
        form |= dict.fromkeys(self._planted("key", wanted), "yes")
        return self._draw(st.sampled_from((form, [form], {"form": form}, {"forms": [[form], []]})))

    def _text(self, spot: Spot, wanted: Wanted, where: str = "") -> str:
        """A text with the values in it that are wanted there."""
        values = self._planted(spot, wanted, where)
        if not values:
            return self._draw(self._kit.texts)
        said = " ".join(values)
        around = self._draw(_AROUND)
        return around.format(said, self._draw(self._kit.texts)) if around else said

    def _planted(self, spot: Spot, wanted: Wanted, where: str = "") -> Sequence[str]:
        """The values that are wanted there. They stand in the next message, or in *where*."""
        values = wanted.get(spot, ())
        self.values += values
        self.places += [Place(spot, where or f"messages[{len(self.messages)}]") for _ in values]
        return values

    def _say(
        self,
        role: str,
        content: str | list[str | Data],
        *,
        name: str = "",
        calls: Sequence[ToolCall] = (),
        answers: str = "",
    ) -> None:
        label = self._draw(self._kit.labels)
        self.messages.append(spoken(role, content, label, name=name, calls=calls, answers=answers))


def spoken(
    role: str,
    content: str | list[str | Data],
    label: Label,
    *,
    name: str = "",
    calls: Sequence[ToolCall] = (),
    answers: str = "",
) -> Message:
    """A message, with the chat dict that it could have been read from.

    *answers* is the id of the call whose result it is.
    """
    text, parts = ("", content) if isinstance(content, list) else (content, ())
    if not (parts or name or calls or answers):
        return Message(role, text, label)
    raw: dict[str, object] = {"role": role, "content": text}
    if parts:
        raw["content"] = [
            each.value if isinstance(each, Data) else {"type": "text", "text": each}
            for each in parts
        ]
    if name:
        raw["name"] = name
    if calls:
        raw["tool_calls"] = [_in_chat(call) for call in calls]
    if answers:
        raw["tool_call_id"] = answers
    return Message(role, text, label, parts, calls, name, raw)


def _in_chat(call: ToolCall) -> dict[str, object]:
    given = call.arguments
    written = given if isinstance(given, str) else json.dumps(given, ensure_ascii=False)
    return {
        "id": call.id,
        "type": "function",
        "function": {"name": call.name, "arguments": written},
    }


_OF_TOOLS: tuple[Spot, ...] = ("argument", "argument_key", "result")
_RARELY = st.sampled_from((False, False, False, True))
_SHAPES = st.sampled_from(("", "", "", "part", "data"))
_FIRST_OR_LAST = st.sampled_from((0, 1))
_COUNTS = st.integers(0, 99)
_AROUND = st.sampled_from(("", "{0} {1}", "{1} {0}", "{1}\n{0}\n{1}"))
