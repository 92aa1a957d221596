"""Numbers in words."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from .units import SCALES

__all__ = ["SPELLED", "spelled"]

_TO_NINETEEN = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
)
_TO_TWENTIETH = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth "
    "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
)
_TO_NINETY = "twenty thirty forty fifty sixty seventy eighty ninety"
_SMALL = {word: number for number, word in enumerate(_TO_NINETEEN.split())}
_TENS = {word: 10 * number for number, word in enumerate(_TO_NINETY.split(), 2)}
_ORDINALS = {word: number for number, word in enumerate(_TO_TWENTIETH.split(), 1)} | {
    "thirtieth": 30,
    "fortieth": 40,
    "fiftieth": 50,
    "hundredth": 100,
    "thousandth": 1000,
}
_HALF = Decimal("0.5")
_GROUPS = {"dozen": 12, "dozens": 12, "score": 20, "couple": 2, "once": 1, "twice": 2, "thrice": 3}
_TIMES = {"once", "twice", "thrice"}

SPELLED = (
    frozenset(_SMALL) | _TENS.keys() | _ORDINALS.keys() | {"a", "an", "dozen", "half"} | _TIMES
)
"""What a number in words begins with."""


def spelled(words: Sequence[str]) -> tuple[Decimal, int, bool]:
    """The number that *words* begin with, how many of them it takes, and if it is an ordinal.

    >>> spelled("two hundred and five thousand men".split())
    (Decimal('205000'), 5, False)
    """
    if words[0] in _TIMES:
        return Decimal(_GROUPS[words[0]]), 1, False
    if words[0] in {"a", "an", "half"}:
        return _of_a(words)
    total = part = Decimal(0)
    at = length = 0
    while at < len(words):
        word = words[at]
        if (word in _SMALL and part % 10 == 0) or (word in _TENS and not part % 100):
            part += _SMALL.get(word) or _TENS.get(word, 0)
        elif word == "hundred" and 0 < part < 100:
            part *= 100
        elif word == "dozen" and length:
            part *= 12
        elif word in SCALES and word != "hundred" and part:
            total, part = total + part * SCALES[word], Decimal(0)
        elif word in _ORDINALS and (not length or part % 10 == 0):
            if length and _ORDINALS[word] > 9:
                break
            return total + part + _ORDINALS[word], at + 1, True
        elif word in {"and", "-", "\u2010", "\u2011"} and length == at and length:
            at += 1
            continue
        else:
            break
        at += 1
        length = at
        if length > 1 and words[length - 1] in _SMALL and words[length - 2] in _SMALL:
            break
    if length and tuple(words[length : length + 3]) == ("and", "a", "half"):
        scale = SCALES.get(words[length + 3]) if length + 3 < len(words) else None
        return (total + part + _HALF) * (scale or 1), length + 3 + bool(scale), False
    return total + part, length, False


def _of_a(words: Sequence[str]) -> tuple[Decimal, int, bool]:
    """*A million*, *half a million*, *a dozen*."""
    start = 2 if words[0] == "half" and words[1:2] == ["a"] else 1
    word = words[start] if len(words) > start else ""
    times = Decimal(12) if word == "dozen" else SCALES.get(word)
    if times is None or (words[0] == "half" and start == 1 and word not in SCALES):
        return Decimal(0), 0, False
    half = _HALF if words[0] == "half" else Decimal(1)
    return half * times, start + 1, False
