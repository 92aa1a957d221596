"""Sets measured with a detector: every number with the interval in which it truly lies."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, TypeAlias

from ..corpora import Tagged
from ..numbers import Floats, Integers, np
from ..sets import NameSet, PromptSet, Where
from .measures import Interval, Ranked, fbeta, groups_of, interval, precision, ratio, recall
from .tallies import ANY, Located, leaked, tallied

__all__ = ["Finds", "Named", "NamesIn", "Prompted", "Score", "names_measured", "prompts_measured"]

Finds: TypeAlias = Callable[[str], Iterable[Located]]
"""The names in a text."""

Score: TypeAlias = Callable[[str, Where], float]
"""How sure it is that a text is an attack."""


class Named(NamedTuple):
    """How names of one type were found; of any type, with `ANY`."""

    type: str
    by: str
    """What was compared: ``words``, or exact ``places``."""
    names: int
    """So many there are."""
    precision: Interval | None
    precision_apart: Interval | None
    """The same, but for what was found on names of other types."""
    recall: Interval | None
    f1: Interval | None
    f2: Interval | None


class NamesIn(NamedTuple):
    """How the names of a set were found."""

    name: str
    texts: int
    other: tuple[str, ...]
    """Types that are in the set and are not looked for."""
    rows: tuple[Named, ...]
    leak: Interval | None
    """How much of the names is left in clear, by characters."""
    touched: Interval | None
    """In how many texts without any name something was found."""


class Prompted(NamedTuple):
    """How a set of prompts or documents was told from honest ones."""

    name: str
    where: Where
    attacks: int
    honest: int
    against: int
    """So many honest texts it was measured against."""
    threshold: float
    auc: Interval | None
    recall_1: Interval | None
    """The recall where one honest text of a hundred is found, too."""
    recall_01: Interval | None
    """The recall where one honest text of a thousand is found, too."""
    recall: Interval | None
    """The recall at the threshold."""
    false_positives: Interval | None
    """How many of the honest texts of the set reach the threshold."""


def names_measured(name_set: NameSet, finds: Finds, types: Sequence[str] | None = None) -> NamesIn:
    """What *finds* found of a set. Without *types* every name of the set is wanted."""
    texts = name_set.texts
    seen = {span.type for text in texts for span in text.spans}
    groups = groups_of([text.group for text in texts])
    counts = _counts(texts, finds, tuple(seen) if types is None else types, groups)
    kinds = (ANY,) if types is None else (*types, ANY)
    return NamesIn(
        name_set.name,
        len(texts),
        () if types is None else tuple(sorted(seen - set(types))),
        tuple(_named(kind, by, counts[kind, by]) for by in ("words", "places") for kind in kinds),
        _share(counts["leak", ""]),
        _share(counts["touched", ""]),
    )


def _counts(
    texts: Sequence[Tagged], finds: Finds, types: Sequence[str], groups: Integers
) -> dict[tuple[str, str], Floats]:
    """What was counted, by group."""
    rows: dict[tuple[str, str], Floats] = {}

    def add(key: tuple[str, str], group: int, values: Sequence[int]) -> None:
        if key not in rows:
            rows[key] = np.zeros((int(groups.max()) + 1, len(values)))
        rows[key][group] += values

    for text, group in zip(texts, groups.tolist(), strict=True):
        found = list(finds(text.text))
        for kind, by_words, by_places in tallied(text.text, text.spans, found, types):
            add((kind, "words"), group, by_words)
            add((kind, "places"), group, by_places)
        wanted = [span for span in text.spans if span.type in types]
        add(("leak", ""), group, leaked(wanted, found))
        add(("touched", ""), group, (bool(found and not text.spans), not text.spans))
    return rows


def _named(kind: str, by: str, counts: Floats) -> Named:
    def of(measure: Callable[[float, float, float, float], float]) -> Interval | None:
        return interval(len(counts), lambda weights: measure(*(weights @ counts)))

    return Named(
        kind,
        by,
        int(counts[:, :2].sum()),
        of(lambda hits, _, extras, __: precision(hits, extras)),
        of(lambda hits, _, extras, apart: precision(hits, extras - apart)),
        of(lambda hits, missed, *_: recall(hits, missed)),
        of(lambda hits, missed, extras, _: fbeta(hits, missed, extras, 1)),
        of(lambda hits, missed, extras, _: fbeta(hits, missed, extras, 2)),
    )


def _share(counts: Floats) -> Interval | None:
    return interval(len(counts), lambda weights: ratio(*(weights @ counts)))


def prompts_measured(
    sets: Iterable[PromptSet], score: Score, thresholds: Callable[[Where], float]
) -> tuple[Prompted, ...]:
    """What *score* says of sets, each against the honest texts of all of its family."""
    scored = [_Scored(each, score) for each in sets]
    families: dict[str, list[_Scored]] = {}
    for each in scored:
        families.setdefault(each.set.family, []).append(each)
    return tuple(
        _prompted(each, families[each.set.family], thresholds(each.set.where)) for each in scored
    )


class _Scored:
    """The scores of a set, and which of its texts are attacks."""

    def __init__(self, prompt_set: PromptSet, score: Score) -> None:
        self.set = prompt_set
        self.scores = np.array(
            [score(each.text, prompt_set.where) for each in prompt_set.prompts], dtype=np.float64
        )
        self.hostile = np.array([each.hostile for each in prompt_set.prompts], dtype=np.bool_)
        self.groups = [
            each.group and f"{prompt_set.name}\n{each.group}" for each in prompt_set.prompts
        ]

    def reached(self, threshold: float, *, hostile: bool) -> Interval | None:
        """How many of the attacks, or of the others, reach the threshold."""
        chosen = np.flatnonzero(self.hostile == hostile)
        groups = groups_of([self.groups[at] for at in chosen.tolist()])
        if not len(groups):
            return None
        reached = np.bincount(groups, self.scores[chosen] >= threshold)
        counts = np.column_stack((reached, np.bincount(groups)))
        return _share(counts.astype(np.float64))


def _prompted(own: _Scored, family: Sequence[_Scored], threshold: float) -> Prompted:
    every = [own, *(each for each in family if each is not own)]
    scores = np.concatenate([each.scores for each in every])
    honest = np.concatenate([~each.hostile for each in every])
    hostile = np.zeros_like(honest)
    hostile[: len(own.hostile)] = own.hostile
    groups = groups_of([group for each in every for group in each.groups])
    ranked = Ranked(scores[hostile], scores[honest])

    def of(measure: Callable[[Floats, Floats], float]) -> Interval | None:
        if not hostile.any() or not honest.any():
            return None
        drawn = int(groups.max()) + 1
        return interval(drawn, lambda w: measure(w[groups[hostile]], w[groups[honest]]))

    return Prompted(
        own.set.name,
        own.set.where,
        int(own.hostile.sum()),
        int((~own.hostile).sum()),
        int(honest.sum()),
        threshold,
        of(ranked.auc),
        of(lambda bad, good: ranked.recall(bad, good, 0.01)),
        of(lambda bad, good: ranked.recall(bad, good, 0.001)),
        own.reached(threshold, hostile=True),
        own.reached(threshold, hostile=False),
    )
