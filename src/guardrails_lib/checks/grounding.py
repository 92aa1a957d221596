"""Whether an answer rests on its sources: what it says that those do not."""

from __future__ import annotations

import functools
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple, ParamSpec, TypeAlias, cast

from .._check import Seen, check
from .._errors import PolicyError
from .._types import Evidence, Finding, Reply, Request, Span
from .knowing import known_in
from .parameters import called, read_at_once, score
from .scored import cost, function, run_as_by_is, score_in

if TYPE_CHECKING:
    from ..grounding import Claim, Index, Support

__all__ = ["ungrounded"]

P = ParamSpec("P")

Entails: TypeAlias = Callable[[str, str], float | Reply[object] | Awaitable[float | Reply[object]]]
"""How certainly the claim follows from the evidence, from 0 to 1."""

MOST = 2_000
"""So many claims are looked at; a reply with more is no answer that a person reads."""

LONGEST = 1_000_000
"""So many characters of a reply are looked at, for the same reason."""

_WHY = {
    "number": "a number that the sources do not have there",
    "date": "a date that the sources do not have there",
    "unit": "a number that the sources have in another unit",
    "name": "a name that is in no source",
    "negation": "the sources say the opposite",
    "quantity": "the sources do not say it of so many",
    "words": "the sources lack words of it",
    "entailment": "it does not follow from the sources",
}


class _Weighed(NamedTuple):
    """A claim of the reply, and what its sources say of it."""

    claim: Claim
    support: Support
    sources: Index
    request: Request

    def finding(self, kind: str, support: float) -> Finding:
        """That the sources bear it out no further."""
        return Finding(
            _WHY[kind],
            self.claim.span,
            score=round(1.0 - support, 4),
            kind=kind,
            evidence=self.evidence(support),
        )

    def evidence(self, support: float) -> Evidence | None:
        place = self.support.place
        if place is None:
            return None
        uri = self.request.sources[place.source].uri
        return Evidence(f"sources[{place.source}]", uri, place.span, round(support, 4))

    @property
    def question(self) -> tuple[str, str]:
        """What a function that knows entailment is asked."""
        from ..grounding import around  # noqa: PLC0415  # as below

        return around(self.sources, self.claim.text), self.claim.text


def _calls(given: object) -> int:
    if isinstance(given, bool) or not isinstance(given, int) or given < 1:
        raise PolicyError("most= is a number of claims, 1 or more")
    return given


_READERS: dict[str, Callable[[object], object]] = {
    "below": cast("Callable[[object], object]", functools.partial(score, "below")),
    "by": function,
    "most": _calls,
}


@read_at_once(**_READERS)
@check(known=known_in("grounding.ungrounded"))
@called("ungrounded")
async def _ungrounded(
    reply: Reply[object], *, below: float = 0.7, by: Entails, most: int = 50
) -> AsyncIterator[Seen]:
    """`ungrounded`, where what *by* gives is awaited: that of all claims at the same time."""
    import asyncio  # noqa: PLC0415  # it takes 20 ms

    found = list(_weighed(reply))
    open_ = [
        each
        for each in found
        if isinstance(each, _Weighed) and each.support.reason in {"", "words"}
    ]
    ask = cast("Callable[[str, str], Awaitable[object]]", by)
    answers = dict(
        zip(
            map(id, open_),
            await asyncio.gather(
                *(ask(*each.question) for each in open_[:most]), return_exceptions=True
            ),
            strict=False,
        )
    )
    for each in found:
        if isinstance(each, Finding):
            yield each
        elif each.support.reason not in {"", "words"}:
            for finding in _by_words(each, below):
                yield finding
        elif id(each) not in answers:
            yield _too_many(each.claim.span.start, reply)
            return
        else:
            for seen in _judged(each, answers[id(each)], below):
                yield seen


@run_as_by_is(_ungrounded)
@read_at_once(**_READERS)
@check(known=known_in("grounding.ungrounded"))
def ungrounded(
    reply: Reply[object], *, below: float = 0.7, by: Entails | None = None, most: int = 50
) -> Iterator[Seen]:
    """What an answer says that its sources do not.

    A wrong answer looks like a right one. The reply is taken apart into claims (sentences,
    items of lists, rows of tables), and the sources are searched for what bears each out.
    A claim that gets less than *below* is found: its ``score`` is what is missing to 1.0, its
    ``evidence`` the place that comes nearest, its ``kind`` the reason: ``number``, ``date``,
    ``unit``, ``name``, ``negation``, ``quantity`` or ``words``. Without sources there is one
    finding, ``no_sources``.

    >>> from guardrails_lib import Request, Source
    >>> asked = Request("How long?", [Source("kb://7", "The warranty lasts five years.")])
    >>> check = ungrounded()
    >>> list(check(Reply("The warranty lasts 5 years.", request=asked)))
    []
    >>> [(f.kind, f.score) for f in check(Reply("It lasts 7 years.", request=asked))]
    [('number', 0.9048)]

    It goes by words, and is exact about numbers, dates, units and names: those must stand
    near the words that they are about, in whichever form. What is said in wholly other words
    it takes for ungrounded, and a claim that mixes up who did what of one sentence passes.
    *by* is a function of yours that knows better, of the evidence and the claim, and gives
    how certainly the one follows from the other: a local model, or a call to another one,
    async or not. It is asked about at most *most* claims, about none with a wrong number or
    name, and what it gives is ``entailment``.

    Questions, code, headings, and talk about the conversation claim nothing.
    """
    asked = 0
    for each in _weighed(reply):
        if isinstance(each, Finding):
            yield each
        elif by is None or each.support.reason not in {"", "words"}:
            yield from _by_words(each, below)
        elif asked == most:
            yield _too_many(each.claim.span.start, reply)
            return
        else:
            asked += 1
            try:
                answer: object = by(*each.question)
            except Exception as problem:  # whatever a user's function raises
                answer = problem
            yield from _judged(each, answer, below)


def _weighed(reply: Reply[object]) -> Iterator[_Weighed | Finding]:
    """The claims of a reply with what bears them out; a finding where that cannot be told."""
    from ..grounding import claims, index_of, names_of, support  # noqa: PLC0415  # takes some ms

    request = reply.request
    if request is None or not any(source.text.strip() for source in request.sources):
        span = Span(0, len(reply.text)) if reply.text else None
        yield Finding("there are no sources that it could rest on", span, kind="no_sources")
        return
    known: frozenset[str] | None = None
    texts = index_of(request)
    for number, claim in enumerate(claims(reply.text[:LONGEST])):
        if number == MOST:
            yield _too_many(claim.span.start, reply)
            return
        found = support(texts, claim.text)
        if found.reason == "name":  # what the user named needs no source
            if known is None:
                known = names_of(each.text for each in request.messages if each.role == "user")
            found = support(texts, claim.text, known)
        yield _Weighed(claim, found, texts, request)
    if len(reply.text) > LONGEST:
        yield _too_many(LONGEST, reply)


def _too_many(start: int, reply: Reply[object]) -> Finding:
    rest = Span(start, len(reply.text))
    return Finding("it is more than is looked at", rest, kind="error")


def _by_words(each: _Weighed, below: float) -> Iterator[Finding]:
    support = each.support.score
    if support < below:
        yield each.finding(each.support.reason or "words", support)


def _judged(each: _Weighed, given: object, below: float) -> Iterator[Seen]:
    """What the answer of *by* means."""
    yield from cost(given)
    found = score_in(given)
    if isinstance(found, str):
        evidence = each.evidence(each.support.score)
        yield Finding(found, each.claim.span, kind="error", evidence=evidence)
    elif found < below:
        yield each.finding("entailment", found)
