"""Whether a query does nothing but read what it may."""

from __future__ import annotations

import gzip
import json
import logging
from pathlib import Path

import pytest
from benchmarks.honest_queries import HONEST, TABLES
from benchmarks.hostile_queries import HOSTILE
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("sqlglot", reason="the output extra is not installed")

from guardrails_lib.rendering.sql import Rules, wrong
from guardrails_lib.rendering.sql_parsed import DIALECTS

DATA = Path(__file__).parents[2] / ".." / "shared" / "data"


def kinds(text: str, dialect: str = "postgres", **rules: object) -> set[str]:
    wanted = {"tables": ("users",), **rules}
    return {each.kind for each in wrong(text, Rules(dialect, **wanted))}  # type: ignore[arg-type]  # as given


@pytest.mark.parametrize("dialect", HOSTILE)
def test_a_query_that_does_more_than_read_is_found(dialect: str) -> None:
    passed = [
        each for each in HOSTILE[dialect] if not kinds(each, dialect, tables=("users", "dual"))
    ]
    assert passed == []


@pytest.mark.parametrize("dialect", HONEST)
def test_a_query_of_an_analyst_is_fine(dialect: str) -> None:
    found = {each: kinds(each, dialect, tables=TABLES) for each in HONEST[dialect]}
    assert {each: what for each, what in found.items() if what} == {}


@pytest.mark.parametrize("dialect", DIALECTS)
def test_every_dialect_reads_a_plain_query(dialect: str) -> None:
    assert not kinds("SELECT name FROM users WHERE id = 7", dialect)
    assert kinds("SELECT name FROM secrets", dialect) == {"table"}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("SELECT 1; SELECT 2", "statements"),
        ("", "statements"),
        ("DROP TABLE users", "statement"),
        ("SELECT FROM WHERE", "unparsed"),
        ("SELECT * FROM users FOR UPDATE", "clause"),
        ("SELECT pg_sleep(5)", "function"),
        ("SELECT * FROM secrets", "table"),
        ("SELECT 'users'::regclass::money", "clause"),
        ("SELECT NULL::app.secret", "type"),
        ("SELECT 1 -- and more", "comment"),
        ("SELECT $$a$$", "quoting"),
        ("SELECT '\x00'", "control"),
        ("SELECT name FROM users WHERE id = 1 OR 1 = 1", "tautology"),
        ("SELECT name FROM users UNION SELECT 1, 2", "uneven"),
        ("SELECT name FROM users ORDER BY 9", "uneven"),
        ("SELECT " + "(" * 50 + "1" + ")" * 50, "too_deep"),
        ("SELECT '" + "a" * 30_000 + "'", "too_long"),
    ],
)
def test_what_is_wrong_has_a_kind(text: str, kind: str) -> None:
    assert kind in kinds(text)


def test_a_name_of_a_with_is_no_table() -> None:
    assert not kinds("WITH recent AS (SELECT * FROM users) SELECT * FROM recent")


@pytest.mark.parametrize(
    "text",
    [
        "WITH secrets AS (SELECT * FROM secrets) SELECT * FROM secrets",
        "WITH a AS (SELECT * FROM secrets), secrets AS (SELECT 1) SELECT * FROM a",
        "SELECT * FROM (WITH secrets AS (SELECT 1) SELECT 1) x, secrets",
        'WITH "Secrets" AS (SELECT 1) SELECT * FROM secrets',
        "WITH secrets AS (SELECT 1) SELECT * FROM public.secrets",
        "WITH users AS (SELECT * FROM secrets) SELECT * FROM users",
    ],
)
def test_a_name_of_a_with_hides_no_table(text: str) -> None:
    assert "table" in kinds(text)


def test_a_name_of_a_with_is_not_what_is_written_to() -> None:
    text = "WITH secrets AS (SELECT 1) DELETE FROM secrets"
    assert "table" in kinds(text, read_only=False)


def test_a_name_in_a_with_means_itself_only_when_it_recurses() -> None:
    recursive = "WITH RECURSIVE t AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM t) SELECT * FROM t"
    assert not kinds(recursive)
    assert kinds(recursive.replace("RECURSIVE ", "")) == {"table"}


def test_names_are_compared_as_the_dialect_does() -> None:
    assert not kinds("SELECT 1 FROM USERS")
    assert kinds('SELECT 1 FROM "USERS"') == {"table"}
    assert not kinds('SELECT 1 FROM "USERS"', "snowflake")
    assert kinds("SELECT 1 FROM USERS", "mysql") == {"table"}
    assert not kinds('SELECT 1 FROM "Order Items"', tables=('"Order Items"',))


def test_a_schema_belongs_to_the_name() -> None:
    assert kinds("SELECT 1 FROM app.users") == {"table"}
    assert not kinds("SELECT 1 FROM app.users", tables=("app.users",))
    assert kinds("SELECT 1 FROM users", tables=("app.users",)) == {"table"}


def test_without_tables_all_but_those_of_the_server_will_do() -> None:
    assert not kinds("SELECT * FROM anything JOIN app.orders ON true", tables=None)
    assert kinds("SELECT * FROM pg_shadow", tables=None) == {"table"}
    assert kinds("SELECT * FROM information_schema.tables", tables=None) == {"table"}
    assert kinds("SELECT * FROM 'a.csv'", "duckdb", tables=None) == {"table"}


def test_a_function_that_is_listed_is_fine() -> None:
    assert not kinds("SELECT fiscal_year(day) FROM users", functions=("Fiscal_Year",))
    assert kinds("SELECT app.fiscal_year(day) FROM users", functions=("fiscal_year",))
    assert not kinds("SELECT app.fiscal_year(day) FROM users", functions=("app.fiscal_year",))
    assert not kinds("SELECT current_user", functions=("current_user",))


@pytest.mark.parametrize(
    "text",
    [
        "INSERT INTO users (id, name) VALUES (1, 'a')",
        "UPDATE users SET name = 'a' WHERE id = 1",
        "DELETE FROM users WHERE id = 1 RETURNING id",
        "INSERT INTO users (id) VALUES (1) ON CONFLICT (id) DO UPDATE SET id = 2",
        "SELECT * FROM users",
    ],
)
def test_rows_may_be_changed_when_it_is_said(text: str) -> None:
    assert not kinds(text, read_only=False)
    assert text.startswith("SELECT") or kinds(text) == {"statement"}


@pytest.mark.parametrize(
    "text", ["DROP TABLE users", "GRANT ALL ON users TO ann", "COPY users TO 'x'"]
)
def test_nothing_else_may_be_changed(text: str) -> None:
    assert kinds(text, read_only=False) == {"statement"}


def test_a_backslash_escapes_where_the_dialect_says_so() -> None:
    assert not kinds(r"SELECT 'it\'s' FROM users", "bigquery")
    assert kinds(r"SELECT 'it\'s' FROM users", "mysql") == {"quoting"}
    assert kinds(r"SELECT '\' OR 1=1 --'", "postgres")
    assert not kinds(r"SELECT '\' AS x FROM users", "sqlite")


def test_a_finding_says_where_it_is() -> None:
    text = "SELECT name FROM users JOIN secrets USING (id)"
    (found,) = wrong(text, Rules("postgres", ("users",)))
    assert text[found.start : found.end] == "secrets"


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * FROM a" + " JOIN b" * 2_000,
        "SELECT " + "(" * 9_000,
        "SELECT " + "NOT " * 4_000 + "1",
        "SELECT " + "- " * 9_000 + "1",
        "SELECT " + "1 + " * 4_000 + "1",
        "SELECT 1" + " UNION SELECT 1" * 1_000,
        "SELECT 1 WHERE 1" + " OR a" * 3_000,
        "SELECT " + "CASE " * 3_000,
        "SELECT " + "f(" * 3_000,
        "SELECT " + "{d " * 3_000,
        "SELECT " + "interval " * 2_000,
        "SELECT a" + "." * 9_000,
        "'" * 9_999,
        '"' * 9_999,
        "/*" * 9_999,
        "$a$" * 6_000,
        "\ud800\x00" * 5_000,
        "SELECT 1" * 2_000,
        ";" * 9_999,
        "\\" * 9_999,
    ],
)
def test_hostile_text_is_found_and_takes_no_time(text: str) -> None:
    for dialect in ("postgres", "mysql", "tsql"):
        assert kinds(text, dialect) or "OR a" in text or "1 + " in text or "UNION" in text


def test_ten_megabytes_are_too_long() -> None:
    assert kinds("SELECT 1, " * 1_000_000) == {"too_long"}


@given(st.text(max_size=200), st.sampled_from(DIALECTS))
def test_any_text_is_judged(text: str, dialect: str) -> None:
    kinds(text, dialect)
    kinds("SELECT name FROM users WHERE id = " + text, dialect)


def test_nothing_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        kinds("SELECT payload -> '$.[[[' FROM users", "mysql")
        kinds("SELECT a[1], JSON_EXTRACT(a, '$[x') FROM users", "bigquery")
    assert caplog.text == ""


def test_what_others_log_of_sqlglot_stays(caplog: pytest.LogCaptureFixture) -> None:
    import sqlglot

    with caplog.at_level(logging.WARNING):
        sqlglot.parse_one("SELECT payload -> '$.[[[' FROM users", dialect="mysql")
    assert caplog.text


def payloads() -> list[str]:
    path = DATA / "out_patt_payloads" / "payloads.jsonl.gz"
    if not path.exists():
        pytest.skip("the data is not here")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        read = [json.loads(line) for line in lines]
    return [each["payload"] for each in read if each["kind"] == "sql"]


NARROWS = {"' and a='a"}
"""It asks for less, of a column that may be read: as honest a condition as any."""


def test_no_payload_leaves_its_quotes() -> None:
    before, after = "SELECT name FROM users WHERE id = '", "'"
    for each in payloads():
        if not kinds(before + each + after, "postgres"):
            assert "'" not in each.replace("''", "") or each in NARROWS


def test_no_payload_is_run_alone() -> None:
    assert not [each for each in payloads()[::3] if not kinds(each, "postgres")]
