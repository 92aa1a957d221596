"""Small changes to the core are tried one at a time, and counted where no test notices.

mutmut makes the changes: ``pip install mutmut==3.8.1``. They are not tried by its own command,
which collects the tests anew for each of a thousand mutants. Here the tests are collected
once, and each mutant is tried in a fork of that process: on the tests that call the changed
function, first those that killed its like, then the quickest, until one fails.
``python -m benchmarks.mutants`` tries all of `FILES`; ``... _vault`` that one alone.
"""

import gc
import json
import mmap
import os
import resource
import signal
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple, NoReturn

import pytest
from hypothesis import Phase, settings

from . import mutant_switch
from .mutant_code import Mutant, Mutated
from .table import table

FILES = ("_policy", "_vault", "_engine")

TESTS = (
    *("engine", "engine_endings", "policy", "policy_errors", "vault", "vault_edges", "guard"),
    *("stream", "retried", "restore", "effects", "forms", "finish", "clearance", "events"),
    *("typed_answers", "typed_citations", "fieldwise", "partials", "cases", "sdk_answers"),
    *("structured_input", "outcome", "together", "samples", "deadline"),
)
OTHERS = ("spend/test_guarded_spend", "flows/test_cached", "flows/test_flights")

LONG = ("catastrophic", "fifty_megabytes", "many_records", "every_process")
"""What the names of tests have in them that take seconds."""

QUICK = 0.5
"""Seconds of the processor that a test may take that tries mutants."""

EXAMPLES = 15
"""Of each property. An example that fails is not made smaller."""

CONTROLS = 3
"""So often the code as it is is tried among its mutants, on every test."""

LEAST = 0.85
"""So many of the mutants are to be noticed."""

MEMORY = 4 << 30
"""Bytes that a mutant may take."""


class Tried(NamedTuple):
    """A test that passes: its place, how long it took, and which functions it calls."""

    test: int
    seconds: float
    called: list[str]


def main(files: Sequence[str]) -> None:
    """Try every mutant of *files*, print each that survives, and at last the figures."""
    settings.register_profile(
        "mutants",
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.explicit, Phase.generate],
    )
    os.environ["HYPOTHESIS_PROFILE"] = "mutants"
    mutated = Mutated(files)
    sys.meta_path.insert(0, mutated)
    trial = Trial(mutated.mutants)
    options = ["-q", "-s", "-p", "no:cacheprovider", "-p", "no:xdist"]
    options += ["-k", " and ".join(f"not {each}" for each in LONG)]
    options += ["-W", "ignore::pytest.PytestAssertRewriteWarning"]  # hypothesis is here already
    tests = [*(f"tests/test_{each}.py" for each in TESTS), *(f"tests/{each}.py" for each in OTHERS)]
    if code := pytest.main([*options, *tests], plugins=[trial]):
        sys.exit(int(code))
    sys.stdout.write(report(trial.ends))
    if noticed(Counter(trial.ends.values())) < LEAST:
        sys.exit(f"fewer than {LEAST:.0%} were noticed")


class Trial:
    """A plugin of pytest that tries mutants where pytest would run the tests."""

    def __init__(self, mutants: Sequence[Mutant]) -> None:
        self.mutants = mutants
        self.ends: dict[Mutant, str] = {}

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Try every mutant; the code as it is must survive whenever it is tried."""
        tried = [each for each in _as_it_is(session) if each.seconds < QUICK]
        order = Order(tried)
        waiting = self._with_controls()
        board = mmap.mmap(-1, 4 * (len(self.mutants) + 2 * CONTROLS))  # each says what killed it
        running: dict[int, tuple[int, Mutant | None]] = {}
        gc.freeze()  # a fork that collected garbage would copy all that is here
        began = time.monotonic()
        while True:
            while len(running) < (os.cpu_count() or 1) and (given := next(waiting, None)):
                place, mutant = given
                known = order.witnesses(mutant) if mutant else tried
                running[_forked(_trying(session, mutant, known, board, place))] = given
            if not running:
                return True
            pid, status = os.wait()
            place, mutant = running.pop(pid)
            by = int.from_bytes(board[4 * place : 4 * place + 4], "big") - 1
            if mutant is None:
                if status:
                    raise pytest.UsageError(f"{session.items[by].nodeid} fails by chance")
                continue
            order.learn(mutant, by)
            self.ends[mutant] = _end(status)
            if not status:
                sys.stdout.write(f"\n{mutant.module} {mutant.name}\n{mutant.diff}\n")
                sys.stdout.flush()
            seconds = time.monotonic() - began
            _say(f"\r{len(self.ends)} of {len(self.mutants)} in {seconds:.0f} s")

    def _with_controls(self) -> Iterator[tuple[int, Mutant | None]]:
        every = max(1, len(self.mutants) // CONTROLS)
        place = 0
        for at, mutant in enumerate(self.mutants):
            for each in (None, mutant) if at % every == 0 else (mutant,):
                yield place, each
                place += 1


class Order:
    """Which tests try a mutant, and in which order."""

    def __init__(self, tried: Sequence[Tried]) -> None:
        self._witnesses: defaultdict[str, list[Tried]] = defaultdict(list)
        for each in sorted(tried, key=lambda each: each.seconds):
            for function in each.called:
                self._witnesses[function].append(each)
        self._killers: defaultdict[str, Counter[int]] = defaultdict(Counter)

    def witnesses(self, mutant: Mutant) -> list[Tried]:
        """Those that call its function: first what killed its like, then what kills at all."""
        like, all_ = self._killers[mutant.function], self._killers[""]
        return sorted(
            self._witnesses[mutant.function], key=lambda each: (-like[each.test], -all_[each.test])
        )

    def learn(self, mutant: Mutant, by: int) -> None:
        """A mutant was killed by a test; by none, if that is below 0."""
        if by >= 0:
            self._killers[mutant.function][by] += 1
            self._killers[""][by] += 1


def _as_it_is(session: pytest.Session) -> list[Tried]:
    """What each test that passes takes and calls. This process is left as it was."""
    read, write = os.pipe()

    def run() -> int:
        tried = []
        for at, (item, following) in enumerate(_in_turn(session.items)):
            mutant_switch.called.clear()
            failed, began = session.testsfailed, time.process_time()
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            if session.testsfailed > failed:
                _say(f"{item.nodeid} fails as it is, and is left out\n")
            else:
                tried.append((at, time.process_time() - began, [*mutant_switch.called]))
        with os.fdopen(write, "w", encoding="utf-8") as pipe:
            json.dump(tried, pipe)
        return 0

    pid = _forked(run)
    os.close(write)
    with os.fdopen(read, encoding="utf-8") as pipe:
        told = pipe.read()
    os.waitpid(pid, 0)
    return [Tried(*each) for each in json.loads(told)]


def _trying(
    session: pytest.Session,
    mutant: Mutant | None,
    known: Sequence[Tried],
    board: mmap.mmap,
    place: int,
) -> Callable[[], int]:
    """A function that gives 1 if a test fails while *mutant* is alive, and tells which."""

    def run() -> int:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        if mutant:
            mutant_switch.alive = f"{mutant.module}.{mutant.name}"
        items = _in_turn([session.items[each.test] for each in known])
        for (item, following), (test, seconds, _) in zip(items, known, strict=True):
            signal.setitimer(signal.ITIMER_PROF, 3.0 + 10 * seconds)  # of the processor
            signal.setitimer(signal.ITIMER_REAL, 90.0)  # for what waits and never ends
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            if session.testsfailed:
                board[4 * place : 4 * place + 4] = (test + 1).to_bytes(4, "big")
                return 1
        return 0

    return run


def _in_turn(items: Sequence[pytest.Item]) -> Iterator[tuple[pytest.Item, pytest.Item | None]]:
    """Each test, and the one after it."""
    following: list[Any] = [*items, None]
    return pairwise(following)


def _forked(run: Callable[[], int]) -> int:
    """The id of a process that does *run* and nothing else."""
    return os.fork() or _end_with(run)


def _end_with(run: Callable[[], int]) -> NoReturn:
    code = 1
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = run()
    finally:
        os._exit(code)


def _end(status: int) -> str:
    """How a process ended: the timers send signals that end it."""
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) in {signal.SIGPROF, signal.SIGALRM}:
        return "timed out"
    return "killed" if status else "survived"


def report(ends: dict[Mutant, str]) -> str:
    """The figures of each file, and of all."""
    modules = dict.fromkeys(each.module for each in ends)
    rows = [
        _row(module, Counter(end for each, end in ends.items() if each.module == module))
        for module in modules
    ]
    rows.append(_row("all", Counter(ends.values())))
    head = ("file", "mutants", "killed", "timed out", "survived", "noticed")
    return table("Mutants", head, rows)


def noticed(ends: Counter[str]) -> float:
    """What part of the mutants did not survive."""
    return 1 - ends["survived"] / ends.total()


def _row(name: str, ends: Counter[str]) -> tuple[str, ...]:
    figures = (ends.total(), ends["killed"], ends["timed out"], ends["survived"])
    return (name, *map(str, figures), f"{noticed(ends):.1%}")


def _say(line: str) -> None:
    sys.stderr.write(line)
    sys.stderr.flush()


if __name__ == "__main__":
    main(sys.argv[1:] or FILES)
