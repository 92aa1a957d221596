"""Passages that are encoded as a whole, and decode to something that one can read."""

from __future__ import annotations

import base64
import binascii
import re
import string
import unicodedata
from collections.abc import Callable, Iterator

from .view import View, decoded

__all__ = ["TELLING", "grouped", "in_runs", "morse"]

_RUN = re.compile(
    r"(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{16,}"
    r"(?:[ \t]{0,2}\r?\n[ \t>]{0,8}[A-Za-z0-9+/_-]{4,})*={0,6}"
)
TELLING = "[a-z0-9+/_-][A-Z]|[A-Z][2-7]|[0-9][a-f]|[0-9]{16}"
"""What codes have in them, and common words have not."""

_TELLING = re.compile(TELLING)
_LINE = re.compile(r"[A-Za-z0-9+/_-]{16,}={0,6}")
_PART = re.compile(r"[A-Za-z0-9+]{16,}={0,6}")
_NOT_CODE = re.compile(r"[\s>=]+")

_HEX = re.compile(r"(?:[0-9A-Fa-f]{2}){8,}")
_BINARY = re.compile(r"(?:[01]{8}){2,}")
_BASE32 = re.compile(r"[A-Z2-7]{16,}")

_GROUPS = re.compile(
    r"(?<![0-9A-Za-z])(?:"
    r"(?P<binary>[01]{8}(?:[\s,]{1,2}[01]{8}){3,9999})"
    r"|(?P<hex>(?:0x)?[0-9A-Fa-f]{2}(?:[\s,:;-]{1,2}(?:0x)?[0-9A-Fa-f]{2}){5,9999})"
    r"|(?P<decimal>\d{2,3}(?:[\s,;]{1,2}\d{2,3}){5,9999})"
    r")(?![0-9A-Za-z])",
    re.ASCII,
)
_GROUP = re.compile(r"(?:0x)?([0-9A-Fa-f]+)")
_RADIX = {"binary": 2, "hex": 16, "decimal": 10}

_MORSE = re.compile(r"(?<![\w.-])[.-]{1,6}(?:(?: {1,3}| ?[/|] ?)[.-]{1,6}){4,9999}")
_SIGNS = re.compile(r"[.-]+| {2,3}| ?[/|] ?")
_MORSE_CODE = """
.- -... -.-. -.. . ..-. --. .... .. .--- -.- .-.. -- -. --- .--. --.- .-. ... - ..- ...- .-- -..-
-.-- --.. ----- .---- ..--- ...-- ....- ..... -.... --... ---.. ----.
"""
_LETTERS = dict(zip(_MORSE_CODE.split(), string.ascii_lowercase + string.digits, strict=True))

_READABLE = bytes([9, 10, 13, *range(32, 127)])

_FEW, _SOME = 6, 16
"""What decodes to fewer bytes may have come about by chance; so may fewer beyond ASCII."""


def in_runs(text: str) -> Iterator[View]:
    """What is said in hexadecimal, binary, base64 or base32, by letters in one run or in lines."""
    for match in _RUN.finditer(text):
        if not _TELLING.search(text, *match.span()):
            continue
        if whole := _read(match[0]):
            yield decoded(whole[0], *match.span(), whole[1])
            continue
        for line in _LINE.finditer(text, *match.span()):
            for part in (line, *_PART.finditer(text, *line.span())):
                if said := _read(part[0]):
                    yield decoded(said[0], *part.span(), said[1])
                    break


def grouped(text: str) -> Iterator[View]:
    """What is said in the numbers of characters, one by one."""
    for match in _GROUPS.finditer(text):
        how = match.lastgroup or ""
        codes = [int(each, _RADIX[how]) for each in _GROUP.findall(match[0])]
        if max(codes) < 256 and (said := _readable(bytes(codes))):
            yield decoded(said, *match.span(), how)


def morse(text: str) -> Iterator[View]:
    """What is said in Morse code."""
    for match in _MORSE.finditer(text):
        signs = [each for each in _SIGNS.findall(match[0]) if each]
        said = "".join(
            _LETTERS.get(each, " " if each[0] not in ".-" else "\ufffd") for each in signs
        )
        if len(set(said)) > 3 and said.count("\ufffd") * 8 <= len(said):
            yield decoded(said, *match.span(), "morse")


def _read(run: str) -> tuple[str, str] | None:
    """What *run* says, and how it was encoded."""
    code = _NOT_CODE.sub("", run)
    for how, shape, decode in _CODES:
        if shape is None or shape.fullmatch(code):
            try:
                said = _readable(decode(code))
            except (binascii.Error, ValueError):
                continue
            if said:
                return said, how
    return None


def _of_base64(code: str) -> bytes:
    whole = code.replace("-", "+").replace("_", "/")
    whole = whole[:-1] if len(whole) % 4 == 1 else whole
    return binascii.a2b_base64(whole + "=" * (-len(whole) % 4))


def _of_base32(code: str) -> bytes:
    whole = code[: len(code) - (len(code) % 8 in (1, 3, 6))]
    return base64.b32decode(whole + "=" * (-len(whole) % 8))


def _of_binary(code: str) -> bytes:
    return int(code, 2).to_bytes(len(code) // 8)


_CODES: tuple[tuple[str, re.Pattern[str] | None, Callable[[str], bytes]], ...] = (
    ("binary", _BINARY, _of_binary),
    ("hex", _HEX, bytes.fromhex),
    ("base64", None, _of_base64),
    ("base32", _BASE32, _of_base32),
)


def _readable(codes: bytes) -> str:
    """*codes* as text, if one could read nearly all of it; else nothing."""
    if codes[1::2].count(0) * 8 > len(codes) * 3:
        codes = codes[::2]  # UTF-16, as some shells want it
    if len(codes) < _FEW:
        return ""
    odd = len(codes.translate(None, _READABLE))
    if odd * 8 <= len(codes) and (odd == 0 or len(codes) >= _SOME):
        return codes.decode("utf-8", "replace")
    said = codes.decode("utf-8", "ignore")
    if len(codes) < _SOME or len(said.encode()) + 3 < len(codes):
        return ""
    return said if sum(map(_is_written, said)) * 8 >= len(said) * 7 else ""


def _is_written(letter: str) -> bool:
    """Whether *letter* is one that texts are written in, be it one that does not show."""
    return letter.isprintable() or letter.isspace() or unicodedata.category(letter) == "Cf"
