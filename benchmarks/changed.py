"""Honest claims, and the same with one thing changed so that it is not so any more."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence

__all__ = ["changed", "names_in"]

_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{3,}")
_NUMBER = re.compile(r"(?<![\w.,])\d+(?:,\d{3})*(?![\w.,])")
_VERB = re.compile(r"\b(?:is|was|are|were|can|will|could|has|had)\b(?! not)")


def names_in(text: str) -> list[str]:
    """The words in *text* that have a capital and begin no sentence."""
    return _NAME.findall(text)


def changed(
    claim: str, source: str, names: Sequence[str], chance: random.Random
) -> Iterator[tuple[str, str]]:
    """*claim* with another number, another name, or a "not"; and which of these it is.

    A number or a name is one that the source does not have, or one that it has elsewhere.
    """
    if number := _NUMBER.search(claim):
        value = str(int(number[0].replace(",", "")) + chance.choice((1, 2, 3, 7, 10, -1)))
        if value not in source:
            yield "number", _put(claim, number, value)
        elsewhere = [each for each in _NUMBER.findall(source) if each not in claim]
        if elsewhere:
            yield "number of the source", _put(claim, number, chance.choice(elsewhere))
    if name := _NAME.search(claim):
        other = chance.choice(names)
        if other.lower() not in source.lower():
            yield "name", _put(claim, name, other)
        theirs = [each for each in names_in(source) if each not in claim]
        if theirs:
            yield "name of the source", _put(claim, name, chance.choice(theirs))
    if verb := _VERB.search(claim):
        yield "not", _put(claim, verb, f"{verb[0]} not")


def _put(claim: str, place: re.Match[str], text: str) -> str:
    return claim[: place.start()] + text + claim[place.end() :]
