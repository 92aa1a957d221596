"""What a text is about: what the examples of a topic are about, or none of it."""

from __future__ import annotations

import functools
import inspect
import itertools
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, ParamSpec, TypeAlias, cast

from .._check import Check, check
from .._errors import PolicyError
from .._types import Finding, Span
from .._values import FrozenDict
from .knowing import known_in
from .parameters import in_place_of, read_at_once

if TYPE_CHECKING:
    from ..likeness import Embed, Embedded, Wording

__all__ = ["forbidden_topic", "off_topic"]

P = ParamSpec("P")

Examples: TypeAlias = Mapping[str, Iterable[str]] | Iterable[str]
Topics: TypeAlias = FrozenDict[str, tuple[str, ...]] | tuple[str, ...]

BELOW = 0.15
"""With less than that, a sentence of some words shares none that tells with an example."""

ABOVE = 0.25
"""With more than that, it shares two or more of some six, or one of two."""

MOST = 1_000
"""So many sentences are looked at for one that is on a topic."""


def _topics(given: object) -> Topics:
    if isinstance(given, Mapping):
        named = {name: _several(each) for name, each in given.items()}
        if named and all(isinstance(name, str) and name for name in named):
            return FrozenDict(named)
        raise PolicyError('name each topic: {"billing": ("How do I pay my invoice?",)}')
    return _several(given)


def _several(given: object) -> tuple[str, ...]:
    if isinstance(given, str) or not isinstance(given, Iterable):
        raise PolicyError('write several examples: ("How do I pay?", "Where is my invoice?")')
    from ..likeness import says_something  # noqa: PLC0415  # it takes 6 ms

    examples = tuple(given)
    if not examples:
        raise PolicyError("a topic needs examples: ten sentences as people write them")
    for n, each in enumerate(examples):
        if not isinstance(each, str) or not says_something(each):
            raise PolicyError(f"example {n} is about nothing: write a sentence with its words")
    return examples


def _share(given: object) -> float | None:
    if given is None:
        return None
    if isinstance(given, bool) or not isinstance(given, int | float) or not 0 < given < 1:
        raise PolicyError("a similarity lies between 0 and 1: leave it out, or write 0.2")
    return given


def _sync(given: object) -> object:
    if given is None:
        return None
    if not callable(given) or inspect.iscoroutinefunction(given):
        raise PolicyError("embed= is a function, not async, from texts to a vector for each")
    return given


def _at_least_one(given: object) -> int:
    if isinstance(given, bool) or not isinstance(given, int) or given < 1:
        raise PolicyError("least= is a number of words, 1 or more")
    return given


def _slow_with_a_model(make: Callable[P, Check[str]]) -> Callable[P, Check[str]]:
    """A check that calls a model runs last; no similarity means the same for every model."""

    @in_place_of(make)
    def read(*args: P.args, **kwargs: P.kwargs) -> Check[str]:
        made = make(*args, **kwargs)
        params = dict(made.params)
        if params["embed"] is None:
            return made
        share = "below" if "below" in params else "above"
        if params[share] is None:
            raise PolicyError(f"each model has its own scale: with embed= say {share}= as well")
        return replace(made, slow=True)

    return read


@_slow_with_a_model
@read_at_once(allow=_topics, below=_share, least=_at_least_one, embed=_sync)
@check(known=known_in("topics.off_topic"))
def off_topic(
    text: str,
    *,
    allow: Examples,
    below: float | None = None,
    least: int = 3,
    embed: Embed | None = None,
) -> Iterator[Finding]:
    """A text of which no sentence is like the examples in *allow*.

    An assistant for invoices that writes poems costs money, and says what nobody checked.
    Its score is the greatest similarity that there was.

    >>> billing = ("How do I pay my invoice?", "I was charged twice.", "Send me a receipt.")
    >>> check = off_topic(allow={"billing": billing})
    >>> list(check("Hello! Can I pay the invoices by card?"))
    []
    >>> [f.kind for f in check("Write a poem about a lonely dragon.")]
    ['off_topic']

    It knows words and no meanings: *bill* is not like *invoice*, so give ten examples or
    more, in the words and the languages that people use. *embed* is a function of yours
    that knows meanings; with it say *below* as well. Less than *least* words, and those
    that are about nothing ("yes, thank you"), are on every topic.

    One sentence on a topic is enough, so what else is asked beside it is not seen; use
    `forbidden_topic` for what must not be in a text. Of a long text the first thousand
    sentences are looked at.
    """
    from ..likeness import sentences, windows, words  # noqa: PLC0415  # it takes 6 ms

    said = (len(words(text[a:b])) for a, b in sentences(text))
    if not any(total >= least for total in itertools.accumulate(said)):
        return
    limit, best = BELOW if below is None else below, -1.0
    likeness = _likeness(cast("Topics", allow), embed)
    some = itertools.islice(windows(text), MOST)
    for _, similarity in likeness.likenesses(text[start:end] for start, end in some):
        best = max(best, similarity)
        if best >= limit:
            return
    if best >= 0.0:
        yield Finding("it is about none of the topics", score=best, kind="off_topic")


@_slow_with_a_model
@read_at_once(deny=_topics, above=_share, embed=_sync)
@check(known=known_in("topics.forbidden_topic"))
def forbidden_topic(
    text: str, *, deny: Examples, above: float | None = None, embed: Embed | None = None
) -> Iterator[Finding]:
    """The sentences of a text that are like the examples in *deny*.

    Its kind is the name of the topic, and its score the similarity.

    >>> votes = ("Who should I vote for?", "Which party should win the election?")
    >>> check = forbidden_topic(deny={"politics": votes})
    >>> [(f.kind, f.span) for f in check("Thank you. Which party should I vote for?")]
    [('politics', Span(start=11, end=41))]

    It sees through disguises: look-alike letters, spaces between letters, base64. Without
    *embed* it knows words and no meanings, so it finds what is said in the words of the
    examples. Use it beside `off_topic`, and not for what must never pass. In a stream it
    has to see the whole text.
    """
    from ..disguises import views  # noqa: PLC0415  # it takes 40 ms

    likeness = _likeness(cast("Topics", deny), embed)
    limit = ABOVE if above is None else above
    spans: list[Span] = []
    for each in _about(text, likeness, limit):
        assert each.span  # as each of them has
        spans.append(each.span)
        yield each
    for view in views(text):
        for each in _about(view.text, likeness, limit):
            assert each.span  # as each of them has
            span = view.span(*each.span)
            place = bisect_right(spans, span.start, key=_start)
            if not place or spans[place - 1].end < span.end:
                spans.insert(place, span)
                yield replace(each, span=span)


def _start(span: Span) -> int:
    return span.start


def _about(text: str, likeness: Wording | Embedded, limit: float) -> Iterator[Finding]:
    """The runs of sentences that are like one topic."""
    from ..likeness import windows  # noqa: PLC0415  # it takes 6 ms

    last: Finding | None = None
    spans, again = itertools.tee(windows(text))
    near = likeness.likenesses(text[start:end] for start, end in again)
    for span, (topic, similarity) in zip(spans, near, strict=True):
        if similarity <= limit:
            like = None
        else:
            kind = topic or "forbidden_topic"
            like = Finding("it is about a forbidden topic", span, similarity, kind=kind)
        if last and last.span and like and last.kind == like.kind:
            whole = Span(last.span.start, span.end)
            last = replace(last, span=whole, score=max(last.score, similarity))
            continue
        if last:
            yield last
        last = like
    if last:
        yield last


@functools.lru_cache(maxsize=64)
def _likeness(topics: Topics, embed: Embed | None) -> Wording | Embedded:
    """Built once for equal parameters."""
    from ..likeness import Embedded, Wording  # noqa: PLC0415  # it takes 6 ms

    named: Mapping[str, Sequence[str]] = topics if isinstance(topics, Mapping) else {"": topics}
    return Embedded(named, embed) if embed else Wording(named)
