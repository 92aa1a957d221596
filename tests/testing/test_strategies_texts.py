"""Texts are what people write, in many scripts, and shrink to plain English."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest
from hypothesis import find, given, settings
from hypothesis import strategies as st

from guardrails_lib.testing.hypotheses import InvalidArgument
from guardrails_lib.testing.strategies.texts import KINDS, Kind, texts
from guardrails_lib.testing.strategies.words import SCRIPTS, Script

NAMES = {
    "latin": "LATIN",
    "cyrillic": "CYRILLIC",
    "greek": "GREEK",
    "arabic": "ARABIC",
    "hebrew": "HEBREW",
    "han": "CJK",
    "kana": "HIRAGANA",
    "hangul": "HANGUL",
    "devanagari": "DEVANAGARI",
    "thai": "THAI",
}
"""How Unicode names the letters of each script."""

SIMPLEST: list[tuple[Kind | None, str]] = [
    (None, "Hello."),
    ("chat", "Hello."),
    ("prose", "The shop opens at nine."),
    ("code", "x = 1"),
    ("form", "Name: Ann"),
]


@given(texts())
def test_a_text_is_never_empty(text: str) -> None:
    assert text


@pytest.mark.parametrize(("kind", "simplest"), SIMPLEST)
def test_the_simplest_text_is_plain_english(kind: Kind | None, simplest: str) -> None:
    assert find(texts(kind), lambda _: True) == simplest


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_text_of_a_script_has_letters_of_it(script: Script) -> None:
    def scripts(text: str) -> set[str]:
        return {unicodedata.name(each, "?").split()[0] for each in text}

    @settings(max_examples=20)
    @given(texts("prose", script))
    def check(text: str) -> None:
        assert NAMES[script] in scripts(text)

    check()


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_there_in_every_script(kind: Kind) -> None:
    @settings(max_examples=5)
    @given(st.tuples(*(texts(kind, script) for script in SCRIPTS)))
    def check(drawn: tuple[str, ...]) -> None:
        assert all(drawn)

    check()


def test_without_a_script_many_are_among_them() -> None:
    seen: set[str] = set()

    @settings(max_examples=200, derandomize=True, database=None)
    @given(texts("chat"))
    def look(text: str) -> None:
        seen.update(unicodedata.name(each, "?").split()[0] for each in text)

    look()
    assert len(seen.intersection(NAMES.values())) >= 8


def test_any_character_may_be_among_them() -> None:
    assert find(texts(), lambda text: any(unicodedata.category(each) == "Cn" for each in text))


@given(texts(max_size=7))
def test_a_text_is_no_longer_than_it_may_be(text: str) -> None:
    assert 0 < len(text) <= 7


@given(texts(script="latin"))
def test_with_a_script_nothing_odd_is_in_it(text: str) -> None:
    assert all(ord(each) < 0x250 or each == "\U0001f44d" for each in text)


@pytest.mark.parametrize("wrong", [{"kind": "poem"}, {"script": "runes"}, {"max_size": 0}])
def test_what_there_is_not_is_refused_at_once(wrong: dict[str, Any]) -> None:
    with pytest.raises(InvalidArgument):
        texts(**wrong)
