"""Whether the sources hold what is asked: to be told before the model is, and after."""

from __future__ import annotations

import functools
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from typing import TYPE_CHECKING, Any, ParamSpec, TypeAlias, cast

from .._check import Seen, check
from .._types import Evidence, Finding, Message, Reply, Request
from .knowing import known_in
from .parameters import called, read_at_once, score
from .scored import cost, function, run_as_by_is, score_in

if TYPE_CHECKING:
    from ..citing.answerable import Answerable

__all__ = ["unanswerable"]

P = ParamSpec("P")

Holds: TypeAlias = Callable[[str, str], float | Reply[Any] | Awaitable[float | Reply[Any]]]
"""How likely an answer to the question is in the text of the sources, from 0 to 1."""

WHOLE = 20_000
"""Of sources with more characters a function is given the sentences nearest to the question."""
NEAREST = 40


_READERS: dict[str, Callable[[object], object]] = {
    "below": cast("Callable[[object], object]", functools.partial(score, "below")),
    "by": function,
}


@read_at_once(**_READERS)
@check(known=known_in("answerability.unanswerable"))
@called("unanswerable")
async def _unanswerable(
    seen: Request | Reply[Any],
    *,
    below: float = 0.3,
    by: Holds,
) -> AsyncIterator[Seen]:
    """`unanswerable`, where what *by* gives is awaited."""
    asked = _asked(seen)
    if isinstance(asked, Finding):
        yield asked
    elif asked is not None:
        try:
            given: object = await cast("Awaitable[object]", by(asked.question, asked.text))
        except Exception as problem:  # whatever a user's function raises
            given = problem
        for each in _judged(given, asked, below):
            yield each


@run_as_by_is(_unanswerable)
@read_at_once(**_READERS)
@check(known=known_in("answerability.unanswerable"))
def unanswerable(
    seen: Request | Reply[Any],
    *,
    below: float = 0.3,
    by: Holds | None = None,
) -> Iterator[Seen]:
    """A question that the sources hold no answer to.

    Asked all the same, a model makes one up. As a rule of ``sources=`` it costs no call, and
    as a validator it looks at what the model was given. The question is the last message of
    the user. It gets a score from 0 to 1, and is found if that is less than *below*: its
    ``score`` is what is missing to 1.0, its ``evidence`` the place that comes nearest.
    Without sources there is one finding, ``no_sources``.

    >>> from guardrails_lib import Source
    >>> source = Source("kb://7", "The museum was opened in 1901. It has 40 rooms.")
    >>> check = unanswerable()
    >>> list(check(Request("When was the museum opened?", [source])))
    []
    >>> [f.kind for f in check(Request("Who designed the castle's garden?", [source]))]
    ['unanswerable']

    It goes by the words, names and numbers of the question, by what is said not to be so,
    and by whether there is a date for a "when", a number for a "how many", a name for a
    "who". It does not see that words which are all there say something else, nor an answer
    in other words, so let it find what is clearly absent. *by* is a function of yours that
    knows better, of the question and the text of the sources, and gives that score: a call
    to a model, async or not. A text that asks nothing ("Hello!") is never unanswerable.
    """
    asked = _asked(seen)
    if isinstance(asked, Finding):
        yield asked
    elif asked is not None and by is None:
        yield from _found(asked.near, asked, below)
    elif asked is not None:
        try:
            given: object = cast("Holds", by)(asked.question, asked.text)
        except Exception as problem:  # whatever a user's function raises
            given = problem
        yield from _judged(given, asked, below)


class _Asked:
    """A question with the sources that it is put to."""

    def __init__(self, question: str, request: Request) -> None:
        from ..citing.answerable import answerable  # noqa: PLC0415  # it takes 20 ms
        from ..grounding import index_of  # noqa: PLC0415  # as above

        self.question = question
        self.request = request
        self.held = index_of(request)
        self.near: Answerable = answerable(question, self.held)

    @property
    def text(self) -> str:
        """What there is to answer it from; of much, the sentences that come nearest."""
        from ..grounding import around  # noqa: PLC0415  # as above

        if sum(map(len, self.held.texts)) <= WHOLE:
            return "\n\n".join(self.held.texts)
        return around(self.held, self.question, NEAREST)

    @property
    def evidence(self) -> Evidence | None:
        """The place that comes nearest."""
        if self.near.place is None:
            return None
        place = self.near.place.source
        uri, where = self.request.sources[place].uri, f"sources[{place}]"
        return Evidence(where, uri, self.near.place.span, round(self.near.score, 4))


def _asked(seen: Request | Reply[Any]) -> _Asked | Finding | None:
    """What is asked; None if nothing is, a finding if that cannot be told or put to nothing."""
    from ..citing.wanted import asks, says_what  # noqa: PLC0415  # as above

    request = seen.request if isinstance(seen, Reply) else seen
    said = [each.text for each in _users(request)] if request else []
    question = next((each for each in reversed(said) if says_what(each)), "")
    if said and not question and not asks(said[-1]):
        return None
    if request is None or not any(source.text.strip() for source in request.sources):
        return Finding("there are no sources that could hold it", kind="no_sources")
    if not question:
        return Finding("it cannot be told what is asked", kind="error")
    return _Asked(question, request)


def _users(request: Request) -> list[Message]:
    """What the user said, without what the engine said of replies."""
    return [each for each in request.messages if each.role == "user" and not each.feedback]


def _found(near: Answerable, asked: _Asked, below: float) -> Iterator[Finding]:
    if near.score < below:
        yield Finding(
            "the sources do not hold what is asked",
            score=round(1.0 - near.score, 4),
            kind="unanswerable",
            evidence=asked.evidence,
        )


def _judged(given: object, asked: _Asked, below: float) -> Iterator[Seen]:
    """What the answer of *by* means."""
    yield from cost(given)
    found = score_in(given)
    if isinstance(found, str):
        yield Finding(found, kind="error", evidence=asked.evidence)
    else:
        yield from _found(asked.near._replace(score=found), asked, below)
