"""What must hold after each call of a conversation."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from .._outcome import Accepted
from .._policy import Policy
from .._stand_ins import PLACEHOLDER
from .._types import NO_USAGE
from .chat import Chat
from .fakes import Turn
from .laws.stating import LawBroken, broken
from .laws.steps import (
    alike,
    in_budget,
    nothing_sent,
    nothing_shown,
    nothing_told,
)
from .playing import Played, strings_in

__all__ = ["answers_hold", "holds", "same_again"]


def holds(
    played: Played[Any], chat: Chat, stranger: Chat, lines: Iterable[str], unseen: Sequence[str]
) -> None:
    """Nothing got where it must not in a call of *chat*, and nothing of a *stranger* came in.

    *lines* were logged meanwhile; *unseen* is what output rules take out of what was answered.
    """
    with _law("never_leaks"):
        nothing_sent(played, chat.secrets)
        nothing_shown(played, unseen)
    foreign = [each for each in stranger.secrets if not chat.heard(each)]
    with _law("restores_exactly"):
        _says_nothing_of_others(played, foreign)
        _puts_back_what_was_said(played, chat)
    with _law("nothing_in_the_log"):
        nothing_told(played, [*chat.secrets, *foreign, *unseen], lines)


def answers_hold(played: Played[Any], chat: Chat, policy: Policy, answers: Sequence[Turn]) -> None:
    """What the model answered was paid, is shown with its values put back, or is an error."""
    if played.error is not None and played.error not in [each.error for each in answers]:
        raise broken("the call raised what the model did not", played=played) from played.error
    with _law("stays_in_budget"):
        paid = [each.usage or NO_USAGE for each in answers if each.error is None]
        in_budget(played, policy.budget, paid)
    outcome = played.outcome
    if isinstance(outcome, Accepted) and isinstance(outcome.value, str) and not policy.output:
        with _law("restores_exactly"):
            meant = chat.vault.restore(answers[-1].text)
            if played.shown != meant:
                raise broken("the answer is not as the model meant it", played=played, meant=meant)


def same_again(played: Played[Any], again: Played[Any]) -> None:
    """The same call, awaited where it was not, or not where it was, ends alike."""
    with _law("sync_equals_async"):
        alike(played, again)


def _says_nothing_of_others(played: Played[Any], foreign: Iterable[str]) -> None:
    """Neither the answer nor a tool call has what was said to be hidden in another chat."""
    got = [played.shown, *strings_in(getattr(played.outcome, "tool_calls", ()))]
    for each in foreign:
        if any(each in text for text in got):
            raise broken("the answer has what somebody else has said", played=played)


def _puts_back_what_was_said(played: Played[Any], chat: Chat) -> None:
    """Behind each placeholder that the model was sent is what somebody said in this chat."""
    for text in strings_in(played.sent):
        for each in PLACEHOLDER.findall(text):
            value = chat.vault.restore(each)
            if value != each and not chat.heard(value):
                raise broken(f"nobody said what is behind {each}", played=played, behind=value)


@contextlib.contextmanager
def _law(name: str) -> Iterator[None]:
    """What is found not to hold meanwhile is that law."""
    try:
        yield
    except LawBroken as problem:
        problem.law = name
        raise
