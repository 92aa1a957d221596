"""The patterns of Presidio in one scan: strings made from them are never missed."""

from __future__ import annotations

import random
import re._constants as ops  # type: ignore[import-not-found]  # typeshed does not know it
import re._parser as sre  # type: ignore[import-not-found]  # strings are made from its trees
from typing import Any

import pytest
import regex

from guardrails_lib.scan.letters import UNICODE, matching

pytest.importorskip("hyperscan", reason="the fast extra is not installed")
from guardrails_lib.scan.multi import Multi  # skipped without Hyperscan

known = pytest.importorskip(
    "presidio_analyzer.predefined_recognizers", reason="the pii extra is not installed"
)

FLAGS = int(regex.IGNORECASE | regex.MULTILINE | regex.DOTALL)
SOURCES = sorted(
    {each.regex for name in dir(known) for each in getattr(getattr(known, name), "PATTERNS", [])}
)
EDGES = ["", "\n", " ", "-", "é", "—", "_", "0", "٣", "a", "\u00a0", "\ud800", "😀", "²", "ı", "."]
LIKE = {"i": "ıİ", "I": "ıİ", "k": "\u212a", "K": "\u212a", "s": "ſ", "S": "ſ"}


def letters(source: str) -> list[str]:
    ranges = matching(source, UNICODE)
    return [chr(code) for low, high in ranges for code in {low, (low + high) // 2, high}]


CLASSES = {
    ops.CATEGORY_DIGIT: letters(r"\d") + ["7"] * 200,
    ops.CATEGORY_WORD: letters(r"\w") + ["a", "Z", "0"] * 300,
    ops.CATEGORY_SPACE: letters(r"\s") + [" "] * 20,
}


def made(nodes: Any, draw: random.Random, groups: dict[int | None, str]) -> str:
    """A string that the pattern of *nodes* may well match."""
    out = ""
    for op, value in nodes:
        if op is ops.LITERAL:
            out += chr(value)
        elif op is ops.IN:
            kind, each = draw.choice(value)
            if kind is ops.LITERAL:
                out += chr(each)
            elif kind is ops.RANGE:
                out += chr(draw.randint(*each))
            else:
                out += draw.choice(CLASSES.get(each, ["é", "-", "\u3000"]))
        elif op in (ops.ANY, ops.NOT_LITERAL):
            out += draw.choice("a0 é")
        elif op is ops.BRANCH:
            out += made(draw.choice(value[1]), draw, groups)
        elif op is ops.SUBPATTERN:
            groups[value[0]] = made(value[-1], draw, groups)
            out += groups[value[0]]
        elif op in (ops.MAX_REPEAT, ops.MIN_REPEAT):
            low, high, body = value
            times = draw.choice([low, min(high, low + 1), min(high, low + 12)])
            out += "".join(made(body, draw, groups) for _ in range(times))
        elif op is ops.GROUPREF:
            out += groups.get(value, "")
        elif op is ops.ASSERT:
            out += made(value[1], draw, groups)
    return out


def changed(text: str, draw: random.Random) -> str:
    """*text* as someone writes it who uses other letters that look alike, or errs."""
    turn = draw.random()
    if turn < 0.3:
        return text
    if turn < 0.5:
        return "".join(draw.choice(LIKE.get(letter, letter)) for letter in text)
    if turn < 0.6:
        return text.swapcase()
    place = draw.randint(0, len(text))
    other = draw.choice(EDGES) or chr(draw.randint(0, UNICODE))
    return text[:place] + other + text[place + draw.randint(0, 1) :]


@pytest.fixture(scope="module")
def many() -> Multi:
    return Multi([(source, FLAGS) for source in SOURCES])


def test_strings_made_from_the_patterns_are_never_missed(many: Multi) -> None:
    draw = random.Random(20261121)
    trees = [sre.parse(source.replace("(?i)", "")) for source in SOURCES]
    compiled = [regex.compile(source, FLAGS) for source in SOURCES]
    hits = 0
    for _ in range(8):
        for index, tree in enumerate(trees):
            body = changed(made(tree, draw, {}), draw)[:2_000]
            text = draw.choice(EDGES) + body + draw.choice(EDGES)
            if compiled[index].search(text):
                hits += 1
                assert index in many.could_match(text), (SOURCES[index], text)
    assert hits > 100


def test_every_pattern_of_presidio_has_a_gate(many: Multi) -> None:
    assert many.always == set()


def test_plain_prose_passes_nearly_all_gates(many: Multi) -> None:
    prose = (
        "The meeting was moved, because of the noise; nobody minded. We shall see in spring. " * 9
    )
    assert len(many.could_match(prose)) <= 2
    assert len(many.could_match(prose + "—")) <= 2
