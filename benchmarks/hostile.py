"""What hostile input is found, what honest input is taken for it, and what looking costs.

What is scored here was not looked at while the patterns were made: see `split`. Where a
number is over its limit it says so.
"""

import gc
import itertools
import sys
from collections.abc import Callable, Iterable
from typing import Any

from guardrails_lib import Check, Policy, Request, guard
from guardrails_lib.checks import injection, pii, secrets
from guardrails_policies.base import BASE

from .interval import wilson
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
        "arena prompts, as documents": [
            row["text"] for row in rows("benign_arena_hard_v20/prompts")
        ],
        "plain, tuned on": [row["text"] for row in tuned_plain],
        "answers, tuned on": [row["text"] for row in rows("benign_llm_outputs_dev/outputs")],
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
    """Where the share is, 19 times of 20."""
    low, high = wilson(count, of)
    return f"{low:.1%} to {high:.1%}"


# -- what it costs


SEEDS = itertools.count(1)
"""Each is taken once."""


def cost() -> str:
    """The input rules of BASE on 1 KB of clean text: their checks, and in a guard."""
    empty = _took(guard(Policy())(_constant), KB, 200)
    inside = _took(guard(Policy(input=BASE.input))(_constant), KB, 200) - empty
    each = [(rule.check.name, _took(_looking(rule.check), KB, 200)) for rule in BASE.input]
    together = sum(took for _, took in each)
    lines = [[name, f"{took / 1000:.1f}", "", ""] for name, took in each]
    for name, took in (("their checks", together), ("in a guard, over one with no rule", inside)):
        lines.append([name, f"{took / 1000:.1f}", f"{RULES / 1000:.0f}", _verdict(took, RULES)])
    return table("The input rules of BASE, 1 KB of clean text", ["", "us", "limit", ""], lines)


def growth() -> str:
    """How much longer 100 KB take than 10 KB."""
    looks: list[tuple[str, Callable[[str], object]]] = [
        (repr(each), _looking(each)) for each in (injection(), secrets(), pii(threshold=0.4))
    ]
    looks.append(("the input rules of BASE", guard(Policy(input=BASE.input))(_constant)))
    lines = []
    for name, look in looks:
        short, long = _took(look, 10 * KB, 20), _took(look, 100 * KB, 3)
        figures = [f"{short / 1000:,.0f}", f"{long / 1000:,.0f}", f"{long / short:.1f}"]
        lines.append([name, *figures, f"{GROWTH}", _verdict(long / short, GROWTH)])
    head = ["", "us, 10 KB", "us, 100 KB", "times", "limit", ""]
    return table("100 KB beside 10 KB", head, lines)


def _took(look: Callable[[str], object], size: int, count: int) -> float:
    """Nanoseconds for one clean text of *size*, once patterns are built and words were met."""
    each_of(look, _clean(size, max(3, 60 * KB // size)))
    return least(lambda: each_of(look, _clean(size, count)))


def _looking(check: Check[Any]) -> Callable[[str], object]:
    if check.subject is Request:
        return lambda text: check.look(Request(text))
    return check.look


def _clean(size: int, count: int) -> list[str]:
    return [clean(size, 1_000_000 + next(SEEDS)) for _ in range(count)]


def _constant(prompt: str) -> str:
    return "x"


def _verdict(value: float, limit: float) -> str:
    return "ok" if value <= limit else "OVER"


if __name__ == "__main__":
    main()
