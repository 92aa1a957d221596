"""Texts drawn from templates: words put into slots, and one of some alternatives.

A file holds ``name = one | two`` for words and ``en: Say {name}[ twice| again|].`` for
templates, each in its language.
"""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple, TypeAlias, TypeVar

__all__ = ["Chance", "Grammar", "Piece", "Template", "grammars", "one_of", "read", "written"]

T = TypeVar("T")

Chance: TypeAlias = Callable[[], float]
"""Draws from 0 up to 1, as ``random.Random(7).random`` does: its stream is the same everywhere."""


class Slot(NamedTuple):
    """Where a word is put in."""

    name: str


class Choice(NamedTuple):
    """Where one of some alternatives stands."""

    alternatives: tuple[Template, ...]


Template: TypeAlias = "tuple[str | Slot | Choice, ...]"


class Piece(NamedTuple):
    """A piece of a text that was drawn, and the slot it was drawn for, if for one."""

    text: str
    slot: str | None = None


class Grammar(NamedTuple):
    """What one file holds: templates by language, and words by name."""

    name: str
    templates: Mapping[str, tuple[Template, ...]]
    words: Mapping[str, tuple[Template, ...]]

    def draw(
        self, language: str, chance: Chance, fill: Callable[[str], str] | None = None
    ) -> Iterator[Piece]:
        """A text, piece by piece. What is no word of the file, *fill* must give."""
        yield from self.put(one_of(chance, self.templates[language]), chance, fill)

    def put(
        self, template: Template, chance: Chance, fill: Callable[[str], str] | None = None
    ) -> Iterator[Piece]:
        """The pieces of *template*, with its slots filled."""
        for part in template:
            if isinstance(part, str):
                yield Piece(part)
            elif isinstance(part, Choice):
                yield from self.put(one_of(chance, part.alternatives), chance, fill)
            elif part.name in self.words:
                yield from self.put(one_of(chance, self.words[part.name]), chance, fill)
            elif fill is None:
                raise KeyError(f"{self.name} has no words for {{{part.name}}}")
            else:
                yield Piece(fill(part.name), part.name)


def one_of(chance: Chance, several: Sequence[T]) -> T:
    """One of *several*, each as likely.

    >>> one_of(lambda: 0.5, "abcd")
    'c'
    """
    return several[int(chance() * len(several))]


def written(grammar: Grammar, language: str, seed: int) -> str:
    """The text that *seed* draws."""
    chance = random.Random(seed).random  # noqa: S311  # nothing is secret here
    return "".join(piece.text for piece in grammar.draw(language, chance))


def grammars(folder: str) -> dict[str, Grammar]:
    """What the files of a *folder* beside this one hold, by name."""
    return {path.stem: read(path) for path in sorted((_HERE / folder).glob("*.txt"))}


_HERE = Path(__file__).parent
_WORDS = re.compile(r"([a-z][a-z0-9_]*) =(.*)")
_TEMPLATE = re.compile(r"([a-z]{2,3}(?:_[A-Z]{2})?): (.+)")


@cache
def read(path: Path) -> Grammar:
    """What the file at *path* holds. A line that is neither of the two is an error."""
    templates: dict[str, list[Template]] = {}
    words: dict[str, list[Template]] = {}
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        try:
            if named := _WORDS.fullmatch(line):
                words.setdefault(named[1], []).extend(_alternatives(named[2]))
            elif template := _TEMPLATE.fullmatch(line):
                templates.setdefault(template[1], []).append(_parsed(template[2]))
            else:
                raise ValueError("neither `name = words` nor `en: template`")
        except ValueError as problem:
            raise ValueError(f"{path.name}, line {number}: {problem}") from None
    return Grammar(
        path.stem,
        {language: tuple(some) for language, some in templates.items()},
        {name: tuple(some) for name, some in words.items()},
    )


_TOKEN = re.compile(r"\\(.)|\{([A-Za-z][A-Za-z0-9_.]*)\}|([\[\]|{}])|([^\\\[\]|{}]+)")
_ESCAPED = {"n": "\n", "t": "\t"}


def _alternatives(line: str) -> list[Template]:
    parts, at = _sequence(line, 0, "|")
    found = [parts]
    while at < len(line):
        parts, at = _sequence(line, at + 1, "|")
        found.append(parts)
    return [_stripped(each) for each in found]


def _stripped(template: Template) -> Template:
    """*template* without the white space at its ends, which stands there for reading."""
    parts = list(template)
    if parts and isinstance(parts[0], str):
        parts[0] = parts[0].lstrip(" ")
    if parts and isinstance(parts[-1], str):
        parts[-1] = parts[-1].rstrip(" ")
    return tuple(each for each in parts if each != "")


def _parsed(line: str) -> Template:
    parts, at = _sequence(line, 0, "")
    if at < len(line):
        raise ValueError(f"{line[at]!r} with nothing open; write \\{line[at]}")
    return parts


def _sequence(line: str, at: int, ends: str) -> tuple[Template, int]:
    """The parts from *at* on, up to one of *ends*, and where that is."""
    parts: list[str | Slot | Choice] = []
    while at < len(line):
        token = _TOKEN.match(line, at)
        if token is None:
            raise ValueError("a backslash at the end")
        escaped, slot, mark, plain = token.groups()
        if mark and mark in ends:
            break
        at = token.end()
        if mark == "[":
            alternatives, at = _choice(line, at)
            parts.append(alternatives)
        elif mark:
            raise ValueError(f"{mark!r} with nothing open; write \\{mark}")
        elif slot:
            parts.append(Slot(slot))
        else:
            parts.append(plain or _ESCAPED.get(escaped, escaped))
    return _joined(parts), at


def _choice(line: str, at: int) -> tuple[Choice, int]:
    alternatives: list[Template] = []
    while True:
        parts, at = _sequence(line, at, "|]")
        if at >= len(line):
            raise ValueError("'[' is never closed")
        alternatives.append(parts)
        at += 1
        if line[at - 1] == "]":
            return Choice(tuple(alternatives)), at


def _joined(parts: Sequence[str | Slot | Choice]) -> Template:
    """*parts*, with texts beside each other made one."""
    joined: list[str | Slot | Choice] = []
    for part in parts:
        if isinstance(part, str) and joined and isinstance(joined[-1], str):
            joined[-1] += part
        else:
            joined.append(part)
    return tuple(joined)


def _show(path: str, count: str = "20") -> None:
    grammar = read(Path(path))
    for language, templates in grammar.templates.items():
        sys.stderr.write(f"{language}: {len(templates)} templates\n")
    for seed in range(int(count)):
        chance = random.Random(seed).random  # noqa: S311  # nothing is secret here
        language = one_of(chance, [each for each, of in grammar.templates.items() for _ in of])
        pieces = grammar.draw(language, chance, lambda slot: f"<{slot}>")
        sys.stdout.write("".join(piece.text for piece in pieces) + "\n---\n")


if __name__ == "__main__":
    _show(*sys.argv[1:])
