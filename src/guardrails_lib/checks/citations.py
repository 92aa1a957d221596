"""Whether an answer says where it has it from, and whether that is so."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Literal, cast

from .._check import check
from .._errors import PolicyError
from .._types import Evidence, Finding, Reply, Request, Source, Span
from .knowing import known_in
from .parameters import read_at_once, score

if TYPE_CHECKING:
    from ..citing.wrong import Wrong
    from ..grounding import Support

__all__ = ["miscited", "uncited"]

_WHY = {
    "no_such_source": "it cites a source that is not there",
    "ambiguous_source": "it cites what may be several sources",
    "not_quoted": "it quotes what the source does not say word for word",
    "elided": "the quote leaves out what changes its meaning, or too much",
    "wrong_source": "another source says so, and not the one that it cites",
    "unsupported": "the source that it cites does not bear it out",
    "error": "it has more claims or citations than are looked at",
}


def _within(given: object) -> object:
    if given not in ("paragraph", "sentence"):
        raise PolicyError('within= is "paragraph" or "sentence"')
    return given


_READERS: dict[str, Callable[[object], object]] = {
    "within": _within,
    "below": cast("Callable[[object], object]", functools.partial(score, "below")),
}


@read_at_once(**_READERS)
@check(known=known_in("citations.uncited"))
def uncited(
    reply: Reply[Any],
    *,
    within: Literal["paragraph", "sentence"] = "paragraph",
    below: float = 0.5,
) -> Iterator[Finding]:
    """What an answer says without saying where it has it from.

    What nobody can look up nobody can check. A claim (a sentence, an item of a list, a row
    of a table) needs a citation in any common form: ``[1]``, ``[1-3]``, ``[doc-3]``, a
    footnote, ``(source: prices.md)``, a raised number, a link, an address, a tag such as
    ``<cite>``. Those at the end of a *paragraph* or an item stand for all of it; with
    ``within="sentence"`` each sentence needs its own. In a typed answer a `Citation` stands
    for the claims that its quote is about, if that place bears them out not *below* that.

    >>> check = uncited()
    >>> [tuple(f.span) for f in check(Reply("Fire is covered [1]. Floods cost 5 euros."))]
    [(21, 41)]

    Questions, headings, code and talk ("I hope this helps") claim nothing. It does not see
    whether a citation is right: `miscited` does.
    """
    from ..citing import answer, belonging, forms, named, standing  # noqa: PLC0415  # it takes 20 ms
    from ..grounding import index_of, support  # noqa: PLC0415  # as above

    request = reply.request or Request("")
    sources, held = request.sources, index_of(request)
    typed = [each for _, each in answer.citations(reply.value)]
    quotes = standing.standing(typed, sources)
    for where, text in answer.texts(reply):
        found = forms.marks(text, named.known_names(sources))
        if len(found) > forms.MOST:
            yield _too_many(text, where)
            continue
        for number, (claim, its) in enumerate(belonging.cited(text, found, within)):
            if number == belonging.MOST:
                yield _too_many(text, where, claim.span.start)
                break
            if its or any(each.stands_for(claim.text, below) for each in quotes):
                continue
            yield Finding(
                "it says this, and not where it has it from",
                claim.span,
                kind="uncited",
                where=where,
                evidence=_evidence(support(held, claim.text), sources),
            )


@read_at_once(**_READERS)
@check(known=known_in("citations.miscited"))
def miscited(
    reply: Reply[Any],
    *,
    within: Literal["paragraph", "sentence"] = "paragraph",
    below: float = 0.5,
) -> Iterator[Finding]:
    """A citation that is wrong.

    A citation that nobody looks up makes a wrong answer look right. Its kind is

    - ``no_such_source``: the request has no such source, or a rule dropped it;
    - ``ambiguous_source``: it may mean several of them;
    - ``not_quoted``: what is in quotation marks, or is the quote of a `Citation`, is not in
      the source word for word; white space and typography aside, all counts;
    - ``elided``: the quote leaves out a negation, or more than a sentence;
    - ``wrong_source``: another source says so, and not the one that is cited;
    - ``unsupported``: the source bears the claim out less than *below*.

    >>> asked = Request("How long?", [Source("kb://7", "The warranty lasts 5 years.")])
    >>> check = miscited()
    >>> list(check(Reply("The warranty lasts 5 years [1].", request=asked)))
    []
    >>> [f.kind for f in check(Reply("The warranty lasts 9 years [1] [2].", request=asked))]
    ['unsupported', 'no_such_source']

    A bare number is the place of a source in the request, from 1; else a source is named by
    its address, or the last part of that. How it knows what bears a claim out, and what it
    does not see there, `ungrounded` says. Quotation marks count around two words or more. A
    claim with no citation at all is for `uncited`.
    """
    from ..citing import answer, forms, named, wrong  # noqa: PLC0415  # it takes 20 ms

    cites = wrong.Cites(reply.request or Request(()))
    sources = cites.sources
    for where, text in answer.texts(reply):
        found = forms.marks(text, named.known_names(sources))
        if len(found) > forms.MOST:
            yield _too_many(text, where)
            continue
        for each in cites.wrong(text, found, within, below):
            yield _finding(each, where, sources)
    for where, citation in answer.citations(reply.value):
        for each in cites.mistyped(citation):
            yield _finding(each, where, sources)


def _too_many(text: str, where: str, start: int = 0) -> Finding:
    return Finding(_WHY["error"], Span(start, len(text)), kind="error", where=where)


def _finding(each: Wrong, where: str, sources: Sequence[Source]) -> Finding:
    return Finding(
        _WHY[each.kind],
        each.span,
        score=each.score,
        kind=each.kind,
        where=where,
        evidence=_evidence(each.near, sources) if each.near else None,
    )


def _evidence(near: Support, sources: Sequence[Source]) -> Evidence | None:
    if near.place is None:
        return None
    place = near.place.source
    return Evidence(f"sources[{place}]", sources[place].uri, near.place.span, round(near.score, 4))
