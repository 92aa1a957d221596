"""Which value of a reply is meant."""

from __future__ import annotations

import json
from enum import Enum
from typing import Annotated, Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, Field

from guardrails_lib._schema import Unreadable
from guardrails_lib.schemas.find import blocks
from guardrails_lib.schemas.reader import reader

VALUE = '{"order": 17}'
FENCED = f"```json\n{VALUE}\n```"


class Colour(Enum):
    RED = "red"
    BLUE = "blue"


class Refund(BaseModel):
    order: int


def read(reply: str, returns: Any = Refund) -> Any:
    return reader(returns, repair=False).read(reply).value


FOUND = {
    "bare": VALUE,
    "blanks around": f"\n\t {VALUE} \r\n",
    "a byte order mark": f"\ufeff{VALUE}",
    "lines that end otherwise": VALUE.replace(" ", "\r\n"),
    "fenced": FENCED,
    "fenced without a language": f"```\n{VALUE}\n```",
    "fenced by tildes": f"~~~json\n{VALUE}\n~~~",
    "a fence that is closed behind it": f"```json\n{VALUE}```\nAnything else?",
    "a fence that was not opened": f"{VALUE}\n```\nAnything else?",
    "a fence that was not opened, behind it": f"{VALUE}```",
    "fences of other line ends": FENCED.replace("\n", "\r\n"),
    "a fence that is not closed": f"```json\n{VALUE}",
    "a fence that is indented": f"  ```json\n  {VALUE}\n  ```",
    "a longer fence": f"````json\n{VALUE}\n````",
    "prose before": f"Here you are: {VALUE}",
    "prose after": f"{VALUE}\n\nIs there anything else?",
    "prose around": f"I think {VALUE} is right.",
    "prose around a fence": f"Sure!\n\n{FENCED}\n\nAnything else?",
    "a note in brackets": f"[Note: as asked] {VALUE}"[7:],
    "a footnote": f"As [1] says, {VALUE}",
    "braces that are no JSON": f"Set {{x}} and answer: {VALUE}",
    "reasoning": f'<think>Maybe {{"order": 3}}?</think>\n{VALUE}',
    "reasoning in capitals": f"<THINKING>so</THINKING>{VALUE}",
    "reasoning twice": f"<think>a</think><reasoning>b</reasoning>{VALUE}",
    "reasoning before a fence": f"<think>hm</think>{FENCED}",
    "code beside it": f"```python\nprint(1)\n```\n{FENCED}",
    "another value beside it": f'The schema {{"type": "object"}} gives {VALUE}',
    "the same value twice": f"{FENCED}\n\nThat is: {VALUE}",
    "the same value twice, spaced": f'First {VALUE}, again {{"order":17}}.',
    "a tag": f"<answer>{VALUE}</answer>",
    "inline code": f"It is `{VALUE}`.",
    "a fence in the value": "```json\n" + json.dumps({"order": 17, "n": "```\n"}) + "\n```",
}


@pytest.mark.parametrize("name", FOUND)
def test_the_value_that_is_meant_is_found(name: str) -> None:
    assert read(FOUND[name]) == Refund(order=17)


NOT_FOUND = {
    "nothing": ("", "there is no JSON"),
    "prose": ("I cannot do that.", "there is no JSON"),
    "two that differ": (f'{VALUE}\n{{"order": 18}}', "different values"),
    "two in fences that differ": (f"{FENCED}\n{FENCED}".replace("17", "18", 1), "different"),
    "one behind the other": ('{"order": 1}{"order": 2}', "something follows"),
    "something on its line": (f"{VALUE} // the order", "something follows"),
    "a bracket too many": (f"{VALUE}\n}}", "something follows"),
    "one closed too soon": ('{"a": {"order": 17},\n "c": 2\n}\n}', "something follows"),
    "nothing in braces": ("I found nothing: {} and [].", "there is no JSON"),
    "reasoning that does not end": (f"<think>{VALUE}", "within its reasoning"),
    "reasoning alone": (f"<think>{VALUE}</think> ", "there is no JSON"),
    "it begins with one that does not fit": (f'{{"order": "x"}}\n\nNo: {VALUE}', "order: Input"),
    "a fence first that does not fit": (f'```\n{{"order": []}}\n```\n{FENCED}', "order: Input"),
    "cut off": ('{"order": 17', "no JSON"),
    "cut off in a fence": ('```json\n{"order": 17', "no JSON"),
    "what is in a broken value": ('So: {"a": x, "b": {"order": 17}}', "no JSON"),
    "what is in a value that never ends": ('So: {"a": [{"order": 17}, ', "no JSON"),
    "text that is none": (f"So \ud800 {VALUE}", "not valid Unicode"),
    "bytes that were none": (f"\ufffd{VALUE}", "bytes that are no text"),
    "brackets": ("[" * 20_000, "nested more than 201 deep"),
    "brackets in prose": ("so " + "[" * 20_000, "nested more than 201 deep"),
    "twice the same key": ('so {"order": 1, "order": 2}', "the same key twice"),
}


@pytest.mark.parametrize("name", NOT_FOUND)
def test_where_nobody_can_tell_it_is_refused_and_why(name: str) -> None:
    reply, said = NOT_FOUND[name]
    with pytest.raises(Unreadable, match=said):
        read(reply)


def test_blocks_know_where_they_stand() -> None:
    for reply in (
        f"<think>x</think>\nOne {VALUE}, two {VALUE}.",
        f"One:\n```json\n\n  {VALUE}\n```\nTwo:\n~~~\n{VALUE}",
    ):
        assert [reply[b.start :].startswith(b.text) for b in blocks(reply)] == [True, True]


@given(st.integers(), st.text("so[]{}\"',:1\n `~<>think/", max_size=30))
def test_prose_never_makes_another_value_of_a_fenced_one(order: int, prose: str) -> None:
    """It is found, or it is refused; it is never changed."""
    try:
        found = read(f"{prose}\n```json\n{json.dumps({'order': order})}\n```\n")
    except Unreadable:
        return
    assert found == Refund(order=order)


@pytest.mark.parametrize("cut", range(len(FENCED) - 4))
def test_a_reply_that_was_cut_off_is_no_value(cut: int) -> None:
    text = FENCED[:cut]
    if VALUE not in text:
        with pytest.raises(Unreadable):
            read(text)


# -- types that are no objects


@pytest.mark.parametrize(
    ("returns", "reply", "value"),
    [
        (Literal["yes", "no"], "yes", "yes"),
        (Literal["yes", "no"], ' "no"\n', "no"),
        (Literal["yes"] | Colour, "red\n", Colour.RED),
        (Colour, "red", Colour.RED),
        (Colour | Literal["none"], "none", "none"),
        (int, "42", 42),
        (int, "```json\n42\n```", 42),
        (list[int], "It is [1, 2].", [1, 2]),
        (bool, "<think>well</think>true", True),
    ],
)
def test_a_word_or_a_number_is_read(returns: Any, reply: str, value: object) -> None:
    assert read(reply, returns) == value


@pytest.mark.parametrize(
    ("returns", "reply"),
    [
        (Literal["yes", "no"], "The answer is yes."),
        (Literal["yes", "no"], "maybe"),
        (Literal["yes", 1], "yes"),
        (int, "It is 42."),
        (Refund | str, "I cannot do that."),
        (list[int], "It is 1, 2."),
    ],
)
def test_prose_is_no_word_and_no_number(returns: Any, reply: str) -> None:
    with pytest.raises(Unreadable):
        read(reply, returns)


def test_a_type_of_text_takes_the_text() -> None:
    short = Annotated[str, Field(max_length=12)]
    assert read(" a few words ", short) == "a few words"
    assert read('"in quotes"', short) == "in quotes"
    with pytest.raises(Unreadable, match="at most 12"):
        read("a few words too many", short)
