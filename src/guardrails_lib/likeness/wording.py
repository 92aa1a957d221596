"""How like the wording of examples a text is, without a model."""

from __future__ import annotations

import functools
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from .sentences import windows
from .words import FUNCTION_WORDS, words

__all__ = ["Like", "Wording"]

FLOOR = 0.45
"""Words that share less of their letters are different words; *pay* and *paying* share 0.47."""

FAINT = 0.05
"""What a word weighs that a text about anything has."""

REMEMBERED = 65_536
"""So many words are looked up once."""


class Like(NamedTuple):
    """What a text is most like, and how much: 1.0 is the wording of an example."""

    topic: str
    similarity: float


class _Known(NamedTuple):
    """What is known of a word."""

    weight: float
    forms: dict[str, float]
    topics: dict[str, float]
    """As much as it shares with a word of each."""


class Wording:
    """The words of some examples, by topic.

    A text is like a topic as far as its words are words of the topic, and as far as one
    example has them together. Words are the same where they share runs of three letters.
    """

    def __init__(self, topics: Mapping[str, Sequence[str]]) -> None:
        self._topics: list[str] = []
        self._norms: list[float] = []
        self._examples: dict[str, list[int]] = defaultdict(list)
        for topic, texts in topics.items():
            for text in texts:
                for start, end in windows(text):
                    known = set(words(text[start:end]))
                    for word in known:
                        self._examples[word].append(len(self._topics))
                    self._topics.append(topic)
                    self._norms.append(_norm(known))
        self._holders = {
            word: {self._topics[n] for n in examples} for word, examples in self._examples.items()
        }
        self._size: dict[str, int] = {}
        self._grams: dict[str, list[str]] = defaultdict(list)
        for word in self._examples:
            if word not in FUNCTION_WORDS:
                grams = _grams(word)
                self._size[word] = len(grams)
                for gram in grams:
                    self._grams[gram].append(word)
        self._known = functools.lru_cache(REMEMBERED)(self._look_up)

    def likenesses(self, texts: Iterable[str]) -> Iterator[Like]:
        """What each of *texts* is most like."""
        return map(self._likeness, texts)

    def _likeness(self, text: str) -> Like:
        covered: dict[str, float] = defaultdict(float)
        shared: dict[str, float] = {}
        total = norm = 0.0
        for word in set(words(text)):
            weight, forms, topics = self._known(word)
            total += weight
            norm += weight * weight
            for known, share in forms.items():
                shared[known] = max(shared.get(known, 0.0), share)
            for topic, share in topics.items():
                covered[topic] += share * weight
        if not covered:
            return Like("", 0.0)
        near = self._nearest(shared, math.sqrt(norm))
        likes = (
            Like(topic, min(1.0, (part / total + near[topic]) / 2))
            for topic, part in covered.items()
        )
        return max(likes, key=lambda each: each.similarity)

    def _nearest(self, shared: Mapping[str, float], norm: float) -> dict[str, float]:
        """Of each topic, the cosine of the example that is nearest."""
        products: dict[int, float] = defaultdict(float)
        for word, share in shared.items():
            for example in self._examples[word]:
                products[example] += share * _weight(word) ** 2
        near: dict[str, float] = defaultdict(float)
        for example, product in products.items():
            topic = self._topics[example]
            near[topic] = max(near[topic], product / (norm * self._norms[example]))
        return near

    def _look_up(self, word: str) -> _Known:
        forms = self._forms(word)
        topics: dict[str, float] = {}
        for known, share in forms.items():
            for topic in self._holders[known]:
                topics[topic] = max(topics.get(topic, 0.0), share)
        return _Known(_weight(word), forms, topics)

    def _forms(self, word: str) -> dict[str, float]:
        """The words of the examples that *word* is a form of, and how much it shares with each."""
        if word in FUNCTION_WORDS:
            return {word: 1.0} if word in self._examples else {}
        grams = _grams(word)
        hits: dict[str, int] = {}
        for gram in grams:
            for known in self._grams.get(gram, ()):
                hits[known] = hits.get(known, 0) + 1
        shares = ((w, n / math.sqrt(len(grams) * self._size[w])) for w, n in hits.items())
        return {known: share for known, share in shares if share >= FLOOR}


def _weight(word: str) -> float:
    return FAINT if word in FUNCTION_WORDS else 1.0


def _norm(known: Iterable[str]) -> float:
    return math.sqrt(sum(_weight(word) ** 2 for word in known))


def _grams(word: str) -> set[str]:
    """The runs of three letters in *word*; the ends are letters of their own."""
    ended = f"\x02{word}\x03"
    return {ended[n : n + 3] for n in range(len(ended) - 2)}
