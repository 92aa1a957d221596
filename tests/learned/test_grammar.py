"""Texts are drawn from templates, the same for the same chance."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from guardrails_lib.learned.writing.grammar import Piece, grammars, read, written

FOLDERS = ("attacks", "orders", "documents", "kept_back", "honest", "names", "naming")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "sayings.txt"


def drawn(path: Path, said: str, count: int = 50) -> set[str]:
    path.write_text(said, "utf-8")
    read.cache_clear()
    return {written(read(path), "en", seed) for seed in range(count)}


def test_a_slot_is_filled_with_one_of_its_words(path: Path) -> None:
    assert drawn(path, "greet = Hi | Good [day|night]\nen: {greet}!") == {
        "Hi!",
        "Good day!",
        "Good night!",
    }


def test_words_of_one_name_add_up(path: Path) -> None:
    assert drawn(path, "x = a\nx = b\nen: {x}") == {"a", "b"}


def test_an_alternative_may_be_empty(path: Path) -> None:
    assert drawn(path, "en: go[ now|]") == {"go now", "go"}


def test_a_word_may_be_empty(path: Path) -> None:
    assert drawn(path, "x = a | | b\nen: <{x}>") == {"<a>", "<>", "<b>"}


def test_alternatives_hold_alternatives(path: Path) -> None:
    assert drawn(path, "en: [a[b|c]|d]") == {"ab", "ac", "d"}


def test_what_is_escaped_is_itself(path: Path) -> None:
    assert drawn(path, r"en: \[\]\{\}\|\\\n\t.") == {"[]{}|\\\n\t."}


def test_comments_and_empty_lines_say_nothing(path: Path) -> None:
    assert drawn(path, "# en: no\n\nen: yes") == {"yes"}


def test_what_is_no_word_of_the_file_is_asked_for(path: Path) -> None:
    path.write_text("en: Dear {PERSON.first},", "utf-8")
    read.cache_clear()
    pieces = read(path).draw("en", random.Random(1).random, str.lower)
    assert list(pieces) == [Piece("Dear "), Piece("person.first", "PERSON.first"), Piece(",")]


def test_a_slot_that_nobody_fills_is_an_error(path: Path) -> None:
    with pytest.raises(KeyError, match=r"sayings has no words for \{x\}"):
        drawn(path, "en: {x}")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("nothing", "neither `name = words` nor `en: template`"),
        ("en: a]", r"'\]' with nothing open"),
        ("en: a|b", r"'\|' with nothing open"),
        ("en: [a", r"'\[' is never closed"),
        ("en: {a b}", r"'\{' with nothing open"),
        ("en: a\\", "a backslash at the end"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(path: Path, line: str, said: str) -> None:
    with pytest.raises(ValueError, match=rf"sayings\.txt, line 2: {said}"):
        drawn(path, f"# first\n{line}")


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_file_says_what_it_holds_and_can_be_drawn_from(folder: str) -> None:
    for name, grammar in grammars(folder).items():
        source = Path(grammars.__globals__["_HERE"]) / folder / f"{name}.txt"
        assert source.read_text("utf-8").startswith("# ")
        chance = random.Random(5).random
        for templates in grammar.templates.values():
            for template in templates:
                assert "".join(part.text for part in grammar.put(template, chance, str)).strip()
