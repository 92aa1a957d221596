"""What a text of a model does where it is run: as SQL, in a shell, as Python."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from typing import ParamSpec, cast

from .._check import Check, check
from .._errors import PolicyError
from .._types import Finding, Span
from .knowing import known_in
from .parameters import in_place_of, read_at_once, texts

__all__ = ["unsafe_code", "unsafe_shell", "unsafe_sql"]

P = ParamSpec("P")

MOST = 50
"""So many of the things that are wrong with one text are told."""


def _dialect(given: object) -> str:
    try:
        from ..rendering import sql_parsed  # noqa: PLC0415  # it needs an extra
    except ImportError as missing:
        raise PolicyError(f"unsafe_sql(): {missing}") from missing
    if not isinstance(given, str) or given not in sql_parsed.DIALECTS:
        raise PolicyError(f"dialect= is one of: {', '.join(sql_parsed.DIALECTS)}")
    return given


def _tables(make: Callable[P, Check[str]]) -> Callable[P, Check[str]]:
    """A factory that reads the names in ``tables=`` as its dialect does."""

    @in_place_of(make)
    def read(*args: P.args, **kwargs: P.kwargs) -> Check[str]:
        made = make(*args, **kwargs)
        from ..rendering import sql_parsed  # noqa: PLC0415  # it needs an extra

        params = dict(made.params)
        try:
            tables = cast("tuple[str, ...]", params["tables"] or ())
            sql_parsed.names(tables, cast("str", params["dialect"]))
        except sql_parsed.Unread as problem:
            raise PolicyError(f"tables= takes names of tables, not {problem}") from None
        return made

    return read


def _named(name: str) -> Callable[[object], tuple[str, ...]]:
    return lambda given: texts(name, given)


def _tables_or_none(given: object) -> tuple[str, ...] | None:
    return None if given is None else _named("tables")(given)


def _is_bool(name: str) -> Callable[[object], bool]:
    def read(given: object) -> bool:
        if not isinstance(given, bool):
            raise PolicyError(f"{name}= is True or False")
        return given

    return read


@_tables
@read_at_once(
    dialect=_dialect,
    tables=_tables_or_none,
    read_only=_is_bool("read_only"),
    functions=_named("functions"),
)
@check(known=known_in("commands.unsafe_sql"))
def unsafe_sql(
    text: str,
    dialect: str,
    *,
    tables: Iterable[str] | None = None,
    read_only: bool = True,
    functions: Iterable[str] = (),
) -> Iterator[Finding]:
    """SQL that is more than one query of what may be read, in the *dialect* of the server.

    A query is read by a parser, and everything in it must be known to be harmless: its parts,
    its functions and the names in *tables*, with their schemas as they are written. Without
    *tables* any will do but those of the server itself. *functions* are yours. With
    ``read_only=False`` rows may be changed, and nothing else.

    >>> check = unsafe_sql("postgres", tables=("orders",))
    >>> list(check("SELECT count(*) FROM orders WHERE total > 10"))
    []
    >>> [f.kind for f in check("SELECT pg_sleep(9) FROM orders, secrets")]
    ['function', 'table']

    Comments and choices like ``OR 1=1`` are found too. It does not see how long a query takes
    or what its columns hold: give the role of the connection few rights and a time limit.
    """
    from ..rendering import sql  # noqa: PLC0415  # it needs an extra

    listed = None if tables is None else tuple(tables)
    rules = sql.Rules(dialect, listed, read_only, tuple(functions))
    for each in itertools.islice(sql.wrong(text, rules), MOST):
        yield Finding(each.message, Span(each.start, each.end), kind=each.kind)


def _commands(given: object) -> tuple[str, ...]:
    from ..rendering import shell  # noqa: PLC0415  # with the others of its room

    found = texts("allow", given)
    for each in found:
        if not shell.prefix(each):
            raise PolicyError(f'allow= takes commands, like "git status", not {each!r}')
    return found


@read_at_once(allow=_commands, pipes=_is_bool("pipes"))
@check(known=known_in("commands.unsafe_shell"))
def unsafe_shell(text: str, *, allow: Iterable[str] = (), pipes: bool = False) -> Iterator[Finding]:
    """A command line that is not one of those in *allow*, with plain words after it.

    What shells put something else for is found: variables, patterns, redirections, more than
    one command. With *pipes* each command between ``|`` must be allowed. An entry is a
    program and, if you like, its first arguments.

    >>> check = unsafe_shell(allow=("git status", "ls"))
    >>> list(check("ls -l 'my files'"))
    []
    >>> [(f.kind, f.span) for f in check("ls $(id)")]
    [('expansion', Span(start=3, end=4))]
    >>> [f.kind for f in unsafe_shell(allow=("find",))("find . -exec id")]
    ['runs_other']

    It reads POSIX shells, not those of Windows. It knows options that run other programs for
    some well-known programs, not for all, and not what a listed command does to a file.
    """
    from ..rendering import shell  # noqa: PLC0415  # with the others of its room

    entries = [entry for each in allow if (entry := shell.prefix(each))]
    for each in itertools.islice(shell.wrong(text, entries, pipes=pipes), MOST):
        yield Finding(each.message, Span(each.start, each.end), kind=each.kind)


def _language(given: object) -> str:
    if given == "json":
        raise PolicyError("JSON is data: read it with guard(..., returns=...)")
    if given != "python":
        raise PolicyError('language= is "python": no other can be read here')
    return "python"


def _identifiers(name: str) -> Callable[[object], tuple[str, ...]]:
    def read(given: object) -> tuple[str, ...]:
        found = texts(name, given)
        for each in found:
            if not all(part.isidentifier() for part in each.split(".")):
                raise PolicyError(f"{name}= takes names, not {each!r}")
        return found

    return read


@read_at_once(language=_language, imports=_identifiers("imports"), names=_identifiers("names"))
@check(known=known_in("commands.unsafe_code"))
def unsafe_code(
    text: str, language: str, *, imports: Iterable[str] = (), names: Iterable[str] = ()
) -> Iterator[Finding]:
    """Code in *language*, which is "python", that does more than reckon.

    It may use its own variables, the builtins that look at nothing else, the modules in
    *imports*, and the *names* that are there where it is run.

    >>> check = unsafe_code("python", imports=("math",))
    >>> list(check("import math; print(math.sqrt(2))"))
    []
    >>> [f.kind for f in check("print(().__class__); open('x')")]
    ['attribute', 'name']

    A list of what is allowed is no sandbox: what it lets pass may still take all memory and
    time, and a module can do all that its functions can. Run it in a process of its own,
    without rights.
    """
    from ..rendering import code  # noqa: PLC0415  # with the others of its room

    rules = code.Rules(tuple(imports), tuple(names))
    for each in itertools.islice(code.wrong(text, rules), MOST):
        yield Finding(each.message, Span(each.start, each.end), kind=each.kind)
