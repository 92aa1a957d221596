"""What is public, and what importing it does not do."""

from __future__ import annotations

import ast
import importlib
import inspect
import json
import pkgutil
import re
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

import guardrails_lib
from guardrails_lib import (
    Budget,
    Policy,
    Rule,
    checks,
    desk,
    flows,
    guard,
    learned,
    models,
    scan,
    spend,
    testing,
)

README = Path(__file__).parents[1] / "README.md"
ROOMS = [guardrails_lib, checks, desk, flows, learned, models, scan, spend, testing]
every_room = pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.__name__)

PROMISED = [
    *("Span", "Finding", "Label", "Message", "Source", "ToolCall", "Usage", "Request", "Reply"),
    *("Outcome", "Accepted", "Abstained", "Escalated", "Blocked", "Refused", "Check", "check"),
    *("Action", "Rule", "Policy", "Budget", "flag", "redact", "drop", "retry", "abstain"),
    *("escalate", "block", "guard", "Guard", "Stream", "AsyncStream", "Record", "PolicyError"),
]
"""The names that the core was asked for."""


def fresh(script: str) -> Any:
    """What *script* prints, as JSON, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script)],
        env={"PYTHONPATH": ":".join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return json.loads(done.stdout)


# -- names


@every_room
def test_all_is_sorted(room: Any) -> None:
    """Constants first, then classes, then functions, as ruff has it."""

    def order(name: str) -> tuple[bool, bool, str]:
        return not name.isupper(), not name[0].isupper(), name

    assert room.__all__ == sorted(set(room.__all__), key=order)


@every_room
def test_all_names_what_is_there(room: Any) -> None:
    assert [name for name in room.__all__ if not hasattr(room, name)] == []


def test_nothing_else_is_public() -> None:
    public = fresh(
        """
        import json, guardrails_lib
        print(json.dumps([name for name in dir(guardrails_lib) if not name.startswith("_")]))
        """
    )
    assert public == guardrails_lib.__all__


def test_every_name_that_was_promised_is_public() -> None:
    assert [name for name in PROMISED if name not in guardrails_lib.__all__] == []


def modules() -> Iterator[str]:
    for found in pkgutil.walk_packages(guardrails_lib.__path__, "guardrails_lib."):
        if not found.name.endswith("__main__"):
            yield found.name


@pytest.mark.parametrize("name", sorted(modules()))
def test_all_of_a_module_names_what_is_there(name: str) -> None:
    module = importlib.import_module(name)
    named = getattr(module, "__all__", [])
    assert [each for each in named if not hasattr(module, each)] == []


@every_room
def test_whatever_is_public_says_what_it_is(room: Any) -> None:
    for name in room.__all__:
        thing = getattr(room, name)
        if inspect.isclass(thing) or inspect.isfunction(thing):
            assert thing.__doc__, name
            assert not thing.__doc__.startswith(f"{name}("), name  # what a dataclass makes up


@every_room
def test_public_methods_say_what_they_do(room: Any) -> None:
    classes = [getattr(room, name) for name in room.__all__]
    for kind in filter(inspect.isclass, classes):
        for name, method in vars(kind).items():
            if inspect.isfunction(method) and not name.startswith("_"):
                assert method.__doc__, f"{kind.__name__}.{name}"


def test_defaults_of_public_functions_are_given_by_name() -> None:
    """No call reads as a row of values whose meaning one must look up."""
    for fn in (guard, guardrails_lib.check, checks.longer_than, Policy, Budget):
        for each in inspect.signature(fn).parameters.values():
            assert each.default is each.empty or each.kind in {
                each.KEYWORD_ONLY,
                each.POSITIONAL_ONLY,
            }, (fn, each)


def test_the_types_are_shipped() -> None:
    assert resources.files(guardrails_lib).joinpath("py.typed").is_file()


# -- importing


def test_importing_loads_no_third_party() -> None:
    """Pydantic is loaded with the first `returns=`."""
    loaded = fresh(
        """
        import sys
        before = set(sys.modules)
        import guardrails_lib, json
        new = {name.partition(".")[0] for name in set(sys.modules) - before}
        print(json.dumps(sorted(new - set(sys.stdlib_module_names) - {"guardrails_lib"})))
        """
    )
    assert loaded == []


def test_importing_the_core_loads_no_room() -> None:
    loaded = fresh(
        """
        import sys, guardrails_lib, json
        print(json.dumps([name for name in sys.modules if name.startswith("guardrails_lib.")]))
        """
    )
    assert [name for name in loaded if not name.startswith("guardrails_lib._")] == []


def test_the_checks_load_nothing_heavy() -> None:
    loaded = fresh(
        """
        import sys
        before = set(sys.modules)
        import guardrails_lib.checks, json
        new = {name.partition(".")[0] for name in set(sys.modules) - before}
        print(json.dumps(sorted(new - set(sys.stdlib_module_names) - {"guardrails_lib"})))
        """
    )
    assert loaded == ["regex"]


def test_the_fakes_need_no_hypothesis() -> None:
    loaded = fresh(
        """
        import sys
        sys.modules["hypothesis"] = None
        import guardrails_lib.testing, json
        print(json.dumps(guardrails_lib.testing.__all__))
        """
    )
    assert loaded == testing.__all__


def test_without_hypothesis_the_laws_name_the_line_that_installs_it() -> None:
    said = fresh(
        """
        import sys, json
        sys.modules["hypothesis"] = None
        try:
            import guardrails_lib.testing.laws
        except ImportError as problem:
            print(json.dumps(str(problem)))
        """
    )
    assert 'pip install "guardrails-lib[testing]"' in said


def test_importing_reads_no_environment_starts_no_thread_and_changes_nothing() -> None:
    noticed = fresh(
        """
        import guardrails_lib, guardrails_lib.checks, guardrails_lib.testing  # the stdlib's share
        import asyncio, json, logging, os, random, signal, socket, sys, threading, warnings

        for name in [name for name in sys.modules if name.startswith("guardrails_lib")]:
            del sys.modules[name]
        noticed = []

        class Spy(dict):
            def __getitem__(self, key):
                noticed.append(f"read {key}")
                return super().__getitem__(key)
            def get(self, key, default=None):
                noticed.append(f"read {key}")
                return super().get(key, default)
            def __contains__(self, key):
                noticed.append(f"read {key}")
                return super().__contains__(key)
            def __iter__(self):
                noticed.append("read all")
                return super().__iter__()

        def audit(event, args):
            if event.startswith(("socket.", "subprocess.", "os.system", "os.putenv")):
                noticed.append(event)
            if event == "open" and isinstance(args[0], str) and "guardrails" not in args[0]:
                noticed.append(f"opened {args[0]}")

        def state():
            return {
                "threads": threading.active_count(),
                "random": random.getstate(),
                "filters": list(warnings.filters),
                "root": list(logging.getLogger().handlers),
                "ours": list(logging.getLogger("guardrails_lib").handlers),
                "signal": signal.getsignal(signal.SIGINT),
                "policy": asyncio.get_event_loop_policy(),
                "excepthook": sys.excepthook,
                "path": list(sys.path),
                "limit": sys.getrecursionlimit(),
            }

        before = state()
        os.environ = Spy(os.environ)
        sys.addaudithook(audit)
        import guardrails_lib, guardrails_lib.checks, guardrails_lib.testing
        after = state()
        noticed += [name for name in before if before[name] != after[name]]
        print(json.dumps(noticed))
        """
    )
    assert noticed == []


# -- the README

WRITTEN = README.read_text(encoding="utf-8")
BLOCKS = re.findall(r"(?ms)^```python\n(.*?)^```", WRITTEN)
INLINE = set(re.findall(r"(?<!`)`([^`\n]+)`(?!`)", WRITTEN))


def imported() -> Iterator[tuple[str, str]]:
    for block in BLOCKS:
        for node in ast.walk(ast.parse(block)):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("guardrails"):
                yield from ((str(node.module), each.name) for each in node.names)


def test_the_readme_shows_code() -> None:
    assert len(list(imported())) > 10


@pytest.mark.parametrize(("module", "name"), sorted(set(imported())))
def test_a_name_that_the_readme_imports_is_public(module: str, name: str) -> None:
    assert name in importlib.import_module(module).__all__


@pytest.mark.parametrize("name", sorted(filter(re.compile(r"[A-Z]\w+").fullmatch, INLINE)))
def test_a_class_that_the_readme_speaks_of_is_public(name: str) -> None:
    errors = {"TypeError"}
    assert any(name in room.__all__ for room in ROOMS) or name in errors


@pytest.mark.parametrize("name", sorted(filter(re.compile(r"\w+=").fullmatch, INLINE)))
def test_an_option_that_the_readme_speaks_of_is_taken(name: str) -> None:
    takers = (Policy, Budget, Rule, guard)
    assert any(name[:-1] in inspect.signature(taker).parameters for taker in takers)
