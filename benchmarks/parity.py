"""Whether the analyzer finds what Presidio finds, on any number of texts made by a seed.

    python -m benchmarks.parity 20000 7

Where Presidio can give no answer, what stands for it is said in `presidio`.
"""

import itertools
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple, TypeAlias

import regex
from presidio_analyzer import AnalyzerEngine, RecognizerRegistry

from guardrails_lib.presidio.analyzer import Analyzer
from guardrails_lib.presidio.recognizers import (
    EntityRecognizer,
    NlpEngine,
    blank,
    chosen,
    countries_known,
)

from .corpora import EDGES, mutated, odd, spoken
from .prose import clean, dense, mixed, numeric
from .samples import derived
from .table import table

__all__ = ["SETS", "Answer", "difference", "presidio", "texts"]

SETS = {
    "default": (),
    "English": ("au", "ca", "in", "ng", "ph", "sg", "uk", "us", "za"),
    "every country": countries_known(),
}
"""What is compared and measured, by its countries; English is all that Presidio has for it."""

SURROGATES = regex.compile("[\ud800-\udfff]")

Finding: TypeAlias = tuple[str, int, int, float]


class Answer(NamedTuple):
    """What Presidio finds, and which recognizers raise instead of an answer."""

    found: list[Finding]
    broken: frozenset[str]


def presidio(
    recognizers: Sequence[EntityRecognizer],
    nlp: NlpEngine | None = None,
    context: tuple[str, ...] = (),
    threshold: float | None = None,
) -> Callable[[str], Answer]:
    """Presidio itself, nothing of ours in it but *recognizers* and the words.

    A lone surrogate has no UTF-8, and the words are split in UTF-8: they are split with U+FFFD
    in its place, while the patterns see the text as it is. Where a check digit cannot be
    computed (`regex` knows more digits than `int`), a recognizer raises and Presidio has no
    answer at all: here the others answer, and that one is broken.
    """
    split = nlp or blank()

    def of(some: Sequence[EntityRecognizer]) -> Callable[[str], list[Finding]]:
        registry = RecognizerRegistry(recognizers=list(some), supported_languages=["en"])
        engine = AnalyzerEngine(registry, split)

        def found(text: str) -> list[Finding]:
            words = split.process_text(SURROGATES.sub("\ufffd", text), "en")
            results = engine.analyze(
                text, "en", nlp_artifacts=words, context=list(context), score_threshold=threshold
            )
            return [(each.entity_type, each.start, each.end, each.score) for each in results]

        return found

    whole = of(recognizers)

    def answer(text: str) -> Answer:
        try:
            return Answer(whole(text), frozenset())
        except ValueError:
            lost = [each for each in recognizers if _raises(each, text)]
            if not lost:
                raise
        rest = of([each for each in recognizers if each not in lost])
        return Answer(rest(text), frozenset(vars(each)["name"] for each in lost))

    return answer


def difference(ours: Analyzer, theirs: Answer, text: str) -> str:
    """What one finds in *text* and the other does not; "" if they agree, order included."""
    look = ours.look(text)
    found = [(each.kind, each.start, each.end, each.score) for each in look.found]
    if found == theirs.found and set(look.broken) == theirs.broken:
        return ""
    missed, extra = set(theirs.found) - set(found), set(found) - set(theirs.found)
    broken = sorted(theirs.broken.symmetric_difference(look.broken))
    return f"{text!r}: missed {sorted(missed)}, made up {sorted(extra)}, broken for one {broken}"


def texts(recognizers: Sequence[EntityRecognizer], count: int, seed: int) -> Iterator[str]:
    """*count* texts of all corpora, half of them mutated."""
    part = count // 8 + 1
    people = list(spoken(part, seed))
    made = list(derived(recognizers, 2 * part, seed))
    yield from itertools.islice(
        itertools.chain(
            people,
            made,
            mutated(made, seed),
            mutated(people, seed),
            odd(part, seed),
            _long(part, seed),
        ),
        count,
    )


def _long(count: int, seed: int) -> Iterator[str]:
    chance = random.Random(seed)
    for _ in range(count):
        made = chance.choice((clean, numeric, mixed, dense, None))
        text = chance.choice(EDGES)
        if made:
            text = made(chance.choice((60, 200, 600)), chance.randrange(10**9))
        yield chance.choice((text, *mutated([text], seed=chance.randrange(10**9))))


def _raises(recognizer: EntityRecognizer, text: str) -> bool:
    try:
        recognizer.analyze(text, recognizer.supported_entities, None)  # type: ignore[arg-type]  # none of these reads the words
    except ValueError:
        return True
    return False


def main(count: int, seed: int) -> bool:
    """Compare and print. True if nothing differs."""
    rows, same = [], True
    for name, countries in SETS.items():
        recognizers = chosen(None, countries)
        ours, theirs = Analyzer(recognizers), presidio(recognizers)
        differing, kinds = 0, Counter[str]()
        for text in texts(recognizers, count, seed):
            told = difference(ours, theirs(text), text)
            differing += bool(told)
            if told and differing <= 5:
                sys.stdout.write(f"{name}: {told}\n")
            kinds.update(found.kind for found in ours.analyze(text))
        same = same and not differing
        total = sum(kinds.values())
        rows.append([name, f"{count:,}", f"{total:,}", str(len(kinds)), str(differing)])
    head = ["recognizers", "texts", "findings", "kinds", "differing"]
    sys.stdout.write("\n" + table(f"Findings beside Presidio's, seed {seed}", head, rows))
    return same


if __name__ == "__main__":
    sys.exit(not main(int(sys.argv[1]), int(sys.argv[2])))
