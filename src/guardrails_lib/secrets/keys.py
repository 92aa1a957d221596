"""Private keys and signed tokens, whoever gave them out."""

from __future__ import annotations

import re
from typing import Any

from .checksums import json_web_token, signed
from .classes import URLSAFE
from .filler import is_filler
from .shape import Secret, Shape, varied

__all__ = ["BLOCK", "SHAPES", "opens"]

BLOCK = 8192
"""A private key in a block is looked at for so many characters."""

_HEAD = r"-----BEGIN[ A-Z0-9_-]{0,40}PRIVATE KEY(?: BLOCK)?-----"
_OPENING = re.compile(f"(?:{_HEAD})|-----BEGIN[ A-Z0-9_-]{{0,70}}\\Z")
_BODY = re.compile(r"[A-Za-z0-9+/=_\s\\\"',.:;()<>*#|-]{0,8192}")
"""What a block is written with: base64, its headers, and what quotes lines of it."""

_PROSE = re.compile(r"(?: [a-z']{1,12}){4}[ .,]")
"""So many words in a row are in no block."""

_LAST = re.compile(r"-----END[ A-Z0-9_-]{0,100}?-----")
_DRAWN = re.compile(r"[A-Za-z0-9+/]{30,}")
_LEAST = 64


def _block(shape: Shape, match: Any) -> Secret | None:
    """A private key from its first line to its last, or as far as it goes on."""
    text, start, begin = match.string, match.start(), match.end()
    body = text[begin : _stop(text, begin)]
    last = _LAST.search(body)
    inside = body[: last.start()] if last else body
    drawn = [each for each in _DRAWN.finditer(inside) if not is_filler(each[0])]
    if not drawn or (last and len(inside) < _LEAST):
        return None
    return Secret(start, begin + (last or drawn[-1]).end(), shape.kind, 1.0)


def _stop(text: str, begin: int) -> int:
    """Where the block whose first line ends at *begin* ends at the latest."""
    other = text.find("-----BEGIN", begin, begin + BLOCK)
    body = _BODY.match(text, begin, other if other >= 0 else len(text))
    assert body  # it matches nothing, too
    prose = _PROSE.search(text, begin, body.end())
    return prose.start() if prose else body.end()


def opens(text: str) -> int | None:
    """Where a block begins in *text* that may go on after it."""
    for first in _OPENING.finditer(text):
        begin = first.end()
        if begin == len(text):
            return first.start()
        stop = _stop(text, begin)
        if stop == len(text) < begin + BLOCK and not _LAST.search(text, begin):
            return first.start()
    return None


SHAPES = (
    Shape(
        "PRIVATE_KEY",
        "PEM",
        _HEAD,
        "RFC 7468, RFC 4880 and OpenSSH, PROTOCOL.key",
        _block,
    ),
    Shape(
        "JWT",
        "JSON Web Token",
        rf"(?:(?<![A-Za-z0-9_-])|(?<=\\[nrt]))eyJ{URLSAFE}{{8,700}}\.{URLSAFE}{{2,2000}}"
        rf"(?:\.{URLSAFE}{{0,1400}}){{0,3}}",
        "RFC 7519 and RFC 7516",
        json_web_token,
    ),
    Shape(
        "JWT",
        "JSON Web Token",
        r"(?<![A-Za-z0-9])ZXlK[A-Za-z0-9+/_-]{60,1800}={0,2}",
        "RFC 7519, in base64",
        signed,
    ),
    Shape(
        "AGE_KEY",
        "age",
        r"AGE-SECRET-KEY-1[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}",
        "age, format of identities",
        varied,
    ),
    Shape(
        "WIREGUARD_KEY",
        "WireGuard",
        r"PrivateKey[ \t]{0,3}=[ \t]{0,3}(?P<v>[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=)",
        "wg, configuration file",
        varied,
    ),
)
