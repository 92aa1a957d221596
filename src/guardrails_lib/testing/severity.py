"""How strict a call was."""

from __future__ import annotations

from typing import Any

from .._outcome import Abstained, Blocked, Escalated, Outcome
from .._policy import Action
from .playing import Played

__all__ = ["severity"]

_ENDS: dict[type[Any], Action] = {
    Abstained: Action.ABSTAIN,
    Escalated: Action.ESCALATE,
    Blocked: Action.BLOCK,
}


def severity(call: Outcome[Any] | Played[Any]) -> int:
    """How strict a call was: its end, or the strictest that was done to what was accepted.

    0 is nothing. A call that raised gave no answer, which is as strict as can be. What was
    found counts only as far as it had an effect: an answer that stands was not blocked.
    """
    outcome = call.outcome if isinstance(call, Played) else call
    if outcome is None:
        return Action.BLOCK
    if (end := _ENDS.get(type(outcome))) is not None:
        return end
    done = [event.action for event in outcome.record.events if event.action is not None]
    return max((action for action in done if action < Action.ABSTAIN), default=0)
