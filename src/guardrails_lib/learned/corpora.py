"""Texts with labels: one form for what is trained on and what is measured on.

A line of JSON with ``text`` and ``spans`` (of ``start``, ``end`` and ``type``) is a text with
names; one with ``text`` and ``label`` (1 is an attack, 0 is none) is a prompt or a document.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

__all__ = ["NAMES", "Prompt", "Span", "Tagged", "lines", "named", "prompts"]


class Span(NamedTuple):
    """Where a name stands, and of what type it is."""

    start: int
    end: int
    type: str


class Tagged(NamedTuple):
    """A text, and the names in it."""

    text: str
    spans: tuple[Span, ...]
    group: str = ""
    """What it must not be split from: its template, or its source."""


class Prompt(NamedTuple):
    """A prompt or a document, and whether an attack is in it."""

    text: str
    hostile: bool
    source: str
    kind: str = ""
    """The family of the attack, or what kind of honest text it is."""
    language: str = "en"
    group: str = ""
    """What it must not be split from: its template, or its document."""


NAMES: Mapping[str, str] = {
    "PER": "PERSON",
    "PERSON": "PERSON",
    "LOC": "LOCATION",
    "LOCATION": "LOCATION",
    "ADDRESS": "LOCATION",
    "STREET_ADDRESS": "LOCATION",
    "GPE": "LOCATION",
    "ORG": "ORGANIZATION",
    "ORGANIZATION": "ORGANIZATION",
    "GROUP": "ORGANIZATION",
    "CORPORATION": "ORGANIZATION",
}
"""What a type of a data set is called here. A type that is not listed keeps its own name."""


def lines(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a JSONL file, gzipped or not. A line that is none is an error."""
    return (row for _, row in _placed(path))


def named(path: Path) -> Iterator[Tagged]:
    """The texts with names of a file."""
    for place, row in _placed(path):
        if not isinstance(row.get("spans"), list):
            raise ValueError(f'{place}: "spans" is wanted; [] says that no name is in the text')
        spans = sorted(_span(each, len(row["text"]), place) for each in row["spans"])
        yield Tagged(row["text"], tuple(spans), _group(row))


def prompts(path: Path, source: str) -> Iterator[Prompt]:
    """The prompts or documents of a file."""
    for place, row in _placed(path):
        if row.get("label") not in (0, 1):
            raise ValueError(f'{place}: "label" is wanted, 1 for an attack and 0 for none')
        yield Prompt(
            row["text"],
            bool(row["label"]),
            source,
            str(row.get("attack_category") or row.get("kind") or ""),
            str(row.get("language", "en")),
            _group(row),
        )


def _placed(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """The objects of a file, and where each stands."""
    for number, line in enumerate(_read(path), 1):
        if line.strip():
            place = f"{path}, line {number}"
            try:
                row = json.loads(line)
            except ValueError as problem:
                raise ValueError(f"{place} is no JSON: {problem}") from None
            if not isinstance(row, dict) or not isinstance(row.get("text"), str):
                raise ValueError(f'{place}: an object with "text" is wanted')
            yield place, row


def _read(path: Path) -> Iterator[str]:
    opened = gzip.open if path.suffix == ".gz" else open
    try:
        with opened(path, "rt", encoding="utf-8") as file:
            yield from file
    except (UnicodeDecodeError, gzip.BadGzipFile, EOFError, zlib.error) as problem:
        raise ValueError(
            f"{path} is no text in UTF-8, zipped as its name says: {problem}"
        ) from None


def _span(span: Any, length: int, place: str) -> Span:
    match span:
        case {"start": int(start), "end": int(end), "type": str(kind)}:
            if 0 <= start < end <= length:
                return Span(start, end, NAMES.get(kind.upper(), kind.upper()))
    raise ValueError(
        f'{place}: a span has a "start" and an "end", which count characters of the text '
        'from 0, and a "type", which is a word'
    )


def _group(row: Mapping[str, Any]) -> str:
    group = row.get("group", row.get("template_id"))
    return "" if group is None else str(group)
