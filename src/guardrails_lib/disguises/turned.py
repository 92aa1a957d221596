"""Lines read backwards, or in another order of the alphabet."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator

from .view import Edit, View, edited

__all__ = ["TURNED", "backwards", "overridden", "substituted", "upside_down", "words"]

_COMMON = """
the you your that this with from ignore forget disregard previous instruction instructions
system prompt reveal repeat password secret please must tell
"""
"""Words, one of which a line has to have for it to be read so."""

_AZ = string.ascii_lowercase


def _alphabet(letters: str) -> dict[int, int]:
    return str.maketrans(_AZ + _AZ.upper(), letters + letters.upper())


_ALPHABETS = {"rot13": _alphabet(_AZ[13:] + _AZ[:13]), "atbash": _alphabet(_AZ[::-1])}


def words(text: str) -> list[bytes]:
    """The words of *text* in small letters, of which those of ASCII alone are any."""
    return text.encode("ascii", "replace").translate(_SMALL).split()


_SMALL = bytes(
    ord(chr(code).lower()) if chr(code) in string.ascii_letters + string.digits else 32
    for code in range(256)
)
TURNED = {
    "reversed": frozenset(words(_COMMON[::-1])),
    **{how: frozenset(words(_COMMON.translate(each))) for how, each in _ALPHABETS.items()},
}
"""The words that show that a text is turned, and how."""

_HEADS = "ɐqɔpǝɟƃɥᴉɾʞlɯuodbɹsʇnʌʍxʎz"  # noqa: RUF001  # they are meant
_ON_FEET = str.maketrans(_HEADS, _AZ)
_ON_HEAD = re.compile(f"[{''.join(letter for letter in _HEADS if not letter.isascii())}]")
_WORD = re.compile(r"[^\W_]+")
_OVERRIDE = re.compile("\u202e([^\u202c\u2028\u2029\n]+)\u202c?")
_LINE = re.compile(r"[^\n]+")


def backwards(text: str) -> Iterator[View]:
    """*text* from its end, line by line, and word by word: such lines as seem to be reversed."""
    lines = _lines(text, TURNED["reversed"])
    if not lines:
        return
    yield from edited(text, (_reversed(text, *line) for line in lines), "reversed")
    block = lines[0][0], lines[-1][1]
    yield from edited(text, [_reversed(text, *block)], "reversed")
    single = (word.span() for line in lines for word in _WORD.finditer(text, *line))
    yield from edited(text, (_reversed(text, *word) for word in single), "reversed")


def overridden(text: str) -> Iterator[View]:
    """*text* as it shows, where a character says that what follows runs from right to left."""
    turned = (
        Edit(*match.span(), "") if match[1].isspace() else _reversed(text, *match.span(1))
        for match in _OVERRIDE.finditer(text)
    )
    return edited(text, turned, "reversed")


def upside_down(text: str) -> Iterator[View]:
    """*text* with the page turned around, by lines with letters that stand on their heads."""
    turned = (
        Edit(*line.span(), line[0].translate(_ON_FEET)[::-1], -1)
        for line in _LINE.finditer(text)
        if len(_ON_HEAD.findall(line[0])) > 3
    )
    return edited(text, turned, "upside down")


def substituted(how: str, text: str) -> Iterator[View]:
    """*text* in the plain alphabet: such lines as seem to be in rot13, or in that from Z to A."""
    letters = _ALPHABETS[how]
    lines = _lines(text, TURNED[how])
    return edited(text, (Edit(a, b, text[a:b].translate(letters), 1) for a, b in lines), how)


def _lines(text: str, common: frozenset[bytes]) -> list[tuple[int, int]]:
    """The lines that hold one of *common*."""
    return [line.span() for line in _LINE.finditer(text) if not common.isdisjoint(words(line[0]))]


def _reversed(text: str, start: int, end: int) -> Edit:
    return Edit(start, end, text[start:end][::-1], -1)
