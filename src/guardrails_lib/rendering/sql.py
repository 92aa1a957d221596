"""Whether a query does nothing but read what it may: by lists of what is allowed."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from .doubt import Doubt
from .sql_names import (
    CATALOGS,
    CLAUSES,
    COMMON,
    FUNCTIONS,
    NILADIC,
    NODES,
    OF_DIALECTS,
    RESERVED,
    TYPES,
    WRITING,
)
from .sql_parsed import (
    Node,
    Token,
    Unread,
    children,
    fold,
    function_names,
    is_function,
    names,
    parsed,
    table_name,
    tokens,
    walked,
)
from .sql_sense import senseless
from .sql_written import LONGEST, doubts

__all__ = ["Rules", "wrong"]

READS = {"Select", "Union", "Except", "Intersect", "Subquery", "Values"}
WRITES = {"Insert", "Update", "Delete", "Merge"}
BEGINS_READING = {"SELECT", "WITH", "L_PAREN", "VALUES", "FROM"}
BEGINS_WRITING = {"INSERT", "UPDATE", "DELETE", "MERGE"}

RECURSIVE_BY_ITSELF = {"tsql"}
"""Dialects where a name in WITH means itself inside, without the word RECURSIVE."""

FOLDS_FOR_SURE = {"postgres", "redshift", "snowflake", "oracle"}
"""Dialects where no setting says whether small letters are capitals."""

FUNCTIONS_LOOK_LIKE_COLUMNS = {"postgres", "redshift", "duckdb", "oracle", "snowflake", "tsql"}
PLAIN = re.compile(r"[^\W\d][\w $-]*")
"""The name of a table; a file has dots and slashes in it."""

CALLS_WITHOUT_BRACKETS = {"oracle"}
RELATIONS = {"Table", "Subquery", "CTE", "Lateral", "Unnest", "Values"}

OWN_NAMES = {"oracle": {"nextval", "currval"}, "snowflake": {"nextval", "currval"}}
"""What a column may not be called after a dot: it moves a sequence on."""


class Rules(NamedTuple):
    """What a query may do."""

    dialect: str
    tables: tuple[str, ...] | None = None
    read_only: bool = True
    functions: tuple[str, ...] = ()


def wrong(text: str, rules: Rules) -> Iterator[Doubt]:
    """What is wrong with *text* as one query."""
    if len(text) > LONGEST:
        yield Doubt("too_long", f"more than {LONGEST} characters", 0, len(text))
        return
    try:
        read = tokens(text, rules.dialect)
        doubtful = list(doubts(text, read, rules.dialect))
        yield from doubtful
        if any(each.kind == "too_deep" for each in doubtful):
            return
        first = next((each for each in read if each.token_type.name != "SEMICOLON"), None)
        begins = BEGINS_READING if rules.read_only else BEGINS_READING | BEGINS_WRITING
        if first is None or first.token_type.name not in begins:
            yield _statement(first, rules, len(text))
            return
        statements = parsed(text, read, rules.dialect)
    except Unread:
        yield Doubt("unparsed", "it cannot be read as SQL of this dialect", 0, len(text))
        return
    if len(statements) != 1:
        yield Doubt("statements", f"{len(statements)} statements, and not one", 0, len(text))
    for each in statements:
        yield from _judged(each, rules, len(text))


def _statement(first: Token | None, rules: Rules, end: int) -> Doubt:
    if first is None:
        return Doubt("statements", "no statement", 0, end)
    does = "reads" if rules.read_only else "reads or changes rows"
    return Doubt("statement", f"a statement that is none that {does}", first.start, first.end + 1)


def _judged(tree: Node, rules: Rules, end: int) -> Iterator[Doubt]:
    top = READS if rules.read_only else READS | WRITES
    if type(tree).__name__ not in top:
        yield Doubt("statement", "a statement that is not allowed", *_span(tree, end))
        return
    known = _known(rules)
    nodes = list(walked(tree))
    real = {id(node): name for node, name in _real_tables(tree, rules.dialect)}
    for node in nodes:
        for kind, message in _of_node(node, rules, known):
            yield Doubt(kind, message, *_span(node, end))
        if id(node) in real and (told := _of_table(real[id(node)], rules)):
            yield Doubt(*told, *_span(node, end))
    if not any(type(each).__name__ in RELATIONS | {"Lambda"} for each in nodes):
        for node in nodes:
            if type(node).__name__ == "Column":
                yield Doubt("table", "a column of no table", *_span(node, end))
    if rules.dialect in CALLS_WITHOUT_BRACKETS:
        for node in _of_packages(nodes):
            yield Doubt("function", "a function that is not listed", *_span(node, end))
    for kind, message, node in senseless(nodes):
        yield Doubt(kind, message, *_span(node, end))


def _of_packages(nodes: Sequence[Node]) -> Iterator[Node]:
    """The columns of what is no table here: ``package.function`` may be called like that."""
    tables = {each.alias_or_name.lower() for each in nodes if type(each).__name__ in RELATIONS}
    for node in nodes:
        of = node.args.get("table") if type(node).__name__ == "Column" else None
        if of is not None and of.name.lower() not in tables:
            yield node


class _Known(NamedTuple):
    nodes: frozenset[str]
    functions: frozenset[str]


@functools.lru_cache(maxsize=64)
def _known(rules: Rules) -> _Known:
    nodes = NODES if rules.read_only else NODES | WRITING
    named = {each.lower() for each in rules.functions}
    return _Known(nodes, COMMON | OF_DIALECTS[rules.dialect] | named)


@functools.lru_cache(maxsize=64)
def _listed(tables: tuple[str, ...], dialect: str) -> frozenset[tuple[str, ...]]:
    return names(tables, dialect)


def _of_node(node: Node, rules: Rules, known: _Known) -> Iterator[tuple[str, str]]:
    """What is wrong with one node, whatever is below it."""
    kind = type(node).__name__
    if is_function(node):
        called = function_names(node)
        in_schema = any("." in name and not name.startswith("safe.") for name in called)
        if (kind not in FUNCTIONS or in_schema) and known.functions.isdisjoint(called):
            yield "function", "a function that is not listed"
    elif kind not in known.nodes:
        yield "clause", "a part of a query that is not allowed"
    if kind in CLAUSES and any(
        value and role not in CLAUSES[kind] for role, value in node.args.items()
    ):
        yield "clause", "a part of a query that is not allowed"
    if any(isinstance(value, list) and _has_a_gap(value) for value in node.args.values()):
        yield "unparsed", "a part that is not there"
    if kind == "DataType" and getattr(node.this, "name", "") not in TYPES:
        yield "type", "a type that is not known"
    elif kind == "Identifier":
        if rules.dialect == "tsql" and not node.args.get("quoted") and _is_reserved(node):
            yield "reserved", "a reserved word where a name should be"
    elif kind == "Parameter" and type(node.this).__name__ not in {"Var", "Literal", "Identifier"}:
        yield "clause", "a setting of the server"
    elif kind == "Dot" and type(node.this).__name__ in {"Cast", "TryCast"}:
        yield "type", "a type that is not known"
    elif _is_called_by_schema(node, known):
        yield "function", "a function that is not listed"
    elif _sets_a_variable(node):
        yield "clause", "a variable that is set"
    elif kind == "Column":
        yield from _of_column(node, rules.dialect)


def _has_a_gap(nodes: list[object]) -> bool:
    return any(each is None for each in nodes)


def _is_called_by_schema(node: Node, known: _Known) -> bool:
    """``FROM app.lower(x)`` calls somebody's function, whatever it is called."""
    schema = node.args.get("db") if type(node).__name__ == "Table" else None
    if schema is None or not is_function(node.this):
        return False
    called = {f"{schema.name.lower()}.{name}" for name in function_names(node.this)}
    return known.functions.isdisjoint(called)


def _sets_a_variable(node: Node) -> bool:
    kind, above = type(node).__name__, type(node.parent).__name__
    sets = kind == "PropertyEQ" or (kind == "EQ" and above == "Select")
    return sets and type(node.this).__name__ == "Parameter"


def _is_reserved(name: Node) -> bool:
    return name.name.upper() in RESERVED


def _of_column(column: Node, dialect: str) -> Iterator[tuple[str, str]]:
    name, table = column.this, column.args.get("table")
    called = name.name.lower()
    if table is not None:
        if called in OWN_NAMES.get(dialect, ()):
            yield "function", "a sequence that moves on"
    elif (
        called in NILADIC and dialect in FUNCTIONS_LOOK_LIKE_COLUMNS and not name.args.get("quoted")
    ):
        yield "function", "a function that tells who is asking"


def _real_tables(tree: Node, dialect: str) -> Iterator[tuple[Node, tuple[str, ...] | None]]:
    """The tables that *tree* names, but for those names that its own WITH made.

    A name of a WITH is known to what comes after it, and to itself if it recurses; a table
    that is written to is never one. Where servers differ it counts as a table.
    """
    todo: list[tuple[Node, frozenset[str]]] = [(tree, frozenset())]
    while todo:
        node, made = todo.pop()
        kind = type(node).__name__
        if kind == "Table" and not is_function(node.this):
            name = table_name(node, dialect)
            if not (name and len(name) == 1 and _key(node.this, dialect) in made):
                yield node, name
        if (ctes := node.args.get("with_")) is not None:
            recursive = ctes.args.get("recursive") or dialect in RECURSIVE_BY_ITSELF
            for cte in ctes.expressions:
                own = _made(cte, dialect)
                todo.append((cte, made | own if recursive else made))
                made |= own
        for role, child in children(node):
            if role != "with_":
                target = role == "this" and kind in WRITES
                todo.append((child, frozenset() if target else made))


def _made(cte: Node, dialect: str) -> frozenset[str]:
    alias = cte.args["alias"].this
    return frozenset() if alias is None else frozenset({_key(alias, dialect)})


def _key(name: Node, dialect: str) -> str:
    """The name of a WITH, equal to those alone that are it on every server of *dialect*."""
    return fold(name, dialect) if dialect in FOLDS_FOR_SURE else name.name


def _of_table(name: tuple[str, ...] | None, rules: Rules) -> tuple[str, str] | None:
    if name is None:
        return "table", "a table that has no plain name"
    if rules.tables is not None:
        if name in _listed(rules.tables, rules.dialect):
            return None
        return "table", "a table that is not listed"
    if any(part.lower().startswith(CATALOGS) for part in name):
        return "table", "a table of the server's own"
    if not all(PLAIN.fullmatch(part) for part in name):
        return "table", "a table that has no plain name"
    return None


def _span(node: Node, end: int) -> tuple[int, int]:
    """Where *node* is written, as near as the parser says."""
    for each in walked(node):
        if "start" in each.meta:
            return each.meta["start"], each.meta["end"] + 1
    return 0, end
