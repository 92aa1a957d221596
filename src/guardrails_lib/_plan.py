"""What the engine needs to know of a policy, worked out once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, TypeAlias

from ._policy import Action, Budget, Policy, Rule, kinds
from ._schema import Unreadable
from ._types import Message, Reply, Request, Source, ToolCall

__all__ = ["Group", "Plan", "Rules"]

Rules: TypeAlias = tuple[Rule[Any], ...]

ATTEMPTS = 2
"""How often the model is asked where the budget does not say."""


KINDS = frozenset(
    {
        *("abandoned", "budget", "cut_off", "empty", "error", "failed", "filtered"),
        *("placeholder", "repaired", "returns", "uncleared", "unreadable", "unseen"),
        *("unsettled", "vault"),
    }
)
"""The kinds of finding that the engine itself makes, and the check that it names for them."""


class Group:
    """Rules that look at the same things."""

    __slots__ = ("names", "rules", "slow")

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self.names = tuple(rule.check.name for rule in rules)
        self.slow = any(rule.check.slow for rule in rules)

    def part(self, *, slow: bool) -> Group:
        """The slow ones among them, or the others."""
        return Group(tuple(rule for rule in self.rules if rule.check.slow is slow))


class Plan:
    """The rules of a policy by what they look at."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self.attempts = policy.budget.attempts or ATTEMPTS
        self.limited = replace(policy.budget, attempts=None) != Budget()

        self.slow = any(rule.check.slow for rule in policy.rules)
        self.samples = max((rule.check.samples for rule in policy.validators), default=0)
        self.restores = any(rule.restore for rule in policy.rules)

        trusted = tuple(rule for rule in policy.input if rule.trusted)
        self.texts = _over(str, policy.input)
        self.messages = _over(Message, policy.input)
        self.trusted_texts = _over(str, trusted)
        self.trusted_messages = _over(Message, trusted)
        self.source_texts = _over(str, policy.sources)
        self.sources = _over(Source, policy.sources)
        self.requests = _over(Request, policy.input + policy.sources)
        self.boundary = bool(policy.input or policy.sources)

        self.output = Group(policy.output)
        widths = [rule.check.width for rule in policy.output]
        self.whole = None in widths
        """A rule must see the reply to its end, so nothing is shown before that."""
        self.back = max((r.check.back or r.check.width or 0 for r in policy.output), default=0)
        self.ceiling = max((a for rule in policy.output for a in _meanings(rule)), default=None)
        """The strictest that a finding in the reply can mean: at that, no more is read."""

        self.tool_texts = _over(str, policy.tools)
        self.tools = _over(ToolCall, policy.tools)

        self.reply_texts = _over(str, policy.validators)
        self.replies = _over(Reply, policy.validators)
        self.unread = _over(Unreadable, policy.validators)
        self.fieldwise = any(rule.fieldwise for rule in self.unread.rules)
        """Of what does not fit only that is asked for again, so the rest is wanted."""
        self.values = [
            Group((rule,))
            for rule in policy.validators
            if not kinds(rule.check.subject) & {str, Reply, Unreadable}
        ]

        self.names = frozenset(rule.check.name for rule in policy.rules) | KINDS
        """The words of a finding that are code's and not the text's."""

        self.patient = bool(
            self.whole
            or policy.tools
            or policy.validators
            or any(Action.RETRY in (rule.action, rule.on_error) for rule in policy.output)
        )
        """Whether an answer stands may be known only at its end."""


def _over(subject: object, rules: Rules) -> Group:
    return Group(tuple(rule for rule in rules if subject in kinds(rule.check.subject)))


def _meanings(rule: Rule[Any]) -> Iterator[Action]:
    for action in (rule.action, rule.on_error or rule.action):
        if action is Action.REDACT:
            yield Action.ESCALATE
        elif action is Action.RETRY:
            yield rule.then
        else:
            yield action
