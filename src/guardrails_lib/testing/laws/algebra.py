"""Policies add up, and the strictest one wins."""

from __future__ import annotations

import itertools
from dataclasses import fields, replace
from typing import Any

from ..._guard import Guard
from ..._policy import Budget, Policy
from ..hypotheses import st
from ..severity import severity
from ..stages import STAGES
from .stating import broken, hold
from .subjects import Call, Texts, asked, only, put, stages_of, subject_of

__all__ = ["monoid", "monotone", "strictest_wins"]


def monoid(call: Call | st.SearchStrategy[Policy], *, examples: int | None = None) -> None:
    """Policies add up in any grouping, the empty one changes nothing, budgets grow tighter."""

    def law(one: Guard[Any], two: Guard[Any], three: Guard[Any]) -> None:
        p, q, r = one.policy, two.policy, three.policy
        if (p + q) + r != p + (q + r) or ((p + q) + r).fingerprint != (p + (q + r)).fingerprint:
            raise broken("(p + q) + r is not p + (q + r)", p=p, q=q, r=r)
        if not p + Policy() == p == Policy() + p:
            raise broken("the empty policy changes p", p=p, q=q, r=r)
        if hash(p) != hash(replace(p)):
            raise broken("equal policies have other hashes", p=p, q=q, r=r)
        for each in fields(Budget):
            limits = [getattr(policy.budget, each.name) for policy in (p, q, p + q)]
            least = min((limit for limit in limits[:2] if limit is not None), default=None)
            if limits[2] != least:
                raise broken(
                    f"the budget of p + q is not the tighter one in {each.name}", p=p, q=q, r=r
                )

    on = subject_of(call)
    hold(law, on.guards, on.guards, on.guards, name="monoid", policy=on.policy, examples=examples)


def strictest_wins(
    call: Call | st.SearchStrategy[Policy],
    *,
    texts: Texts | None = None,
    examples: int | None = None,
) -> None:
    """At each stage two policies together are as severe as the severer of the two."""

    def law(guard: Guard[Any], other: Guard[Any], text: str, stage: str) -> None:
        guard = replace(guard, strict=False)  # with one stage alone, nobody looks at much
        p, q = only(guard.policy, stage), only(other.policy, stage)
        both, one, two = (asked(replace(guard, policy=policy), text) for policy in (p + q, p, q))
        if severity(both) != max(severity(one), severity(two)):
            raise broken(
                f"p and q are {severity(one)} and {severity(two)} severe in {stage}, "
                f"and together {severity(both)}",
                played=both,
                p=p,
                q=q,
            )

    on = subject_of(call, texts)
    other = on.guards if on.policy is None else _parts(on.guards)
    hold(
        *(law, other, other, on.said, stages_of(on)),
        name="strictest_wins",
        policy=on.policy,
        examples=examples,
    )


def monotone(
    call: Call | st.SearchStrategy[Policy],
    *,
    texts: Texts | None = None,
    examples: int | None = None,
) -> None:
    """A rule more never makes a call milder, whatever rule it is."""

    def law(guard: Guard[Any], other: Guard[Any], text: str, stage: str) -> None:
        guard = replace(guard, strict=False)  # as above
        before, rules = only(guard.policy, stage), getattr(other.policy, stage)
        mild = asked(replace(guard, policy=before), text)
        for place in range(len(rules)):
            after = put(before, stage, (*getattr(before, stage), rules[place]))
            strict = asked(replace(guard, policy=after), text)
            if severity(strict) < severity(mild):
                raise broken(
                    f"one rule more makes {stage} milder: {severity(strict)} after "
                    f"{severity(mild)}",
                    played=strict,
                    before=before,
                    more=rules[place],
                )

    on = subject_of(call, texts)
    some = on.guards if on.policy is None else _parts(on.guards)
    hold(
        *(law, some, on.guards, on.said, stages_of(on)),
        name="monotone",
        policy=on.policy,
        examples=examples,
    )


def _parts(guards: st.SearchStrategy[Guard[Any]]) -> st.SearchStrategy[Guard[Any]]:
    """Guards with some of the rules, so that a single policy has something to be added to."""
    kept = st.lists(st.booleans(), min_size=1, max_size=8)
    return st.builds(_part, guards, kept)


def _part(guard: Guard[Any], kept: list[bool]) -> Guard[Any]:
    policy, keep = guard.policy, itertools.cycle(kept)
    for stage in STAGES:
        rules = getattr(policy, stage)
        policy = put(policy, stage, tuple(rule for rule in rules if next(keep)))
    return replace(guard, policy=policy)
