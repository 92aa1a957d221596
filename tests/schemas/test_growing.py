"""Values that are read while their JSON arrives."""

from __future__ import annotations

import dataclasses
import datetime
import enum
import gzip
import itertools
import json
import pickle
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import (
    AfterValidator,
    AliasChoices,
    AliasPath,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PrivateAttr,
    RootModel,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic.dataclasses import dataclass as pydantic_dataclass
from typing_extensions import TypedDict

from guardrails_lib._schema import MISSING, Unreadable, Wrong
from guardrails_lib.schemas.growing.growing import Growing
from guardrails_lib.schemas.growing.model_shapes import shape_of
from guardrails_lib.schemas.growing.shapes import Shape, shape_of_schema
from guardrails_lib.schemas.json_schema import JsonSchema
from guardrails_lib.schemas.typed import Typed, wrongs


class Kind(enum.Enum):
    NEW = "new"
    USED = "used"


class Line(BaseModel):
    sku: str = Field(max_length=9)
    count: Annotated[int, Field(gt=0)] = 1


class Order(BaseModel):
    model_config = ConfigDict(populate_by_name=True)

    name: str
    when: datetime.date | None = None
    kind: Kind = Kind.NEW
    mode: Literal["a", "b"] = "a"
    lines: list[Line] = []
    tags: dict[str, str] = {}
    pair: tuple[int, str] | None = None
    either: int | str = 0
    note: str | None = Field(default=None, alias="remark")
    price: float = 0
    inner: Order | None = None


@dataclasses.dataclass
class Point:
    x: int
    y: list[int]


class Entry(TypedDict, total=False):
    title: str
    point: Point


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    names: set[str]
    entry: Entry
    rows: list[tuple[int, ...]]


class Outcome(NamedTuple):
    """What became of a text: where the problem is, counted from its beginning."""

    at: int | None
    wrong: tuple[Wrong, ...]
    broken: bool
    closed: bool
    value: object


def found_shape(returns: Any) -> Shape | None:
    typed: Typed[Any] = Typed(returns)
    return shape_of(
        typed.adapter.core_schema, lambda problem, text: wrongs(problem, text, typed.own_words)
    )


def shape(returns: Any) -> Shape:
    found = found_shape(returns)
    assert found is not None
    return found


def fed(growing: Growing, pieces: Iterable[str]) -> Outcome:
    past = 0
    at = None
    for piece in pieces:
        place = growing.feed(piece)
        if place is not None:
            at = past + place
            break
        past += len(piece)
    wrong = growing.problem.wrong if growing.problem else ()
    return Outcome(at, wrong, growing.broken, growing.closed, growing.value())


def value(returns: Any, text: str, **how: Any) -> Any:
    growing = Growing(shape(returns), **how)
    assert growing.feed(text) is None
    return growing.value()


def problem(returns: Any, text: str) -> tuple[str, str] | None:
    """The text up to where a problem was seen, and what it says."""
    growing = Growing(shape(returns))
    at = growing.feed(text)
    if at is None:
        assert growing.problem is None
        return None
    assert growing.problem is not None
    return text[:at], str(growing.problem)


class TestWhatIsThere:
    def test_nothing_is_there_before_the_bracket(self) -> None:
        growing = Growing(shape(Order))
        assert growing.value() is MISSING
        growing.feed(" \n")
        assert growing.value() is MISSING

    def test_an_open_model_has_the_fields_that_are_there(self) -> None:
        order = value(Order, '{"name": "Ada", "kind": "used", "price": 2')
        assert isinstance(order, Order)
        assert order.model_fields_set == {"name", "kind"}
        assert order.kind is Kind.USED
        with pytest.raises(AttributeError):
            _ = order.price

    def test_a_default_is_not_guessed(self) -> None:
        with pytest.raises(AttributeError):
            _ = value(Order, '{"name": "Ada"').mode

    def test_an_open_model_can_be_printed_compared_dumped_and_copied(self) -> None:
        order = value(Order, '{"name": "Ada", "lines": [{"sku": "x"')
        assert repr(order) == "Order(name='Ada', lines=[Line(sku='x')])"
        assert order == value(Order, '{"name": "Ada", "lines": [{"sku": "x')
        assert order.model_dump(exclude_unset=True) == {"name": "Ada", "lines": [{"sku": "x"}]}
        assert order.model_copy() == order
        assert pickle.loads(pickle.dumps(order)) == order

    def test_a_model_that_closes_has_its_defaults(self) -> None:
        order = value(Order, '{"inner": {"name": "Ada"}')
        assert order.inner == Order.model_validate({"name": "Ada"})
        assert order.inner.mode == "a"

    def test_an_open_string_grows(self) -> None:
        assert value(Order, '{"name": "Ad').name == "Ad"
        assert value(Order, '{"name": "').name == ""

    def test_a_string_that_must_be_one_of_a_few_does_not(self) -> None:
        for field in ("kind", "mode", "when", "either"):
            assert not value(Order, f'{{"{field}": "ne').model_fields_set

    def test_a_key_is_no_value(self) -> None:
        assert value(dict[str, str], '{"a": "b", "c').keys() == {"a"}

    def test_an_optional_model_opens(self) -> None:
        assert value(Order, '{"inner": {"name": "A').inner.name == "A"

    def test_null_is_a_value(self) -> None:
        assert value(Order, '{"inner": null, "remark": null}').model_dump(exclude_unset=True) == {
            "inner": None,
            "note": None,
        }

    def test_a_field_is_read_by_its_alias_or_by_its_name(self) -> None:
        assert value(Order, '{"remark": "a').note == "a"
        assert value(Order, '{"note": "a').note == "a"

    def test_the_alias_stands_in_place_of_the_name(self) -> None:
        assert value(Order, '{"remark": "a", "note": "b"').note == "a"
        assert value(Order, '{"note": "b", "remark": "a"').note == "a"
        assert problem(Order, '{"note": 1, "remark": "a"}') is None

    def test_a_list_a_dict_a_dataclass_and_a_typed_dict_grow(self) -> None:
        assert value(list[int], "[1, 2") == [1]
        assert value(dict[str, list[str]], '{"a": ["b", "c') == {"a": ["b", "c"]}
        entry = value(Entry, '{"title": "t", "point": {"x": 1, "y": [2, 3')
        assert entry["title"] == "t"
        assert (entry["point"].x, entry["point"].y) == (1, [2])
        assert not hasattr(value(Point, '{"x": 1'), "y")

    def test_a_tuple_grows_and_a_set_does_not(self) -> None:
        assert value(tuple[int, str], '[1, "a') == (1, "a")
        assert value(tuple[int, ...], "[1, 2,") == (1, 2)
        assert value(set[int], "[1, 2,") is MISSING
        assert value(Strict, '{"names": ["a"').model_fields_set == set()
        assert value(Strict, '{"names": ["a"]').names == {"a"}

    def test_a_dict_whose_keys_are_no_strings_waits(self) -> None:
        assert value(dict[str, dict[int, str]], '{"a": {"1": "x"') == {}
        assert value(dict[str, dict[int, str]], '{"a": {"1": "x"}') == {"a": {1: "x"}}

    def test_a_slotted_frozen_dataclass_grows(self) -> None:
        @pydantic_dataclass(frozen=True, slots=True)
        class Cut:
            a: int
            b: int

        cut = value(Cut, '{"a": 1, ')
        assert cut.a == 1
        assert not hasattr(cut, "b")

    def test_a_type_that_holds_itself_grows(self) -> None:
        text = '{"inner": ' * 50 + '{"name": "x'
        order = value(Order, text)
        for _ in range(50):
            order = order.inner
        assert order.name == "x"

    def test_extra_keys_are_left_out_or_shown_when_they_close(self) -> None:
        class Open(BaseModel):
            model_config = ConfigDict(extra="allow")
            a: int = Field(alias="A")

        assert value(Order, '{"more": {"a": [1, "b"]}, "name": "n').model_fields_set == {"name"}
        shown = value(Open, '{"A": 1, "a": 2, "b": {"c": [1]}, "d": "e')
        assert shown.a == 1
        assert shown.model_extra == {"b": {"c": [1]}}

    def test_private_attributes_are_absent_too(self) -> None:
        class Secretive(BaseModel):
            a: int
            b: int
            _count: int = PrivateAttr(default=3)

        with pytest.raises(AttributeError):
            _ = value(Secretive, '{"a": 1, ')._count

    def test_what_was_given_out_does_not_change(self) -> None:
        growing = Growing(shape(Order))
        given = []
        for character in '{"lines": [{"sku": "ab"}, {"sku": "c"}], "tags": {"a": "b"}}':
            growing.feed(character)
            given.append((growing.value(), repr(growing.value())))
        assert all(repr(shown) == said for shown, said in given)

    @pytest.mark.parametrize(
        "returns",
        [int, str, Literal["a"], int | str, Line | Point, Kind, RootModel[list[int]], Any],
    )
    def test_some_types_have_no_shape(self, returns: Any) -> None:
        assert found_shape(returns) is None

    def test_the_other_bracket_shows_nothing(self) -> None:
        assert value(Order, '[{"name": "a"') is MISSING
        assert value(Order, '{"lines": {"sku": "a"').model_fields_set == set()


class TestOpenStrings:
    def test_escapes_are_decoded(self) -> None:
        assert value(Order, r'{"name": "a\n\"b\u20ac').name == 'a\n"b€'

    @pytest.mark.parametrize("begun", ["\\", "\\u", "\\u2", "\\u20a", "\\ud83d", "\\ud83d\\ude0"])
    def test_one_that_is_not_complete_is_held_back(self, begun: str) -> None:
        assert value(Order, f'{{"name": "ab{begun}').name == "ab"

    def test_a_pair_is_one_character(self) -> None:
        assert value(Order, r'{"name": "\ud83d\ude00').name == "\U0001f600"

    def test_one_that_is_to_be_altered_is_not_shown(self) -> None:
        class Stripped(BaseModel):
            model_config = ConfigDict(str_strip_whitespace=True)
            a: str

        assert not value(Stripped, '{"a": " b').model_fields_set
        assert value(Stripped, '{"a": " b "').a == "b"

    def test_what_was_redacted_is_put_back(self) -> None:
        def restored(text: str) -> str:
            return text.replace("[NAME]", 'A \\"d\\" a')

        growing = Growing(shape(Order), restored=restored)
        seen: list[Any] = []
        for piece in ('{"name": "by ', "[NAME]", ', B", "tags": {"[NAME]": "[NAME]"}'):
            assert growing.feed(piece) is None
            seen.append(growing.value())
        assert [each.name for each in seen] == ["by ", 'by A "d" a', 'by A "d" a, B']
        assert seen[-1].tags == {'A "d" a': 'A "d" a'}


class TestProblems:
    @pytest.mark.parametrize(
        ("text", "at", "said"),
        [
            ('{"name": 17 , "lines"', '{"name": 17 ', "name: Input should be a valid string"),
            ('{"lines": [{"count": 0}]', '{"lines": [{"count": 0}', "lines[0].count: Input"),
            ('{"lines": [{}]', '{"lines": [{}', "lines[0].sku: Field required"),
            ('{"mode": "c",', '{"mode": "c"', "mode: Input should be 'a' or 'b'"),
            ('{"pair": [1, 2]', '{"pair": [1, 2]', "pair[1]: Input should be a valid string"),
            ('{"tags": {"k": 1}', '{"tags": {"k": 1}', "tags.(...): Input should be"),
            ('{"inner": [1] }', '{"inner": [1]', "inner: Input should be an object"),
            (
                '{"name": "a", "name": 1',
                '{"name": "a", "name"',
                "the reply: an object has the same",
            ),
            ('{"x": [{"a": 1, "\\u0061"', '{"x": [{"a": 1, "\\u0061"', "(...)[0]: an object has"),
            ('{"price": NaN }', '{"price": NaN ', "price: NaN and Infinity are no numbers"),
            ('{"x": [-Infinity]', '{"x": [-Infinity]', "(...)[0]: NaN and Infinity are no"),
            ('{"price": 1e999,', '{"price": 1e999,', "price: a number is too large"),
        ],
    )
    def test_it_is_seen_where_the_part_has_closed(self, text: str, at: str, said: str) -> None:
        found = problem(Order, text)
        assert found is not None
        assert found[0] == at
        assert found[1].startswith(said)

    def test_a_key_that_may_not_be_is_one(self) -> None:
        assert problem(Strict, '{"more": 1') == (
            '{"more"',
            "(...): Extra inputs are not permitted",
        )

    def test_what_the_reply_says_is_not_quoted(self) -> None:
        for text in (
            '{"when": "hunter22"',
            '{"lines": [{"hunter22": 1}]',
            '{"tags": {"hunter22": 1}',
        ):
            found = problem(Order, text)
            assert found is not None
            assert "hunter22" not in found[1]

    def test_it_is_the_last_word(self) -> None:
        growing = Growing(shape(Order))
        growing.feed('{"name": 1,')
        assert growing.feed('"name": 2') is None
        assert growing.problem is not None
        assert len(growing.problem.wrong) == 1

    def test_nested_too_deep_is_one(self) -> None:
        deep = '{"x": ' + "[" * 20_000
        found = problem(Order, deep)
        assert found is not None
        assert "deep" in found[1]
        assert problem(Order, '{"x": ' + "[" * 200) is None

    def test_it_says_where_it_stands(self) -> None:
        growing = Growing(shape(Order))
        growing.feed('{"inner": {"lines": [{"sku": "a"}, {"count": "x"')
        assert growing.problem is not None
        assert growing.problem.wrong[0].path == ("inner", "lines", 1, "count")


class TestBroken:
    @pytest.mark.parametrize(
        "text",
        [
            "[}",
            '{"a" 1',
            '{"a":,',
            "{a",
            '{"a": 01,',
            '{"a": tru,',
            '{"a": 1 2',
            '{"a": "\t"',
            '{"a": "\\q"',
            '{"name": "\\ud800"',
            '{"tags": {,',
            '{"a": 1,}',
            "[1,]",
            "x",
            '"a"',
        ],
    )
    def test_what_is_no_json_is_no_problem_of_the_value(self, text: str) -> None:
        growing = Growing(shape(Order))
        assert growing.feed(text) is None
        assert growing.problem is None
        assert growing.broken
        assert growing.feed('{"name": 1}') is None

    def test_what_was_there_stays(self) -> None:
        assert value(Order, '{"name": "a", "kind" "new"') == value(Order, '{"name": "a"')

    def test_what_follows_the_value_is_not_looked_at(self) -> None:
        growing = Growing(shape(Order))
        assert growing.feed('{"name": "a"} } and more') is None
        assert growing.closed
        assert not growing.broken
        assert growing.value() == value(Order, '{"name": "a"')


class TestLeftToTheEnd:
    """What a part cannot be refused for: another place, or nobody, can tell."""

    def test_a_validator_that_asks_for_other_fields(self) -> None:
        class Both(BaseModel):
            a: int
            b: int = 0

            @field_validator("b")
            @classmethod
            def _fits(cls, b: int, info: ValidationInfo) -> int:
                if b != info.data["a"]:
                    raise ValueError("it is another")
                return b

        assert problem(Both, '{"b": 2, "a": 1}') is None
        assert problem(list[Both], '[{"a": 1, "b": 2}') is not None

    def test_a_model_that_is_looked_at_before_it_is_read(self) -> None:
        class Early(BaseModel):
            a: int

            @model_validator(mode="before")
            @classmethod
            def _anything(cls, _: object) -> object:
                return {"a": 1}

        assert found_shape(Early) is None
        assert problem(list[Early], '[{"a": "x"}') is None
        assert value(list[Early], '[{"a": "x"}') == [Early(a=1)]

    def test_a_model_that_is_looked_at_when_it_is_made(self) -> None:
        class Late(BaseModel):
            a: int
            b: int

            @model_validator(mode="after")
            def _ordered(self) -> Late:
                if self.a > self.b:
                    raise ValueError("not in order")
                return self

        assert value(Late, '{"a": 2, "b": 1').a == 2
        assert problem(Late, '{"a": "x",') is not None
        assert problem(Late, '{"a": 2, "b": 1}') is None
        assert problem(list[Late], '[{"a": 2, "b": 1}') is not None

    def test_a_validator_that_breaks(self) -> None:
        def breaks(_: object) -> object:
            raise RuntimeError("the application's")

        class Broken(BaseModel):
            a: Annotated[int, BeforeValidator(breaks)]
            b: int

        assert problem(Broken, '{"a": 1, "b": 2}') is None
        assert value(Broken, '{"a": 1, "b": 2').model_fields_set == set()
        assert value(Broken, '{"a": 1, "b": 2,').model_fields_set == {"b"}

    def test_a_list_of_what_nobody_can_tell(self) -> None:
        def breaks(_: object) -> object:
            raise RuntimeError("the application's")

        assert value(dict[str, list[Annotated[int, BeforeValidator(breaks)]]], '{"a": [1, 2]') == {}

    def test_a_field_that_is_altered_afterwards_is_shown_when_it_has_closed(self) -> None:
        class Sorted(BaseModel):
            a: Annotated[list[int], AfterValidator(sorted)]

        assert value(Sorted, '{"a": [2, 1').model_fields_set == set()
        assert value(Sorted, '{"a": [2, 1]').a == [1, 2]

    def test_one_of_several_keys(self) -> None:
        class Chosen(BaseModel):
            a: int = Field(validation_alias=AliasChoices("first", "second", AliasPath("deep", 0)))

        assert problem(Chosen, '{"second": "x", "deep": "y"}') is None
        assert problem(Chosen, '{"first": "x",') is not None
        assert value(Chosen, '{"second": 2,').a == 2

    def test_an_item_that_is_dropped_if_it_does_not_fit(self) -> None:
        from pydantic_core import core_schema

        class Dropped:
            @classmethod
            def __get_pydantic_core_schema__(cls, *_: object) -> core_schema.CoreSchema:
                return core_schema.with_default_schema(core_schema.int_schema(), on_error="omit")

        assert problem(list[Dropped], '[1, "x", 2]') is None

    def test_a_default_in_place_of_what_does_not_fit(self) -> None:
        from pydantic_core import core_schema

        class Lenient:
            @classmethod
            def __get_pydantic_core_schema__(cls, *_: object) -> core_schema.CoreSchema:
                inner = core_schema.list_schema(core_schema.int_schema())
                return core_schema.with_default_schema(inner, default=[], on_error="default")

        assert problem(list[Lenient], '[["x"]') is None
        assert value(list[Lenient], '[["x"]') == [[]]

    def test_fields_of_a_dataclass_that_are_not_read(self) -> None:
        @dataclasses.dataclass
        class Made:
            a: int
            b: int = dataclasses.field(init=False, default=3)

        assert problem(Made, '{"b": "x", "a": 1}') is None


class TestJsonSchemas:
    SCHEMA = JsonSchema(
        {
            "type": "object",
            "properties": {
                "name": {"type": "string", "maxLength": 3},
                "rows": {"type": "array", "items": {"$ref": "#/$defs/row"}, "maxItems": 2},
                "mode": {"enum": ["a", "b"]},
            },
            "additionalProperties": {"type": "integer"},
            "$defs": {
                "row": {
                    "type": ["object", "null"],
                    "required": ["n"],
                    "properties": {"n": {"type": "integer"}},
                }
            },
        }
    )

    def grown(self, text: str) -> Growing:
        shape = shape_of_schema(self.SCHEMA)
        assert shape is not None
        growing = Growing(shape)
        growing.feed(text)
        return growing

    def test_a_value_grows(self) -> None:
        growing = self.grown('{"name": "a", "rows": [{"n": 1}, null, {"n": 2, "more": {"a": [1]}')
        assert growing.value() == {
            "name": "a",
            "rows": [{"n": 1}, None, {"n": 2, "more": {"a": [1]}}],
        }
        assert self.grown('{"name": "a').value() == {"name": "a"}
        assert self.grown('{"mode": "a').value() == {}

    @pytest.mark.parametrize(
        ("text", "path"),
        [
            ('{"name": "abcd"', ("name",)),
            ('{"rows": [{"n": "x"', ("rows", 0, "n")),
            ('{"rows": [{}', ("rows", 0, "n")),
            ('{"rows": [null, null, null]', ("rows",)),
            ('{"mode": "c"', ("mode",)),
            ('{"other": "c"', ("(...)",)),
        ],
    )
    def test_what_closes_and_does_not_fit_is_a_problem(
        self, text: str, path: tuple[str | int, ...]
    ) -> None:
        growing = self.grown(text)
        assert growing.problem is not None
        assert growing.problem.wrong[0].path == path

    @pytest.mark.parametrize(
        "schema", [True, {}, {"type": ["object", "array"]}, {"type": "string"}]
    )
    def test_one_that_does_not_say_has_no_shape(self, schema: Any) -> None:
        assert shape_of_schema(JsonSchema(schema)) is None


def written(tree: object, indent: int | None, ascii_alone: bool) -> str:
    return json.dumps(tree, indent=indent, ensure_ascii=ascii_alone)


SCALARS = st.one_of(
    st.text('ab"\\€\U0001f600\n2-0', max_size=12),
    st.integers(-3, 3),
    st.floats(-2, 2),
    st.sampled_from([None, True, "new", "2020-01-01", 10**20, "a"]),
)
TREES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from(["x", "y", "name", "sku", "title"]), inner, max_size=3),
    ),
    max_leaves=6,
)
LINES = st.fixed_dictionaries({}, optional={"sku": st.text("ab\n€", max_size=10), "count": SCALARS})
POINTS = st.fixed_dictionaries({"x": SCALARS, "y": st.lists(st.integers(0, 9), max_size=3)})
FIELDS: dict[str, st.SearchStrategy[Any]] = {
    "name": st.text(max_size=8),
    "when": st.sampled_from(["2020-01-01", None, "soon"]),
    "kind": st.sampled_from(["new", "used", "old"]),
    "lines": st.lists(LINES, max_size=3),
    "tags": st.dictionaries(st.text(max_size=3), st.text(max_size=5), max_size=3),
    "pair": st.tuples(st.integers(), st.text(max_size=3)),
    "either": SCALARS,
    "remark": st.one_of(st.none(), st.text(max_size=5)),
    "note": SCALARS,
    "price": st.floats(0, 9),
    "more": TREES,
    "inner": st.fixed_dictionaries({"name": st.text(max_size=5)}, optional={"lines": TREES}),
}
ORDERS = st.fixed_dictionaries({}, optional=FIELDS)
STRICTS = st.fixed_dictionaries(
    {},
    optional={
        "names": st.lists(SCALARS, max_size=3),
        "entry": st.fixed_dictionaries({}, optional={"title": SCALARS, "point": POINTS}),
        "rows": st.lists(st.lists(st.integers(0, 9), max_size=3), max_size=3),
        "other": SCALARS,
    },
)
TABLES = st.fixed_dictionaries(
    {},
    optional={
        "name": st.text(max_size=4),
        "rows": st.lists(st.one_of(st.none(), st.fixed_dictionaries({"n": SCALARS})), max_size=3),
        "mode": st.sampled_from(["a", "b", "c"]),
        "other": SCALARS,
    },
)
SHAPES: dict[Any, tuple[Typed[Any], Shape]] = {
    Order: (Typed(Order), shape(Order)),
    Strict: (Typed(Strict), shape(Strict)),
}


@st.composite
def texts(draw: st.DrawFn) -> tuple[Any, str]:
    """JSON of something like an order or a strict one, at times with characters changed."""
    returns, trees = draw(st.sampled_from([(Order, ORDERS), (Strict, STRICTS)]))
    tree = draw(trees)
    text = written(tree, draw(st.sampled_from([None, 1])), draw(st.booleans()))
    for _ in range(draw(st.sampled_from([0, 0, 1, 2]))):
        at = draw(st.integers(0, len(text)))
        new = draw(st.sampled_from(['"', "\\", "{", "}", "[", "]", ",", ":", "1", "a", " ", ""]))
        text = text[:at] + new + text[at + draw(st.integers(0, 2)) :]
    return returns, text


def pieces(text: str, cuts: Iterable[int]) -> Iterator[str]:
    before = 0
    for each in [*sorted(cut % (len(text) + 1) for cut in cuts), len(text)]:
        yield text[before:each]
        before = each


class TestLaws:
    @given(texts(), st.lists(st.integers(0, 10_000), max_size=12))
    def test_how_a_text_is_cut_changes_nothing(
        self, case: tuple[Any, str], cuts: list[int]
    ) -> None:
        returns, text = case
        grown = SHAPES[returns][1]
        one, other = Growing(grown), Growing(grown)
        past = 0
        for piece in pieces(text, cuts):
            place = one.feed(piece)
            single = fed(other, piece)
            assert (single.at, single.broken, single.closed) == (place, one.broken, one.closed)
            assert held(one.value()) == held(single.value)
            if place is not None:
                assert one.problem is not None
                assert one.problem.wrong == single.wrong
                return
            past += len(piece)

    @given(texts())
    def test_what_is_refused_early_is_refused_at_the_end(self, case: tuple[Any, str]) -> None:
        returns, text = case
        typed, grown = SHAPES[returns]
        growing = Growing(grown)
        if growing.feed(text) is not None or growing.broken:
            with pytest.raises(Unreadable):
                typed.fit(text)

    @given(texts())
    def test_what_is_accepted_was_shown(self, case: tuple[Any, str]) -> None:
        returns, text = case
        typed, grown = SHAPES[returns]
        try:
            whole = typed.fit(text)
        except Unreadable:
            return
        if {"note", "remark"} <= json.loads(text).keys():
            return  # one stands in place of the other, which was shown
        shown: Any = MISSING
        growing = Growing(grown)
        for character in text:
            assert growing.feed(character) is None
            shown = growing.value()
            assert shown is MISSING or begins(shown, whole)
        assert growing.closed
        assert shown.model_dump(exclude_unset=True) == whole.model_dump(exclude_unset=True)

    @given(TABLES, st.lists(st.integers(0, 10_000), max_size=8))
    def test_a_json_schema_decides_alike(self, tree: dict[str, object], cuts: list[int]) -> None:
        text = json.dumps(tree)
        grown = shape_of_schema(TestJsonSchemas.SCHEMA)
        assert grown is not None
        one = fed(Growing(grown), pieces(text, cuts))
        assert one == fed(Growing(grown), text)
        if one.at is not None:
            assert not TestJsonSchemas.SCHEMA.fits(json.loads(text))
        else:
            assert one.value == json.loads(text)


def held(shown: Any) -> object:
    """What there is of a value: a dataclass of which fields are absent is not equal to itself."""
    if isinstance(shown, BaseModel | Point):
        return type(shown), held(vars(shown))
    if isinstance(shown, dict):
        return {key: held(each) for key, each in shown.items()}
    if isinstance(shown, list | tuple):
        return [held(each) for each in shown]
    return shown


def begins(part: Any, whole: Any) -> bool:
    """Whether *part* is what *whole* may have been while it arrived."""
    if isinstance(part, BaseModel | Point):
        return type(part) is type(whole) and begins(vars(part), vars(whole))
    if isinstance(part, dict):
        return all(key in whole and begins(each, whole[key]) for key, each in part.items())
    if isinstance(part, list | tuple):
        firsts = zip(part, whole, strict=False)
        return len(part) <= len(whole) and all(begins(one, other) for one, other in firsts)
    if isinstance(part, str):
        return isinstance(whole, str) and whole.startswith(part)
    return bool(part == whole)


def test_a_shape_is_shared_between_threads() -> None:
    shared = shape(Order)
    text = written({"name": "a", "lines": [{"sku": "b"}] * 20}, None, True)

    def read(_: int) -> object:
        growing = Growing(shared)
        for character in text:
            growing.feed(character)
        return growing.value()

    with ThreadPoolExecutor(8) as pool:
        assert len({repr(each) for each in pool.map(read, range(40))}) == 1


WORLD = Path(__file__).parents[2] / ".." / "shared" / "data" / "schema_maskbench_dev"


@pytest.mark.skipif(not WORLD.is_dir(), reason="../shared/data is not there")
def test_schemas_of_the_world_refuse_nothing_early_that_fits() -> None:
    wrong = []
    refused = early = 0
    for path in sorted(WORLD.glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in itertools.islice(lines, 0, None, 12):
                row = json.loads(line)
                grown = shape_of_schema(JsonSchema(row["schema"]))
                if grown is None:
                    continue
                for case in row["tests"]:
                    text = json.dumps(case["data"])
                    found = fed(Growing(grown), pieces(text, range(0, len(text), 7)))
                    refused += not case["valid"]
                    early += found.at is not None and not case["valid"]
                    if case["valid"] and (found.at is not None or found.value != case["data"]):
                        wrong.append((row["id"], text))
    assert wrong == []
    assert early > refused * 0.8
