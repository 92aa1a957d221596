"""Reading a value out of a reply."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Annotated, Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, Field, field_validator
from typing_extensions import TypedDict

from guardrails_lib._schema import TEXT, Read, Unreadable, as_json
from guardrails_lib.schemas.reader import reader

SECRET = "-".join(["sk", "live", "4711"])
"""What a reply holds that must not be quoted."""


class Refund(BaseModel):
    order: str
    amount: float = Field(gt=0)


class Cart(BaseModel):
    refunds: list[Refund] = []
    by_name: dict[str, Refund] = {}


class Cat(BaseModel):
    kind: Literal["cat"]


class Dog(BaseModel):
    kind: Literal["dog"]


Pet = Annotated[Cat | Dog, Field(discriminator="kind")]


class Closed(BaseModel, extra="forbid"):
    order: str = ""


class Fussy(BaseModel):
    order: str

    @field_validator("order")
    @classmethod
    def broken(cls, order: str) -> str:
        raise KeyError(order)


class Strict(BaseModel):
    order: str

    @field_validator("order")
    @classmethod
    def known(cls, order: str) -> str:
        raise ValueError(f"no order {order}")


class Known(BaseModel):
    order: int = 0
    name: str = ""
    note: str = ""

    @field_validator("order")
    @classmethod
    def known(cls, order: int) -> int:
        raise ValueError(f"no order {order}")

    @field_validator("name")
    @classmethod
    def upper(cls, name: str) -> str:
        raise ValueError(f"nobody is called {name.upper()}")

    @field_validator("note")
    @classmethod
    def short(cls, note: str) -> str:
        raise ValueError(f"it begins with {note[:4]}")


@dataclass
class Point:
    x: int
    y: int


class Named(TypedDict):
    name: str


READ: dict[str, tuple[Any, str, object]] = {
    "a model": (Refund, '{"order": "17", "amount": 5}', Refund(order="17", amount=5)),
    "a model in a model": (
        Cart,
        '{"refunds": [{"order": "17", "amount": 5}]}',
        Cart(refunds=[Refund(order="17", amount=5)]),
    ),
    "a dataclass": (Point, '{"x": 1, "y": 2}', Point(1, 2)),
    "a typed dict": (Named, '{"name": "bo"}', {"name": "bo"}),
    "a literal": (Literal["yes", "no"], '"yes"', "yes"),
    "a union": (Refund | Point, '{"x": 1, "y": 2}', Point(1, 2)),
    "an optional": (Point | None, "null", None),
    "a list of models": (
        list[Refund],
        '[{"order": "17", "amount": 5}]',
        [Refund(order="17", amount=5)],
    ),
    "a dict of models": (dict[str, Point], '{"a": {"x": 1, "y": 2}}', {"a": Point(1, 2)}),
    "a tuple": (tuple[int, str], '[1, "a"]', (1, "a")),
    "a number": (int, " 42 ", 42),
    "a truth value": (bool, "true", True),
    "what is annotated": (Annotated[int, Field(gt=1)], "2", 2),
    "anything": (Any, '{"a": [1]}', {"a": [1]}),
}
every_type = pytest.mark.parametrize("name", READ)


@every_type
def test_what_pydantic_can_validate_is_read(name: str) -> None:
    returns, text, value = READ[name]
    assert reader(returns, repair=False).read(text).value == value


@every_type
def test_a_value_that_is_there_is_taken(name: str) -> None:
    returns, _, value = READ[name]
    assert reader(returns, repair=False).take(value) == value


@every_type
def test_what_is_written_from_a_value_reads_as_the_value(name: str) -> None:
    returns, _, value = READ[name]
    ours = reader(returns, repair=False)
    assert ours.read(as_json(ours.tree(value))).value == value


@pytest.mark.parametrize("value", [Refund(order="1", amount=1), Point(1, 2)])
def test_an_instance_that_is_taken_is_the_same_object(value: object) -> None:
    ours = reader(type(value), repair=False)
    assert ours.take(value) is value


def test_a_dict_is_taken_as_the_model() -> None:
    assert reader(Refund, repair=False).take({"order": "17", "amount": 5}) == Refund(
        order="17", amount=5
    )


class Odd(BaseModel):
    """Its defaults are not what they are annotated to be, which pydantic lets be."""

    at_most: float = "no limit"  # type: ignore[assignment]  # see above
    at_least: float | None = b"none"  # type: ignore[assignment]  # see above


def test_a_default_may_be_anything() -> None:
    assert reader(Odd, repair=False).read("{}").value == Odd()


# -- what cannot be read

UNREADABLE: dict[str, tuple[Any, str, str]] = {
    "no JSON": (Refund, f"Of course! {SECRET}", "no JSON"),
    "half of it": (Refund, f'{{"order": "{SECRET}', "no JSON"),
    "nothing": (Refund, "", "no JSON"),
    "another shape": (Refund, f'["{SECRET}"]', "the reply: Input should be"),
    "a field too few": (Refund, f'{{"order": "{SECRET}"}}', "amount: Field required"),
    "a wrong type": (Refund, f'{{"order": "a", "amount": "{SECRET}"}}', "amount: Input should be"),
    "out of range": (Refund, '{"order": "a", "amount": -4711}', "amount: Input should be greater"),
    "deep inside": (
        Cart,
        f'{{"refunds": [{{"order": "a", "amount": 1}}, {{"order": "{SECRET}"}}]}}',
        "refunds[1].amount: Field required",
    ),
    "no such literal": (Literal["yes", "no"], f'"{SECRET}"', "the reply: Input should be 'yes'"),
    "none of a union": (Refund | Point, f'"{SECRET}"', "Input should be"),
    "a field too many, of any value": (Point, f'{{"x": "{SECRET}"}}', "y: Field required"),
    "a validator that raises KeyError": (Fussy, f'{{"order": "{SECRET}"}}', "could not be read"),
    "a validator that raises ValueError": (Strict, f'{{"order": "{SECRET}"}}', "order:"),
    "a key that is the secret": (Cart, f'{{"by_name": {{"{SECRET}": 1}}}}', "by_name"),
    "no such tag": (Pet, f'{{"kind": "{SECRET}"}}', "the reply: Input tag"),
    "no such field": (Closed, f'{{"{SECRET}": 1}}', "Extra inputs are not permitted"),
    "a lone surrogate": (Refund, '{"order": "\ud800", "amount": 1}', ""),
    "a great depth": (Cart, 5000 * "[", ""),
}
every_unreadable = pytest.mark.parametrize("name", UNREADABLE)


@every_unreadable
def test_what_cannot_be_read_is_unreadable_and_says_where(name: str) -> None:
    returns, text, said = UNREADABLE[name]
    with pytest.raises(Unreadable) as caught:
        reader(returns, repair=False).read(text)
    assert said in str(caught.value)


@every_unreadable
def test_what_cannot_be_read_is_not_quoted(name: str) -> None:
    returns, text, _ = UNREADABLE[name]
    with pytest.raises(Unreadable) as caught:
        reader(returns, repair=False).read(text)
    assert SECRET not in str(caught.value)
    assert "4711" not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__ or caught.value.__context__ is None


def test_many_mistakes_are_cut_short() -> None:
    with pytest.raises(Unreadable, match=r"and 7 more$") as caught:
        reader(list[int], repair=False).read(json.dumps(12 * ["a"]))
    assert str(caught.value).count(";") == 5


@given(st.text())
def test_any_text_is_read_or_unreadable(text: str) -> None:
    try:
        value = reader(Refund, repair=False).read(text).value
    except Unreadable:
        return
    assert isinstance(value, Refund)


# -- what a function returned in place of text


@pytest.mark.parametrize("value", [{"order": SECRET}, [SECRET], {}, {"order": 1, "amount": SECRET}])
def test_a_dict_or_list_of_the_wrong_shape_is_unreadable(value: object) -> None:
    """It comes from a model, which can be asked again."""
    with pytest.raises(Unreadable) as caught:
        reader(Refund, repair=False).take(value)
    assert SECRET not in str(caught.value)


@pytest.mark.parametrize("value", [None, 5, b"bytes", Point(1, 2), SECRET, object(), (1, 2)])
def test_a_value_of_another_type_is_a_type_error(value: object) -> None:
    """It comes from the code of the app, which must be mended."""
    with pytest.raises(TypeError, match="returns=") as caught:
        reader(Refund, repair=False).take(value)
    assert SECRET not in str(caught.value)
    assert caught.value.__cause__ is None


@pytest.mark.parametrize("value", [None, 5, {"a": 1}, ["a"], Point(1, 2)])
def test_without_a_type_only_text_is_taken(value: object) -> None:
    with pytest.raises(TypeError, match="give guard"):
        TEXT.take(value)


@given(st.text())
def test_text_reads_as_itself(text: str) -> None:
    assert TEXT.read(text) == Read(text)
    assert TEXT.tree(text) == text


# -- the text that rules look at


def test_a_tree_holds_dicts_lists_and_strings() -> None:
    cart = Cart(refunds=[Refund(order="17", amount=5)])
    tree = {"refunds": [{"order": "17", "amount": 5.0}], "by_name": {}}
    assert reader(Cart, repair=False).tree(cart) == tree


def test_what_need_not_be_escaped_is_not() -> None:
    """A rule that looks for é must find it."""
    assert as_json({"é": "ü — 日"}) == '{"é":"ü — 日"}'


@given(st.text())
def test_every_text_stands_in_its_json_or_is_escaped(text: str) -> None:
    assert json.loads(as_json([text])) == [text]


def test_a_reader_of_text_prints_as_its_name() -> None:
    assert repr(TEXT) == "TEXT"
