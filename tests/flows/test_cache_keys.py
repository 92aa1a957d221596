"""The key of an answer."""

from __future__ import annotations

import dataclasses
import enum
import functools
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from guardrails_lib import Data, Label, Media, Message, PolicyError, Request, Source, ToolCall
from guardrails_lib._kept import Wanted
from guardrails_lib.flows.keys import key_of, name_of, partition_of


def wanted(request: Request | str = "hello", **more: Any) -> Wanted:
    asked = Request(request) if isinstance(request, str) else request
    return Wanted("f" * 16, None, Label.PUBLIC, "", asked)._replace(**more)


def key(request: Request | str = "hello", **more: Any) -> str:
    return key_of(wanted(request, **more), "gpt")


def told(value: object) -> str:
    return key(Request([Message("user", parts=[Data(value)])]))


# -- strategies

TEXTS = st.text(alphabet=st.sampled_from("ab'\"\\,()[]\x00\n|:\ud83d\ude00😀é"), max_size=4)
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXTS | st.binary(),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(TEXTS, inner, max_size=2),
    max_leaves=4,
)
CALLS = st.builds(ToolCall, TEXTS, st.dictionaries(TEXTS, PLAIN, max_size=2) | TEXTS, TEXTS)
PARTS = TEXTS | st.builds(Media, TEXTS, PLAIN) | st.builds(Data, PLAIN)
MESSAGES = st.builds(
    Message,
    st.sampled_from(["user", "assistant", "tool"]),
    TEXTS,
    st.sampled_from(Label),
    st.lists(PARTS, max_size=2),
    st.lists(CALLS, max_size=2),
    TEXTS,
)
SOURCES = st.builds(Source, TEXTS, TEXTS, st.sampled_from(Label), signature=TEXTS)
REQUESTS = st.builds(
    Request,
    st.lists(MESSAGES, max_size=3),
    st.lists(SOURCES, max_size=2),
    st.lists(PLAIN, max_size=2),
    st.dictionaries(TEXTS, PLAIN, max_size=2),
)
WANTED = st.builds(
    Wanted,
    TEXTS,
    st.none() | st.sampled_from(Label),
    st.sampled_from(Label),
    TEXTS,
    REQUESTS,
    TEXTS,
)


@settings(max_examples=60)
@given(WANTED, WANTED)
def test_what_differs_has_another_key(one: Wanted, other: Wanted) -> None:
    assert one == other or key_of(one) != key_of(other)


@settings(max_examples=60)
@given(WANTED)
def test_the_same_has_the_same_key(one: Wanted) -> None:
    again = one._replace(request=dataclasses.replace(one.request, deadline=7.0))
    assert key_of(one) == key_of(again)


@settings(max_examples=60)
@given(TEXTS, TEXTS, TEXTS, TEXTS)
def test_no_delimiter_in_a_text_moves_what_stands_in_two(a: str, b: str, c: str, d: str) -> None:
    one = Request([Message("user", a), Message("user", b)])
    other = Request([Message("user", c), Message("user", d)])
    assert (key(one) == key(other)) == ((a, b) == (c, d))


@pytest.mark.parametrize(
    "more",
    [
        {"policy": "0" * 16},
        {"cleared_for": Label.PUBLIC},
        {"cleared_for": Label.INTERNAL},
        {"label": Label.INTERNAL},
        {"returns": "Refund"},
        {"options": "temperature=1"},
    ],
    ids=str,
)
def test_each_of_these_makes_another_key(more: dict[str, Any]) -> None:
    """GoModel#971, tale#1596, litellm-rs#1341; instructor#2585: policy and label are apart."""
    assert key(**more) != key()


@pytest.mark.parametrize("options", ["", {"n": 1}, {"n": True}, {"n": 1.0}, ({"n": 1},)], ids=str)
def test_other_arguments_have_another_key(options: Any) -> None:
    others: list[Any] = [(), "", {"n": 1}, {"n": True}, {"n": 1.0}, ({"n": 1},)]
    same = [each for each in others if key(options=each) == key(options=options)]
    assert list(map(repr, same)) == [repr(options)]


def test_another_model_has_another_key() -> None:
    assert key_of(wanted(), "small") != key_of(wanted(), "large")


@pytest.mark.parametrize(
    "one",
    [
        Request([Message("system", "hello")]),
        Request([Message("user", "hello", Label.INTERNAL)]),
        Request([Message("user", "hello", name="ann")]),
        Request([Message("user", parts=["hello"])]),
        Request([Message("user", parts=["hello", Media("image", b"1")])]),
        Request([Message("user", parts=["hello", Media("image", b"2")])]),
        Request([Message("user", parts=["hello", Media("audio", b"2")])]),
        Request([Message("user", parts=[Data("hello")])]),
        Request([Message("user", "hello", tool_calls=[ToolCall("add", {"a": 1}, "1")])]),
        Request([Message("user", "hello", tool_calls=[ToolCall("add", {"a": 1}, "2")])]),
        Request([Message("user", "hello", tool_calls=[ToolCall("add", '{"a": 1}', "1")])]),
        Request("hello", [Source("kb://1")]),
        Request("hello", [Source("kb://1", "text")]),
        Request("hello", [Source("kb://1", label=Label.INTERNAL)]),
        Request("hello", [Source("kb://1", signature="s")]),
        Request("hello", [Source("kb://1", as_of=datetime(2026, 1, 1, tzinfo=UTC))]),
        Request("hello", tools=[{"name": "add"}]),
        Request("hello", meta={"user": "ann"}),
        Request([Message("user", "hel"), Message("user", "lo")]),
    ],
    ids=lambda each: None,
)
def test_each_of_these_requests_has_a_key_of_its_own(one: Request) -> None:
    SEEN.setdefault(key(one), one)
    assert SEEN[key(one)] == one
    assert key(one) != key("hello")


SEEN: dict[str, Request] = {}


class Color(enum.Enum):
    RED = "red"


class Tone(str, enum.Enum):  # noqa: UP042  # the older kind of text
    RED = "red"


@dataclass
class Point:
    x: int


@dataclass
class Spot:
    x: int


class Form(BaseModel):
    x: int


class Shape(BaseModel):
    y: int


class Loud(str):
    __slots__ = ()

    def __str__(self) -> str:
        return "!"

    def __repr__(self) -> str:
        return "!"


HERE = datetime(2026, 1, 1, tzinfo=UTC)
VALUES: list[object] = [
    *(None, True, 1, 1.0, "1", b"1", 10**5000, f"{10**5000:x}", Decimal("1.0"), Decimal("1.00")),
    *([1], (1,), {1}, frozenset({2}), {1: 1}, {"1": 1}, [[1], []], [[], [1]]),
    *({"a": 1, "b": 2}, {"b": 2, "a": 1}, Color.RED, Tone.RED, "red", Label.INTERNAL),
    *(Point(1), Point(2), Spot(1), Form(x=1), Form(x=2), {"x": 1}, Loud("a"), Loud("b")),
    *(HERE, HERE.isoformat(), HERE.date(), HERE.astimezone(timezone(timedelta(hours=1)))),
    *(
        Form,
        Shape,
        bytearray(b"2"),
        b"2",
        b"2" * 200,
        b"3" * 200,
        bytearray(b"2" * 200),
        "\ud83d\ude00",
        "😀",
        0.0,
        -0.0,
        float("inf"),
    ),
]


def test_values_of_different_kinds_have_different_keys() -> None:
    assert len({told(value) for value in VALUES}) == len(VALUES)


def test_the_order_of_a_set_says_nothing() -> None:
    one, other = {"a", "b", "c"}, {"c", "b", "a"}
    assert told(one) == told(other)


@pytest.mark.parametrize(
    "value", [object(), print, Point, subprocess, iter(())], ids=lambda _: None
)
def test_what_cannot_be_read_is_refused(value: object) -> None:
    """`repr` of an object is its address, and the next object at it would have the same."""
    with pytest.raises(PolicyError, match="cannot tell one"):
        told(value)


def test_what_has_no_end_is_refused() -> None:
    endless: list[object] = []
    endless.append(endless)
    with pytest.raises(PolicyError, match="nested so deep"):
        key(Request("hello", tools=[endless]))


def test_a_key_is_64_digits_and_holds_no_text() -> None:
    made = key("my pin is 1234")
    assert len(made) == 64
    assert set(made) <= set("0123456789abcdef")


def test_another_process_makes_the_same_key() -> None:
    asked = (
        "from guardrails_lib import Label, Request\n"
        "from guardrails_lib._kept import Wanted\n"
        "from guardrails_lib.flows.keys import key_of\n"
        "request = Request('hello', tools=[{'a', 'b', 'c'}], meta={'x': 1})\n"
        "print(key_of(Wanted('p', None, Label.PUBLIC, '', request), 'gpt'))"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", asked],
            capture_output=True,
            check=True,
            env={"PYTHONHASHSEED": n},
        ).stdout
        for n in ("1", "2")
    ]
    assert runs[0] == runs[1]


# -- the partition


def test_the_partition_is_the_rest_of_the_request() -> None:
    one, other = wanted("How do I pay?"), wanted("How can I pay?")
    assert partition_of(one, "gpt") == partition_of(other, "gpt")


@pytest.mark.parametrize(
    "other",
    [
        wanted("hello", policy="0"),
        wanted("hello", label=Label.INTERNAL),
        wanted(Request([Message("user", "hello", Label.INTERNAL)])),
        wanted(Request([Message("user", "hello", name="ann")])),
        wanted(Request([Message("system", "Be kind."), Message("user", "hello")])),
        wanted(Request("hello", meta={"user": "ann"})),
    ],
    ids=lambda _: None,
)
def test_another_rest_is_another_partition(other: Wanted) -> None:
    assert partition_of(other) != partition_of(wanted("hello"))


# -- the name of a function


def made(prompt: str) -> Callable[[str], str]:
    def ask(text: str) -> str:
        return prompt + text

    return ask


def test_functions_of_one_name_that_hold_other_prompts_have_other_names() -> None:
    assert name_of(made("Translate: ")) != name_of(made("Shorten: "))
    assert name_of(made("Shorten: ")) == name_of(made("Shorten: "))


def test_a_function_is_named_by_its_code() -> None:
    def one(text: str) -> str:
        return "Translate: " + text

    def other(text: str) -> str:
        return "Shorten: " + text

    other.__qualname__ = one.__qualname__
    assert name_of(one) != name_of(other)


def test_a_client_that_a_function_holds_is_named_by_its_type() -> None:
    def with_client(client: object) -> Callable[[str], object]:
        return lambda text: (client, text)

    assert name_of(with_client(object())) == name_of(with_client(object()))


class Asker:
    def __init__(self, prompt: str) -> None:
        self.prompt = prompt

    def ask(self, text: str) -> str:
        return self.prompt + text

    __call__ = ask


@pytest.mark.parametrize(
    "of",
    [
        lambda prompt: Asker(prompt).ask,
        Asker,
        lambda prompt: functools.partial(Asker.ask, Asker(""), prompt),
        lambda prompt: functools.partial(made, prompt=prompt),
    ],
    ids=["a method", "an object", "a partial", "a partial with names"],
)
def test_methods_objects_and_partials_are_named_by_what_they_hold(
    of: Callable[[str], Callable[..., Any]],
) -> None:
    assert name_of(of("a")) == name_of(of("a"))
    assert name_of(of("a")) != name_of(of("b"))
