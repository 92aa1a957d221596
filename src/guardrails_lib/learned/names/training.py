"""How the names are learned: from what, and in which steps."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from ..corpora import Span, Tagged, lines
from ..numbers import Floats, Integers, NDArray, Truths, np
from ..sets import name_sets
from ..weights import Weights
from ..writing.grammar import Chance
from ..writing.named import named as written
from ..writing.nameless import without_answers
from .features import BITS, COMMON, commonness, features
from .finding import TYPES, Names
from .softmax import learned, quantised
from .tokens import PIECE, Shape, Tokens, tokens

__all__ = [
    "SETS",
    "Lesson",
    "lessons",
    "of_lessons",
    "plain_texts",
    "train",
    "train_slice",
    "written_lessons",
]

SETS = {"wnut17_train": 1.0, "wnut17_dev": 1.0, "wikigold": 1.0, "presidio_research_large": 0.5}
"""What is learned from beside what the project writes, and how much a token of it counts."""

PLAIN = (
    "benign_llm_outputs_dev/outputs.jsonl.gz",
    "benign_arena_hard_v20/prompts.jsonl.gz",
    "benign_self_instruct/instructions.jsonl.gz",
)
"""Text without labels: how common words are, and how they are written."""

FOLDERS = ("attacks", "orders", "documents", "honest")

WRITTEN = 15_000
SLICE = 300
FIRST = 2
TURNS = 3
LEAN = 1.25
"""By so much more a token is taken for a name than it is likely to be one: leaks cost more."""

_MOST = 6.0
_HIDDEN = (0, 1)
"""The features that are the word itself."""

_HIDE = 0.25
_RARE = 2
_SURE = 2.5
_QUIET = 0.15
"""How much a token counts that nobody has labelled."""

_REMOVED = 0.08
_REMOVED_AS = "\u2588\u2588\u2588"
_WEIGHT = 0.3
"""How much a token counts that the project wrote."""


class Lesson(NamedTuple):
    """Texts to learn from, and how much each token of them counts."""

    source: str
    texts: Sequence[Tagged]
    weight: float


def train(data: Path) -> Weights:
    """What is learned from the sets under *data* and from what the project writes."""
    return of_lessons([*lessons(data), *written_lessons()], plain_texts(data))


def train_slice() -> Weights:
    """What is learned from a little that the project writes: enough to see that nothing changed."""
    slice_ = written_lessons(SLICE)
    return of_lessons(slice_, (each.text for lesson in slice_ for each in lesson.texts))


def lessons(data: Path) -> list[Lesson]:
    """What others have labelled."""
    found = name_sets(data, SETS)
    return [Lesson(name, found[name].texts, weight) for name, weight in SETS.items()]


def written_lessons(count: int = WRITTEN) -> list[Lesson]:
    """What the project writes itself, by kind."""
    chance = random.Random(7).random  # noqa: S311  # nothing is secret here
    by_kind: dict[str, list[Tagged]] = {}
    for each in written(7, count):
        spans = tuple(Span(*span) for span in each.spans)
        text = Tagged(each.text, spans)
        by_kind.setdefault(each.kind, []).append(_partly_removed(text, chance))
    return [Lesson(kind, texts, _WEIGHT) for kind, texts in sorted(by_kind.items())]


def _partly_removed(text: Tagged, chance: Chance) -> Tagged:
    """*text* where something stands for some of its names, as a guard leaves it."""
    pieces, spans, at, length = [], [], 0, 0
    for start, end, type_ in text.spans:
        removed = chance() < _REMOVED
        said = _REMOVED_AS if removed else text.text[start:end]
        pieces += [text.text[at:start], said]
        length += start - at
        if not removed:
            spans.append(Span(length, length + len(said), type_))
        length, at = length + len(said), end
    return Tagged("".join([*pieces, text.text[at:]]), tuple(spans), text.group)


def plain_texts(data: Path) -> Iterator[str]:
    """Texts that say how common words are."""
    for path in PLAIN:
        for row in lines(data / path):
            yield row["text"]
    yield from own_texts()


def own_texts() -> Iterator[str]:
    """What the project writes of prompts and documents, each template once."""
    for folder in FOLDERS:
        for grammar in without_answers(folder):
            chance = random.Random(7).random  # noqa: S311  # nothing is secret here
            for templates in grammar.templates.values():
                for template in templates:
                    yield "".join(piece.text for piece in grammar.put(template, chance))


def of_lessons(given: Sequence[Lesson], plain: Iterable[str]) -> Weights:
    """What is learned from those texts, and from *plain* ones that nobody has labelled.

    They say how common words are. And what is no sure name in them for who has learned from
    the others is none: so it is learned what code, headings and prompts look like.
    """
    unlabelled = list(plain)
    common = _common(unlabelled)
    marked = [
        _rows(found, common, text, lesson.weight)
        for lesson in given
        for text in lesson.texts
        if len((found := tokens(text.text[:PIECE])).starts)
    ]
    first = Names(_learned(marked, common, given, FIRST))
    quiet = [
        _quiet(found, common, first)
        for text in unlabelled
        for at in range(0, len(text), PIECE)
        if len((found := tokens(text[at : at + PIECE])).starts)
    ]
    return _learned([*marked, *quiet], common, given, TURNS)


class _Rows(NamedTuple):
    """The tokens of a text: the features of each, its class, and how much it counts."""

    features: NDArray[np.int32]
    classes: Integers
    weights: Floats


def _rows(found: Tokens, common: NDArray[np.uint8], text: Tagged, weight: float) -> _Rows:
    rows = features(found, common).astype(np.int32)
    return _Rows(rows, _classes(text, found), np.full(len(rows), weight))


def _quiet(found: Tokens, common: NDArray[np.uint8], first: Names) -> _Rows:
    """The tokens of a text as no names. What *first* takes for one for sure does not count."""
    rows = features(found, common).astype(np.int32)
    sure = np.zeros(len(rows) + 2, dtype=bool)
    sure[1:-1] = first.margins(found).max(axis=1) > _SURE
    near = sure[:-2] | sure[1:-1] | sure[2:]
    return _Rows(rows, np.zeros(len(rows), dtype=np.int64), np.where(near, 0.0, _QUIET))


def _learned(
    parts: Sequence[_Rows], common: NDArray[np.uint8], given: Sequence[Lesson], turns: int
) -> Weights:
    rows = _pruned(np.concatenate([part.features for part in parts]))
    classes = np.concatenate([part.classes for part in parts])
    weights = np.concatenate([part.weights for part in parts])
    counts = weights > 0
    table = learned(
        rows[counts],
        classes[counts],
        weights[counts],
        size=1 << BITS,
        count=1 + len(TYPES),
        turns=turns,
        hidden=_HIDDEN,
        hide=_HIDE,
    )
    small = quantised(table, _MOST)
    about = {
        "detector": "names",
        "scale": small.scale,
        "lean": LEAN,
        "sets": sorted(lesson.source for lesson in given),
        "tokens": len(classes),
    }
    return Weights(about, {"table": small.table, "common": common})


def _classes(text: Tagged, found: Tokens) -> Integers:
    """Which class each token is of: 0 is no name."""
    classes = np.zeros(len(found.starts), dtype=np.int64)
    for start, end, type_ in text.spans:
        if type_ in TYPES:
            inside = (found.starts >= start) & (found.ends <= end)
            classes[inside & (found.shapes != Shape.STAND_IN)] = 1 + TYPES.index(type_)
    return classes


def _pruned(rows: NDArray[np.int32]) -> NDArray[np.int32]:
    """*rows*, where a feature that is met but once or twice is the one that tells nothing."""
    met = np.bincount(rows.ravel(), minlength=1 << BITS)
    kept: NDArray[np.int32] = np.where(met[rows] > _RARE, rows, rows[:, -1:])
    return kept


def _common(texts: Iterable[str]) -> NDArray[np.uint8]:
    """How common each word is in small letters, and how much rarer with a capital."""
    small = np.zeros(1 << COMMON, dtype=np.int64)
    title = np.zeros(1 << COMMON, dtype=np.int64)
    for text in texts:
        for at in range(0, len(text), PIECE):
            found = tokens(text[at : at + PIECE])
            begins = np.isin(found.shapes, (Shape.MARK, Shape.LINE))
            begins = np.concatenate(([True], begins[:-1]))
            _count(small, found, found.shapes == Shape.LOWER)
            _count(title, found, (found.shapes == Shape.TITLE) & ~begins[: len(found.starts)])
    often = np.minimum([int(each).bit_length() for each in small.tolist()], 9)
    share = np.where(small + title == 0, 0, 1 + 4 * small // np.maximum(small + title + 1, 1))
    return (often * 5 + share).astype(np.uint8)


def _count(counts: Integers, found: Tokens, are: Truths) -> None:
    counts += np.bincount(commonness(found.words[are]), minlength=len(counts))
