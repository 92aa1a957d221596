"""Many patterns in one scan: what `regex` finds is among those that could match."""

from __future__ import annotations

import random
import threading

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from guardrails_lib.scan.gate import gate
from guardrails_lib.scan.letters import UNICODE, cased, matching, merged, stand_ins
from guardrails_lib.scan.spelling import spelled_exactly

pytest.importorskip("hyperscan", reason="the fast extra is not installed")

from guardrails_lib.scan.multi import Multi

CASE, LINES, DOT = regex.IGNORECASE, regex.MULTILINE, regex.DOTALL

LETTERS = "abiksIKS019 -:.\n_éıKſİ٣²ßẞΩωあЖжÀÿǄςσ☃—\u00a0\u3000\x85\x1c\U0001d7d8\u0345\ud800"
TEXTS = st.one_of(
    st.text(alphabet=LETTERS, max_size=14),
    st.text(alphabet="abiks019 -:.\n", max_size=14),
    st.builds("".join, st.tuples(st.text("x. é", max_size=90), st.text(LETTERS, max_size=8))),
)
ATOMS = st.sampled_from(
    [
        *("a", "i", "k", "s", "1", " ", "-", ":", r"\.", "é", "ı", "K", "İ", "٣", "²", "ß", "あ"),
        *(".", r"\d", r"\w", r"\s", r"\D", r"\W", r"\S", "[a-c]", "[^a]", "[^i]", "[^0-9]"),
        *(r"[^\w]", r"[^\s]", r"[\W\d]", "[a-zé]", "[А-я]", "[^А-я]", r"[\w.-]", "[:-]", "[^K]"),
        *("[à-ÿ]", r"[\d٣]", r"[^\d]", r"[^\x00-\x7f]", "(?i:k)", "(?-i:s)", "σ", r"\x1c"),
    ]
)
CONDITIONS = st.sampled_from(
    [
        *("", "", r"\b", r"\B", "^", "$", r"\A", r"\Z", "(?=a)", "(?!1)", "(?<=a)", r"(?<!\d)"),
        *(r"(?<![\w:])", r"(?!\w)", r"(?=\s)", r"(?<=\W)", "(?<!ab)", "(?=ab)", "(?<!é)", "(?!i)"),
    ]
)
TIMES = st.sampled_from([*[""] * 6, "?", "*", "+", "{2}", "{1,3}", "{0,2}", "+?", "{3,18}"])


def around(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    items = st.builds("{}{}".format, st.one_of(ATOMS, inner), TIMES)
    rows = st.builds(
        "{}{}{}".format,
        CONDITIONS,
        st.lists(items, min_size=1, max_size=3).map("".join),
        CONDITIONS,
    )
    bodies = st.lists(rows, min_size=1, max_size=3).map("|".join)
    return bodies.map("({})".format) | bodies.map("(?:{})".format) | bodies.map("(?>{})".format)


PATTERNS = st.recursive(ATOMS, around, max_leaves=6)
FLAGS = st.sampled_from([0, CASE, LINES, DOT, CASE | LINES | DOT])


def found(patterns: list[tuple[str, int]], text: str) -> set[int]:
    """Those of *patterns* that `regex` finds in *text*, as far as it is quick."""
    out = set()
    for index, (source, flags) in enumerate(patterns):
        try:
            if regex.compile(source, flags).search(text, timeout=1):
                out.add(index)
        except TimeoutError:
            continue
    return out


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(PATTERNS, FLAGS), min_size=1, max_size=6), st.lists(TEXTS, max_size=8))
def test_what_regex_finds_could_match(patterns: list[tuple[str, int]], texts: list[str]) -> None:
    many = Multi(patterns)
    for text in texts:
        assert found(patterns, text) <= many.could_match(text)


def test_what_cannot_match_is_left_out() -> None:
    many = Multi([(r"\b\d{4}\b", 0), (r"[a-z]+@[a-z]+", CASE), (r"iban", CASE)])
    assert many.could_match("in 1984") == {0}
    assert many.could_match("año 1984: Ann@home") == {0, 1}
    assert many.could_match("nothing, é") == set()


def test_an_empty_text_has_what_matches_nothing() -> None:
    many = Multi([("a", 0), ("a?", 0), (r"\A\Z", 0)])
    assert many.could_match("") == {1, 2} == many.always


def test_no_patterns_are_found_nowhere() -> None:
    assert Multi([]).could_match("a ü") == set()


@pytest.mark.parametrize(
    "source", [r"\p{Lu}x", "(?:ab){e<=1}", "[[:alpha:]]1", "(?|a|b)c", "(?r)a"]
)
def test_what_regex_alone_reads_is_always_in_the_answer(source: str) -> None:
    assert Multi([(source, 0)]).always == {0}


@pytest.mark.parametrize("flags", [regex.ASCII, regex.VERBOSE, regex.FULLCASE, regex.V1])
def test_a_flag_that_is_not_known_makes_no_gate(flags: int) -> None:
    assert Multi([("a", flags)]).always == {0}


def test_what_hyperscan_refuses_is_always_in_the_answer() -> None:
    many = Multi([("abc", 0), ("x(?:[ab]{1,9}c){40000}", 0), ("abd", 0)])
    assert many.always == {1}
    assert many.could_match("abd é") == {1, 2}


def test_patterns_that_are_alike_are_all_answered() -> None:
    assert Multi([("a1", 0), ("a1", DOT), ("b", 0)]).could_match("a1") == {0, 1}


@pytest.mark.parametrize("size", range(150))
def test_a_match_at_the_end_of_a_short_text_is_found(size: int) -> None:
    """Hyperscan 5.4.12 loses it in 17 to 69 bytes."""
    assert Multi([(r" [0-9]$", LINES)]).could_match("a" * size + " 9") == {0}


def test_a_long_text_is_read_to_its_end() -> None:
    many = Multi([(r"\d{9}\b", 0), (r"\A-", 0), (r"x@y\Z", 0)])
    for filler in ("lorem ipsum ", "löŕem — "):
        assert many.could_match("-" + filler * 20_000 + "123456789 x@y") == {0, 1, 2}


def test_lone_surrogates_are_read() -> None:
    many = Multi([(r"\ud800\d", 0), (r"[^a]1", 0), (r"\w\w", 0)])
    assert {0, 1} <= many.could_match("\ud8001")


DIGITS = [chr(code) for low, high in matching(r"\d", UNICODE) for code in range(low, high + 1)]


def test_every_digit_is_a_digit() -> None:
    many = Multi([(r"\b4\d{2}-", 0)])
    assert [each for each in DIGITS if not many.could_match(f"4{each * 2}-")] == []


def test_every_space_is_a_space() -> None:
    many = Multi([(r"a\sb", 0)])
    spaces = [chr(code) for low, high in matching(r"\s", UNICODE) for code in range(low, high + 1)]
    assert [each for each in spaces if not many.could_match(f"a{each}b")] == []


def test_every_word_character_is_one_in_a_sample() -> None:
    many = Multi([(r"1\w2", 0), (r"1\W2", 0)])
    draw = random.Random(7)
    for code in draw.sample(range(UNICODE + 1), 3_000):
        text = f"1{chr(code)}2"
        word = regex.search(r"1\w2", text) is not None
        assert (0 if word else 1) in many.could_match(text)


def test_what_equals_a_letter_where_case_is_ignored_is_known() -> None:
    """The few characters that `cased` adds are all that `regex` equates with ASCII."""
    for code in range(128):
        alike = matching(f"(?i)[\\x{code:02x}]", UNICODE)
        assert alike == cased(((code, code),))
    beyond = {0x130, 0x131, 0x17F, 0x212A}
    pairs = merged(pair for like, each in stand_ins().items() if like != "0" for pair in each)
    assert {code for low, high in pairs for code in range(low, high + 1)} == beyond


def test_a_class_without_case_is_what_regex_reads() -> None:
    for source in (r"\d", r"\w", r"\s"):
        assert matching(source, UNICODE) == matching(f"(?i){source}", UNICODE)


def test_the_bytes_of_a_set_are_those_of_its_characters() -> None:
    for ranges in (((0x80, 0x7FF),), ((0x660, 0x669), (0x1D7CE, 0x1D7FF)), ((0xFFFF, 0x10000),)):
        expression = regex.compile(spelled_exactly(ranges).encode())
        inside = {code for low, high in ranges for code in range(low, high + 1)}
        for code in {*range(0x60, 0x900), *range(0xFFF0, 0x10010), *range(0x1D7C0, 0x1D810)}:
            data = chr(code).encode("utf-8", "surrogatepass")
            assert bool(expression.fullmatch(data)) is (code in inside) or code not in inside


def test_threads_share_one_without_harm() -> None:
    many = Multi([(r"\b\d{4}\b", 0), (r"[a-z]+@[a-z]+", CASE), ("é+x", 0)])
    wrong: list[str] = []

    def ask(turn: int) -> None:
        for each in range(300):
            text = f"{turn} {each + 1000} é" if each % 2 else f"{turn} a@b"
            if many.could_match(text) != ({0} if each % 2 else {1}):
                wrong.append(text)

    threads = [threading.Thread(target=ask, args=(turn,)) for turn in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert wrong == []


def test_a_gate_says_what_stands_at_both_ends() -> None:
    assert gate(r"(?<!\d)\d{3,9}", 0, ascii_only=True) != gate(r"\d{3,9}", 0, ascii_only=True)
    assert gate(r"\d{3,9}", 0, ascii_only=True) == gate(r"x?\d{3,4}y*", 0, ascii_only=True)
