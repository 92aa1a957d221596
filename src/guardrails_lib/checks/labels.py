"""Classes of data: what the model is not cleared for."""

from __future__ import annotations

from collections.abc import Iterator

from .._check import check
from .._types import Finding, Span, Uncleared
from .knowing import known_in

__all__ = ["uncleared"]


@check(width=1, known=known_in("labels.uncleared"))
def uncleared(text: str) -> Iterator[Finding]:
    """A text whose label is above what the model may see.

    Messages and sources have labels, and ``guard(..., cleared_for=...)`` says what the model
    may see. ``drop(uncleared())`` leaves out what is above that; ``redact(uncleared())`` puts
    blots in its place, and with ``restore=True`` a placeholder that the model can use in its
    answer. What no rule takes out blocks the call.

    >>> from guardrails_lib import Label, Message, Policy, drop, guard
    >>> @guard(Policy(input=(drop(uncleared()),)), cleared_for=Label.INTERNAL)
    ... def ask(messages: list[dict[str, str]]) -> str:
    ...     return f"{len(messages)} seen"
    >>> ask([Message("user", "the plan", Label.RESTRICTED), Message("user", "hello")]).unwrap()
    '1 seen'

    It goes by the label alone: what a text says is for other checks. A redacted source keeps
    its address. Keys, numbers and names in a message cannot be redacted, so that escalates.
    """
    if isinstance(text, Uncleared):
        span = Span(0, len(text)) if text else None
        yield Finding(f"it is {text.label}", span, kind=text.label.name)
