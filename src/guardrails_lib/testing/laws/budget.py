"""A call takes no more than it may."""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from ..._guard import Guard
from ..._outcome import Accepted
from ..._policy import Budget, Policy
from ..._types import Reply, Request, Usage
from ..hypotheses import st
from ..playing import play
from .stating import broken, hold
from .steps import in_budget
from .subjects import Call, Texts, saying, shapes_of, subject_of

__all__ = ["stays_in_budget"]

_SOON = 0.02


def stays_in_budget(
    call: Call | st.SearchStrategy[Policy],
    *,
    texts: Texts | None = None,
    examples: int | None = None,
) -> None:
    """The model is not asked again when a limit is reached, and no answer came at its cost.

    Each answer costs something, and is given with the budget of the policy, and with a tighter
    one. What was spent is what the answers cost. An answer that takes too long is not accepted.
    """

    def law(
        guard: Guard[Any], said: list[str], costs: list[Usage], tighter: Budget, shape: int
    ) -> None:
        policy = replace(guard.policy, budget=guard.policy.budget & tighter)
        guard = replace(guard, policy=policy, prices=None)
        replies = [
            Reply[Any](text, usage=usage)
            for text, usage in zip(itertools.cycle(said), costs, strict=False)
        ]
        ways = shapes_of(policy)
        model = saying(_in_turn(replies))
        played = play(guard, model, Request("x"), shape=ways[shape % len(ways)])
        paid = [replies[n % len(replies)].usage for n in range(len(played.sent))]
        in_budget(played, policy.budget, paid)

    on = subject_of(call, texts)
    costs = st.builds(
        Usage, st.integers(0, 50), st.integers(0, 50), st.sampled_from([0.0, 0.001, 0.1, 2.0])
    )
    tighter = st.builds(
        Budget,
        dollars=st.sampled_from([None, 0.0, 0.05, 1.0]),
        tokens=st.sampled_from([None, 0, 20, 100]),
        attempts=st.sampled_from([None, 1, 2, 3]),
    )
    some = st.lists(on.said, min_size=1, max_size=3)
    hold(
        *(
            law,
            on.guards,
            some,
            st.lists(costs, min_size=4, max_size=4),
            tighter,
            st.integers(0, 3),
        ),
        name="stays_in_budget",
        policy=on.policy,
        examples=examples,
    )
    hold(_late, on.guards, name="stays_in_budget", policy=on.policy, examples=2)


def _late(guard: Guard[Any]) -> None:
    """An answer that comes when the time is over is not accepted."""
    policy = replace(guard.policy, budget=replace(guard.policy.budget, seconds=_SOON))

    def late(request: Request) -> str:
        time.sleep(_SOON * 2)
        return "x"

    for shape in shapes_of(policy):
        played = play(replace(guard, policy=policy), saying(late), "x", shape=shape)
        if isinstance(played.outcome, Accepted):
            raise broken("an answer is accepted that came too late", played=played)


def _in_turn(replies: list[Reply[Any]]) -> Any:
    turns: Iterator[Reply[Any]] = itertools.cycle(replies)
    return lambda _: next(turns)
