"""Many patterns of words: what `regex` finds from every start is found, and nothing else."""

from __future__ import annotations

import pytest
import regex
from hypothesis import example, given, settings
from hypothesis import strategies as st

from guardrails_lib.scan import phrases
from guardrails_lib.scan.phrases import Phrases

WORDS = st.sampled_from(["ignore", "all", "rules", "sk-", "größe", "забудь", "忘记", "σas", "İki"])
GAPS = st.sampled_from([r"\s{1,3}", r"\W{1,2}", "", "(?:[a-z]{1,4} ){0,2}", r"\b", "[^.]{0,6}"])
PIECES = st.one_of(
    WORDS,
    st.lists(WORDS, min_size=2, max_size=3).map(lambda some: f"(?:{'|'.join(some)})"),
    WORDS.map(lambda word: f"(?i:{word})"),
    WORDS.map(lambda word: f"(?:{word} )?"),
    WORDS.map(lambda word: f"(?<={word})"),
    WORDS.map(lambda word: f"(?!{word})"),
)
PATTERNS = st.lists(st.tuples(PIECES, GAPS), min_size=1, max_size=3).map(
    lambda some: "".join(f"{piece}{gap}" for piece, gap in some)
)
SEEN = st.sampled_from(
    [
        *("ignore", "IGNORE", "\u0131gnore", "all", "ru\u017fe", "rules", "\u212a", "s\u212a-"),
        *(
            "sk-",
            "GRÖSSE",
            "GRÖßE",
            "größe",
            "gröẞe",
            "ЗАБУДЬ",
            "забудь",
            "忘记",
            "σας",
            "ΣΑς",
            "σas",
        ),
        *("ςas", " ", "  ", ".", "\n", "a", "bc", "İki", "iki", "x" * 30, "\ud800", "\u1c82"),
    ]
)
TEXTS = st.lists(SEEN, max_size=30).map("".join)


def brute(patterns: list[str], text: str) -> list[tuple[int, int, int]]:
    return sorted(
        (
            (n, *match.span())
            for n, source in enumerate(patterns)
            for match in regex.finditer(source, text, overlapped=True)
            if match.end() > match.start()
        ),
        key=lambda each: (each[1], each[2], each[0]),
    )


@pytest.mark.parametrize("fast", [True, False])
@settings(max_examples=150, deadline=None)
@given(patterns=st.lists(PATTERNS, min_size=1, max_size=4), text=TEXTS)
@example(patterns=["(?i:ignore)"], text="x" * 100 + "\u0131GNORE" + "x" * 100)
@example(patterns=["забудь"], text="забудь")
def test_what_regex_finds_from_every_start_is_found(
    fast: bool, patterns: list[str], text: str
) -> None:
    if fast:
        pytest.importorskip("hyperscan", reason="the fast extra is not installed")
    with pytest.MonkeyPatch.context() as patch:
        if not fast:
            patch.setattr(phrases, "_fast", lambda _: None)
        many = Phrases(patterns)
    assert list(many.find(text)) == brute(patterns, text)


def test_a_text_without_the_words_could_hold_nothing() -> None:
    assert not Phrases([r"ignore\s{1,3}all", "sk-[a-z]{20}"]).could("an honest text " * 50)


def test_a_match_deep_inside_a_long_text_is_found_at_its_place() -> None:
    text = "word " * 10_000 + "ignore  all" + " word" * 10_000
    assert list(Phrases([r"ignore\s{1,3}all"]).find(text)) == [(0, 50_000, 50_011)]


def test_the_width_is_that_of_the_widest_pattern() -> None:
    assert Phrases(["abc", "(?:abcd){1,3}"]).width == 12


def test_with_a_pattern_without_a_bound_there_is_no_width() -> None:
    assert Phrases(["abc", "a+"]).width is None


def test_a_pattern_without_a_word_is_looked_for_too() -> None:
    assert list(Phrases([r"\d{4}"]).find("in 1984")) == [(0, 3, 7)]
