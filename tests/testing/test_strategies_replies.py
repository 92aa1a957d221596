"""Replies that hold what was asked for, and those that do not: a guard tells them apart."""

from __future__ import annotations

import datetime
import enum
import ipaddress
import json
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, Literal, TypeVar

import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st
from hypothesis.errors import FailedHealthCheck, InvalidArgument
from pydantic import UUID4, BaseModel, ConfigDict, Field, TypeAdapter, model_validator
from pydantic_core import core_schema
from typing_extensions import TypedDict

from guardrails_lib import Accepted, Outcome, Policy, guard
from guardrails_lib.schemas.json_schema import JsonSchema
from guardrails_lib.testing.strategies.broken_replies import FAULTS, Broken, broken_replies
from guardrails_lib.testing.strategies.replies import replies, said
from guardrails_lib.testing.strategies.wanted import Wanted

T = TypeVar("T")


class Line(BaseModel):
    sku: Annotated[str, Field(pattern=r"^[A-Z]{3}-\d{4}$")]
    count: Annotated[int, Field(ge=1, le=99)]


class Order(BaseModel):
    model_config = ConfigDict(extra="forbid")

    id: uuid.UUID
    at: datetime.datetime
    total: Decimal
    paid: bool
    lines: Annotated[list[Line], Field(min_length=1, max_length=3)]
    weight: float = 0.0
    note: str | None = None


class Comment(BaseModel):
    text: str
    answers: list[Comment] = []


class Period(BaseModel):
    first: int
    last: int

    @model_validator(mode="after")
    def in_order(self) -> Period:
        if self.last < self.first:
            raise ValueError("the last day is before the first")
        return self


class Mood(enum.Enum):
    GOOD = "good"
    BAD = "bad"


@dataclass
class Point:
    x: float
    y: float


class Address(TypedDict):
    street: str
    number: int


SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {"id": {"type": "integer"}, "tags": {"type": "array", "items": {"enum": ["a"]}}},
    "required": ["id"],
    "additionalProperties": False,
}
TYPES: dict[str, Any] = {
    "model": Order,
    "recursive": Comment,
    "validator": Period,
    "dataclass": Point,
    "typed dict": Address,
    "list": list[int],
    "int": int,
    "bool": bool,
    "enum": Mood,
    "literal": Literal["yes", "no"],
    "union": int | list[str],
    "mapping": dict[str, float],
    "mapping of numbers": dict[int, bool],
    "uuid": UUID4,
    "network": ipaddress.IPv4Network,
    "schema": SCHEMA,
    "schema of texts": {"type": "string", "maxLength": 3},
}

few = settings(max_examples=12, database=None)


def first(strategy: st.SearchStrategy[T], is_one: Callable[[T], bool] = lambda _: True) -> T:
    """The first that there is: it is tried before all others, and is what they shrink to."""
    return find(
        strategy,
        is_one,
        settings=settings(max_examples=2_000, phases=[Phase.generate], database=None),
    )


def reading(returns: Any, *, repair: bool = False) -> Callable[[str], Outcome[Any]]:
    """A guarded model that answers with what it is asked."""

    @guard(Policy(), returns=returns, repair=repair)
    def echo(text: str) -> str:
        return text

    return echo


@pytest.mark.parametrize("name", TYPES)
def test_a_reply_is_accepted_with_the_value_that_was_written(name: str) -> None:
    returns = TYPES[name]
    wanted, read = Wanted(returns), reading(returns)
    trees = wanted.trees(None)

    @few
    @given(st.data())
    def law(data: st.DataObject) -> None:
        tree = data.draw(trees)
        outcome = read(data.draw(said(wanted, tree)))
        assert isinstance(outcome, Accepted)
        assert outcome.findings == ()
        text = json.dumps(tree)
        is_schema = isinstance(returns, dict)
        value = tree if is_schema else TypeAdapter(returns).validate_json(text)
        assert outcome.value == value

    law()


@pytest.mark.parametrize("name", TYPES)
def test_a_broken_reply_is_never_accepted(name: str) -> None:
    read = reading(TYPES[name])

    @few
    @given(broken_replies(TYPES[name]))
    def law(broken: Broken) -> None:
        assert broken.fault in FAULTS
        assert not isinstance(read(broken.text), Accepted)

    law()


@pytest.mark.parametrize("name", TYPES)
def test_what_is_repaired_fits_and_each_repair_is_a_finding(name: str) -> None:
    pytest.importorskip("json_repair")
    wanted = Wanted(TYPES[name])
    known, read = JsonSchema(wanted.schema), reading(TYPES[name], repair=True)

    @few
    @given(broken_replies(TYPES[name]))
    def law(broken: Broken) -> None:
        outcome = read(broken.text)
        if isinstance(outcome, Accepted):
            assert outcome.findings
            assert known.fits(wanted.reader.tree(outcome.value))

    law()


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_can_be_made_alone(fault: str) -> None:
    read = reading(Order)

    @settings(max_examples=8, database=None)
    @given(broken_replies(Order, fault))
    def law(broken: Broken) -> None:
        assert broken.fault == fault
        assert not isinstance(read(broken.text), Accepted)

    law()


@pytest.mark.parametrize(
    ("fault", "text"),
    [
        ("truncated", '"'),
        ("extra_keys", '{"id":0,"note":"more"}'),
        ("missing_keys", "{}"),
        ("duplicate_keys", '{"id":0,"id":0}'),
        ("nan", '{"id":NaN}'),
        ("too_large", '{"id":1e999}'),
        ("trailing_comma", '{"id":0,}'),
        ("unquoted_keys", "{id: 0}"),
        ("single_quotes", "{'id': 0}"),
        ("empty", ""),
        ("wrong_type", "null"),
    ],
)
def test_the_simplest_broken_reply_is_one_that_can_be_read_by_people(fault: str, text: str) -> None:
    returns = Mood if fault == "truncated" else SCHEMA
    assert first(broken_replies(returns, fault)) == Broken(text, fault)


def has(text: str) -> Callable[[str], bool]:
    return lambda reply: text in reply


@pytest.mark.parametrize("text", ["```json\n", "~~~", "<think>", "Here it is: {", "\n  ", "more."])
def test_a_reply_is_written_in_many_ways(text: str) -> None:
    reply = first(replies(Point), has(text))
    assert isinstance(reading(Point)(reply), Accepted)


def test_a_word_of_a_closed_set_may_stand_alone() -> None:
    assert first(replies(Mood), lambda reply: '"' not in reply) in {"good", "bad"}


def test_values_may_be_given_where_a_schema_cannot_say_what_validators_want() -> None:
    days = st.integers(1, 10).map(lambda day: Period(first=day, last=day + 5))
    found = first(replies(Period, values=days))
    assert json.loads(found) == {"first": 1, "last": 6}


class Opaque:
    """A type of the application that pydantic is told how to read, and JSON Schema is not."""

    @classmethod
    def __get_pydantic_core_schema__(cls, *_: object) -> Any:
        return core_schema.no_info_plain_validator_function(int)


def test_values_must_be_given_of_a_type_that_has_no_schema() -> None:
    with pytest.raises(InvalidArgument, match="Opaque has no JSON Schema: give values="):
        replies(Opaque)
    assert first(replies(Opaque, values=st.just(3))) == "3"


class Never(BaseModel):
    number: int

    @model_validator(mode="after")
    def refused(self) -> Never:
        raise ValueError("no")


def test_where_validators_refuse_all_values_the_search_ends() -> None:
    @few
    @given(replies(Never))
    def law(reply: str) -> None: ...

    with pytest.raises(FailedHealthCheck, match=r"nothing that can be read as Never.*values="):
        law()


@pytest.mark.parametrize("fault", ["extra_keys", "duplicate_keys", "trailing_comma", "comments"])
def test_a_fault_that_a_type_cannot_have_is_said_at_once(fault: str) -> None:
    with pytest.raises(InvalidArgument, match=f"no answer of int can have the fault '{fault}'"):
        broken_replies(int, fault)


def test_a_fault_that_is_read_all_the_same_is_said_soon() -> None:
    @few
    @given(broken_replies(Point, "extra_keys"))
    def law(broken: Broken) -> None: ...

    with pytest.raises(FailedHealthCheck, match="are read all the same"):
        law()


def test_there_is_no_such_fault() -> None:
    with pytest.raises(InvalidArgument, match="'cut' is no fault of a reply; there are: truncated"):
        broken_replies(int, "cut")


@pytest.mark.parametrize("make", [replies, broken_replies])
def test_of_text_there_are_no_replies_that_are_good_or_broken(make: Callable[..., Any]) -> None:
    with pytest.raises(InvalidArgument, match="every text is a str"):
        make(str)
