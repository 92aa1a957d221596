"""How sure the model is: by its tokens, its word for it, its other answers, its hedges."""

from __future__ import annotations

import enum
import functools
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Literal, ParamSpec, TypeAlias

from .._check import Check, check
from .._errors import PolicyError
from .._types import Finding, Reply, Span
from .knowing import known_in
from .parameters import in_place_of, read_at_once, score

__all__ = ["unsure"]

P = ParamSpec("P")

Measure: TypeAlias = Literal["mean", "minimum"]

MEASURES: tuple[Measure, ...] = ("mean", "minimum")

WORDS = {
    "very low": 0.1,
    "low": 0.25,
    "medium": 0.5,
    "moderate": 0.5,
    "high": 0.75,
    "very high": 0.9,
}
"""What a field of confidence may say in words."""

ABOVE = 1e-6
"""A log-probability may be so much above 0, by rounding."""


def _measure(given: object) -> object:
    if given is None or given in MEASURES:
        return given
    raise PolicyError('logprobs= takes "mean" or "minimum"')


def _path(given: object) -> object:
    if given is None:
        return given
    if not isinstance(given, str) or not all(each.isidentifier() for each in given.split(".")):
        raise PolicyError('field= is the name of a field of the answer: field="confidence"')
    return given


def _count(given: object) -> int:
    if isinstance(given, bool) or not isinstance(given, int) or not 0 <= given <= MOST:
        raise PolicyError(f"samples= is a number of other answers, from 0 to {MOST}")
    return given


MOST = 20
"""So many samples cost as many times as much."""


def _by_something(
    make: Callable[P, Check[Reply[object]]],
) -> Callable[P, Check[Reply[object]]]:
    """A check that looks at nothing would find nothing: it takes the log-probabilities."""

    @in_place_of(make)
    def read(*args: P.args, **kwargs: P.kwargs) -> Check[Reply[object]]:
        if not any(value for name, value in kwargs.items() if name != "below"):
            kwargs["logprobs"] = "mean"
        return make(*args, **kwargs)

    return read


@_by_something
@read_at_once(
    below=functools.partial(score, "below"),
    logprobs=_measure,
    field=_path,
    samples=_count,
)
@check(samples=lambda **params: params["samples"], known=known_in("confidence.unsure"))
def unsure(
    reply: Reply[object],
    *,
    below: float = 0.5,
    logprobs: Measure | None = None,
    field: str | None = None,
    samples: int = 0,
    hedges: bool = False,
) -> Iterator[Finding]:
    """What a reply says with less confidence than *below*.

    A model says what it guessed as it says what it knows. Say what tells the difference;
    each has findings of its own, and a score of what is missing to certainty:

    - ``logprobs="mean"`` or ``"minimum"``: how likely the model found its own tokens
      (`Reply.logprobs`). Where `Reply.tokens` says which those are, of each sentence the
      numbers and names count, or having none the words that are no function words; a span
      says where. Else all count, and the minimum is the lowest but for a twentieth.
    - ``field="confidence"``: what a typed answer says itself, from 0 to 1, or ``low``,
      ``medium``, ``high``. ``lines.confidence`` is that of each of its lines.
    - ``samples=4``: so many other answers, which the guard asks for. A claim is as sure as
      they agree with it; numbers, names and negations must be the same.
    - ``hedges=True``: words like *I think*, *perhaps*, *not sure*, in ten languages.

    With none of them it takes ``logprobs="mean"``.

    >>> check = unsure(below=0.5, field="confidence", hedges=True)
    >>> reply = Reply("I think it is 5.", value={"confidence": "high"})
    >>> [(f.kind, f.span, f.score) for f in check(reply)]
    [('hedges', Span(start=0, end=7), 0.6)]
    >>> [f.kind for f in unsure()(Reply("It is 5."))]
    ['error']

    What was asked for and is not there, or cannot be a likelihood, is an error, and never
    confidence. A model can be sure and wrong: for that there is `ungrounded`.
    """
    if logprobs is not None:
        yield from _by_logprobs(reply, logprobs, below)
    if field is not None:
        yield from _by_field(reply, field, below)
    if samples:
        yield from _by_samples(reply, samples, below)
    if hedges:
        from ..saying.hedges import hedges as hedged  # noqa: PLC0415  # tables that few need

        for span, sure in hedged(reply.text):
            if sure < below:
                yield _found("hedges", "it hedges", span, sure)


def _found(kind: str, message: str, span: Span | None, sure: float, where: str = "") -> Finding:
    return Finding(message, span, score=round(1.0 - sure, 4), kind=kind, where=where)


def _by_logprobs(reply: Reply[object], measure: Measure, below: float) -> Iterator[Finding]:
    from ..saying.certainty import certainty, of_all  # noqa: PLC0415  # as above

    given, tokens = reply.logprobs, reply.tokens
    if not given:
        yield Finding("there are no log-probabilities", kind="error")
    elif not all(_is_logprob(each) for each in given):
        yield Finding("a log-probability is none", kind="error")
    elif tokens is not None and len(tokens) != len(given):
        yield Finding("there is not one log-probability for each token", kind="error")
    else:
        logprobs = [max(_LEAST, min(each, 0.0)) for each in given]
        found = list(certainty(reply.text, tokens, logprobs)) if tokens else []
        for each in found or [of_all(logprobs)]:
            sure = each.mean if measure == "mean" else each.minimum
            if sure < below:
                yield _found("logprobs", _UNLIKELY[measure], each.span, sure)


_LEAST = -1e6
"""What is less likely is no less possible, and its sums would pass what a float can hold."""

_UNLIKELY: dict[Measure, str] = {
    "mean": "the model found its words unlikely",
    "minimum": "the model found one of its words unlikely",
}


def _is_logprob(given: object) -> bool:
    if isinstance(given, bool) or not isinstance(given, int | float):
        return False
    return -math.inf < given <= ABOVE


def _by_field(reply: Reply[object], field: str, below: float) -> Iterator[Finding]:
    found = list(_fields(reply.value, field.split("."), "reply"))
    for where, given in found:
        sure = _confidence(given)
        if sure is None:
            yield Finding("it does not say how sure it is", kind="error", where=where)
        elif sure < below:
            yield _found("field", "it says so itself", None, sure, where)
    if not found:
        yield Finding("it does not say how sure it is", kind="error")


def _fields(value: object, path: Sequence[str], where: str) -> Iterator[tuple[str, object]]:
    """What is at *path* in *value*; of a list, in each of its items."""
    if isinstance(value, list | tuple) and path:
        for n, each in enumerate(value):
            yield from _fields(each, path, f"{where}[{n}]")
    elif not path:
        yield where, value
    else:
        name, *rest = path
        held = value.get(name) if isinstance(value, Mapping) else getattr(value, name, None)
        yield from _fields(held, rest, f"{where}.{name}")


def _confidence(given: object) -> float | None:
    """How sure one is who says *given*; None where that says nothing."""
    if isinstance(given, enum.Enum):
        given = given.value
    if isinstance(given, str):
        return WORDS.get(" ".join(given.replace("_", " ").replace("-", " ").lower().split()))
    if isinstance(given, bool) or not isinstance(given, int | float):
        return None
    return given if 0 <= given <= 1 else None


def _by_samples(reply: Reply[object], wanted: int, below: float) -> Iterator[Finding]:
    from ..saying.agreement import agreement  # noqa: PLC0415  # as above

    if len(reply.samples) < wanted:
        came = len(reply.samples)
        yield Finding(f"{came} of {wanted} samples came", kind="error")
    if reply.samples:
        for span, sure in agreement(reply.text, reply.samples):
            if sure < below:
                yield _found("samples", "other answers do not say so", span, sure)
