"""What a text of a model does where it is run: as rules of a policy, and as values."""

from __future__ import annotations

import pickle
from collections.abc import Iterator

import pytest

from guardrails_lib import (
    Accepted,
    Blocked,
    Check,
    Finding,
    Policy,
    PolicyError,
    Reply,
    ToolCall,
    block,
    check,
    guard,
)
from guardrails_lib.checks.commands import unsafe_code, unsafe_shell, unsafe_sql

pytest.importorskip("sqlglot", reason="the output extra is not installed")

CHECKS = [
    unsafe_sql("postgres", tables=("orders",), functions=("fiscal_year",)),
    unsafe_shell(allow=("git status", "ls"), pipes=True),
    unsafe_code("python", imports=("math",), names=("rows",)),
]


@pytest.mark.parametrize("check", CHECKS)
def test_a_check_prints_as_what_made_it(check: Check[str]) -> None:
    names = {"unsafe_sql": unsafe_sql, "unsafe_shell": unsafe_shell, "unsafe_code": unsafe_code}
    assert eval(repr(check), names) == check


@pytest.mark.parametrize("check", CHECKS)
def test_a_check_can_be_pickled(check: Check[str]) -> None:
    assert pickle.loads(pickle.dumps(check)) == check


@pytest.mark.parametrize(
    ("check", "fine", "unsafe"),
    [
        (CHECKS[0], "SELECT count(*) FROM orders", "DELETE FROM orders"),
        (CHECKS[1], "ls -l | git status", "ls; id"),
        (CHECKS[2], "print(rows)", "open('x')"),
    ],
)
def test_it_is_a_rule_for_answers(check: Check[str], fine: str, unsafe: str) -> None:
    @guard(Policy(output=(block(check),)))
    def answer(prompt: str) -> str:
        return prompt

    assert isinstance(answer(fine), Accepted)
    assert isinstance(answer(unsafe), Blocked)


@pytest.mark.parametrize("check", CHECKS)
def test_no_message_quotes_the_text(check: Check[str]) -> None:
    quoted = "hunter2"
    for text in (f"SELECT {quoted}(1); {quoted}", f"{quoted} '{quoted}", f"import {quoted}"):
        for found in check(text):
            assert quoted not in found.message + found.kind


@pytest.mark.parametrize("check", CHECKS)
def test_at_most_fifty_things_are_told(check: Check[str]) -> None:
    for text in ("SELECT " + "f(1), " * 900 + "1", "eval;" * 900, "ls | rm " * 900):
        assert len(list(check(text))) <= 50


def test_a_span_lies_in_the_text() -> None:
    text = "SELECT pg_sleep(1) FROM secrets"
    spans = [each.span for each in CHECKS[0](text)]
    assert [text[span.start : span.end] for span in spans if span] == ["pg_sleep", "secrets"]


def test_a_dialect_is_one_that_is_known() -> None:
    with pytest.raises(PolicyError, match="bigquery, clickhouse, databricks"):
        unsafe_sql("access")


@pytest.mark.parametrize("tables", ["orders", ("SELECT 1",), ("a b c",), ("",), ("lower(x)",)])
def test_tables_are_names(tables: tuple[str, ...]) -> None:
    with pytest.raises(PolicyError, match="tables="):
        unsafe_sql("postgres", tables=tables)


def test_no_table_at_all_may_be_allowed() -> None:
    check = unsafe_sql("postgres", tables=())
    assert not list(check("SELECT 1"))
    assert [each.kind for each in check("SELECT 1 FROM orders")] == ["table"]


@pytest.mark.parametrize("allow", ["ls", ("ls; id",), ("",), ("ls *",), (3,)])
def test_allowed_commands_are_plain(allow: tuple[str, ...]) -> None:
    with pytest.raises(PolicyError, match="allow="):
        unsafe_shell(allow=allow)


def test_a_language_is_one_that_can_be_read() -> None:
    with pytest.raises(PolicyError, match='"python": no other can be read'):
        unsafe_code("javascript")
    with pytest.raises(PolicyError, match="returns="):
        unsafe_code("json")


@pytest.mark.parametrize("name", ["imports", "names"])
def test_imports_and_names_are_names(name: str) -> None:
    with pytest.raises(PolicyError, match=f"{name}="):
        unsafe_code("python", **{name: ("os;",)})
    with pytest.raises(PolicyError, match=f"{name}="):
        unsafe_code("python", **{name: "os"})


@pytest.mark.parametrize("flag", ["yes", 1, None])
def test_a_flag_is_true_or_false(flag: object) -> None:
    with pytest.raises(PolicyError, match="read_only= is True or False"):
        unsafe_sql("postgres", read_only=flag)  # type: ignore[arg-type]  # it is what is tested
    with pytest.raises(PolicyError, match="pipes= is True or False"):
        unsafe_shell(pipes=flag)  # type: ignore[arg-type]  # as above


def test_it_looks_at_an_argument_of_a_tool() -> None:
    @check
    def unsafe_command(call: ToolCall) -> Iterator[Finding]:
        """What the tool *run* may not run."""
        if call.name == "run" and isinstance(call.arguments, dict):
            yield from unsafe_shell(allow=("ls",))(str(call.arguments["command"]))

    @guard(Policy(tools=(block(unsafe_command()),)))
    def answer(prompt: str) -> Reply[str]:
        return Reply(tool_calls=(ToolCall("run", {"command": prompt}),))

    assert isinstance(answer("ls -l"), Accepted)
    assert isinstance(answer("ls; id"), Blocked)
