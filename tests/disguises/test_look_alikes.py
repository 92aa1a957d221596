"""The table of look-alikes is that of Unicode, and what it holds is seen through."""

from __future__ import annotations

import gzip
import json
import re
import string
import unicodedata
from pathlib import Path

import pytest

from guardrails_lib.disguises import views
from guardrails_lib.disguises.letters import plain
from guardrails_lib.disguises.look_alikes import look_alikes

DATA = Path(__file__).parents[2] / ".." / "shared" / "data" / "uni_confusables"


def derived() -> dict[int, str]:
    """The table, made again from the package."""
    package = pytest.importorskip("confusable_homoglyphs", reason="the table is not here")
    path = Path(package.__file__).with_name("confusables.json")
    table: dict[int, str] = {}
    for letter, alike in json.loads(path.read_text("utf-8")).items():
        to = [each["c"] for each in alike if each["c"] in string.ascii_letters]
        is_letter = len(letter) == 1 and unicodedata.category(letter)[0] in "LN"
        if not to or not is_letter or unicodedata.category(letter) in ("Nd", "No"):
            continue
        if not letter.isascii() and not unicodedata.normalize("NFKC", letter).isascii():
            table[ord(letter)] = "I" if to[0] == "l" and letter.isupper() else to[0]
    for code in range(0x250, 0x1E00):
        name = unicodedata.name(chr(code), "")
        if capital := re.fullmatch("LATIN LETTER SMALL CAPITAL ([A-Z])", name):
            table[code] = capital[1].lower()
    return table


def test_the_table_is_the_one_of_the_package() -> None:
    assert look_alikes() == derived()


def test_every_letter_of_the_table_is_one_of_ascii() -> None:
    assert set(look_alikes().values()) <= set(string.ascii_letters)
    assert all(code > 127 for code in look_alikes())


def test_pairs_that_look_alike_by_design_are_known() -> None:
    path = DATA / "intentional.txt.gz"
    if not path.exists():
        pytest.skip("the pairs are not here")
    lines = gzip.decompress(path.read_bytes()).decode("utf-8-sig").splitlines()
    pairs = [re.match(r"([0-9A-F]{4,5}) ;\t([0-9A-F]{4,5})\t", line) for line in lines]
    both = [(chr(int(pair[1], 16)), chr(int(pair[2], 16))) for pair in pairs if pair]
    some = [(one, other) for one, other in both if one in string.ascii_letters]
    assert len(some) > 20
    wrong = [pair for pair in some if plain(pair[1]).letters.lower() != pair[0].lower()]
    assert wrong == []


def test_sentences_in_look_alikes_are_read() -> None:
    path = DATA / "smuggling_homoglyph.txt.gz"
    if not path.exists():
        pytest.skip("the sentences are not here")
    texts = gzip.decompress(path.read_bytes()).decode().splitlines()
    odd = [text for text in texts if any(plain(letter).letters for letter in text)]
    assert odd
    assert [text for text in odd if not any(view.text.isascii() for view in views(text))] == []
