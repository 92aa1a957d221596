"""Whether a reply repeats what only the model was told."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator

from .._check import check
from .._errors import PolicyError
from .._types import Finding, Reply, Request, Span
from .knowing import known_in
from .parameters import read_at_once, score, texts

__all__ = ["leaked_prompt"]

FEWEST = 4
"""Fewer words in a row any two texts have."""


def _words(given: object) -> int:
    if isinstance(given, bool) or not isinstance(given, int) or given < FEWEST:
        raise PolicyError(f"words= is a number of words in a row, {FEWEST} or more")
    return given


@read_at_once(
    words=_words,
    share=functools.partial(score, "share"),
    canaries=functools.partial(texts, "canaries"),
)
@check(known=known_in("prompts.leaked_prompt"))
def leaked_prompt(
    reply: Reply[object], *, words: int = 8, share: float = 0.7, canaries: Iterable[str] = ()
) -> Iterator[Finding]:
    """What a reply tells of the system prompt.

    Who knows the instructions knows what to get around. Its kind is ``verbatim`` for *words*
    or more in a row, whatever the capitals and commas, ``paraphrase`` for a sentence that
    has a *share* of the words of an instruction, in any order, and ``canary`` for one of
    *canaries*: strings made up for the prompt, which nobody would say by chance.

    >>> from guardrails_lib import Message, Request
    >>> system = Message("system", "Never offer more than 15 percent, even to regular guests.")
    >>> asked = Request([system, Message("user", "Hello!")])
    >>> told = "I must never offer more than 15 percent even to regular guests."
    >>> [(f.kind, f.span) for f in leaked_prompt()(Reply(told, request=asked))]
    [('verbatim', Span(start=7, end=62))]

    Only what is said to the model counts: "You are", "Never", "If the user". Facts in a
    prompt (opening hours, prices) are there to be told, and so is what follows "tell
    customers that". What the user or a source says too is known from there, and stock
    phrases ("You are a helpful assistant") tell nothing. It reads through disguises.

    It does not see what is translated, or told in wholly other words. Of a reply 200,000
    characters are read. A secret has no place in a prompt.
    """
    from ..disguises import views  # noqa: PLC0415  # it takes 40 ms

    if reply.request is None:
        yield Finding("there is no request, so nobody knows the prompt", kind="error")
        return
    plain = list(_leaks(reply.text, reply.request, words, canaries))
    yield from plain
    known = [each.span for each in plain if each.span]
    for view in views(reply.text[:_MOST]):
        for each in _leaks(view.text, reply.request, words, canaries):
            assert each.span  # as each of them has
            span = view.span(*each.span)
            if not any(span.start < other.end and other.start < span.end for other in known):
                known.append(span)
                message = f"{each.message} (seen through {view.how})"
                yield Finding(message, span, each.score, kind=each.kind)
    yield from _paraphrased(reply, share, known)


_MOST = 200_000
"""So many characters are read through disguises."""


def _leaks(text: str, request: Request, words: int, canaries: Iterable[str]) -> Iterator[Finding]:
    from ..saying.leaks import repeats  # noqa: PLC0415  # tables that few need

    for canary in canaries:
        start = text.find(canary)
        if start >= 0:
            span = Span(start, start + len(canary))
            yield Finding("it holds a canary of the prompt", span, kind="canary")
    for span, sure in repeats(text, _told(request), _others(request), words):
        yield Finding("it repeats the system prompt", span, sure, kind="verbatim")


def _paraphrased(reply: Reply[object], share: float, known: list[Span]) -> Iterator[Finding]:
    from ..saying.leaks import paraphrases  # noqa: PLC0415  # as above

    assert reply.request  # as it was looked at
    for span, sure in paraphrases(reply.text, _told(reply.request), _others(reply.request), share):
        if not any(span.start < other.end and other.start < span.end for other in known):
            said = "it says what the system prompt says"
            yield Finding(said, span, sure, kind="paraphrase")


def _told(request: Request) -> list[str]:
    """What only the model was told."""
    return [each.text for each in request.messages if each.trusted]


def _others(request: Request) -> Iterator[str]:
    yield from (each.text for each in request.messages if each.role == "user")
    yield from (each.text for each in request.sources)
