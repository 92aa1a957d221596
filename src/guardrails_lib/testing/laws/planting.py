"""Where a text is planted that a policy is known to find, and what of it must not get through."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from ..._policy import Action, Policy, Rule
from ..._types import Reply, Request, ToolCall
from ..hypotheses import st
from ..strategies.conversations import GUARDED, Spot, planted
from .subjects import samples

__all__ = ["Plant", "plants_of", "plants_with"]

_LEAST = 4
"""A shorter text may stand there by chance."""


@dataclass(frozen=True, slots=True)
class Plant:
    """What is asked and answered, with *values* in it that *rule* is known to find."""

    request: Request
    reply: Reply[Any] | None
    """What the model says; None is all that it is sent."""
    values: tuple[str, ...]
    stage: str
    rule: Rule[Any] | None
    """None where the values are not the policy's own samples."""

    @property
    def by(self) -> str:
        """What takes them out."""
        return "the policy" if self.rule is None else repr(self.rule)


def plants_of(policy: Policy, *, least: Action = Action.REDACT) -> st.SearchStrategy[Plant] | None:
    """What rules that mean *least* or more are known to find, where they look; None is nothing."""
    some = [
        plant
        for stage in ("input", "sources", "output", "tools")
        for rule in getattr(policy, stage)
        if (rule.then if rule.action is Action.RETRY else rule.action) >= least
        for sample in samples(rule)
        if (values := _found(rule, sample))
        for plant in [_planted(stage, rule, sample, values)]
    ]
    return st.one_of(some) if some else None


def plants_with(
    values: st.SearchStrategy[str], where: Collection[Spot]
) -> st.SearchStrategy[Plant]:
    """*values*, planted *where* in what is asked."""
    return planted(values, where=where).map(
        lambda made: Plant(made.request, None, made.values, "input", None)
    )


def _planted(
    stage: str, rule: Rule[Any], sample: str, values: tuple[str, ...]
) -> st.SearchStrategy[Plant]:
    if stage == "output":
        return st.just(Plant(Request("x"), Reply(sample), values, stage, rule))
    if stage == "tools":
        call = ToolCall("look_up", {"query": sample})
        return st.just(Plant(Request("x"), Reply("x", tool_calls=(call,)), values, stage, rule))
    where = [each for each in GUARDED if (each == "source") is (stage == "sources")]
    return planted(st.just(sample), where=where).map(
        lambda made: Plant(made.request, None, values, stage, rule)
    )


def _found(rule: Rule[Any], sample: str) -> tuple[str, ...]:
    """What the check of *rule* finds in *sample*, of which nothing must get through."""
    if rule.check.is_async:
        return (sample,)
    return tuple(_spans(rule, sample))


def _spans(rule: Rule[Any], sample: str) -> Iterator[str]:
    for finding in rule.check(sample):
        if finding.span is None:
            yield sample
        elif finding.span.end - finding.span.start >= _LEAST:
            yield sample[finding.span.start : finding.span.end]
