"""A check that breaks is never a way through."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from ..._check import Check, check
from ..._guard import Guard
from ..._policy import Policy, Rule
from ..._types import Finding
from ..hypotheses import st
from .severity import severity
from .stating import broken, hold
from .subjects import STAGES, Call, Texts, asked, only, put, subject_of

__all__ = ["error_is_never_a_pass"]


def error_is_never_a_pass(
    call: Call | st.SearchStrategy[Policy],
    *,
    texts: Texts | None = None,
    examples: int | None = None,
) -> None:
    """A check that breaks never makes a call milder than the check that worked.

    What a rule says itself with ``on_error=`` is left out, where it is milder than its action.
    """

    def law(guard: Guard[Any], text: str, stage: str) -> None:
        alone = replace(guard, policy=only(guard.policy, stage))
        rules: tuple[Rule[Any], ...] = getattr(alone.policy, stage)
        worked = severity(asked(alone, text))
        for place, rule in enumerate(rules):
            strict = rule.on_error if (rule.on_error or 0) > rule.action else None
            breaks = replace(rule, check=_broken_like(rule.check), on_error=strict)
            changed = (*rules[:place], breaks, *rules[place + 1 :])
            failed = asked(replace(alone, policy=put(alone.policy, stage, changed)), text)
            if severity(failed) < worked:
                raise broken(
                    f"when the check of a rule in {stage} breaks, the call is "
                    f"{severity(failed)} severe, and {worked} when it works",
                    played=failed,
                    rule=rule,
                )

    on = subject_of(call, texts)
    hold(
        *(law, on.guards, on.said, st.sampled_from(STAGES)),
        name="error_is_never_a_pass",
        policy=on.policy,
        examples=examples,
    )


def _broken_like(looked: Check[Any]) -> Check[Any]:
    """A check of the same subject and width that breaks."""

    @check(width=looked.width)
    def broken(text: str) -> Iterator[Finding]:
        raise RuntimeError("broken on purpose")
        yield

    return replace(broken(), subject=looked.subject, slow=looked.slow)
