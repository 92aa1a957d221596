"""The regular expressions of ECMA-262, which are not Python's."""

from __future__ import annotations

import pytest

from guardrails_lib.schemas.json_schema.ecma import ecma, is_plain


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"^\d+$", "12"),
        (r"^\W$", "é"),
        (r"^\s$", "\ufeff"),
        (r"^\S$", "\x85"),
        (r"^\cA\t\0$", "\x01\t\0"),
        (r"^\x41\u0042\u{43}$", "ABC"),
        (r"^\ud83d\ude00$", "\U0001f600"),
        (r"^.$", "\U0001f600"),
        (r"^\p{Letter}\P{L}$", "é1"),
        (r"^\p{Script=Greek}$", "α"),
        (r"^(?<year>\d)-\k<year>$", "4-4"),
        (r"^(a)?\1b$", "b"),
        (r"^[^]$", "\n"),
        (r"^[\b]$", "\b"),
        (r"^[[&&~~a]{4}$", "[&~a"),
        (r"^[\w-.]+$", "a-."),
        (r"^a{,3}$", "a{,3}"),
        (r"^\-\_\@]}$", "-_@]}"),
        (r"\bcafé", "café"),
        (r"(?<=\$)\d", "$5"),
    ],
)
def test_a_pattern_matches_as_in_ecma_262(pattern: str, text: str) -> None:
    assert ecma(pattern).search(text)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"^\d$", "\u0661"),
        (r"^\w$", "é"),
        (r"^a$", "a\n"),
        (r"^.$", "\u2028"),
        (r"^b", "a\nb"),
        (r"[]", "a"),
        (r"é\b", "é"),
        (r"^[\D]$", "5"),
    ],
)
def test_a_pattern_does_not_match_as_in_python(pattern: str, text: str) -> None:
    assert not ecma(pattern).search(text)


@pytest.mark.parametrize(
    "pattern",
    [
        *(r"\Z", r"\A", r"\a", r"\07", r"\1", r"\u{110000}", r"\p{Nope}", r"\p{^L}", "\\", "[\\"),
        *("(?i)a", "(?P<n>a)", "(?#c)", "(?>a)", "(?|a)", "(?", "(", ")", "[a", "[z-a]"),
        *("*", "a**", "a++", "^*", "(*)", "|+", "a{3,2}", "(?R)", r"\K", r"\G"),
        *("a" * 5001, "(" * 2000 + ")" * 2000),
    ],
)
def test_what_is_no_pattern_of_ecma_262_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match=r"^[a-z]"):
        ecma(pattern)


def test_what_differs_between_engines_is_not_plain() -> None:
    odd = [".", r"\b", "(?=a)", r"(a)\1", r"\p{L}", "[[a]", "[a&&b]", "[a--b]", r"\x41", "(?<n>a)"]
    assert not any(map(is_plain, odd))
    assert not is_plain("a{1000}")


def test_a_common_pattern_is_plain() -> None:
    common = ["^[a-z0-9_-]+$", r"^\d{4}-\d{2}$", r"^(https?|file)://", r"^\S+@\S+$", "^$"]
    assert all(map(is_plain, common))
