"""Commands and code that stay within what is allowed, and such as do not."""

from __future__ import annotations

from collections.abc import Sequence

from ..._known import Known

__all__ = ["unsafe_code", "unsafe_shell", "unsafe_sql"]


def unsafe_sql(
    dialect: str, tables: Sequence[str] | None, read_only: bool, functions: Sequence[str]
) -> Known[str]:
    """Queries that read, and such as change the schema, or are two."""
    del dialect, functions
    table = tables[0] if tables else "orders"
    bad = ["DROP TABLE orders", "SELECT 1; DROP TABLE orders", "not a query at all ("]
    if read_only:
        bad.append(" ".join(("DELETE FROM", table)))
    if tables is not None:
        bad.append("SELECT 1 FROM guardrails_no_such_table")
    good = ["SELECT 1"]
    if tables is None or tables:
        good.append(" ".join(("SELECT count(*) FROM", table)))
    return Known(bad, good)


def unsafe_shell(allow: Sequence[str], pipes: bool) -> Known[str]:
    """Each command that is allowed, and what else a shell would do with it."""
    first = allow[0] if allow else "ls"
    bad = [f"{first} $(id)", f"{first}; id", "guardrails-no-such-program"]
    if not pipes:
        bad.append(f"{first} | {first}")
    return Known(bad, [*allow, *(f"{each} notes.txt" for each in allow[:1])])


def unsafe_code(language: str, imports: Sequence[str], names: Sequence[str]) -> Known[str]:
    """Code that reckons, and code that looks around."""
    del language, names
    return Known(
        ["print(().__class__)", "import guardrails_no_such_module", "not code at all ("],
        ["print(1 + 1)", "x = [n * n for n in range(9)]", *(f"import {each}" for each in imports)],
    )
