"""Tool calls of the Berkeley leaderboard: those that fit are accepted, what breaks them is not."""

from __future__ import annotations

import copy
import functools
import gzip
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeAlias

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guardrails_lib import Accepted, Blocked, Policy, Reply, Request, ToolCall, block, guard
from guardrails_lib.checks import unfit_arguments, unknown_tool

DATA = Path(__file__).parents[2] / ".." / "shared" / "data" / "tool_bfcl_dev"
CALLING = ("simple_python", "multiple", "parallel", "parallel_multiple")
NEEDS_DATA = pytest.mark.skipif(not DATA.is_dir(), reason="../shared/data is not there")

Row: TypeAlias = dict[str, Any]
Broken: TypeAlias = Iterator[tuple[str, dict[str, Any]]]


@functools.cache
def rows(category: str) -> list[Row]:
    with gzip.open(DATA / f"{category}.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


@guard(Policy(tools=(block(unknown_tool()), block(unfit_arguments()))))
def answer(request: Request) -> Reply[Any]:
    """A model that makes the calls of the row."""
    return Reply("", tool_calls=tuple(request.meta["calls"]))  # type: ignore[arg-type]  # they are


def asked(row: Row, calls: list[dict[str, Any]], written: bool = False) -> Any:
    """How it ends that *calls* are made, where the functions of *row* were offered."""
    made = [
        ToolCall(each["name"], json.dumps(each["arguments"]) if written else each["arguments"])
        for each in calls
    ]
    text = row["question"][0]["content"]
    return answer(Request(text, tools=row["functions"], meta={"calls": made}))


def fits(row: Row, call: Mapping[str, Any]) -> bool:
    """Whether *call* is one of a function of *row*: what the reference says of it."""
    for each in row["functions"]:
        if each["name"] == call["name"]:
            schema = each["parameters"]
            checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
            valid = jsonschema.Draft202012Validator(schema, format_checker=checker)
            return valid.is_valid(call["arguments"])
    return False


@NEEDS_DATA
@pytest.mark.parametrize("category", CALLING)
def test_every_gold_call_that_fits_its_own_schema_is_accepted(category: str) -> None:
    fitting = 0
    for n, row in enumerate(rows(category)):
        calls = [each for each in row["gold_calls"] if fits(row, each)]
        assert isinstance(asked(row, calls, written=n % 2 == 0), Accepted), row["id"]
        fitting += len(calls)
    assert (
        fitting
        == {
            "simple_python": 400,
            "multiple": 200,
            "parallel": 540,
            "parallel_multiple": 605,
        }[category]
    )


@NEEDS_DATA
def test_a_gold_call_that_does_not_fit_its_own_schema_is_refused() -> None:
    unfit = [
        (row, each)
        for category in CALLING
        for row in rows(category)
        for each in row["gold_calls"]
        if not fits(row, each)
    ]
    assert len(unfit) == 2
    assert all(isinstance(asked(row, [call]), Blocked) for row, call in unfit)


@NEEDS_DATA
def test_where_no_function_was_meant_a_call_of_another_is_refused() -> None:
    other = {"name": "another_function", "arguments": {}}
    assert all(isinstance(asked(row, [other]), Blocked) for row in rows("irrelevance"))


# -- calls that are broken


def _function(row: Row, call: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = next(f for f in row["functions"] if f["name"] == call["name"])
    return found


def missing(row: Row, call: dict[str, Any]) -> Broken:
    for name in _function(row, call)["parameters"].get("required", ()):
        if name in call["arguments"]:
            yield name, {**call, "arguments": _without(call["arguments"], name)}


def extra(row: Row, call: dict[str, Any]) -> Broken:
    """It breaks the schema once that says that there is no more than it names."""
    known = _function(row, call)["parameters"]["properties"]
    for name in ("made_up", *(f"{each}_" for each in known)):
        if name not in known:
            yield name, {**call, "arguments": {**call["arguments"], name: 1}}


WRONG: tuple[Any, ...] = (None, True, 7, 7.5, "text", [], [None], {}, {"a": {}})


def wrong_type(row: Row, call: dict[str, Any]) -> Broken:
    for place, _ in _places(call["arguments"]):
        for wrong in WRONG:
            yield f"{place}={wrong!r}", {**call, "arguments": _put(call["arguments"], place, wrong)}


def out_of_enum(row: Row, call: dict[str, Any]) -> Broken:
    properties = _function(row, call)["parameters"]["properties"]
    for name, schema in properties.items():
        if "enum" in schema or "enum" in schema.get("items", {}):
            none = "none of those" if "enum" in schema else ["none of those"]
            yield name, {**call, "arguments": {**call["arguments"], name: none}}


def misnamed(row: Row, call: dict[str, Any]) -> Broken:
    name = call["name"]
    for other in ("", name + "_", name.upper(), name[:-1], f" {name}", name.replace(".", "_")):
        yield other, {**call, "name": other}


BREAKS: dict[str, Callable[[Row, dict[str, Any]], Broken]] = {
    each.__name__: each for each in (missing, extra, wrong_type, out_of_enum, misnamed)
}


def _without(arguments: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in arguments.items() if key != name}


def _places(value: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Where there is something in nested arguments."""
    if at:
        yield at, value
    if isinstance(value, dict | list):
        for key, each in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _places(each, (*at, key))


def _put(value: Any, at: tuple[Any, ...], new: Any) -> Any:
    changed = copy.deepcopy(value)
    held = changed
    for step in at[:-1]:
        held = held[step]
    held[at[-1]] = new
    return changed


@NEEDS_DATA
@pytest.mark.parametrize("how", BREAKS)
def test_a_call_that_breaks_the_schema_is_refused_and_one_that_does_not_is_accepted(
    how: str,
) -> None:
    """Of every eighth row, each way to break one of its calls; the others stay as they are."""
    refused = 0
    for category in CALLING:
        for row in rows(category)[::8]:
            gold = [each for each in row["gold_calls"] if fits(row, each)]
            for at, call in enumerate(gold):
                for name, broken in BREAKS[how](row, call):
                    breaks = how == "extra" or not fits(row, broken)
                    outcome = asked(row, [*gold[:at], broken, *gold[at + 1 :]])
                    assert isinstance(outcome, Blocked if breaks else Accepted), (row["id"], name)
                    if breaks:
                        places = {finding.where for finding in outcome.findings}
                        assert places == {f"reply.tool_calls[{at}]"}
                    refused += breaks
    assert refused > {"out_of_enum": 20}.get(how, 150)


ATOMS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text()
)
JSON = st.recursive(ATOMS, lambda of: st.lists(of) | st.dictionaries(st.text(), of), max_leaves=5)
JSON_OBJECTS = st.dictionaries(st.text(max_size=5), ATOMS, max_size=2)


@NEEDS_DATA
@given(st.data())
def test_a_call_broken_anyhow_is_decided_as_the_reference_has_it(data: st.DataObject) -> None:
    row = data.draw(st.sampled_from(rows(data.draw(st.sampled_from(CALLING)))))
    call = data.draw(st.sampled_from(row["gold_calls"]))
    places = [place for place, _ in _places(call["arguments"])]
    if places:
        value = data.draw(JSON)
        place = data.draw(st.sampled_from(places))
        call = {**call, "arguments": _put(call["arguments"], place, value)}
    call = {**call, "arguments": data.draw(st.just(call["arguments"]) | JSON_OBJECTS)}
    known = _function(row, call)["parameters"]["properties"]
    fine = fits(row, call) and set(call["arguments"]) <= set(known)
    assert isinstance(asked(row, [call], data.draw(st.booleans())), Accepted if fine else Blocked)
