"""Secrets: how many are found, how often wrongly, and how long that takes.

The cases of gitleaks are split by rule: one half was read while the patterns were written, the
other half was only scored. Those of detect-secrets, and the answers, were read as a whole.
"""

from __future__ import annotations

import importlib
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any
from zlib import crc32

from guardrails_lib.checks import secrets

from .interval import wilson
from .prose import clean, numeric
from .split import rows
from .table import table

NO_PROVIDER = {"generic-api-key", "kubernetes-secret-yaml", "hashicorp-tf-password"}
"""Rules of gitleaks that know no form, only a name and entropy."""

NO_SECRET = {"ip_public"}
"""Plugins of detect-secrets whose findings are no secrets."""

ANSWERS = (
    ("answers of a model", "benign_llm_outputs_dev/outputs"),
    ("instructions", "benign_self_instruct/instructions"),
    ("prompts", "benign_arena_hard_v20/prompts"),
)

LLM_GUARD = 24_249.0
"""Microseconds that llm-guard's Secrets takes for 1 KB, as it was measured for the issue."""

TEXTS = 200
THEIRS = 12
SEEDS = iter(range(70_000, 10**9))


def main() -> None:
    """Measure and print."""
    check = secrets()

    def finds(text: str) -> bool:
        return any(True for _ in check(text))

    sys.stdout.write("\n")
    sys.stdout.write(
        table("Cases", ["", "found", "of", "share", "95 % interval"], list(cases(finds)))
    )
    sys.stdout.write(
        table(
            "Texts without secrets",
            ["", "found in", "of", "share", "95 % interval"],
            list(benign(finds)),
        )
    )
    sys.stdout.write(table("Microseconds", ["", "ours", "theirs", "ratio"], list(times(check))))
    sys.stdout.write(held(check))


def read(rule: str) -> bool:
    """Whether the cases of a rule of gitleaks were read while the patterns were written."""
    return crc32(rule.encode()) % 2 == 0


def cases(finds: Callable[[str], bool]) -> Iterator[list[str]]:
    """What is found of what should be, and of what should not."""
    gitleaks = rows("secret_gitleaks/cases")
    for name, some in (
        ("gitleaks, rules that were read", [row for row in gitleaks if read(row["rule"])]),
        ("gitleaks, rules that were not", [row for row in gitleaks if not read(row["rule"])]),
        ("gitleaks", gitleaks),
    ):
        known = [row for row in some if row["label"] and row["rule"] not in NO_PROVIDER]
        yield share(f"{name}: secrets", finds, known)
        yield share(f"{name}: no secrets", finds, [row for row in some if not row["label"]])
    none = [row for row in gitleaks if not row["label"]]
    yield counted(
        "gitleaks: no secrets, found as of that rule", sum(map(of_its_rule, none)), len(none)
    )
    plugins = rows("secret_detect_secrets/cases")
    known = [row for row in plugins if row["plugin"] not in NO_SECRET]
    yield share("detect-secrets: secrets", finds, [row for row in known if row["label"]])
    yield share("detect-secrets: no secrets", finds, [r for r in known if not r["label"]])
    yield share("detect-secrets, with addresses", finds, [row for row in plugins if row["label"]])


def benign(finds: Callable[[str], bool]) -> Iterator[list[str]]:
    """What is found where there should be nothing."""
    for name, file in ANSWERS:
        yield share(name, finds, rows(file))


def share(name: str, finds: Callable[[str], bool], some: Sequence[dict[str, Any]]) -> list[str]:
    """One row: how many of *some* it finds something in."""
    return counted(name, sum(finds(row["text"]) for row in some), len(some))


def counted(name: str, found: int, of: int) -> list[str]:
    """One row."""
    low, high = wilson(found, of)
    return [name, str(found), str(of), f"{found / of:.3f}", f"{low:.3f}-{high:.3f}"]


def of_its_rule(row: dict[str, Any]) -> bool:
    """Whether something is found that is named as the row's rule is, the first word of both."""
    named = {"generic": {"SECRET", "PASSWORD"}, "curl": {"CURL", "AUTH", "BEARER"}}
    rule = row["rule"].partition("-")[0]
    kinds = named.get(rule, {rule.upper()})
    return any(
        each.kind in kinds or each.kind.partition("_")[0] in kinds
        for each in secrets()(row["text"])
    )


def times(check: Callable[[str], Iterable[object]]) -> Iterator[list[str]]:
    """Texts that were never read before; llm-guard as it was measured, detect-secrets beside us."""

    def ours(text: str) -> object:
        return list(check(text))

    for each in ("x", "\u00e9", *(row["text"] for row in rows(ANSWERS[0][1])[:20])):
        ours(each)
    theirs = detect_secrets()
    for prose in (clean, numeric):
        one = median(ours, (prose(1000, next(SEEDS)) for _ in range(TEXTS)))
        other = median(theirs, (prose(1000, next(SEEDS)) for _ in range(THEIRS)))
        yield [f"1 KB, {prose.__name__}, detect-secrets", *ratio(one, other)]
        yield [f"1 KB, {prose.__name__}, llm-guard", *ratio(one, LLM_GUARD)]
    answers = [row["text"] for row in rows(ANSWERS[0][1])[20:]]
    a_kb = statistics.median(spent(ours, text) / len(text) * 1000 for text in answers)
    yield ["1 KB of an answer of a model", f"{a_kb:,.1f}", "", ""]
    for size in (10_000, 100_000):
        one = median(ours, (clean(size, next(SEEDS)) for _ in range(30)))
        yield [f"{size // 1000} KB, clean", f"{one:,.1f}", "", ""]


def held(check: Any) -> str:
    """How much of clean prose is held back in a stream, and what each chunk costs."""
    text = clean(4_000, next(SEEDS))
    kept, spent_there = [], []
    for at in range(600, len(text), 5):
        window = text[max(0, at - 600) : at]
        begin = time.perf_counter()
        kept.append(len(window) - check.tail(window))
        spent_there.append(time.perf_counter() - begin)
    return (
        f"Held back of clean prose: {statistics.mean(kept):.1f} characters on average, "
        f"{max(kept)} at most; {statistics.median(spent_there) * 1e6:.1f} us a chunk to tell.\n"
    )


def ratio(one: float, other: float) -> list[str]:
    """Two times and their quotient."""
    return [f"{one:,.1f}", f"{other:,.0f}", f"{other / one:,.0f}"]


def median(look: Callable[[str], object], texts: Iterable[str]) -> float:
    """Microseconds for one text, the first of them aside."""
    return statistics.median([spent(look, text) for text in texts][1:])


def spent(look: Callable[[str], object], text: str) -> float:
    """Microseconds for *text*."""
    begin = time.perf_counter()
    look(text)
    return (time.perf_counter() - begin) * 1e6


def detect_secrets() -> Callable[[str], object]:
    """Its default plugins over each line."""
    try:
        scan = importlib.import_module("detect_secrets.core.scan")
        settings = importlib.import_module("detect_secrets.settings")
    except ImportError as missing:
        raise SystemExit("to compare, install it: pip install detect-secrets") from missing

    def look(text: str) -> object:
        with settings.default_settings():
            return [found for line in text.splitlines() for found in scan.scan_line(line)]

    return look


if __name__ == "__main__":
    main()
