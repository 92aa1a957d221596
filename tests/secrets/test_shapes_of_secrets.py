"""The table of what secrets look like, and what each of its words promises."""

from __future__ import annotations

import gzip
import json
import re
import sys
from pathlib import Path

import pytest

from guardrails_lib.checks import secrets
from guardrails_lib.scan.phrases import Phrases
from guardrails_lib.secrets.finder import Finder, every_shape
from guardrails_lib.secrets.keys import BLOCK
from guardrails_lib.secrets.shape import Shape

SHAPES = every_shape()
DATA = Path(__file__).parents[2] / ".." / "shared" / "data"


@pytest.mark.parametrize("shape", SHAPES, ids=lambda each: each.kind)
def test_a_shape_has_a_name_an_owner_and_a_source(shape: Shape) -> None:
    assert re.fullmatch("[A-Z0-9]+(?:_[A-Z0-9]+)*", shape.kind)
    assert shape.provider
    assert shape.source


@pytest.mark.parametrize("shape", SHAPES, ids=lambda each: each.kind)
def test_a_shape_has_a_bound(shape: Shape) -> None:
    width = Phrases([shape.pattern]).width
    assert width is not None
    assert width < BLOCK < Finder.width


def test_none_of_them_is_tried_where_none_could_match() -> None:
    assert not Phrases([each.pattern for each in SHAPES]).could("nothing to see")


def test_no_two_are_the_same() -> None:
    assert len({each.pattern for each in SHAPES}) == len(SHAPES)


@pytest.mark.parametrize(
    "text",
    [
        *("key=" * 30_000, 'api_key="' * 12_000, "passpasspass:" * 8_000, "aws=" * 25_000),
        *(
            "://a:b@" * 15_000,
            "eyJabcdefghi." * 8_000,
            "A" * 100_000,
            "\0" * 100_000,
            "-" * 100_000,
        ),
        *("\u200b" * 100_000, "k\u200bey=" * 20_000, "\uff41" * 50_000, "\ud800" * 50_000),
        *(("-----BEGIN PRIVATE" + " KEY-----") * 3_000, "curl -u a:" * 2_000, "bearer " * 15_000),
    ],
    ids=lambda text: ascii(text[:12]),
)
def test_a_hostile_text_has_an_end(text: str) -> None:
    check = secrets()
    list(check(text))
    assert 0 <= check.tail(text) <= len(text)


def test_no_naughty_string_breaks_it() -> None:
    file = DATA / "uni_naughty_strings" / "blns.jsonl.gz"
    if not file.exists():
        pytest.skip("the naughty strings are not beside the repository")
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        texts = [str(json.loads(line).get("text", "")) for line in lines]
    for text in [*texts, "\n".join(texts)]:
        found = list(secrets()(text))
        assert all(each.span and text[each.span.start : each.span.end] for each in found)


def test_without_hyperscan_the_same_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    fast = Finder(SHAPES)
    monkeypatch.setitem(sys.modules, "guardrails_lib.scan.multi", None)
    slow = Finder(SHAPES)
    texts = [
        "postgres://app:" + "v7Kd2pLq" + "@db.internal",
        "AK" + "IA" + "Q3EGRZ2MYBN7TWLA",
        "token: " + "x7Kq29dL" + "wP0sZ8vT3mYbRc5N",
        "curl -u " + "app:" + "v7Kd2pLq" + " https://api.internal",
        "It is a plain sentence, with a key in it.",
    ]
    assert [slow.find(text) for text in texts] == [fast.find(text) for text in texts]
    assert [len(fast.find(text)) for text in texts] == [1, 1, 1, 1, 0]
