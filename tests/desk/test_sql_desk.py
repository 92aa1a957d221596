"""A database that is locked, full, closed or gone, and the folder where cases wait for it."""

from __future__ import annotations

import logging
import os
import re
import sqlite3
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from guardrails_lib import Approve, Case, DeskError, Request, Resolution
from guardrails_lib.desk import SqlDesk, from_json
from guardrails_lib.desk import spool as files


def case(number: int = 17, text: str = "Where is my order?") -> Case:
    return Case(f"case-{number}", Request(text))


@pytest.fixture
def spool(tmp_path: Path) -> Path:
    return tmp_path / "spool"


@pytest.fixture
def desk(tmp_path: Path, spool: Path) -> SqlDesk:
    return SqlDesk(f"sqlite:///{tmp_path}/cases.db", spool=spool, timeout=0.1)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Another program that writes, and takes its time."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("BEGIN EXCLUSIVE")
    try:
        yield
    finally:
        connection.close()


def names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


def ids(desk: SqlDesk) -> list[str]:
    return [each.id for each in desk.list()]


# -- where it is made


@pytest.mark.parametrize(
    "url", ["cases.db", "", "sqlite://", "sqlite:///:memory:", "mysql://u@h/d", "nothing://x/y"]
)
def test_an_address_that_is_no_database_is_refused_at_once(url: str) -> None:
    with pytest.raises(DeskError):
        SqlDesk(url)


def test_making_a_desk_touches_nothing(tmp_path: Path) -> None:
    SqlDesk(f"sqlite:///{tmp_path}/cases.db", spool=tmp_path / "spool")
    assert names(tmp_path) == []


def test_a_database_is_read_by_somebody_who_may_not_write(tmp_path: Path, desk: SqlDesk) -> None:
    kept = desk.open(case())
    reader = SqlDesk(f"sqlite:///file:{tmp_path}/cases.db?mode=ro&uri=true")
    assert reader.get("case-17") == kept
    with pytest.raises(DeskError, match="the database does not do it"):
        reader.claim("case-17", "Ann")


# -- what is down


def test_a_case_waits_for_a_database_that_is_locked(tmp_path: Path, desk: SqlDesk) -> None:
    desk.open(case(1))
    with locked(tmp_path / "cases.db"):
        began = time.monotonic()
        waits = desk.open(case(2))
        assert time.monotonic() - began < 15
        assert waits.spooled
        assert waits.steps[-1].note == "the database does not do it: SQLITE_BUSY"
        with pytest.raises(DeskError, match="the database"):
            desk.flush()
    assert desk.flush() == 1
    assert ids(desk) == ["case-1", "case-2"]
    assert [step.kind for step in desk.get("case-2").steps] == ["spooled", "opened"]


def test_a_case_waits_for_a_database_that_is_full(desk: SqlDesk) -> None:
    from sqlalchemy import event

    desk.open(case(1))

    def small(connection: sqlite3.Connection, _: object) -> None:
        connection.execute("PRAGMA max_page_count = 10")

    event.listen(desk._table._engine, "connect", small)
    waits = desk.open(case(2, "a" * 100_000))
    assert waits.steps[-1].note == "the database does not do it: SQLITE_FULL"
    assert ids(desk) == ["case-1"]
    event.remove(desk._table._engine, "connect", small)
    assert desk.flush() == 1


def test_a_case_waits_for_a_database_that_may_not_be_written(tmp_path: Path, desk: SqlDesk) -> None:
    desk.open(case(1))
    closed = f"sqlite:///file:{tmp_path}/cases.db?mode=ro&uri=true"
    waits = SqlDesk(closed, spool=tmp_path / "spool").open(case(2))
    assert waits.steps[-1].note == "the database does not do it: SQLITE_READONLY"


def test_a_case_waits_for_a_folder_that_is_not_there(tmp_path: Path) -> None:
    desk = SqlDesk(f"sqlite:///{tmp_path}/later/cases.db", spool=tmp_path / "spool")
    assert desk.open(case()).spooled
    (tmp_path / "later").mkdir()
    assert desk.flush() == 1


def test_a_case_waits_for_a_file_that_is_no_database(tmp_path: Path, desk: SqlDesk) -> None:
    (tmp_path / "cases.db").write_text("no database" * 1000)
    assert desk.open(case()).spooled


def test_a_file_that_was_deleted_is_begun_anew(tmp_path: Path, desk: SqlDesk) -> None:
    desk.open(case(1))
    (tmp_path / "cases.db").unlink()
    assert not desk.open(case(2)).spooled
    with pytest.raises(DeskError, match="there is no case case-1"):
        desk.get("case-1")


def test_without_a_spool_a_case_that_cannot_be_kept_is_an_error(tmp_path: Path) -> None:
    desk = SqlDesk(f"sqlite:///{tmp_path}/none/cases.db")
    with pytest.raises(DeskError, match="the database does not do it"):
        desk.open(case())
    assert desk.flush() == 0


def test_a_spool_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    desk = SqlDesk(f"sqlite:///{tmp_path}/none/cases.db", spool=tmp_path / "file" / "spool")
    with pytest.raises(DeskError, match="the spool cannot be written"):
        desk.open(case())


def test_a_spool_that_cannot_be_read_keeps_no_case_from_coming_in(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    desk = SqlDesk(f"sqlite:///{tmp_path}/cases.db", spool=tmp_path / "file" / "spool")
    assert not desk.open(case()).spooled
    with pytest.raises(DeskError, match="the spool cannot be read"):
        desk.flush()


def test_no_error_quotes_a_case(tmp_path: Path) -> None:
    desk = SqlDesk(f"sqlite:///{tmp_path}/none/cases.db")
    with pytest.raises(DeskError) as raised:
        desk.open(case(text="something private"))
    assert raised.value.__cause__ is None
    assert raised.value.__suppress_context__
    assert "private" not in str(raised.value)


@pytest.mark.parametrize(
    "use",
    [
        lambda desk: desk.get("case-17"),
        lambda desk: desk.list(),
        lambda desk: desk.claim("case-17", "Ann"),
        lambda desk: desk.resolve("case-17", Resolution(Approve(), "Ann", 1.0)),
        lambda desk: desk.reopen("case-17", "Ann"),
    ],
)
def test_what_cannot_wait_is_an_error(tmp_path: Path, desk: SqlDesk, use: object) -> None:
    desk.open(case())
    assert callable(use)
    with locked(tmp_path / "cases.db"), pytest.raises(DeskError, match="the database"):
        use(desk)


# -- what waits


def test_a_case_that_waits_comes_in_with_the_next(tmp_path: Path, desk: SqlDesk) -> None:
    desk.open(case(0))
    with locked(tmp_path / "cases.db"):
        desk.open(case(1))
        desk.open(case(2))
    desk.open(case(3))
    assert sorted(ids(desk)) == ["case-0", "case-1", "case-2", "case-3"]
    assert names(tmp_path / "spool") == []


def test_a_case_that_waits_names_what_it_cannot_keep(tmp_path: Path, spool: Path) -> None:
    down = SqlDesk(f"sqlite:///{tmp_path}/none/cases.db", spool=spool)
    waits = down.open(Case("case-17", Request("", tools=[print])))
    assert waits.request.tools == (None,)
    assert waits.steps[-1].note.endswith("SQLITE_CANTOPEN; left out: request.tools[0]")


def test_a_case_that_waits_is_as_old_as_when_it_was_opened(tmp_path: Path, spool: Path) -> None:
    url = f"sqlite:///{tmp_path}/later/cases.db"
    SqlDesk(url, spool=spool, clock=lambda: 1.0).open(case())
    (tmp_path / "later").mkdir()
    assert SqlDesk(url, spool=spool, clock=lambda: 9.0).get("case-17").opened == 1.0


def test_who_asks_for_a_case_that_waits_brings_it_in(tmp_path: Path, desk: SqlDesk) -> None:
    desk.open(case(0))
    with locked(tmp_path / "cases.db"):
        desk.open(case(1))
    assert desk.claim("case-1", "Ann").claimed_by == "Ann"
    assert names(tmp_path / "spool") == []


def test_a_case_waits_once(desk: SqlDesk, tmp_path: Path, spool: Path) -> None:
    desk.open(case(0))
    with locked(tmp_path / "cases.db"):
        first = desk.open(case(1, "first"))
        assert desk.open(case(1, "second")) == first
    assert len(names(spool)) == 1
    assert desk.flush() == 1
    assert desk.get("case-1").request.text == "first"


def test_a_case_that_is_there_already_stays_as_it_is(desk: SqlDesk, spool: Path) -> None:
    """As after a crash between bringing it in and taking the file away."""
    desk.open(case())
    closed = desk.resolve("case-17", Resolution(Approve(), "Ann", 1.0))
    files.put(spool, case())
    assert desk.flush() == 1
    assert desk.get("case-17") == closed


@pytest.mark.skipif(os.name != "posix", reason="other systems have no such modes")
def test_what_waits_is_for_its_owner_alone(spool: Path) -> None:
    files.put(spool, case())
    (path,) = spool.iterdir()
    assert stat.S_IMODE(spool.stat().st_mode) == 0o700
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert from_json(path.read_text()) == case()


def test_the_name_of_a_file_tells_nothing_and_leads_nowhere(spool: Path) -> None:
    files.put(spool, Case("../../17", Request("")))
    (name,) = names(spool)
    assert re.fullmatch("[0-9a-f]{40}.json", name)


def test_a_file_that_cannot_be_read_is_kept_and_said(
    desk: SqlDesk, spool: Path, caplog: pytest.LogCaptureFixture
) -> None:
    files.put(spool, case(1))
    files.put(spool, case(2))
    broken = next(iter(sorted(spool.iterdir())))
    broken.write_text('{"v": 1, "case": {"private')
    with caplog.at_level(logging.WARNING, "guardrails_lib"):
        assert desk.flush() == 1
    assert names(spool) == [broken.with_suffix(".broken").name]
    assert "it is kept as" in caplog.text
    assert "private" not in caplog.text
    assert desk.flush() == 0


def test_what_a_dead_process_left_half_written_is_no_case(desk: SqlDesk, spool: Path) -> None:
    files.put(spool, case())
    fresh, old = spool / ".a.json.1.1", spool / ".b.json.1.1"
    fresh.write_text("{")
    old.write_text("{")
    os.utime(old, (1.0, 1.0))
    assert desk.flush() == 1
    assert names(spool) == [fresh.name]


def test_the_disk_has_what_waits_before_it_is_said(
    spool: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[bool] = []

    def spy(handle: int) -> None:
        synced.append(stat.S_ISDIR(os.fstat(handle).st_mode))

    monkeypatch.setattr(os, "fsync", spy)
    files.put(spool, case())
    assert synced == [True, False, True]  # the new folder's name, the file, the file's name
