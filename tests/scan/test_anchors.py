"""Anchors: wherever a pattern matches, one of its anchors is in the match."""

from __future__ import annotations

import pytest
from benchmarks.patterns import FLAGS, PATTERNS, TEXTS, spans
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from guardrails_lib.scan import anchors as module
from guardrails_lib.scan.anchors import Anchors, anchors
from guardrails_lib.scan.tree import parsed

ENDINGS = st.lists(
    st.text("comskiKSo", min_size=1, max_size=4), min_size=1, max_size=5, unique=True
).map("|".join)
HOSTS = st.builds(
    r"{}[.@](?:{}){}".format,
    st.sampled_from(["", r"\w+", r"\d+", "[a-z]"]),
    ENDINGS,
    st.sampled_from(["", r"\b", r"(?!\w)", r"\d"]),
)
HOSTED = st.lists(
    st.sampled_from(
        ["a", "7", "٣", ".", "@", "com", "sk", "\u017f", "\u212a", "ı", "İ", "KI", " "]
    ),
    max_size=10,
).map("".join)


def places(source: str, flags: int, text: str) -> list[int] | None:
    found = anchors(parsed(source, flags) or [])
    if found is None:
        return None
    finds = Anchors([(0, found)])
    where = [place for _, some in finds(text) for place in some]
    assert not where or not finds.is_quiet(text)
    return where


@settings(max_examples=150)
@given(PATTERNS | HOSTS, FLAGS, TEXTS | HOSTED)
def test_every_match_has_an_anchor(source: str, flags: int, text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_TOO_OFTEN", 99)
        where = places(source, flags, text)
    if where is None:
        return
    try:
        found = spans(source, flags, text)
    except TimeoutError:
        reject()
    for start, end in found:
        assert any(start <= place < end for place in where), (start, end, where)


@pytest.mark.parametrize(
    ("source", "text", "found"),
    [
        (r"[a-z]+@[a-z]+", "a @ b x@y", [7]),
        (r"[a-z]+::[a-z]+", "a:b :: a::b", [8]),
        (r"[a-z]+\.(?:com|org)", "a. b a.net a.com", [12]),
        (r"a#|b~", "a# b~ #~", [1, 4]),
        (r"\d+@x", "٣@x a@x", [1]),
    ],
)
def test_an_anchor_is_found_between_what_may_stand_beside_it(
    source: str, text: str, found: list[int]
) -> None:
    assert places(source, 0, text) == found


@pytest.mark.parametrize("source", ["[a-z]+", r"\w\w", "e", "a?", "(?:a|#)", r"(?=#)a"])
def test_what_is_met_often_is_no_anchor(source: str) -> None:
    assert anchors(parsed(source)) is None


def test_patterns_of_the_same_anchors_are_told_together() -> None:
    finds = Anchors([(n, anchors(parsed(source)) or []) for n, source in enumerate(["a#b", "a#b"])])
    assert list(finds("a#b")) == [([0, 1], [1])]


@pytest.mark.parametrize("text", ["", "a b", "no mail @ home"])
def test_a_text_without_anchors_is_quiet(text: str) -> None:
    finds = Anchors([(0, anchors(parsed(r"[a-z]+@[a-z]+")) or [])])
    assert finds.is_quiet(text)
    assert list(finds(text)) == []
