"""Learning to tell attacks from honest texts: the weights of signs, then those of measures.

The weights of measures, and with them what a likelihood is, come from texts of sources that
the weights of signs were not learned from; so do the thresholds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from ..numbers import Floats, Integers, NDArray, np
from ..weights import Weights
from ..writing import grammar
from .examples import Given, documents, given, long_documents, orders, prompts
from .judging import DAMPED, Head, Judge, arrays_of, measured, packed
from .lessons import Lessons, Stretch, Whole, of_documents, of_prompts
from .logistic import Rows, learned, straight, told
from .reading import BLOCK, reading
from .signs import BITS, RUN_WORTH, SIZE, Concepts, named, signs

__all__ = ["FOLDS", "Held", "Learned", "held", "judge_without", "lessons", "train", "weights_of"]

FOLDS: tuple[frozenset[str], ...] = (
    frozenset(
        {
            *("jailbreak_wild", "openai_demo", "self_instruct", "wnut17"),
            *("attacks/guessing", "attacks/many_shot", "honest/triggers", "honest/personas"),
            *("documents/mail", "documents/code", "honest/languages", "orders/assistant"),
        }
    ),
    frozenset(
        {
            *("pint", "arena", "wikigold", "bipia"),
            *("attacks/extraction", "attacks/smuggling", "attacks/encoding", "attacks/machine"),
            *("honest/roleplay", "honest/wordplay", "honest/definitions", "honest/harsh"),
            *("documents/table", "documents/web"),
        }
    ),
    frozenset(
        {
            *("llm_outputs", "presidio_research", "orders/task"),
            *("attacks/override", "attacks/roleplay", "attacks/authority", "attacks/splitting"),
            *("honest/security", "honest/long", "honest/feedback"),
            *("documents/records", "documents/notices"),
        }
    ),
)
"""Sources that are left out together, so that both sides are; those not named are one more."""

USED: Mapping[str, tuple[int, ...]] = {"prompt": (0, 1, 2, 3, 4, 5, 6), "document": (1, 6)}
"""Which measures count: of a document, its worst sentence, and how many it has."""
_EVEN = 0.4
"""How much less a text counts for coming from a source of many: 0 not at all, 1 fully."""
_FEWEST = 2
"""A sign that fewer texts have is not learned."""
_NTH = 60
"""A slice is one of so many."""
_HONEST = 0.99
"""So many honest texts of sources that were left out are below the threshold."""
_QUOTING = "honest/quoting"
"""But for these, which hold an attack word for word to ask about it."""


class Held(NamedTuple):
    """Texts as those measure them who did not learn from their sources."""

    wholes: Sequence[Whole]
    measures: Floats


class Learned(NamedTuple):
    """A head, and from which likelihood on a text is taken for an attack."""

    head: Head
    threshold: float


def train(data: Path | None) -> Weights:
    """What is learned from all texts; without *data*, from a few that the project wrote."""
    known = vocabulary()
    others = given(data) if data else Given()
    several = lessons(others, 3, 1500)
    if data is None:
        several = {where: _few(lesson) for where, lesson in several.items()}
    heads = {where: head_of(lesson, known, where) for where, lesson in several.items()}
    return weights_of(heads, known, sorted({each.source for some in others for each in some}))


def _few(lesson: Lessons) -> Lessons:
    return Lessons(lesson.stretches[::_NTH], lesson.wholes[::_NTH])


def lessons(others: Given, times: int, put_together: int) -> dict[str, Lessons]:
    """What each head learns from: templates so many *times*, and long texts *put together*."""
    return {
        "prompt": of_prompts(list(prompts(others, times)), put_together),
        "document": of_documents(
            list(documents(others, times)),
            list(long_documents(others, put_together)),
            orders(others),
            others.sentences,
        ),
    }


def vocabulary() -> Concepts:
    """The concepts that the project wrote down."""
    words = grammar.read(Path(grammar.__file__).parent / "concepts.txt").words
    return named({name: ["".join(map(str, each)) for each in some] for name, some in words.items()})


def head_of(lesson: Lessons, known: Concepts, where: str) -> Learned:
    """What is learned from a *lesson*."""
    rows = rows_of(lesson.stretches, known)
    return _finished(lesson, rows, known, np.arange(len(lesson.stretches)), where)


def judge_without(several: dict[str, Lessons], left: Container[str], known: Concepts) -> Judge:
    """A judge that learned nothing from sources that are *left* out."""
    heads = {
        where: head_of(
            Lessons(
                [each for each in lesson.stretches if not any(of in left for of in each.sources)],
                [each for each in lesson.wholes if not any(of in left for of in each.sources)],
            ),
            known,
            where,
        )
        for where, lesson in several.items()
    }
    return Judge(weights_of(heads, known, []))


def _finished(
    lesson: Lessons, rows: Rows, known: Concepts, picked: Integers, where: str
) -> Learned:
    seen = held(lesson, rows, known)
    hostile = np.array([each.hostile for each in seen.wholes], dtype=np.float64)
    counts = _balanced([("+".join(e.sources), e.hostile, 1.0) for e in seen.wholes], 0.5)
    used = list(USED[where])
    few = straight(seen.measures[:, used], hostile, counts)
    honest = [not each.hostile and _QUOTING not in each.sources for each in seen.wholes]
    said = told(seen.measures[:, used], few)[honest]
    head = _head(rows, picked)
    threshold = 1 / (1 + float(np.exp(-np.quantile(said, _HONEST))))
    mixed = [0.0] * seen.measures.shape[1]
    for at, weight in zip(used, few.weights, strict=True):
        mixed[at] = weight
    return Learned(head._replace(mixed=tuple(mixed), lean=few.bias), threshold)


def held(lesson: Lessons, rows: Rows, known: Concepts) -> Held:
    """How whole texts measure where their sources were left out."""
    named_ones = frozenset().union(*FOLDS)
    rest = frozenset(of for each in lesson.wholes for of in each.sources) - named_ones
    wholes: list[Whole] = []
    measures: list[tuple[float, ...]] = []
    for left in (*FOLDS, rest):
        tested = [each for each in lesson.wholes if left.issuperset(each.sources)]
        kept = [left.isdisjoint(each.sources) for each in lesson.stretches]
        if not tested or not any(kept):
            continue
        head = _head(rows, np.flatnonzero(kept))
        for each in tested:
            found = measured(each.text[:BLOCK], head, known)
            if found is not None:
                wholes.append(each)
                measures.append(found.measures)
    return Held(wholes, np.array(measures))


def rows_of(stretches: Sequence[Stretch], known: Concepts) -> Rows:
    """The signs of all *stretches*."""
    numbers = [np.zeros(0, dtype=np.int32)]
    values = [np.zeros(0, dtype=np.float32)]
    lengths = [0]
    for each in stretches:
        read = reading(each.text[:BLOCK])
        length = 0
        if len(read.starts):
            found = signs(read, known).numbers
            worth = np.where(found >= 1 << BITS, RUN_WORTH, 1.0)
            numbers.append(found.astype(np.int32))
            values.append((worth * (len(read.starts) + DAMPED) ** -0.5).astype(np.float32))
            length = len(found)
        lengths.append(length)
    hostile = np.array([each.hostile for each in stretches], dtype=np.float64)
    counts = _balanced([("+".join(e.sources), e.hostile, e.weight) for e in stretches], _EVEN)
    return Rows(
        np.cumsum(lengths), np.concatenate(numbers), np.concatenate(values), hostile, counts
    )


def _balanced(several: Sequence[tuple[str, bool, float]], evening: float) -> Floats:
    """How much each of *several* counts: of a large source less, and both sides the same."""
    sums: defaultdict[tuple[str, bool], float] = defaultdict(float)
    for source, side, weight in several:
        sums[source, side] += weight
    counts = np.array([w * (300 / max(sums[of, side], 1)) ** evening for of, side, w in several])
    hostile = np.array([side for _, side, _ in several])
    for one in (hostile, ~hostile):
        counts[one] *= len(several) / 2 / max(float(counts[one].sum()), 1e-9)
    return counts


def _head(rows: Rows, picked: Integers) -> Head:
    table, bias = learned(rows, picked, size=SIZE, seed=1, fewest=_FEWEST)
    table[1 << BITS :] *= RUN_WORTH
    scale = float(np.quantile(np.abs(table[table != 0]), 0.9995)) / 127
    return Head(packed(table, scale), scale, bias, (), 0.0)


def weights_of(heads: dict[str, Learned], known: Concepts, sets: Sequence[str]) -> Weights:
    """What the file of weights holds."""
    about = {
        "detector": "injection",
        "sets": list(sets),
        "heads": {where: _said(each.head) for where, each in heads.items()},
        "thresholds": {where: round(each.threshold, 4) for where, each in heads.items()},
    }
    arrays: dict[str, NDArray[Any]] = {"words": known.hashes, "concepts": known.numbers}
    for where, each in heads.items():
        arrays |= arrays_of(where, each.head)
    return Weights(about, arrays)


def _said(head: Head) -> dict[str, object]:
    return {
        "scale": round(head.scale, 9),
        "bias": round(head.bias, 6),
        "mixed": [round(each, 6) for each in head.mixed],
        "lean": round(head.lean, 6),
    }
