"""What stands beside a call changes nothing of it: a cache, a shadow policy."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

from ..._guard import Guard
from ..._guarded import Shape
from ..._outcome import Accepted
from ..._policy import Policy
from ..._types import Label, Message, Reply, Request, Source, ToolCall
from ...flows import MemoryStore, cached
from ..hypotheses import st
from ..playing import Played, asked_of, play, play_all, strings_in
from .stating import broken, hold
from .subjects import Call, Texts, saying, shapes_of, subject_of, texts_for

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
            model = saying(partial(_fingerprint, cleared.cleared_for))
            plain = play(cleared, model, request, shape=shape)
            ask = cached(asked_of(cleared, model, shape), store, model="x")
            kept = play_all(ask, model, request)
            if _end(plain) != _end(kept):
                raise broken("with a cache it ends otherwise", played=kept, without=plain.outcome)

    on = subject_of(call, texts)
    cleared = st.lists(st.none() | _LABELS, min_size=1, max_size=3)
    hold(
        *(law, on.guards, _alike(on.texts), cleared),
        name="cached_changes_nothing",
        policy=on.policy,
        examples=examples,
    )


_LABELS = st.just(Label.PUBLIC) | st.sampled_from(Label)


@st.composite
def _alike(draw: st.DrawFn, texts: Texts) -> list[Request]:
    """A request, and others that are it again or differ from it in one thing."""
    words = st.sampled_from(["a", "b"]) | texts
    role, said = st.sampled_from(["user", "assistant"]), draw(words)
    message, earlier = Message("user", said, draw(_LABELS)), Message(draw(role), draw(words))
    source = Source("kb://1", draw(words), draw(_LABELS))
    first = Request([message], [source])
    near = (
        first,
        replace(first, messages=(earlier, message)),
        replace(first, messages=(replace(message, text=draw(words)),)),
        replace(first, messages=(replace(message, label=draw(_LABELS)),)),
        replace(first, sources=()),
        replace(first, sources=(replace(source, uri="kb://2"),)),
        replace(first, sources=(replace(source, text=draw(words)),)),
        replace(first, sources=(replace(source, label=draw(_LABELS)),)),
    )
    return [first, *draw(st.lists(st.sampled_from(near), min_size=1, max_size=4))]


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
        request = Request(text, [Source("kb://x", text)])
        reply = Reply[Any](text, tool_calls=(ToolCall("look_up", {"query": text}),))
        plain, shadowed = (
            play(each, saying(lambda _: reply), request, shape=way)
            for each in (guard, replace(guard, shadow=beside))
        )
        if (plain.outcome, plain.shown) != (shadowed.outcome, shadowed.shown):
            raise broken("with a shadow it ends otherwise", played=shadowed, plain=plain.outcome)

    on = subject_of(call, texts)
    said = on.said
    if isinstance(shadow, st.SearchStrategy):
        some = shadow
    else:
        some = st.just(shadow)
        said = st.one_of(texts_for(shadow), said) if texts is None else said
    hold(
        *(law, on.guards, some, said, st.integers(0, 3)),
        name="shadow_changes_nothing",
        policy=on.policy,
        examples=examples,
    )


def _fingerprint(cleared_for: Label | None, request: Request) -> str:
    """An answer that hangs on all that was sent; models that are cleared for more know more."""
    labels = [str(each.label) for each in request.messages]
    labels += [str(each.label) for each in request.sources]
    return "\n".join([*strings_in(request), *labels, str(cleared_for)])


def _end(played: Played[Any]) -> tuple[object, ...]:
    outcome = played.outcome
    value = outcome.value if isinstance(outcome, Accepted) else None
    label = None if outcome is None else outcome.record.label
    return type(outcome), value, label, type(played.error)
