"""Words whose letters stand apart, or are parted by marks that show little."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from .segments import segmented
from .view import Edit, View, edited

__all__ = ["parted", "spaced"]

_RUN = re.compile(r"[A-Za-z0-9](?=[\W_])(?<![^\W_].)(?:[\W_]{1,4}[A-Za-z0-9](?![^\W_])){3,}")
_LETTERS = re.compile(r"[A-Za-z]{4}")
_GAP = re.compile(r"[\W_]+")

_MARKUP = r"[*~`]{1,3}|</?[A-Za-z][^<>]{0,80}>|<!--[^<>]{0,200}-->"
_INSIDE = re.compile(f"(?<=[A-Za-z])(?:{_MARKUP})(?=[A-Za-z])")
_BESIDE = re.compile(f"(?<=[A-Za-z])(?:{_MARKUP})|(?:{_MARKUP})(?=[A-Za-z])")
_JOINT = re.compile(r"""(?a)(?<=[A-Za-z ])["']\s{0,3}\+\s{0,3}["'](?=[A-Za-z ])""")


def spaced(text: str) -> Iterator[View]:
    """*text* with letters that stand one by one put together. What parts them most often goes.

    Where nothing tells one word from the next, they are also read as common words.
    """
    joined: list[Edit] = []
    split: list[Edit] = []
    for match in _RUN.finditer(text):
        gaps = list(_GAP.finditer(text, *match.span()))
        (inner, often), *_ = Counter(gap[0] for gap in gaps).most_common(1)
        if often * 2 <= len(gaps) or not _LETTERS.search(match[0].replace(inner, "")):
            continue
        edits = [Edit(*gap.span(), "" if gap[0] == inner else " ") for gap in gaps]
        joined += edits
        split += segmented(text, match.start(), edits)
    yield from edited(text, joined, "spaced")
    if split != joined:
        yield from edited(text, split, "spaced")


def parted(text: str) -> Iterator[View]:
    """*text* without its emphasis and tags, if some are in words, or the joints of its strings."""
    if _INSIDE.search(text):
        yield from edited(
            text, (Edit(*each.span(), "") for each in _BESIDE.finditer(text)), "parted"
        )
    yield from edited(text, (Edit(*each.span(), "") for each in _JOINT.finditer(text)), "joined")
