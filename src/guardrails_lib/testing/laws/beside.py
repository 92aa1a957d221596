"""What stands beside a call changes nothing of it: a cache, a shadow policy."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ..._guard import Guard
from ..._guarded import Shape
from ..._outcome import Accepted
from ..._policy import Policy
from ..._types import Label, Message, Request, Source
from ...flows import MemoryStore, cached
from ..hypotheses import st
from ..playing import Played, asked_of, play, play_all, strings_in
from .stating import broken, hold
from .subjects import Call, Texts, saying, shapes_of, subject_of

__all__ = ["cached_changes_nothing", "shadow_changes_nothing"]


def cached_changes_nothing(
    call: Call | st.SearchStrategy[Policy],
    *,
    texts: Texts | None = None,
    examples: int | None = None,
) -> None:
    """Calls that share a cache end as they do without one, and so do their labels.

    The model's answer hangs on all that it is sent, so a question that only looks like another
    one has another answer.
    """

    def law(guard: Guard[Any], requests: list[Request], clearances: list[Label | None]) -> None:
        store = MemoryStore()
        shape = shapes_of(guard.policy)[0]
        for n, request in enumerate(requests):
            cleared = replace(guard, cleared_for=clearances[n % len(clearances)])
            model = saying(_fingerprint)
            plain = play(cleared, model, request, shape=shape)
            ask = cached(asked_of(cleared, model, shape), store, model="x")
            kept = play_all(ask, model, request)
            if _end(plain) != _end(kept):
                raise broken("with a cache it ends otherwise", played=kept, without=plain.outcome)

    on = subject_of(call, texts)
    words = st.sampled_from(["a", "b"])
    labels = st.sampled_from(Label)
    messages = st.lists(
        st.builds(
            Message, st.sampled_from(["user", "assistant"]), st.one_of(words, on.texts), labels
        ),
        min_size=1,
        max_size=2,
    )
    sources = st.lists(
        st.builds(Source, st.sampled_from(["kb://1", "kb://2"]), words, labels), max_size=2
    )
    requests = st.lists(st.builds(Request, messages, sources), min_size=2, max_size=5)
    cleared = st.lists(st.none() | labels, min_size=1, max_size=3)
    hold(
        *(law, on.guards, requests, cleared),
        name="cached_changes_nothing",
        policy=on.policy,
        examples=examples,
    )


def shadow_changes_nothing(
    call: Call | st.SearchStrategy[Policy],
    shadow: Policy | st.SearchStrategy[Policy],
    *,
    texts: Texts | None = None,
    examples: int | None = None,
) -> None:
    """A shadow policy, whatever it finds, changes nothing of the call that it looks at."""

    def law(guard: Guard[Any], beside: Policy, text: str, shape: int) -> None:
        ways = shapes_of(guard.policy + beside)
        way: Shape = ways[shape % len(ways)]
        plain = play(guard, saying(lambda _: text), Request(text), shape=way)
        shadowed = play(
            replace(guard, shadow=beside), saying(lambda _: text), Request(text), shape=way
        )
        if (plain.outcome, plain.shown) != (shadowed.outcome, shadowed.shown):
            raise broken("with a shadow it ends otherwise", played=shadowed, plain=plain.outcome)

    on = subject_of(call, texts)
    some = shadow if isinstance(shadow, st.SearchStrategy) else st.just(shadow)
    hold(
        *(law, on.guards, some, on.said, st.integers(0, 3)),
        name="shadow_changes_nothing",
        policy=on.policy,
        examples=examples,
    )


def _fingerprint(request: Request) -> str:
    """An answer that hangs on all that was sent, but for what placeholders are called."""
    labels = [str(each.label) for each in request.messages]
    labels += [str(each.label) for each in request.sources]
    return "\n".join([*strings_in(request), *labels])


def _end(played: Played[Any]) -> tuple[object, ...]:
    outcome = played.outcome
    value = outcome.value if isinstance(outcome, Accepted) else None
    label = None if outcome is None else outcome.record.label
    return type(outcome), value, label, type(played.error)
