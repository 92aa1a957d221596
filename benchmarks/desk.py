"""What becomes of cases when processes are killed while they hand them over.

Threads of several processes open cases on one desk, each case by two of them, and each with a
word of its own in it. The processes are killed at random and begin again. Afterwards every
case of which a caller was told that it is there has to be there, once, and as whoever came
first wrote it.

``python -m benchmarks.desk`` does so with 1,000 cases, in SQLite and in PostgreSQL.
``python -m benchmarks.desk 200 sqlite:///cases.db`` prints the counts as JSON.
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


def prove(url: str, folder: Path, *, cases: int, kills: int, seed: int = 6) -> Proof:
    """Let processes open *cases*, and kill *kills* of them. They are forked: have no threads."""
    told = folder / "told"
    told.touch()
    began = time.perf_counter()
    running = {_fork(url, folder, place, cases): place for place in range(PROCESSES)}
    chance = random.Random(seed)
    killed = 0
    while running:
        time.sleep(chance.uniform(0.02, 0.1))
        if killed < kills:
            victim = chance.choice(list(running))
            os.kill(victim, signal.SIGKILL)
            _, status = os.waitpid(victim, 0)
            place = running.pop(victim)
            killed += os.WIFSIGNALED(status)
            running[_fork(url, folder, place, cases)] = place
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


def _fork(url: str, folder: Path, place: int, cases: int) -> int:
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        _work(url, folder, place, cases)
        code = 0
    finally:
        os._exit(code)
    return 0


def _work(url: str, folder: Path, place: int, cases: int) -> None:
    """Open every case of this place and of the next, but those that it was told of."""
    desk = SqlDesk(url, spool=folder / "spool")
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
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/cases.db"
        rows.append(("SQLite", prove(url, Path(folder), cases=1000, kills=40)))
    if found() is not None:
        with tempfile.TemporaryDirectory() as folder, server() as postgres:
            rows.append(("PostgreSQL", prove(postgres.url, Path(folder), cases=1000, kills=40)))
    head = ("desk", "cases", "told", "waited", "killed", "lost", "twice", "seconds")
    cells = [(name, *map(str, proof[:-1]), f"{proof.seconds:.1f}") for name, proof in rows]
    title = f"Cases opened by {PROCESSES} processes of {THREADS} threads that are killed"
    print(table(title, head, cells))


if __name__ == "__main__":
    if len(sys.argv) > 1:
        with tempfile.TemporaryDirectory() as there:
            proof = prove(sys.argv[2], Path(there), cases=int(sys.argv[1]), kills=10)
            print(json.dumps(proof._asdict()))
    else:
        main()
