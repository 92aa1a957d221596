"""The table that holds cases: what is asked of the database, and what it answers.

Each change is one statement that is committed by itself, so that there is no transaction to
leave open, and each has a connection of its own, so that threads and forks share none.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from typing import TypeVar

from .._case import Case, State
from .._errors import DeskError
from .spool import Down
from .written import to_json

try:
    import sqlalchemy as sa
    from sqlalchemy import event
    from sqlalchemy.exc import ArgumentError, IntegrityError, ProgrammingError, SQLAlchemyError
    from sqlalchemy.schema import CreateIndex, CreateTable
except ImportError as missing:
    raise ImportError(
        'a desk in a database needs sqlalchemy: pip install "guardrails-lib[sql]"'
    ) from missing

__all__ = ["Table"]

T = TypeVar("T")

_CASES = sa.Table(
    "guardrails_cases",
    sa.MetaData(),
    sa.Column("id", sa.String(200), primary_key=True),
    sa.Column("state", sa.String(20), nullable=False),
    sa.Column("opened", sa.Double, nullable=False),
    sa.Column("deadline", sa.Double),
    sa.Column("claimed_until", sa.Double),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("body", sa.Text, nullable=False),
)
_BY_AGE = sa.Index("guardrails_cases_by_age", _CASES.c.opened, _CASES.c.id)
_IT = _CASES.c


class Table:
    """Cases in a database, as JSON, each with the version that a change is made from."""

    def __init__(self, url: str, *, timeout: float) -> None:
        self._engine = _engine(url, timeout)

    def add(self, case: Case) -> bool:
        """Put *case* in, if none has its id."""
        put = sa.insert(_CASES).values(id=case.id, version=1, **_row(case))

        def added(connection: sa.Connection) -> bool:
            try:
                connection.execute(put)
            except IntegrityError:
                return False
            return True

        return self._do(added)

    def get(self, id: str) -> tuple[str, int] | None:  # noqa: A002  # it is the case's own word
        """The case with that id, and its version."""
        wanted = sa.select(_IT.body, _IT.version).where(_IT.id == id)
        row = self._do(lambda connection: connection.execute(wanted).one_or_none())
        return (row.body, row.version) if row else None

    def swap(self, case: Case, version: int) -> bool:
        """Put *case* in place of its *version*, if nobody else did."""
        change = (
            sa.update(_CASES)
            .where(_IT.id == case.id, _IT.version == version)
            .values(version=version + 1, **_row(case))
        )
        return self._do(lambda connection: connection.execute(change).rowcount) == 1

    def page(
        self, state: State | None, now: float, after: tuple[float, str] | None, limit: int
    ) -> Sequence[str]:
        """Cases that are in *state* by *now*, the oldest first, behind that time and id."""
        wanted = sa.select(_IT.body).order_by(_IT.opened, _IT.id).limit(limit)
        if after is not None:
            opened, last = after
            same = sa.and_(_IT.opened == opened, _IT.id > last)
            wanted = wanted.where(sa.or_(_IT.opened > opened, same))
        if state is not None:
            wanted = wanted.where(_stands(state, now))
        return self._do(lambda connection: connection.execute(wanted).scalars().all())

    def _do(self, work: Callable[[sa.Connection], T]) -> T:
        """Do *work*; if there is no table yet, after making it."""
        try:
            try:
                return self._once(work)
            except SQLAlchemyError as problem:
                if not _no_table(problem):
                    raise
            self._create()
            return self._once(work)
        except SQLAlchemyError as problem:
            orig = getattr(problem, "orig", None) or problem
            why = getattr(orig, "sqlite_errorname", type(orig).__name__)
            raise Down(f"the database does not do it: {why}") from None

    def _once(self, work: Callable[[sa.Connection], T]) -> T:
        with self._engine.connect() as connection:
            return work(connection)

    def _create(self) -> None:
        self._make(CreateTable(_CASES, if_not_exists=True))
        self._make(CreateIndex(_BY_AGE, if_not_exists=True))

    def _make(self, what: sa.ExecutableDDLElement) -> None:
        """Of two who make it at once, one is told that it is there."""
        with contextlib.suppress(IntegrityError, ProgrammingError):
            self._once(lambda connection: connection.execute(what))


def _no_table(problem: SQLAlchemyError) -> bool:
    orig = getattr(problem, "orig", None)
    return getattr(orig, "sqlstate", "") == "42P01" or str(orig).startswith("no such table")


def _engine(url: str, timeout: float) -> sa.Engine:
    try:
        at = sa.make_url(url)
    except ArgumentError:
        raise DeskError("that is no address of a database: sqlite:///cases.db") from None
    if at.drivername == "postgresql":
        at = at.set(drivername="postgresql+psycopg")
    kind = at.get_backend_name()
    if kind == "sqlite" and at.database in {None, "", ":memory:"}:
        raise DeskError("a desk in memory is MemoryDesk(): a SqlDesk needs a file")
    how: dict[str, dict[str, object]] = {
        "sqlite": {"timeout": timeout},
        "postgresql": {
            "connect_timeout": max(2, round(timeout)),  # libpq knows no less
            "tcp_user_timeout": int(timeout * 1000),
            "options": f"-c statement_timeout={int(timeout * 1000)}",
        },
    }
    if kind not in how:
        raise DeskError(f"a desk is in SQLite or PostgreSQL, not in {kind}")
    try:
        engine = sa.create_engine(
            at,
            poolclass=sa.NullPool,
            isolation_level="AUTOCOMMIT",
            hide_parameters=True,
            connect_args=how[kind],
        )
    except ModuleNotFoundError as missing:
        raise ImportError(
            f'that database needs {missing.name}: pip install "guardrails-lib[postgres]"'
        ) from missing
    if kind == "sqlite":
        event.listen(engine, "connect", _synchronous)
    return engine


def _synchronous(connection: sa.engine.interfaces.DBAPIConnection, _: object) -> None:
    """What is committed has reached the disk, the journal's end too."""
    cursor = connection.cursor()
    cursor.execute("PRAGMA synchronous=EXTRA")
    cursor.close()


def _row(case: Case) -> dict[str, object]:
    return {
        "state": case.state.value,
        "opened": case.opened,
        "deadline": case.deadline,
        "claimed_until": case.claimed_until,
        "body": to_json(case),
    }


def _stands(state: State, now: float) -> sa.ColumnElement[bool]:
    """What `seen` says of a case, said to the database."""
    late = sa.and_(_IT.deadline.is_not(None), _IT.deadline <= now)
    closed = sa.or_(_IT.state == State.RESOLVED.value, late)
    if state is State.RESOLVED:
        return closed
    in_hand = sa.and_(_IT.state == State.CLAIMED.value, _IT.claimed_until > now)
    return sa.and_(sa.not_(closed), in_hand if state is State.CLAIMED else sa.not_(in_hand))
