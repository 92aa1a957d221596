"""Which sentences of a passage an answer is made of, as people said, and which citations stand.

CLAPnq: answers that people wrote, and the sentences that they wrote them from. What is tuned
is tuned on the passages of one half, and the other half is scored, by the title of the article.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from guardrails_lib import Reply, Request, Source
from guardrails_lib.checks.citations import miscited, uncited
from guardrails_lib.checks.grounding import ungrounded
from guardrails_lib.citing.bearing import bearing
from guardrails_lib.citing.quotes import quoted
from guardrails_lib.grounding import Index

from .interval import bootstrap, wilson
from .split import Side, rows, side_of
from .table import table

__all__ = ["main"]


SIDES: dict[Side, str] = {"tune": "tuned on", "score": "scored"}


class Case(NamedTuple):
    """A question, its answer, the passage, and the numbers of the sentences it is made of."""

    title: str
    question: str
    answer: str
    text: str
    sentences: tuple[str, ...]
    gold: frozenset[int]


def main() -> None:
    """Print the figures."""
    floor = _floor(max((n / 20 for n in range(1, 20)), key=lambda t: _f1("tune", _floor(t))))
    results = []
    for name, choose in (("words in common, best share", floor), ("bearing", _chosen)):
        for side, what in SIDES.items():
            pairs = _pairs(side, choose)
            low, high = bootstrap(pairs, _f1_of)
            result = f"{_f1_of(pairs):.3f}", f"{low:.3f} to {high:.3f}"
            results.append((f"{name}, {what}", str(len(pairs)), *result))
    head = ("CLAPnq", "answers", "F1", "95%")
    sys.stdout.write(table("Sentences that an answer is made of", head, results))
    sys.stdout.write(table("Citations", ("", "share", "95%"), list(_checked())))
    sys.stdout.write(table("Time", ("", "ms"), list(_timed())))


def _cases(side: Side) -> list[Case]:
    return [
        Case(
            passage["title"],
            row["question"],
            output["answer"],
            passage["text"],
            tuple(passage["sentences"]),
            frozenset(
                n
                for n, each in enumerate(passage["sentences"])
                if each in output["selected_sentences"]
            ),
        )
        for row in rows("ground_clapnq_a/clapnq")
        for passage in row["passages"]
        if side_of(passage["title"]) == side
        for output in row["outputs"]
        if output["answer"].strip() and output["selected_sentences"]
    ]


Choose = Callable[[Case], set[int]]


Pair = tuple[set[int], frozenset[int]]


def _pairs(side: Side, choose: Choose) -> list[Pair]:
    return [(choose(case), case.gold) for case in _cases(side)]


def _f1(side: Side, choose: Choose) -> float:
    return _f1_of(_pairs(side, choose))


def _f1_of(chosen: Sequence[Pair]) -> float:
    right = sum(len(found & gold) for found, gold in chosen)
    return 2 * right / sum(len(found) + len(gold) for found, gold in chosen)


def _floor(share: float) -> Choose:
    """The sentences that have so large a share of their words in the answer."""

    def choose(case: Case) -> set[int]:
        said = _words(case.answer)
        return {
            n
            for n, each in enumerate(case.sentences)
            if (own := _words(each)) and len(own & said) >= share * len(own)
        }

    return choose


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower()))


def _chosen(case: Case) -> set[int]:
    """The sentences of the passage in which `bearing` finds most of a place."""
    places = bearing(case.answer, Index([case.text]))
    found, end = set(), 0
    for n, sentence in enumerate(case.sentences):
        start = case.text.find(sentence[:40], end)
        start = end if start < 0 else start
        end = start + len(sentence)
        covered = sum(
            max(0, min(end, each.span.end) - max(start, each.span.start)) for each in places
        )
        if 2 * covered > len(sentence):
            found.add(n)
    return found


CHANGES: tuple[tuple[str, str, str], ...] = (
    ("a number", r"\b\d+\b", "77"),
    ("a not", r"\b(is|was|are|were|has|had|can|will) (?!not)", r"\1 not "),
    ("a capital", r"(?<=[a-z] )[A-Z](?=[a-z]{3})", "z"),
    ("a word", r"(?<= )[a-z]{5,}(?= )", "other"),
)
TYPOGRAPHY = str.maketrans({" ": "\u00a0\n", "'": "\u2019", '"': "\u201d", "-": "\u2013"})


def _checked() -> Iterator[tuple[str, str, str]]:
    """How often what is right passes, and what is wrong is found, on the half that is scored."""
    cases = _cases("score")
    quotes = [(case.sentences[n], case.text) for case in cases for n in sorted(case.gold)]
    same = [quoted(quote.translate(TYPOGRAPHY), text) is not None for quote, text in quotes]
    yield _share("quotes in other typography, found", same)
    for name, pattern, new in CHANGES:
        changed = [(re.sub(pattern, new, quote, count=1), text) for quote, text in quotes]
        altered = [
            quoted(quote, text) is None
            for (quote, text), (old, _) in zip(changed, quotes, strict=True)
            if quote != old
        ]
        yield _share(f"quotes with {name} changed, refused", altered)
    right: list[bool] = []
    wrong: list[bool] = []
    for number, case in enumerate(cases):
        other = cases[(number + 7) % len(cases)]
        sources = [
            Source(f"kb://{n}", f"{each.title}\n\n{each.text}")
            for n, each in ((1, case), (2, other))
        ]
        asked = Request(case.question, sources)
        for mark, kept in (("1", right), ("2", wrong)):
            said: Reply[object] = Reply(f"{case.answer.rstrip(' .')} [{mark}].", request=asked)
            kept.append(bool(list(miscited()(said))))
    yield _share("answers that cite their passage, taken for wrong", right)
    yield _share("answers that cite another passage, found", wrong)


def _share(name: str, held: Sequence[bool]) -> tuple[str, str, str]:
    low, high = wilson(sum(held), len(held))
    return name, f"{sum(held) / len(held):.1%} of {len(held)}", f"{low:.1%} to {high:.1%}"


def _timed() -> Iterator[tuple[str, str]]:
    """What the checks take of an answer of 2 KB with 4 KB of sources."""
    texts = list(dict.fromkeys(case.text for case in _cases("tune")))
    sources = [Source(f"kb://{n}", text[:1_000]) for n, text in enumerate(texts[:4])]
    said = " ".join(
        f"{sentence.rstrip(' .')} [{n + 1}]."
        for n, source in enumerate(sources)
        for sentence in source.text.split(" . ")
    )[:2_000]
    for check in (ungrounded(), uncited(), miscited()):
        times = []
        for n in range(30):
            fresh = [Source(each.uri, f"{each.text} {n}") for each in sources]
            reply: Reply[object] = Reply(said, request=Request("?", fresh))
            start = time.perf_counter()
            list(check(reply))
            times.append(time.perf_counter() - start)
        yield f"{check.name}, sources that are new", f"{sorted(times)[15] * 1e3:.2f}"


if __name__ == "__main__":
    main()
