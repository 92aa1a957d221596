"""Texts with names, and where in them the names are: what a finder of names learns from."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from .filling import filler
from .grammar import Chance, Grammar, grammars, one_of
from .nameless import nameless
from .roughening import Part, rough

__all__ = ["Named", "named"]

_ENGLISH = 0.7
_NONE = ("none", "none", "tempting", "tempting", "vocabulary", "code")
"""The kinds of text that hold no name, as often as they are drawn for that."""
_PLAIN, _OTHERS = 0.12, 0.7
"""How many more texts begin without a name, and how many of all such are of another folder."""
_NEXT_NONE, _NEXT_ALIKE = 0.55, 0.65
"""Up to which chance what stands beside a text names nobody or is of its kind; else of any."""
_JOINED = (0.55, 0.8, 0.92)
"""Up to which chance a text is of one, two or three templates; else of four."""
_BETWEEN = (" ", " ", " ", "\n", "\n", "\n\n", "\n\n")


@dataclass(frozen=True, slots=True)
class Named:
    """A text, and its names: PERSON, LOCATION and ORGANIZATION, in order, none in another."""

    text: str
    spans: tuple[tuple[int, int, str], ...]
    """Where each name begins, where it ends, and what it is."""
    kind: str
    """The file that its first template is from: ``mail``, ``news``."""
    language: str


def named(seed: int, count: int) -> Iterator[Named]:
    """So many texts, the same for a seed.

    >>> text = next(named(3, 1))
    >>> {kind for _, _, kind in text.spans} <= {"PERSON", "LOCATION", "ORGANIZATION"}
    True
    """
    chance: Chance = random.Random(seed).random  # noqa: S311  # nothing is secret here
    for _ in range(count):
        yield _drawn(chance)


def _drawn(chance: Chance) -> Named:
    first = _without(chance) if chance() < _PLAIN else one_of(chance, _kinds())
    language = _language(first, chance)
    parts = _part(first, language, chance)
    draw = chance()
    between = Part(one_of(chance, _BETWEEN))
    for limit in _JOINED:
        if draw < limit:
            break
        other = _part(_next(first, chance), language, chance)
        parts = [*parts, between, *other] if chance() < 0.6 else [*other, between, *parts]
    return _marked(rough(parts, first.name, language, chance), first.name, language)


def _part(grammar: Grammar, language: str, chance: Chance) -> list[Part]:
    """What *grammar* draws, or, where it has no names, a sentence of another folder mostly."""
    plain = nameless().get(language, ())
    if plain and grammar.name in _NONE and chance() < _OTHERS:
        return [Part(one_of(chance, plain))]
    return _filled(grammar, language, chance) if language in grammar.templates else []


def _filled(grammar: Grammar, language: str, chance: Chance) -> list[Part]:
    """The parts of one text, each with what it names. An article is no part of a name."""
    parts: list[Part] = []
    for text, slot in grammar.draw(language, chance, filler(language, chance)):
        if slot and slot[0].isupper():
            article = next((each for each in ("the ", "die ") if text.startswith(each)), "")
            name = Part(text.removeprefix(article), slot.partition(".")[0])
            parts += [Part(article), name] if article else [name]
        else:
            parts.append(Part(text))
    return parts


def _marked(parts: list[Part], kind: str, language: str) -> Named:
    spans: list[tuple[int, int, str]] = []
    at = 0
    for text, name in parts:
        if name and text:
            spans.append((at, at + len(text), name))
        at += len(text)
    return Named("".join(part.text for part in parts), tuple(spans), kind, language)


@cache
def _kinds() -> tuple[Grammar, ...]:
    """Each kind of text, as often as it has templates."""
    return tuple(
        grammar
        for grammar in grammars("names").values()
        for several in grammar.templates.values()
        for _ in several
    )


def _without(chance: Chance) -> Grammar:
    return grammars("names")[one_of(chance, _NONE)]


def _next(first: Grammar, chance: Chance) -> Grammar:
    """The kind of text that stands beside *first*: most writing names nobody."""
    draw = chance()
    if draw < _NEXT_NONE:
        return _without(chance)
    return first if draw < _NEXT_ALIKE else one_of(chance, _kinds())


def _language(grammar: Grammar, chance: Chance) -> str:
    """A language of *grammar*: English, or another by the number of its templates."""
    others = tuple(
        language
        for language, several in grammar.templates.items()
        if language != "en"
        for _ in several
    )
    return one_of(chance, others) if others and chance() >= _ENGLISH else "en"
