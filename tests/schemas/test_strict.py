"""JSON as the standard has it, and what other parsers let through refused by name."""

from __future__ import annotations

import gzip
import json
from base64 import b64decode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guardrails_lib._schema import Unreadable
from guardrails_lib.schemas.reader import reader
from guardrails_lib.schemas.strict import Malformed, is_single, strictly

CASES = Path(__file__).parents[2] / ".." / "shared" / "data" / "schema_json_parsing"

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**20), 10**20)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text('ab:"\\é', max_size=3), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(JSON, st.booleans())
def test_what_json_writes_is_read_as_it_was(value: object, spaced: bool) -> None:
    assert strictly(json.dumps(value, indent=1 if spaced else None)) == value


@given(JSON, st.data())
def test_a_key_that_is_there_twice_is_refused(value: object, data: st.DataObject) -> None:
    first, second = data.draw(JSON), data.draw(JSON)
    name = json.dumps(data.draw(st.text('a:"\\é', max_size=3)))
    inner = f"{{{name}: {json.dumps(first)}, {name}: {json.dumps(second)}}}"
    with pytest.raises(Unreadable, match="an object has the same key twice"):
        strictly(f"[{json.dumps(value)}, {inner}]")


@given(JSON, st.sampled_from([": ", ":", " :", "\n:\t", " : "]), st.integers(-2, 2))
def test_keys_are_single_if_there_are_as_many_as_in_the_text(
    value: object, colon: str, more: int
) -> None:
    text = json.dumps(value, separators=(",", colon))
    keys = json.dumps(value, separators=("", "\0")).count("\0")
    assert is_single(text, keys)
    assert is_single(text, keys + more) is (more == 0) or more > 0


REFUSED = {
    '{"a":1,"a":2}': "the same key twice",
    '{"a":1,"\\u0061":2}': "the same key twice",
    '[{"a":":"},{"a":1,"a":1}]': "the same key twice",
    "NaN": "NaN and Infinity",
    "[NaN]": "NaN and Infinity",
    "[-Infinity]": "NaN and Infinity",
    '{"a": Infinity}': "NaN and Infinity",
    "1e400": "a number is too large",
    "[-1e400]": "a number is too large",
    "9" * 5000: "a number is too large",
    "[" * 202 + "]" * 202: "nested more than 201 deep",
    "[" * 100_000: "nested more than 201 deep",
    '{"a":' * 20_000: "nested more than 201 deep",
}


@pytest.mark.parametrize("text", REFUSED, ids=lambda text: text[:20])
def test_what_parsers_let_through_is_refused_by_name(text: str) -> None:
    with pytest.raises(Unreadable, match=REFUSED[text]):
        strictly(text)


def test_a_value_may_be_nested_two_hundred_and_one_deep() -> None:
    assert strictly("[" * 201 + "]" * 201)


def test_a_number_that_is_too_small_is_rounded() -> None:
    assert strictly("1e-400") == 0


@pytest.mark.parametrize(
    "text", ["", " ", "{", '{"a"', "[1,]", "{a:1}", "tru", "\ufeff{}", '"\ud800"']
)
def test_what_is_no_json_is_malformed(text: str) -> None:
    with pytest.raises(Malformed, match="no JSON"):
        strictly(text)


@given(st.text('{}[]":,\\ab1.e+-NInfty truelsn', max_size=30))
def test_any_text_is_read_or_unreadable(text: str) -> None:
    try:
        value = strictly(text)
    except Unreadable:
        return
    assert value == json.loads(text)


def cases(expect: str) -> Iterator[tuple[str, str]]:
    """The cases of the suite; bytes that are no text come as whoever decodes them leaves them."""
    if not CASES.exists():
        pytest.skip("the JSON parsing suite is not there")
    with gzip.open(CASES / "cases.jsonl.gz", "rt", encoding="utf-8") as lines:
        for case in map(json.loads, lines):
            if case["expect"] == expect:
                if "note" in case:
                    deep = "[" if "opening_arrays" in case["id"] else '[{"":'
                    yield case["id"], deep * 50_000
                elif "b64" in case:
                    yield case["id"], b64decode(case["b64"]).decode(errors="surrogateescape")
                    yield case["id"], b64decode(case["b64"]).decode(errors="replace")
                else:
                    yield case["id"], case["text"]


def read(text: str) -> Any:
    return reader(Any, repair=False).read(text).value


def accepted(text: str) -> bool:
    try:
        read(text)
    except Unreadable:
        return False
    return True


TWICE = {"y_object_duplicated_key.json", "y_object_duplicated_key_and_value.json"}
"""The standard lets a key be there twice; nobody can tell which is meant, so it is refused."""


def test_what_must_be_accepted_as_a_reply_is_but_for_keys_that_are_there_twice() -> None:
    assert {name for name, text in cases("accept") if not accepted(text)} == TWICE


def test_what_must_be_rejected_is_rejected_as_a_reply() -> None:
    assert [name for name, text in cases("reject") if accepted(text)] == []


def test_what_may_be_either_is_decided() -> None:
    assert all(accepted(text) in {True, False} for _, text in cases("either"))
