"""How well `ungrounded` tells what its sources bear out, beside plain overlap of words.

The constants of the score were fitted on one half of the snippets of BEGIN's development
set, and the rules were tried on one half of CLAPnq's passages; the figures are of the other
halves. A snippet or passage is wholly in one half.
"""

import hashlib
import math
import random
import re
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any, NamedTuple

from guardrails_lib import Finding, Reply, Request, Source
from guardrails_lib.checks.grounding import ungrounded
from guardrails_lib.grounding import claims, index, support
from guardrails_lib.grounding.index import Index
from guardrails_lib.grounding.support import measured

from .changed import changed, names_in
from .grounded_claims import BORNE_OUT, CHANGED, SOURCE
from .interval import auc, bootstrap, wilson
from .split import rows
from .table import table

PARTS = ("wow", "cmu", "tc")
FULLY, NOT = "Fully attributable", "Not fully attributable"
STEPS, RIDGE = 25, 0.1


class Row(NamedTuple):
    """A response of BEGIN's."""

    part: str
    snippet: str
    text: str
    label: str


class Scored(NamedTuple):
    """What a response is labelled, and its score."""

    label: str
    score: float


def fitted(text: str) -> bool:
    """Whether a text is in the half that was looked at."""
    return hashlib.sha256(text.encode()).digest()[0] % 2 == 0


def begin(half: bool) -> list[Row]:
    """BEGIN's responses to the snippets of the half that was fitted on, or of the other."""
    return [
        Row(part, row["knowledge"], row["response"], row["label"])
        for part in PARTS
        for row in rows(f"ground_begin_dev/dev_{part}")
        if fitted(row["knowledge"]) == half
    ]


def overlap(row: Row) -> float:
    """The floor: the share of words that the snippet has."""
    there = set(re.findall(r"\w+", row.snippet.lower()))
    said = re.findall(r"\w+", row.text.lower())
    return sum(word in there for word in said) / max(1, len(said))


def borne_out(row: Row) -> float:
    """The support of a whole response."""
    return support(index((row.snippet,)), row.text).score


def told(groups: Sequence[Sequence[Scored]], against: frozenset[str]) -> float:
    """The AUC over the rows of some snippets."""
    every = [scored for group in groups for scored in group]
    return auc(
        [score for label, score in every if label == FULLY],
        [score for label, score in every if label in against],
    )


def attributable() -> Iterator[tuple[str, ...]]:
    """The AUC by part and together, with its interval, beside the floor's."""
    scored = begin(half=False)
    every = frozenset(row.label for row in scored) - {FULLY}
    wanted = [(part, part, frozenset({NOT})) for part in PARTS]
    wanted += [("together", "", frozenset({NOT})), ("Generic too", "", every)]
    for name, part, against in wanted:
        cells = [name]
        for measure in (borne_out, overlap):
            groups: dict[str, list[Scored]] = defaultdict(list)
            for row in scored:
                if part in {"", row.part}:
                    groups[row.snippet].append(Scored(row.label, measure(row)))
            values = [*groups.values()]
            low, high = bootstrap(values, partial(told, against=against), 300)
            cells += [f"{told(values, against):.3f}", f"{low:.3f}-{high:.3f}"]
        yield tuple(cells)


def refitted() -> list[float]:
    """The logistic over what the score is made of, fitted again by Newton's method."""
    seen = [
        ((1.0, *measured(index((row.snippet,)), row.text)), float(row.label == FULLY))
        for row in begin(half=True)
    ]
    places = range(len(seen[0][0]))
    weights = [0.0 for _ in places]
    for _ in range(STEPS):
        slope = [-RIDGE * weight for weight in weights]
        curve = [[RIDGE * (a == b) for b in places] for a in places]
        for values, wanted in seen:
            chance = 1 / (1 + math.exp(-sum(w * v for w, v in zip(weights, values, strict=True))))
            for a in places:
                slope[a] += values[a] * (wanted - chance)
                for b in places:
                    curve[a][b] += values[a] * values[b] * chance * (1 - chance)
        weights = [w + s for w, s in zip(weights, solved(curve, slope), strict=True)]
    return weights


def solved(matrix: list[list[float]], right: list[float]) -> list[float]:
    """What *matrix* times gives *right*."""
    size = len(right)
    lines = [[*line, value] for line, value in zip(matrix, right, strict=True)]
    for at in range(size):
        for line in range(size):
            if line != at:
                times = lines[line][at] / lines[at][at]
                lines[line] = [x - times * y for x, y in zip(lines[line], lines[at], strict=True)]
    return [lines[at][size] / lines[at][at] for at in range(size)]


def found(text: str, source: str, question: str = "?", title: str = "") -> list[Finding]:
    """What `ungrounded` finds in a reply."""
    asked = Request(question, [Source("kb", f"{title}\n{source}" if title else source)])
    return list(ungrounded()(Reply(text, request=asked)))


def answers(half: bool) -> list[dict[str, Any]]:
    """CLAPnq's questions that have an answer, of one half."""
    answerable = (row for row in rows("ground_clapnq_a/clapnq") if row["answerable"])
    return [row for row in answerable if fitted(row["passages"][0]["text"]) == half]


def honest() -> Iterator[tuple[str, ...]]:
    """How many claims of people who wrote from a passage are found; with another one, too."""
    some = answers(half=False)
    for name, shift in (("from the passage", 0), ("from another", 1)):
        said = hits = 0
        for place, row in enumerate(some):
            passage = some[(place + shift) % len(some)]["passages"][0]
            given = (passage["text"], row["question"], passage["title"])
            for output in row["outputs"]:
                said += sum(1 for _ in claims(output["answer"]))
                hits += len(found(output["answer"], *given))
        yield name, *share(hits, said)


def dishonest() -> Iterator[tuple[str, ...]]:
    """How many claims pass that were borne out until one thing in them was changed."""
    some, chance = answers(half=False), random.Random(3)
    names = [name for row in some for name in names_in(row["passages"][0]["text"])]
    passed: dict[str, list[bool]] = defaultdict(list)
    for row in some:
        passage = row["passages"][0]
        whole = f"{passage['title']} {passage['text']} {row['question']}"
        given = (passage["text"], row["question"], passage["title"])
        for claim in (each.text for out in row["outputs"] for each in claims(out["answer"])):
            if not found(claim, *given):
                for what, text in changed(claim, whole, names, chance):
                    passed[what].append(not found(text, *given))
    for what, results in passed.items():
        yield what, *share(sum(results), len(results))


def share(some: int, of: int) -> tuple[str, str, str]:
    low, high = wilson(some, of)
    return str(of), f"{some / of:.3f}", f"{low:.3f}-{high:.3f}"


def exact() -> Iterator[tuple[str, ...]]:
    """The claims of `grounded_claims`, which were written with the rules."""
    hits = sum(bool(found(claim, SOURCE)) for claim in BORNE_OUT)
    yield "borne out, and found", str(hits), str(len(BORNE_OUT))
    for kind, those in CHANGED.items():
        missed = sum(not found(claim, SOURCE) for claim in those)
        yield f"another {kind}, and passed", str(missed), str(len(those))


def reply_of(words: int) -> tuple[str, str]:
    """4 KB of sources, and a reply of so many words that people wrote from them."""
    text = said = ""
    for row in answers(half=False):
        if len(text) < 4_096:
            text += row["passages"][0]["text"] + "\n"
            said += " " + row["outputs"][0]["answer"]
    return text[:4_096], " ".join(said.split()[:words])


def milliseconds() -> Iterator[tuple[str, ...]]:
    """How long 200 words take against 4 KB, and against 5 MB."""
    text, said = reply_of(200)
    check = ungrounded()
    times: dict[str, list[float]] = defaultdict(list)
    for turn in range(30):
        asked = Request("?", [Source("kb", f"{text} {turn}")])
        for name in ("sources new", "sources known"):
            started = time.perf_counter()
            list(check(Reply(said, request=asked)))
            times[name].append(time.perf_counter() - started)
        started = time.perf_counter()
        Index((f"{text} {turn}",))
        times["the index alone"].append(time.perf_counter() - started)
    large = Request("?", [Source("kb", "\n".join([text] * 1_280))])
    started = time.perf_counter()
    list(check(Reply(said, request=large)))
    times["sources of 5 MB"].append(time.perf_counter() - started)
    for name, each in times.items():
        yield name, f"{1e3 * min(each):.2f}", f"{1e3 * sorted(each)[len(each) // 2]:.2f}"


def main() -> None:
    head = ("BEGIN dev, the other half: AUC", "support", "19 of 20", "overlap", "19 of 20")
    print(table("Attributable responses", head, [*attributable()]))
    names = ("", "start", "covered", "talk", "little", "asked")
    line = ("fitted half", *(f"{weight:.2f}" for weight in refitted()))
    print(table("The constants of the score, fitted again", names, [line]))
    of_claims = ("CLAPnq, the other half", "claims", "found", "19 of 20")
    print(table("Answers that people wrote", of_claims, [*honest()]))
    of_claims = ("CLAPnq, the other half", "claims", "passed", "19 of 20")
    print(table("The same with one thing changed", of_claims, [*dishonest()]))
    print(table("Exactness", ("", "claims", "of"), [*exact()]))
    print(table("Milliseconds", ("200 words, 4 KB", "best", "median"), [*milliseconds()]))


if __name__ == "__main__":
    main()
