"""Pieces of a text hashed at once are hashed as they would be alone."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from guardrails_lib.learned.hashing import LONGEST, Hashed, buckets, codes, hash_of, mixed
from guardrails_lib.learned.numbers import np

WORDS = st.text(st.characters(), min_size=1, max_size=40)


@given(WORDS, st.text(st.characters(), max_size=40), st.text(st.characters(), max_size=40))
def test_a_piece_has_the_hash_that_it_has_alone(word: str, before: str, after: str) -> None:
    hashed = Hashed(codes(before + word + after))
    starts = np.array([len(before)])
    assert int(hashed.pieces(starts, starts + len(word))[0]) == hash_of(word)


@given(st.text(min_size=3, max_size=30))
def test_every_run_of_three_is_a_piece(text: str) -> None:
    hashed = Hashed(codes(text))
    starts = np.arange(len(text) - 2)
    assert hashed.runs(3).tolist() == hashed.pieces(starts, starts + 3).tolist()


def test_the_end_of_a_text_of_the_greatest_length_is_hashed_as_its_beginning() -> None:
    text = "name" + "x" * (LONGEST - 8) + "name"
    first, last = Hashed(codes(text)).pieces(np.array([0, LONGEST - 4]), np.array([4, LONGEST]))
    assert first == last


def test_hashes_are_the_same_on_every_machine() -> None:
    assert hash_of("the") == 12658684096569916159


def test_half_of_a_surrogate_pair_is_a_character() -> None:
    assert codes("a\ud800").tolist() == [97, 0xD800]


def test_an_empty_text_has_no_pieces() -> None:
    assert Hashed(codes("")).runs(1).tolist() == []


def test_buckets_are_the_first_bits() -> None:
    assert buckets(np.array([1 << 63, 0, (1 << 64) - 1], dtype=np.uint64), 2).tolist() == [2, 0, 3]


def test_small_numbers_fall_far_apart() -> None:
    near = mixed(np.arange(1, 4097, dtype=np.uint64) * np.uint64(0xC2B2AE3D27D4EB4F))
    met = np.bincount(buckets(near, 8), minlength=256)
    assert met.max() < 50  # 16 are expected
    assert met.min() > 0
