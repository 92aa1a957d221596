"""Single characters that are spelled with a number or a name: in URLs, in HTML, in code."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from .view import Edit, View, edited

__all__ = ["entities", "escapes", "percents"]

_PERCENTS = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_ENTITY = re.compile(r"&(?:#\d{1,8};?|#[xX][0-9A-Fa-f]{1,7};?|[A-Za-z][A-Za-z0-9]{1,31};)")
_ESCAPE = (
    r"\\(?:u\{([0-9A-Fa-f]{1,6})\}|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|x([0-9A-Fa-f]{2})"
    r"|([0-3][0-7]{2}))"
)
_ONE = re.compile(_ESCAPE)
_ESCAPES = re.compile(f"(?:{_ESCAPE})+")


def percents(text: str) -> Iterator[View]:
    """*text* with the characters that a URL spells in percent signs and digits."""
    spelled = (
        Edit(*match.span(), said)
        for match in _PERCENTS.finditer(text)
        if (said := _in_utf8(bytes.fromhex(match[0].replace("%", ""))))
    )
    return edited(text, spelled, "url")


def entities(text: str) -> Iterator[View]:
    """*text* with the characters that HTML spells with an ampersand."""
    spelled = (
        Edit(*match.span(), said)
        for match in _ENTITY.finditer(text)
        if (said := html.unescape(match[0])) != match[0]
    )
    return edited(text, spelled, "entities")


def escapes(text: str) -> Iterator[View]:
    """*text* with the characters that code spells with a backslash and a number."""
    spelled = (Edit(*match.span(), _unescaped(match[0])) for match in _ESCAPES.finditer(text))
    return edited(text, spelled, "escapes")


def _unescaped(run: str) -> str:
    codes = [
        int(match[match.lastindex or 0], 8 if match.lastindex == 5 else 16)
        for match in _ONE.finditer(run)
    ]
    if max(codes) < 256 and (said := _in_utf8(bytes(codes))):
        return said
    said = "".join(chr(code) if code < 0x110000 else "\ufffd" for code in codes)
    return said.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _in_utf8(codes: bytes) -> str:
    """What *codes* spell; nothing where it is no UTF-8."""
    try:
        return codes.decode()
    except UnicodeDecodeError:
        return ""
