"""What finding personal data costs, beside Presidio in the same run and beside its limits.

Every text is read once: words and shapes that were met before are cheaper, for us and for
Presidio. Its findings are compared as they come; a benchmark of wrong answers says nothing.
Both look with the same recognizers: Presidio's own. Names, which Presidio has none for without
a model, are measured in `benchmarks.learned`, and here in a whole call alone.
"""

import gc
import importlib.util
import itertools
import json
import random
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypeAlias

from guardrails_lib import Policy, guard, redact
from guardrails_lib.checks import pii
from guardrails_lib.presidio.analyzer import Analyzer
from guardrails_lib.presidio.recognizers import EntityRecognizer, chosen
from guardrails_lib.scan.many import Many, has_digit

from .overhead import each_of, least
from .parity import SETS, Answer, difference, presidio
from .prose import clean, dense, mixed, numeric
from .table import table

KB = 1_000
"""Characters; the texts are ASCII unless told otherwise."""

TEXTS = 60
READ = 600
"""So many other texts are read before: shapes and words are met then, and the first cost more."""

BLOCK = 20
"""So many texts in turn for us and then for Presidio: a busy moment hits both."""

EXTRA = (True, False) if importlib.util.find_spec("hyperscan") else (False,)
"""With the extra `fast`, and without."""

MULTI = "guardrails_lib.scan.multi"
"""What needs Hyperscan."""

Prose: TypeAlias = Callable[[int, int], str]
PROSE: tuple[Prose, ...] = (clean, numeric, mixed, dense)

LIMITS = {
    ("clean", "default", True): 1000,
    ("clean", "default", False): 600,
    ("clean", "English", True): 2000,
    ("clean", "English", False): 1000,
    ("numeric", "default", True): 40,
    ("numeric", "English", True): 25,
    ("mixed", "default", True): 12,
    ("mixed", "English", True): 8,
    ("dense", "default", True): 6,
    ("dense", "English", True): 5,
}
"""How many times as fast as Presidio."""

HOSTILE = {
    "digits and separators": "0123456789 -./",
    "hex and colons": "0123456789abcdef:::",
    "mixed scripts": "ab1 .-@\u0661\u0967\uff11\u0131\u017f\u212a\u0430\u4e2d\u0301",
}

SEEDS = itertools.count()
"""Each is taken once."""


def main() -> None:
    """Measure and print."""
    gc.disable()  # its pauses are not ours; each part collects before it
    sys.stdout.write("\n")
    for part in (ratios, growth, hostile, construction, calls):
        gc.collect()
        sys.stdout.write(part())
        sys.stdout.flush()


def ours(recognizers: Sequence[EntityRecognizer], fast: bool) -> Analyzer:
    """The analyzer, with or without the extra."""
    known = sys.modules.get(MULTI)
    if not fast:
        sys.modules[MULTI] = None  # type: ignore[assignment]  # so that it cannot be imported
    try:
        return Analyzer(recognizers)
    finally:
        if known:
            sys.modules[MULTI] = known


def ratios() -> str:
    """1 KB of each prose, for two sets of recognizers."""
    rows = []
    for name, fast in itertools.product(("default", "English"), EXTRA):
        recognizers = chosen(None, SETS[name])
        mine, theirs = ours(recognizers, fast), presidio(recognizers)
        for prose in PROSE:
            one, other = _beside(mine, theirs, prose)
            limit = LIMITS.get((prose.__name__, name, fast))
            rows.append(
                [
                    f"{prose.__name__}, {name}, {'fast' if fast else 'plain'}",
                    f"{one / 1e3:,.1f}",
                    f"{other / 1e3:,.0f}",
                    f"{other / one:,.1f}",
                    f"{limit:,}" if limit else "",
                    _kept(limit, other / one),
                ]
            )
    head = ["", "us", "Presidio's us", "ratio", "at least", ""]
    return table(f"1 KB never read before, median of {TEXTS} texts", head, rows)


def growth() -> str:
    """Ten times the text."""
    rows = []
    for name, prose in itertools.product(("default", "every country"), PROSE):
        recognizers = chosen(None, SETS[name])
        mine = ours(recognizers, EXTRA[0])
        text = prose(10 * KB, next(SEEDS))
        _same(mine, presidio(recognizers)(text), text)
        ten = statistics.median(_each(mine, _fresh(prose, 10 * KB, 9)))
        hundred = statistics.median(_each(mine, _fresh(prose, 100 * KB, 3)))
        rows.append(
            [
                f"{prose.__name__}, {name}",
                f"{ten / 1e6:,.3f}",
                f"{hundred / 1e6:,.3f}",
                f"{hundred / ten:.1f}",
                "12",
                _kept(hundred / ten, 12),
            ]
        )
    head = ["", "10 KB, ms", "100 KB, ms", "ratio", "at most", ""]
    return table("Longer texts", head, rows)


def hostile() -> str:
    """Texts that make an automaton large: what the gate alone takes, and the whole."""
    rows = []
    for name, (kind, alphabet) in itertools.product(("default", "every country"), HOSTILE.items()):
        recognizers = chosen(None, SETS[name])
        mine = ours(recognizers, EXTRA[0])
        made = [_random(alphabet, 10 * KB) for _ in range(9)]
        whole = statistics.median(_each(mine, made[:3])) / _bytes(made[0])
        scan = _gate(recognizers)
        scan(made[3])
        took = [_nanoseconds(scan, text) for text in made[4:]]
        alone = statistics.median(took) / _bytes(made[0])
        kept = _kept(alone, 300)
        rows.append([f"{kind}, {name}", f"{alone:,.0f}", "300", kept, f"{whole:,.0f}"])
    head = ["", "gate, ns a byte", "at most", "", "in all, ns a byte"]
    return table("Hostile alphabets, 10 KB", head, rows)


def construction() -> str:
    """An analyzer in a fresh process, Presidio imported before."""
    rows = []
    for name, fast in itertools.product(SETS, EXTRA):
        code = f"from benchmarks import pii; pii.construct({name!r}, {fast})"
        said = [
            subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout
            for _ in range(3)
        ]
        took, first, more = min(tuple(json.loads(each)) for each in said)
        rows.append(
            [
                f"{name}, {'fast' if fast else 'plain'}",
                f"{took:.0f}",
                "300",
                _kept(took, 300),
                f"{first:.0f}",
                f"{more:.1f}",
            ]
        )
    head = ["", "ms", "at most", "", "first text, ms", "MB more"]
    return table("Construction, least of 3 processes", head, rows)


def construct(name: str, fast: bool) -> None:
    """Build one analyzer and print what it took."""
    before = _resident()
    began = time.perf_counter()
    mine = ours(chosen(None, SETS[name]), fast)
    built = time.perf_counter()
    mine.analyze("Call 212-555-0199 — or write to ann@example.org.")
    read = time.perf_counter()
    took = (built - began) * 1e3, (read - built) * 1e3, _resident() - before
    sys.stdout.write(json.dumps(took))


def calls() -> str:
    """A whole guarded call: the question and the answer are 1 KB with nothing to find."""
    patterns = {kind for each in chosen(None) for kind in each.supported_entities}
    empty = _call(Policy())
    rows = [["empty policy", f"{empty:,.0f}", "", "", ""]]
    for name, check, limit in (
        ("redact(pii()) in and out, no names", pii(entities=patterns), 1e4),
        ("redact(pii()) in and out", pii(), 4e6),
    ):
        guarded = _call(Policy(input=(redact(check),), output=(redact(check),)))
        over = guarded - empty
        rows.append([name, f"{guarded:,.0f}", f"{over:,.0f}", f"{limit:,.0f}", _kept(over, limit)])
    head = ["", "ns", "over the empty policy", "at most", ""]
    return table("A guarded call, 1 KB of clean prose in and out", head, rows)


def _call(policy: Policy) -> float:
    """The nanoseconds of a call with *policy*."""
    return least(lambda: each_of(guard(policy)(_echo), _fresh(clean, KB, 200)))


def _beside(mine: Analyzer, theirs: Callable[[str], Answer], prose: Prose) -> tuple[float, float]:
    """The median nanoseconds of one text, ours and Presidio's."""
    for text in _fresh(prose, KB, READ):  # both have read the language for a while before
        mine.analyze(text)
    for text in _fresh(prose, KB, BLOCK):
        theirs(text)
    one: list[int] = []
    other: list[int] = []
    for _ in range(TEXTS // BLOCK):
        texts = _fresh(prose, KB, BLOCK)
        one += _each(mine, texts)
        for text in texts:
            began = time.perf_counter_ns()
            answer = theirs(text)
            other.append(time.perf_counter_ns() - began)
            _same(mine, answer, text)
    return statistics.median(one), statistics.median(other)


def _each(mine: Analyzer, texts: Sequence[str]) -> list[int]:
    return [_nanoseconds(mine.analyze, text) for text in texts]


def _nanoseconds(read: Callable[[str], object], text: str) -> int:
    began = time.perf_counter_ns()
    read(text)
    return time.perf_counter_ns() - began


def _fresh(prose: Prose, size: int, count: int) -> list[str]:
    return [prose(size, seed) for seed in itertools.islice(SEEDS, count)]


def _random(alphabet: str, size: int) -> str:
    return "".join(random.Random(next(SEEDS)).choices(alphabet, k=size))


def _bytes(text: str) -> int:
    return len(text.encode())


def _same(mine: Analyzer, answer: Answer, text: str) -> None:
    told = difference(mine, answer, text)
    if told:
        raise AssertionError(told)


def _gate(recognizers: Sequence[EntityRecognizer]) -> Callable[[str], object]:
    many = Many(list(dict.fromkeys(_patterns(recognizers))))
    return lambda text: many.candidates(text, has_digit(text))


def _patterns(recognizers: Sequence[EntityRecognizer]) -> Iterator[tuple[str, int]]:
    for each in recognizers:
        for pattern in getattr(each, "patterns", ()):
            yield pattern.regex, vars(each)["global_regex_flags"]


def _resident() -> float:
    """Megabytes of memory that the process holds; Linux says it in pages."""
    pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[1]
    return int(pages) * resource.getpagesize() / 2**20


def _echo(question: str) -> str:
    return question


def _kept(least_or_took: float | None, took_or_most: float) -> str:
    """Whether the first is no more than the second."""
    return "" if least_or_took is None else "ok" if least_or_took <= took_or_most else "OVER"


if __name__ == "__main__":
    main()
