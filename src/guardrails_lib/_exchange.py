"""What the model is told of a reply that was not accepted."""

from __future__ import annotations

from typing import Any

from ._call import Call
from ._fieldwise import draft_of
from ._judged import Decision
from ._policy import Action
from ._schema import Reader
from ._types import Message

__all__ = ["exchange"]


def exchange(call: Call[Any], reader: Reader[Any], decision: Decision) -> tuple[Message, Message]:
    """What the model said, and what was wrong with it; the next try sees this one alone."""
    wrong = [each for each in decision.judged if each.action is Action.RETRY]
    call.draft = None
    text = decision.text or ""
    if all(each.fieldwise and call.clean(each.finding) == each.finding for each in wrong):
        call.draft = draft_of(reader.draft(text), wrong)  # its places can be told
    findings = dict.fromkeys(call.clean(each.finding).message for each in wrong)
    lines = [f"- {_cut(message, _LINE)}" for message in findings]
    if len(lines) > _LINES:
        lines[_LINES:] = [f"- and {len(lines) - _LINES} more"]
    mend = "Answer again, and mend this."
    if call.draft is not None:
        places = ", ".join(f'"{place}"' for place in call.draft.paths)
        mend = f"Answer with these parts alone, as one JSON object with the keys {places}."
    feedback = "\n".join(["That reply was not accepted:", *lines, mend])
    return (
        Message("assistant", _cut(text, _QUOTED), call.seen),
        Message.of_reply(feedback, call.seen),
    )


_LINES = 8
_LINE = 1_200
_QUOTED = 32_000
"""How much of a reply goes back to the model that wrote it."""


def _cut(text: str, most: int) -> str:
    """*text*, its middle left out if it is too long."""
    if len(text) <= most:
        return text
    return f"{text[: most // 2]}\n[...]\n{text[-most // 2 :]}"
