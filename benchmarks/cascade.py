"""What a cascade reaches: a light model first, a heavy one where the light one is not sure.

Teams publish it so: a light model answers 95% of requests at 86% accuracy, the heavy one is
kept for the rest, and the system reaches 95%. The models here are simulated, and of each of
their answers it is known whether it is right. Questions that are hard for one are hard for the
other. The light model's log-probabilities tell its right answers from its wrong ones as well
as those of real models do on questions of fact: with an area under the curve of 0.8, and for
comparison less and more. Everything else is the library: guarded functions, `unsure` in a
policy, `cascade`, and what the records say that it cost.

The threshold is taken from one half of the questions, and what is reached is counted on the
other. Then it is said under which reading the published figures can be true at all.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import NamedTuple

from guardrails_lib import Accepted, Outcome, Policy, Reply, Usage, abstain, guard
from guardrails_lib.checks import unsure
from guardrails_lib.flows import cascade

from .interval import auc, wilson
from .table import table

__all__ = ["main"]

QUESTIONS = 6_000
"""In each half."""

KEPT, LIGHT, WHOLE = 0.95, 0.86, 0.95
"""What is published: the share that the light model answers, how often it is right, and how
often the system is."""

HEAVY = 0.97
ALIKE = 0.5
"""How much of what makes a question hard is the same for both models."""

AREAS = (0.7, 0.8, 0.9)
"""How well the light model's confidence tells right from wrong. The middle one is the rule."""

NORMAL = NormalDist()
TOKENS = Usage(400, 150)
DOLLARS = {"light": (0.15, 0.60), "heavy": (2.50, 10.00)}
"""Per million tokens in and out."""
SECONDS = {"light": 0.5, "heavy": 2.5}
"""How long half of the calls take at most."""


@dataclass(frozen=True, slots=True)
class Question:
    """One request, and what either model would make of it."""

    light: bool
    heavy: bool
    logprobs: tuple[float, ...]
    seconds: dict[str, float]


class Figures(NamedTuple):
    """What was counted of one way to answer."""

    right: int
    heavy: int
    dollars: float
    seconds: list[float]


Ask = Callable[[str], Outcome[str]]
Order = Sequence[tuple[float, Question]]
"""Questions, and how sure the light model is of its answers: the least sure first."""


def questions(area: float, seed: int) -> list[Question]:
    """So many, of which the light model knows 86% and is as sure as *area* says."""
    chance = random.Random(seed)
    apart = math.sqrt(2) * NORMAL.inv_cdf(area)

    def right(share: float, hard: float) -> bool:
        own = chance.gauss()
        return math.sqrt(ALIKE) * hard + math.sqrt(1 - ALIKE) * own < NORMAL.inv_cdf(share)

    made = []
    for _ in range(QUESTIONS):
        hard = chance.gauss()
        light, heavy = right(LIGHT, hard), right(HEAVY, hard)
        level = 0.6 * (chance.gauss() + apart * light)
        logprob = -math.log1p(math.exp(-level - 0.5))
        seconds = {name: half * chance.lognormvariate(0, 0.4) for name, half in SECONDS.items()}
        made.append(Question(light, heavy, (logprob,) * 8, seconds))
    return made


def models(asked: Sequence[Question], below: float) -> tuple[Ask, Ask]:
    """The light model, which abstains where it is less sure than *below*, and the heavy one."""

    def answer(prompt: str, name: str) -> Reply[str]:
        question = asked[int(prompt)]
        known = question.light if name == "light" else question.heavy
        per_in, per_out = DOLLARS[name]
        dollars = (TOKENS.input_tokens * per_in + TOKENS.output_tokens * per_out) / 1e6
        usage = TOKENS + Usage(dollars=dollars)
        return Reply("right" if known else "wrong", usage=usage, logprobs=question.logprobs)

    sure = Policy(name="light", validators=(abstain(unsure(below=below, logprobs="mean")),))

    @guard(sure if below else Policy(name="light"))
    def light(prompt: str) -> Reply[str]:
        return answer(prompt, "light")

    @guard(Policy(name="heavy"))
    def heavy(prompt: str) -> Reply[str]:
        return answer(prompt, "heavy")

    return light, heavy


def counted(ask: Ask, asked: Sequence[Question]) -> Figures:
    """All of *asked*, asked."""
    right = heavy = 0
    dollars, seconds = 0.0, []
    for number, question in enumerate(asked):
        outcome = ask(str(number))
        record = outcome.record
        steps = [step.policy for step in record.steps or (record,)]
        right += outcome == Accepted("right")
        heavy += "heavy" in steps
        dollars += record.spent.dollars
        seconds.append(record.seconds + sum(question.seconds[name] for name in steps))
    return Figures(right, heavy, dollars, sorted(seconds))


def by_confidence(asked: Sequence[Question]) -> Order:
    """Read with the check that the policy has, so that a threshold means the same."""
    check = unsure(below=1.0, logprobs="mean")

    def sure(question: Question) -> float:
        return 1.0 - sum(each.score for each in check(Reply("a", logprobs=question.logprobs)))

    found = [(sure(question), question) for question in asked]
    return sorted(found, key=lambda pair: pair[0])


def passing_on(share: float, order: Order) -> float:
    """Below which confidence that share is."""
    return order[min(round(share * len(order)), len(order) - 1)][0]


def reaching(accuracy: float, order: Order) -> float:
    """Below which confidence to pass on, so that so many are right and the fewest are passed."""
    right = sum(question.light for _, question in order)
    for sure, question in order:
        if right >= accuracy * len(order):
            return sure
        right += question.heavy - question.light
    return 1.0


def share(some: int, of: int) -> str:
    return f"{some / of:.1%}"


def between(some: int, of: int) -> str:
    low, high = wilson(some, of)
    return f"{low:.1%}-{high:.1%}"


def row(name: str, figures: Figures) -> tuple[str, ...]:
    of = len(figures.seconds)
    half, most = figures.seconds[of // 2], figures.seconds[int(0.95 * of)]
    return (
        name,
        share(figures.right, of),
        between(figures.right, of),
        share(figures.heavy, of),
        f"{1_000 * figures.dollars / of:.2f}",
        f"{half:.2f}",
        f"{most:.2f}",
    )


def ways(area: float) -> Iterator[tuple[str, Figures]]:
    """Either model alone, and the cascade at three thresholds."""
    tuned, scored = by_confidence(questions(area, 1)), questions(area, 2)
    light, heavy = models(scored, 0.0)
    yield "light alone", counted(light, scored)
    yield "heavy alone", counted(heavy, scored)
    as_good = sum(question.heavy for _, question in tuned) / len(tuned)
    for name, below in (
        (f"cascade, light keeps {KEPT:.0%}", passing_on(1 - KEPT, tuned)),
        (f"cascade, {WHOLE:.0%} of the heavy one's right", reaching(WHOLE * as_good, tuned)),
        (f"cascade, {WHOLE:.0%} right", reaching(WHOLE, tuned)),
    ):
        yield name, counted(cascade(*models(scored, below)), scored)


def told_apart(area: float) -> str:
    """How well the confidence of the scored half tells right from wrong."""
    order = by_confidence(questions(area, 2))
    return f"{auc([s for s, q in order if q.light], [s for s, q in order if not q.light]):.2f}"


def readings(figures: dict[str, Figures]) -> Iterator[tuple[str, ...]]:
    """What each reading of the published figures allows at most, and what was reached."""
    light, heavy, kept, as_good, whole = figures.values()
    of = len(light.seconds)
    passed = 1 - KEPT
    alone = light.right / of

    def line(name: str, most: float, reached: float, wanted: float) -> tuple[str, ...]:
        return name, f"{most:.1%}", f"{reached:.1%}", "yes" if reached >= wanted else "no"

    kept_right = KEPT * LIGHT
    yield line(
        f"{LIGHT:.0%} of what the light one keeps is right",
        kept_right + passed,
        kept_right + passed * heavy.right / of,
        WHOLE,
    )
    yield line(
        f"the light one alone is {LIGHT:.0%} right and keeps {KEPT:.0%}",
        min(1.0, alone + passed),
        kept.right / of,
        WHOLE,
    )
    yield line(
        f"the same, and {WHOLE:.0%} is a share of what the heavy one gets right",
        min(1.0, (alone + passed) * of / heavy.right),
        kept.right / heavy.right,
        WHOLE,
    )
    yield line(
        f"the same, where it keeps {1 - as_good.heavy / of:.0%}",
        min(1.0, (alone * of + as_good.heavy) / heavy.right),
        as_good.right / heavy.right,
        WHOLE,
    )
    yield line(
        f"the light one alone is {LIGHT:.0%} right and keeps {1 - whole.heavy / of:.0%}",
        min(1.0, alone + whole.heavy / of),
        whole.right / of,
        WHOLE,
    )


def frontier(area: float, figures: dict[str, Figures]) -> tuple[str, ...]:
    """What is reached by asking the heavy model little, and how much it is asked to reach all."""
    _, _, kept, _, whole = figures.values()
    of = len(kept.seconds)
    return (
        told_apart(area),
        share(kept.right, of),
        share(whole.heavy, of),
        share(whole.right, of),
        between(whole.right, of),
    )


def abstaining(area: float) -> tuple[str, ...]:
    """The light model alone, saying nothing where it is not sure: 95% of what it says is right."""
    tuned, scored = by_confidence(questions(area, 1)), questions(area, 2)
    right, said, below = 0, 0, 1.0
    for sure, question in reversed(tuned):
        right, said = right + question.light, said + 1
        if right >= WHOLE * said:
            below = sure
    light, _ = models(scored, below)
    ends = [light(str(number)) for number in range(len(scored))]
    answers = sum(isinstance(end, Accepted) for end in ends)
    fine = sum(end == Accepted("right") for end in ends)
    return (
        told_apart(area),
        share(answers, len(ends)),
        share(fine, answers),
        between(fine, answers),
    )


def main() -> None:
    measured = {area: dict(ways(area)) for area in AREAS}
    figures = measured[AREAS[1]]
    ways_head = ("", "right", "19 of 20", "heavy asked", "$ per 1000", "s, half", "s, 95%")
    title = f"{QUESTIONS} questions; confidence tells right from wrong at {told_apart(AREAS[1])}"
    print(table(title, ways_head, [row(name, each) for name, each in figures.items()]))
    head = ("confidence", f"light keeps {KEPT:.0%}: right", "heavy asked", "then right", "19 of 20")
    lines = [frontier(area, each) for area, each in measured.items()]
    print(table("The better the confidence, the less the heavy one is asked", head, lines))
    may_mean = ("what the figures may mean", "at most", "reached", f"{WHOLE:.0%} reached")
    print(table("Can it be?", may_mean, [*readings(figures)]))
    of_those = ("confidence", "answered", "right of those", "19 of 20")
    title = f"The light model alone, abstaining until {WHOLE:.0%} of its answers are right"
    print(table(title, of_those, [abstaining(area) for area in AREAS]))
    needed = (WHOLE - (1 - KEPT) * figures["heavy alone"].right / QUESTIONS) / KEPT
    print(
        f"With the heavy model right as often as it is here, {WHOLE:.0%} overall while the light\n"
        f"one keeps {KEPT:.0%} needs {needed:.1%} of what it keeps to be right, not {LIGHT:.0%}."
    )


if __name__ == "__main__":
    main()
