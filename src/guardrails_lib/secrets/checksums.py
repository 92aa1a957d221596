"""What can be verified of a secret without asking who gave it out."""

from __future__ import annotations

import base64
import json
import string
import zlib
from typing import Any

from .filler import is_filler
from .randomness import entropy
from .shape import Secret, Shape, place

__all__ = ["by_crc", "json_web_token", "signed"]

_DIGITS = string.digits + string.ascii_uppercase + string.ascii_lowercase
_CRC = 6
"""So many characters at the end of a token are its checksum."""


def by_crc(shape: Shape, match: Any) -> Secret | None:
    """A token that ends with the CRC of what is before it, as GitHub and npm make them.

    Without the right one it is found too, for it may be one that was cut or copied badly; it
    is less certain.
    """
    start, end = place(match)
    body = match.string[start:end].rpartition("_")[2]
    if _crc(body[:-_CRC]) == body[-_CRC:]:
        return Secret(start, end, shape.kind, 1.0)
    if is_filler(body) or entropy(body) < 3:  # bits a character
        return None
    return Secret(start, end, shape.kind, 0.8)


def _crc(text: str) -> str:
    number, digits = zlib.crc32(text.encode()), ""
    while number:
        number, rest = divmod(number, len(_DIGITS))
        digits = _DIGITS[rest] + digits
    return digits.rjust(_CRC, "0")


def json_web_token(shape: Shape, match: Any) -> Secret | None:
    """Its first part says how it is signed or encrypted; its second is an object, if signed."""
    start, end = place(match)
    parts = match.string[start:end].rstrip(".").split(".")
    header = _object(parts[0])
    if header is None or "alg" not in header:
        return None
    if "enc" not in header and _object(parts[1]) is None:
        return None
    return Secret(start, end, shape.kind, 1.0)


def signed(shape: Shape, match: Any) -> Secret | None:
    """What base64 holds a token's beginning of."""
    start, end = place(match)
    value = match.string[start:end]
    try:
        held = base64.b64decode(value[: len(value) // 4 * 4].replace("-", "+").replace("_", "/"))
    except ValueError:
        return None
    first = held.partition(b".")[0].decode("ascii", "replace")
    header = _object(first)
    return Secret(start, end, shape.kind, 1.0) if header and "alg" in header else None


def _object(part: str) -> dict[str, Any] | None:
    """What *part* of a token says; nothing if that is no object."""
    try:
        held = json.loads(base64.b64decode(part + "=" * (-len(part) % 4), b"-_"))
    except (ValueError, RecursionError):
        return None
    return held if isinstance(held, dict) else None
