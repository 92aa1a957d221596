"""What others say of schemas and values: the JSON Schema Test Suite, and schemas of the world.

Each engine is held to the labels by itself, so this is also where both are held equal.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from guardrails_lib.schemas.json_schema import JsonSchema
from guardrails_lib.schemas.json_schema import schema as json_schema
from guardrails_lib.schemas.json_schema.quick import nothing

DATA = Path(__file__).parents[2] / ".." / "shared" / "data"
SUITE = DATA / "schema_test_suite"
WORLD = DATA / "schema_maskbench_dev"

DRAFTS = {
    "draft4": "http://json-schema.org/draft-04/schema#",
    "draft6": "http://json-schema.org/draft-06/schema#",
    "draft7": "http://json-schema.org/draft-07/schema#",
    "draft2019-09": "https://json-schema.org/draft/2019-09/schema",
    "draft2020-12": "https://json-schema.org/draft/2020-12/schema",
}
CANNOT_PASS: dict[str, str] = {}
"""The tests that cannot pass, each as ``file | schema | value``, with its reason: none."""

needs_suite = pytest.mark.skipif(not SUITE.is_dir(), reason="../shared/data is not there")
needs_world = pytest.mark.skipif(not WORLD.is_dir(), reason="../shared/data is not there")


class Case(NamedTuple):
    """A value, and whether it fits."""

    name: str
    schema: JsonSchema
    value: Any
    valid: bool


def read(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def remotes(group: Mapping[str, Any]) -> dict[str, Any]:
    """The documents that a group may refer to: those of its draft, or all if it is of several.

    A document that names no draft is of the draft that refers to it.
    """
    with gzip.open(SUITE / "remotes.json.gz", "rt", encoding="utf-8") as file:
        documents = json.load(file)
    others = {"cross-draft.json": ("draft7/", "draft2019-09/", "draft2020-12/")}
    name = group["file"].rpartition("/")[2]
    mine = others.get(name, (f"{group['draft']}/",))
    return {
        f"http://localhost:1234/{path}": document
        for path, document in documents.items()
        if path.startswith(mine) or not path.startswith(("draft", "v1/"))
    }


def cases_of_suite(draft: str, *, optional: bool) -> Iterator[Case]:
    for group in read(SUITE / "suite.jsonl.gz"):
        if group["draft"] != draft or group["optional"] is not optional:
            continue
        schema, file = group["schema"], group["file"]
        if isinstance(schema, dict) and not file.endswith("no-schema.json"):
            schema = {"$schema": DRAFTS[draft], **schema}
        registry = remotes(group) if "localhost" in json.dumps(schema) else {}
        # there format only annotates
        made = JsonSchema(schema, registry=registry, formats=not file.endswith("/format.json"))
        for test in group["tests"]:
            name = f"{file} | {group['description']} | {test['description']}"
            yield Case(name, made, test["data"], test["valid"])


def cases_of_world(path: Path) -> Iterator[Case]:
    for row in read(path):
        schema = JsonSchema(row["schema"])
        for number, test in enumerate(row["tests"]):
            yield Case(f"{row['id']}[{number}]", schema, test["data"], test["valid"])


def wrong(cases: Iterable[Case]) -> list[str]:
    return [each.name for each in cases if each.schema.fits(each.value) is not each.valid]


def wrong_by_the_fast_engine(cases: Iterable[Case]) -> tuple[list[str], int]:
    """What it says otherwise, and how many it was asked."""
    asked = [(each, each.schema._fast) for each in cases if each.schema._fast is not None]
    return [each.name for each, fast in asked if fast(each.value) is not each.valid], len(asked)


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """The reference decides alone."""
    monkeypatch.setattr(json_schema, "quick", lambda *_, **__: nothing)


@needs_suite
@pytest.mark.usefixtures("slow")
@pytest.mark.parametrize("draft", DRAFTS)
def test_every_required_test_passes(draft: str) -> None:
    cases = list(cases_of_suite(draft, optional=False))
    assert len(cases) > 600
    assert wrong(cases) == []


@needs_suite
@pytest.mark.usefixtures("slow")
@pytest.mark.parametrize("draft", DRAFTS)
def test_every_optional_test_passes_but_those_that_are_listed(draft: str) -> None:
    cases = list(cases_of_suite(draft, optional=True))
    assert len(cases) > 300
    assert wrong(cases) == [name for name in CANNOT_PASS if name.startswith(f"{draft}/")]


@needs_suite
@pytest.mark.parametrize("draft", DRAFTS)
def test_the_fast_engine_passes_the_suite(draft: str) -> None:
    pytest.importorskip("jsonschema_rs")
    for optional in (False, True):
        cases = list(cases_of_suite(draft, optional=optional))
        failed, asked = wrong_by_the_fast_engine(cases)
        assert failed == [name for name in CANNOT_PASS if optional and name.startswith(draft)]
        assert asked > len(cases) * (0.7 if optional else 0.85)


@needs_world
@pytest.mark.usefixtures("slow")
@pytest.mark.parametrize("path", sorted(WORLD.glob("*.gz")), ids=lambda path: path.name[:-9])
def test_schemas_of_the_world_are_decided_as_labelled(path: Path) -> None:
    assert wrong(cases_of_world(path)) == []


@needs_world
@pytest.mark.parametrize("path", sorted(WORLD.glob("*.gz")), ids=lambda path: path.name[:-9])
def test_the_fast_engine_decides_them_as_labelled(path: Path) -> None:
    pytest.importorskip("jsonschema_rs")
    cases = list(cases_of_world(path))
    failed, asked = wrong_by_the_fast_engine(cases)
    assert failed == []
    assert asked > len(cases) * 0.9


@needs_world
def test_no_error_quotes_a_value() -> None:
    """Of long texts that are no words of the schema."""
    said = []
    for path in WORLD.glob("*.gz"):
        for row in read(path):
            schema, known = JsonSchema(row["schema"]), json.dumps(row["schema"], ensure_ascii=False)
            for test in row["tests"]:
                told = "; ".join(f"{w.place}: {w.message}" for w in schema.errors(test["data"]))
                said += [text for text in texts(test["data"]) if text in told and text not in known]
    assert said == []


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, str) and len(value) > 12:
        yield value
    elif isinstance(value, dict):
        yield from (text for each in (*value, *value.values()) for text in texts(each))
    elif isinstance(value, list):
        yield from (text for each in value for text in texts(each))
