"""Which rows a check may be tuned on, and which only score it: by template, never by row.

Jailbreaks are copied and varied. Texts that share much of their wording are one family, and
a family is wholly on one side. Attacks on documents are split by what they are after.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Literal

__all__ = ["Side", "bipia", "jailbreaks", "rows", "side_of"]

Side = Literal["tune", "score"]

DATA = Path(__file__).parents[1] / ".." / "shared" / "data"

SHARED = 0.15
"""Texts of one family share so much of the shorter one's five-word runs."""


def rows(name: str) -> list[dict[str, Any]]:
    """The rows of a data set, by the path of its file without the endings."""
    path = DATA / f"{name}.jsonl.gz"
    if not path.exists():
        raise SystemExit(f"{name} is not there: the data lie beside the repository, in ../shared")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def side_of(family: str) -> Side:
    """Where a family goes, the same on every machine."""
    return "tune" if hashlib.sha256(family.encode()).digest()[0] % 2 else "score"


def jailbreaks(side: Side) -> list[str]:
    """Jailbreaks met in the wild."""
    texts = [row["text"] for row in rows("inj_jailbreak_wild/jailbreaks")]
    return [
        texts[n]
        for family in _families(texts)
        for n in family
        if side_of(min(texts[each] for each in family)) == side
    ]


def bipia(side: Side) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Documents with an attack in them, and clean ones; the contexts differ too."""
    attacked, clean = [], []
    for row in rows("inj_bipia/composed"):
        context = row["id"].rsplit("-", 1)[0] if row["label"] else row["id"]
        if side_of(_context(context)) != side:
            continue
        if not row["label"]:
            clean.append(row)
        elif side_of(row["attack_category"]) == side:
            attacked.append(row)
    return attacked, clean


def _context(name: str) -> str:
    return "-".join(re.findall(r"email|table|code|\d+", name)[:2])


def _families(texts: list[str]) -> Iterator[list[int]]:
    """The texts that share wording, directly or through others, by number."""
    runs = [_runs(text) for text in texts]
    holders: dict[int, list[int]] = defaultdict(list)
    for n, some in enumerate(runs):
        for run in some:
            holders[run].append(n)
    parent = list(range(len(texts)))

    def root(n: int) -> int:
        while parent[n] != n:
            parent[n] = parent[parent[n]]
            n = parent[n]
        return n

    for n, some in enumerate(runs):
        for other, count in _shared(n, some, holders):
            if count >= SHARED * min(len(some), len(runs[other])):
                parent[root(n)] = root(other)
    families: dict[int, list[int]] = defaultdict(list)
    for n in range(len(texts)):
        families[root(n)].append(n)
    yield from families.values()


def _shared(
    n: int, some: Iterable[int], holders: dict[int, list[int]]
) -> Iterator[tuple[int, int]]:
    counts: dict[int, int] = defaultdict(int)
    for run in some:
        for other in holders[run]:
            if other < n:
                counts[other] += 1
    yield from counts.items()


def _runs(text: str) -> set[int]:
    words = re.findall(r"\w+", text.lower())
    runs = {" ".join(words[n : n + 5]) for n in range(max(1, len(words) - 4))}
    return {int.from_bytes(hashlib.blake2b(run.encode(), digest_size=8).digest()) for run in runs}
