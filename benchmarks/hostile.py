"""What hostile input is found, what honest input is taken for it, and what looking costs.

What is scored here was not looked at while the patterns were made: see `split`. Where a
number is over its limit it says so.
"""

import gc
import itertools
import math
import sys
from collections.abc import Callable, Iterable, Sequence

from guardrails_lib import Check, Policy, guard
from guardrails_lib.checks import injection, pii, secrets
from guardrails_policies.base import BASE

from .overhead import each_of, least
from .prose import clean
from .split import bipia, jailbreaks, rows
from .table import table

KB = 1_000
"""Characters; the texts are ASCII."""

THRESHOLDS = (0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3)
FALSE = 0.01
"""Of honest texts so many may be taken for an attack."""

RULES = 30_000
"""Nanoseconds that the input rules of BASE may take for 1 KB of clean text."""

GROWTH = 12
"""How many times as long 100 KB may take as 10 KB."""


def main() -> None:
    """Measure and print."""
    gc.disable()  # its pauses are not ours
    write = sys.stdout.write
    write("\n")
    for part in (prompts, documents, cost, growth):
        gc.collect()
        write(part())


# -- what is found


def prompts() -> str:
    """Attacks in a prompt, and honest prompts and answers."""
    piguard = rows("inj_piguard_valid/valid")
    attacks = {
        "jailbreaks in the wild": jailbreaks("score"),
        "the same, tuned on": jailbreaks("tune"),
        "PINT samples": [row["text"] for row in piguard if row["label"]],
    }
    honest = {
        "arena prompts": [row["text"] for row in rows("benign_arena_hard_v20/prompts")],
        "PINT samples, honest": [row["text"] for row in piguard if not row["label"]],
        "instructions, tuned on": [
            row["text"] for row in rows("benign_self_instruct/instructions")
        ],
        "answers, tuned on": [row["text"] for row in rows("benign_llm_outputs_dev/outputs")],
    }
    return _found(
        "Prompts, where='prompt'", injection(threshold=0.0, where="prompt"), attacks, honest
    )


def documents() -> str:
    """Orders in e-mails, tables and code, and the same without them."""
    attacked, plain = bipia("score")
    tuned, tuned_plain = bipia("tune")
    attacks = {
        **{f"orders in {kind}": _texts(attacked, kind) for kind in ("email", "table", "code")},
        "all, tuned on": [row["text"] for row in tuned],
    }
    honest = {
        **{f"plain {kind}": _texts(plain, kind) for kind in ("email", "table", "code")},
        "plain, tuned on": [row["text"] for row in tuned_plain],
    }
    check = injection(threshold=0.0, where="document")
    return _found("Documents, where='document'", check, attacks, honest)


def _texts(some: Iterable[dict[str, str]], task: str) -> list[str]:
    return [row["text"] for row in some if row["task"] == task]


def _found(
    title: str, check: Check[str], attacks: dict[str, list[str]], honest: dict[str, list[str]]
) -> str:
    """How many of each are found, by threshold."""
    lines = []
    for texts, wanted in ((attacks, "found"), (honest, "taken for an attack")):
        for name, some in texts.items():
            best = [max((each.score for each in check(text)), default=-1.0) for text in some]
            counts = [sum(score >= least for score in best) for least in THRESHOLDS]
            default = counts[THRESHOLDS.index(0.5)]
            lines.append(
                [
                    f"{name} ({len(some)})",
                    wanted,
                    *(f"{count / len(some):.1%}" for count in counts),
                    interval(default, len(some)),
                ]
            )
    head = ["", "", *(f"{least:g}" for least in THRESHOLDS), "95% at 0.5"]
    return table(f"{title}: share at each threshold", head, lines)


def interval(count: int, of: int) -> str:
    """Wilson's interval for a share."""
    z = 1.96
    share, wide = count / of, z * z / of
    middle = (share + wide / 2) / (1 + wide)
    half = z * math.sqrt(share * (1 - share) / of + wide / of / 4) / (1 + wide)
    return f"{max(0.0, middle - half):.1%} to {min(1.0, middle + half):.1%}"


# -- what it costs


SEEDS = itertools.count(1)
"""Each is taken once."""


def cost() -> str:
    """The input rules of BASE on 1 KB of clean text, over a guard without a rule."""
    guarded = guard(Policy(input=BASE.input))(_constant)
    empty = guard(Policy())(_constant)
    for text in _clean(KB, 600):  # words are met then, and the first cost more
        guarded(text)
    base = least(lambda: each_of(empty, _clean(KB, 200)))
    rows_of = [("all of them", least(lambda: each_of(guarded, _clean(KB, 200))) - base, RULES)]
    for rule in BASE.input:
        alone = guard(Policy(input=(rule,)))(_constant)
        took = least(lambda alone=alone: each_of(alone, _clean(KB, 200))) - base
        rows_of.append((repr(rule), took, None))
    lines = [
        [
            name[:70],
            f"{took / 1000:.1f}",
            f"{limit / 1000:.0f}" if limit else "",
            _verdict(took, limit),
        ]
        for name, took, limit in rows_of
    ]
    return table("The input rules of BASE, 1 KB of clean text", ["", "us", "limit", ""], lines)


def growth() -> str:
    """How much longer 100 KB take than 10 KB."""
    checks: Sequence[Check[str]] = (injection(), secrets(), pii(threshold=0.4))
    lines = []
    for name, look in [(repr(each), _looking([each])) for each in checks] + [
        ("the input rules of BASE", guard(Policy(input=BASE.input))(_constant))
    ]:
        for text in (*_clean(10 * KB, 3), *_clean(100 * KB, 1)):
            look(text)
        short = least(lambda look=look: each_of(look, _clean(10 * KB, 6)))
        long = least(lambda look=look: each_of(look, _clean(100 * KB, 2)))
        ratio = long / short
        lines.append(
            [
                name,
                f"{short / 1000:,.0f}",
                f"{long / 1000:,.0f}",
                f"{ratio:.1f}",
                _verdict(ratio, GROWTH),
            ]
        )
    return table(
        "100 KB beside 10 KB", ["", "us, 10 KB", "us, 100 KB", "times", f"limit {GROWTH}"], lines
    )


def _looking(checks: Sequence[Check[str]]) -> Callable[[str], object]:
    return lambda text: [list(each(text)) for each in checks]


def _clean(size: int, count: int) -> list[str]:
    return [clean(size, 1_000_000 + next(SEEDS)) for _ in range(count)]


def _constant(prompt: str) -> str:
    return "x"


def _verdict(value: float, limit: float | None) -> str:
    if limit is None:
        return ""
    return "ok" if value <= limit else "OVER"


if __name__ == "__main__":
    main()
