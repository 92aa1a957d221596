"""The thoughts of a model: shown where the output rules find nothing in them."""

from __future__ import annotations

from collections.abc import Callable

from .. import Accepted, Policy, guard

__all__ = ["showable"]


def showable(policy: Policy) -> Callable[[str], bool]:
    """Whether a thought may be shown under *policy*.

    It is signed, so it can be given back to the model as it is or not at all: no rule can
    redact it. Where a rule asks a model or waits, which costs, none is shown.
    """
    if any(rule.check.is_async or rule.check.slow for rule in policy.output):
        return _never
    look = guard(Policy(output=policy.output))(_thought)
    return lambda thought: not thought or look("", thought) == Accepted(thought)


def _never(thought: str) -> bool:
    return not thought


def _thought(_: str, thought: str) -> str:
    return thought
