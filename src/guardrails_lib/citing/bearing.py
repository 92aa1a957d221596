"""The sentences of some sources that an answer is made of: what it could cite."""

from __future__ import annotations

from ..grounding import Index, Place, contents

__all__ = ["bearing"]

ADDS = 0.05
"""A sentence is one of them if it has so much of the answer that those before it lack."""

WITHIN = 0.6
"""Or if so much of its own is in the answer."""

FORM = 0.6
"""As much as a word counts that begins as the word of the answer does."""


def bearing(answer: str, held: Index) -> list[Place]:
    """The sentences of the sources that *answer* is made of, in their order.

    The one with most of its words comes first, the rarer the more, then the one with most of
    those that are left. *ADDS* and *WITHIN* are chosen on half of CLAPnq's development set
    (`benchmarks/citations.py`).

    >>> held = Index(["It opened in 1901. The mayor paid for it. It has 40 rooms."])
    >>> [place.first for place in bearing("Paid for by the mayor, it opened in 1901.", held)]
    [0, 1]
    """
    words = frozenset(contents(answer))
    known = held.known(words)
    forms = {word: frozenset((word,)) if word in known else held.forms(word) for word in words}
    weights = {word: held.rarity(word) * (1.0 if word in known else FORM) for word in words}
    points = held.points((forms[word], weights[word]) for word in words if forms[word])
    all_of_it = sum(map(held.rarity, words)) or 1.0
    has = {
        number: {word for word in words if not forms[word].isdisjoint(held.stems[number])}
        for number in points
    }
    chosen = {number for number in points if _is_within(held, number, words)}
    left = set(words)
    while has:
        best = max(has, key=lambda number: (sum(weights[word] for word in has[number]), -number))
        if sum(weights[word] for word in has[best]) < ADDS * all_of_it:
            break
        chosen.add(best)
        left -= has.pop(best)
        has = {number: some & left for number, some in has.items() if some & left}
    return [held.place(number, number) for number in sorted(chosen)]


def _is_within(held: Index, number: int, words: frozenset[str]) -> bool:
    own = held.stems[number]
    weight = sum(map(held.rarity, own))
    return weight > 0 and sum(map(held.rarity, own & words)) >= WITHIN * weight
