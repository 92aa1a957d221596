"""SQL as sqlglot reads it, in the dialect that is named."""

from __future__ import annotations

import functools
import logging
from collections.abc import Iterator
from contextvars import ContextVar
from typing import TypeAlias

try:
    import sqlglot
    from sqlglot import exp
    from sqlglot.dialects.dialect import Dialect, NormalizationStrategy
    from sqlglot.errors import SqlglotError
    from sqlglot.tokenizer_core import Token
except ImportError as problem:
    raise ImportError('to read SQL: pip install "guardrails-lib[output]"') from problem

__all__ = [
    "DIALECTS",
    "Node",
    "Token",
    "Unread",
    "children",
    "fold",
    "function_names",
    "is_function",
    "names",
    "parsed",
    "table_name",
    "tokens",
    "walked",
]

Node: TypeAlias = exp.Expr
Name: TypeAlias = tuple[str, ...]

DIALECTS = (
    *("bigquery", "clickhouse", "databricks", "duckdb", "mysql", "oracle", "postgres", "presto"),
    *("redshift", "snowflake", "spark", "sqlite", "trino", "tsql"),
)
"""Those whose quotes, comments and escapes were looked at one by one."""

PARTS = ("catalog", "db", "this")
"""What the name of a table is made of."""

_reading: ContextVar[bool] = ContextVar("reading", default=False)


def _not_ours(record: logging.LogRecord) -> bool:
    return not _reading.get()


# sqlglot logs the text that it cannot read. What is logged for others stays as it is.
logging.getLogger(sqlglot.__name__).addFilter(_not_ours)


class Unread(ValueError):
    """sqlglot cannot make anything of it."""


def tokens(text: str, dialect: str) -> list[Token]:
    """The tokens of *text*, each with the place where it stands."""
    try:
        return Dialect.get_or_raise(dialect).tokenize(text)
    except SqlglotError:
        raise Unread from None


def parsed(text: str, read: list[Token], dialect: str) -> list[Node]:
    """The statements that *read*, the tokens of *text*, are."""
    token = _reading.set(True)
    try:
        found = Dialect.get_or_raise(dialect).parser().parse(read, text)
    except Exception:  # what it raises on hostile text is not only its own errors
        raise Unread from None
    finally:
        _reading.reset(token)
    return [each for each in found if each is not None]


def walked(tree: Node) -> Iterator[Node]:
    """Every node of *tree*."""
    return tree.walk()


def children(node: Node) -> Iterator[tuple[str, Node]]:
    """The nodes right below *node*, and what they are to it."""
    for role, value in node.args.items():
        for each in value if isinstance(value, list) else (value,):
            if isinstance(each, exp.Expr):
                yield role, each


def is_function(node: Node) -> bool:
    """Whether *node* is a call of a function."""
    return isinstance(node, exp.Func)


def function_names(node: Node) -> tuple[str, ...]:
    """What a call is called, in small letters; after its schema, where it has one."""
    if isinstance(node, exp.Anonymous):
        called = [node.name]
    else:
        called = type(node).sql_names() if isinstance(node, exp.Func) else []
    before = ""
    below: Node = node
    above = node.parent
    while isinstance(above, exp.Dot) and above.expression is below:
        before = f"{above.this.name.lower()}.{before}"
        below, above = above, above.parent
    return tuple(before + name.lower() for name in called)


def names(listed: tuple[str, ...], dialect: str) -> frozenset[Name]:
    """The names of tables that were *listed*, as they are compared in *dialect*."""
    found: set[Name] = set()
    for each in listed:
        try:
            table: Node = sqlglot.parse_one(each, into=exp.Table, dialect=dialect)
        except Exception:  # it raises several kinds of errors
            raise Unread(each) from None
        name = table_name(table, dialect)
        if name is None or any(value for role, value in table.args.items() if role not in PARTS):
            raise Unread(each)
        found.add(name)
    return frozenset(found)


def table_name(table: Node, dialect: str) -> Name | None:
    """Catalog, schema and name of *table*, as far as written; None if it is no name."""
    parts = [table.args.get(role) for role in PARTS]
    written = [part for part in parts if part]
    if not all(isinstance(part, exp.Identifier) for part in written):
        return None
    return tuple(fold(part, dialect) for part in written)


@functools.cache
def _strategy(dialect: str) -> NormalizationStrategy:
    return Dialect.get_or_raise(dialect).normalization_strategy


def fold(name: Node, dialect: str) -> str:
    """An identifier as it is compared: quotes keep its letters where the dialect says so."""
    strategy = _strategy(dialect)
    text = name.name
    if strategy is NormalizationStrategy.CASE_INSENSITIVE:
        return text.lower()
    if name.args.get("quoted") or strategy is NormalizationStrategy.CASE_SENSITIVE:
        return text
    return text.upper() if strategy is NormalizationStrategy.UPPERCASE else text.lower()
