"""Check digits: each function says what belongs at the end of a number."""

from __future__ import annotations

import string
from collections.abc import Sequence

__all__ = ["complement", "iban", "iso_11_10", "luhn", "mod_36", "verhoeff", "weighted"]

_ALNUM = string.digits + string.ascii_uppercase


def weighted(text: str, weights: Sequence[int]) -> int:
    """The digits of *text* times their weights, added up; A is 10, B is 11.

    >>> weighted("12A", (7, 3, 1))
    23
    """
    return sum(int(digit, 36) * weights[n % len(weights)] for n, digit in enumerate(text))


def complement(text: str, weights: Sequence[int], modulus: int = 10) -> str | None:
    """The digit that fills up the weighted sum to a multiple of *modulus*; none where two would.

    >>> complement("999000001", range(10, 1, -1), 11)
    '8'
    """
    digit = -weighted(text, weights) % modulus
    return str(digit) if digit < 10 else None


def luhn(digits: str) -> str:
    """ISO/IEC 7812-1, annex B: of cards, and of numbers of people in many countries.

    >>> luhn("424242424242424")
    '2'
    """
    doubled = [int(digit) * (2 - n % 2) for n, digit in enumerate(reversed(digits))]
    return str(-sum(number // 10 + number % 10 for number in doubled) % 10)


def iban(country: str, account: str) -> str:
    """ISO 13616: the two digits after the country.

    >>> iban("GB", "WEST12345698765432")
    '82'
    """
    number = int("".join(str(int(letter, 36)) for letter in f"{account}{country}00"))
    return f"{98 - number % 97:02}"


def iso_11_10(digits: str) -> str:
    """ISO/IEC 7064, MOD 11,10: of German tax numbers.

    >>> iso_11_10("8609574271")
    '9'
    """
    product = 10
    for digit in digits:
        product = ((int(digit) + product) % 10 or 10) * 2 % 11
    return str((11 - product) % 10)


def mod_36(text: str) -> str:
    """The sum of what doubling every second character leaves: of Indian taxpayers.

    >>> mod_36("27AAPFU0939F1Z")
    'V'
    """
    doubled = [int(letter, 36) * (1 + n % 2) for n, letter in enumerate(text)]
    return _ALNUM[-sum(number // 36 + number % 36 for number in doubled) % 36]


def verhoeff(digits: str) -> str:
    """Verhoeff's, of the symmetries of a pentagon: of Aadhaar.

    >>> verhoeff("236")
    '3'
    """
    check = 0
    for n, digit in enumerate(reversed(digits), start=1):
        check = _product(check, _PERMUTED[n % 8][int(digit)])
    return str(check if check >= 5 else -check % 5)


def _product(left: int, right: int) -> int:
    """One symmetry after another; from 5 on they are reflections."""
    turned = left + right if left < 5 else left - right
    return turned % 5 + 5 * ((left < 5) != (right < 5))


def _permutations() -> tuple[tuple[int, ...], ...]:
    once = (1, 5, 7, 6, 2, 8, 3, 0, 9, 4)
    rows = [tuple(range(10))]
    for _ in range(7):
        rows.append(tuple(rows[-1][each] for each in once))
    return tuple(rows)


_PERMUTED = _permutations()
