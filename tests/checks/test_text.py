"""Plain facts about a text: its length, its words, what it matches."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guardrails_lib import Check, PolicyError
from guardrails_lib.checks import containing, disguised, longer_than, matching
from guardrails_lib.checks.text import naming

TEXTS = st.text(st.characters() | st.sampled_from("abAB .*é\n"), max_size=30)
WORDS = st.text(st.characters() | st.sampled_from("abAB .*é\n"), min_size=1, max_size=4)


def spans(check: Check[str], text: str) -> list[tuple[int, int]]:
    return [(found.span.start, found.span.end) for found in check(text) if found.span]


def starts(word: str, text: str) -> Iterator[int]:
    return (at for at in range(len(text)) if text.startswith(word, at))


# -- longer_than


@given(TEXTS, st.integers(0, 40))
def test_a_text_is_too_long_when_it_has_more_characters_than_are_allowed(
    text: str, limit: int
) -> None:
    assert len(list(longer_than(limit=limit)(text))) == (len(text) > limit)


def test_how_long_a_text_is_and_may_be_is_said() -> None:
    (found,) = longer_than(limit=3)("abcd")
    assert found.message == "4 characters, and 3 are allowed"
    assert found.span is None


def test_an_astral_letter_is_one_character() -> None:
    assert list(longer_than(limit=1)("\U0001f600")) == []


def test_how_long_a_text_is_shows_at_its_end() -> None:
    assert longer_than(limit=3).width is None
    assert longer_than(limit=3).tail("ab") == 0


# -- matching


def test_what_matches_is_found_where_it_stands() -> None:
    assert spans(matching(r"\d{3}"), "call 555 or 777") == [(5, 8), (12, 15)]


def test_a_finding_says_what_it_is_and_not_what_it_says() -> None:
    (found,) = matching(r"\d{4}")("pin 4711")
    assert found.check == "matching"
    assert "4711" not in repr(found)


def test_nothing_is_found_where_nothing_matches() -> None:
    assert list(matching(r"\d{3}")("")) == list(matching(r"\d{3}")("call")) == []


def test_empty_matches_are_nothing() -> None:
    assert list(matching("b*")("aaa")) == list(matching("b?")("aaa")) == []


@pytest.mark.parametrize(
    ("pattern", "width"), [(r"\d{4,16}", 16), ("abc", 3), (r"\d+", None), (r"\p{L}{2}", None)]
)
def test_the_width_of_a_check_is_that_of_its_pattern(pattern: str, width: int | None) -> None:
    assert matching(pattern).width == width


def test_only_a_tail_that_could_match_is_held_back() -> None:
    check = matching(r"\d{4}-\d{4}")
    assert check.tail("no digits at all") == 16
    assert check.tail("a number: 1234-5") == 10


@pytest.mark.parametrize("pattern", ["(", "[a", "a{2,1}", "(?P<a", "*"])
def test_what_is_no_pattern_is_refused_where_it_is_written(pattern: str) -> None:
    with pytest.raises(PolicyError, match=r"matching\(\): .* is not a pattern"):
        matching(pattern)


@pytest.mark.parametrize("pattern", [None, 5, b"a", ["a"]])
def test_a_pattern_that_is_no_text_is_refused_where_it_is_written(pattern: Any) -> None:
    with pytest.raises(PolicyError, match=r"matching\(\): "):
        matching(pattern)


def test_a_pattern_prints_as_it_was_written() -> None:
    assert repr(matching(r"\d{4}")) == r"matching(pattern='\\d{4}')"


def test_overlapping_matches_are_found_from_every_start() -> None:
    """The engine makes one finding of them."""
    assert spans(matching("aba"), "ababa") == [(0, 3), (2, 5)]


# -- containing


@given(WORDS, TEXTS)
def test_a_word_is_found_wherever_it_stands(word: str, text: str) -> None:
    found = spans(containing(word), text)
    assert found == [(at, at + len(word)) for at in starts(word, text)]


@given(st.lists(WORDS, min_size=1, max_size=4).map(tuple), TEXTS)
def test_of_many_words_the_longest_at_each_place_is_found(
    words: tuple[str, ...], text: str
) -> None:
    longest: dict[int, int] = {}
    for word in words:
        for at in starts(word, text):
            longest[at] = max(longest.get(at, 0), at + len(word))
    assert spans(containing(words), text) == sorted(longest.items())


@given(st.lists(WORDS, min_size=1, max_size=4).map(tuple), TEXTS, st.booleans())
def test_the_width_is_that_of_the_longest_word(
    words: tuple[str, ...], text: str, ignore_case: bool
) -> None:
    check = containing(words, ignore_case=ignore_case)
    assert check.width == max(map(len, words))
    assert all(end - start <= check.width for start, end in spans(check, text))


@given(st.lists(WORDS, min_size=1, max_size=3).map(tuple), TEXTS, st.booleans(), st.integers(0, 30))
def test_more_text_changes_nothing_before_the_tail(
    words: tuple[str, ...], text: str, ignore_case: bool, cut: int
) -> None:
    check = containing(words, ignore_case=ignore_case)
    tail = check.tail(text[:cut])
    before = [span for span in spans(check, text[:cut]) if span[0] < tail]
    assert before == [span for span in spans(check, text) if span[0] < tail]


def test_a_word_inside_another_is_found_too() -> None:
    assert spans(containing("art"), "party") == [(1, 4)]


@pytest.mark.parametrize("words", [("ab", "abc"), ("abc", "ab"), ("abc", "ab", "a")])
def test_of_words_that_begin_alike_the_longest_is_found(words: tuple[str, ...]) -> None:
    assert spans(containing(words), "xabcx")[0] == (1, 4)


def test_words_that_overlap_are_all_found() -> None:
    assert spans(containing(("abc", "cde")), "abcde") == [(0, 3), (2, 5)]
    assert spans(containing("aba"), "ababa") == [(0, 3), (2, 5)]


@pytest.mark.parametrize(
    "word", ["a.c", "a*", "(", "[a]", r"\d", "^a$", "a|b", "{2}", "{e}", "[:a:]", " # x", "é+"]
)
def test_a_word_is_no_pattern(word: str) -> None:
    assert spans(containing(word), f"b {word} b") == [(2, 2 + len(word))]
    assert list(containing(word)("abc 12 aa")) == []
    assert spans(containing(word, ignore_case=True), f"b {word} b") == [(2, 2 + len(word))]


def test_case_counts_unless_told_otherwise() -> None:
    assert list(containing("secret")("SECRET")) == []
    assert spans(containing("secret", ignore_case=True), "a SeCrEt") == [(2, 8)]
    assert spans(containing("SECRET", ignore_case=True), "a secret") == [(2, 8)]


@pytest.mark.parametrize(
    ("word", "text"),
    [("É", "é"), ("ß", "ẞ"), ("Σ", "\u03c3"), ("Σ", "ς"), ("k", "\u212a"), ("Ж", "ж")],
)
def test_case_is_ignored_beyond_ascii(word: str, text: str) -> None:
    assert spans(containing(word, ignore_case=True), f"a{text}") == [(1, 2)]
    assert spans(containing(text, ignore_case=True), f"a{word}") == [(1, 2)]


def test_the_words_of_a_list_may_share_a_word() -> None:
    assert spans(containing(("a", "a")), "ba") == [(1, 2)]


@pytest.mark.parametrize("words", ["", (), ("",), ("a", "")])
def test_a_word_that_is_empty_is_refused_where_it_is_written(words: Any) -> None:
    with pytest.raises(PolicyError, match=r"containing\(\) takes a text or a tuple of texts"):
        containing(words)


@pytest.mark.parametrize("words", [None, 5, b"abc", (1,), ("a", None), (b"a",), object()])
def test_a_word_that_is_no_text_is_refused_where_it_is_written(words: Any) -> None:
    with pytest.raises(PolicyError, match=r"containing\(\) takes a text or a tuple of texts"):
        containing(words)


def test_a_list_of_words_is_taken_or_refused_where_it_is_written() -> None:
    words: Any = ["foo", "bar"]
    try:
        made = containing(words)
    except PolicyError as problem:
        assert "tuple" in str(problem)  # noqa: PT017  # taking it is fine too
    else:
        assert spans(made, "a bar") == [(2, 5)]


def test_a_list_of_words_is_not_said_in_a_finding() -> None:
    (found,) = containing(("foo", "bar"))("a bar")
    assert "bar" not in repr(found)


# -- any text at all

CHECKS: dict[str, Callable[[str], Check[str]]] = {
    "matching": matching,
    "containing": containing,
    "containing, any case": lambda word: containing(word, ignore_case=True),
}
every_check = pytest.mark.parametrize("make", CHECKS.values(), ids=CHECKS)


@every_check
@pytest.mark.parametrize(
    "text",
    [
        "\ud800needle",
        "\udfff\ud800 needle \udc00",
        "a\0needle",
        "\u05e9\u05dc\u05d5\u05dd needle",
        "\u202eneedle\u202c",
        "e\u0301needle",
        "\U0001f600\U0001f1e9\U0001f1ea needle",
        "\r\nneedle\r\n",
        "\ufeffneedle",
    ],
)
def test_a_place_is_a_place_in_the_text_as_given(
    make: Callable[[str], Check[str]], text: str
) -> None:
    ((start, end),) = spans(make("needle"), text)
    assert text[start:end] == "needle"


@every_check
@pytest.mark.parametrize(
    "needle", ["\ud800", "\0", "e\u0301", "\u05e9\u05dc", "\u202e", "\n", "\U0001f600"]
)
def test_whatever_is_a_text_can_be_found(make: Callable[[str], Check[str]], needle: str) -> None:
    assert spans(make(needle), f"ab{needle}ba") == [(2, 2 + len(needle))]


@every_check
def test_a_letter_and_its_accent_are_not_the_letter_with_an_accent(
    make: Callable[[str], Check[str]],
) -> None:
    """No text is changed before it is looked at."""
    assert list(make("\u00e9")("e\u0301")) == []


LONG = 200_000 * "clean text without anything to find, in it. \n"


@pytest.mark.parametrize(
    "check",
    [
        longer_than(limit=10**9),
        matching(r"\d{4}-\d{4}"),
        matching("needle[0-9]"),
        matching(r"\bneedle\b"),
        matching("[A-Z]{2,8}:"),
        containing("needle"),
        containing(("needle", "thread", "haystack")),
        containing(("needle", "thread"), ignore_case=True),
    ],
    ids=repr,
)
def test_a_text_of_nine_million_characters_is_looked_at_in_seconds(check: Check[str]) -> None:
    began = time.process_time()
    assert list(check(LONG)) == []
    assert time.process_time() - began < 3


def test_many_findings_are_found_in_one_pass() -> None:
    began = time.process_time()
    assert len(list(containing("ab")(100_000 * "ab"))) == 100_000
    assert time.process_time() - began < 3


# -- naming

RIVALS = ("Acme", "Globex Corp", "Nestlé", "Yahoo!", "任天堂")


@pytest.mark.parametrize(
    "said",
    [
        "Acme",
        "acme",
        "ACME",
        "Acme's",
        "Acme\u2019s",
        "Acmes",
        "Globex Corp",
        "Globex-Corp",
        "GlobexCorp",
        "globex\ncorp",
        "Nestle",
        "nestlé",
        "Nestle\u0301",
        "Yahoo!",
        "任天堂",
    ],
)
def test_a_name_is_found_as_people_write_it(said: str) -> None:
    for before, after in (("", ""), ("Try ", "."), ("(", ")"), ("#", " "), ("\n", ", too")):
        text = f"{before}{said}{after}"
        assert spans(naming(RIVALS), text) == [(len(before), len(before) + len(said))]


@pytest.mark.parametrize(
    "text", ["", "acmeist", "macme", "Acme1", "Globex", "Corp", "Nest", "Yahoo", "globe x corp"]
)
def test_a_part_of_a_word_is_no_name(text: str) -> None:
    assert spans(naming(RIVALS), text) == []


def test_where_no_blanks_stand_between_words_a_name_is_found_in_any_text() -> None:
    assert spans(naming(RIVALS), "我买了任天堂的游戏机") == [(3, 6)]


def test_capitals_count_where_a_name_is_a_word() -> None:
    check = naming("Apple", ignore_case=False)
    assert spans(check, "An apple from Apple's orchard") == [(14, 21)]


def test_a_name_in_disguise_is_found_together_with_disguised() -> None:
    assert list(disguised(naming(RIVALS))("Try A\u0441me today"))


def test_a_name_is_of_the_kind_named() -> None:
    assert [(each.check, each.kind) for each in naming("Acme")("Acme")] == [("naming", "named")]


@pytest.mark.parametrize("names", [(), "", " ", ("Acme", ""), ("!",), 7, ("Acme", 7)])
def test_a_name_has_a_letter(names: Any) -> None:
    with pytest.raises(PolicyError, match="naming"):
        naming(names)


@given(st.text("acme glob-xrp'sé ", max_size=40), st.integers(0, 40))
def test_what_begins_before_the_tail_is_known_before_the_text_goes_on(text: str, cut: int) -> None:
    check = naming(RIVALS)
    tail = check.tail(text[:cut])
    early = [each for each in spans(check, text) if each[0] < tail]
    assert [each for each in spans(check, text[:cut]) if each[0] < tail] == early


@pytest.mark.parametrize("unit", ["a", "acme", "globex ", "globex-", "é", "任", "\ud800", "\0"])
def test_names_are_looked_for_in_long_texts_of_anything(unit: str) -> None:
    assert len(spans(naming(RIVALS), unit * 100_000)) <= 1
