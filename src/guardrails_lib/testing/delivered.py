"""How a sample of a check reaches the stage whose rule is to see it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from .._policy import kinds
from .._schema import Unreadable
from .._types import Label, Message, Reply, Request, Source, ToolCall, Uncleared
from .fakes import FakeModel

__all__ = ["INNOCENT", "TOOL", "Delivery", "answers", "delivered"]

TOOL: dict[str, object] = {
    "name": "look_up",
    "parameters": {
        "type": "object",
        "properties": {"query": {"type": "string"}},
        "required": ["query"],
    },
}
"""The tool whose argument a text is in, where a rule looks at tool calls."""

INNOCENT = Request(
    "What are your opening hours?",
    [Source("kb://help/hours", "The shop is open from nine to five.")],
)
"""What is asked where that does not matter."""

NOT_JSON = "This is no JSON."


@dataclass(frozen=True, slots=True)
class Delivery:
    """A call in which a sample is where one stage looks."""

    request: Request
    reply: Reply[Any] = field(default_factory=lambda: Reply[Any]("From nine to five."))
    returns: Any = None
    """As what the reply has to be read, if it matters."""
    repair: bool = False
    samples: tuple[str, ...] = ()
    """What else the model answers."""
    labelled: bool = False
    """Whether it is a label that is to be seen."""


def delivered(
    stage: str, subject: object, sample: object, around: Request = INNOCENT
) -> Delivery | None:
    """The call that shows *sample* to a rule of *stage* over *subject*; None if none can.

    What else has to be asked is as in *around*.
    """
    looks_at = kinds(subject)
    if isinstance(sample, str):
        return _text(stage, sample, around) if str in looks_at else None
    if isinstance(sample, Message | Source | Request):
        return _asked(stage, sample, around) if type(sample) in looks_at else None
    if isinstance(sample, ToolCall):
        if stage != "tools" or ToolCall not in looks_at:
            return None
        return Delivery(replace(around, tools=sample.offered or ()), Reply(tool_calls=(sample,)))
    if stage != "validators":
        return None
    if isinstance(sample, Reply):
        return _replied(sample, around) if Reply in looks_at else None
    if isinstance(sample, Unreadable):
        return Delivery(around, Reply(NOT_JSON), returns=dict[str, Any])
    return Delivery(around, Reply(value=sample), returns=subject)


def _text(stage: str, text: str, around: Request) -> Delivery:
    label = text.label if isinstance(text, Uncleared) else Label.PUBLIC
    labelled, plain = isinstance(text, Uncleared), str(text)
    if stage == "input":
        asked = Request([Message("user", plain, label)], around.sources)
        return Delivery(asked, labelled=labelled)
    if stage == "sources":
        uri = around.sources[0].uri if around.sources else "kb://help/sample"
        asked = Request(around.messages, [Source(uri, plain, label)])
        return Delivery(asked, labelled=labelled)
    if stage == "tools":
        call = ToolCall("look_up", {"query": plain})
        return Delivery(replace(around, tools=(TOOL,)), Reply(tool_calls=(call,)))
    return Delivery(around, Reply(plain))


def _asked(stage: str, sample: Message | Source | Request, around: Request) -> Delivery | None:
    if stage not in {"input", "sources"}:
        return None
    if isinstance(sample, Request):
        return Delivery(sample)
    if isinstance(sample, Message):
        return Delivery(Request([sample], around.sources)) if stage == "input" else None
    return Delivery(Request(around.messages, [sample])) if stage == "sources" else None


def _replied(sample: Reply[Any], around: Request) -> Delivery:
    said = replace(sample, request=None, repairs=(), samples=())
    returns: Any = type(sample.value)
    if isinstance(sample.value, dict) or sample.repairs:
        returns = dict[str, Any]
    elif sample.value is None or isinstance(sample.value, str):
        returns = None
    return Delivery(
        sample.request or around, said, returns, bool(sample.repairs), samples=sample.samples
    )


def answers(reply: Reply[Any], samples: tuple[str, ...] = ()) -> FakeModel:
    """A model that gives *reply*, whatever it is asked; asked the same again, one of *samples*."""
    longest = 0

    def answer(prompt: Any, before: int) -> Reply[Any]:
        nonlocal longest
        if len(prompt.messages) > longest or not samples:
            longest = max(longest, len(prompt.messages))
            return reply
        return Reply(samples[(before + 1) % len(samples)])

    return FakeModel(answer)
