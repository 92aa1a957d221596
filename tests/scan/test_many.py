"""Many patterns: each finds what `regex` finds with it alone."""

from __future__ import annotations

import sys
from typing import Any

import pytest
import regex
from benchmarks.patterns import FLAGS, PATTERNS, TEXTS, spans
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from guardrails_lib.scan import plan as module
from guardrails_lib.scan.many import Many, has_digit
from guardrails_lib.scan.plan import LONGEST, Plan

PRESIDIO = 26
IN_PAN = r"\b((?=.*?[a-zA-Z])(?=.*?[0-9]{4})[\w@#$%^?~-]{10})\b"


def found(source: str, flags: int, text: str) -> list[tuple[int, int]] | None:
    return Many([(source, flags)]).find(text, has_digit(text)).get(0, [])


def quick(source: str, flags: int, text: str) -> list[tuple[int, int]]:
    """What `regex` finds, if it does not backtrack for long."""
    try:
        return spans(source, flags, text)
    except TimeoutError:
        reject()


@pytest.fixture
def without_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "guardrails_lib.scan.multi", None)


# -- the matches are those of `finditer`


@settings(max_examples=120)
@given(
    st.lists(st.tuples(PATTERNS, FLAGS), min_size=1, max_size=4),
    st.lists(TEXTS, min_size=1, max_size=8),
)
def test_each_pattern_finds_what_it_finds_alone(
    patterns: list[tuple[str, int]], texts: list[str]
) -> None:
    many = Many(patterns)
    for text in texts:
        wanted = [quick(*each, text) for each in patterns]
        some = many.find(text, has_digit(text))
        assert [some.get(n, []) for n in range(len(patterns))] == wanted, text


def test_without_the_extra_there_is_no_gate(without_extra: None) -> None:
    assert Many([(r"\w+", 0)])._could is None


@settings(max_examples=60)
@given(PATTERNS, FLAGS, TEXTS)
def test_without_the_extra_the_same_is_found(source: str, flags: int, text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "guardrails_lib.scan.multi", None)
        many = Many([(source, flags)])
    assert many.find(text, has_digit(text)).get(0, []) == quick(source, flags, text)


@pytest.mark.parametrize(
    ("source", "flags", "text"),
    [
        (r"\b(?=.*[0-9])\w+\b", PRESIDIO, "12345678" + "abcdef"),
        (r"\b(?=.*[a-z])\d{4}\b", PRESIDIO, "1234"),
        (r"((?=.*[0-9])[a-z0-9]){2}", PRESIDIO, "1a"),
        (r"(?=\d)(?:a(?=.*[a-z])){0,2}.", PRESIDIO, "7"),
        (r"(?=.*[a-z])(?-s:(?=.*\d)).", PRESIDIO, "a\n1"),
        (r"\b1??", PRESIDIO, "1"),
        ("|ab", 0, "ab"),
        (r"(1)|2\1", 0, "21"),
        (r"(?:(1)|2\1)+", 0, "121"),
        (r"\d+@x", 0, "٣@x"),
        (r"[\d-]{2,}", PRESIDIO, "٣1"),
        (r"\b²\d{3}", 0, "a²123"),
        (r"\d{4}", 0, "x" * 500 + "1234567890123"),
        (r"\d{4}(?=.{70}a)", 0, "1234" + "-" * 70 + "a"),
        (r"k1", PRESIDIO, "\u212a1"),
        (r"i1", PRESIDIO, "İ1 ı1"),
        (r"s@", PRESIDIO, "ſ@"),
        (r"\w1", 0, "\ud8001 e\u03011"),
        (r"\bab\b", 0, "ab e\u0301ab ab\u0301"),
        (r"\s1", 0, "\u00a01\x851\x1c1"),
        ("[a-z--b]1", 256, "a1 b1"),
        ("(?V1)[[a-z]--b]1", 0, "a1 b1"),
        (r"(?i)\bab12\b", PRESIDIO, "AB12"),
        (r"\b(?i)ab12\b", PRESIDIO, "AB12"),
    ],
)
def test_it_finds_what_it_finds_alone(source: str, flags: int, text: str) -> None:
    assert found(source, flags, text) == spans(source, flags, text)


@pytest.mark.parametrize("flags", [0, PRESIDIO])
@pytest.mark.parametrize("text", ["ab c-d", "xab", "ab,ab", "AB", "c-d\nab", "éab ab", "a" * 90])
def test_a_list_of_words_is_found_as_it_is_alone(text: str, flags: int) -> None:
    source = r"(?:^|(?<=\W))(ab|c-d)(?:(?=\W)|$)"
    assert found(source, flags, text) == spans(source, flags, text)


def test_no_patterns_find_nothing() -> None:
    assert dict(Many([]).find("a 1", True)) == {}


def test_nothing_is_found_in_an_empty_text() -> None:
    assert dict(Many([(r"\d", 0), ("a?", 0), ("^", PRESIDIO)]).find("", False)) == {}


def test_the_same_pattern_twice_is_found_twice() -> None:
    assert dict(Many([("a1", 0), ("a1", 0)]).find("a1", True)) == {0: [(0, 2)], 1: [(0, 2)]}


def test_what_is_no_pattern_is_a_value_error() -> None:
    with pytest.raises(ValueError, match="is not a pattern"):
        Many([("(", 0)])


@pytest.mark.parametrize("text", ["1", "a٣", "\uff15", "\U0001d7d7", "é" * 100 + "7"])
def test_a_digit_is_one_of_whatever_script(text: str) -> None:
    assert has_digit(text)


@pytest.mark.parametrize("text", ["", "a", "²", "½", "é", "\ud800"])
def test_what_only_looks_like_a_digit_is_none(text: str) -> None:
    assert not has_digit(text)


# -- a pattern that looks far ahead


@settings(max_examples=60)
@given(st.lists(st.sampled_from(["ab12", "3456", "x", "-", " ", "\n", "é", "٣"]), max_size=20))
def test_a_pattern_that_looks_far_finds_what_it_finds_alone(pieces: list[str]) -> None:
    text = "".join(pieces)
    assert found(IN_PAN, PRESIDIO, text) == spans(IN_PAN, PRESIDIO, text)


class Counting:
    """A compiled pattern that counts how often it is asked, and how much it is given."""

    def __init__(self, inner: Any) -> None:
        self.inner = inner
        self.given = 0

    def search(self, text: str, at: int = 0, end: int | None = None) -> Any:
        self.given += 1
        return self.inner.search(text, at, len(text) if end is None else end)


@pytest.mark.parametrize("size", [100, 10_000])
def test_a_pattern_that_looks_far_is_asked_once_for_each_match(size: int) -> None:
    many = Many([(IN_PAN, PRESIDIO)])
    plan = many._plans[0]
    counting = Counting(plan.regex)
    plan.regex = counting
    try:
        some = many.find("word " * size + "ab345678cd 1234", True)[0]
    finally:
        plan.regex = counting.inner
    assert some is not None
    assert counting.given <= len(some) + 1


def test_a_pattern_that_looks_far_is_run_without_looking() -> None:
    """What it looks for is looked for once, from the end."""
    plan = Plan(IN_PAN, PRESIDIO)
    assert plan.regex.pattern == r"\b([\w@#$%^?~-]{10})\b"


# -- time


def test_a_pattern_that_takes_too_long_has_none_and_the_others_their_matches(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "_SECONDS", 0.01)
    many = Many([("(a|a)*$", 0), ("(a+)+[bc]", 0), (r"\d", 0)])
    assert dict(many.find("a" * 3000 + "d 1", True)) == {0: None, 1: None, 2: [(3002, 3003)]}


def test_a_pattern_of_few_ways_has_no_clock() -> None:
    plan = Plan(r"\b\d{4}\b", 0)
    assert plan.steps * 1000 < module._STEPS


# -- the tail


def settled(source: str, flags: int, text: str) -> None:
    """No cut of *text* changes what begins before the tail."""
    many = Many([(source, flags)])
    if many.width is None:
        return
    whole = [each for each in quick(source, flags, text) if each[1] - each[0] < LONGEST]
    for cut in range(len(text)):
        before = text[:cut]
        tail = many.tail(before)
        assert 0 <= tail <= cut
        some = many.find(before, has_digit(before)).get(0, [])
        assert some is not None
        assert [each for each in some if each[0] < tail] == [
            each for each in whole if each[0] < tail
        ], (cut, tail)


@settings(max_examples=150)
@given(PATTERNS, FLAGS, TEXTS.map(lambda text: text[:90]))
def test_more_text_changes_nothing_that_begins_before_the_tail(
    source: str, flags: int, text: str
) -> None:
    settled(source, flags, text)


@pytest.mark.parametrize(
    ("source", "flags", "text"),
    [
        (r"\s\d{3}", 0, " 123"),
        (r"  \d", 0, "a  1"),
        (r"\d[ a]{1,99}9", 0, "1" + " a" * 45 + "9"),
        (r"HR\s*\d", PRESIDIO, "HR" + " " * 100 + "1"),
        ("1$", 0, "1\n2"),
        (r"1(?!\n$)", PRESIDIO, "1\n 2"),
        (r"\d{4}[- ]\d{4}", PRESIDIO, "1234 5678 90"),
        (r"\d (?!x)", 0, "1 x"),
        (r"a(?=\s\d)", 0, "a 1"),
        (r"a b c", 0, "a b c"),
    ],
)
def test_no_cut_changes_what_is_settled(source: str, flags: int, text: str) -> None:
    settled(source, flags, text)


def test_no_more_is_held_than_what_could_still_match() -> None:
    many = Many([(r"\b\d{4}[- ]\d{4}\b", PRESIDIO), (r"\w+@\w+", PRESIDIO)])
    assert len("see you") - many.tail("see you") == 3
    assert len("see 1234 ") - many.tail("see 1234 ") == 5
    assert many.tail("see 12345 ") == len("see 12345 ")


@pytest.mark.parametrize("source", [IN_PAN, r"\p{Lu}1", "a?", "(?r)ab"])
def test_a_pattern_that_needs_all_of_a_text_has_no_width(source: str) -> None:
    assert Many([(source, PRESIDIO)]).width is None


def test_the_width_is_the_widest() -> None:
    assert Many([("a1", 0), (r"\d{9}", 0)]).width == 9


def test_a_pattern_without_a_bound_is_as_wide_as_a_match_may_be() -> None:
    assert Many([(r"\w+@\w+", 0)]).width == LONGEST


def test_a_flag_that_is_not_known_makes_no_difference_to_what_is_found() -> None:
    text = "ab1 AB1"
    for flags in (regex.ASCII, regex.VERBOSE, regex.V1, regex.FULLCASE):
        assert found("ab1", int(flags), text) == spans("ab1", int(flags), text)
