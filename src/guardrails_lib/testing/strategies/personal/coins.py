"""Bitcoin addresses: nobody has the keys of what is drawn here."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from string import ascii_lowercase, ascii_uppercase, digits

__all__ = ["base58", "bech32"]

_BASE58 = "".join(each for each in digits + ascii_uppercase + ascii_lowercase if each not in "0OIl")
_BECH32 = "".join(("qpzry9x8", "gf2tvdw0", "s3jn54kh", "ce6mua7l"))
_STEPS = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)


def base58(version: int, hashed: bytes) -> str:
    """An address of the first kind, with four bytes of its double SHA-256 at the end.

    >>> base58(0, bytes(20))
    '1111111111111111111114oLvT2'
    """
    payload = bytes([version]) + hashed
    whole = payload + sha256(sha256(payload).digest()).digest()[:4]
    number, letters = int.from_bytes(whole), ""
    while number:
        number, at = divmod(number, 58)
        letters = _BASE58[at] + letters
    return "1" * (len(whole) - len(whole.lstrip(b"\0"))) + letters


def bech32(hashed: bytes) -> str:
    """BIP 173: an address of the second kind, with six letters at the end that check it.

    >>> hashed = bytes.fromhex("751e76e81991" "96d454941c45" "d1b3a323f143" "3bd6")
    >>> bech32(hashed) == "bc1qw508d6qe" "jxtdg4y5r3za" "rvary0c5xw7k" "v8f3t4"
    True
    """
    number = int.from_bytes(hashed)
    data = [0, *(number >> shift & 31 for shift in range(155, -1, -5))]
    rest = _remainder([3, 3, 0, 2, 3, *data, 0, 0, 0, 0, 0, 0]) ^ 1
    check = [rest >> 5 * (5 - n) & 31 for n in range(6)]
    return "bc1" + "".join(_BECH32[each] for each in (*data, *check))


def _remainder(values: Sequence[int]) -> int:
    rest = 1
    for value in values:
        top = rest >> 25
        rest = (rest & 0x1FFFFFF) << 5 ^ value
        for n, step in enumerate(_STEPS):
            rest ^= step * (top >> n & 1)
    return rest
