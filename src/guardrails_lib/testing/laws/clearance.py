"""What is labelled goes no further than its label allows."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ..._guard import Guard
from ..._policy import Policy
from ..._types import Label, Message, Request, Source
from ..hypotheses import st
from ..playing import play, strings_in
from .stating import broken, hold
from .subjects import Call, saying, shapes_of, subject_of

__all__ = ["less_clearance_sees_less"]

_LABELS = st.sampled_from(Label)


def less_clearance_sees_less(
    call: Call | st.SearchStrategy[Policy], *, examples: int | None = None
) -> None:
    """No model sees what is above its clearance, nor with less of it what it would not with more.

    So the second model of a fallback sees nothing that is above its own, whatever the first saw.
    """

    def law(guard: Guard[Any], parts: list[tuple[str, Label]], one: Label, other: Label) -> None:
        parts = [("user", Label.PUBLIC), *parts]
        named = [(f"<{n}>", role, label) for n, (role, label) in enumerate(parts)]
        request = Request(
            [Message(role, text, label) for text, role, label in named if role],
            [
                Source(f"kb://{n}", text, label)
                for n, (text, role, label) in enumerate(named)
                if not role
            ],
        )
        seen = {each: _seen(guard, request, each) for each in (one, other)}
        for cleared_for, texts in seen.items():
            if any(text in texts for text, _, label in named if label > cleared_for):
                raise broken(
                    f"a model cleared for {cleared_for} saw more",
                    policy=guard.policy,
                    asked=request,
                )
        less, more = seen[min(one, other)], seen[max(one, other)]
        if less and more and any(text in less and text not in more for text, _, _ in named):
            raise broken(
                f"{min(one, other)} sees what {max(one, other)} does not",
                policy=guard.policy,
                asked=request,
            )

    on = subject_of(call)
    parts = st.tuples(st.sampled_from(["user", "assistant", "system", ""]), _LABELS)
    some = st.lists(parts, min_size=1, max_size=4)
    hold(
        *(law, on.guards, some, _LABELS, _LABELS),
        name="less_clearance_sees_less",
        policy=on.policy,
        examples=examples,
    )


def _seen(guard: Guard[Any], request: Request, cleared_for: Label) -> str:
    """All that a model with that clearance sees."""
    cleared = replace(guard, cleared_for=cleared_for)
    played = play(cleared, saying(lambda _: "x"), request, shape=shapes_of(guard.policy)[0])
    return "\n".join(strings_in(played.sent))
