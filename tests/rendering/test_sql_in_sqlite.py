"""What passes as a query, SQLite runs: it reads what it may and does nothing else."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("sqlglot", reason="the output extra is not installed")

from guardrails_lib.rendering.sql import Rules, wrong

RULES = Rules("sqlite", ("users", "orders"))

WRITTEN = r"""
SELECT FROM WHERE WITH AS UNION ALL JOIN ON USING IN NOT EXISTS VALUES ORDER BY GROUP LIMIT
users orders secrets main.users main.secrets sqlite_master pragma_table_info('users') "users"
"secrets" 'secrets' [secrets] `users` x y id name * 1 'a' 'it''s' '\' ( ) ( ) , ; . = || + -
(SELECT+1) (SELECT+id+FROM+users) (SELECT+*+FROM+secrets) count(*) max(id) load_extension('x')
random() char(1) lower(name) -- /* */ RECURSIVE INSERT INTO DELETE UPDATE SET DROP TABLE ATTACH
PRAGMA CASE WHEN THEN ELSE END AND OR IS NULL LIKE GLOB CAST( text ) DISTINCT HAVING INDEXED
BETWEEN COLLATE NATURAL LEFT CROSS OVER OFFSET EXCEPT INTERSECT RETURNING
"""
WORDS = [word.replace("+", " ") if word[1:] else word for word in WRITTEN.split()]

READS = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION}
RECURSIVE = 33
"""What SQLite calls a recursive WITH; the module has no name for it."""


def seen(text: str) -> Iterator[tuple[int, str | None]]:
    """What SQLite would do to run *text*, and to which table."""
    database = sqlite3.connect(":memory:")
    for table in ("users", "orders", "secrets", "x", "y"):
        database.execute(f"CREATE TABLE {table} (id)")
    database.execute("ALTER TABLE users ADD COLUMN name")
    done: list[tuple[int, str | None]] = []

    def watch(action: int, first: str | None, *_: object) -> int:
        done.append((action, first))
        return sqlite3.SQLITE_OK

    database.set_authorizer(watch)
    try:
        database.execute("EXPLAIN " + text)
    except (sqlite3.Error, sqlite3.Warning, ValueError):
        done.clear()  # it cannot be run
    finally:
        database.close()
    return iter(done)


@settings(max_examples=400)
@given(st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join))
def test_made_up_queries(text: str) -> None:
    for query in (
        "SELECT " + text,
        "SELECT name FROM users WHERE id = " + text,
        "SELECT name FROM users WHERE id = '" + text + "'",
        "WITH secrets AS (SELECT 1 AS id) SELECT * FROM " + text,
        "SELECT * FROM users " + text,
    ):
        if not list(wrong(query, RULES)):
            for action, name in seen(query):
                assert action in READS | {RECURSIVE}
                assert action != sqlite3.SQLITE_READ or name not in {"secrets", "sqlite_master"}


@settings(max_examples=200)
@given(st.text("'\"`[]\\-/*#; \n\t\0a1=(),.$@:!{}%", max_size=12))
def test_made_up_signs(text: str) -> None:
    query = "SELECT name FROM users WHERE id = " + text
    if not list(wrong(query, RULES)):
        assert all(action in READS for action, _ in seen(query))


def test_what_is_watched_is_seen() -> None:
    assert (sqlite3.SQLITE_READ, "secrets") in seen("SELECT id FROM users WHERE id IN secrets")
