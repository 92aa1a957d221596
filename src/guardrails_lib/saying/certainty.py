"""How likely the model found its own words."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from .._types import Span
from ..likeness import sentences
from ..likeness.words import FUNCTION_WORDS

__all__ = ["Certain", "certainty", "of_all"]

_LOWEST = 0.05
"""Where nobody says which tokens carry the claim, so many may be less likely than the minimum."""

_UNSPACED = "\u0e00"
"""From here on, scripts put no space between words, and a token does for one."""

_WORD = re.compile(r"[^\W_]")
_DIGIT = re.compile(r"\d")


class Certain(NamedTuple):
    """How likely the words are that carry a claim: on average, and the least likely."""

    span: Span | None
    mean: float
    minimum: float


class _Word(NamedTuple):
    start: int
    text: str
    logprob: float
    tokens: int


def of_all(logprobs: Sequence[float]) -> Certain:
    """The same of all tokens, where their texts are not known.

    The minimum leaves out the least likely twentieth: of full stops and small words, some
    always are.

    >>> of_all([-0.1] * 9 + [-9.0]).minimum < 0.5 < of_all([-0.1] * 39 + [-9.0]).minimum
    True
    """
    lowest = sorted(logprobs)[int(_LOWEST * len(logprobs))]
    return Certain(None, math.exp(math.fsum(logprobs) / len(logprobs)), math.exp(lowest))


def certainty(text: str, tokens: Sequence[str], logprobs: Sequence[float]) -> Iterator[Certain]:
    """How likely the words are that carry each sentence.

    Those are its numbers and its names; where it has none, all but function words. A word is
    as likely as its tokens together.

    >>> tokens = ["It", " opened", " in", " 18", "89", "."]
    >>> (each,) = certainty("".join(tokens), tokens, [-0.9, -0.5, -0.7, -0.1, -0.1, -2.0])
    >>> round(each.minimum, 3)
    0.819
    """
    whole = "".join(tokens)
    placed = text.strip() == whole.strip()
    shift = (len(text) - len(text.lstrip())) - (len(whole) - len(whole.lstrip()))
    words = list(_words(tokens, logprobs))
    for span in sentences(whole):
        inside = [each for each in words if span.start <= each.start < span.end]
        if carrying := _carrying(inside):
            count = sum(each.tokens for each in carrying)
            mean = math.exp(math.fsum(each.logprob for each in carrying) / count)
            minimum = math.exp(min(each.logprob for each in carrying))
            place = Span(span.start + shift, span.end + shift) if placed else None
            yield Certain(place, mean, minimum)


def _carrying(words: Sequence[_Word]) -> Sequence[_Word]:
    telling = [
        each
        for n, each in enumerate(words)
        if _DIGIT.search(each.text) or (n and each.text[:1].isupper() and len(each.text) > 1)
    ]
    return telling or [each for each in words if each.text.lower() not in FUNCTION_WORDS] or words


def _words(tokens: Sequence[str], logprobs: Sequence[float]) -> Iterator[_Word]:
    """The words that *tokens* make up, without what stands between words."""
    at, last = 0, _Word(0, "", 0.0, 0)
    for token, logprob in zip(tokens, logprobs, strict=True):
        start = at + len(token) - len(token.lstrip())
        at += len(token)
        core = token.strip()
        if last.tokens and not (
            core and start == last.start + len(last.text) and _goes_on(last, core)
        ):
            yield last
            last = _Word(0, "", 0.0, 0)
        if last.tokens:
            last = _Word(last.start, last.text + core, last.logprob + logprob, last.tokens + 1)
        elif _WORD.search(core):
            last = _Word(start, core, logprob, 1)
    if last.tokens:
        yield last


def _goes_on(last: _Word, core: str) -> bool:
    """Whether *core* goes on with the word before it."""
    return core[0].isalnum() and last.text[-1].isalnum() and max(core[0], last.text[-1]) < _UNSPACED
