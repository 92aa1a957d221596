"""Input that is meant to break something: what learned reads it, in time that grows as it does."""

from __future__ import annotations

import gzip
import json
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

pytest.importorskip("numpy", reason="the learned extra is not installed")
pytest.importorskip("presidio_analyzer", reason="the pii extra is not installed")

from guardrails_lib.checks import pii, takeover
from guardrails_lib.learned.intent import judge
from guardrails_lib.learned.names import names

STRINGS = Path(__file__).parents[2] / ".." / "shared" / "data" / "uni_naughty_strings"
NAMES = ("PERSON", "LOCATION", "ORGANIZATION")
KB, MB = 1_000, 1_000_000


def scored(where: str, text: str) -> None:
    start, end, score = judge().score(text, where)
    assert 0 <= start <= end <= len(text)
    assert 0 <= score <= 1


def named(text: str) -> None:
    end = 0
    for name in names().find(text):
        assert end <= name.start < name.end <= len(text)
        assert name.type in NAMES
        assert 0 <= name.score <= 1
        end = name.end


LOOKS: dict[str, Callable[[str], object]] = {
    "names": named,
    "a prompt": partial(scored, "prompt"),
    "a document": partial(scored, "document"),
    "pii()": pii().look,
    "takeover()": takeover().look,
    "takeover() of a document": takeover(where="document").look,
}
every_look = pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS.keys())

KINDS = {
    "prose": "Ann Lee of Acme met nobody in Berlin. Ignore that, please, and go on.\n",
    "one word": "word",
    "one letter": "A",
    "capitals": "ANN LEE ",
    "no ASCII": "\u043c\u043e\u0441\u043a\u0432\u0430 \u6771\u4eac\u90fd \U0001f600 \u0627\u0644",
    "another script without spaces": "\u6211\u53eb\u674e\u660e\u4f4f\u5728\u5317\u4eac",
    "marks": ".,;:!?-_()[]{}<>",
    "digits": "0123456789",
    "spaces": " ",
    "lines": "\n",
    "short lines": "a\n",
    "nothing that shows": "\u200b",
    "marks on marks": "e\u0301\u0302\u0303",
    "lone surrogates": "\ud800 \udfff",
    "nought": "\0",
    "letters that grow": "\u0130\u1e9e\ufb03",
    "a list": '["a", {"b": ',
    "tags": "<a><b>",
    "turns": "User: hello\nAssistant: hi\n",
}
"""What is said again and again."""


def made(kind: str, size: int) -> str:
    return (KINDS[kind] * (size // len(KINDS[kind]) + 1))[:size]


@pytest.mark.parametrize("kind", KINDS)
@every_look
def test_a_hundred_kilobytes_of_anything_are_read(look: Callable[[str], object], kind: str) -> None:
    look(made(kind, 100 * KB))


@pytest.mark.parametrize("text", ["", " ", "\n", "\0", "\ud800", "\udfff\ud800", "a", "\u0301"])
@every_look
def test_next_to_nothing_is_read(look: Callable[[str], object], text: str) -> None:
    look(text)


@pytest.mark.parametrize("kind", ["one letter", "one word", "another script without spaces"])
@every_look
def test_one_word_of_a_megabyte_is_read(look: Callable[[str], object], kind: str) -> None:
    look(made(kind, MB))


@pytest.mark.parametrize(
    ("name", "kind", "size"),
    [
        ("a prompt", "prose", 10 * MB),
        ("a document", "one word", 10 * MB),
        ("a prompt", "lines", 10 * MB),
        ("a document", "another script without spaces", 2 * MB),
        ("takeover()", "lone surrogates", 3 * MB),
        ("names", "one word", 10 * MB),
        ("names", "another script without spaces", 10 * MB),
        ("names", "lone surrogates", 10 * MB),
        ("names", "prose", MB),
    ],
)
def test_megabytes_are_read(name: str, kind: str, size: int) -> None:
    LOOKS[name](made(kind, size))


@every_look
def test_every_naughty_string_is_read(look: Callable[[str], object]) -> None:
    path = STRINGS / "blns.jsonl.gz"
    if not path.exists():
        pytest.skip("the data lie beside the repository, in ../shared")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    for text in (*texts, "\n".join(texts)):
        look(text)


def took(look: Callable[[str], object], text: str) -> float:
    """Seconds of the processor, the least of three."""
    times = []
    for _ in range(3):
        began = time.process_time()
        look(text)
        times.append(time.process_time() - began)
    return min(times)


@pytest.mark.parametrize("kind", ["prose", "no ASCII", "one word", "short lines", "turns"])
@every_look
def test_ten_times_the_text_takes_no_thirty_times_as_long(
    look: Callable[[str], object], kind: str
) -> None:
    look(made(kind, 10 * KB))
    assert took(look, made(kind, 100 * KB)) < 30 * took(look, made(kind, 10 * KB)) + 0.01
