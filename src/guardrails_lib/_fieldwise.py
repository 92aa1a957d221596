"""Asking again for the parts of an answer that do not fit, and putting them in."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple, TypeAlias

from ._judged import Judged
from ._schema import MOST_TOLD

__all__ = ["Draft", "draft_of", "merged"]

Path: TypeAlias = tuple[str | int, ...]

_STEP = re.compile(r"\.?([^.\[\]]+)|\[(\d+)\]")


class Draft(NamedTuple):
    """An answer of which some parts are asked for again."""

    tree: object
    paths: Mapping[str, Path]
    """The parts, by what they are called in the question and in the answer to it."""


def draft_of(tree: object, judged: Iterable[Judged]) -> Draft | None:
    """What is left of *tree*; None if it is not known which parts are wrong, or not all are."""
    paths: dict[str, Path] = {}
    for each in judged:
        place = re.sub(r"^(reply|value)\b\.?", "", each.finding.where)
        path = _path(place)
        if not (each.fieldwise and path and _is_in(tree, path)):
            return None
        paths[place] = path
    return Draft(tree, paths) if 0 < len(paths) < MOST_TOLD else None


def merged(draft: Draft, part: object) -> object | None:
    """The whole answer with what *part* holds; None if it is no answer to that question."""
    if not (isinstance(part, dict) and part and part.keys() <= draft.paths.keys()):
        return None
    tree = copy.deepcopy(draft.tree)
    for place, value in part.items():
        *before, last = draft.paths[place]
        inside: Any = tree
        for step in before:
            inside = inside[step]
        inside[last] = value
    return tree


def _path(place: str) -> Path:
    """The steps of a place such as ``lines[3].price``; none if it is no such place."""
    steps: list[str | int] = []
    at = 0
    while at < len(place):
        step = _STEP.match(place, at)
        if step is None:
            return ()
        steps.append(step[1] or int(step[2]))
        at = step.end()
    return tuple(steps)


def _is_in(tree: Any, path: Path) -> bool:
    """Whether there is something at *path* that can be replaced, or a key to be added."""
    for step in path[:-1]:
        if not _has(tree, step):
            return False
        tree = tree[step]
    last = path[-1]
    return isinstance(tree, dict) if isinstance(last, str) else _has(tree, last)


def _has(tree: object, step: str | int) -> bool:
    if isinstance(tree, dict):
        return step in tree
    return isinstance(tree, list) and isinstance(step, int) and step < len(tree)
