"""What a model wants to be run: a tool that is not there, arguments that do not fit."""

from __future__ import annotations

import asyncio
import functools
import json
import pickle
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, Field, field_validator

from guardrails_lib import (
    Accepted,
    Action,
    Blocked,
    Budget,
    Finding,
    Policy,
    PolicyError,
    Reply,
    Request,
    ToolCall,
    block,
    check,
    drop,
    flag,
    guard,
    redact,
    retry,
)
from guardrails_lib.checks import containing, unfit_arguments, unknown_tool

SECRET = "-".join(["sk", "live", "4711"])
"""What the model wrote and must not be quoted."""

SCHEMA = {
    "type": "object",
    "properties": {
        "to": {"type": "string"},
        "sum": {"type": "integer", "minimum": 1},
        "how": {"enum": ["card", "cash"]},
    },
    "required": ["to", "sum"],
}
FITTING: dict[str, object] = {"to": "Ann", "sum": 5, "how": "cash"}


def pay(to: str, sum: int, *, how: Literal["card", "cash"] = "card") -> None:  # noqa: A002  # it is what they pay
    """Pay somebody."""


class Pay(BaseModel):
    model_config = ConfigDict(title="pay")

    to: str
    sum: int
    how: Literal["card", "cash"] = "card"


@dataclass
class Given:
    """A tool of some framework."""

    name: str = "pay"
    args_schema: object = field(default_factory=lambda: SCHEMA)


class Dumped(BaseModel):
    """A tool of some SDK."""

    name: str = "pay"
    input: dict[str, Any] = Field(default=SCHEMA, serialization_alias="inputSchema")


FORMS: dict[str, object] = {
    "chat completions": {"type": "function", "function": {"name": "pay", "parameters": SCHEMA}},
    "responses": {"type": "function", "name": "pay", "parameters": SCHEMA, "strict": True},
    "anthropic": {"name": "pay", "input_schema": SCHEMA},
    "anthropic, custom": {"type": "custom", "name": "pay", "input_schema": SCHEMA},
    "gemini": {
        "function_declarations": [
            {
                "name": "pay",
                "parameters": {
                    "type": "OBJECT",
                    "properties": {
                        "to": {"type": "STRING"},
                        "sum": {"type": "INTEGER"},
                        "how": {"type": "STRING", "enum": ["card", "cash"], "nullable": True},
                    },
                    "required": ["to", "sum"],
                },
            }
        ]
    },
    "mcp": {"name": "pay", "inputSchema": SCHEMA},
    "plain": {"name": "pay", "parameters": SCHEMA},
    "a function": pay,
    "a bound function": functools.partial(pay),
    "a model": Pay,
    "an object": Given(),
    "an object with a model": Given(args_schema=Pay),
    "an object that can be a dict": Dumped(),
}
FORM = pytest.mark.parametrize("tool", FORMS.values(), ids=FORMS)


def kinds(tool: object, arguments: Any, name: str = "pay") -> list[str]:
    """What is found in a call of *tool*, by its kinds."""
    call = ToolCall(name, arguments)
    checks = unknown_tool(tools=[tool]), unfit_arguments(tools=[tool])
    return [finding.kind for each in checks for finding in each(call)]


def told(tool: object, arguments: Any, name: str = "pay") -> list[str]:
    """What is said of the arguments of a call of *tool*."""
    return [each.message for each in unfit_arguments(tools=[tool])(ToolCall(name, arguments))]


# -- every form of a tool


@FORM
def test_a_call_that_fits_is_fine(tool: object) -> None:
    assert kinds(tool, FITTING) == []


@FORM
def test_arguments_may_be_json_text(tool: object) -> None:
    assert kinds(tool, json.dumps(FITTING)) == []


@FORM
def test_a_tool_of_another_name_is_unknown(tool: object) -> None:
    assert kinds(tool, FITTING, "Pay") == ["unknown_tool", "error"]


@FORM
def test_an_argument_that_is_missing_does_not_fit(tool: object) -> None:
    assert kinds(tool, {"to": "Ann"}) == ["arguments"]


@FORM
@pytest.mark.parametrize("wrong", ["5", 5.5, None, [5], True])
def test_an_argument_of_another_type_does_not_fit(tool: object, wrong: object) -> None:
    assert kinds(tool, {"to": "Ann", "sum": wrong}) == ["arguments"]


@FORM
def test_an_argument_that_is_none_of_those_allowed_does_not_fit(tool: object) -> None:
    assert "arguments" in kinds(tool, {**FITTING, "how": "gold"})


@FORM
def test_an_argument_that_it_has_no_name_for_is_unknown(tool: object) -> None:
    assert kinds(tool, {**FITTING, "tip": 1}) == ["unknown_argument"]


@FORM
def test_nothing_that_the_model_wrote_is_told(tool: object) -> None:
    wrongs: list[Any] = [
        {"to": "Ann", "sum": SECRET},
        {"to": "Ann", "sum": 5, "how": SECRET},
        {"to": "Ann", "sum": 5, SECRET: 1},
        {"to": {SECRET: SECRET}, "sum": 5},
        SECRET,
        f'{{"to": "{SECRET}", "to": "{SECRET}"}}',
        f'["{SECRET}"]',
    ]
    for wrong in wrongs:
        said = told(tool, wrong)
        assert said
        assert SECRET not in repr(said)


# -- what a tool is


def names(tool: object) -> set[str]:
    """Which of some names *tool* has."""
    known = unknown_tool(tools=[tool])
    return {name for name in ("a", "b", "search", "google_search") if not [*known(ToolCall(name))]}


def test_a_built_in_is_called_by_its_type_and_its_arguments_are_not_looked_at() -> None:
    assert names({"type": "search"}) == {"search"}
    assert kinds({"type": "search"}, "not even JSON", "search") == []


def test_a_built_in_with_a_name_is_called_by_that() -> None:
    assert names({"type": "search_20250305", "name": "search"}) == {"search"}


def test_a_tool_that_takes_free_text_is_called_by_its_name() -> None:
    assert kinds({"type": "custom", "name": "a"}, "free text", "a") == []
    assert kinds({"type": "custom", "custom": {"name": "a"}}, "free text", "a") == []


def test_the_tools_of_gemini_are_those_declared_and_those_set() -> None:
    declared = {"functionDeclarations": [{"name": "a"}, {"name": "b"}], "google_search": {}}
    assert names(declared) == {"a", "b", "google_search"}


def test_null_is_allowed_where_gemini_says_nullable() -> None:
    assert kinds(FORMS["gemini"], {**FITTING, "how": None}) == []


def test_what_gemini_spells_its_own_way_is_held_to() -> None:
    item = {"type": "STRING", "max_length": 2}
    properties = {"type": {"type": "ARRAY", "items": item, "max_items": 2}}
    schema = {"type": "OBJECT", "properties": properties}
    tool = {"function_declarations": [{"name": "pay", "parameters": schema}]}
    assert kinds(tool, {"type": ["ab", "cd"]}) == []
    assert kinds(tool, {"type": ["abc"]}) == ["arguments"]
    assert kinds(tool, {"type": ["a", "b", "c"]}) == ["arguments"]


@pytest.mark.parametrize(
    "tool", [{"name": "a"}, {"type": "function", "function": {"name": "a"}}, lambda: None]
)
def test_a_function_that_says_nothing_of_parameters_takes_none(tool: Any) -> None:
    name = getattr(tool, "__name__", "a")
    assert kinds(tool, {}, name) == []
    assert kinds(tool, {"x": 1}, name) == ["unknown_argument"]


def test_a_class_without_a_title_is_called_by_its_name() -> None:
    @dataclass
    class Point:
        x: float
        y: float = 0.0

    assert kinds(Point, {"x": 1}, "Point") == []
    assert kinds(Point, {"y": 1, "z": 2}, "Point") == ["arguments", "unknown_argument"]


def test_a_tool_may_be_given_twice() -> None:
    both = unfit_arguments(tools=[pay, {"name": "pay", "parameters": SCHEMA}])
    assert [*both(ToolCall("pay", FITTING))] == []
    assert [each.kind for each in both(ToolCall("pay", {**FITTING, "sum": 0}))] == ["arguments"]


# -- functions


def test_a_function_that_takes_any_name_takes_what_its_annotation_says() -> None:
    def note(text: str, **more: int) -> None: ...

    assert kinds(note, {"text": "x", "a": 1}, "note") == []
    assert told(note, {"text": "x", SECRET: "1"}, "note") == [
        "note: (...): Input should be a valid integer (found text)"
    ]


def test_what_a_partial_has_bound_is_not_the_models_to_give() -> None:
    bound = functools.partial(pay, how="cash")
    assert kinds(bound, {"to": "Ann", "sum": 5}) == []
    assert kinds(bound, FITTING) == ["unknown_argument"]


def test_a_method_takes_what_it_takes_beside_itself() -> None:
    @dataclass
    class Bank:
        def pay(self, to: str) -> None: ...

    assert kinds(Bank().pay, {"to": "Ann"}) == []
    assert kinds(Bank().pay, {"self": 1, "to": "Ann"}) == ["unknown_argument"]


def test_an_object_that_can_be_called_is_called_by_its_class() -> None:
    @dataclass
    class Payer:
        def __call__(self, to: str) -> None: ...

    assert kinds(Payer(), {"to": "Ann"}, "Payer") == []


def test_what_is_in_a_model_is_strict_too() -> None:
    def order(lines: list[Line]) -> None: ...

    assert kinds(order, {"lines": [{"count": 5}]}, "order") == []
    assert told(order, {"lines": [{"count": "5"}]}, "order") == [
        "order: lines[0].count: Input should be a valid integer (found text)"
    ]


def test_a_model_that_holds_itself_is_read() -> None:
    assert kinds(Tree, {"name": "a", "kids": [{"name": "b"}]}, "Tree") == []
    assert kinds(Tree, {"name": "a", "kids": [{}]}, "Tree") == ["arguments"]
    assert kinds(Tree, {"name": "a", "age": 5}, "Tree") == ["unknown_argument"]


class Line(BaseModel):
    count: int


class Tree(BaseModel):
    name: str
    kids: list[Tree] = []


@pytest.mark.parametrize(("extra", "found"), [("allow", []), ("forbid", ["arguments"])])
def test_a_model_that_says_what_else_it_takes_is_taken_at_its_word(
    extra: Any, found: list[str]
) -> None:
    class Note(BaseModel):
        model_config = ConfigDict(extra=extra)

        text: str

    assert kinds(Note, {"text": "x", "more": 1}, "Note") == found


def test_what_a_validator_of_the_application_says_is_not_told() -> None:
    class Mail(BaseModel):
        to: str

        @field_validator("to")
        @classmethod
        def _is_known(cls, value: str) -> str:
            raise ValueError(f"{value[:7]} is unknown")

    assert told(Mail, {"to": SECRET}, "Mail") == ["Mail: to: Value error"]


# -- arguments that a JSON Schema has no name for


def with_schema(**more: object) -> dict[str, object]:
    return {"name": "pay", "parameters": {"properties": {"to": {"type": "string"}}, **more}}


@pytest.mark.parametrize(
    ("more", "found"),
    [
        ({}, ["unknown_argument"]),
        ({"additionalProperties": True}, []),
        ({"additionalProperties": {"type": "integer"}}, []),
        ({"additionalProperties": {"type": "string"}}, ["arguments"]),
        ({"additionalProperties": False}, ["arguments"]),
        ({"unevaluatedProperties": False}, ["arguments"]),
        ({"patternProperties": {"^ti": {"type": "integer"}}}, []),
        ({"patternProperties": {"^ti": {"type": "string"}}}, ["arguments"]),
        ({"patternProperties": {"^x": {}}}, ["unknown_argument"]),
        ({"allOf": [{"properties": {"tip": {"type": "integer"}}}]}, []),
        ({"propertyNames": {"maxLength": 2}}, ["arguments"]),
    ],
)
def test_a_schema_that_says_what_else_there_may_be_is_taken_at_its_word(
    more: dict[str, object], found: list[str]
) -> None:
    assert kinds(with_schema(**more), {"to": "Ann", "tip": 1}) == found


def test_a_schema_without_properties_takes_any_name() -> None:
    assert kinds({"name": "pay", "parameters": {"type": "object"}}, {"tip": 1}) == []


# -- arguments that are none


@pytest.mark.parametrize(
    "text", ["", "null", "[]", '"x"', "{", '{"to": NaN}', "{}{}", "not JSON", '{"a":1,"a":1}']
)
def test_text_that_is_no_json_object_does_not_fit(text: str) -> None:
    assert kinds({"name": "pay", "parameters": {}}, text) == ["arguments"]


NO_JSON = {
    "bytes": b"x",
    "a set": {1, 2},
    "an object": object(),
    "no number": float("nan"),
    "a key that is a number": {1: 2},
    "a key that is nothing": {"a": {None: 1}},
    "half a character": "\ud800",
    "a number that nobody writes": 10**5000,
}


@pytest.mark.parametrize("value", NO_JSON.values(), ids=NO_JSON)
def test_a_mapping_that_json_cannot_hold_does_not_fit(value: object) -> None:
    assert kinds({"name": "pay", "parameters": {}}, {"x": value}) == ["arguments"]


def test_a_mapping_that_holds_itself_does_not_fit() -> None:
    ring: dict[str, object] = {}
    ring["ring"] = ring
    assert kinds({"name": "pay", "parameters": {}}, {"x": ring}) == ["arguments"]


def test_arguments_that_are_nested_too_deep_do_not_fit() -> None:
    deep = "[" * 100_000
    assert kinds({"name": "pay", "parameters": {}}, f'{{"x": {deep}') == ["arguments"]


def test_of_a_thousand_wrong_things_a_few_are_told() -> None:
    def many(items: list[int]) -> None: ...

    said = told(many, {"items": ["x"] * 1000}, "many")
    assert len(said) == 6
    assert said[-1] == "many: and at least 15 more"


@given(st.recursive(st.none() | st.integers() | st.text(), st.lists, max_leaves=5))
def test_text_and_mapping_are_judged_alike(value: object) -> None:
    arguments = {"to": "Ann", "sum": value}
    assert kinds(pay, arguments) == kinds(pay, json.dumps(arguments))


# -- tools that cannot be read

UNREADABLE: dict[str, Any] = {
    "text": "pay",
    "a number": 5,
    "nothing": None,
    "an empty dict": {},
    "a dict without a name": {"parameters": SCHEMA},
    "a schema alone": {"type": "object", "properties": {}},
    "a name that is no text": {"name": 5, "parameters": SCHEMA},
    "a declaration that is none": {"function_declarations": [5]},
    "declarations that are none": {"function_declarations": 5},
}
INVALID: dict[str, Any] = {
    "a schema that is invalid": {"name": "pay", "parameters": {"type": "objekt"}},
    "a schema that is none": {"name": "pay", "parameters": [1]},
    "a schema that holds what is no JSON": {"name": "pay", "parameters": {"enum": {1}}},
}


@pytest.mark.parametrize("tool", [*UNREADABLE.values(), *INVALID.values()])
def test_a_tool_that_cannot_be_read_is_refused_where_the_policy_is_written(tool: object) -> None:
    for make in (unknown_tool, unfit_arguments):
        with pytest.raises(PolicyError, match=r"tools\[1\] cannot be read"):
            make(tools=[pay, tool])


@pytest.mark.parametrize("tool", UNREADABLE.values(), ids=UNREADABLE)
def test_a_tool_of_the_request_that_cannot_be_read_is_an_error(tool: object) -> None:
    call = ToolCall("pay", FITTING, offered=(tool,))
    assert [each.kind for each in unknown_tool()(call)] == ["error", "unknown_tool"]
    assert {each.kind for each in unfit_arguments()(call)} == {"error"}


@pytest.mark.parametrize("tool", INVALID.values(), ids=INVALID)
def test_a_schema_of_the_request_that_is_invalid_is_an_error(tool: object) -> None:
    call = ToolCall("pay", FITTING, offered=(tool,))
    assert [each.kind for each in unfit_arguments()(call)] == ["error"]


def test_an_annotation_that_nothing_can_be_read_into_is_an_error() -> None:
    def odd(context: threading_like) -> None: ...  # type: ignore[name-defined]  # noqa: F821  # so

    call = ToolCall("odd", {"context": 1}, offered=(odd,))
    assert [each.kind for each in unfit_arguments()(call)] == ["error"]


WORDS = [
    *("name", "type", "function", "parameters", "input_schema", "properties", "required"),
    *("function_declarations", "google_search", "pay", "object", "string", "$ref", "items"),
]
JUNK: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.sampled_from(WORDS),
    lambda of: st.lists(of, max_size=3) | st.dictionaries(st.sampled_from(WORDS), of, max_size=4),
    max_leaves=12,
)


@given(JUNK)
def test_whatever_is_given_as_a_tool_there_is_a_finding_and_no_exception(tool: Any) -> None:
    call = ToolCall("steal", {SECRET: SECRET}, offered=(tool,))
    assert [*unknown_tool()(call)]
    assert [*unfit_arguments()(call)]
    _ = [*unfit_arguments()(replace(call, name="pay"))]


@pytest.mark.parametrize("wrong", [5, "pay", {"name": "pay"}, pay])
def test_tools_are_several(wrong: Any) -> None:
    with pytest.raises(PolicyError, match="takes several tools"):
        unknown_tool(tools=wrong)


# -- as values


@pytest.mark.parametrize("make", [unknown_tool, unfit_arguments])
def test_a_check_of_tools_is_a_value(make: Any) -> None:
    tools = [FORMS["plain"]]
    made = make(tools=tools)
    assert made == make(tools=tuple(tools)) == pickle.loads(pickle.dumps(made))
    assert hash(made) == hash(make(tools=tools))
    assert made != make()
    assert repr(make()) == f"{made.name}()"
    tools.append(5)
    assert made == make(tools=tools[:1])


# -- in a guarded call

TOOLS = [FORMS["plain"], {"name": "look", "parameters": {"type": "object"}}, {"type": "search"}]
GOOD = (ToolCall("pay", FITTING, "1"), ToolCall("look", {}, "2"), ToolCall("search", "", "3"))
STRICT = Policy(
    tools=(block(unknown_tool()), retry(unfit_arguments(), then=Action.BLOCK)),
    budget=Budget(attempts=1),
)


def every_shape(policy: Policy, *calls: ToolCall, tools: Any = TOOLS) -> list[Any]:
    """How a call ends that answers with *calls*, in each of the four shapes."""
    guarded = guard(policy)

    @guarded
    def plain(prompt: str) -> Reply[Any]:
        return Reply("", tool_calls=calls)

    @guarded
    async def awaited(prompt: str) -> Reply[Any]:
        return Reply("", tool_calls=calls)

    @guarded
    def streamed(prompt: str) -> Iterator[str | Reply[Any]]:
        yield from (Reply("", tool_calls=(each,)) for each in calls)

    @guarded
    async def astreamed(prompt: str) -> AsyncIterator[str | Reply[Any]]:
        for each in calls:
            yield Reply("", tool_calls=(each,))

    async def drained() -> Any:
        stream = astreamed(request)
        async for _ in stream:
            pass
        return stream.outcome

    request: Any = Request("q", tools=tools)
    stream = streamed(request)
    assert list(stream) in ([], [""])
    return [plain(request), asyncio.run(awaited(request)), stream.outcome, asyncio.run(drained())]


def test_calls_of_offered_tools_that_fit_are_accepted_in_every_shape() -> None:
    for outcome in every_shape(STRICT, *GOOD):
        assert isinstance(outcome, Accepted)
        assert outcome.tool_calls == GOOD


@pytest.mark.parametrize(
    ("bad", "kind"),
    [
        (ToolCall("payy", FITTING), "unknown_tool"),
        (ToolCall("pay", {"to": "Ann"}), "arguments"),
        (ToolCall("pay", {**FITTING, "tip": 1}), "unknown_argument"),
        (ToolCall("pay", '{"to": "Ann", '), "arguments"),
    ],
)
def test_one_bad_call_among_parallel_ones_is_refused_in_every_shape(
    bad: ToolCall, kind: str
) -> None:
    for outcome in every_shape(STRICT, GOOD[0], bad, GOOD[1]):
        assert isinstance(outcome, Blocked)
        found = {(each.where, each.kind) for each in outcome.findings}
        assert ("reply.tool_calls[1]", kind) in found
        assert {where for where, _ in found} == {"reply.tool_calls[1]"}


def test_without_tools_in_the_request_every_call_is_unknown() -> None:
    for outcome in every_shape(Policy(tools=(block(unknown_tool()),)), GOOD[0], tools=()):
        assert isinstance(outcome, Blocked)


def test_an_unknown_call_can_be_dropped() -> None:
    policy = Policy(tools=(drop(unknown_tool()),))
    for outcome in every_shape(policy, GOOD[0], ToolCall("steal"), GOOD[1]):
        assert outcome.tool_calls == GOOD[:2]


def test_checks_over_text_and_over_calls_look_at_parallel_calls() -> None:
    @check
    def over(call: ToolCall, *, limit: int) -> Iterator[Finding]:
        """A payment of more than may be made."""
        if call.name == "pay" and int(str(dict(call.arguments)["sum"])) > limit:  # type: ignore[arg-type]  # a mapping
            yield Finding("too much")

    calls = GOOD[0], ToolCall("pay", {"to": "Bo", "sum": 50}, "4")
    rules = (drop(over(limit=10)), redact(containing("Ann")), flag(unfit_arguments()))
    for outcome in every_shape(Policy(tools=rules), *calls):
        assert outcome.tool_calls == (ToolCall("pay", {**FITTING, "to": "███"}, "1"),)
        assert [each.where for each in outcome.findings] == [
            "reply.tool_calls[0].arguments.to",
            "reply.tool_calls[1]",
        ]


def test_the_model_is_told_what_does_not_fit_and_asked_again() -> None:
    prompts: list[str] = []

    @guard(Policy(tools=(retry(unfit_arguments()),)))
    def ask(prompt: str, tools: list[object]) -> Reply[Any]:
        prompts.append(prompt)
        given = FITTING if len(prompts) > 1 else {**FITTING, "sum": SECRET}
        return Reply("", tool_calls=(ToolCall("pay", given),))

    outcome = ask("q", tools=TOOLS)
    assert isinstance(outcome, Accepted)
    assert "\n- pay: sum: " in prompts[1]
    assert SECRET not in prompts[1]
