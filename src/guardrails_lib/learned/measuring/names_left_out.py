"""Names in texts of sources, of templates and of kinds that were not learned from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ..names.finding import Names
from ..names.training import lessons, of_lessons, plain_texts, written_lessons
from ..sets import Left, NameSet, name_sets

__all__ = ["names_left_out"]

PARTS = 3
"""The templates of the set that is made of templates are left out in so many parts."""

_TOGETHER = {
    "wikigold": ("wikigold",),
    "WNUT-17": ("wnut17_train", "wnut17_dev", "wnut17_test"),
}
_OF_TEMPLATES = "presidio_research_large"


def names_left_out(data: Path) -> Iterator[Left[NameSet, Names]]:
    """Each source with what finds its names and never saw it; then templates, part by part."""
    others, own = lessons(data), written_lessons()
    for title, names in _TOGETHER.items():
        known = [each for each in others if each.source not in names]
        learned = Names(of_lessons([*known, *own], plain_texts(data)))
        yield Left(title, tuple(name_sets(data, names).values()), learned)
    (made,) = name_sets(data, [_OF_TEMPLATES]).values()
    groups = sorted({text.group for text in made.texts})
    for part in range(PARTS):
        out = set(groups[part::PARTS])
        known = [
            each._replace(texts=[text for text in each.texts if text.group not in out])
            for each in others
        ]
        learned = Names(of_lessons([*known, *own], plain_texts(data)))
        texts = tuple(text for text in made.texts if text.group in out)
        yield Left(f"templates of {made.name}", (NameSet(made.name, texts),), learned)
