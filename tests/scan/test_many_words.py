"""Alternatives of very many words: told by their letters, and found one by one."""

from __future__ import annotations

import itertools
import string

import pytest
import regex

from guardrails_lib.scan.many import Many, has_digit
from guardrails_lib.scan.tree import Words, ops, parsed

SOME = ["".join(each) for each in itertools.islice(itertools.product("abc", repeat=4), 70)]
WORDS = "|".join(SOME)
GROUPS = "|".join(f"(?:{each})" for each in SOME)


def words_in(tree: object) -> list[frozenset[str]]:
    return [value.words for _, value in tree if isinstance(value, Words)]  # type: ignore[attr-defined]  # a tree is a list of nodes


@pytest.mark.parametrize("many", [WORDS, GROUPS])
def test_many_words_are_one_node(many: str) -> None:
    assert words_in(parsed(rf"\d[.](?:{many})")) == [frozenset(SOME)]


def test_few_words_are_as_they_stand() -> None:
    assert words_in(parsed(r"\d[.](?:com|org)")) == []


@pytest.mark.parametrize(
    "source",
    [rf"\d(?:{WORDS}|\d)", rf"\((?:{WORDS}", rf"[(?:{WORDS})]+"],
)
def test_what_is_no_alternative_of_words_alone_is_read_as_it_is(source: str) -> None:
    tree = parsed(source)
    assert tree is None or not words_in(tree)


def test_it_is_as_wide_as_its_words() -> None:
    tree = parsed(f"(?:{WORDS}|{string.ascii_letters})")
    assert tree.getwidth() == (4, 52)
    assert parsed(f"x((?:{WORDS}))").getwidth() == (5, 5)


def test_a_private_character_stands_for_itself() -> None:
    tree = parsed(f"\ue000(?:{WORDS})")
    assert tree[0] == (ops.LITERAL, 0xE000)
    assert not words_in(tree)


@pytest.mark.parametrize(
    "form", ["{}", "{}?x", "(?:{})+", r"\b{}\b", "(?={})[abc]+", "@{}", "({})"]
)
@pytest.mark.parametrize("text", ["7.abca", "@cabc acbb", "aaaaabab", "x.abcx @ 1.aaac", ""])
def test_all_matches_are_found(form: str, text: str) -> None:
    source = r"\d?[.@ ]?" + form.format(f"(?:{GROUPS})")
    every = [m.span() for m in regex.compile(source, 26).finditer(text) if m.end() > m.start()]
    assert Many([(source, 26)]).find(text, has_digit(text)) == ({0: every} if every else {})
