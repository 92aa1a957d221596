"""How well it is told that some sources hold no answer, offline.

SQuAD 2.0's questions that people made unanswerable on purpose, and CLAPnq's that search found
no passage for. The weights were chosen on two articles of the one and half of the articles of
the other; the other articles are scored. The floor is the share of the question's words that
the passage has, which needs no tuning.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from guardrails_lib import Request, Source
from guardrails_lib.checks.answerability import unanswerable
from guardrails_lib.citing.answerable import answerability

from .interval import auc, bootstrap, wilson
from .split import rows, side_of
from .table import table

__all__ = ["main"]

TUNED = {"European_Union_law", "Force"}
"""The articles of SQuAD 2.0 that the weights were chosen on: the first by the alphabet."""

COVERAGES = (1.0, 0.8, 0.6, 0.4, 0.2)


class Case(NamedTuple):
    """A question with its passage, and whether that answers it."""

    question: str
    text: str
    answerable: bool
    tuned: bool


def main() -> None:
    """Print the figures."""
    sets = {"SQuAD 2.0": list(_squad()), "CLAPnq": list(_clapnq())}
    found: list[tuple[str, ...]] = []
    risks: list[tuple[str, ...]] = []
    for name, cases in sets.items():
        for side, tuned in (("tuned on", True), ("scored", False)):
            some = [case for case in cases if case.tuned is tuned]
            for way, score in (("words in common", _floor), ("answerability", _score)):
                scored = [(score(case), case.answerable) for case in some]
                low, high = bootstrap(scored, _auc, 300)
                found.append(
                    (
                        f"{name}, {side}, {way}",
                        str(len(some)),
                        f"{_auc(scored):.3f}",
                        f"{low:.3f} to {high:.3f}",
                    )
                )
                if not tuned:
                    risks.append((f"{name}, {way}", *_risks(scored)))
    head = ("set", "questions", "AUC", "95%")
    sys.stdout.write(table("Whether the sources hold an answer", head, found))
    coverages = ("scored", *(f"{coverage:.0%}" for coverage in COVERAGES))
    title = "Unanswerable among those answered, by how many are answered, the surest first"
    sys.stdout.write(table(title, coverages, risks))
    sys.stdout.write(
        table(
            "What the default finds", ("scored", "unanswerable", "answerable"), list(_default(sets))
        )
    )
    sys.stdout.write(table("Time", ("sources", "ms"), list(_timed(sets["CLAPnq"]))))


def _squad() -> Iterator[Case]:
    texts = {row["context_id"]: row["text"] for row in rows("ground_squad2_a/contexts")}
    for row in rows("ground_squad2_a/questions"):
        tuned = row["title"] in TUNED
        yield Case(row["question"], texts[row["context_id"]], bool(row["answerable"]), tuned)


def _clapnq() -> Iterator[Case]:
    for row in rows("ground_clapnq_a/clapnq"):
        [passage] = row["passages"]
        tuned = side_of(passage["title"]) == "tune"
        yield Case(row["question"], passage["text"], bool(row["answerable"]), tuned)


def _score(case: Case) -> float:
    return answerability(case.question, [case.text])


def _floor(case: Case) -> float:
    asked = _words(case.question)
    return len(asked & _words(case.text)) / max(1, len(asked))


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower()))


def _auc(scored: Sequence[tuple[float, bool]]) -> float:
    held = [score for score, answerable in scored if answerable]
    return auc(held, [score for score, answerable in scored if not answerable])


def _risks(scored: Sequence[tuple[float, bool]]) -> Iterator[str]:
    """The share of unanswerable ones among the surest, at each coverage."""
    surest = sorted(scored, key=lambda each: -each[0])
    for coverage in COVERAGES:
        some = surest[: max(1, round(coverage * len(surest)))]
        yield f"{sum(not answerable for _, answerable in some) / len(some):.1%}"


def _default(sets: dict[str, list[Case]]) -> Iterator[tuple[str, str, str]]:
    check = unanswerable()
    for name, cases in sets.items():
        found: dict[bool, list[bool]] = {True: [], False: []}
        for case in cases:
            if not case.tuned:
                seen = Request(case.question, [Source("kb://1", case.text)])
                found[case.answerable].append(bool(list(check(seen))))
        yield name, _share(found[False]), _share(found[True])


def _share(held: Sequence[bool]) -> str:
    low, high = wilson(sum(held), len(held))
    return f"{sum(held) / len(held):.1%} ({low:.1%} to {high:.1%})"


def _timed(cases: Sequence[Case]) -> Iterator[tuple[str, str]]:
    text = "\n\n".join(dict.fromkeys(case.text for case in cases))
    for name, size, repeats in (("4 KB, new", 4_000, 30), ("5 MB, new", 5_000_000, 1)):
        times = []
        for n in range(repeats):
            source = f"{n} {text * (size // len(text) + 1)}"[:size]
            start = time.perf_counter()
            answerability(cases[n].question, [source])
            times.append(time.perf_counter() - start)
        yield name, f"{sorted(times)[len(times) // 2] * 1e3:,.2f}"


if __name__ == "__main__":
    main()
