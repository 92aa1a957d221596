"""How an answer arrives changes nothing of what becomes of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ..._guard import Guard
from ..._guarded import Shape
from ..._judged import meaning, stand_in
from ..._mask import Cover, regions
from ..._outcome import Accepted
from ..._policy import Action, Policy
from ..hypotheses import st
from .stating import broken, hold
from .steps import alike
from .subjects import SIZES, Call, Texts, asked, only, shapes_of, subject_of

__all__ = ["shows_nothing_removed", "split_invariant", "sync_equals_async"]


def split_invariant(
    call: Call | st.SearchStrategy[Policy],
    *,
    texts: Texts | None = None,
    examples: int | None = None,
) -> None:
    """How a reply is cut into chunks changes neither outcome, nor findings, nor what is shown."""

    def law(guard: Guard[Any], text: str, sizes: list[int]) -> None:
        guard = replace(guard, policy=replace(guard.policy, sources=()))
        streamed = shapes_of(guard.policy)[-1]
        whole = asked(guard, "x", text)
        one = asked(guard, "x", text, shape=streamed)
        many = asked(guard, "x", text, shape=streamed, sizes=sizes)
        for each in (one, many):
            if (each.outcome, type(each.error)) != (whole.outcome, type(whole.error)):
                raise broken(
                    "the call ends otherwise when the reply comes in chunks",
                    played=each,
                    said=text,
                    sizes=sizes,
                    whole=whole.outcome,
                )
        if one.shown != many.shown:
            raise broken(
                "what is shown hangs on the chunks", played=many, sizes=sizes, whole=one.shown
            )
        answer = many.outcome.value if isinstance(many.outcome, Accepted) else None
        if isinstance(answer, str) and many.shown != answer:
            raise broken("what was shown is not the answer", played=many, sizes=sizes)

    on = subject_of(call, texts)
    hold(
        *(law, on.guards, on.said, SIZES),
        name="split_invariant",
        policy=on.policy,
        examples=examples,
    )


def sync_equals_async(
    call: Call | st.SearchStrategy[Policy],
    *,
    texts: Texts | None = None,
    examples: int | None = None,
) -> None:
    """A call and a stream end alike, guarded as they are or as coroutines.

    What only an async function can run has no other way to be compared with.
    """

    def law(guard: Guard[Any], prompt: str, reply: str, sizes: list[int]) -> None:
        for one, other in ((Shape.CALL, Shape.ACALL), (Shape.STREAM, Shape.ASTREAM)):
            if one not in shapes_of(guard.policy):
                continue
            plain = asked(guard, prompt, reply, shape=one, sizes=sizes)
            awaited = asked(guard, prompt, reply, shape=other, sizes=sizes)
            alike(plain, awaited)

    on = subject_of(call, texts)
    hold(
        *(law, on.guards, on.texts, on.said, SIZES),
        name="sync_equals_async",
        policy=on.policy,
        examples=examples,
    )


def shows_nothing_removed(
    call: Call | st.SearchStrategy[Policy],
    *,
    texts: Texts | None = None,
    examples: int | None = None,
) -> None:
    """No character is shown that an output rule redacts, nor any from a refusal on."""

    def law(guard: Guard[Any], text: str, sizes: list[int]) -> None:
        policy = only(guard.policy, "output")
        streamed = asked(
            replace(guard, policy=policy, returns=None),
            *("x", text),
            shape=shapes_of(policy)[-1],
            sizes=sizes,
        )
        allowed = _allowed(policy, text)
        if not allowed.startswith(streamed.shown):
            raise broken(
                "what an output rule removes was shown",
                played=streamed,
                said=text,
                sizes=sizes,
                allowed=allowed,
            )

    on = subject_of(call, texts)
    hold(
        *(law, on.guards, on.texts, SIZES),
        name="shows_nothing_removed",
        policy=on.policy,
        examples=examples,
    )


def _allowed(policy: Policy, text: str) -> str:
    """The most that may be shown of *text*: redacted, and up to where a refusal begins."""
    redacted: list[Cover] = []
    end = len(text)
    for rule in policy.output:
        for finding in rule.check(text):
            action = meaning(rule, finding, last=True)
            if action is Action.REDACT:
                redacted.append(Cover(finding, stand_in(rule)))
            elif action > Action.REDACT:
                end = min(end, finding.span.start if finding.span else 0)
    pieces: list[str] = []
    at = 0
    for region in regions(text, redacted):
        if region.start < end:
            pieces += text[at : region.start], region.text
            at = region.end
    return "".join([*pieces, text[at:end]])
