"""Chunks put together are the text, however it is cut."""

from __future__ import annotations

import pytest
from hypothesis import find, given
from hypothesis import strategies as st

from guardrails_lib.testing.strategies.chunkings import chunkings


@given(st.text(max_size=40).flatmap(lambda text: st.tuples(st.just(text), chunkings(text))))
def test_chunks_are_the_text_together(drawn: tuple[str, tuple[str, ...]]) -> None:
    text, chunks = drawn
    assert chunks
    assert "".join(chunks) == text


@pytest.mark.parametrize("text", ["", "a", "a longer text"])
def test_the_simplest_is_one_chunk(text: str) -> None:
    assert find(chunkings(text), lambda _: True) == (text,)


def test_every_character_may_be_a_chunk() -> None:
    assert find(chunkings("hello"), lambda chunks: len(chunks) == 5)


def test_some_chunks_are_empty() -> None:
    chunks = find(chunkings("hello"), lambda chunks: "" in chunks)
    assert "".join(chunks) == "hello"


def test_a_letter_may_be_cut_from_its_accent() -> None:
    text = "x" * 500 + "e\u0301" + "x" * 500

    def cut_there(chunks: tuple[str, ...]) -> bool:
        return len(chunks) < 9 and any(each.startswith("\u0301") for each in chunks)

    assert find(chunkings(text), cut_there)


def test_a_failure_shrinks_to_few_chunks() -> None:
    assert len(find(chunkings("hello"), lambda chunks: len(chunks) > 1)) == 2
