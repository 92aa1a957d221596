"""What holds of each single call; a law, a machine and a test of yours look with the same eyes."""

from __future__ import annotations

import traceback
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from ..._guarded import Shape
from ..._outcome import Accepted, Refusal
from ..._policy import Budget
from ..._types import Usage
from ..playing import Played, strings_in
from .stating import broken

__all__ = [
    "alike",
    "in_budget",
    "nothing_given_on",
    "nothing_in_the_case",
    "nothing_sent",
    "nothing_shown",
    "nothing_told",
]

_ATTEMPTS = 2
"""What a budget allows that does not say."""
_TOKENS = ("input_tokens", "output_tokens")
_WHOLE = {Shape.CALL, Shape.ACALL}
"""A stream that is refused is not read to its end, where its cost is told."""


def nothing_sent(played: Played[Any], values: Iterable[str], by: str = "the policy") -> None:
    """The model is sent none of *values*, which *by* takes out."""
    _none(
        played, values, "\n".join(strings_in(played.sent)), f"the model is sent what {by} takes out"
    )


def nothing_shown(played: Played[Any], values: Iterable[str], by: str = "the policy") -> None:
    """Whoever asked is shown none of *values*, nor offered a passage that has one."""
    near = (each.text for each in getattr(played.outcome, "near", ()))
    got = "\n".join([played.shown, *near])
    _none(played, values, got, f"whoever asked is shown what {by} takes out")


def nothing_given_on(played: Played[Any], values: Iterable[str], by: str = "the policy") -> None:
    """No tool call that was accepted has one of *values*."""
    calls = getattr(played.outcome, "tool_calls", ())
    _none(played, values, "\n".join(strings_in(calls)), f"a tool is given what {by} takes out")


def nothing_told(played: Played[Any], values: Iterable[str], lines: Iterable[str] = ()) -> None:
    """Neither the record, nor events, findings, errors or log *lines* have one of *values*."""
    some = tuple(values)
    for name, told in _told(played, lines):
        if any(value in told for value in some):
            raise broken(f"the {name} has what is taken out", played=played)


def nothing_in_the_case(played: Played[Any], values: Iterable[str]) -> None:
    """The person who must decide is given none of *values*, which were redacted."""
    case = getattr(played.outcome, "case", None)
    _none(played, values, "\n".join(strings_in(case)), "the case has what is redacted")


def in_budget(played: Played[Any], budget: Budget, paid: Sequence[Usage]) -> None:
    """The answers, which cost what was *paid*, were all within *budget*, and the record has it."""
    if len(paid) > (budget.attempts or _ATTEMPTS):
        raise broken("the model is asked more often than attempts allow", played=played)
    if len(paid) > 1 and _over(budget, _sum(paid[:-1])):
        raise broken("the model is asked again though a limit is passed", played=played)
    whole = _sum(paid)
    accepted = isinstance(played.outcome, Accepted)
    if accepted and _over(budget, whole):
        raise broken("an answer is accepted that cost more than it may", played=played)
    if played.outcome is not None and (accepted or played.shape in _WHOLE):
        spent = played.outcome.record.spent
        if spent.tokens < whole.tokens or spent.dollars + 1e-9 < whole.dollars:
            raise broken(f"{whole!r} was paid, and the record has {spent!r}", played=played)


def alike(one: Played[Any], other: Played[Any]) -> None:
    """Two calls ended alike: in outcome, in what was shown, in how often the model was asked."""
    for what in ("outcome", "shown"):
        if getattr(one, what) != getattr(other, what):
            raise broken(f"the {what} is another", played=other, before=getattr(one, what))
    if len(one.sent) != len(other.sent):
        raise broken("the model is asked more or less often", played=other, before=one.sent)
    if type(one.error) is not type(other.error):
        raise broken("the error is another", played=other, before=one.error)


def _none(played: Played[Any], values: Iterable[str], got: str, why: str) -> None:
    some = tuple(values)
    if any(value in got for value in some):
        raise broken(why, played=played)


def _told(played: Played[Any], lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    """All that is said of a call, but the answer."""
    outcome = played.outcome
    if outcome is not None:
        yield "record", repr(outcome.record)
        yield "findings", repr(outcome.findings)
        yield "text that is said", outcome.say
    if isinstance(outcome, Refusal):
        yield "refusal", outcome.why + repr(outcome)
    yield "events", repr(played.events)
    yield "log", "\n".join(lines)
    if played.error is not None:
        yield "error", "".join(traceback.format_exception(played.error))


def _sum(paid: Sequence[Usage]) -> Usage:
    """What is *paid*, added up otherwise than the library does it."""
    tokens_in, tokens_out = (sum(getattr(each, name) for each in paid) for name in _TOKENS)
    return Usage(tokens_in, tokens_out, sum(each.dollars for each in paid))


def _over(budget: Budget, spent: Usage) -> bool:
    return (budget.dollars is not None and spent.dollars > budget.dollars) or (
        budget.tokens is not None and spent.tokens > budget.tokens
    )
