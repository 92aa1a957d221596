"""How many keys of its JSON a value has kept."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from typing import Annotated, Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, TypeAdapter, model_validator
from typing_extensions import TypedDict

from guardrails_lib.schemas.growing.kept_keys import kept_keys


class Leaf(BaseModel):
    kind: Literal["leaf"] = "leaf"
    size: float = 0
    name: str = ""


class Branch(BaseModel):
    kind: Literal["branch"] = "branch"
    on: list[Annotated[Leaf | Branch, Field(discriminator="kind")]] = []
    by_name: dict[str, Leaf] = Field({Leaf().kind: Leaf()}, alias="byName")
    first: Leaf | None = Leaf(size=1)
    pair: tuple[int, Leaf] = (1, Leaf(size=1))
    other: Leaf | int | float = 0
    more: Any = {"a": 1}


class Titled(TypedDict, total=False):
    title: str
    inner: dict[str, int]


@dataclasses.dataclass
class Point:
    x: float
    titled: Titled


LEAVES = st.fixed_dictionaries(
    {"kind": st.just("leaf")}, optional={"size": st.floats(0, 9), "name": st.text(max_size=3)}
)
NAMES = st.sampled_from(["a", "b", "c"])
BRANCHES = st.recursive(
    LEAVES,
    lambda inner: st.fixed_dictionaries(
        {"kind": st.just("branch")},
        optional={
            "on": st.lists(inner, max_size=3),
            "byName": st.dictionaries(NAMES, LEAVES, max_size=2),
            "first": st.one_of(st.none(), LEAVES),
            "pair": st.tuples(st.just(1), LEAVES),
            "other": st.one_of(LEAVES, st.integers(), st.floats(0, 9)),
            "more": st.dictionaries(NAMES, st.lists(st.dictionaries(NAMES, st.integers()))),
            "unknown": st.dictionaries(NAMES, st.integers()),
        },
    ),
    max_leaves=8,
)


def counted(returns: Any, text: str) -> int | None:
    adapter = TypeAdapter(returns)
    count = kept_keys(adapter.core_schema)
    return None if count is None else count(adapter.validate_json(text))


def keys_in(tree: object) -> int:
    if isinstance(tree, Mapping):
        return len(tree) + sum(map(keys_in, tree.values()))
    return sum(map(keys_in, tree)) if isinstance(tree, list | tuple) else 0


def has_unknown(tree: object) -> bool:
    if isinstance(tree, Mapping):
        return "unknown" in tree or any(map(has_unknown, tree.values()))
    return isinstance(tree, list | tuple) and any(map(has_unknown, tree))


@given(st.lists(BRANCHES, max_size=3))
def test_all_are_counted_but_those_that_were_ignored(tree: list[object]) -> None:
    count = counted(list[Leaf | Branch], json.dumps(tree))
    assert count is not None
    assert count <= keys_in(tree)
    assert (count == keys_in(tree)) is not has_unknown(tree)


def test_records_of_other_kinds_are_counted() -> None:
    text = '{"x": 1, "titled": {"title": "a", "inner": {"b": 1, "c": 2}}}'
    assert counted(Point, text) == 6
    assert counted(dict[str, Point], f'{{"p": {text}}}') == 7


class Altered(BaseModel):
    a: Annotated[str, AfterValidator(str.title)]
    b: Annotated[int, Field(gt=0), AfterValidator(abs)] = 1


def test_what_a_function_makes_of_a_text_has_none() -> None:
    assert counted(list[Altered], '[{"a": "x"}, {"a": "y", "b": 2}]') == 3


def test_what_has_no_keys_has_none() -> None:
    assert counted(int, "1") == 0
    assert counted(Literal["a"], '"a"') == 0
    assert counted(list[int | str], '[1, "a"]') == 0


@pytest.mark.parametrize(
    ("returns", "text"),
    [
        (float, "NaN"),
        (list[float], "[1.5, 1e999]"),
        (Leaf, '{"size": -Infinity}'),
        (int | float, "NaN"),
        (dict[str, Any], '{"a": [NaN]}'),
    ],
)
def test_a_number_that_json_cannot_hold_is_told(returns: Any, text: str) -> None:
    count = counted(returns, text)
    assert count is not None
    assert count < 0


class Open(BaseModel):
    model_config = ConfigDict(extra="allow")


class Twice(BaseModel):
    a: int = Field(alias="b")
    c: int = Field(alias="b")


class Wide(BaseModel):
    a: str

    @model_validator(mode="before")
    @classmethod
    def _more(cls, _: object) -> object:
        return {"a": "b"}


class Texts(BaseModel):
    model_config = ConfigDict(coerce_numbers_to_str=True)
    a: str


class Late(BaseModel):
    a: int = 0

    def model_post_init(self, _: object, /) -> None:
        self.a = 1


class Replaced(BaseModel):
    a: list[Altered] = []


@dataclasses.dataclass
class WithDefault:
    a: int = 1


@pytest.mark.parametrize(
    "returns",
    [Open, Twice, Wide, Texts, Late, Replaced, WithDefault, Open | Leaf, list[Leaf] | Leaf],
)
def test_what_may_hold_more_is_not_counted(returns: Any) -> None:
    assert kept_keys(TypeAdapter(returns).core_schema) is None
