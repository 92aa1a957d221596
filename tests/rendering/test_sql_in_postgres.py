"""What passes as a query, PostgreSQL runs for a role that may read two tables and no more."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
from benchmarks.honest_queries import HONEST
from benchmarks.hostile_queries import HOSTILE
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("sqlglot", reason="the output extra is not installed")

from guardrails_lib.rendering.sql import Rules, wrong

psycopg = pytest.importorskip("psycopg", reason="the postgres extra is not installed")

RULES = Rules("postgres", ("users", "orders"))

WRITTEN = r"""
SELECT FROM WHERE WITH AS UNION ALL JOIN ON USING IN NOT EXISTS VALUES ORDER+BY GROUP+BY LIMIT
users orders secrets public.users public.secrets pg_shadow "users" "secrets" x y id name * 1 'a'
'it''s' '\' E'\'' U&'a' U&"secrets" $$a$$ $a$ ( ) ( ) , ; . = || + - (SELECT+1) (TABLE+secrets)
(SELECT+id+FROM+users) (SELECT+*+FROM+secrets) TABLE count(*) max(id) pg_sleep(0) lower(name)
pg_read_file('x') -- /* */ RECURSIVE INSERT+INTO DELETE+FROM UPDATE SET DROP+TABLE RETURNING+*
CASE WHEN THEN ELSE END AND OR IS NULL LIKE CAST( ::text ::regclass ::secrets DISTINCT HAVING
LATERAL ONLY FOR+UPDATE INTO TABLESAMPLE+SYSTEM(10) ROWS+FROM( OVER( NATURAL LEFT CROSS OFFSET
EXCEPT INTERSECT ARRAY[ ] ARRAY( ROW( @@ :: ~ ^ [ users.secrets secrets.id users.* (users).name
nextval('s') current_setting('x') generate_series(1,2) unnest(ARRAY[1]) AS+t(a) AS+secrets
AS+users WITH+ORDINALITY INTERVAL AT+TIME+ZONE COLLATE "C" xmlparse(
"""
WORDS = [word.replace("+", " ") if word[1:] else word for word in WRITTEN.split()]

REFUSED = (psycopg.errors.InsufficientPrivilege, psycopg.errors.ReadOnlySqlTransaction)


@pytest.fixture(scope="module")
def low() -> Iterator[Any]:
    """A connection as a role that may read `users` and `orders`."""
    from benchmarks.postgres_server import found, server

    if found() is None:
        if os.environ.get("CI") == "true":
            pytest.fail("CI runs with a PostgreSQL server: initdb and postgres are not there")
        pytest.skip("no PostgreSQL server is installed")
    with server() as started, psycopg.connect(started.url, autocommit=True) as connection:
        for table in ("users", "orders", "secrets"):
            connection.execute(f"CREATE TABLE {table} (id int, name text)")
        connection.execute("CREATE SEQUENCE s")
        connection.execute("REVOKE SELECT ON ALL TABLES IN SCHEMA pg_catalog FROM PUBLIC")
        connection.execute("CREATE ROLE low")
        connection.execute("GRANT SELECT ON users, orders TO low")
        connection.execute("SET ROLE low")
        connection.execute("SET default_transaction_read_only = on")
        connection.execute("SET statement_timeout = '2s'")
        yield connection


def refused(low: Any, query: str) -> bool:
    """Whether the server would not let this role run *query*."""
    try:
        low.execute(query)
    except REFUSED:
        return True
    except psycopg.Error:
        return False  # it cannot be run by anybody
    return False


def test_a_query_that_reads_too_much_is_refused(low: Any) -> None:
    assert refused(low, "SELECT * FROM secrets")
    assert refused(low, "SELECT nextval('s')")


@settings(max_examples=150)
@given(st.lists(st.sampled_from(WORDS), max_size=10).map(" ".join))
def test_made_up_queries(low: Any, text: str) -> None:
    for query in (
        "SELECT " + text,
        "SELECT name FROM users WHERE id = " + text,
        "SELECT name FROM users WHERE name = '" + text + "'",
        "SELECT * FROM users " + text,
        "WITH secrets AS (SELECT 1 AS id) SELECT * FROM " + text,
    ):
        if not list(wrong(query, RULES)):
            assert not refused(low, query)


@settings(max_examples=150)
@given(
    st.sampled_from(HONEST["postgres"] + HOSTILE["postgres"]).map(str.split),
    st.lists(st.tuples(st.integers(0, 40), st.sampled_from(WORDS)), max_size=3),
)
def test_changed_queries(low: Any, words: list[str], changes: list[tuple[int, str]]) -> None:
    query = [*words]
    for place, word in changes:
        query[place % (len(query) or 1) : place % (len(query) or 1) + 1] = [word]
    if not list(wrong(" ".join(query), RULES)):
        assert not refused(low, " ".join(query))
