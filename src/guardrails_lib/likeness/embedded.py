"""How like the meaning of examples a text is, by a function that turns texts into vectors."""

from __future__ import annotations

import itertools
import math
import operator
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from .wording import Like

__all__ = ["AT_ONCE", "Embed", "Embedded"]

Embed: TypeAlias = Callable[[Sequence[str]], Sequence[Sequence[float]]]
"""Gives a vector for each text, all of one length."""

AT_ONCE = 64
"""So many texts are embedded with one call."""


class Embedded:
    """Examples by topic, as vectors. The similarity is the cosine; what is below 0 is 0."""

    def __init__(self, topics: Mapping[str, Sequence[str]], embed: Embed) -> None:
        self._embed = embed
        self._length: int | None = None
        named = [(topic, text) for topic, texts in topics.items() for text in texts]
        vectors = [*self._vectors(text for _, text in named)]
        self._examples = [
            (topic, vector) for (topic, _), vector in zip(named, vectors, strict=True)
        ]

    def likenesses(self, texts: Iterable[str]) -> Iterator[Like]:
        """What each of *texts* is most like."""
        return map(self._likeness, self._vectors(texts))

    def _likeness(self, vector: Sequence[float]) -> Like:
        cosines = (
            Like(topic, sum(map(operator.mul, vector, example)))
            for topic, example in self._examples
        )
        best = max(cosines, key=lambda each: each.similarity)
        return best._replace(similarity=min(1.0, max(0.0, best.similarity)))

    def _vectors(self, texts: Iterable[str]) -> Iterator[list[float]]:
        """A vector of length 1, or of zeros, for each of *texts*."""
        left = iter(texts)
        while some := list(itertools.islice(left, AT_ONCE)):
            given = [[float(each) for each in vector] for vector in self._embed(some)]
            if len(given) != len(some):
                raise ValueError(f"embed= gave {len(given)} vectors for {len(some)} texts")
            for vector in given:
                if self._length is None:
                    self._length = len(vector)
                yield self._unit(vector)

    def _unit(self, vector: list[float]) -> list[float]:
        if not vector or len(vector) != self._length:
            raise ValueError(f"embed= gave vectors of {self._length} and of {len(vector)} numbers")
        norm = math.hypot(*vector)
        if not math.isfinite(norm):
            raise ValueError("embed= gave a vector that is not finite")
        return [each / norm for each in vector] if norm else vector
