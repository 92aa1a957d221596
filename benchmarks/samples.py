"""Texts made from the patterns of recognizers: what they match, and what they nearly match."""

import functools
import itertools
import random
import re._parser as sre  # type: ignore[import-not-found]  # no stub; and nowhere else is a pattern seen in parts
import string
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import phonenumbers
import regex

__all__ = ["derived"]

STARTS = (
    *("", "", "", "It is ", "My number: ", "see (", "“", "x", "7", "_", "\n", "the and of "),
    *("a:", "word:12/", "the:", "::", "http://", "x-"),
)
ENDS = ("", "", "", ".", ", and so on", ")", "”", "x", "7", "_", ":b", "\n", " 12", "@", "-")
GAPS = (" ", " ", ": ", ":", " the and of ", " one two three four five ")
"""Between a context word and a match: one that joins, one that is skipped, one that is too far."""


def derived(recognizers: Iterable[Any], count: int, seed: int) -> Iterator[str]:
    """*count* texts, one for each pattern in turn; half with a context word of its recognizer."""
    chance = random.Random(seed)
    sources = [(each.context, made) for each in recognizers for made in _sources(each)]
    chance.shuffle(sources)
    for context, made in itertools.islice(itertools.cycle(sources), count):
        words = context if context and chance.random() < 0.5 else ("",)
        yield _embedded(made(chance), chance.choice(words), chance)


def _embedded(made: str, word: str, chance: random.Random) -> str:
    before = f"{word}{chance.choice(GAPS)}" if word else ""
    after = f"{chance.choice((', ', ' ', ':', '. '))}{word}" if chance.random() < 0.2 else ""
    return f"{before}{chance.choice(STARTS)}{made}{chance.choice(ENDS)}{after}"


def _sources(recognizer: Any) -> Iterator[Callable[[random.Random], str]]:
    """For each pattern of *recognizer* a function that makes up a text for it."""
    for pattern in getattr(recognizer, "patterns", ()):
        yield functools.partial(_match, pattern.regex, recognizer)
    if regions := getattr(recognizer, "supported_regions", ()):
        yield functools.partial(_number, regions)


def _match(pattern: str, recognizer: Any, chance: random.Random) -> str:
    """What *pattern* matches; if tries find it, with check digits that *recognizer* accepts."""
    search, parts = _parsed(pattern, recognizer.global_regex_flags)
    matches = []
    for _ in range(chance.choice((1, 4, 300))):
        made = "".join(_sampled(parts, chance, {}))
        if match := search(made):
            matches.append(made)
            if recognizer.validate_result(match[0]) is not False:
                break
    return matches[-1] if matches else made


@functools.cache
def _parsed(pattern: str, flags: int) -> tuple[Callable[[str], regex.Match[str] | None], Any]:
    plain = pattern.replace(r"\b(?i)", r"\b")  # `regex` allows it there, `re` does not
    return regex.compile(pattern, flags).search, sre.parse(plain)


def _sampled(parts: Any, chance: random.Random, groups: dict[int, str]) -> Iterator[str]:
    for kind, value in parts:
        if kind is sre.LITERAL:
            yield _cased(chr(value), chance)
        elif kind is sre.IN:
            yield _cased(_one_of(value, chance), chance)
        elif kind is sre.ANY:
            yield chance.choice(string.ascii_letters + string.digits + " ")
        elif kind is sre.BRANCH:
            yield from _sampled(chance.choice(value[1]), chance, groups)
        elif kind is sre.SUBPATTERN:
            groups[value[0]] = "".join(_sampled(value[-1], chance, groups))
            yield groups[value[0]]
        elif kind in (sre.MAX_REPEAT, sre.MIN_REPEAT):
            least, most, inner = value
            for _ in range(chance.randint(least, min(most, least + chance.choice((1, 3, 9))))):
                yield from _sampled(inner, chance, groups)
        elif kind is sre.GROUPREF:
            yield groups.get(value, "")


def _one_of(members: Any, chance: random.Random) -> str:
    if members[0][0] is sre.NEGATE:
        return chance.choice("aZ5 -/")
    kind, value = chance.choice(members)
    if kind is sre.RANGE:
        return chr(chance.randint(*value))
    if kind is sre.CATEGORY:
        named = {sre.CATEGORY_DIGIT: string.digits, sre.CATEGORY_SPACE: "    \t\n\u00a0"}
        return chance.choice(named.get(value, string.ascii_letters + string.digits + "_é"))
    return chr(value)


def _cased(character: str, chance: random.Random) -> str:
    return character.swapcase() if chance.random() < 0.1 else character


def _number(regions: tuple[str, ...], chance: random.Random) -> str:
    """A phone number of one of *regions*, in one of the ways to write it."""
    region, kind = chance.choice(regions), chance.choice((0, 1, 3, 4, 6))
    number = phonenumbers.example_number_for_type(region, kind)
    if number is None:
        return _number(regions, chance)
    written = phonenumbers.format_number(number, chance.choice((0, 1, 2, 3)))
    return chance.choice((written, written, written.replace(" ", "-"), written[:-1] + "7"))
