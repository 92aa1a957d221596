"""Presidio's patterns together: each finds what `regex` finds with it alone."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from itertools import chain
from typing import Any

import pytest
import regex

from guardrails_lib.scan.many import Many, has_digit

pytest.importorskip("presidio_analyzer", reason="the pii extra is not installed")
pytest.importorskip("faker", reason="faker makes up the texts")

from benchmarks.corpora import EDGES, mutated, odd, spoken
from benchmarks.prose import clean
from benchmarks.samples import derived

from guardrails_lib.presidio.recognizers import (
    PatternRecognizer,
    chosen,
    countries_known,
    patterns_of,
)

SEED = 20261121
RECOGNIZERS = [
    each for each in chosen(None, countries_known()) if isinstance(each, PatternRecognizer)
]
PATTERNS = sorted(
    {
        (made.regex, int(each.global_regex_flags or 0))
        for each in RECOGNIZERS
        for made in patterns_of(each)
    }
)


def texts() -> Iterator[str]:
    """Of each kind some, each alone and some of them joined."""
    made = list(derived(RECOGNIZERS, 250, SEED))
    said = list(spoken(40, SEED))
    alone = [*made, *said, *mutated(chain(made[:150], said), SEED), *odd(60, SEED)]
    yield from alone
    yield from EDGES
    draw = random.Random(SEED)
    for _ in range(30):
        pieces = draw.choices(alone, k=draw.choice((3, 8, 20)))
        yield draw.choice((" ", "\n", ", ", "")).join(pieces)


@pytest.fixture(scope="module")
def wanted() -> list[tuple[str, dict[int, list[tuple[int, int]]]]]:
    compiled: list[Any] = [regex.compile(*each, cache_pattern=False) for each in PATTERNS]
    return [(text, dict(alone(compiled, text))) for text in texts()]


def alone(compiled: list[Any], text: str) -> Iterator[tuple[int, list[tuple[int, int]]]]:
    for n, each in enumerate(compiled):
        spans = [match.span() for match in each.finditer(text) if match.end() > match.start()]
        if spans:
            yield n, spans


@pytest.fixture(scope="module")
def many() -> Many:
    return Many(PATTERNS)


def test_each_finds_what_it_finds_alone(many: Many, wanted: Any) -> None:
    for text, spans in wanted:
        assert dict(many.find(text, has_digit(text))) == spans, text


def test_without_the_extra_each_finds_what_it_finds_alone(wanted: Any) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "guardrails_lib.scan.multi", None)
        many = Many(PATTERNS)
    for text, spans in wanted[::3]:
        assert dict(many.find(text, has_digit(text))) == spans, text


def test_what_was_asked_before_changes_nothing(many: Many, wanted: Any) -> None:
    for text, spans in reversed(wanted[::4]):
        assert dict(many.find(text, has_digit(text))) == spans, text


def test_the_texts_have_matches_of_nearly_every_pattern(wanted: Any) -> None:
    met = {n for _, spans in wanted for n in spans}
    assert len(met) > 0.8 * len(PATTERNS)


def bounded() -> list[tuple[str, int]]:
    return [each for each in PATTERNS if Many([each]).width is not None]


def test_no_cut_changes_what_begins_before_the_tail(wanted: Any) -> None:
    patterns = bounded()
    assert len(patterns) > 0.9 * len(PATTERNS)
    many = Many(patterns)
    draw = random.Random(SEED)
    for text, _ in wanted[::5]:
        whole = many.find(text, has_digit(text))
        for cut in draw.sample(range(len(text) + 1), min(4, len(text))):
            some = many.find(text[:cut], has_digit(text[:cut]))
            tail = many.tail(text[:cut])
            assert begun(some, tail) == begun(whole, tail), (text, cut)


def begun(found: Any, tail: int) -> dict[int, list[tuple[int, int]]]:
    """What begins before *tail*."""
    kept = {n: [span for span in spans if span[0] < tail] for n, spans in found.items()}
    return {n: spans for n, spans in kept.items() if spans}


def test_little_is_held_of_prose() -> None:
    many = Many(bounded())
    text = clean(20_000, SEED)
    draw = random.Random(SEED)
    cuts = [draw.randint(200, len(text)) for _ in range(300)]
    held = [cut - many.tail(text[:cut]) for cut in cuts]
    assert sum(held) / len(held) < 8
