"""Policies of every form, to try what must hold for all of them."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from typing import Any, TypeAlias

from ..._check import Check
from ..._policy import (
    Action,
    Budget,
    Policy,
    Rule,
    abstain,
    block,
    drop,
    escalate,
    flag,
    redact,
    retry,
)
from ...checks import containing, longer_than, matching
from ..hypotheses import InvalidArgument, st
from ..stages import STAGES, Stage

__all__ = ["policies"]

Verb: TypeAlias = Callable[..., Rule[Any]]

_VERBS: dict[Stage, tuple[Verb, ...]] = {
    "input": (flag, redact, drop, abstain, escalate, block),
    "sources": (flag, redact, drop, abstain, escalate, block),
    "output": (flag, redact, retry, abstain, escalate, block),
    "tools": (flag, redact, drop, retry, abstain, escalate, block),
    "validators": (flag, retry, abstain, escalate, block),
}
"""What a finding can mean in each stage."""

_BEFORE_THE_MODEL: tuple[Stage, ...] = ("input", "sources")


def policies(
    checks: st.SearchStrategy[Check[str]] | None = None,
    stages: Collection[Stage] = STAGES,
    *,
    restore: bool = False,
) -> st.SearchStrategy[Policy]:
    """Policies with up to three rules in each of *stages*; the simplest has none.

    Any verb stands around any of *checks*, some of which break otherwise than their rule
    means. Without *checks* they are such as find words, digits and long texts. With *restore*,
    what is redacted on the way in is put back. Any two of the policies can be added.

    >>> from hypothesis import find
    >>> find(policies(stages=["output"]), lambda policy: policy.output)
    Policy(output=(flag(containing(words='order')),))
    """
    for each in stages:
        if each not in STAGES:
            raise InvalidArgument(f"stages has {each!r}: there are {', '.join(STAGES)}")
    some = _CHECKS if checks is None else checks
    put_back = _BEFORE_THE_MODEL if restore else ()
    made = {stage: _rules(stage, some, stage in put_back) for stage in STAGES if stage in stages}
    return st.builds(
        Policy,
        **made,
        name=st.sampled_from(["", "a", "b"]),
        budget=st.builds(Budget, attempts=st.sampled_from([None, 1, 2, 3])),
    )


_CHECKS: st.SearchStrategy[Check[str]] = st.one_of(
    st.builds(containing, st.sampled_from(["order", "the", "e", ("Hello", "yes")])),
    st.builds(matching, st.sampled_from([r"[0-9]+", r"\b[A-Z]\w+", r"@", r"\s$"])),
    st.integers(0, 40).map(lambda limit: longer_than(limit=limit)),
)


def _rules(
    stage: Stage, checks: st.SearchStrategy[Check[str]], put_back: bool
) -> st.SearchStrategy[tuple[Rule[Any], ...]]:
    how: list[dict[str, Any]] = [{}, {"on_error": Action.FLAG}, {"on_error": Action.BLOCK}]
    one = st.builds(_rule, st.sampled_from(_VERBS[stage]), checks, st.sampled_from(how))
    if put_back:
        one = one.map(_put_back)
    return st.lists(one, max_size=3).map(tuple)


def _rule(verb: Verb, check: Check[str], how: dict[str, Any]) -> Rule[Any]:
    return verb(check, **how)


def _put_back(rule: Rule[Any]) -> Rule[Any]:
    return replace(rule, restore=True) if rule.action is Action.REDACT else rule
