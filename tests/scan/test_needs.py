"""What a pattern needs: a text without it is passed over, and nothing is missed by that."""

from __future__ import annotations

import random

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from guardrails_lib.scan import Pattern, pattern

ATOMS = st.sampled_from(
    [
        *("a", "B", "7", "-", "@", r"\d", "[0-9]", "[ab]", "[^a]", ".", r"\w", "(?:a|7)", "(a|B@)"),
        *("(?i:k)", "[a-z]", "ſ", "[ſ7]", "K", r"\.", "[7-9-]", r"[\d-]"),
    ]
)
TIMES = st.sampled_from(["", "", "?", "*", "+", "{2}", "{0,2}", "{1,3}?"])
ROWS = st.lists(st.builds("{}{}".format, ATOMS, TIMES), min_size=1, max_size=5).map("".join)
FORMS = st.sampled_from(["{}", "(?i){}", "{}|a7", "(?:{})?@", "(?={}).", "(?<=a){}"])
PATTERNS = st.builds(lambda form, row: form.format(row), FORMS, ROWS)


@pytest.fixture(autouse=True)
def _always(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pattern, "_LONG", -1)


@settings(max_examples=1000)
@given(PATTERNS, st.text(alphabet="abBkK7@-. sS8", max_size=12))
def test_nothing_is_missed(source: str, text: str) -> None:
    made = Pattern(source)
    every = regex.compile(source).finditer(text, overlapped=made.width is not None)
    assert list(made.find(text)) == [m.span() for m in every if m.end() > m.start()]


@pytest.mark.parametrize(
    ("source", "needs"),
    [
        (r"\b\d{16}\b", "0123456789"),
        (r"[\w.]{1,64}@[\w-]{1,64}\.\w{2,8}", "@"),
        ("a|b7", "a7"),
        (r"x?\d?-", "-"),
        ("(?:-|7)a", "-7"),
    ],
)
def test_the_rarest_that_must_be_there_is_asked_for(source: str, needs: str) -> None:
    known = Pattern(source)._needs
    assert known is not None
    assert {letter.lower() for letter in known} == set(needs)


@pytest.mark.parametrize("source", [".", r"\w+", "a?", "[^a]", "(?:7|.)", "(?=7).", "[a-z]"])
def test_a_pattern_that_needs_nothing_certain_is_always_tried(source: str) -> None:
    assert Pattern(source)._needs is None


def test_digits_of_other_scripts_are_not_passed_over() -> None:
    assert list(Pattern(r"\d{2}").find("x" * 300 + "٣٤")) == [(300, 302)]


def test_compiling_leaves_the_applications_random_alone() -> None:
    """The cache of `regex` throws entries out at random; a seeded run would not repeat."""
    before = random.getstate()
    for n in range(1000):
        Pattern(f"a{{{n + 1}}}")
    assert random.getstate() == before
