"""One pattern: its width and its tail are promises, tried on patterns that hypothesis makes up."""

from __future__ import annotations

import contextlib
import functools
import itertools
import re

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from guardrails_lib.checks import matching
from guardrails_lib.scan import Pattern, compiled, pattern
from guardrails_lib.scan.tree import parsed
from guardrails_lib.scan.tree import ways as tree_ways

EXAMPLES = max(500, settings.default.max_examples if settings.default else 0)
"""As many as the profile says, and never fewer than 500."""

TEXTS = st.text(alphabet="ab \n0A", max_size=12)

# -- patterns made up: every kind of node that the loosened form must understand

ATOMS = st.sampled_from(
    [
        *("a", "b", " ", "0", "A", "\n", r"\n", r"\x61", ".", ".", "[ab]", "[a-b0]", r"[a\s]"),
        *(r"\d", r"\w", r"\s", r"\D", r"\W", r"\S", r"[\w ]", "[^a0]", r"[^b\n]", "[]a]", "[^]a]"),
        *("[(]", "[)a]", "[(?=a]", r"[\]a]", "[$^]", r"\(", r"\$", r"[\b0]"),
    ]
)
# Left out is what `regex` itself reads wrongly: [^a] as the last thing in two alternatives
# (`x[^b]|x[^a]` does not match "xa"), and an alternative that begins with a group (?i:...)
# beside one that begins with [^...] (`(?i:k)|[^ab].` does not match "Ab").
PLACES = st.sampled_from([r"\b", r"\B", "^", "$", r"\A", r"\Z"])
TIMES = st.tuples(
    st.sampled_from(["?", "{1}", "{2}", "{,2}", "{0,2}", "{1,2}", "{1,3}", "{2,3}"]),
    st.sampled_from(["", "?"]),
).map("".join)
GROUPS = st.sampled_from(
    ["({})", "(?:{})", "(?P<@>{})", "(?s:{})", "(?m:{})", "(?-s:{})", "(?#:-)(?:{})"]
)
FLAGS = st.sampled_from(["", "", "", "", "(?i)", "(?m)", "(?s)", "(?ims)"])


@functools.cache
def fixed(depth: int) -> st.SearchStrategy[str]:
    """What can stand in a look-behind: its width is one number."""
    kinds = [ATOMS, ATOMS, PLACES, ATOMS.map("(?:{}){{2}}".format)]
    kinds.append(st.tuples(ATOMS, ATOMS).map(lambda two: "(?:{}|{})".format(*two)))
    if depth > 0:
        kinds.append(around(depth - 1))
    return st.lists(st.one_of(kinds), max_size=2).map("".join)


@functools.cache
def around(depth: int) -> st.SearchStrategy[str]:
    """A look-ahead or look-behind."""
    return st.one_of(
        st.builds("(?={})".format, ways(depth - 1)),
        st.builds("(?!{})".format, ways(depth - 1)),
        st.builds("(?<={})".format, fixed(depth - 1)),
        st.builds("(?<!{})".format, fixed(depth - 1)),
    )


@functools.cache
def items(depth: int) -> st.SearchStrategy[str]:
    """One thing in a row of things."""
    if depth <= 0:
        return ATOMS
    return st.one_of(
        ATOMS,
        PLACES,
        st.builds(lambda group, inner: group.replace("{}", inner), GROUPS, ways(depth - 1)),
        st.builds("{}{}".format, ATOMS, TIMES),
        st.builds("(?:{}){}".format, ways(depth - 1), TIMES),
        around(depth - 1),
    )


@functools.cache
def ways(depth: int) -> st.SearchStrategy[str]:
    """Alternatives."""
    row = st.lists(items(depth), max_size=3).map("".join)
    return st.lists(row, min_size=1, max_size=3).map("|".join)


def _named(source: str) -> str:
    """*source* with a name of its own for each named group."""
    numbers = itertools.count()
    return re.sub("@", lambda _: f"n{next(numbers)}", source)


OPENINGS = st.sampled_from(["", "", "", r"\b", "^", r"\b(?:a|b)"])


def ends(source: str) -> bool:
    """Whether it is certain to end: what backtracks without end is stopped, and has a test."""
    tree = parsed(source)
    return tree is None or tree_ways(tree) < 10**7


PATTERNS = st.builds("{}{}{}".format, FLAGS, OPENINGS, ways(3)).map(_named).filter(ends)


def found(source: str, text: str) -> list[tuple[int, int]]:
    return list(Pattern(source).find(text))


# -- the laws


@settings(max_examples=EXAMPLES)
@given(PATTERNS, TEXTS)
def test_more_text_changes_nothing_that_begins_before_the_tail(source: str, text: str) -> None:
    made = Pattern(source)
    whole = list(made.find(text))
    for cut in range(len(text)):
        tail = made.tail(text[:cut])
        before = [span for span in made.find(text[:cut]) if span[0] < tail]
        assert before == [span for span in whole if span[0] < tail], (cut, tail)


@settings(max_examples=EXAMPLES)
@given(PATTERNS, TEXTS, st.integers(0, 3), st.integers(0, 3))
def test_what_is_found_at_a_place_depends_on_the_text_within_the_width(
    source: str, text: str, more_left: int, more_right: int
) -> None:
    made = Pattern(source)
    if made.width is None:
        return
    whole = list(made.find(text))
    for place in range(len(text)):
        left = max(0, place - made.width - more_left)
        right = place + made.width + more_right
        seen = [(left + start, left + end) for start, end in made.find(text[left:right])]
        here = [span for span in seen if span[0] == place]
        assert here == [span for span in whole if span[0] == place], (left, right)


@settings(max_examples=EXAMPLES)
@given(PATTERNS, TEXTS)
def test_no_match_is_longer_than_the_width(source: str, text: str) -> None:
    made = Pattern(source)
    for start, end in made.find(text):
        assert made.width is None or end - start <= made.width


@settings(max_examples=EXAMPLES)
@given(PATTERNS, TEXTS, st.lists(st.integers(1, 5), max_size=12))
def test_windows_that_begin_a_width_before_the_tail_find_what_the_whole_text_holds(
    source: str, text: str, sizes: list[int]
) -> None:
    """As a stream does it: what begins before the tail counts, and is not looked at again."""
    made, check = Pattern(source), matching(source)
    if made.width is None:
        return
    settled, base, at, seen = 0, 0, 0, []
    for size in [*sizes, len(text)]:
        at += size
        window, before = text[base:at], settled
        last = at >= len(text)
        settled = len(text) if last else base + check.tail(window, settled - base)
        spans = ((base + start, base + end) for start, end in made.find(window))
        seen += [span for span in spans if before <= span[0] < settled]
        base = max(base, settled - made.width)
        if last:
            break
    assert seen == list(made.find(text))


@settings(max_examples=EXAMPLES)
@given(PATTERNS, TEXTS)
def test_the_tail_of_a_check_is_no_earlier_than_its_width_says(source: str, text: str) -> None:
    check = matching(source)
    tail = check.tail(text)
    assert 0 <= tail <= len(text)
    assert check.width is None or len(text) - tail < check.width


@settings(max_examples=EXAMPLES)
@given(PATTERNS, TEXTS, st.integers(0, 12))
def test_between_a_place_and_the_tail_from_there_on_more_text_changes_nothing(
    source: str, text: str, start: int
) -> None:
    """What is settled is not looked at again, and what follows is not missed."""
    check, made = matching(source), Pattern(source)
    whole = list(made.find(text))
    for cut in range(start, len(text)):
        tail = check.tail(text[:cut], start)
        here = [span for span in made.find(text[:cut]) if start <= span[0] < tail]
        assert here == [span for span in whole if start <= span[0] < tail], (cut, tail)


@settings(max_examples=EXAMPLES)
@given(PATTERNS, TEXTS)
def test_what_is_found_is_in_order_one_at_a_place_and_never_empty(source: str, text: str) -> None:
    spans = found(source, text)
    starts = [start for start, _ in spans]
    assert starts == sorted(set(starts))
    assert all(start < end <= len(text) for start, end in spans)


@settings(max_examples=EXAMPLES)
@given(PATTERNS, TEXTS, st.sampled_from(["", "-", 201 * "-", 500 * " ", "é" + 300 * "-"]))
def test_what_is_found_is_what_regex_finds_from_every_start(
    source: str, text: str, before: str
) -> None:
    """Whatever is done to find it sooner."""
    assert found(source, before + text) == all_of(source, before + text)


def all_of(source: str, text: str) -> list[tuple[int, int]]:
    """What `regex` finds, with nothing clever in between."""
    matches = regex.finditer(source, text, overlapped=Pattern(source).width is not None)
    return [match.span() for match in matches if match.end() > match.start()]


# -- the same, on patterns that people write


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (r"a$", "a\nb"),
        (r"\d{4}$", "1234\n5"),
        (r"(?m)a$", "a\nb"),
        (r"a(?=\n$)", "a\nb"),
        (r"x(?:,\d\d){0,2}", "x,11,12"),
        (r"(?:\d{2}){1,4}", "1234567812"),
        (r"\d{1,3}(?:,\d{3}){0,3}", "1,234,567"),
        (r"(?:ab){1,3}", "ababab"),
        (r"x(\d){0,3}", "x123"),
        (r"[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}", "DE12 AAAA BBBB CCCC DDDD"),
        (r"(?:\d{1,3}\.){3}\d{1,3}", "10.20.30.401"),
        (r"\d{3}-\d{2}-\d{4}\b", "123-45-67890"),
        (r"\bab", "xab ab"),
        (r"a(?!b)", "abaa"),
        (r"a(?=bc)", "abcabd"),
        (r"(?<=a)b", "abbab"),
        (r"a(?<=a(?=b))", "ab"),
        (r"a(?<!a(?!b))", "ab"),
        (r"a(?<=a\b)", "ab a"),
        (r"a(?<=a$)", "a\nb"),
        (r"a(?<!$)", "a\nb"),
        (r"\bab|b", "ab b"),
        (r"\b(?:ab|b)", "ab b"),
        (r"(?i)\bab\b", "Ab aB abc"),
        (r"foo|foobar", "foobar"),
        (r"(?:foobar|foo)", "foobar"),
        (r"a{1,3}?(?:bc)?", "aaabc"),
        (r"(?i)ab\Z", "AbaB"),
        (r"(a|b){2}\1", "abba"),
        (r"(?>a{1,2})b", "aab"),
        (r"a{1,2}+b", "aab"),
        (r"(?x) a \  b # a space between", "a b"),
        (r"(?x: a [ ] b )c", "a bc"),
    ],
)
def test_no_cut_changes_what_is_settled(source: str, text: str) -> None:
    made = compiled(source)
    for cut in range(len(text)):
        tail = made.tail(text[:cut])
        before = [span for span in made.find(text[:cut]) if span[0] < tail]
        assert before == [span for span in made.find(text) if span[0] < tail], (cut, tail)


@pytest.mark.parametrize(
    ("source", "text", "held"),
    [
        (r"\d{4}", "nothing here", 0),
        (r"\d{4}", "pin 12", 2),
        (r"\d{4}", "pin 1234", 3),
        (r"\d{4} ", "pin 1234", 4),
        ("secret", "a secr", 4),
        ("secret", "a secre7", 0),
        (r"\bab", "x a", 1),
        (r"a(?!b)", "xa", 1),
        (r"ab\b", "ab", 2),
        (r"(?<=a)b", "a", 0),
        (r"[A-Z]{2}\d{2}(?: ?\d{4}){2,7}", "no account in this text, and no", 0),
    ],
)
def test_no_more_is_held_back_than_could_still_match(source: str, text: str, held: int) -> None:
    assert len(text) - matching(source).tail(text) == held


@pytest.mark.parametrize(
    ("source", "width"),
    [
        ("abc", 3),
        (r"\d{4,16}", 16),
        ("a|bcd|ef", 3),
        ("(?:ab){2,3}c?", 7),
        ("(a)(?P<n>b)", 2),
        (r"(a|bc)\1", 4),
        ("(?>ab?)c", 3),
        ("a{2,3}+", 3),
        ("", 1),
    ],
)
def test_without_conditions_the_width_is_the_longest_match(source: str, width: int) -> None:
    assert Pattern(source).width == width


@pytest.mark.parametrize(
    ("source", "least"), [(r"\bab", 3), ("a(?=bcd)", 4), ("(?<=abc)d", 4), ("ab$", 4)]
)
def test_what_is_looked_at_around_a_match_counts_in_the_width(source: str, least: int) -> None:
    width = Pattern(source).width
    assert width is not None
    assert width >= least


@pytest.mark.parametrize(
    "source",
    [r"\d+", "a*", "a{2,}", "(?:ab)+?", "a(?=.*b)", "(?<=a+)b", "a++", "(?>a*)b", r"(a+)\1"],
)
def test_a_pattern_without_a_bound_has_no_width(source: str) -> None:
    assert Pattern(source).width is None


@pytest.mark.parametrize(
    "source",
    [
        *(r"\p{L}", r"\X", "(?V1)[[ab]||[c]]", "(?V1)[[a-z]--[b]]", "(?r)ab"),
        *("(?<name>a)", r"\m\w", "(?P<n>a)|(?P<n>b)"),
    ],
)
def test_a_pattern_that_only_regex_can_read_works_and_has_no_width(source: str) -> None:
    made = Pattern(source)
    assert made.width is None
    assert made.tail("some text") == 0
    assert list(made.find("ab"))


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("(?:secret){e<=1}", "secrat"),
        ("(?:ab){i<=1}", "axb"),
        ("[[:alpha:]]{3}", "abc"),
        ("[[:digit:]]", "1"),
        ("(?x: a b [#] c # [!] \n) d", "ab#c d"),
        ("(?i)\u212a", "k"),
        ("(?i)k", "\u212a"),
        (r"\d!", "\u0661!"),
        ("[^!]", "a"),
        ("a|", "a"),
        ("(?:a|b)?c", "c"),
        ("(?!a)b", "b"),
        ("(?<!!)b", "b"),
        ("(?=b).", "b"),
        (r"(!)?(?(1)a|b)", "b"),
        ("[a-z]{3}[.]", "abc."),
    ],
)
@pytest.mark.parametrize("before", ["", 300 * "-", 300 * "é"])
def test_a_text_may_be_long_and_is_searched_as_a_short_one(
    source: str, text: str, before: str
) -> None:
    assert found(source, before + text) == all_of(source, before + text) != []


@pytest.mark.parametrize("source", ["(?:abc){e}", "(?:abc){i}", "(?:abc){i<=9}", "(?:abc){e<=2}"])
def test_a_fuzzy_match_is_not_longer_than_the_width(source: str) -> None:
    """`re` reads ``{e}`` as three characters, and `regex` as any number of errors."""
    made, text = Pattern(source), "a" + 9 * "-" + "bc"
    assert all(made.width is None or end - start <= made.width for start, end in made.find(text))


def test_a_fuzzy_match_does_not_depend_on_text_after_its_tail() -> None:
    made = Pattern("(?:abc){e<=2}")
    tail = made.tail("ab")
    before = [span for span in made.find("ab") if span[0] < tail]
    assert before == [span for span in made.find("abc") if span[0] < tail]


@pytest.mark.parametrize("source", ["(", "[a", "*", "a)", "(?P<1>a)", r"(?P=n)", "(?<=a", "a{2,1}"])
def test_what_is_no_pattern_is_a_value_error(source: str) -> None:
    with pytest.raises(ValueError, match="is not a pattern"):
        Pattern(source)


def test_a_comment_in_a_verbose_group_may_hold_a_parenthesis() -> None:
    assert found("(?x:a # :)\n)b", "ab") == [(0, 2)]


def test_a_lookahead_in_a_verbose_comment_is_no_lookahead() -> None:
    made = Pattern("(?x:a # (?=\n)b")
    assert made.tail("a") == 0


def test_matches_are_found_from_every_start() -> None:
    assert found("aa", "aaaa") == [(0, 2), (1, 3), (2, 4)]


def test_a_pattern_without_a_bound_is_scanned_from_left_to_right() -> None:
    assert found("a+", "aaa aa") == [(0, 3), (4, 6)]


def test_empty_matches_are_not_found() -> None:
    assert found("a?", "ba") == [(1, 2)]
    assert found("", "ab") == []


@pytest.mark.parametrize("text", ["\ud800x", "a\0x", "מx", "e\u0301x", "\U0001f600x"])
def test_places_are_places_in_the_text_as_given(text: str) -> None:
    assert found("x", text) == [(len(text) - 1, len(text))]


def test_a_pattern_is_built_once() -> None:
    assert compiled("once") is compiled("once")


def test_a_pattern_remembers_how_it_was_written() -> None:
    assert Pattern("(?:ab)").source == "(?:ab)"


# -- time


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pattern, "_SECONDS", 0.01)


@pytest.mark.usefixtures("hasty")
@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("(a|a)*$", 5000 * "a" + "b"),
        ("(a+)+b", "b" + 5000 * "a"),
        ("(a+)+[bc]", "b" + 5000 * "a"),
        (r"(?:\w|\w\w)+[:;]", ":" + 400 * "w"),
        ("(?:a|aa){40}b", "b" + 60 * "a"),
        ("(?:a|aa){40}[bc]", "b" + 60 * "a"),
    ],
)
def test_a_pattern_that_backtracks_without_end_is_stopped(source: str, text: str) -> None:
    with pytest.raises(TimeoutError):
        found(source, text)


@pytest.mark.usefixtures("hasty")
@pytest.mark.parametrize(
    ("source", "text"),
    [
        (r"(\w+\s?)*x", 200 * "word "),
        (r"(\w+\s?)*!x", "!" + 200 * "word "),
        (r"(?:\w+\s?)+[:;]", ":" + 2000 * "word "),
        ("(?:a?){30}a{30}", 29 * "a"),
        (r"(.*)\1\1\1\1b", 3000 * "ab"),
        ("(?:[ab]?[bc]?){40}[xy]", 200 * "bcab"),
    ],
)
def test_a_pattern_that_often_backtracks_finds_nothing_or_is_stopped(
    source: str, text: str
) -> None:
    with contextlib.suppress(TimeoutError):
        assert found(source, text) == []


@pytest.mark.usefixtures("hasty")
def test_a_pattern_that_reads_far_at_each_place_is_stopped() -> None:
    """Its ways are few, and each of them is long."""
    with pytest.raises(TimeoutError):
        found("a{5000}b", 20_000 * "a")


@pytest.mark.usefixtures("hasty")
def test_the_tail_of_a_pattern_that_backtracks_without_end_is_stopped() -> None:
    text = 90 * "a"
    with contextlib.suppress(TimeoutError):
        assert Pattern("(?:a|aa){40}[bc]{20}").tail(text) <= 1


def test_a_long_text_is_given_more_time() -> None:
    made = Pattern("(a+)+b")
    assert made._limit(10_000_000) == 11.0  # how long is not seen otherwise
