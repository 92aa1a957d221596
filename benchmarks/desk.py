"""What becomes of cases when processes are killed while they hand them over.

Threads of several processes open cases on one desk, each case by two of them, and each with a
word of its own in it. The processes are killed at random and begin again. Afterwards every
case of which a caller was told that it is there has to be there, once, and as whoever came
first wrote it.

``python -m benchmarks.desk`` does so with 1,000 cases, in SQLite and in PostgreSQL.
``python -m benchmarks.desk 200 sqlite:///cases.db 5.0`` prints the counts as JSON; 5.0 is how
many seconds a case waits for the database.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from guardrails_lib import Case, Request
from guardrails_lib.desk import SqlDesk

from .interval import wilson
from .postgres_server import found, server
from .table import table

__all__ = ["Proof", "main", "prove"]

PROCESSES = 4
THREADS = 4


class Proof(NamedTuple):
    """How it went."""

    cases: int
    told: int
    """Callers who were told that their case is there, or waits."""
    waited: int
    """Callers who were told that it waits."""
    killed: int
    lost: int
    """Cases that somebody was told of and that are not there."""
    twice: int
    """Cases that are there twice, or that two callers believe to have opened."""
    seconds: float


def prove(
    url: str, folder: Path, *, cases: int, kills: int, timeout: float = 5.0, seed: int = 6
) -> Proof:
    """Let processes open *cases*, and kill *kills* of them. They are forked: have no threads."""
    told = folder / "told"
    told.touch()
    began = time.perf_counter()
    running = {_fork(url, folder, place, cases, timeout): place for place in range(PROCESSES)}
    chance = random.Random(seed)
    due = sorted(chance.sample(range(cases), kills))
    killed = 0
    while running:
        time.sleep(chance.uniform(0.0, 0.02))
        if due and told.read_bytes().count(b"\n") >= due[0]:
            due.pop(0)
            victim = chance.choice(list(running))
            os.kill(victim, signal.SIGKILL)
            _, status = os.waitpid(victim, 0)
            place = running.pop(victim)
            killed += os.WIFSIGNALED(status)
            running[_fork(url, folder, place, cases, timeout)] = place
            continue
        for each in list(running):
            pid, status = os.waitpid(each, os.WNOHANG)
            if pid and status:
                raise RuntimeError(f"a process failed: {status}")
            if pid:
                del running[each]
    seconds = time.perf_counter() - began
    return _weighed(url, folder, cases, killed, seconds)


def _weighed(url: str, folder: Path, cases: int, killed: int, seconds: float) -> Proof:
    desk = SqlDesk(url, spool=folder / "spool")
    desk.flush()
    there = list(_all(desk))
    kept = {each.id: each.say for each in there}
    lines = [line.split() for line in (folder / "told").read_text().splitlines()]
    ids = {line[0] for line in lines}
    settled = {(id_, by) for id_, by, how in lines if how == "kept"}
    return Proof(
        cases=cases,
        told=len(lines),
        waited=sum(how == "waits" for *_, how in lines),
        killed=killed,
        lost=len(ids - set(kept)) + (cases - len(ids)),
        twice=(len(there) - len(kept)) + sum(kept.get(id_) != by for id_, by in settled),
        seconds=seconds,
    )


def _all(desk: SqlDesk) -> Iterator[Case]:
    after = ""
    while page := desk.list(after=after):
        yield from page
        after = page[-1].id


def _fork(url: str, folder: Path, place: int, cases: int, timeout: float) -> int:
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        _work(url, folder, place, cases, timeout)
        code = 0
    finally:
        os._exit(code)
    return 0


def _work(url: str, folder: Path, place: int, cases: int, timeout: float) -> None:
    """Open every case of this place and of the next, but those that it was told of."""
    desk = SqlDesk(url, spool=folder / "spool", timeout=timeout)
    told = os.open(folder / "told", os.O_WRONLY | os.O_APPEND)
    me = f"process-{place}"
    named = folder / f"of-{place}"
    before = set(named.read_text().split()) if named.exists() else set()
    mine = os.open(named, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    wanted = [
        each
        for each in range(cases)
        if each % PROCESSES in {place, (place + 1) % PROCESSES} and f"case-{each}" not in before
    ]

    def some(numbers: Sequence[int]) -> None:
        for number in numbers:
            case = desk.open(Case(f"case-{number}", Request("Where is my order?"), say=me))
            how = "waits" if case.spooled else "kept"
            os.write(told, f"{case.id} {case.say} {how}\n".encode())
            os.write(mine, f"{case.id}\n".encode())

    threads = [threading.Thread(target=some, args=(wanted[at::THREADS],)) for at in range(THREADS)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()


def main() -> None:
    rows = []
    for name, timeout in (("SQLite", 5.0), ("SQLite, often too busy", 0.005)):
        with tempfile.TemporaryDirectory() as folder:
            url = f"sqlite:///{folder}/cases.db"
            proof = prove(url, Path(folder), cases=1000, kills=40, timeout=timeout)
            rows.append((name, proof))
    if found() is not None:
        with tempfile.TemporaryDirectory() as folder, server() as postgres:
            rows.append(("PostgreSQL", prove(postgres.url, Path(folder), cases=1000, kills=40)))
    head = ("desk", "cases", "told", "waited", "killed", "lost", "twice", "seconds", "at most")
    cells = [
        (
            *(name, *map(str, proof[:-1])),
            *(f"{proof.seconds:.1f}", f"{wilson(proof.lost + proof.twice, proof.cases)[1]:.2%}"),
        )
        for name, proof in rows
    ]
    title = (
        f"Cases opened by {PROCESSES} processes of {THREADS} threads that are killed; "
        "lost or twice at most (19 of 20)"
    )
    print(table(title, head, cells))


if __name__ == "__main__":
    if len(sys.argv) > 1:
        with tempfile.TemporaryDirectory() as there:
            cases, url, timeout = sys.argv[1:]
            done = prove(url, Path(there), cases=int(cases), kills=10, timeout=float(timeout))
            print(json.dumps(done._asdict()))
    else:
        main()
