"""How strict a call was."""

from __future__ import annotations

from typing import Any

from ..._outcome import Abstained, Blocked, Escalated, Outcome
from ..._policy import Action
from ..playing import Played

__all__ = ["severity"]

_ENDS: dict[type[Any], Action] = {
    Abstained: Action.ABSTAIN,
    Escalated: Action.ESCALATE,
    Blocked: Action.BLOCK,
}


def severity(call: Outcome[Any] | Played[Any]) -> int:
    """How strict a call was: its end, or the strictest that was done on the way; 0 is nothing.

    A call that raised gave no answer, which is as strict as can be.
    """
    outcome = call.outcome if isinstance(call, Played) else call
    if outcome is None:
        return Action.BLOCK
    done = [event.action for event in outcome.record.events if event.action is not None]
    return max([*done, _ENDS.get(type(outcome), Action.FLAG)], default=0) if done else 0
