"""A typed answer is one that fits."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ..._guard import Guard
from ..._guarded import Shape
from ..._outcome import Accepted
from ..._policy import Budget, Policy
from ..hypotheses import st
from ..playing import play
from ..strategies.broken_replies import Broken, broken_replies
from .stating import broken, hold
from .subjects import Call, one_policy, saying, shapes_of, subject_of

__all__ = ["unreadable_is_never_accepted"]


def unreadable_is_never_accepted(call: Call, *, examples: int | None = None) -> None:
    """What cannot be read into the type that is wanted is no answer.

    Replies are cut off, wrapped in prose, of another type, with keys too many or twice, and so
    on. A guard that repairs accepts some of them, and says with a finding what it changed.
    """

    def law(guard: Guard[Any], reply: Broken, shape: Shape) -> None:
        alone = replace(guard, policy=Policy(budget=Budget(attempts=1)))
        played = play(alone, saying(lambda _: reply.text, (4, 1)), "x", shape=shape)
        if not isinstance(played.outcome, Accepted):
            return
        mended = any(each.kind == "repaired" for each in played.outcome.findings)
        if not (guard.repair and mended):
            raise broken(f"a reply is accepted that is broken: {reply.fault}", played=played)

    on = subject_of(call)
    policy = one_policy(on, "unreadable_is_never_accepted")
    if not on.is_typed:
        raise TypeError("the guard wants text, and any text is that: give one with returns=")
    faults = broken_replies(on.returns)
    hold(
        *(law, on.guards, faults, st.sampled_from(shapes_of(policy))),
        name="unreadable_is_never_accepted",
        policy=policy,
        examples=examples,
    )
