"""How like the meaning of examples a text is, by vectors that somebody gives."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pytest

from guardrails_lib.likeness import Embedded, Like
from guardrails_lib.likeness.embedded import AT_ONCE

MEANINGS = {"invoice": 0, "bill": 0, "parcel": 1, "package": 1}


def meaning(texts: Sequence[str]) -> list[list[float]]:
    """Two numbers for a text: how much of it is about money, and about parcels."""
    return [
        [float(sum(MEANINGS.get(w) == n for w in text.split())) for n in (0, 1)] for text in texts
    ]


TOPICS = {"billing": ("invoice",), "shipping": ("parcel",)}


def test_what_means_the_same_is_alike() -> None:
    found = Embedded(TOPICS, meaning).likenesses(["a bill", "a package", "bill package"])
    assert [(topic, round(similarity, 3)) for topic, similarity in found] == [
        ("billing", 1.0),
        ("shipping", 1.0),
        ("billing", 0.707),
    ]


def test_a_vector_of_zeros_is_like_nothing() -> None:
    assert [*Embedded(TOPICS, meaning).likenesses(["dragons"])] == [Like("billing", 0.0)]


def test_what_points_the_other_way_is_not_alike() -> None:
    embedded = Embedded({"": ("a",)}, lambda texts: [[1.0 if t == "a" else -1.0] for t in texts])
    assert [*embedded.likenesses(["b"])] == [Like("", 0.0)]


def test_texts_are_embedded_some_at_a_time() -> None:
    asked: list[int] = []

    def counted(texts: Sequence[str]) -> list[list[float]]:
        asked.append(len(texts))
        return meaning(texts)

    found = Embedded(TOPICS, counted).likenesses(["bill"] * (2 * AT_ONCE + 1))
    assert len([*found]) == 2 * AT_ONCE + 1
    assert asked == [2, AT_ONCE, AT_ONCE, 1]


@pytest.mark.parametrize(
    ("vectors", "said"),
    [
        ([[1.0]], "gave 1 vectors for 2 texts"),
        ([[1.0], [1.0, 2.0]], "of 1 and of 2 numbers"),
        ([[], []], "numbers"),
        ([[1.0], [math.nan]], "not finite"),
        ([[1.0], [math.inf]], "not finite"),
        ([[1.7e308] * 2, [1.0] * 2], "not finite"),
    ],
)
def test_vectors_that_cannot_be_are_an_error(vectors: list[list[float]], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        Embedded(TOPICS, lambda _: vectors)


def test_vectors_of_another_length_than_the_examples_are_an_error() -> None:
    given = iter([[[1.0], [2.0]], [[1.0, 2.0]]])
    embedded = Embedded(TOPICS, lambda _: next(given))
    with pytest.raises(ValueError, match="of 1 and of 2 numbers"):
        list(embedded.likenesses(["a"]))
