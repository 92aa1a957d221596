"""All shapes together, and a text's way through them."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from ..scan.expression import expression
from ..scan.phrases import Phrases
from . import apps, cloud, code, keys, messages, models, named, payments, urls
from .keys import BLOCK
from .seen import as_seen, is_plain, last_run
from .shape import Secret, Shape

__all__ = ["Finder", "every_shape", "finder_of", "providers"]

_SEEN = "".join(map(chr, range(33, 127)))
"""All secrets but blocks are made of these, without a blank."""


class Finder:
    """Shapes of secrets, looked for together."""

    width = BLOCK + 256
    """No secret is longer, with what is looked at around it."""

    back = 512
    """How far before a secret what tells about it may stand."""

    def __init__(self, shapes: Sequence[Shape]) -> None:
        self._shapes = tuple(shapes)
        self._phrases = Phrases([each.pattern for each in self._shapes])

    def find(self, text: str) -> list[Secret]:
        """The secrets in *text*, in order; of several at one place, the surest."""
        every = self._matched(text)
        if not text.isascii() and not is_plain(text):
            every += self._hidden(text)
        if not every:
            return every
        every.sort(key=_by_score)
        return sorted({(each.start, each.end): each for each in every}.values())

    def tail(self, text: str) -> int:
        """Where the end of *text* begins that could still become a secret, or part of one."""
        if is_plain(text):
            return _tail(text)
        seen, places = as_seen(text)
        at = _tail(seen)
        return min(last_run(text), places[at] if at < len(places) else len(text))

    def _matched(self, text: str) -> list[Secret]:
        found = []
        for n, start, _ in self._phrases.find(text):
            shape = self._shapes[n]
            match = _compiled(shape.pattern).match(text, start)
            if match and (secret := shape.read(shape, match)):
                found.append(secret)
        return found

    def _hidden(self, text: str) -> Iterator[Secret]:
        """What is found where the text is read as it is seen."""
        seen, places = as_seen(text)
        for each in self._matched(seen):
            start, end = places[each.start], places[each.end - 1] + 1
            if end - start < self.width:
                yield each._replace(start=start, end=end)


def _by_score(secret: Secret) -> tuple[float, str]:
    return secret.score, secret.kind


def _tail(text: str) -> int:
    at = max(len(text.rstrip(_SEEN)), len(text) - BLOCK)
    block = keys.opens(text)
    return at if block is None else min(at, block)


@functools.cache
def _compiled(pattern: str) -> Any:
    return expression(pattern)


def every_shape() -> tuple[Shape, ...]:
    """All that is known."""
    rooms = cloud, code, payments, messages, models, apps, keys, urls, named
    return tuple(shape for room in rooms for shape in room.SHAPES)


def providers() -> frozenset[str]:
    """Who gives out what is known."""
    return frozenset(each.provider for each in every_shape())


def finder_of(some: frozenset[str] | None) -> Finder:
    """What finds the secrets of some providers; None is all of them."""
    known: Iterable[Shape] = every_shape()
    return Finder([each for each in known if some is None or each.provider in some])
