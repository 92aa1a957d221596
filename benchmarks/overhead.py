"""What a guard adds to a call, beside its limits.

Every time is the least of several repeats, and every repeat reads texts that no repeat
read before. The work of the model is nothing: it answers with a constant, or with chunks
that are there already.
"""

import asyncio
import gc
import itertools
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeAlias

from guardrails_lib import Policy, block, guard, redact
from guardrails_lib.checks import containing, longer_than, matching

from .table import table
from .texts import chunks, mixed, numeric, prose

REPEATS = 7
CALLS = 400
KB = 1_000
"""Characters; the texts are ASCII."""

TEXT_RULES = Policy(
    input=(
        block(containing(("ignore your instructions", "you are now"))),
        redact(matching(r"\b\d{4}(?: \d{4}){3}\b")),
        block(longer_than(limit=100_000)),
    )
)
PATTERN_RULES = Policy(
    output=(
        redact(matching(r"\b\d{4}(?: \d{4}){3}\b")),
        redact(matching(r"\b[a-z]{1,20}@[a-z]{1,20}\.[a-z]{2,6}\b")),
        redact(matching(r"\+\d{2}(?: ?\d){6,12}")),
    )
)

Text: TypeAlias = Callable[[int, int], str]


def main() -> None:
    """Measure and print."""
    gc.disable()  # its pauses are not ours; each repeat collects before it
    write = sys.stdout.write
    write("\n")
    write(calls())
    write(streams())
    write(growth())
    write(held())


def calls() -> str:
    """A call as a whole."""
    seeds = itertools.count()
    bare = least(lambda: each_of(_bare, _texts(seeds)))
    empty = least(lambda: each_of(guard(Policy())(_bare), _texts(seeds)))
    rules = least(lambda: each_of(guard(TEXT_RULES)(_bare), _texts(seeds)))
    awaited = least(lambda: each_awaited(_abare, _texts(seeds)))
    aempty = least(lambda: each_awaited(guard(Policy())(_abare), _texts(seeds)))
    arules = least(lambda: each_awaited(guard(TEXT_RULES)(_abare), _texts(seeds)))
    rows = [
        ("bare call", bare, None, bare),
        ("empty policy", empty, 12_000, bare),
        ("three text rules on 1 KB", rules, 25_000, bare),
        ("bare call, awaited", awaited, None, awaited),
        ("empty policy, async", aempty, None, awaited),
        ("three text rules on 1 KB, async", arules, 40_000, awaited),
    ]
    return table(
        "A call",
        ["", "ns", "over the bare call", "limit", "", "ratio to the bare call"],
        [
            [
                name,
                f"{took:,.0f}",
                f"{took - base:,.0f}" if took != base else "",
                f"{limit:,.0f}" if limit else "",
                _kept(took - base, limit),
                f"{took / base:,.0f}",
            ]
            for name, took, limit, base in rows
        ],
    )


def streams() -> str:
    """A stream of 50 chunks, 20 characters each."""
    rows = []
    for name, text in (("clean prose", prose), ("numeric prose", numeric), ("mixed", mixed)):
        bare, guarded = (_streamed(policy, text, KB, 20) for policy in (None, PATTERN_RULES))
        empty = _streamed(Policy(), text, KB, 20)
        for label, took, limit in (
            (f"{name}, bare", bare, None),
            (f"{name}, empty policy", empty, None),
            (f"{name}, three pattern rules", guarded, 15_000),
        ):
            rows.append(
                [
                    label,
                    f"{took:,.0f}",
                    f"{took / 50:,.0f}",
                    f"{limit:,.0f}" if limit else "",
                    _kept(took / 50, limit),
                    f"{took / bare:,.1f}",
                ]
            )
    head = ["", "ns", "ns a chunk", "limit", "", "ratio to the bare stream"]
    return table("A stream of 50 chunks, 1 KB in all", head, rows)


def growth() -> str:
    """Longer streams: the time a chunk takes does not grow."""
    rows = []
    for name, text in (("clean prose", prose), ("mixed", mixed)):
        first = None
        for size in (25, 50, 100):
            took = _streamed(PATTERN_RULES, text, size * KB, 20)
            a_chunk = took / (size * KB / 20)
            first = first or a_chunk
            rows.append(
                [
                    f"{name}, {size} KB",
                    f"{took / 1e6:,.2f}",
                    f"{a_chunk:,.0f}",
                    "15,000",
                    _kept(a_chunk, 15_000),
                    f"{a_chunk / first:.2f}",
                ]
            )
    head = ["", "ms", "ns a chunk", "limit", "", "ratio to 25 KB"]
    return table("Longer streams, chunks of 20 characters, three pattern rules", head, rows)


def held() -> str:
    """How much of a reply waits, after each chunk, to be shown."""
    rows = []
    for name, text in (("clean prose", prose), ("numeric prose", numeric), ("mixed", mixed)):
        counts = sorted(_held(text(100 * KB, seed=1), seed=2))
        mean = statistics.fmean(counts)
        p95 = counts[int(len(counts) * 0.95)]
        rows.append([name, f"{mean:.2f}", "8", _kept(mean, 8), str(p95), str(counts[-1])])
    widest = max(rule.check.width or 0 for rule in PATTERN_RULES.output) - 1
    return table(
        f"Characters held back, chunks of 1 to 8 characters (the widths would hold {widest})",
        ["", "mean", "limit", "", "p95", "max"],
        rows,
    )


def least(work: Callable[[], float]) -> float:
    """The least of what *work* measures."""
    took = []
    for _ in range(REPEATS):
        gc.collect()
        took.append(work())
    return min(took)


def each_of(call: Callable[[str], object], texts: Sequence[str]) -> float:
    """Nanoseconds that *call* takes for one of *texts*."""
    began = time.perf_counter_ns()
    for text in texts:
        call(text)
    return (time.perf_counter_ns() - began) / len(texts)


def each_awaited(call: Callable[[str], object], texts: Sequence[str]) -> float:
    """`each_of`, awaited in one event loop."""

    async def run() -> float:
        began = time.perf_counter_ns()
        for text in texts:
            await call(text)  # type: ignore[misc]  # it is a coroutine function
        return (time.perf_counter_ns() - began) / len(texts)

    return asyncio.run(run())


def _bare(question: str) -> str:
    return "It is blue."


async def _abare(question: str) -> str:
    return "It is blue."


def _texts(seeds: Iterator[int]) -> list[str]:
    return [prose(KB, next(seeds)) for _ in range(CALLS)]


def _streamed(policy: Policy | None, text: Text, size: int, chunk: int) -> float:
    """Nanoseconds for one stream of *size* characters, read to its end."""
    seeds = itertools.count(1_000_000)
    streams = max(1, 100 * KB // size)

    current: list[str] = []

    def answer(question: str) -> Iterator[str]:
        yield from current

    guarded: Callable[[str], Iterable[str]] = guard(policy)(answer) if policy else answer

    def work() -> float:
        nonlocal current
        took = 0
        for _ in range(streams):
            said = text(size, next(seeds))
            current = [said[at : at + chunk] for at in range(0, size, chunk)]
            began = time.perf_counter_ns()
            for _ in guarded("?"):
                pass
            took += time.perf_counter_ns() - began
        return took / streams

    return least(work)


def _held(text: str, seed: int) -> Iterator[int]:
    """After each chunk of *text*: the characters given and not shown yet."""
    given = shown = 0
    waiting: list[int] = []

    @guard(PATTERN_RULES)
    def answer(question: str) -> Iterator[str]:
        nonlocal given
        for chunk in chunks(text, seed):
            given += len(chunk)
            yield chunk
            waiting.append(given - shown)  # it is asked for more: the chunk was dealt with

    for piece in answer("?"):
        shown += len(piece)
    return iter(waiting)


def _kept(took: float, limit: float | None) -> str:
    return "" if limit is None else "ok" if took <= limit else "OVER"


if __name__ == "__main__":
    main()
