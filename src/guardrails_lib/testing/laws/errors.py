"""A check that breaks is never a way through."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from typing import Any

from ..._check import Check, check
from ..._guard import Guard
from ..._policy import Policy, Rule
from ..._types import Finding
from ..hypotheses import st
from ..severity import severity
from .stating import broken, hold
from .subjects import Call, Texts, asked, only, put, shapes_of, stages_of, subject_of

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

    def law(guard: Guard[Any], text: str, stage: str, nth: int, error: type[Exception]) -> None:
        alone = replace(guard, policy=only(guard.policy, stage), strict=False)
        rules: tuple[Rule[Any], ...] = getattr(alone.policy, stage)
        ways = shapes_of(alone.policy)
        shape = ways[nth % len(ways)]
        worked = severity(asked(alone, text, shape=shape))
        for place, rule in enumerate(rules):
            strict = rule.on_error if (rule.on_error or 0) > rule.action else None
            breaks = replace(rule, check=_broken_like(rule.check, error), on_error=strict)
            changed = (*rules[:place], breaks, *rules[place + 1 :])
            policy = put(alone.policy, stage, changed)
            failed = asked(replace(alone, policy=policy), text, shape=shape)
            if severity(failed) < worked:
                raise broken(
                    f"when the check of a rule in {stage} breaks, the call is "
                    f"{severity(failed)} severe, and {worked} when it works",
                    played=failed,
                    rule=rule,
                )

    on = subject_of(call, texts)
    hold(
        *(law, on.guards, on.said, stages_of(on), st.integers(0, 3), _ERRORS),
        name="error_is_never_a_pass",
        policy=on.policy,
        examples=examples,
    )


_ERRORS = st.sampled_from([RuntimeError, TimeoutError])


def _broken_like(looked: Check[Any], error: type[Exception]) -> Check[Any]:
    """A check of the same subject and width that breaks, awaited if that one is."""

    @check(width=looked.width)
    def broken(text: str) -> Iterator[Finding]:
        raise error("broken on purpose")
        yield

    @check(width=looked.width)
    async def abroken(text: str) -> AsyncIterator[Finding]:
        raise error("broken on purpose")
        yield

    made = abroken() if looked.is_async else broken()
    return replace(made, subject=looked.subject, slow=looked.slow)
