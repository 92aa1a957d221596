"""How values are written where they are not written as they are."""

from __future__ import annotations

import json
from typing import Annotated, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, TypeAdapter, ValidationError, field_validator

from guardrails_lib.models.wire import Wire


class Left(BaseModel):
    to: str


class Right(BaseModel):
    to: str


class Order(BaseModel):
    lines: list[Left]
    amount: float = 0


def adapter(source: Any, wire: Wire) -> TypeAdapter[Any]:
    return TypeAdapter(Annotated[source, wire])


CALLS = adapter(list[Left | Right], Wire(tools=(Left, Right)))
TASKS = adapter(list[Left], Wire("tasks"))


@given(st.lists(st.text()))
def test_what_is_written_under_a_key_is_read_back(texts: list[str]) -> None:
    values = [Left(to=text) for text in texts]
    tree = TASKS.dump_python(values, mode="json")
    assert set(tree) == {"tasks"}
    assert TASKS.validate_json(json.dumps(tree)) == values


@given(st.lists(st.tuples(st.sampled_from([Left, Right]), st.text())))
def test_calls_are_read_back_by_their_names(made: list[tuple[Any, str]]) -> None:
    values = [kind(to=text) for kind, text in made]
    tree = CALLS.dump_python(values, mode="json")
    back = CALLS.validate_json(json.dumps(tree))
    assert back == values
    assert [type(each) for each in back] == [type(each) for each in values]


def test_an_instance_is_taken_as_it_is() -> None:
    value = Left(to="a")
    assert TASKS.validate_python([value])[0] is value


def test_an_error_keeps_its_place() -> None:
    with pytest.raises(ValidationError) as raised:
        adapter(Order, Wire()).validate_json('{"lines": [{"to": "a"}, {"to": 1}], "amount": "2"}')
    assert [each["loc"] for each in raised.value.errors()] == [("lines", 1, "to"), ("amount",)]


def test_a_call_of_no_tool_does_not_fit() -> None:
    with pytest.raises(ValidationError):
        CALLS.validate_json('[{"name": "Up", "arguments": {"to": "a"}}]')


def test_strict_is_strict_however_deep() -> None:
    text = '{"lines": [], "amount": "2"}'
    assert adapter(Order, Wire(strict=False)).validate_json(text).amount == 2
    with pytest.raises(ValidationError):
        adapter(list[Order], Wire("tasks")).validate_json(f'{{"tasks": [{text}]}}')


def test_a_validator_that_breaks_breaks_through() -> None:
    class Broken(BaseModel):
        to: str

        @field_validator("to")
        @classmethod
        def fail(cls, to: str) -> str:
            raise RuntimeError

    with pytest.raises(RuntimeError):
        adapter(Broken, Wire()).validate_json('{"to": "a"}')


def test_the_schema_is_that_of_what_is_written() -> None:
    assert adapter(int, Wire("content")).json_schema()["required"] == ["content"]
