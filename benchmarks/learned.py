"""What the detectors that learned cost, beside Presidio's patterns on the same texts.

The texts are real ones, in pieces of 1 KB, where the data lie beside the repository, and
prose of our own otherwise. Each is read once by each of them. It is the time of the
processor, so that what else runs on the machine is not counted.
"""

import gc
import itertools
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import TypeAlias

from guardrails_lib.checks import pii, takeover
from guardrails_lib.learned.names import names
from guardrails_lib.learned.weights import path_of
from guardrails_lib.presidio.recognizers import chosen

from .parity import presidio
from .prose import clean, dense, mixed
from .split import DATA, rows
from .table import table

Look: TypeAlias = Callable[[str], object]

KB = 1_000
"""Characters."""

TEXTS = 40
"""Pieces of each set that are measured."""

READ = 40
"""So many others are read before: words are met then, and the first cost more."""

BLOCK = 20
"""So many texts in turn for each: a busy moment hits all of them."""

SETS = (
    "benign_arena_hard_v20/prompts",
    "benign_self_instruct/instructions",
    "benign_llm_outputs_dev/outputs",
    "inj_jailbreak_wild/jailbreaks",
    "inj_bipia/composed",
    "pii_wikigold/wikigold",
    "pii_presidio_research_large/generated",
)

PRESIDIO = "Presidio"

LIMITS = {"names": 1500.0, "a prompt": 300.0, "a document": 300.0}
"""Microseconds for 1 KB, in the mean over the sets."""

GROWTH = 12
"""How many times as long 100 KB may take as 10 KB."""

PROCESSES = 3

SEEDS = itertools.count(7_000_000)
"""Each is taken once."""

FIRST = {
    "names": "from guardrails_lib.learned.names import names; names().find('Ann')",
    "injection": "from guardrails_lib.checks import takeover; list(takeover()('Hello!'))",
}
"""What loads the weights, by the name of their file, and reads a first text."""


def main() -> None:
    """Measure and print."""
    gc.disable()  # its pauses are not ours; each part collects before it
    sys.stdout.write("\n")
    for part in (costs, growth, first):
        gc.collect()
        sys.stdout.write(part())
        sys.stdout.flush()


def costs() -> str:
    """1 KB of each set, and the mean of all."""
    looks = _looks()
    each = {name: _medians(looks, pieces) for name, pieces in _sets()}
    mean = [statistics.fmean(column) for column in zip(*each.values(), strict=True)]
    limits = [LIMITS.get(name) for name in looks]
    lines = [[name, *_figures(took)] for name, took in {**each, "mean": mean}.items()]
    lines.append(["at most", *(f"{limit:,.0f}" if limit else "" for limit in limits)])
    lines.append(["", *map(_kept, mean, limits)])
    lines.append(["of Presidio's", *(f"{took / mean[-1]:.3f}" for took in mean)])
    return table(f"us for 1 KB, median of {TEXTS} pieces", ["", *looks], lines)


def growth() -> str:
    """Ten times the text."""
    lines = []
    for name, look in _looks().items():
        if name != PRESIDIO:
            ten, hundred = (
                statistics.median(_microseconds(look, mixed(size, next(SEEDS))) for _ in range(5))
                for size in (10 * KB, 100 * KB)
            )
            times = hundred / ten
            figures = f"{ten / 1e3:.2f}", f"{hundred / 1e3:.1f}", f"{times:.1f}"
            lines.append([name, *figures, f"{GROWTH}", _kept(times, GROWTH)])
    head = ["", "10 KB, ms", "100 KB, ms", "times", "at most", ""]
    return table("Longer texts", head, lines)


def first() -> str:
    """What the first text costs a process, numpy and the weights included."""
    lines = []
    for name, code in FIRST.items():
        took = min(_process(code) for _ in range(PROCESSES))
        size = path_of(name).stat().st_size / 2**20
        lines.append([name, f"{took:.0f}", f"{size:.1f}"])
    head = ["", "ms", "weights, MB"]
    return table(f"The first text, least of {PROCESSES} processes", head, lines)


def _looks() -> dict[str, Look]:
    """What is measured; Presidio's patterns, as Presidio runs them, come last."""
    patterns = [each for each in chosen(None, ()) if "PERSON" not in each.supported_entities]
    return {
        "names": names().find,
        "a prompt": takeover().look,
        "a document": takeover(where="document").look,
        "pii()": pii().look,
        PRESIDIO: presidio(patterns),
    }


def _sets() -> Iterator[tuple[str, list[str]]]:
    """Pieces of 1 KB, by the name of what they are of."""
    count = READ + TEXTS
    if not DATA.exists():
        for prose in (clean, mixed, dense):
            yield prose.__name__, [prose(KB, next(SEEDS)) for _ in range(count)]
        return
    for name in SETS:
        whole = "\n".join(row["text"] for row in rows(name))
        step = max(KB, len(whole) // count)  # from all over the set
        starts = range(0, len(whole) - KB + 1, step)
        yield name.partition("/")[0], [whole[at : at + KB] for at in starts][:count]


def _medians(looks: dict[str, Look], pieces: list[str]) -> list[float]:
    """Of each look, the microseconds for one piece."""
    taken: list[list[float]] = [[] for _ in looks]
    for at in range(0, len(pieces), BLOCK):
        for times, look in zip(taken, looks.values(), strict=True):
            times += [_microseconds(look, piece) for piece in pieces[at : at + BLOCK]]
    return [statistics.median(times[READ:]) for times in taken]


def _microseconds(look: Look, text: str) -> float:
    began = time.process_time_ns()
    look(text)
    return (time.process_time_ns() - began) / 1e3


def _process(code: str) -> float:
    """Milliseconds of a process, the library imported before."""
    whole = (
        "import time, guardrails_lib.checks\n"
        f"began = time.process_time()\n{code}\nprint(time.process_time() - began)"
    )
    done = subprocess.run([sys.executable, "-c", whole], capture_output=True, text=True, check=True)
    return float(done.stdout) * 1e3


def _figures(took: list[float]) -> list[str]:
    return [f"{each:,.0f}" for each in took]


def _kept(took: float, most: float | None) -> str:
    return "" if most is None else "ok" if took <= most else "OVER"


if __name__ == "__main__":
    main()
