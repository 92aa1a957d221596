"""Sets of characters that keys are made of, as patterns; all of them in ASCII."""

from __future__ import annotations

__all__ = ["ALNUM", "BASE64", "BEGIN", "END", "HEX", "LOWER", "URLSAFE", "UUID"]

ALNUM = "[A-Za-z0-9]"
BASE64 = "[A-Za-z0-9+/]"
HEX = "[a-fA-F0-9]"
LOWER = "[a-z0-9]"
URLSAFE = "[A-Za-z0-9_-]"
UUID = f"{HEX}{{8}}-{HEX}{{4}}-{HEX}{{4}}-{HEX}{{4}}-{HEX}{{12}}"

BEGIN = r"(?:(?<![A-Za-z0-9_])|(?<=\\[nrt]))"
"""Nothing stands before that could be part of the same word; an escaped line end may."""

END = "(?![A-Za-z0-9_-])"
"""Nothing follows that could be part of the same value."""
