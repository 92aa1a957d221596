"""Imports point down: words, engine, drivers, guard, package; and the rooms beside them."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

import guardrails_lib

SOURCE = Path(guardrails_lib.__file__).parent

LAYERS = [
    {"_errors", "_fingerprint", "_tree", "_synthetic", "_values", "_callables", "_deadline"},
    {"_types", "_stand_ins", "_sealed", "_say", "_guarded", "_known"},
    {"_check", "_vault", "_schema", "_parts", "_citation", "_kept", "_answers"},
    {"_policy"},
    {"_events"},
    {"_case", "_ledger"},
    {"_outcome", "_effects", "_mask", "_plan", "_chat", "_returns", "_terms"},
    {"_judged", "_hidden"},
    {"_fieldwise", "_clearance"},
    {"_call"},
    {"_restore", "_together", "_shadow", "_places", "_recall", "_spending"},
    {"_boundary", "_listen", "_reading", "_ending", "_exchange", "_tool_calls"},
    {"_arriving"},
    {"_engine"},
    {"_drive", "_stream", "_forms"},
    {"_adrive"},
    {"_resume"},
    {"_guard"},
    {"__init__"},
    {"__main__"},
]
"""The core, lowest first. A module imports from layers below its own alone."""

WORDS = {
    *("_errors", "_types", "_values", "_check", "_policy", "_events", "_outcome", "_schema"),
    *("_callables", "_ledger", "_kept", "_guarded", "_deadline", "_known"),
}

ROOMS = {
    "scan": {"scan"},
    "learned": {"learned", "presidio", "checks", *WORDS},
    "presidio": {"presidio", "learned", "scan", *WORDS},
    "schemas": {"schemas", "scan", "_tree", *WORDS},
    "disguises": {"disguises", "scan", *WORDS},
    "secrets": {"secrets", "disguises", "scan", *WORDS},
    "injection": {"injection", "disguises", "scan", *WORDS},
    "addresses": {"addresses", *WORDS},
    "likeness": {"likeness", *WORDS},
    "grounding": {"grounding", "likeness", "scan", *WORDS},
    "citing": {"citing", "grounding", "likeness", "scan", "_citation", "_tree", *WORDS},
    "rendering": {"rendering", "addresses", "scan", *WORDS},
    "saying": {"saying", "grounding", "likeness", "scan", "disguises", *WORDS},
    "checks": {
        *("checks", "scan", "presidio", "schemas", "disguises", "secrets", "injection"),
        *("addresses", "likeness", "grounding", "citing", "rendering", "saying", "learned"),
        *("_tree", "_citation", *WORDS),
    },
    "desk": {"desk", *WORDS, "_case"},
    "models": {"models", "schemas", *WORDS, "_answers", "_stand_ins", "_terms"},
    "flows": {"flows", *WORDS, "_stream"},
    "spend": {"spend", *WORDS},
    "testing": {
        *("testing", *WORDS, "_judged", "_mask", "_case", "_vault", "_effects", "_tree"),
        *("_stand_ins", "_guard", "_resume", "_engine", "_listen", "_plan", "_call"),
        *("checks", "schemas", "secrets", "scan", "disguises", "desk", "flows", "spend"),
    },
    "cli": {"cli", "testing", *WORDS, "_guard"},
}
"""What each room may import. Beside that, `models`, `flows`, `spend` and `testing` may import
what is public, and the laws say what a finding means and what stands for it in the engine's own
words."""

LATER = {
    ("_answers", "models.reading"),
    ("_returns", "schemas.reader"),
    ("_guard", "schemas.json_schema"),
    ("_reading", "citing.placed"),
    ("__main__", "cli"),
}
"""The rooms beneath the guard: what ``returns=`` says is read there, what an SDK gives, and where
a typed citation is in its source. They are imported then. And what a shell asks for."""

FOR_TYPES_ALONE = {("_errors", "_outcome")}
"""An error carries the outcome. It is imported for the type checker and never when run."""

THIRD_PARTIES = {
    "pydantic": {"models.anthropic_sdk", "models.wire", "schemas.typed"},
    "pydantic_core": {"models.wire", "schemas.growing.model_shapes", "schemas.strict"},
    "typing_extensions": {"_guard", "models.instructor"},
    "jsonschema": {"schemas.json_schema.reference"},
    "referencing": {"schemas.json_schema.reference"},
    "jsonschema_rs": {"schemas.json_schema.fast"},
    "idna": {"schemas.json_schema.formats"},
    "json_repair": {"schemas.repair.mend"},
    "instructor": {"models.asking"},
    "regex": {"presidio.context", "scan.expression"},
    "hyperscan": {"scan.multi"},
    "can_ada": {"addresses.url"},
    "presidio_analyzer": {"presidio.recognizers"},
    "spacy": {"presidio.recognizers"},
    "tldextract": {"presidio.recognizers"},
    "phonenumbers": {"presidio.libphonenumber", "learned.writing.places"},
    "hypothesis": {"testing.hypotheses"},
    "nh3": {"rendering.html"},
    "markdown_it": {"rendering.markdown"},
    "sqlglot": {"rendering.sql_parsed"},
    "sqlalchemy": {"desk.sql"},
    "cryptography": {"_sealed"},
    "faker": {"_synthetic", "learned.writing.filling"},
    "numpy": {"learned.numbers"},
    "openai": {"models.openai_sdk"},
    "anthropic": {"models.anthropic_sdk"},
    "google": {"models.google_sdk"},
    "mistralai": {"models.mistral_sdk"},
    "genai_prices": {"spend.listed"},
    "tenacity": {"flows.backoff"},
    "limits": {"flows.pace"},
    "pybreaker": {"flows.threaded_circuit"},
    "purgatory": {"flows.looped_circuit"},
    "starlette": {"testing.server.played"},
    "uvicorn": {"testing.server.scripted"},
}
"""Where each third party is imported: in one file. pydantic is the exception: types, and what
makes them from JSON, are what three files are about, and an SDK's types are made with it too; and
faker, which makes fakes for a guard in one, and names to learn from in the other."""

LATE = {
    "_answers": {"models.reading"},
    "learned.measuring.evaluation": {"learned.measuring.names_left_out"},
    "learned.train": {"learned.names"},
    "models.reading": {"models"},
    "models.guarding": {
        *("models.anthropic_client", "models.google_client", "models.instructor"),
        *("models.mistral_client", "models.openai_client"),
    },
    "spend.prices": {"spend.listed"},
    "flows.breaker": {"flows.threaded_circuit", "flows.looped_circuit"},
    "flows.limited": {"flows.pace"},
    "flows.retried": {"flows.backoff"},
    "_check": {"pickle"},
    "checks.answerability": {"citing.answerable", "citing.wanted", "grounding"},
    "checks.citations": {"citing", "grounding"},
    "checks.commands": {"rendering"},
    "checks.confidence": {"saying.agreement", "saying.certainty", "saying.hedges"},
    "checks.grounding": {"asyncio", "grounding"},
    "checks.judge": {"asyncio"},
    "checks.language": {"saying.languages", "saying.passages"},
    "checks.prompts": {"disguises", "saying.leaks"},
    "checks.refusals": {"saying.refusals"},
    "checks.render": {"addresses", "rendering", "rendering.html"},
    "checks.pii": {"presidio"},
    "checks.injection": {"injection.across", "injection.attack"},
    "checks.secrets": {"secrets"},
    "checks.sources": {"addresses", "hmac"},
    "checks.takeover": {"learned.intent", "learned.intent.stretches"},
    "checks.tools": {"schemas.tools"},
    "checks.topics": {"likeness", "disguises"},
    "checks.known.fitting": {"schemas.tools.offered"},
    "checks.known.tools": {"schemas.tools.offered"},
    "checks.known.unicode": {"disguises"},
    "cli.__init__": {"cli.selftest"},
    "checks.unicode": {"disguises", "disguises.letters", "disguises.marks", "disguises.unseen"},
    "disguises.marks": {"scan.multi"},
    "scan.many": {"scan.multi"},
    "scan.phrases": {"scan.multi"},
    "_case": {"_sealed"},
    "desk.sql_desk": {"desk.sql"},
    "_guard": {"_adrive", "_resume"},
    "_returns": {"schemas.reader"},
    "_reading": {"citing.placed"},
    "_resume": {"asyncio", "_adrive"},
    "_say": {"string"},
    "schemas.reader": {"schemas.json_schema", "schemas.json_schema.described", "schemas.repair"},
    "schemas.json_schema.quick": {"schemas.json_schema.fast"},
    "_drive": {"concurrent"},
    "_call": {"logging"},
    "_stand_ins": {"hmac", "_synthetic"},
    "_vault": {"json", "secrets", "_sealed"},
}
"""What is imported where it is used, so that `import guardrails_lib` is quick."""

BANNED = re.compile(r"Manager|Service|Runner|Handler|Base", re.IGNORECASE)
DRAWERS = {"utils", "util", "helpers", "common", "misc", "shared", "lib"}


class Import(NamedTuple):
    """One name that a module imports."""

    module: str
    """What is imported from: ``_types`` in the package, or a top-level name."""
    name: str
    ours: bool
    for_types: bool
    at_top: bool


def modules() -> dict[str, Path]:
    return {
        ".".join(path.relative_to(SOURCE).with_suffix("").parts): path
        for path in sorted(SOURCE.rglob("*.py"))
    }


def imports(name: str) -> Iterator[Import]:
    tree = ast.parse(MODULES[name].read_text(encoding="utf-8"))
    for_types = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        for inner in ast.walk(node)
    }
    inside = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        how = id(node) in for_types, id(node) not in inside
        if isinstance(node, ast.Import):
            for each in node.names:
                yield target([], each.name.split("."), "", how)
        elif isinstance(node, ast.ImportFrom):
            path = (node.module or "").split(".") if node.module else []
            package = name.split(".")[: -node.level] if node.level else []
            for each in node.names:
                if node.level:
                    yield target(["guardrails_lib", *package], path, each.name, how)
                else:
                    yield target([], path, each.name, how)


def target(before: list[str], path: list[str], name: str, how: tuple[bool, bool]) -> Import:
    whole = [*before, *path]
    if whole[0] != "guardrails_lib":
        return Import(whole[0], name, False, *how)
    inner = ".".join(whole[1:])
    if not inner and f"{name}" in {each.partition(".")[0] for each in MODULES}:
        inner = name  # `from . import _types`
    return Import(inner or "__init__", name, True, *how)


MODULES = modules()
CORE = [name for name in MODULES if "." not in name]
OUTSIDE = [name for name in MODULES if "." in name]
LEVEL = {name: level for level, layer in enumerate(LAYERS) for name in layer}


def test_every_module_of_the_core_has_its_layer() -> None:
    assert set(CORE) == set(LEVEL)


def test_every_room_is_known() -> None:
    assert {name.partition(".")[0] for name in OUTSIDE} == set(ROOMS)


@pytest.mark.parametrize("name", CORE)
def test_imports_point_down(name: str) -> None:
    up = [
        (name, each.module)
        for each in imports(name)
        if each.ours and LEVEL.get(each.module, 99) >= LEVEL[name]
    ]
    assert set(up) <= FOR_TYPES_ALONE | LATER


def test_what_is_imported_for_types_alone_is_not_imported_when_run() -> None:
    for name, upper in FOR_TYPES_ALONE:
        assert all(each.for_types for each in imports(name) if each.module == upper)


@pytest.mark.parametrize("name", CORE)
def test_the_core_imports_no_room(name: str) -> None:
    ours = {(name, each.module) for each in imports(name) if each.ours}
    rooms = {(name, module) for name, module in ours if module.partition(".")[0] in ROOMS}
    assert rooms <= LATER


@pytest.mark.parametrize("name", OUTSIDE)
def test_a_room_imports_what_it_may(name: str) -> None:
    room = name.partition(".")[0]
    other = [
        each
        for each in imports(name)
        if each.ours and each.module.partition(".")[0] not in ROOMS[room]
    ]
    if room in {"models", "flows", "spend", "testing"}:
        other = [each for each in other if each.name not in guardrails_lib.__all__]
    assert other == []


def test_scan_imports_nothing_of_the_package() -> None:
    ours = {
        each.module
        for name in OUTSIDE
        if name.startswith("scan")
        for each in imports(name)
        if each.ours
    }
    assert all(module.startswith("scan") for module in ours)


@pytest.mark.parametrize("name", MODULES)
def test_a_third_party_is_imported_in_its_own_file_alone(name: str) -> None:
    known = sys.stdlib_module_names
    third = {each.module for each in imports(name) if not each.ours and each.module not in known}
    assert third == {party for party, files in THIRD_PARTIES.items() if name in files}


@pytest.mark.parametrize("name", MODULES)
def test_imports_stand_at_the_top(name: str) -> None:
    """But those that take long and that many never need."""
    inside = {each.module for each in imports(name) if not each.at_top}
    assert inside == LATE.get(name, set())


def test_the_package_itself_holds_names_and_nothing_else() -> None:
    kinds = [type(node) for node in ast.parse(MODULES["__init__"].read_text("utf-8")).body]
    assert set(kinds) == {ast.Expr, ast.ImportFrom, ast.Assign}
    assert kinds.count(ast.Expr) == kinds.count(ast.Assign) == 1


@pytest.mark.parametrize("name", MODULES)
def test_no_name_hides_a_missing_noun(name: str) -> None:
    tree = ast.parse(MODULES[name].read_text(encoding="utf-8"))
    classes = [node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    assert [each for each in classes if BANNED.search(each)] == []
    parts = [part.strip("_") for part in name.split(".")]
    assert [each for each in parts if each in DRAWERS or BANNED.search(each)] == []


@pytest.mark.parametrize("name", MODULES)
def test_every_module_says_what_it_is_for(name: str) -> None:
    said = ast.get_docstring(ast.parse(MODULES[name].read_text(encoding="utf-8")))
    assert said
    assert said.splitlines()[0].endswith((".", ":"))
