"""Sentences that name nobody, out of all else that the project has written."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from .grammar import Grammar, grammars

__all__ = ["nameless", "without_answers", "without_names"]

_FOLDERS = ("attacks", "documents", "honest", "orders")
_ANSWERS = ("advice", "drafts", "solutions")
"""What assistants answer. Who learned names from it as well missed more of them elsewhere."""
_DRAWN = 3
"""How often each template is drawn: the words in its slots differ."""
_END = re.compile(r"(?<=[.!?])\s+|\n+")
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*")
_SHORTEST, _LONGEST = 20, 400


def without_answers(folder: str) -> Iterator[Grammar]:
    """What is written in a *folder* that was not meant for names, and helps to learn them."""
    return (each for name, each in grammars(folder).items() if name not in _ANSWERS)


@cache
def nameless() -> Mapping[str, tuple[str, ...]]:
    """Sentences and lines by language, those of all files together."""
    texts: dict[str, list[str]] = {}
    chance = random.Random(11).random  # noqa: S311  # nothing is secret here
    for folder in _FOLDERS:
        for grammar in without_answers(folder):
            for language, templates in grammar.templates.items():
                for template in (each for each in templates for _ in range(_DRAWN)):
                    pieces = grammar.put(template, chance)
                    texts.setdefault(language, []).append("".join(piece.text for piece in pieces))
    return {language: tuple(without_names(some)) for language, some in texts.items()}


def without_names(texts: Iterable[str]) -> Iterator[str]:
    """Of *texts* each sentence once that begins with a capital and has no word for a name.

    A word with a capital is none where the same is written without one oftener.

    >>> list(without_names(["We met the cook. Ask Ann to cook it.", "Cook it well and slowly."]))
    ['Cook it well and slowly.']
    """
    several = list(texts)
    small, large = Counter[str](), Counter[str]()
    for text in several:
        for word in _WORD.findall(text):
            (small if word.islower() else large)[word.lower()] += 1
    seen: set[str] = set()
    for text in several:
        for line in map(str.strip, _END.split(text)):
            if line in seen or not _SHORTEST <= len(line) <= _LONGEST or line[0].islower():
                continue
            seen.add(line)
            capitals = [word.lower() for word in _WORD.findall(line) if not word.islower()]
            if all(word == "i" or small[word] > max(1, large[word] // 4) for word in capitals):
                yield line
