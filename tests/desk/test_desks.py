"""What every desk does: in memory, in SQLite, and in PostgreSQL."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guardrails_lib import (
    Action,
    Approve,
    Case,
    Data,
    Desk,
    DeskError,
    Fallback,
    Message,
    Reject,
    Request,
    Resolution,
    State,
)
from guardrails_lib.desk import MemoryDesk, SqlDesk

ROOT = Path(__file__).parents[2]
YES = Resolution(Approve(), "Ann", 5.0, answer="On its way.")


class Clock:
    """A time that is what one says it is."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


def case(number: int = 17, **how: Any) -> Case:
    return Case(f"case-{number}", Request("Where is my order?"), **how)


@pytest.fixture(scope="module")
def postgres() -> Iterator[Any]:
    """A server, started for these tests. CI has one; elsewhere it may be missing."""
    pytest.importorskip("psycopg", reason="the postgres extra is not installed")
    from benchmarks.postgres_server import found, server

    if found() is None:
        if os.environ.get("CI") == "true":
            pytest.fail("CI runs with a PostgreSQL server: initdb and postgres are not there")
        pytest.skip("no PostgreSQL server is installed")
    with server() as started:
        yield started


@pytest.fixture
def emptied(postgres: Any) -> str:
    """The address of a database without a table."""
    import psycopg

    with psycopg.connect(postgres.url) as connection:
        connection.execute("DROP TABLE IF EXISTS guardrails_cases")
    return str(postgres.url)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/cases.db"
    return str(request.getfixturevalue("emptied"))


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def desk(request: pytest.FixtureRequest, tmp_path: Path, clock: Clock) -> Desk:
    if request.param == "memory":
        return MemoryDesk(clock=clock)
    if request.param == "sqlite":
        return SqlDesk(f"sqlite:///{tmp_path}/cases.db", clock=clock)
    return SqlDesk(request.getfixturevalue("emptied"), clock=clock)


def at_once(*work: Callable[[], object]) -> list[object]:
    """What each gives, or the error it raises, when all begin together."""
    ready = threading.Barrier(len(work))

    def one(do: Callable[[], object]) -> object:
        ready.wait()
        try:
            return do()
        except DeskError as problem:
            return problem

    with ThreadPoolExecutor(len(work)) as pool:
        return list(pool.map(one, work))


# -- opening and reading


def test_a_case_lies_there_as_it_was_handed_in(desk: Desk) -> None:
    given = case(say="\0\ud800 é", tags=("late",))
    opened = desk.open(given)
    assert [step.kind for step in opened.steps] == ["opened"]
    assert desk.get("case-17") == opened == replace(given, opened=1000.0, steps=opened.steps)


def test_the_first_with_an_id_stays(desk: Desk) -> None:
    first = desk.open(case(say="first"))
    assert desk.open(case(say="second")) == first == desk.get("case-17")
    assert len(desk.list()) == 1


def test_opening_again_gives_the_case_as_it_stands(desk: Desk) -> None:
    desk.open(case())
    closed = desk.resolve("case-17", YES)
    assert desk.open(case()) == closed


def test_a_desk_keeps_what_can_be_written_and_says_what_not(desk: Desk) -> None:
    odd = replace(case(), request=Request([Message("user", parts=[Data({"at": object()})])]))
    kept = desk.open(odd)
    assert kept.request.messages[0].parts == (Data({"at": None}),)
    assert kept.steps[0].note == "left out: request.messages[0].parts[0].value"


def test_a_case_that_cannot_be_written_is_refused(desk: Desk) -> None:
    wrong: Any = "soon"
    for each in (case(opened=wrong), case(reply=b"bytes"), Case("", Request(""))):
        with pytest.raises(DeskError):
            desk.open(each)
    assert len(desk.list()) == 0


def test_what_is_not_there_is_an_error(desk: Desk) -> None:
    uses: list[Callable[[], object]] = [
        lambda: desk.get("case-9"),
        lambda: desk.claim("case-9", "Ann"),
        lambda: desk.resolve("case-9", YES),
        lambda: desk.reopen("case-9", "Ann"),
        lambda: desk.list(after="case-9"),
    ]
    for use in uses:
        with pytest.raises(DeskError, match=r"^there is no case case-9$"):
            use()


def test_what_is_no_id_is_an_error(desk: Desk) -> None:
    with pytest.raises(DeskError, match="the id of a case"):
        desk.get("\0")


# -- from step to step


def test_a_case_is_claimed_resolved_and_reopened(desk: Desk, clock: Clock) -> None:
    desk.open(case())
    assert desk.claim("case-17", "Ann").claimed_until == 1900.0
    clock.now += 10
    assert desk.resolve("case-17", YES).resolution == YES
    clock.now += 10
    again = desk.reopen("case-17", "Bob", "a complaint")
    assert again == desk.get("case-17")
    assert [(step.kind, step.at, step.by) for step in again.steps] == [
        ("opened", 1000.0, ""),
        ("claimed", 1000.0, "Ann"),
        ("resolved", 1010.0, "Ann"),
        ("reopened", 1020.0, "Bob"),
    ]


def test_a_refused_step_leaves_no_trace(desk: Desk) -> None:
    desk.open(case())
    claimed = desk.claim("case-17", "Ann")
    uses: list[Callable[[], object]] = [
        lambda: desk.claim("case-17", "Bob"),
        lambda: desk.resolve("case-17", replace(YES, by="Bob")),
        lambda: desk.reopen("case-17", "Bob"),
    ]
    for use in uses:
        with pytest.raises(DeskError):
            use()
    assert desk.get("case-17") == claimed


def test_the_same_verdict_twice_is_one(desk: Desk, clock: Clock) -> None:
    desk.open(case())
    closed = desk.resolve("case-17", YES)
    clock.now += 10
    assert desk.resolve("case-17", replace(YES, by="Bob", at=9.0)) == closed
    with pytest.raises(DeskError, match="resolved already by Ann"):
        desk.resolve("case-17", Resolution(Reject(), "Bob", 9.0))


def test_a_case_expires(desk: Desk, clock: Clock) -> None:
    desk.open(case(deadline=1010.0, fallback=Fallback(Action.BLOCK, "Too late.")))
    clock.now = 1010.0
    late = desk.get("case-17")
    assert late.resolution == Resolution(None, "", 1010.0, Action.BLOCK, "Too late.")
    with pytest.raises(DeskError, match="its deadline passed"):
        desk.resolve("case-17", YES)
    assert desk.resolve("case-17", Resolution(None, "", 1.0)) == late
    clock.now = 2000.0
    desk.reopen("case-17", "Ann")
    assert desk.resolve("case-17", YES).resolution == YES


# -- lists


def ids(found: Any) -> list[str]:
    return [each.id for each in found]


def test_cases_are_listed_the_oldest_first(desk: Desk) -> None:
    for number, since in ((1, 30.0), (2, 10.0), (3, 20.0), (4, 20.0)):
        desk.open(case(number, opened=since))
    assert ids(desk.list()) == ["case-2", "case-3", "case-4", "case-1"]
    assert ids(desk.list(limit=2)) == ["case-2", "case-3"]
    assert ids(desk.list(after="case-3", limit=2)) == ["case-4", "case-1"]
    assert ids(desk.list(after="case-1")) == []
    with pytest.raises(DeskError, match="limit="):
        desk.list(limit=0)


def test_cases_are_listed_by_where_they_stand(desk: Desk, clock: Clock) -> None:
    for number in range(1, 5):
        desk.open(case(number, opened=float(number), deadline=1500.0 if number == 4 else None))
    desk.claim("case-1", "Ann", seconds=100.0)
    desk.resolve("case-2", YES)

    def stand() -> list[list[str]]:
        assert all(each.state is state for state in State for each in desk.list(state))
        return [ids(desk.list(state)) for state in State]

    assert stand() == [["case-3", "case-4"], ["case-1"], ["case-2"]]
    clock.now += 100
    assert stand() == [["case-1", "case-3", "case-4"], [], ["case-2"]]
    clock.now = 1500.0
    assert stand() == [["case-1", "case-3"], [], ["case-2", "case-4"]]


# -- many at once


def test_of_many_who_open_a_case_one_is_first(desk: Desk) -> None:
    def opening(number: int) -> Callable[[], object]:
        return lambda: desk.open(case(say=str(number)))

    given = at_once(*map(opening, range(16)))
    assert set(map(repr, given)) == {repr(desk.get("case-17"))}


def test_of_many_who_claim_a_case_one_has_it(desk: Desk) -> None:
    desk.open(case())

    def claiming(number: int) -> Callable[[], object]:
        return lambda: desk.claim("case-17", f"person-{number}")

    given = at_once(*map(claiming, range(16)))
    (won,) = [each for each in given if isinstance(each, Case)]
    assert desk.get("case-17") == won


def test_of_many_verdicts_one_holds(desk: Desk) -> None:
    desk.open(case())

    def resolving(number: int) -> Callable[[], object]:
        verdict = Resolution(Reject(say=str(number)), f"person-{number}", 1.0)
        return lambda: desk.resolve("case-17", verdict)

    given = at_once(*map(resolving, range(16)))
    (won,) = [each for each in given if isinstance(each, Case)]
    assert desk.get("case-17") == won
    assert len(won.steps) == 2


def test_a_table_that_many_make_at_once_is_made(url: str) -> None:
    pytest.importorskip("sqlalchemy", reason="the sql extra is not installed")

    def opening(number: int) -> Callable[[], object]:
        return lambda: SqlDesk(url).open(case(number))

    given = at_once(*map(opening, range(12)))
    assert all(isinstance(each, Case) for each in given)
    assert len(SqlDesk(url).list()) == 12


# -- processes


def test_what_one_process_opens_another_resolves(url: str) -> None:
    SqlDesk(url).open(case())
    script = """
import sys
from guardrails_lib import Approve, Resolution
from guardrails_lib.desk import SqlDesk
SqlDesk(sys.argv[1]).resolve("case-17", Resolution(Approve(), "Ann", 5.0, answer="On its way."))
"""
    subprocess.run([sys.executable, "-c", script, url], check=True)
    assert SqlDesk(url).get("case-17").resolution == YES


@pytest.mark.parametrize("kind", ["sqlite", "postgresql", "sqlite too busy"])
def test_no_case_is_lost_or_twice_when_processes_are_killed(
    request: pytest.FixtureRequest, tmp_path: Path, kind: str
) -> None:
    """So many callers on each; ``python -m benchmarks.desk`` is the same with 1,000 cases."""
    pytest.importorskip("sqlalchemy", reason="the sql extra is not installed")
    url = f"sqlite:///{tmp_path}/cases.db"
    if kind == "postgresql":
        url = str(request.getfixturevalue("emptied"))
    timeout = "0.005" if kind == "sqlite too busy" else "5.0"
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.desk", "60", url, timeout],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    proof = json.loads(done.stdout)
    assert (proof["lost"], proof["twice"]) == (0, 0)
    assert proof["killed"] > 0
    assert proof["told"] >= 60


def test_a_server_that_stops_and_starts(postgres: Any, emptied: str, tmp_path: Path) -> None:
    desk = SqlDesk(emptied, spool=tmp_path, timeout=2.0)
    desk.open(case(1))
    postgres.stop()
    try:
        assert desk.open(case(2)).spooled
        with pytest.raises(DeskError, match="the database"):
            desk.get("case-1")
        with pytest.raises(DeskError, match="the database"):
            desk.flush()
    finally:
        postgres.start()
    assert desk.flush() == 1
    assert ids(desk.list()) == ["case-1", "case-2"]


def test_a_server_whose_table_is_locked(emptied: str, tmp_path: Path) -> None:
    import psycopg

    desk = SqlDesk(emptied, spool=tmp_path, timeout=0.3)
    desk.open(case(1))
    with psycopg.connect(emptied) as other:
        other.execute("LOCK TABLE guardrails_cases IN ACCESS EXCLUSIVE MODE")
        waits = desk.open(case(2))
    assert waits.steps[-1].note == "the database does not do it: QueryCanceled"
    assert desk.flush() == 1


def test_a_server_that_may_only_be_read(emptied: str, tmp_path: Path) -> None:
    import psycopg

    desk = SqlDesk(emptied, spool=tmp_path)
    desk.open(case(1))
    with psycopg.connect(emptied) as other:
        other.execute("ALTER ROLE desk SET default_transaction_read_only = on")
    try:
        assert desk.open(case(2)).spooled
        assert ids(desk.list()) == ["case-1"]
    finally:
        with psycopg.connect(emptied) as other:
            other.read_only = False
            other.execute("ALTER ROLE desk RESET default_transaction_read_only")
    assert desk.flush() == 1


def test_a_server_that_never_answers(tmp_path: Path) -> None:
    pytest.importorskip("psycopg", reason="the postgres extra is not installed")
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"postgresql://desk@127.0.0.1:{silent.getsockname()[1]}/cases"
        began = time.monotonic()
        assert SqlDesk(url, spool=tmp_path, timeout=0.3).open(case()).spooled
        assert time.monotonic() - began < 15


# -- one law

PEOPLE = st.sampled_from(["Ann", "Bob"])
NUMBERS = st.integers(1, 3)
TIMES = st.none() | st.just(1010.0)
VERDICTS = st.sampled_from([Approve(), Approve("sure"), Reject()])
USES = st.one_of(
    st.builds(lambda n, at: lambda desk: desk.open(case(n, deadline=at)), NUMBERS, TIMES),
    st.builds(lambda n: lambda desk: desk.get(f"case-{n}"), NUMBERS),
    st.builds(lambda n, by: lambda desk: desk.claim(f"case-{n}", by, seconds=5.0), NUMBERS, PEOPLE),
    st.builds(
        lambda n, by, what: lambda desk: desk.resolve(f"case-{n}", Resolution(what, by, 1.0)),
        NUMBERS,
        PEOPLE,
        VERDICTS,
    ),
    st.builds(lambda n, by: lambda desk: desk.reopen(f"case-{n}", by), NUMBERS, PEOPLE),
    st.builds(lambda state: lambda desk: desk.list(state), st.none() | st.sampled_from(State)),
)


@settings(max_examples=15)
@given(st.lists(st.tuples(USES, st.integers(0, 4)), min_size=3, max_size=12))
def test_a_database_does_what_memory_does(uses: list[tuple[Callable[[Desk], object], int]]) -> None:
    clock = Clock()

    def given_by(desk: Desk, use: Callable[[Desk], object]) -> object:
        try:
            return use(desk)
        except DeskError as problem:
            return str(problem)

    with tempfile.TemporaryDirectory() as folder:
        desks = MemoryDesk(clock=clock), SqlDesk(f"sqlite:///{folder}/cases.db", clock=clock)
        for use, seconds in uses:
            clock.now += seconds
            memory, database = (given_by(desk, use) for desk in desks)
            assert memory == database
